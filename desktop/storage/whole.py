"""Write a file whole or not at all: the one way Guia puts a file in place, exports included."""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path`, replacing what was there in one step. OSError: the old file is as it was."""
    fill_whole(path, lambda file: file.write(content))


def fill_whole(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """As `write_whole`, for content too large for memory: `fill` is given the open file, which it may read back."""
    # a link is followed, so the file it names is replaced and not the link
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        raise FileExistsError(f"not a plain file: {path}")
    draft = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}")
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(draft, flags, 0o600), "w+b") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` outlast a power cut. Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
