"""A sheet of cells as plain values, and what every reader of lists does with them. Knows no file and no meaning."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, TypeAlias

from msgspec import Struct

Cell: TypeAlias = str | int | float | bool | date | datetime | None
"""What stands in a cell; None where nothing does. A formula is its stored value. A date typed as text is text."""


class Valueless(str):
    """A cell with a formula that no program worked out, or with an error: nobody knows what it says."""

    __slots__ = ()


Span: TypeAlias = tuple[int, int, int, int]
"""A merged cell: first row, first column, last row, last column, counted from 0."""

_MARKS: Final = "'\u2018\u2019`\u200b\u200c\u200d\u2060\u202a\u202c\u202d\u2066\u2068\u2069\u200e\u200f\ufeff"
_UNMARKED: Final = {ord(mark): None for mark in _MARKS}


class Sheet(Struct, frozen=True):
    """One sheet, from its first row and column on; rows may differ in length. `name` is "" for a file of text."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: tuple[Span, ...] = ()
    hidden: bool = False

    def at(self, row: int, column: int) -> Cell:
        """The cell there; None where there is none."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[column] if 0 <= column < len(cells) else None


def place(row: int, column: int) -> str:
    """A cell as spreadsheets call it: `B7`. Both counted from 0."""
    letters, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(ord("A") + last) + letters
    return f"{letters}{row + 1}"


def text(cell: Cell) -> str:
    """The cell as one line of text: full width made half, a whole number without its point, blanks single."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    said = str(cell)
    if said.isalnum() and said.isascii():  # most cells, and a list may have millions
        return said
    return " ".join(unicodedata.normalize("NFKC", said).translate(_UNMARKED).split())


def folded(said: str) -> str:
    """A text for comparison: letters and digits alone, in small letters, half width."""
    plain = said.casefold() if said.isascii() else unicodedata.normalize("NFKC", said).casefold()
    if plain.isalnum():
        return plain
    return "".join(sign for sign in plain if sign.isalnum())
