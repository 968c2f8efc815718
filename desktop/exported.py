"""A trail that was exported, read from a file by lines, in bounded memory and time. The file may be hostile."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from desktop import plain
from wizards.trail.anchor import Anchor
from wizards.trail.export import LONGEST_LINE, MARKS, Form, verify_lines
from wizards.trail.verdict import Broken
from wizards.trail.wire import is_kept

_LOOK: Final = 64 * 1024
"""Bytes of each end in which something of an export must be found."""


def verify_file(file: Path, anchors: Sequence[Anchor] = ()) -> Form | Broken | None:
    """The verdict on an exported trail; None for a file that is none. OSError where it cannot be read."""
    with plain.opened(file) as opened:
        if not _recognised(opened):
            return None
        opened.seek(0)
        return verify_lines(_lines(opened), anchors)


def _recognised(opened: BinaryIO) -> bool:
    """Whether anything says that this was an export once, whatever was done to it since.

    The log of a box has entries, too, each behind its header: it is none; `on_box` reads it.
    """
    looked = opened.read(_LOOK)
    if is_kept(looked.partition(b"\n")[0].decode("utf-8", "replace")):
        return False
    opened.seek(max(0, os.fstat(opened.fileno()).st_size - _LOOK))
    looked += opened.read(_LOOK)
    return any(mark in looked for mark in MARKS)


def _lines(opened: BinaryIO) -> Iterator[bytes]:
    """The lines with what ended them. One that is too long is cut, and is the last: nothing after it can hold."""
    while line := opened.readline(LONGEST_LINE + 1):
        yield line
        if len(line) > LONGEST_LINE:
            return
