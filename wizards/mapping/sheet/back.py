"""The flows spreadsheet comes back: finds the table again, reads its lines, and names every mistake by sheet and cell.

A cell that still says what was written is the answer that was sent, to the last character. Lines may have been sorted,
added, copied or taken out, columns moved, hidden or added; another program may have saved the file.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import UNSET, Struct

from wizards.content.bank import Bank
from wizards.content.text import LANGUAGES
from wizards.interview.answers import Row, rows
from wizards.interview.mistakes import MOST_ROWS, Mistake, Unreadable
from wizards.interview.reading import read
from wizards.interview.validity import check_value
from wizards.mapping import cells
from wizards.mapping.cells import Cell
from wizards.mapping.sheet.out import BASE, digest
from wizards.mapping.sheet.wording import Misread, Words, blank, columns_of, even, fold, names_of, plain

_HEAD_WITHIN: Final = 60
_LONGEST_NAME: Final = 80
_PLACE: Final = re.compile(r"\$\[(\d+)\]\.([a-z-]+)")


class Back(Struct, frozen=True):
    """What came back. `base` is what was sent, None where the file no longer says so; `columns` are those still there.

    `fresh` are the ids of lines that had none. `notes` are remarks, no mistakes. `places` are cells by row and column.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    base: tuple[Row, ...] | None
    fresh: frozenset[str]
    notes: tuple[Mistake, ...]
    places: Mapping[tuple[str, str], str]


class _Head(Struct, frozen=True):
    """Where the table begins: the sheet, its line, and the place of each column in a line, counted from 0."""

    sheet: str
    line: int
    id_at: int
    at: dict[str, int]

    def place(self, line: int, at: int) -> str:
        """The name of a cell."""
        return f"{self.sheet}!{cells.place(line, at)}".lstrip("!")


class _Line(Struct, frozen=True):
    """One line of the table: its number counted from 0, its row's id or "", and its cells by column."""

    number: int
    id: str
    cells: Mapping[str, Cell]

    @property
    def said(self) -> tuple[str, ...]:
        """What it says, cell by cell."""
        return tuple(map(even, self.cells.values()))


def back(sheets: Sequence[cells.Sheet], bank: Bank, words: Words, lang: str, file: str) -> Back:
    """The flows that came back in `file`, in words of `lang`; raises Unreadable with every mistake."""
    return _Reader(bank, words, lang, file).read(sheets)


