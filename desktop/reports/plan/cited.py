"""Sources as a paper shows them: linked, with the words of their grade, and the reservation that a weak one needs."""

from collections.abc import Iterable
from typing import Final

from desktop.reports.document import Span, Words
from desktop.reports.plan.case import Case
from desktop.reports.plan.voice import joined, stretches
from wizards.content.law import GRADES, Record

PLAIN: Final = frozenset({"S", "A"})
"""Grades that are said plainly."""
UNCONFIRMED: Final = frozenset({"U", "ARTICLE"})
"""Grades that never stand without the words for not confirmed and the address to check."""


def records(case: Case, ids: Iterable[str]) -> tuple[Record, ...]:
    """The records, each citation of the same address and grade once."""
    found = (case.bank.records[source] for source in ids)
    return tuple({(r.citation.en, r.url, r.grade): r for r in found}.values())


def address(record: Record) -> str:
    """The address as a link may have it: what is not ASCII as its bytes."""
    if record.url.isascii():
        return record.url
    return "".join(c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode()) for c in record.url)


def graded(case: Case, record: Record) -> tuple[Span, ...]:
    """The words of the grade, and the address to check where it is not confirmed."""
    grade = case.voice.say(f"grade.{record.grade}")
    if record.grade not in UNCONFIRMED:
        return (Span(grade),)
    return case.voice.spans("paper-sources.check", grade=grade, url=(Span(record.url, url=address(record)),))


def cited(case: Case, found: Iterable[Record], form: str = "cited") -> tuple[Span, ...]:
    """Citations after each other, linked, by grade, firmest first, with the words of a grade that is not said plainly.

    `form`: `cited` puts these words in brackets, `inside` does without, for what stands in brackets itself.
    An unconfirmed one has its words and its address to itself. Empty without any record.
    """
    together: dict[tuple[int, str], list[Record]] = {}
    for record in found:
        place = 0 if record.grade in PLAIN else GRADES.index(record.grade)
        together.setdefault((place, record.url if record.grade in UNCONFIRMED else ""), []).append(record)
    groups = [_alike(case, together[key], form) for key in sorted(together)]
    return joined(groups, case.voice.say("paper.semicolon"))


def _alike(case: Case, found: list[Record], form: str) -> tuple[Span, ...]:
    """Citations of one grade."""
    names = _linked(case, found)
    if found[0].grade in PLAIN:
        return names
    return case.voice.spans(f"paper-sources.{form}", source=names, grade=graded(case, found[0]))


def _linked(case: Case, found: list[Record]) -> tuple[Span, ...]:
    """Citations, each leading to its address."""
    links = [(Span(case.voice.to(record.citation), url=address(record)),) for record in found]
    return joined(links, case.voice.say("paper.semicolon"))


def told(case: Case, found: Iterable[Record]) -> tuple[Span, ...]:
    """Citations in one run, by grade, firmest first, each grade in words. Empty without any record."""
    together: dict[tuple[int, str], list[Record]] = {}
    for record in found:
        alone = record.url if record.grade in UNCONFIRMED else ""
        together.setdefault((GRADES.index(record.grade), alone), []).append(record)
    groups = [
        case.voice.spans("paper-sources.cited", source=_linked(case, alike), grade=graded(case, alike[0]))
        for _, alike in sorted(together.items())
    ]
    return joined(groups, case.voice.say("paper.dot"))


def with_sources(case: Case, text: Words, ids: Iterable[str]) -> Words:
    """A statement with its sources in brackets."""
    named = cited(case, records(case, ids), "inside")
    return (*stretches(text), *case.voice.spans("paper.bracket", text=named)) if named else text


def reservation(case: Case, ids: Iterable[str]) -> tuple[Span, ...]:
    """A sentence that names the weakest sources and their grade; empty where all grades are said plainly."""
    found = records(case, ids)
    weak = [record for record in found if record.grade not in PLAIN]
    if not weak:
        return ()
    weakest = max((record.grade for record in weak), key=GRADES.index)
    named = [record for record in weak if record.grade == weakest]
    word = "paper-sources.whole" if len(named) == len(found) else "paper-sources.part"
    return case.voice.spans(word, sources=cited(case, named))
