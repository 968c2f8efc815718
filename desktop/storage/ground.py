"""What every part of the store stands on: one connection, one lock, transactions, and the trail inside them.

Nothing else begins or ends a transaction. Any thread may call; one at a time is served.
"""

import contextlib
from collections.abc import Iterator
from threading import RLock
from typing import Any

from desktop.paths import Paths
from desktop.storage.copies import copy_checked, examine
from desktop.storage.driver import dbapi2, tables
from desktop.storage.faults import VaultError, as_vault_error
from desktop.storage.proven import DIGEST_KEY, keyed
from desktop.storage.values import Json, from_text, to_text
from wizards.trail.chain import BARE, Deed, Link, append


class Ground:
    """An open vault without its subjects. Faults of disk and driver come out as VaultError, nothing half-written."""

    def __init__(
        self, paths: Paths, key: bytes, connection: dbapi2.Connection, held: dbapi2.Connection, who: str
    ) -> None:
        self.paths = paths
        self._key = key
        self._connection = connection
        self._held = held
        self.who = who
        """Who acts through this store: "owner" in the window, "command" without one, "guia" by itself."""
        self._lock = RLock()
        self._head = self._last_link()
        try:
            self._digest_key = bytes.fromhex(str(self.setting(DIGEST_KEY)))
        except ValueError as error:  # also for what is no JSON
            raise VaultError("damaged") from error

    def close(self) -> None:
        """Close the vault and let other processes have it. Everything acknowledged is already on disk."""
        with self._lock:
            self._connection.close()
            self._held.close()

    def examine(self) -> None:
        """Read every page of the vault. VaultError "damaged"; a hundredth of a second for 2 MB."""
        with self._lock, as_vault_error():
            examine(self._connection)

    def copy_to(self, copy: Paths) -> None:
        """Make a checked copy of the vault and its key file in another folder; saves wait until it is done."""
        with self._lock:
            copy_checked(self._connection, self.paths, self._key, copy)

    def setting(self, key: str) -> Json:
        """A setting kept in the vault, None if it was never set."""
        rows = self._rows("SELECT value FROM settings WHERE key = ?", key)
        return from_text(rows[0][0]) if rows else None

    def set_setting(self, key: str, value: Json) -> None:
        """Keep a setting. ValueError for the key of the trail's digests, which never changes."""
        if key == DIGEST_KEY:
            raise ValueError(key)
        with self._writing():
            self._set(key, value)

    def _set(self, key: str, value: Json) -> None:
        """Keep a setting in the transaction that is open."""
        self._connection.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (key, to_text(value)))

    def _rows(self, sql: str, *values: object) -> list[Any]:
        with self._lock, as_vault_error():
            rows: list[Any] = self._connection.execute(sql, values).fetchall()
        return rows

    @contextlib.contextmanager
    def _writing(self) -> Iterator[dbapi2.Connection]:
        """One transaction: after the block everything in it is on disk; after an error nothing of it is."""
        with self._lock, as_vault_error():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # a full disk may have ended the transaction already
                with contextlib.suppress(dbapi2.Error):
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                self._head = self._last_link()
                raise

    def _append(self, at: str, action: str, subject: str, text: str | None, deed: Deed = BARE) -> Link:
        """Add a trail entry to the transaction that is open. `text` is the content's JSON, None where it is gone."""
        return self._link(at, action, subject, self._digest(text), deed)

    def _link(self, at: str, action: str, subject: str, digest: str, deed: Deed) -> Link:
        """As `_append`, for an entry whose digest is no digest of a content."""
        self._head = append(self._head, at, action, subject, digest, deed, self.who)
        self._connection.execute("INSERT INTO trail (seq, entry, hash) VALUES (?, ?, ?)", self._head)
        return self._head

    def _last_number(self) -> int:
        return self._head.seq if self._head else 0

    def _digest(self, text: str | None) -> str:
        return "" if text is None else keyed(self._digest_key, text)

    def _last_link(self) -> Link | None:
        # bytes, because who changes rows may leave what is no text
        sql = "SELECT seq, CAST(hash AS BLOB) FROM trail ORDER BY seq DESC LIMIT 1"
        row = self._connection.execute(sql).fetchone()
        return Link(row[0], "", row[1].decode("utf-8", "replace")) if row else None

    def _insert(self, table: str, row: dict[str, object]) -> int:
        """Insert through sqlite-utils and give the new row's number. Inside a transaction."""
        number = tables(self._connection).table(table).insert(row).last_pk
        if not isinstance(number, int):
            raise TypeError(table)
        return number
