"""Finds the table in a sheet: the row of its headings, anywhere in the first rows, and what each column holds."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from wizards.mapping.cells import Cell, Sheet, text
from wizards.mapping.lists.dialling import is_email, kind_of
from wizards.mapping.lists.vocabulary import Role, Vocabulary

FIRST_ROWS: Final = 30
NO_HEADINGS: Final = -1
"""The row of headings of a table that has none: its first row is a row like the others."""
_LOOKED_AT: Final = 200
_PEOPLE: Final[frozenset[Role]] = frozenset({"mobile", "phone", "email"})
_PERSON: Final[frozenset[Role]] = frozenset({"name", "user-id", "job-number"})


class Layout(Struct, frozen=True):
    """Where the table is: its sheet by number, its row of headings, and the column of each role. All from 0."""

    sheet: int
    header: int
    columns: Mapping[Role, int]

    def without(self, column: int) -> "Layout":
        """No role for a column."""
        kept = {role: place for role, place in self.columns.items() if place != column}
        return Layout(self.sheet, self.header, kept)

    def given(self, role: Role, column: int | None) -> "Layout":
        """Another column for a role, or none; a column has one role."""
        base = self.without(column) if column is not None else self
        kept = {one: place for one, place in base.columns.items() if one != role}
        return Layout(self.sheet, self.header, kept if column is None else {**kept, role: column})


def find(sheet: Sheet, number: int, words: Vocabulary, wanted: Iterable[Role] = ()) -> Layout | None:
    """The table of people in a sheet, or of what has a column for each of `wanted`; None where there is none."""
    best: tuple[tuple[int, int], Layout] | None = None
    for row in range(min(FIRST_ROWS, len(sheet.rows))):
        sure = _roles(sheet, row, words)
        layout = Layout(number, row, {role: column for role, (column, _) in sure.items()})
        weight = (sum(weight for _, weight in sure.values()), -row)
        if _is_table(sheet, layout, set(wanted)) and (best is None or weight > best[0]):
            best = (weight, layout)
    return best[1] if best else None


def on_row(sheet: Sheet, number: int, header: int, words: Vocabulary) -> Layout:
    """The columns as a row of headings that the owner chose names them."""
    return Layout(number, header, {role: column for role, (column, _) in _roles(sheet, header, words).items()})


def headings(sheet: Sheet, row: int) -> tuple[str, ...]:
    """The headings of a row; a merged cell heads each of its columns and rows."""
    return tuple(text(cell) for cell in spread(sheet, row))


def spread(sheet: Sheet, row: int) -> list[Cell]:
    """The cells of a row, what is merged put into each place."""
    cells = list(sheet.rows[row]) if 0 <= row < len(sheet.rows) else []
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom:
            cells += [None] * (right + 1 - len(cells))
            cells[left : right + 1] = [sheet.at(top, left)] * (right + 1 - left)
    return cells


def _roles(sheet: Sheet, row: int, words: Vocabulary) -> dict[Role, tuple[int, int]]:
    """The surest column of each role in a row; of equals, the first that holds something.

    Two columns of numbers, such as one for each side of the border, are both looked at.
    """
    found: dict[Role, tuple[int, int]] = {}
    numbers: list[tuple[int, int]] = []
    heads = _both_rows(sheet, row, words)
    for column, heading in enumerate(heads):
        role, sure = words.role(_outside_brackets(heading))
        if role in {"mobile", "phone"} and heading not in heads[:column]:  # a merged heading is one
            numbers.append((column, sure))
        if role is None:
            continue
        before, surely = found.get(role, (column, 0))
        if sure > surely or (sure == surely and not _filled(sheet, row, before) and _filled(sheet, row, column)):
            found[role] = (column, sure)
    if len(numbers) > 1 and len(found.keys() & {"mobile", "phone"}) == 1:
        first = found.pop("mobile", None) or found.pop("phone")
        found["mobile"], found["phone"] = first, next(other for other in numbers if other[0] != first[0])
    return found


def _both_rows(sheet: Sheet, row: int, words: Vocabulary) -> tuple[str, ...]:
    """The headings of a row, and over its blanks those of the row above: files without merged cells part them so."""
    here = headings(sheet, row)
    if sum(words.role(_outside_brackets(heading))[0] is not None for heading in here) < 2:
        return here
    above = headings(sheet, row - 1)
    width = max(len(here), len(above))
    pairs = zip((*here, *[""] * (width - len(here))), (*above, *[""] * (width - len(above))), strict=True)
    return tuple(own or over for own, over in pairs)


def _outside_brackets(heading: str) -> str:
    """A heading without what stands in brackets, unless nothing else does."""
    kept, depth = "", 0
    for sign in heading.replace("【", "(").replace("】", ")").replace("[", "(").replace("]", ")"):
        depth += sign == "("
        if not depth:
            kept += sign
        depth -= sign == ")" and depth > 0
    return kept if any(sign.isalnum() for sign in kept) else heading


def _filled(sheet: Sheet, header: int, column: int) -> bool:
    return any(sheet.at(row, column) is not None for row in range(header + 1, _end(sheet, header)))


def _end(sheet: Sheet, header: int) -> int:
    return min(len(sheet.rows), header + 1 + _LOOKED_AT)


def _is_table(sheet: Sheet, layout: Layout, wanted: set[Role]) -> bool:
    """A heading alone makes no table of people: a price list has names too."""
    roles = set(layout.columns)
    if wanted:
        return wanted <= roles
    if "user-id" in roles and roles & _PERSON - {"user-id"}:
        return True
    if roles & _PEOPLE:
        return len(roles) > 1 or _has_numbers(sheet, layout, layout.columns[next(iter(roles))])
    return "name" in roles and len(roles & {"job-number", "department", "position"}) > 0


def _has_numbers(sheet: Sheet, layout: Layout, column: int) -> bool:
    cells: Sequence[Cell] = [sheet.at(row, column) for row in range(layout.header + 1, _end(sheet, layout.header))]
    return any(is_email(cell) or kind_of(cell)[0] is not None for cell in cells)
