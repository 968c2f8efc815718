"""What a log holds of one sender's trail: which numbers, where in the file the first of each stands. Pure; no texts.

A box takes what was sent again behind what it has: the order of its lines is not that of the numbers. Remembered are
only runs of numbers that follow one another in the file, so memory grows with what was lost and not with the log.
"""

from bisect import bisect_right

from msgspec import Struct

from wizards.trail.verdict import Broken, Unbroken


class Piece(Struct):
    """`count` entries from number `first` on, in that order in the file; the first stands in the line at `offset`."""

    offset: int
    first: int
    count: int = 1

    @property
    def after(self) -> int:
        """The number behind its last."""
        return self.first + self.count


class Pieces:
    """The entries of one sender, in the order in which they are read."""

    def __init__(self) -> None:
        self.count, self.again, self.lines = 0, 0, 0
        """Numbers held; entries with a number that is held already; lines of the file with an entry in them."""
        self.ordered: list[Piece] = []
        """By number; they never overlap, and each is read from its own stretch of the file."""
        self._firsts: list[int] = []
        self._latest: Piece | None = None

    def take(self, seq: int, offset: int) -> None:
        """An entry in the line at `offset`. The first of each number counts."""
        at = bisect_right(self._firsts, seq)
        before = self.ordered[at - 1] if at else None
        if before is not None and seq < before.after:
            self.again += 1
            return
        self.count += 1
        if before is not None and before is self._latest and seq == before.after:
            before.count += 1
            return
        self._latest = Piece(offset, seq)
        self.ordered.insert(at, self._latest)
        self._firsts.insert(at, seq)

    def gaps(self, most: int) -> tuple[tuple[int, int], ...]:
        """The first and last number of what is missing in between, at most so many of them."""
        found: list[tuple[int, int]] = []
        for one, other in zip(self.ordered, self.ordered[1:], strict=False):
            if len(found) < most and one.after < other.first:
                found.append((one.after, other.first - 1))
        return tuple(found)


class OnLog(Struct, frozen=True):
    """What a log holds of the trail of `sender`, and whether that is a chain: numbers `begins` to `ends`.

    `aside`: lines without an entry of this sender. `again`: entries that came more than once. `others`: senders whose
    entries are there too and were not looked at. `gaps`: numbers missing in between, first and last, the first few.
    `disorder`: it is in too many pieces to be read; then nothing was verified and `found` says nothing.
    """

    found: Unbroken | Broken
    sender: str
    begins: int
    ends: int
    aside: int
    again: int = 0
    others: tuple[str, ...] = ()
    gaps: tuple[tuple[int, int], ...] = ()
    disorder: bool = False
