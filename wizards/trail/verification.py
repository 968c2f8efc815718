"""Whether entries are one whole chain, and if not, which entry and how. Pure; never raises; keeps no entry in memory.

A chain proves that nothing was changed by somebody who could not write it all anew. What a whole new chain looks like
only a mark kept elsewhere shows.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import Final

from wizards.trail.anchor import Anchor
from wizards.trail.chain import BY_HAND, PRUNED, RESTORED, START, Entry, canonical, read
from wizards.trail.verdict import Broken, Unbroken

ROW = tuple[int | None, str | bytes, str | bytes | None]
"""The number and the hash that a store keeps beside the text of an entry; None in a file that holds the text alone."""
Ending = Callable[[], tuple[str, int]]
LOOK_AHEAD: Final = 1_000_000
"""Entries that are read after a fault, to tell what happened; a hostile file has no end."""


class Chain:
    """A chain as far as it was read.

    `since` is the number after which it is meant to begin; an export tells it at its end.
    """

    def __init__(
        self, anchors: Sequence[Anchor] = (), written: dict[int, str] | None = None, beside: Sequence[Anchor] = ()
    ) -> None:
        """`written` is filled with what was written by hand: number -> digest of its note.

        Marks `beside` the vault must fit as well, but who changes a trail changes them too: they vouch for nothing.
        """
        self.since = 0
        self.count, self.begins, self.number = 0, 1, 0
        self.head, self.before = START, START
        """The hash of the last entry read, and of the one before the first."""
        self.first, self.last = "", ""
        self.pruned = ""
        """When the entries before the first were pruned, as an entry says."""
        self.anchors, self.vouching = (*anchors, *beside), frozenset(anchors)
        self._written = written
        self._named = {anchor.count for anchor in self.anchors}
        self._heads: dict[int, str] = {}
        self._restored: dict[Anchor, str] = {}

    def read(self, rows: Iterable[ROW], closing: Ending = lambda: ("", 0)) -> Broken | None:
        """Read all rows; the first fault. `closing` gives the last hash and number of an export, where known."""
        rest = iter(rows)
        for row, text, digest in rest:
            content = text.encode("utf-8", "replace") if isinstance(text, str) else text
            made = sha256(content).hexdigest()
            entry = read(content)
            due = self.number + 1 if self.count else _first_due(row, entry)
            if digest is not None and digest != (made if isinstance(digest, str) else made.encode()):
                return Broken(due, "edited")
            if entry is None:
                return Broken(due, "unreadable")
            if canonical(entry) != content:
                return Broken(due, "not-canonical")
            if entry.seq != due:
                return self._misplaced(due, entry.seq, rest, closing)
            if row is not None and row != due:
                return Broken(due, "number", row)
            if not self.count:
                self.begins, self.first = due, entry.at
                self.head = self.before = START if due == 1 else entry.prev
            if entry.prev != self.head:
                return self._unlinked(due, made, rest, closing)
            self._take(entry, made)
        return None

    def whole(self, rows: Iterable[ROW], issued: int | None = None) -> Unbroken | Broken:
        """Read all rows and say what is found. `issued` as in `verify`."""
        broken = self.read(rows)
        if broken:
            return broken
        if issued is not None and issued != self.number:
            return Broken(self.number + 1, "cut" if issued > self.number else "counter", issued)
        return self.verdict()

    def verdict(self) -> Unbroken | Broken:
        """What is to be said of a chain that was read without a fault."""
        gone = self.begins - 1
        if gone != self.since and not self.pruned:
            return Broken(self.begins, "start", gone)
        bad: list[Anchor] = []
        held = past = 0
        self._heads[gone] = self.before
        for anchor in sorted(self.anchors, key=lambda anchor: anchor.count):
            if anchor.count < gone:
                past += anchor in self.vouching
            elif anchor.names(self._heads.get(anchor.count, "")):
                held = anchor.count if anchor in self.vouching else held
            else:
                bad.append(anchor)
        if bad:
            return self._denied(bad[0], held)
        return Unbroken(self.count, self.first, self.last, self.head, self.begins, self.pruned, held, past)

    def _take(self, entry: Entry, made: str) -> None:
        self.count, self.number = self.count + 1, entry.seq
        self.head, self.last = made, entry.at
        if entry.seq in self._named:
            self._heads[entry.seq] = made
        if self._written is not None and entry.action.startswith(BY_HAND):
            self._written[entry.seq] = entry.digest
        elif entry.action == PRUNED:
            if entry.subject == str(self.begins - 1) and entry.digest == self.before:
                self.pruned = entry.at
        elif entry.action == RESTORED:
            for anchor in self.anchors:
                # an older backup that was put in place after the mark was made: what came between is not in it
                if entry.seq <= anchor.count and entry.at >= anchor.at:
                    self._restored.setdefault(anchor, entry.at)

    def _denied(self, anchor: Anchor, held: int) -> Broken:
        """A mark that does not fit; an older backup put in place after the mark was made explains it."""
        restored = self._restored.get(anchor, "")
        if anchor.count > self.number:
            return Broken(anchor.count, "short", self.number, restored, held)
        return Broken(anchor.count, "rewritten", 0, restored, held)

    def _misplaced(self, due: int, there: int, rest: Iterator[ROW], closing: Ending) -> Broken:
        """Number `there` where `due` is: what follows tells whether one is missing, too many, or in another's place."""
        following = found = 0
        again = False
        for place, (_, text, _) in enumerate(islice(rest, LOOK_AHEAD), due + 1):
            entry = read(text)
            number = entry.seq if entry else 0
            following = number if place == due + 1 else following
            found = place if number == due and not found else found
            again = again or number == there
        if not found and (following or closing()[1] + 1) == due + 1:
            return Broken(due, "edited")
        if there < self.begins and self.count:
            return Broken(there, "swapped", self.begins)
        if found == there and not again:
            return Broken(due, "swapped", there)
        if found or there < due:
            return Broken(due, "inserted", there)
        return Broken(due, "missing", there - 1)

    def _unlinked(self, due: int, made: str, rest: Iterator[ROW], closing: Ending) -> Broken:
        """The link back from `due` is wrong. Where the chain goes on from it, the one before was changed; else it."""
        following = next(rest, None)
        entry = read(following[1]) if following else None
        onward = entry.prev if entry else closing()[0]
        if not onward:
            return Broken(due, "link")
        return Broken(due - 1 if onward == made and due > self.begins else due, "edited")


def _first_due(row: int | None, entry: Entry | None) -> int:
    """The number that the first entry must have."""
    if entry is None:
        return row or 1
    return 1 if entry.prev == START else row or entry.seq


def verify(rows: Iterable[ROW], anchors: Sequence[Anchor] = (), issued: int | None = None) -> Unbroken | Broken:
    """Whether the entries, in their order, are one whole chain, and those that the marks kept elsewhere name.

    `issued` is the highest number that the store says it ever gave; None where it does not count.
    """
    return Chain(anchors).whole(rows, issued)
