"""Opens the sample of a log: a file in, what its lines say out. Knows no widget, words nothing, keeps nothing.

What a file is, its content says, never its name. Of more than 20 MB of text the first and the last 10 MB are read.
"""

import codecs
import hashlib
import os
import re
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

from msgspec import Struct

from desktop import clock, plain
from desktop.sheets import compound, limits, reading, texts
from desktop.sheets.refused import SheetRefused, Step, go_on
from wizards.acceptance import lines, tables
from wizards.acceptance.finding import Around
from wizards.acceptance.reader import Reader
from wizards.acceptance.sentences import known
from wizards.acceptance.shapes import NotALog, Sample
from wizards.acceptance.verdict import Verdict, judge
from wizards.acceptance.vocabulary import Vocabulary
from wizards.acceptance.wording import Wording

HALF: Final = limits.FILE // 2
_PACKED: Final = (b"PK\x03\x04", b"PK\x05\x06", compound.MAGIC)
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL: Final = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LOOKED_AT: Final = 1 << 16
_NO_TEXT: Final = 50
"""Of so many bytes one that no text has makes a file no text."""


class Opened(Struct, frozen=True):
    """A sample as it was read. `digest`: SHA-256 of the whole file in hex, "" where only parts of it were read."""

    sample: Sample
    name: str
    digest: str
    size: int
    time: datetime

    def judged(self, days: int | None) -> Verdict:
        """The verdict, where the log should reach `days` back."""
        return judge(self.sample, Around(self.time, days))


def wording() -> Wording:
    """The words of the checks."""
    return Wording((files("resources") / "acceptance" / "checks.toml").read_bytes())


def open_sample(file: Path, step: Step | None = None) -> Opened:
    """Read a sample.

    Raises NotALog, SheetRefused for a spreadsheet or list that is not read, OSError, and Cancelled where `step` did not
    want it any more.
    """
    head, tail, size, changed = _bytes(file)
    time = min(datetime.fromtimestamp(changed, UTC), datetime.fromisoformat(clock.now()))
    folder = files("resources")
    words = Vocabulary((folder / "lists" / "log.toml").read_bytes())
    reader = Reader(words, known((folder / "acceptance" / "sentences.toml").read_bytes()), time)
    digest = "" if tail else hashlib.sha256(head).hexdigest()
    return Opened(_sample(head, tail, file.name, reader, step), file.name, digest, size, time)


def _bytes(file: Path) -> tuple[bytes, bytes, int, float]:
    """The whole of a plain file and nothing, or its first and its last part; its size; when it was last changed."""
    with plain.opened(file) as opened:
        about = os.fstat(opened.fileno())
        head = opened.read(limits.FILE + 1)
        if len(head) <= limits.FILE:
            return head, b"", len(head), about.st_mtime
        if head.startswith(_PACKED):
            raise SheetRefused("too-large", file=file.name, limit=f"{limits.FILE // 1_000_000}")
        opened.seek(-HALF, os.SEEK_END)
        tail = opened.read(HALF)
        # the line that the seam cuts belongs to neither part
        return head[:HALF].rpartition(b"\n")[0], tail.partition(b"\n")[2], about.st_size, about.st_mtime


def _sample(head: bytes, tail: bytes, name: str, reader: Reader, step: Step | None) -> Sample:
    if head.startswith(_PACKED):
        return tables.sample(reading.read(head, name, step), reader)
    text = _as_utf8(head, name)
    if len(_CONTROL.findall(text[:_LOOKED_AT])) * _NO_TEXT > min(len(text), _LOOKED_AT):
        raise NotALog("binary")

    def going(share: float) -> None:
        go_on(step, share)

    found = lines.sample(text, tail, reader, going)
    if found is not None:
        return found
    if tail:  # a list of more than 20 MB: its beginning tells what it holds
        raise SheetRefused("too-large", file=name, limit=f"{limits.FILE // 1_000_000}")
    return tables.sample(reading.read(head, name, step), reader)


def _as_utf8(data: bytes, name: str) -> bytes:
    """The bytes, those of UTF-16 as UTF-8."""
    if data.startswith(_UTF16) or (b"\0" in data[:64] and not data.startswith(b"\0")):
        try:
            return texts.decoded(data, name).encode("utf-8", "replace")
        except SheetRefused:
            return data
    return data
