"""Which rows of a table are members, and which only explain, show an example, sum up or part the list."""

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from wizards.mapping.cells import Cell, Sheet, folded, place, text
from wizards.mapping.lists.dialling import Doubt, Kind, is_email, kind_of
from wizards.mapping.lists.table import Layout, headings
from wizards.mapping.lists.vocabulary import Role, Vocabulary

Remark: TypeAlias = Doubt | Literal["nothing", "sample", "twice"]
_LONG: Final = 30


class Member(Struct, frozen=True):
    """A row that is a member. Lives only while a file is being counted."""

    row: int
    kind: Kind
    remark: Remark
    cell: str
    user_id: str
    name: str
    number: str


class Skipped(Struct, frozen=True):
    """A row that was taken for an example; the owner should know."""

    cell: str


def members(sheet: Sheet, layout: Layout, words: Vocabulary) -> Iterator[Member | Skipped]:
    """Each member of the table, in the order of the rows."""
    heads = [folded(heading) for heading in headings(sheet, layout.header)]
    merged = _merged_downwards(sheet)
    begun = False
    for row in range(layout.header + 1, len(sheet.rows)):
        texts = [text(cell) for cell in sheet.rows[row]]
        if not any(texts):
            continue
        reader = _Row(sheet, row, texts, layout, words, merged)
        if reader.repeats(heads) or reader.explains():
            continue
        if reader.is_sample(at_the_top=not begun):
            yield Skipped(place(row, reader.first))
        elif reader.is_person():
            begun = True
            yield reader.member()


def _merged_downwards(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place below the first of a cell merged downwards in one column, where its value stands."""
    found = {}
    for top, left, bottom, right in sheet.merged:
        if left == right:
            found.update({(row, left): (top, left) for row in range(top + 1, bottom + 1)})
    return found


class _Row:
    """One row of the table, read by the roles of its columns."""

    def __init__(  # all that a row is read by
        self,
        sheet: Sheet,
        row: int,
        texts: list[str],
        layout: Layout,
        words: Vocabulary,
        merged: dict[tuple[int, int], tuple[int, int]],
    ) -> None:
        self._sheet, self._row, self._texts = sheet, row, texts
        self._columns, self._words, self._merged = layout.columns, words, merged
        self.filled = [column for column, said in enumerate(texts) if said]
        self.first = self.filled[0]
        self.kind, self.doubt, self.at = self._contact()

    def _cell(self, role: Role) -> Cell:
        column = self._columns.get(role)
        if column is None:
            return None
        return self._sheet.at(*self._merged.get((self._row, column), (self._row, column)))

    def said(self, role: Role) -> str:
        """What stands in the column of a role; words for "nothing" are nothing."""
        column = self._columns.get(role)
        if column is None:
            return ""
        merged = (self._row, column) in self._merged
        found = text(self._cell(role)) if merged or column >= len(self._texts) else self._texts[column]
        return "" if not folded(found) or folded(found) in self._words.nothing else found

    def _contact(self) -> tuple[Kind | None, Doubt, Role | None]:
        """The kind of account, what is doubtful about it, and by which column: a number before an address."""
        numbers: tuple[Role, ...] = ("mobile", "phone")
        for role in numbers:
            cell = self._cell(role)
            kind, doubt = (None, "") if is_email(cell) or self._hints(cell) else kind_of(cell, self._cell("code"))
            if kind is not None:
                return kind, doubt, role
        addresses: tuple[Role, ...] = ("email", "mobile", "phone")
        for role in addresses:
            if is_email(self._cell(role)) and not self._hints(self._cell(role)):
                return "email", "", role
        return None, "", None

    def repeats(self, heads: list[str]) -> bool:
        """Whether the row is the headings once more, as at the top of a printed page."""
        return heads[self.first : self.first + 1] == [folded(self._texts[self.first])] and (
            [folded(said) for said in self._texts] == heads[: len(self._texts)]
        )

    def explains(self) -> bool:
        """Whether the row is an instruction, a sum, or a heading inside the list."""
        said = self._texts[self.first]
        start = folded(said)
        # Prepared by: ... with a telephone number beside it
        if len(self.filled) <= 2 and ":" in said and start.startswith(self._words.sums):
            return True
        if self.kind is not None and self.doubt != "no-value":
            return False
        # a heading inside the list, or a date: no name has these
        if len(self.filled) == 1 and (":" in said or sum(map(str.isdigit, self.said("name"))) >= 4):
            return True
        if any(_begins(start, word) for word in self._words.sums):
            return True
        if any(self._words.is_hint(self._texts[column]) for column in self.filled):
            return True
        spans = any(
            top <= self._row <= bottom and left <= self.first <= right and right > left
            for top, left, bottom, right in self._sheet.merged
        )
        return spans and len(self.filled) == 1

    def _hints(self, cell: Cell) -> bool:
        """Whether a cell explains what to fill in, perhaps with a number as an example."""
        return isinstance(cell, str) and self._words.is_hint(text(cell))

    def is_sample(self, *, at_the_top: bool) -> bool:
        """Whether the row says that it is an example, or is the one that templates begin with, above all members."""
        other = {self._columns.get("department"), self._columns.get("position")}  # a tailor has a room for samples
        if any(self._words.is_sample(self._texts[column]) for column in self.filled if column not in other):
            return True
        name = self.said("name")
        if not at_the_top or not name:
            return False
        if len(name.split()) > 1 and self._words.is_sample(name.split()[0]):  # Sample Person
            return True
        number = "".join(sign for sign in self.said("mobile") or self.said("phone") if sign.isdigit())
        placeholder = "example" in self.said("email").casefold() and not number
        return folded(name) in self._words.sample_names and (
            placeholder or number.removeprefix("86") in self._words.sample_numbers
        )

    def is_person(self) -> bool:
        """Whether there is anything by which a member is known."""
        if (self.kind is not None and self.doubt != "no-value") or self.said("user-id") or self.said("job-number"):
            return True
        name = self.said("name")
        return bool(name) and len(name) <= 2 * _LONG

    def member(self) -> Member:
        """The row as a member."""
        role = self.at or next((r for r in ("mobile", "phone", "email", "name") if r in self._columns), None)
        column = self._columns[role] if role else self.first
        remark: Remark = self.doubt if self.kind is not None else "nothing"
        return Member(
            row=self._row,
            kind=self.kind or "unknown",
            remark=remark,
            cell=place(self._row, column),
            user_id=folded(self.said("user-id")),
            name=folded(self.said("name")),
            number="".join(sign for sign in self.said("mobile") or self.said("phone") if sign.isdigit()),
        )


def _begins(start: str, word: str) -> bool:
    """Whether a cell begins with a word that sums up, and goes on with figures at most."""
    rest = start.removeprefix(word)
    return rest != start and (not rest or rest[0].isdigit() or not rest[0].isascii())
