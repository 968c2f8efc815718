"""The trail in the vault: entries appended, written by hand, marked, pruned, sent out."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from desktop.storage.faults import as_vault_error
from desktop.storage.ground import Ground
from desktop.storage.values import Json, to_text
from wizards.trail.anchor import Anchor
from wizards.trail.chain import BARE, Broken, Deed, Entry, Link, Unbroken, verify

KEEP_FOR = "trail-months"


class Listed(Struct, frozen=True):
    """An entry for a list, with the note that was written to it, "" without. What cannot be read is "unreadable"."""

    entry: Entry
    note: str


class Entries(Ground):
    """The part of the store that keeps the trail."""

    def trail(self, since: int = 0) -> list[Link]:
        """The entries with a number greater than `since`, oldest first."""
        return [
            Link(*row) for row in self._rows("SELECT seq, entry, hash FROM trail WHERE seq > ? ORDER BY seq", since)
        ]

    def newest(self, count: int) -> list[Listed]:
        """The newest entries, the newest first."""
        rows = self._rows("SELECT seq, entry FROM trail ORDER BY seq DESC LIMIT ?", count)
        return [Listed(_entry(*row), "") for row in rows]

    def record(self, at: str, action: str, subject: str, content: Json, deed: Deed = BARE) -> None:
        """One trail entry of its own; of `content` only the keyed digest is kept."""
        with self._writing():
            self._append(at, action, subject, to_text(content), deed)

    def write(self, at: str, act: str, deed: Deed, note: str) -> int:
        """An entry by hand; its number."""
        with self._writing():
            self._append(at, act, "", note or None, deed)
            return self._last_number()

    def checkpoint(self, at: str, where: str) -> Anchor:
        """An entry that marks the trail, and the mark: its number and its hash."""
        with self._writing():
            link = self._append(at, "trail.checkpoint", where, None)
        return Anchor(link.seq, link.hash, at)

    def verify(self, anchors: Sequence[Anchor] = ()) -> Unbroken | Broken:
        """Whether the trail holds."""
        with self._lock, as_vault_error():
            return verify(self._connection.execute("SELECT seq, entry, hash FROM trail ORDER BY seq"))

    def keep_for(self) -> int | None:
        """Months that entries are kept; None for ever."""
        months = self.setting(KEEP_FOR)
        return months if isinstance(months, int) else None

    def set_keep_for(self, at: str, months: int | None) -> None:
        """Keep entries for so many months from now on."""
        self.set_setting(KEEP_FOR, months)

    def export_trail(self, out: Path, since: int) -> None:
        """Write the entries after number `since`."""


def _entry(seq: int, text: str) -> Entry:
    try:
        return msgspec.json.decode(text, type=Entry)
    except (msgspec.MsgspecError, UnicodeEncodeError):
        return Entry(seq, "", "unreadable", "", "", "")