class _Reader:
    """Reads one spreadsheet, gathering what there is to say about it."""

    def __init__(self, bank: Bank, words: Words, lang: str, file: str) -> None:
        self._bank, self._question, self._lang, self._file = bank, bank.questions["flows"], lang, file
        columns = self._question.columns
        self._wordings = columns_of(columns, words)
        self._headings = {name: c.id for c in columns for name in names_of([c.text], c.id)}
        self._names = names_of([columns[0].text])
        self._id_names = names_of([words["sheet.id"]])
        self._base: dict[str, Row] | None = None
        self._mark = ""
        self._mistakes: list[Mistake] = []
        self._notes: list[Mistake] = []

    def read(self, sheets: Sequence[cells.Sheet]) -> Back:
        """All of it."""
        self._find_base(sheets)
        head = self._find_head(sheets)
        sent = {row_id: self._said(head, row) for row_id, row in (self._base or {}).items()}
        lines = self._lines(head, _downwards(next(s for s in sheets if s.name == head.sheet)), sent)
        self._refuse_shuffled(head, lines, sent)
        made, fresh = self._rows(head, lines, sent)
        places = {
            (str(row["id"]), column): head.place(line.number, at)
            for row, line in zip(made, lines, strict=True)
            for column, at in (("", head.id_at), *head.at.items())
        }
        self._check(head, made, places)
        if self._mistakes:
            raise Unreadable(self._mistakes)
        kept = None if self._base is None else tuple(self._base.values())
        return Back(tuple(head.at), tuple(made), kept, frozenset(fresh), tuple(self._notes), places)

    # What was sent --------------------------------------------------------------------------------------------------

    def _find_base(self, sheets: Sequence[cells.Sheet]) -> None:
        for sheet in sheets:
            if sheet.at(0, 0) != BASE:
                continue
            first = [plain(sheet.at(line, 0)) for line in range(len(sheet.rows))]
            _, lang, whole, *pieces = [*first, "", ""]
            text = "".join(pieces)
            try:
                answers = read(text.encode(), self._bank) if whole == digest(text) and lang in LANGUAGES else {}
            except Unreadable:
                answers = {}
            if self._question.id in answers:
                self._base = {str(row["id"]): row for row in rows(answers, self._question.id)}
                self._mark, self._lang = whole, lang
            else:
                self._notes.append(Mistake(sheet.name, "sheet-base-damaged"))
            return
        self._notes.append(Mistake(self._file, "sheet-base-gone"))

    def _said(self, head: _Head, row: Row) -> tuple[str, ...]:
        """What was written for that row, cell by cell."""
        shown = (self._wordings[column].shown(row.get(column, UNSET), self._lang) for column in head.at)
        return tuple(map(even, shown))

    # The table ------------------------------------------------------------------------------------------------------

    def _find_head(self, sheets: Sequence[cells.Sheet]) -> _Head:
        near: Mistake | None = None
        for sheet in sheets:
            for number, line in enumerate(sheet.rows[:_HEAD_WITHIN]):
                named = [fold(plain(cell)).rstrip("?") for cell in line]
                known = sum(heading in self._headings for heading in named)
                ids = [at for at, heading in enumerate(named) if heading in self._id_names]
                if known and ids:
                    return self._columns(_Head(sheet.name, number, ids[0], {}), line, named)
                if known > 2 and near is None and self._names & set(named):
                    near = Mistake(f"{sheet.name}!{number + 1}:{number + 1}", "sheet-no-ids")
        raise Unreadable([near or Mistake(self._file, "sheet-no-table")])

    def _columns(self, head: _Head, line: Sequence[Cell], named: Sequence[str]) -> _Head:
        at: dict[str, int] = {}
        for place, heading in enumerate(named):
            column, here = self._headings.get(heading), head.place(head.line, place)
            if not heading or place == head.id_at:
                continue
            if column is None:
                self._notes.append(Mistake(here, "sheet-column-unknown", {"name": plain(line[place])[:_LONGEST_NAME]}))
            elif column in at:
                self._mistakes.append(Mistake(here, "sheet-column-twice", {"first": head.place(head.line, at[column])}))
            else:
                at[column] = place
        for column, wording in self._wordings.items():
            if column not in at:
                name = wording.column.text.to(self._lang)
                self._notes.append(Mistake(head.place(head.line, head.id_at), "sheet-column-missing", {"name": name}))
        in_order = {column: at[column] for column in self._wordings if column in at}
        return _Head(head.sheet, head.line, head.id_at, in_order)

    def _lines(self, head: _Head, lines: Sequence[Sequence[Cell]], sent: Mapping[str, tuple[str, ...]]) -> list[_Line]:
        """The lines that say something, each with the id that it may keep."""
        found: list[_Line] = []
        for number, line in enumerate(lines[head.line + 1 :], head.line + 1):
            own = plain(line[head.id_at]).strip() if head.id_at < len(line) else ""
            here = {column: line[at] if at < len(line) else None for column, at in head.at.items()}
            made = _Line(number, own, here)
            emptied = all(map(blank, here.values())) and made.said != sent.get(own)
            if not emptied and fold(own) not in self._id_names:
                found.append(made)
        if len(found) > MOST_ROWS:
            raise Unreadable([Mistake(head.sheet, "too-many-rows", {"limit": str(MOST_ROWS)})])
        return [self._known_as(head, line, found, sent) for line in found]

    def _known_as(self, head: _Head, line: _Line, lines: Sequence[_Line], sent: Mapping[str, tuple[str, ...]]) -> _Line:
        """The line under its id. Of copies all but the nearest to what was sent are new, and so is an unknown id."""
        here = head.place(line.number, head.id_at)
        if not line.id:
            return line
        if self._base is not None and line.id not in sent:
            self._notes.append(Mistake(here, "sheet-id-unknown", {"name": line.id[:_LONGEST_NAME]}))
            return _Line(line.number, "", line.cells)
        said = sent.get(line.id, ())
        copies = [other for other in lines if other.id == line.id]
        first = max(copies, key=lambda copy: sum(a == b for a, b in zip(copy.said, said, strict=False)))
        if line is first:
            return line
        self._notes.append(Mistake(here, "sheet-copy", {"first": head.place(first.number, head.id_at)}))
        return _Line(line.number, "", line.cells)

    def _refuse_shuffled(self, head: _Head, lines: Sequence[_Line], sent: Mapping[str, tuple[str, ...]]) -> None:
        """Sorted without its ids, a table says of each row what belongs to another. That must not come in."""
        whose = {said: row for row, said in sent.items() if any(said)}
        says = {line.id: line.said for line in lines if line.id}
        wrong = []
        for line in lines:
            other = whose.get(line.said)
            # a line that was pasted over another leaves its own as it was; one that was moved does not
            moved = other in says and says[other] != line.said
            if moved and line.said != sent.get(line.id, line.said):
                wrong.append(line)
        if len(wrong) > 1:
            self._mistakes += [Mistake(head.place(line.number, head.id_at), "sheet-shuffled") for line in wrong]

    # Answers --------------------------------------------------------------------------------------------------------

    def _rows(
        self, head: _Head, lines: Sequence[_Line], sent: Mapping[str, tuple[str, ...]]
    ) -> tuple[list[Row], set[str]]:
        made: list[Row] = []
        fresh: set[str] = set()
        for line in lines:
            before = (self._base or {}).get(line.id, {})
            given = dict(self._answers(head, line, before, sent.get(line.id)))
            kept = {key: value for key, value in before.items() if key not in head.at}
            row_id = line.id or _new_id(given, self._mark, fresh)
            if not line.id:
                fresh.add(row_id)
            made.append({**kept, **given, "id": row_id})
        return made, fresh

    def _answers(
        self, head: _Head, line: _Line, before: Row, sent: tuple[str, ...] | None
    ) -> Iterator[tuple[str, Any]]:
        for (column, cell), now, then in zip(line.cells.items(), line.said, sent or line.cells, strict=True):
            value = before.get(column, UNSET)
            if isinstance(cell, cells.Valueless):
                self._mistakes.append(Mistake(head.place(line.number, head.at[column]), "sheet-no-value"))
                continue
            if sent is None or now != then:
                try:
                    value = self._wordings[column].read(cell, self._lang)
                except Misread as error:
                    given, here = {"name": error.name}, head.place(line.number, head.at[column])
                    self._mistakes.append(Mistake(here, error.kind, given, error.name, error.known))
                    continue
            if value is not UNSET:
                yield column, value

    def _check(self, head: _Head, made: Sequence[Row], places: Mapping[tuple[str, str], str]) -> None:
        """What is well written and yet no answer: a number out of range, a text too long, an id that is none."""
        for mistake in check_value(self._question, list(made), "$"):
            found = _PLACE.match(mistake.place)
            at = head.sheet
            if found:
                at = places[str(made[int(found[1])]["id"]), "" if found[2] == "id" else found[2]]
            self._mistakes.append(Mistake(at, mistake.kind, mistake.given, mistake.name, mistake.known))


def _downwards(sheet: cells.Sheet) -> list[list[Cell]]:
    """The rows, with a cell that was merged over several of them said in each."""
    made = [list(row) for row in sheet.rows]
    for top, left, bottom, right in sheet.merged:
        for row in made[top + 1 : bottom + 1] if left == right else ():
            row.extend([None] * (left + 1 - len(row)))
            row[left] = sheet.at(top, left)
    return made


def _new_id(given: Mapping[str, Any], mark: str, taken: set[str]) -> str:
    """An id for a new line: the same whenever the same sheet is brought back, so that it does not come in twice."""
    text = json.dumps([mark, dict(given)], sort_keys=True)
    number = 0
    while (made := digest(f"{number} {text}")[:10]) in taken:
        number += 1
    return made
