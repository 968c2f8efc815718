"""How large a spreadsheet may be. Far above what a small business has, far below what stops a computer."""

from typing import Final

from desktop.sheets.refused import SheetRefused

FILE: Final = 20_000_000
"""Bytes of a file."""
UNPACKED: Final = 100_000_000
"""Bytes that a packed file may grow to."""
ENTRIES: Final = 2_000
RATIO: Final = 200
"""How many times its packed size an entry may grow, once it has passed RATIO_FROM. Real sheets stay below 60."""
RATIO_FROM: Final = 50_000_000
"""Bytes: more than the largest flows spreadsheet of Guia, which may hold one text five hundred times."""
ROWS: Final = 200_000
COLUMNS: Final = 500
CELLS: Final = 6_000_000
SHEETS: Final = 100
CELL: Final = 32_767
"""Characters of a cell, as Excel has it."""


def within(rows: int, columns: int, file: str) -> None:
    """Refuse what is longer, wider or larger than a sheet may be."""
    if rows > ROWS:
        raise SheetRefused("too-many-rows", file=file, limit=f"{ROWS:,}")
    if columns > COLUMNS:
        raise SheetRefused("too-many-columns", file=file, limit=f"{COLUMNS:,}")
    if rows * columns > CELLS:
        raise SheetRefused("too-many-cells", file=file, limit=f"{CELLS:,}")


def few_sheets(count: int, file: str) -> None:
    """Refuse a workbook of more sheets than anybody keeps."""
    if count > SHEETS:
        raise SheetRefused("too-many-sheets", file=file, limit=str(SHEETS))
