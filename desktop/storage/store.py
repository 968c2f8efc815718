"""The store: an open vault. The only door to the owner's answers, tasks, proofs and snapshots.

Opening never makes a vault: a missing or empty file is said, not replaced. The key comes from `desktop.vault`.
"""

import contextlib
import secrets
from types import TracebackType
from typing import Self

from desktop.paths import Paths, make_folder
from desktop.storage.answers import Answers
from desktop.storage.archive import free_name, pack
from desktop.storage.connection import Use, connect, make_file, own, take_lock
from desktop.storage.copies import copy_checked
from desktop.storage.driver import dbapi2
from desktop.storage.entries import Entries
from desktop.storage.faults import VaultError, as_vault_error
from desktop.storage.marks import Marks
from desktop.storage.migrations import migrate, pending
from desktop.storage.moves import finish_moves, staging
from desktop.storage.proven import DIGEST_KEY
from desktop.storage.snapshots import Snapshots
from desktop.storage.tasks import Tasks
from desktop.storage.values import to_text


class Store(Answers, Tasks, Snapshots, Entries, Marks):
    """An open vault. Close it, or use it in a `with` block; only one process has it at a time."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(paths: Paths, key: bytes, who: str = "guia") -> Store:
    """Open the vault of `paths` with its 32-byte key, for `who`; bring older tables up to date after a backup.

    VaultError: "no-vault", "vault-gone", "in-use", "newer" (the file is not touched), "damaged" (also for a wrong
    key: check it first), "read-only", "disk-full", "disk-error".
    """
    if not paths.moves.exists():
        refuse_missing(paths)
    with contextlib.ExitStack() as undo:
        held = undo.enter_context(contextlib.closing(take_lock(paths.lock)))
        finish_moves(paths)
        refuse_missing(paths)
        with as_vault_error():
            steps = _look(paths, key)
            connection = undo.enter_context(contextlib.closing(connect(paths.vault, key)))
            own(connection)
            if steps:
                _update(paths, key, connection, steps[0])
            store = Store(paths, key, connection, held, who)
        undo.pop_all()
    return store


def make_vault(paths: Paths, key: bytes) -> None:
    """Make an empty vault in a folder that has none. VaultError if it could not be made."""
    with as_vault_error():
        make_file(paths.vault)
        with contextlib.closing(connect(paths.vault, key)) as connection:
            own(connection)
            migrate(connection)
            digest_key = to_text(secrets.token_hex(32))
            connection.execute("INSERT INTO settings (key, value) VALUES (?, ?)", (DIGEST_KEY, digest_key))


def refuse_missing(paths: Paths) -> None:
    """VaultError "no-vault" where nothing was made yet, "vault-gone" where a key says there was one."""
    with as_vault_error():
        there = paths.vault.is_file() and paths.vault.stat().st_size > 0
        if not there:
            raise VaultError("vault-gone" if paths.key.exists() or paths.vault.exists() else "no-vault")


def _look(paths: Paths, key: bytes) -> list[str]:
    """The steps the vault needs, read without the right to write: a newer vault is not changed by one byte."""
    crashed = paths.vault.with_name(paths.vault.name + "-wal").exists()
    try:
        # after a crash the newest pages are in the file beside it; otherwise nothing need be made there to read
        return _pending(paths, key, "read" if crashed else "copy")
    except dbapi2.OperationalError:
        # a full disk has no room for what a reader makes beside the file; who owns the file makes nothing
        return _pending(paths, key, "write")


def _pending(paths: Paths, key: bytes, use: Use) -> list[str]:
    with contextlib.closing(connect(paths.vault, key, use)) as connection:
        connection.execute(f"PRAGMA locking_mode={'EXCLUSIVE' if use == 'write' else 'NORMAL'}")
        return pending(connection)


def _update(paths: Paths, key: bytes, connection: dbapi2.Connection, first: str) -> None:
    """Keep a checked backup of the vault as it was, then bring it up to date."""
    make_folder(paths.backups)
    with staging(paths) as copy:
        copy_checked(connection, paths, key, copy)
        pack(copy, free_name(paths.backups, f"guia-before-{first}"))
    migrate(connection)
