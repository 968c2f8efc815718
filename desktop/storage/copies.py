"""Copies of a vault, and how a copy is checked before anyone relies on it. A vault's file is never copied byte by byte.

A copy made by SQLite is whole even while the vault is open; a file copied by hand may lack what is still beside it.
"""

import contextlib
import os
from pathlib import Path

from msgspec import Struct

from desktop.paths import Paths
from desktop.storage.connection import connect, make_file
from desktop.storage.driver import dbapi2
from desktop.storage.faults import VaultError, as_vault_error
from desktop.storage.migrations import pending
from desktop.storage.proven import verdict
from desktop.storage.whole import write_whole
from wizards.trail.verdict import Broken, Unbroken


class Contents(Struct, frozen=True):
    """What two copies of one vault must have in common: rows in each table, and the verdict on the trail."""

    rows: dict[str, int]
    trail: Unbroken | Broken


def copy_checked(connection: dbapi2.Connection, paths: Paths, key: bytes, copy: Paths) -> None:
    """Copy an open vault and its key file into another folder, and check the copy against the original.

    VaultError if it could not be written or differs; the caller removes what was begun.
    """
    with as_vault_error():
        # made first, so that it is never readable by others
        make_file(copy.vault)
        connection.execute("VACUUM INTO ?", (str(copy.vault),))
        _sync(copy.vault)
        write_whole(copy.key, paths.key.read_bytes())
        if check(copy, key) != _contents(connection):
            raise VaultError("damaged")


def check(copy: Paths, key: bytes) -> Contents:
    """Read every page of a finished copy. VaultError "damaged" or "newer"."""
    with as_vault_error(), contextlib.closing(connect(copy.vault, key, "copy")) as connection:
        pending(connection)
        examine(connection)
        return _contents(connection)


def examine(connection: dbapi2.Connection) -> None:
    """Read every page. VaultError "damaged" if one was changed or is missing."""
    # the first finds pages that were changed, the second a file that was cut short
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        raise VaultError("damaged")
    if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise VaultError("damaged")


def _contents(connection: dbapi2.Connection) -> Contents:
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    rows = {
        name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - the vault's own
        for (name,) in names.fetchall()
    }
    return Contents(rows, verdict(connection))


def _sync(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
