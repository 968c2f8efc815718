"""The papers that an owner can save, as the bytes of a PDF. Writes no file and asks for no day."""

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.reports.acceptance_paper import Judged, acceptance_paper
from desktop.reports.monday_paper import monday_paper
from desktop.reports.pdf import build
from desktop.reports.plan.case import BoxProof, Case
from desktop.reports.plan_paper import plan_paper
from desktop.reports.recovery_paper import recovery_paper
from desktop.reports.trail_paper import Shown, trail_paper
from wizards.content.bank import Bank
from wizards.content.shapes import Sentence
from wizards.content.text import Text
from wizards.interview.answers import Answers
from wizards.planning.plan import Plan
from wizards.trail.anchor import Anchor


def plan(  # noqa: PLR0913  # the parts of one paper
    bank: Bank,
    answers: Answers,
    plan: Plan,
    lang: str,
    words: Mapping[str, Text],
    ticked: Mapping[str, str],
    anchor: Anchor | None = None,
    *,
    box: BoxProof | None = None,
) -> bytes:
    """The plan in one language. `ticked`: ids of tasks that are done, each with its day, YYYY-MM-DD.

    `anchor`: a mark of the trail to print; papers of a vault have one, those of a file none.
    `box`: what that vault holds proven of its log box.
    """
    return build(plan_paper(bank, answers, plan, lang, words, ticked, anchor, box=box))


def monday(
    bank: Bank,
    answers: Answers,
    plan: Plan,
    sentences: Sequence[Sentence],
    lang: str,
    words: Mapping[str, Text],
    anchor: Anchor | None = None,
) -> bytes:
    """The Monday sheet, one page; `anchor` as for the plan."""
    return build(monday_paper(bank, answers, plan, sentences, lang, words, anchor))


def trail(case: Case, shown: Shown) -> bytes:
    """The trail, with the mark of `case` at its end."""
    return build(trail_paper(case, shown))


def recovery(passphrase: str, lang: str, words: Mapping[str, Text]) -> bytes:
    """The recovery sheet, one page. DoesNotFit for a passphrase of several hundred characters."""
    return build(recovery_paper(passphrase, lang, words))


def acceptance(judged: Judged, business: str, day: date, lang: str, words: Mapping[str, Text]) -> bytes:
    """The result page of the acceptance test of a log, one page."""
    return build(acceptance_paper(judged, business, day, lang, words))
