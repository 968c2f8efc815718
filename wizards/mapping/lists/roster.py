"""Counts a member list: how many sign in by each kind of number or address. Names and numbers are dropped.

What is counted and what not is said in `docs/decisions/0010-roster.md`. Pure: sheets in, counts and notes out.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from wizards.mapping.cells import Sheet, folded, place
from wizards.mapping.lists import table
from wizards.mapping.lists.dialling import KINDS, Kind
from wizards.mapping.lists.people import Member, Remark, Skipped, members
from wizards.mapping.lists.table import Layout
from wizards.mapping.lists.vocabulary import Vocabulary


class Note(Struct, frozen=True):
    """What the owner should look at: a sheet by its name, a cell, and the id of a sentence with what fills it."""

    sheet: str
    cell: str
    about: str
    values: Mapping[str, str] = {}


class Count(Struct, frozen=True):
    """The accounts of a list by kind, all six kinds; how many rows are members; what is doubtful."""

    accounts: Mapping[Kind, int]
    rows: int
    notes: tuple[Note, ...]


class NoPeople(Exception):
    """There is no table of people in the file."""


def layouts(sheets: Sequence[Sheet], words: Vocabulary) -> tuple[Layout, ...]:
    """The table of people of each sheet that is shown and has one; raises NoPeople where there is none.

    Sheets of people who left are passed over, unless there is nothing else.
    """
    found = [
        layout
        for number, sheet in enumerate(sheets)
        if not sheet.hidden and (layout := table.find(sheet, number, words)) is not None
    ]
    here = [layout for layout in found if not _of_leavers(sheets[layout.sheet], words)]
    if not found:
        raise NoPeople
    return tuple(here or found)


def _of_leavers(sheet: Sheet, words: Vocabulary) -> bool:
    return any(word in folded(sheet.name) for word in words.left)


def count(
    sheets: Sequence[Sheet],
    tables: Sequence[Layout],
    words: Vocabulary,
    going: Callable[[], object] | None = None,
) -> Count:
    """The members in these tables, by kind. `going` is called now and then; what it raises ends the count."""
    kinds: Counter[Kind] = Counter()
    notes: list[Note] = []
    for sheet, member in _all(sheets, tables, words, going):
        if isinstance(member, Note):
            notes.append(member)
            continue
        kinds[member.kind] += 1
        if member.remark:
            notes.append(Note(sheet.name, member.cell, member.remark))
    notes += _passed_over(sheets, tables, words)
    return Count({kind: kinds[kind] for kind in KINDS}, kinds.total(), tuple(notes))


def each(sheets: Sequence[Sheet], tables: Sequence[Layout], words: Vocabulary) -> Iterator[Member]:
    """Each member once; for joining with another list while both are read. Keep none."""
    return (member for _, member in _all(sheets, tables, words, None) if isinstance(member, Member))


def _all(
    sheets: Sequence[Sheet], tables: Sequence[Layout], words: Vocabulary, going: Callable[[], object] | None
) -> Iterator[tuple[Sheet, Member | Note]]:
    """Each member once, and a note where a row is taken for an example or stands for a member that was counted."""
    known: dict[str, str] = {}
    for layout in tables:
        sheet = sheets[layout.sheet]
        for number, found in enumerate(members(sheet, layout, words)):
            if going is not None and number % 500 == 0:
                going()
            if isinstance(found, Skipped):
                yield sheet, Note(sheet.name, found.cell, "sample")
            elif found.user_id and found.user_id in known:
                yield sheet, Note(sheet.name, found.cell, "twice", {"first": known[found.user_id]})
            else:
                if found.user_id:
                    known[found.user_id] = found.cell
                yield sheet, found


def _passed_over(sheets: Sequence[Sheet], tables: Sequence[Layout], words: Vocabulary) -> Iterator[Note]:
    """A note for each sheet that has people too but was not counted, and for a table without numbers and addresses."""
    counted = {layout.sheet for layout in tables}
    for number, sheet in enumerate(sheets):
        if number not in counted and (left := table.find(sheet, number, words)) is not None:
            yield Note(sheet.name, place(left.header, 0), "sheet-not-counted")
    for layout in tables:
        if not {"mobile", "phone", "email"} & set(layout.columns):
            yield Note(sheets[layout.sheet].name, place(max(0, layout.header), 0), "no-column")


def as_json(found: Count, say: Callable[[str, Mapping[str, str]], str]) -> dict[str, object]:
    """The shape of the contract; `say` gives the sentence of a note."""
    notes = [{"sheet": note.sheet, "cell": note.cell, "text": say(note.about, note.values)} for note in found.notes]
    return {"accounts": dict(found.accounts), "rows": found.rows, "notes": notes}


__all__ = ["Count", "NoPeople", "Note", "Remark", "as_json", "count", "each", "layouts"]
