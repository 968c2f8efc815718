"""Put the folder of a log box on the disk: whole or not at all."""

import errno
import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from desktop.storage.whole import sync_folder
from wizards.logbox.folder import File


def write_folder(out: Path, files: Iterable[File]) -> None:
    """Write `files` into `out`, which is not there yet or is an empty folder. OSError: nothing was left behind.

    ENOTEMPTY where something is in it, so that no key of an older folder is ever mixed with a new one.
    """
    target = Path(os.path.realpath(out))
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY))
    draft = target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700)
    try:
        for file in files:
            _write(draft / file.path, file)
        for folder in (*(f for f in draft.iterdir() if f.is_dir()), draft):
            sync_folder(folder)
        if target.exists():
            target.rmdir()  # Windows puts nothing in the place of a folder
        draft.rename(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    sync_folder(target.parent)


def _write(path: Path, file: File) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, file.mode), "wb") as opened:
        opened.write(file.text.encode())
        opened.flush()
        os.fsync(opened.fileno())
    path.chmod(file.mode)
