"""The trail in the vault: entries appended, written by hand, marked, pruned, sent out.

Whether it holds is said by `proven`; this changes nothing that is written but what the period takes away.
"""

import contextlib
from collections.abc import Callable, Generator, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final

from msgspec import Struct

from desktop.storage.driver import dbapi2
from desktop.storage.faults import as_vault_error
from desktop.storage.ground import Ground
from desktop.storage.proven import LOWEST, ROWS, span, verdict, wrong_note
from desktop.storage.values import Json, from_text, to_text
from desktop.storage.whole import fill_whole
from wizards.trail.anchor import Anchor
from wizards.trail.chain import BARE, BY_HAND, CHECKPOINT, PRUNED, START, Deed, Entry, Link, read
from wizards.trail.export import lines
from wizards.trail.retention import LONGEST, cutoff
from wizards.trail.verdict import Broken, Unbroken
from wizards.trail.verification import Chain

LONGEST_NOTE: Final = 4000
"""Characters of a note, as of any text that an owner types."""
KEEP_FOR: Final = "trail-months"
_SLICE: Final = 1000
"""Entries that are read and verified at once, in some thousandths of a second."""
_TRAIL: Final = Deed(data="trail")
_BY_ITSELF: Final = Deed(who="guia", data="trail", rule="retention")


class Listed(Struct, frozen=True):
    """An entry for a list, with the note that was written to it, "" without. What cannot be read is "unreadable"."""

    entry: Entry
    note: str


