"""Keys on disk for as long as another program or library needs them as files: in a folder for the owner alone.

What a crash left behind is removed by the next use, and when Guia is opened again.
"""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from desktop import paths

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_PREFIX: Final = "line-"
_STALE: Final = 3600.0
"""Seconds: no use lasts so long, so what is older was left by a crash."""


@contextmanager
def on_disk(files: Mapping[str, str]) -> Iterator[Path]:
    """A folder in Guia's own with these files, each readable by its owner alone; gone afterwards, also after a fault.

    OSError where it cannot be made.
    """
    home = paths.find()
    paths.prepare(home)
    sweep(home.home)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=home.home))
    try:
        for name, text in files.items():
            with os.fdopen(os.open(folder / name, _NEW, 0o600), "wb") as file:
                file.write(text.encode())
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(home: Path) -> None:
    """Remove what a crash left in Guia's own folder; what is younger than an hour may be in use."""
    for left in home.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if left.is_dir() and time.time() - left.stat().st_mtime > _STALE:
                shutil.rmtree(left, ignore_errors=True)
