"""A trail as a log box holds it, verified from the file of its log: a stream of any length, in bounded memory.

Read twice: once to find which numbers stand where, and once in the order of the numbers, by the code that verifies
the trail itself. The file may be hostile, and may grow meanwhile.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from desktop import plain
from wizards.trail.anchor import Anchor
from wizards.trail.pieces import OnLog, Pieces
from wizards.trail.verdict import Broken, Unbroken
from wizards.trail.verification import ROW, Chain
from wizards.trail.wire import APP, LIMIT, PRIORITY, held_in, is_kept

_LOOK: Final = 64 * 1024
"""Bytes of the beginning in which a line of a log must be found; the first may be torn."""
_LONGEST: Final = 4 * LIMIT
"""Bytes of a line; two entries may stand in one where the box was killed. What is longer holds none."""
_MARKS: Final = (f"<{PRIORITY}>1 ".encode(), f" {APP} ".encode())
_JOINED: Final = 16
"""Beginnings in one line; more than a box that was killed again and again leaves."""
MOST_PIECES: Final = 100_000
"""Runs of numbers that are remembered; a log is in as many as there were losses."""
_GAPS: Final = 100
_OTHERS: Final = 10


def verify_log(file: Path, anchors: Sequence[Anchor] = ()) -> OnLog | None:
    """The verdict on the trail in a log, of the sender with most entries; None for a file that is no log or has none.

    OSError where it cannot be read.
    """
    with plain.opened(file) as opened:
        if not _is_log(opened.read(_LOOK)):
            return None
        total, found = _indexed(opened)
        if not found:
            return None
        sender = max(found, key=lambda name: found[name].count)  # the first of those that have as many
        held = found[sender]
        disorder = sum(len(one.ordered) for one in found.values()) > MOST_PIECES
        chain = Chain(anchors)
        verdict = Unbroken(0, "", "", "") if disorder else _verdict(chain, _rows(opened, held, sender))
    return OnLog(
        found=verdict,
        sender=sender,
        begins=held.ordered[0].first,
        ends=held.ordered[-1].after - 1,
        aside=total - held.lines,
        again=held.again,
        others=tuple(name for name in found if name != sender)[:_OTHERS],
        gaps=held.gaps(_GAPS),
        disorder=disorder,
    )


def _is_log(looked: bytes) -> bool:
    """Whether a line as a box keeps it comes before one of an export."""
    for line in looked.split(b"\n"):
        if line.lstrip().startswith(b"{"):
            return False
        if is_kept(line.decode("utf-8", "replace")):
            return True
    return False


def _indexed(opened: BinaryIO) -> tuple[int, dict[str, Pieces]]:
    """How many lines there are, and what each sender has; not all of it where that is in too many pieces."""
    total, pieces, found = 0, 0, dict[str, Pieces]()
    for offset, line in _lines(opened, 0):
        total += 1
        seen = list[Pieces]()
        for sender, link in held_in(line):
            mine = found.setdefault(sender, Pieces())
            before = len(mine.ordered)
            mine.take(link.seq, offset)
            pieces += len(mine.ordered) - before
            if mine not in seen:
                seen.append(mine)
                mine.lines += 1
        if pieces > MOST_PIECES:
            break
    return total, found


def _verdict(chain: Chain, rows: Iterator[ROW]) -> Unbroken | Broken:
    broken = chain.read(rows)
    # a log begins where its oldest file does, and no entry has to say why
    chain.since = chain.begins - 1
    return broken or chain.verdict()


def _rows(opened: BinaryIO, held: Pieces, sender: str) -> Iterator[ROW]:
    """The first entry of each number, in the order of the numbers."""
    for piece in held.ordered:
        due = piece.first
        for _, line in _lines(opened, piece.offset):
            for name, link in held_in(line):
                if name == sender and link.seq == due < piece.after:
                    yield None, link.text, None
                    due += 1
            if due == piece.after:
                break


def _lines(opened: BinaryIO, offset: int) -> Iterator[tuple[int, str]]:
    """The lines from `offset` on, each with where it begins; "" for one that can hold no entry."""
    opened.seek(offset)
    while line := opened.readline(_LONGEST):
        begun, size = offset, len(line)
        while line and not line.endswith(b"\n") and len(line) == _LONGEST:
            line = opened.readline(_LONGEST)
            size += len(line)
        offset += size
        fits = size <= _LONGEST and all(mark in line for mark in _MARKS) and line.count(_MARKS[0]) <= _JOINED
        yield begun, line.decode("utf-8", "replace") if fits else ""
