"""Looks into a compound file of Microsoft (xls, or a locked xlsx) before anything unfolds it.

Says what it is, and finds the farthest cell of an xls: a library makes a table as large as that cell is far.
"""

import struct
from typing import Final

from desktop.sheets import limits
from desktop.sheets.refused import SheetRefused

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL_RECORDS: Final = frozenset({0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x00FD, 0x00D6, 0x027E})
_SEVERAL_CELLS: Final = frozenset({0x00BD, 0x00BE})
_LOCKED: Final = 0x002F
_BEGINS: Final = 0x0809
_LAST_SECTOR: Final = 0xFFFFFFFA
_SMALL: Final = 4096


def look(data: bytes, file: str) -> None:
    """Refuse a compound file that is no spreadsheet, is locked, or passes a limit."""
    try:
        streams = _streams(data)
    except (struct.error, IndexError, ValueError, StopIteration) as error:
        raise SheetRefused("damaged", file=file) from error
    if "encryptedpackage" in streams:
        raise SheetRefused("locked", file=file)
    book = streams.get("workbook", streams.get("book"))
    if book is None:
        raise SheetRefused("other-format", file=file)
    _measure(book, file)


def _streams(data: bytes) -> dict[str, bytes]:
    """The streams of the file, by their names in small letters."""
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    if sector not in (512, 4096):
        raise ValueError(sector)
    first_directory = struct.unpack_from("<I", data, 48)[0]
    small_first, _, more_first, more_count = struct.unpack_from("<4I", data, 60)
    tables = [n for n in struct.unpack_from("<109I", data, 76) if n < _LAST_SECTOR]
    for _ in range(min(more_count, len(data) // sector)):
        block = _sector(data, more_first, sector)
        numbers = struct.unpack(f"<{sector // 4}I", block)
        tables += [n for n in numbers[:-1] if n < _LAST_SECTOR]
        more_first = numbers[-1]
    chain: list[int] = []
    for number in tables:
        chain += struct.unpack(f"<{sector // 4}I", _sector(data, number, sector))
    directory = _follow(data, chain, first_directory, sector)
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    root = next(entry for entry in entries if entry[66] == 5)
    small = _follow(data, chain, struct.unpack_from("<I", root, 116)[0], sector)
    small_chain: list[int] = []
    if small_first < _LAST_SECTOR:
        listed = _follow(data, chain, small_first, sector)
        small_chain = list(struct.unpack(f"<{len(listed) // 4}I", listed[: len(listed) // 4 * 4]))
    found = {}
    for entry in entries:
        if entry[66] == 2:
            name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", entry, 116)
            if size < _SMALL:
                found[name.casefold()] = _follow(small, small_chain, start, 64, before=0)[:size]
            else:
                found[name.casefold()] = _follow(data, chain, start, sector)[:size]
    return found


def _sector(data: bytes, number: int, size: int, before: int | None = None) -> bytes:
    at = (size if before is None else before) + number * size
    return data[at : at + size].ljust(size, b"\0")


def _follow(data: bytes, chain: list[int], number: int, size: int, before: int | None = None) -> bytes:
    """The sectors of a chain, one after the other; a chain that bites its tail is torn."""
    parts: list[bytes] = []
    while number < _LAST_SECTOR:
        if len(parts) > len(chain):
            raise ValueError(number)
        parts.append(_sector(data, number, size, before))
        number = chain[number]
    return b"".join(parts)


def _measure(book: bytes, file: str) -> None:
    """Walk over the records of the book; each sheet begins with a record of its own."""
    at = rows = columns = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        body = book[at + 4 : at + 4 + length]
        if kind == _LOCKED:
            raise SheetRefused("locked", file=file)
        if kind == _BEGINS:
            rows = columns = 0
        elif (kind in _CELL_RECORDS or kind in _SEVERAL_CELLS) and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            if kind in _SEVERAL_CELLS:
                column = max(column, struct.unpack_from("<H", body, len(body) - 2)[0])
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            limits.within(rows, columns, file)
        at += 4 + length
