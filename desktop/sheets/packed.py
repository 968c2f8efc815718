"""Looks into a packed spreadsheet (xlsx, ods) before anything unfolds it: real sizes, real extents.

Every entry is inflated as a stream and counted, because the sizes that a zip states can be forged. On the way the
farthest cell is found: a library makes a table as large as that cell is far, and one forged cell would take all memory.
"""

import io
import re
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from desktop.sheets import limits
from desktop.sheets.refused import SheetRefused, Step, go_on

_PIECE: Final = 1 << 18
_PACKED_PIECE: Final = 1 << 14
_STORED: Final = 0
_DEFLATED: Final = 8
_ENCRYPTED: Final = 1
_REFERENCE: Final = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,9})[\"'][^<>]*?(/?)>")
_ODS_TAG: Final = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)\b([^<>]*)>")
_REPEATED: Final = re.compile(rb"table:number-(?:rows|columns)-repeated\s*=\s*[\"'](\d{1,9})")
_LONGEST_TAG: Final = 4096


def look(data: bytes, file: str, step: Step | None) -> None:
    """Refuse a packed file that is no spreadsheet, is locked, or passes a limit. `step` gets shares up to 0.4."""
    try:
        entries = ZipFile(io.BytesIO(data)).infolist()
    except (BadZipFile, ValueError, NotImplementedError, RuntimeError) as error:
        raise SheetRefused("damaged", file=file) from error
    if len(entries) > limits.ENTRIES:
        raise SheetRefused("too-many-entries", file=file, limit=f"{limits.ENTRIES:,}")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise SheetRefused("locked", file=file)
    _refuse_other_archives([entry.filename.casefold().lstrip("/") for entry in entries], file)
    whole = 0
    for entry in entries:
        watch = _watch(entry.filename.casefold(), file)
        for piece in _inflated(data, entry, file):
            whole += len(piece)
            if whole > limits.UNPACKED:
                raise SheetRefused("unpacked-too-large", file=file, limit=f"{limits.UNPACKED // 1_000_000}")
            if watch is not None:
                watch.feed(piece)
            go_on(step, 0.4 * whole / limits.UNPACKED)


def _refuse_other_archives(names: list[str], file: str) -> None:
    """Only the two kinds that are read; another zip may hold anything, also a spreadsheet that must be taken out."""
    if "content.xml" in names and "mimetype" in names:
        return
    if "[content_types].xml" in names and any(n.startswith("xl/") and n.endswith(".xml") for n in names):
        if any(name.startswith("xl/") and name.endswith(".bin") and "sheet" in name for name in names):
            raise SheetRefused("other-format", file=file)
        return
    raise SheetRefused("archive" if "[content_types].xml" not in names else "other-format", file=file)


def _inflated(data: bytes, entry: ZipInfo, file: str) -> Iterator[bytes]:
    """What an entry really holds, in pieces; never more than a piece is unfolded at a time."""
    head = data[entry.header_offset : entry.header_offset + 30]
    if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
        raise SheetRefused("damaged", file=file)
    start = entry.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == _STORED:
        yield from (bytes(packed[at : at + _PIECE]) for at in range(0, len(packed), _PIECE))
        return
    if entry.compress_type != _DEFLATED:
        raise SheetRefused("damaged", file=file)
    inflater, grown = zlib.decompressobj(-15), 0
    try:
        for at in range(0, len(packed), _PACKED_PIECE):
            waiting: bytes | memoryview = packed[at : at + _PACKED_PIECE]
            while waiting and not inflater.eof:
                piece = inflater.decompress(waiting, _PIECE)
                waiting = inflater.unconsumed_tail
                grown += len(piece)
                if grown > limits.RATIO_FROM and grown > limits.RATIO * (at + _PACKED_PIECE):
                    raise SheetRefused("unpacked-too-much", file=file, limit=str(limits.RATIO))
                yield piece
    except zlib.error as error:
        raise SheetRefused("damaged", file=file) from error
    if grown != entry.file_size:  # a forged size, or a torn file
        raise SheetRefused("damaged", file=file)


class _Watch(ABC):
    """Finds tags in pieces that may cut them anywhere."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._rest = b""

    def feed(self, piece: bytes) -> None:
        """Look at the next piece."""
        text = self._rest + piece
        cut = text.rfind(b"<", max(0, len(text) - _LONGEST_TAG))
        cut = len(text) if cut < 0 else cut
        self.look(text[:cut])
        self._rest = text[cut:]

    @abstractmethod
    def look(self, text: bytes) -> None:
        """Look at whole tags."""


class _References(_Watch):
    """The farthest cell of an xlsx part, by the references that its rows and cells carry."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self._rows = self._columns = 0

    def look(self, text: bytes) -> None:
        """An element that holds nothing has no weight."""
        full = [(letters, row) for letters, row, empty in _REFERENCE.findall(text) if not empty]
        if full:
            self._rows = max(self._rows, *(int(row) for _, row in full))
            self._columns = max(self._columns, *map(_number, {letters for letters, _ in full}))
            limits.within(self._rows, self._columns, self.file)


class _Repeats(_Watch):
    """The farthest cell of an ods table: a cell or row may say how often it is repeated."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self._rows = self._waiting_rows = self._widest = 0
        self._columns = self._waiting = self._times = 0

    def look(self, text: bytes) -> None:
        """What is empty counts only where something follows it."""
        for tag in _ODS_TAG.finditer(text):
            closing, name, inner = tag.groups()
            repeated = _REPEATED.search(inner)
            times = int(repeated[1]) if repeated else 1
            if name == b"table":
                self._rows = self._waiting_rows = self._widest = 0
            elif name == b"table-row":
                if not closing and not inner.endswith(b"/"):
                    self._columns, self._waiting, self._times = 0, 0, times
                else:
                    self._end_row(times if inner.endswith(b"/") else self._times, inner.endswith(b"/"))
            elif not closing and inner.endswith(b"/") and b"office:value-type" not in inner:
                self._waiting += times
            elif not closing:
                self._columns, self._waiting = self._columns + self._waiting + times, 0

    def _end_row(self, times: int, empty: bool) -> None:  # noqa: FBT001
        if empty or not self._columns:
            self._waiting_rows += times
            return
        self._rows, self._waiting_rows = self._rows + self._waiting_rows + times, 0
        self._widest = max(self._widest, self._columns)
        limits.within(self._rows, self._widest, self.file)


def _watch(name: str, file: str) -> _Watch | None:
    if name.endswith("content.xml"):
        return _Repeats(file)
    return None if name.endswith("sharedstrings.xml") else _References(file)


def _number(letters: bytes) -> int:
    """The number of a column by its letters; A is 1, none is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
