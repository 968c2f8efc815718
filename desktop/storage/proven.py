"""Whether the trail in a vault's file holds: its chain, the store's own count of numbers, the notes to its entries."""

import hmac
from collections.abc import Sequence
from typing import NamedTuple

from desktop.storage.driver import dbapi2
from desktop.storage.values import from_text
from wizards.trail.anchor import Anchor
from wizards.trail.verdict import Broken, Unbroken
from wizards.trail.verification import Chain

DIGEST_KEY = "digest-key"
LOWEST, HIGHEST = -(2**63), 2**63 - 1
# as bytes: who changes rows may leave what is no text
ROWS = """SELECT seq, CAST(entry AS BLOB), CAST(hash AS BLOB) FROM trail
          WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?"""
"""The trail after one number, up to another, and at most so many rows of it; -1 for all."""


class Span(NamedTuple):
    """From which number to which a trail goes, 0 where it is empty, and the highest number that was ever given."""

    oldest: int
    newest: int
    issued: int


def span(connection: dbapi2.Connection) -> Span:
    """Where the trail begins and ends now."""
    # SQLite itself remembers the highest number it gave to a row of the trail: a tail cut in here alone is found
    issued = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'trail'").fetchone()
    # each by itself: asked for together, SQLite would read the whole table
    oldest, newest = connection.execute("SELECT (SELECT min(seq) FROM trail), (SELECT max(seq) FROM trail)").fetchone()
    return Span(oldest or 0, newest or 0, int(issued[0]) if issued else 0)


def verdict(connection: dbapi2.Connection, anchors: Sequence[Anchor] = ()) -> Unbroken | Broken:
    """The verdict on the trail behind a connection, in a vault of any age that this Guia opens."""
    rows = connection.execute(ROWS, (LOWEST, HIGHEST, -1))
    written: dict[int, str] = {}
    found = Chain(anchors, written).whole(rows, span(connection).issued)
    return wrong_note(connection, written) or found if isinstance(found, Unbroken) else found


def keyed(key: bytes, text: str) -> str:
    """The digest of a content by a key of the vault: answers are few, and a plain hash of "yes" is always the same."""
    return hmac.digest(key, text.encode(), "sha256").hex()


def wrong_note(connection: dbapi2.Connection, written: dict[int, str], younger: range = range(0)) -> Broken | None:
    """The first note that is not the one its entry vouches for: changed, taken away, or put there later.

    `written` has the digest for each entry with a note; `younger` are numbers of entries that it does not know yet.
    """
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'notes'").fetchone():
        return None
    key = connection.execute("SELECT value FROM settings WHERE key = ?", (DIGEST_KEY,)).fetchone()
    secret = bytes.fromhex(str(from_text(key[0])))
    kept = connection.execute("SELECT seq, CAST(note AS BLOB) FROM notes")
    notes: dict[int, bytes] = {seq: note for seq, note in kept if seq not in younger}
    for seq in sorted(written.keys() | notes.keys()):
        digest = keyed(secret, notes[seq].decode("utf-8", "replace")) if seq in notes else ""
        if written.get(seq) != digest:
            return Broken(seq, "note")
    return None
