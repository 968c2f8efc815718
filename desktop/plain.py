"""Reads plain files, and nothing else: a pipe or a terminal would be waited for. Knows no words and no form."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """A plain file, open for reading; OSError for any other."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(file, flags), "rb") as handle:
        if not stat.S_ISREG(os.fstat(handle.fileno()).st_mode):
            raise OSError(errno.ENXIO, "not a plain file")
        yield handle


def beginning(file: Path, most: int) -> bytes:
    """The first `most` bytes of a plain file; OSError for any other."""
    with opened(file) as handle:
        return handle.read(most)


def end(file: Path, most: int) -> bytes:
    """The last `most` bytes of a plain file; OSError for any other."""
    with opened(file) as handle:
        handle.seek(max(0, os.fstat(handle.fileno()).st_size - most))
        return handle.read(most)
