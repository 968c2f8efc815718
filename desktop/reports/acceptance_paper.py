"""The result page of the acceptance test of a log: one page for the plan's folder. Counts and places, no contents."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from desktop.reports.document import Block, Callout, Document, Facts, Heading, Paragraph, Span, Table, Words
from desktop.reports.plan.voice import Voice, cut, voice_of
from wizards.acceptance import telling
from wizards.acceptance.finding import Finding
from wizards.acceptance.verdict import Verdict
from wizards.acceptance.wording import Wording
from wizards.content.law import Record
from wizards.content.text import Text

_NAME = 90
_BROAD = 8
"""Characters of the check code that stand together, so that a line can end between them."""


class Judged(Struct, frozen=True):
    """What the page is about: the file by name and check code, the verdict, and the record behind its question."""

    name: str
    digest: str
    verdict: Verdict
    wording: Wording
    record: Record


def acceptance_paper(judged: Judged, business: str, day: date, lang: str, words: Mapping[str, Text]) -> Document:
    """One page, accepted or not; every check with its result in a word and its places."""
    voice = voice_of(lang, words)
    say, verdict = voice.say, judged.verdict
    outcome = say("acceptance.accepted" if verdict.accepted else "acceptance.refused")
    digest = " ".join(judged.digest[at : at + _BROAD] for at in range(0, len(judged.digest), _BROAD))
    blocks: list[Block] = [
        Heading(1, say("acceptance-paper.title"), lead=cut(business, _NAME)),
        Paragraph(voice.day(day), "muted"),
        Callout("verdict" if verdict.accepted else "warning", outcome, telling.result(verdict, say)),
        Facts(
            (
                (say("acceptance-paper.file"), cut(judged.name, _NAME)),
                (say("acceptance-paper.digest"), digest or say("acceptance-paper.none")),
                (say("acceptance-paper.form"), telling.summary(verdict, say)),
            )
        ),
        Table(
            (say("acceptance-paper.check"), say("acceptance-paper.result"), say("acceptance-paper.found")),
            tuple(_row(found, judged.wording, voice) for found in verdict.findings),
            (2.1, 1.3, 6),
            row_heads=True,
            look="small",
        ),
        Paragraph(_asked(verdict, voice)),
        Paragraph(telling.law(judged.record, say, voice.lang), "small"),
        Paragraph(say("acceptance.two", one=say("acceptance.rule"), other=say("acceptance-paper.limits")), "small"),
    ]
    if verdict.sample.parted:
        blocks.append(Paragraph(say("acceptance.parted"), "small"))
    return Document(
        title=say("acceptance-paper.title"),
        lang=voice.lang,
        blocks=tuple(blocks),
        business=cut(business, _NAME),
        subject=say("acceptance-paper.subject"),
        day=day,
        one_page=True,
    )


def _row(found: Finding, wording: Wording, voice: Voice) -> tuple[Words, ...]:
    """A check: its name, its result as a word, what was found and where."""
    told = telling.told(found, wording, voice.say, voice.lang)
    status = voice.say(f"acceptance.status-{found.status}")
    return (voice.to(wording.checks[found.id].title), (Span(status, strong=found.status == "fail"),), told)


def _asked(verdict: Verdict, voice: Voice) -> Words:
    """Which data, when, by whom."""
    title = (Span(voice.say("acceptance.art16"), strong=True),)
    return voice.spans("acceptance.line", title=title, text=telling.art16(verdict, voice.say))
