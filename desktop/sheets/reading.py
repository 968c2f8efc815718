"""Reads spreadsheets (xlsx, xls, ods) and lists kept as text (csv, tsv, txt) into sheets of plain cells.

What a file is, its first bytes say, never its name. A file that passes a limit is refused before it is unfolded.
Reading takes a second or two and lets other threads work; call it from a worker, with a `Step` to show and stop it.
"""

import contextlib
import io
import os
import threading
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import structs

from desktop.sheets import compound, limits, packed, texts
from desktop.sheets.refused import Cancelled, SheetRefused, Step, go_on
from desktop.sheets.valueless import valueless
from wizards.mapping.cells import Cell, Sheet, Valueless, place

if TYPE_CHECKING:
    import python_calamine as calamine

__all__ = ["Cancelled", "SheetRefused", "Step", "read"]

_QUIET: Final = threading.Lock()
"""One file at a time: what is printed by the whole process is held back meanwhile."""
_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_OTHERS: Final = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"SQLite",
)


def read(data: bytes, file: str, step: Step | None = None) -> tuple[Sheet, ...]:
    """The sheets of a file's bytes (at most limits.FILE + 1 of them need be read); `file` is its name, for messages.

    SheetRefused says why it is not read; Cancelled, that `step` did not want it any more.
    """
    go_on(step, 0.0)
    if len(data) > limits.FILE:
        raise SheetRefused("too-large", file=file, limit=f"{limits.FILE // 1_000_000}")
    if not data.strip():
        raise SheetRefused("empty", file=file)
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        packed.look(data, file, step)
        return _marked(_book(data, file, step), valueless(data))
    if data.startswith(compound.MAGIC):
        compound.look(data, file)
        return _book(data, file, step)
    if data.startswith(_OTHERS):
        raise SheetRefused("other-format", file=file)
    return (texts.read(data, file, step),)


def _marked(sheets: tuple[Sheet, ...], without: Mapping[str, frozenset[str]]) -> tuple[Sheet, ...]:
    """The sheets, with a mark in each cell whose value the file does not hold."""
    return tuple(_marked_sheet(sheet, without[sheet.name]) if sheet.name in without else sheet for sheet in sheets)


def _marked_sheet(sheet: Sheet, without: frozenset[str]) -> Sheet:
    rows = [
        tuple(
            Valueless("#") if cell is None and place(number, column) in without else cell
            for column, cell in enumerate(row)
        )
        for number, row in enumerate(sheet.rows)
    ]
    return structs.replace(sheet, rows=tuple(rows))


def _book(data: bytes, file: str, step: Step | None) -> tuple[Sheet, ...]:
    """Each sheet of a workbook."""
    import python_calamine as calamine

    go_on(step, 0.4)
    try:
        with _QUIET, _no_panic_on_stderr(), calamine.load_workbook(io.BytesIO(data)) as book:
            wanted = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
            limits.few_sheets(len(wanted), file)
            sheets = []
            for number, meta in enumerate(wanted):
                share = (0.4 + 0.6 * number / len(wanted), 0.6 / len(wanted))
                found = book.get_sheet_by_name(meta.name)
                hidden = meta.visible != calamine.SheetVisibleEnum.Visible
                sheets.append(_sheet(found, file, step, share, hidden=hidden))
            go_on(step, 1.0)
            return tuple(sheets)
    except calamine.PasswordError as error:
        raise SheetRefused("locked", file=file) from error
    except (calamine.CalamineError, OSError, ValueError, UnicodeError) as error:
        raise SheetRefused("damaged", file=file) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the library, written in Rust, says that it is at a loss
            raise
        raise SheetRefused("damaged", file=file) from error


@contextlib.contextmanager
def _no_panic_on_stderr() -> Iterator[None]:
    """At a torn file the library, written in Rust, may panic and print a trace past Python: nobody is to read that."""
    try:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # a program without a terminal
        yield
        return
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _sheet(
    found: "calamine.CalamineSheet", file: str, step: Step | None, share: tuple[float, float], *, hidden: bool
) -> Sheet:
    """The cells of one sheet, from its first row and column on; row by row, so that other threads get their turn."""
    start, end = found.start, found.end
    if start is None or end is None:
        return Sheet(found.name, (), hidden=hidden)
    limits.within(end[0] + 1, end[1] + 1, file)
    rows: list[tuple[Cell, ...]] = []
    before: tuple[Cell, ...] = (None,) * start[1]  # the library begins at the first row, but at the first used column
    whole = end[0] + 1
    for row in found.iter_rows():
        rows.append(before + tuple(map(_cell, row)))
        if len(rows) % 500 == 0:
            go_on(step, share[0] + share[1] * len(rows) / whole)
    merged = tuple((*first, *last) for first, last in found.merged_cell_ranges or ())
    return Sheet(found.name, tuple(rows), merged, hidden)


def _cell(value: str | float | bool | time | date | datetime | timedelta) -> Cell:  # noqa: FBT001
    """A plain cell: nothing is None, a whole number is an int, a time of day is its text."""
    if value == "":
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    return str(value) if isinstance(value, time | timedelta) else value
