"""Putting a finished vault in place: two files at once, or none. After a crash the moves are finished, never half left.

A vault and its key file belong together, and no system renames two files in one step. So the intention is written
down first; whoever holds the vault's lock next carries it out to the end. Each move can be repeated.
"""

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from desktop.paths import Paths, make_folder
from desktop.storage.faults import VaultError, as_vault_error
from desktop.storage.whole import sync_folder, write_whole

STAGED = ".staged-"


class Moves(Struct, frozen=True, forbid_unknown_fields=True):
    """Names of two folders under `home`: where the checked files are, and where those they replace go."""

    staged: str
    aside: str


@contextlib.contextmanager
def staging(paths: Paths) -> Iterator[Paths]:
    """A new folder for a vault in the making, removed afterwards. The caller holds the vault's lock.

    What a killed process left of its own is removed too.
    """
    with as_vault_error():
        if not paths.moves.exists():
            for left in paths.home.glob(f"{STAGED}*"):
                shutil.rmtree(left, ignore_errors=True)
        staged = Paths(paths.home / f"{STAGED}{secrets.token_hex(4)}")
        make_folder(staged.home)
    try:
        yield staged
    finally:
        # a written intention still needs it
        if not paths.moves.exists():
            shutil.rmtree(staged.home, ignore_errors=True)


def put_in_place(paths: Paths, staged: Paths, aside: str) -> None:
    """Make the staged vault and key the ones in use; what was there goes to `replaced/aside`. Hold the lock."""
    with as_vault_error():
        for file in (staged.vault, staged.key):
            with file.open("rb+") as opened:
                os.fsync(opened.fileno())
        sync_folder(staged.home)
        write_whole(paths.moves, msgspec.json.encode(Moves(staged.home.name, aside)))
    finish_moves(paths)


def finish_moves(paths: Paths) -> None:
    """Carry out moves that were written down, if any. The caller holds the lock."""
    try:
        text = paths.moves.read_bytes()
    except FileNotFoundError:
        return
    try:
        moves = msgspec.json.decode(text, type=Moves)
    except msgspec.MsgspecError as error:
        raise VaultError("damaged") from error
    if not _plain(moves.staged) or not _plain(moves.aside):
        raise VaultError("damaged")
    with as_vault_error():
        if not paths.moves.exists():
            for left in paths.home.glob(f"{STAGED}*"):
                shutil.rmtree(left, ignore_errors=True)
        staged = Paths(paths.home / moves.staged)
        aside = paths.replaced / moves.aside
        _replace(staged.vault, paths.vault, aside)
        _replace(staged.key, paths.key, aside)
        sync_folder(paths.home)
        paths.moves.unlink()
        sync_folder(paths.home)
        shutil.rmtree(staged.home, ignore_errors=True)


def _replace(new: Path, place: Path, aside: Path) -> None:
    if not new.exists():
        return  # moved before a crash
    # what SQLite left beside the old file goes with it: read with the new one it would spoil it
    for old in (place.with_name(place.name + "-wal"), place.with_name(place.name + "-shm"), place):
        if old.exists():
            make_folder(aside.parent)
            make_folder(aside)
            # the way to the old file outlasts a power cut before the new one takes its place
            for folder in (aside.parent, place.parent):
                sync_folder(folder)
            old.replace(aside / old.name)
            sync_folder(aside)
    new.replace(place)


def _plain(name: str) -> bool:
    return name not in {"", ".", ".."} and Path(name).name == name and "\\" not in name