class Entries(Ground):
    """The part of the store that keeps the trail."""

    def trail(self, since: int = 0) -> list[Link]:
        """The entries with a number greater than `since`, oldest first."""
        with self._lock:
            return [Link(seq, text.decode("utf-8", "replace"), made) for seq, text, made in self._after(since)]

    def newest(self, count: int, before: int = 2**62) -> list[Listed]:
        """The newest entries with a number below `before`, the newest first."""
        rows = self._rows(
            """SELECT trail.seq, CAST(entry AS BLOB), note FROM trail LEFT JOIN notes USING (seq)
               WHERE trail.seq < ? ORDER BY trail.seq DESC LIMIT ?""",
            before,
            count,
        )
        return [
            Listed(read(text) or _unreadable(seq), str(from_text(note)) if note else "") for seq, text, note in rows
        ]

    def latest(self, action: str) -> Entry | None:
        """The newest entry of an action; None where there is none."""
        # canonical entries begin with their action
        rows = self._rows(
            "SELECT CAST(entry AS BLOB) FROM trail WHERE entry GLOB ? ORDER BY seq DESC LIMIT 1",
            f'{{"action":"{action}"*',
        )
        return read(rows[0][0]) if rows else None

    def last_number(self) -> int:
        """The number of the newest entry; 0 before there is one."""
        with self._lock:
            return self._last_number()

    def record(self, at: str, action: str, subject: str, content: Json, deed: Deed = BARE) -> None:
        """One trail entry of its own; of `content` only the keyed digest is kept."""
        with self._writing():
            self._append(at, action, subject, to_text(content), deed)

    def keep(self, key: str, value: Json, at: str, action: str, subject: str, deed: Deed = BARE) -> None:
        """A setting and the entry that says so, in one transaction; of `value` the entry has the keyed digest."""
        with self._writing():
            self._set(key, value)
            self._append(at, action, subject, to_text(value), deed)

    def write(self, at: str, act: str, deed: Deed, note: str) -> int:
        """An entry by hand, whose note stays in a table of its own; its number. ValueError for a note too long."""
        if len(note) > LONGEST_NOTE:
            raise ValueError(f"a note has at most {LONGEST_NOTE} characters")
        text = to_text(note) if note else None
        with self._writing() as connection:
            seq = self._append(at, BY_HAND + act, "", text, deed).seq
            if text:
                connection.execute("INSERT INTO notes (seq, note) VALUES (?, ?)", (seq, text))
        return seq

    def checkpoint(self, at: str, where: str) -> Anchor:
        """An entry that marks the trail, and the mark: its number and its hash."""
        with self._writing():
            link = self._append(at, CHECKPOINT, where, None, _TRAIL)
        return Anchor(link.seq, link.hash, at)

    def verify(
        self,
        anchors: Sequence[Anchor] = (),
        beside: Sequence[Anchor] = (),
        going: Callable[[], object] = lambda: None,
    ) -> Unbroken | Broken:
        """Whether the trail holds: its chain, its notes, the marks of it in other hands and on the list `beside` it.

        Read in slices, so that whoever needs the vault meanwhile waits for one at most. What does not hold, or was
        pruned meanwhile, is read again as a whole. `going` is called before each slice, and ends it by what it raises.
        """
        with self._lock, as_vault_error():
            before = span(self._connection)
        written: dict[int, str] = {}
        with contextlib.closing(self._slices(before.newest, going)) as rows:
            found = Chain(anchors, written, beside).whole(rows, before.issued)
        with self._lock, as_vault_error():
            now = span(self._connection)
            if isinstance(found, Unbroken) and now.oldest == before.oldest:
                younger = range(before.newest + 1, now.newest + 1)
                return wrong_note(self._connection, written, younger) or found
            return verdict(self._connection, anchors, beside)

    def _slices(self, newest: int, going: Callable[[], object]) -> Generator[tuple[int, bytes, bytes], None, None]:
        """The rows of the trail up to a number; the vault is free for others between two slices."""
        after, count = LOWEST, _SLICE
        while count == _SLICE:
            count = 0
            going()
            with self._lock, as_vault_error():
                for row in self._connection.execute(ROWS, (after, newest, _SLICE)):
                    yield row
                    after, count = row[0], count + 1

    def keep_for(self) -> int | None:
        """Months that entries are kept; None for ever."""
        months = self.setting(KEEP_FOR)
        return months if isinstance(months, int) else None

    def set_keep_for(self, at: str, months: int | None) -> int:
        """Keep entries for so many months from now on, None for ever; how many were pruned at once.

        ValueError for less than one month or more than fifty years.
        """
        if months is not None and not 1 <= months <= LONGEST:
            raise ValueError(f"entries are kept for 1 to {LONGEST} months, not {months}")
        with self._writing() as connection:
            self._set(KEEP_FOR, months)
            self._append(at, "trail.retention", str(months or "for-ever"), None, _TRAIL)
            return self._take_away(connection, at, months)

    def past(self, at: str, months: int) -> int:
        """How many entries would be pruned if they were kept for so many months."""
        with self._lock:
            last = self._last_before(cutoff(at, months))
            oldest = self._rows("SELECT min(seq) FROM trail")[0][0]
        return last.seq - int(oldest) + 1 if last else 0

    def prune(self, at: str) -> int:
        """Take away the oldest entries that are past the chosen period, with their notes; how many.

        The entry that says so names the last one removed, by number and hash, and is of one transaction with it.
        A trail that does not hold is left as it is: it is evidence. Changes of answers need no entry to be undone.
        """
        months = self.keep_for()
        if months is None:
            return 0
        with self._writing() as connection:
            return self._take_away(connection, at, months)

    def export_trail(self, out: Path, since: int, then: Callable[[], None] = lambda: None) -> None:
        """Write the entries after number `since` to a file, whole or not at all; `then` notes it before it is in place.

        ValueError if the trail has no such number yet; OSError if the file could not be written.
        """
        with self._lock:
            if not 0 <= since <= self._last_number():
                raise ValueError(f"the trail has no entry {since} yet")
            rows = self._after(since)
            begun = [*islice(rows, 1)]
            first = read(begun[0][1]) if begun else None
            # without an entry after it, `since` is the number of the last one; a broken first one is for who verifies
            before = first.prev if first else START if begun or not self._head else self._head.hash

            def fill(file: BinaryIO) -> None:
                file.writelines(lines(chain(begun, rows), since, before))
                then()

            fill_whole(out, fill)

    def _after(self, since: int) -> Iterator[tuple[int, bytes, str]]:
        """The rows one by one: a trail of many years is larger than memory should be. The lock is held meanwhile."""
        # bytes, because who changes rows may leave what is no text
        sql = "SELECT seq, CAST(entry AS BLOB), CAST(hash AS BLOB) FROM trail WHERE seq > ? ORDER BY seq"
        with as_vault_error():
            for seq, text, made in self._connection.execute(sql, (since,)):
                yield seq, text, made.decode("utf-8", "replace")

    def _take_away(self, connection: dbapi2.Connection, at: str, months: int | None) -> int:
        """As `prune`, in the transaction that is open."""
        last = None if months is None else self._last_before(cutoff(at, months))
        if last is None or isinstance(self.verify(), Broken):
            return 0
        self._link(at, PRUNED, str(last.seq), last.hash, _BY_ITSELF)
        connection.execute("DELETE FROM notes WHERE seq <= ?", (last.seq,))
        return int(connection.execute("DELETE FROM trail WHERE seq <= ?", (last.seq,)).rowcount)

    def _last_before(self, moment: str) -> Link | None:
        """The last of the oldest entries that were all made before a moment; None if the first one was not."""
        found: Link | None = None
        with as_vault_error():
            rows = self._connection.execute(
                "SELECT seq, CAST(entry AS BLOB), CAST(hash AS BLOB) FROM trail ORDER BY seq"
            )
            for seq, text, made in rows:
                entry = read(text)
                if entry is None or entry.at >= moment:
                    break
                found = Link(seq, "", made.decode("utf-8", "replace"))
        return found


def _unreadable(seq: int) -> Entry:
    return Entry(seq=seq, at="", action="unreadable", subject="", digest="", prev="")
