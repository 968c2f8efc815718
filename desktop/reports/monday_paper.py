"""The Monday sheet: one page with the three sentences of the quick check and three things to do."""

from collections.abc import Mapping, Sequence

from desktop.reports.document import Block, Callout, Document, Heading, Paragraph, Words
from desktop.reports.plan.case import Case
from desktop.reports.plan.cited import cited, records
from desktop.reports.plan.log import foot
from desktop.reports.plan.todo import short_card
from desktop.reports.plan.voice import cut, voice_of
from wizards.content.bank import Bank
from wizards.content.shapes import Sentence
from wizards.content.text import Text
from wizards.interview.answers import Answers
from wizards.planning import quick
from wizards.planning.plan import Plan
from wizards.trail.anchor import Anchor

_NAME = 90
_TITLE = 180


def monday_paper(
    bank: Bank,
    answers: Answers,
    plan: Plan,
    sentences: Sequence[Sentence],
    lang: str,
    words: Mapping[str, Text],
    anchor: Anchor | None = None,
) -> Document:
    """One page. Names that would fill it alone are cut; the plan has them whole."""
    case = Case(bank, answers, plan, voice_of(lang, words), anchor=anchor)
    say = case.voice.say
    said: list[Words] = [case.voice.to(sentence.text) for sentence in sentences]
    cards = [short_card(case, task, number, _TITLE) for number, task in enumerate(quick.monday(plan), 1)]
    rests = cited(case, records(case, [source for sentence in sentences for source in sentence.sources]))
    blocks: list[Block] = [
        Heading(1, say("monday-sheet.title"), lead=cut(case.business, _NAME)),
        Paragraph(case.voice.day(plan.as_of), "muted"),
        Callout("verdict", say("monday-sheet.result"), items=tuple(said)),
        *([Paragraph(case.voice.spans("monday-sheet.sources", sources=rests), "small")] if rests else []),
        *cards,
        *([] if cards else [Paragraph(say("monday-sheet.none"))]),
        Paragraph(say("monday-sheet.note"), "muted"),
        *foot(case),
    ]
    return Document(
        title=say("monday-sheet.title"),
        lang=case.voice.lang,
        blocks=tuple(blocks),
        business=cut(case.business, _NAME),
        day=plan.as_of,
        one_page=True,
    )
