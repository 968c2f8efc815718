"""Flows spreadsheets for tests: as Guia wrote them, and as somebody hands them back who edited them."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
import xlsxwriter

from desktop.content import bank, words
from desktop.sheets import reading, writing
from wizards.interview.answers import Row
from wizards.mapping.cells import Cell
from wizards.mapping.sheet.out import Sheet, sheet_of

Grid = list[list[Cell]]
QUESTION = bank().questions["flows"]
COLUMNS = [column.id for column in QUESTION.columns]
FIRST = 3
"""The line of the first row, counted from 0."""


def sheet(rows: Sequence[Row], lang: str = "en") -> Sheet:
    """What goes out for these rows."""
    return sheet_of(QUESTION, rows, lang, words())


def at(row: int, column: str) -> tuple[int, int]:
    """Where a cell of a row stands."""
    return FIRST + row, 1 + COLUMNS.index(column)


def edited(rows: Sequence[Row], cells: Mapping[tuple[int, str], Any], lang: str = "en") -> bytes:
    """The file with other values in these cells, by row and column."""
    made = sheet(rows, lang)
    lines = [list(line) for line in made.lines]
    for (row, column), value in cells.items():
        lines[row][1 + COLUMNS.index(column)] = value
    return writing.xlsx(msgspec.structs.replace(made, lines=tuple(map(tuple, lines))))


def rewritten(raw: bytes, change: Callable[[dict[str, Grid]], None]) -> bytes:
    """The file as another program would write it after `change`: values alone, no formats, no hidden sheets."""
    grids = {one.name: [list(line) for line in one.rows] for one in reading.read(raw, "test")}
    change(grids)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    shape = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, grid in grids.items():
        page = book.add_worksheet(name)
        for line, cells in enumerate(grid):
            for place, cell in enumerate(cells):
                if isinstance(cell, str):
                    page.write_string(line, place, cell)
                elif hasattr(cell, "year"):
                    page.write_datetime(line, place, cell, shape)
                elif cell is not None:
                    page.write(line, place, cell)
    book.close()
    return out.getvalue()
