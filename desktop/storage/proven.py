"""Whether the trail in a vault's file holds: its chain, the store's own count of numbers, the notes to its entries."""

import hmac
from collections.abc import Sequence

from desktop.storage.driver import dbapi2
from desktop.storage.values import from_text
from wizards.trail.anchor import Anchor
from wizards.trail.chain import BY_HAND, read
from wizards.trail.verdict import Broken, Unbroken
from wizards.trail.verification import verify

DIGEST_KEY = "digest-key"


def verdict(connection: dbapi2.Connection, anchors: Sequence[Anchor] = ()) -> Unbroken | Broken:
    """The verdict on the trail behind a connection, in a vault of any age that this Guia opens."""
    # SQLite itself remembers the highest number it gave to a row of the trail: a tail cut in here alone is found
    issued = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'trail'").fetchone()
    rows = connection.execute("SELECT seq, CAST(entry AS BLOB), CAST(hash AS BLOB) FROM trail ORDER BY seq")
    # as bytes: who changes rows may leave what is no text
    plain = ((seq, text, str(made, "utf-8", "replace")) for seq, text, made in rows)
    found = verify(plain, anchors, int(issued[0]) if issued else 0)
    return _notes(connection) or found if isinstance(found, Unbroken) else found


def keyed(key: bytes, text: str) -> str:
    """The digest of a content by a key of the vault: answers are few, and a plain hash of "yes" is always the same."""
    return hmac.digest(key, text.encode(), "sha256").hex()


def _notes(connection: dbapi2.Connection) -> Broken | None:
    """The first note that is not the one its entry vouches for: changed, taken away, or put there later."""
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'notes'").fetchone():
        return None
    key = connection.execute("SELECT value FROM settings WHERE key = ?", (DIGEST_KEY,)).fetchone()
    secret = bytes.fromhex(str(from_text(key[0])))
    # canonical entries begin with their action
    written = connection.execute(
        """SELECT seq, CAST(entry AS BLOB), CAST(note AS BLOB) FROM trail LEFT JOIN notes USING (seq)
           WHERE note IS NOT NULL OR entry GLOB ? UNION ALL
           SELECT seq, x'', CAST(note AS BLOB) FROM notes WHERE seq NOT IN (SELECT seq FROM trail) ORDER BY 1""",
        (f'{{"action":"{BY_HAND}*',),
    )
    for seq, text, note in written:
        entry = read(text)
        if entry is None or entry.digest != ("" if note is None else keyed(secret, str(note, "utf-8", "replace"))):
            return Broken(seq, "note")
    return None
