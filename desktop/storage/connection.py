"""Connections to a vault's file: SQLCipher with a raw key, and the settings that make a save durable.

One process has a vault at a time.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from desktop.storage.driver import dbapi2
from desktop.storage.faults import as_vault_error

KEY_BYTES = 32
# long enough for another program's quick look at the file, short enough that "in use" is said at once
WAIT_SECONDS = 0.3

Use = Literal["write", "read", "copy"]
_MODES: dict[Use, str] = {"write": "rw", "read": "ro", "copy": "ro&immutable=1"}


def connect(file: Path, key: bytes, use: Use = "write") -> dbapi2.Connection:
    """A connection to an existing file. The key is not tried here; the first read does that.

    "read" cannot change the file, yet sees what a crash left in the file beside it; "copy" is for a finished copy that
    nobody writes, and makes nothing beside it.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a vault's key has 32 bytes")
    connection = dbapi2.connect(
        f"{file.absolute().as_uri()}?mode={_MODES[use]}",
        uri=True,
        timeout=WAIT_SECONDS,
        # transactions are begun and ended in one place of ours, never by the driver's guess
        isolation_level=None,
        check_same_thread=False,
    )
    # before the key: a wrong one would otherwise be announced on standard error
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    return connection


def own(connection: dbapi2.Connection) -> None:
    """Take the file for this process alone, until closing or the process's end, and make each commit durable."""
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA trusted_schema=OFF")
    # an insert that replaces a row deletes it, and is to be asked as any delete
    connection.execute("PRAGMA recursive_triggers=ON")
    connection.execute("PRAGMA cell_size_check=ON")


def make_file(file: Path) -> None:
    """Make an empty file that only its owner may read; SQLite gives its companions that mode. OSError if it exists."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextlib.contextmanager
def hold(lock: Path) -> Iterator[None]:
    """Hold a lock file against other processes. VaultError "in-use"; a process that dies lets go."""
    with contextlib.closing(take_lock(lock)):
        yield


def take_lock(lock: Path) -> dbapi2.Connection:
    """Hold a lock file until the connection is closed. SQLite's own lock: the same everywhere, none to clean up."""
    with as_vault_error():
        with contextlib.suppress(FileExistsError):
            make_file(lock)
        connection = dbapi2.connect(str(lock), timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            # no journal file beside it: nothing is ever written
            connection.execute("PRAGMA journal_mode=MEMORY")
            connection.execute("BEGIN EXCLUSIVE")
        except BaseException:
            connection.close()
            raise
    return connection
