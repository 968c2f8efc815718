"""Whether the trail in a vault's file holds: its chain, the store's own count of numbers, the notes to its entries."""

import hmac
from collections.abc import Sequence

from desktop.storage.driver import dbapi2
from desktop.storage.values import from_text
from wizards.trail.anchor import Anchor
from wizards.trail.verdict import Broken, Unbroken
from wizards.trail.verification import Chain

DIGEST_KEY = "digest-key"


def verdict(
    connection: dbapi2.Connection, anchors: Sequence[Anchor] = (), beside: Sequence[Anchor] = ()
) -> Unbroken | Broken:
    """The verdict on the trail behind a connection, against marks in other hands, and those on the list `beside` it."""
    # SQLite itself remembers the highest number it gave to a row of the trail: a tail cut in here alone is found
    issued = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'trail'").fetchone()
    # as bytes: who changes rows may leave what is no text
    rows = connection.execute("SELECT seq, CAST(entry AS BLOB), CAST(hash AS BLOB) FROM trail ORDER BY seq")
    written: dict[int, str] = {}
    count = issued[0] if issued else 0
    found = Chain(anchors, written, beside).whole(rows, count if isinstance(count, int) else -1)
    return _notes(connection, written) or found if isinstance(found, Unbroken) else found


def keyed(key: bytes, text: str) -> str:
    """The digest of a content by a key of the vault: answers are few, and a plain hash of "yes" is always the same."""
    return hmac.digest(key, text.encode(), "sha256").hex()


def _notes(connection: dbapi2.Connection, written: dict[int, str]) -> Broken | None:
    """The first note that is not the one its entry vouches for: changed, taken away, or put there later."""
    key = connection.execute("SELECT value FROM settings WHERE key = ?", (DIGEST_KEY,)).fetchone()
    secret = bytes.fromhex(str(from_text(key[0])))
    # a vault of the first Guia has no such table, and no entry by hand; who takes the table away leaves the entries
    there = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'notes'").fetchone()
    notes: dict[int, bytes] = dict(connection.execute("SELECT seq, CAST(note AS BLOB) FROM notes")) if there else {}
    for seq in sorted(written.keys() | notes.keys()):
        digest = keyed(secret, notes[seq].decode("utf-8", "replace")) if seq in notes else ""
        if written.get(seq) != digest:
            return Broken(seq, "note")
    return None
