"""The trail as a paper, to show to somebody: what it is, whether it holds, its entries, a mark to check it by."""

from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct

from desktop.reports.document import (
    Block,
    Bullets,
    Callout,
    Document,
    Facts,
    Heading,
    Paragraph,
    Register,
    Table,
    Words,
)
from desktop.reports.entries_said import Naming, moment, zone
from desktop.reports.plan import log
from desktop.reports.plan.case import Case
from desktop.reports.plan.voice import LONGEST, NAME, cut
from wizards.trail.chain import BY_HAND, Entry

MOST: Final = 2000
"""Entries on one paper, the newest; the file has all."""
MONTHS: Final = (1, 3, 12)
"""The periods to choose from; 0 is all."""


class Shown(Struct, frozen=True):
    """What goes on the paper: entries of the last `months` (0: all), oldest first, each with its note, "" without.

    `left_out`: that the period has older ones than these. `holds`, `found` and `more`: the verdict of a verification
    made at `at` (UTC), in words. `notes`: whether the owner wants the notes on it.
    """

    entries: tuple[tuple[Entry, str], ...]
    months: int
    left_out: bool
    at: str
    holds: bool
    found: str
    more: tuple[str, ...]
    notes: bool = False


def trail_paper(case: Case, shown: Shown) -> Document:
    """The paper of the trail of `case`, whose mark is the newest entry on it."""
    say = case.voice.say
    return Document(
        title=say("trail-paper.title"),
        lang=case.voice.lang,
        blocks=tuple(_blocks(case, shown)),
        business=_business(case),
        subject=say("trail-paper.subject"),
        footer=say("trail-paper.footer"),
    )


def _blocks(case: Case, shown: Shown) -> Iterator[Block]:
    say, at = case.voice.say, moment(case.voice, shown.at)
    yield Heading(1, say("trail-paper.title"), lead=_business(case))
    yield Paragraph(say("trail-paper.made", moment=at, zone=zone(shown.at)), "muted")
    yield Facts(tuple(_of(case, shown)))
    yield Heading(2, say("trail-paper.what"))
    yield Bullets(tuple(say(f"trail-paper.{name}") for name in ("trail", "a-copy", "keeper", "lawyer")))
    yield Heading(2, say("trail-paper.verified", moment=at))
    yield Callout("verdict" if shown.holds else "warning", shown.found, items=shown.more)
    yield Heading(2, say("trail-paper.entries"))
    if shown.left_out:
        first = str(shown.entries[0][0].seq)
        yield Callout("note", say("trail-paper.cut", most=case.voice.number(MOST), first=first))
    yield Paragraph(say("trail-paper.order", zone=zone(shown.at)), "small")
    yield _table(case, shown)
    if shown.notes:
        yield from _notes(case, shown)
    yield from log.mark(case)
    yield Heading(2, say("trail-paper.check"))
    last = str(shown.entries[-1][0].seq)
    yield Bullets(tuple(say(f"trail-paper.check-{number}", count=last) for number in (1, 2, 3, 4)), numbered=True)


def _business(case: Case) -> str:
    """Its name, as the mark's letter has it: who reads this is somebody else."""
    return cut(str(case.answers.get("business-name") or case.voice.say("mark.nobody")), NAME)


def _of(case: Case, shown: Shown) -> Iterator[tuple[str, Words]]:
    """The period, and which entries of it are here."""
    say, first, last = case.voice.say, shown.entries[0][0], shown.entries[-1][0]
    ends = {"first": str(first.seq), "last": str(last.seq)}
    times = {"from": moment(case.voice, first.at), "to": moment(case.voice, last.at)}
    yield say("trail-paper.period"), say(f"trail-paper.months-{shown.months}")
    yield say("trail-paper.here"), say("trail-paper.span", count=case.voice.number(len(shown.entries)), **ends, **times)


def _table(case: Case, shown: Shown) -> Table:
    say = case.voice.say
    naming = Naming(case.bank, case.voice, lambda: case.plan.tasks)
    header = tuple(say(f"trail-paper.{name}") for name in ("number", "when", "act", "subject-of", "who", "rest"))
    rows = tuple(_row(naming, entry, say) for entry, _ in shown.entries)
    return Table(header, rows, (33, 68, 92, 122, 66, 82), row_heads=True, look="small")


def _row(naming: Naming, entry: Entry, say: Callable[..., str]) -> tuple[Words, ...]:
    said = naming.said(entry)
    act = say("trail-paper.by-hand", act=said.act) if entry.action.startswith(BY_HAND) else said.act
    rest = "\n".join(part for part in (said.data, said.channel, said.outcome) if part)
    return tuple(cut(text, LONGEST) for text in (str(entry.seq), said.moment, act, said.subject, said.who, rest))


def _notes(case: Case, shown: Shown) -> Iterator[Block]:
    """What the owner wrote to entries by hand, which stands beside the trail."""
    say = case.voice.say
    noted = tuple((say("trail-page.number", number=str(entry.seq)), note) for entry, note in shown.entries if note)
    yield Heading(2, say("trail-paper.notes"))
    lead = "notes-lead" if shown.holds else "notes-lead-broken"
    yield Paragraph(say(f"trail-paper.{lead if noted else 'notes-none'}"))
    if noted:
        yield Register((("", noted),))
