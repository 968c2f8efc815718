"""The plan as a paper: sections in reading order. Whoever wants a PDF of it gives it to the PDF engine."""

from collections.abc import Mapping

from desktop.reports.document import Block, Document
from desktop.reports.plan import closing, flows, footing, homes, log, maps, opening, todo
from desktop.reports.plan.case import BoxProof, Case, brief
from desktop.reports.plan.voice import voice_of
from wizards.content.bank import Bank
from wizards.content.text import Text
from wizards.interview.answers import Answers
from wizards.planning.plan import Plan
from wizards.trail.anchor import Anchor

_SECTIONS = (
    opening.cover,
    opening.standing,
    opening.basis,
    todo.first_six,
    todo.all_tasks,
    footing.footing,
    maps.maps,
    flows.flows,
    homes.tiers,
    log.log,
    log.choosing,
    homes.routing,
    homes.people,
    closing.sources,
    closing.unknowns,
    closing.heard,
    closing.lawyer,
    closing.letters,
    closing.disclaimer,
)


def plan_paper(  # noqa: PLR0913  # the parts of one paper
    bank: Bank,
    answers: Answers,
    plan: Plan,
    lang: str,
    words: Mapping[str, Text],
    ticked: Mapping[str, str] | None = None,
    anchor: Anchor | None = None,
    *,
    box: BoxProof | None = None,
) -> Document:
    """The whole plan in one language. `ticked`: ids of tasks that are done, each with its day, YYYY-MM-DD.

    `anchor`: a mark of the trail of the vault that the plan is made from; without one nothing is said of it.
    `box`: what that vault holds proven of its log box; without it the plan goes by the answers.
    """
    case = Case(bank, answers, brief(plan), voice_of(lang, words), ticked or {}, anchor, box)
    say = case.voice.say
    blocks: list[Block] = [block for section in _SECTIONS for block in section(case)]
    return Document(
        title=say("paper.title"),
        lang=case.voice.lang,
        blocks=tuple(blocks),
        business=case.business,
        subject=say("paper-cover.subtitle"),
        footer=say("paper.footer"),
        draft=say("paper.draft") if plan.draft else "",
        day=plan.as_of,
    )
