"""Sends the trail to the log box, and counts as logged only what it read back from there. A verb: knows no widget.

Nothing is remembered between two sendings: each asks the box what it holds. So a box that lost lines, or a vault that
was restored from a backup, is noticed each time.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from desktop.connect.delivery import deliver
from desktop.connect.reach import LineFault
from desktop.connect.readback import Held, OverSsh, ReadFault, over_ssh
from desktop.connect.watch import Watch
from wizards.logbox.line import Line
from wizards.trail.chain import Link, read
from wizards.trail.wire import Spoilt, TooLong, entries_in, of_entry, torn

BATCH: Final = 5000
"""Entries that are sent before the box is asked again what it holds."""
PATIENCE: Final = 6.0
"""Seconds in which the box holds more than before, or counts as standing still."""
TRIES: Final = 4
"""Batches in a row of which the box did not hold one entry more."""
_BETWEEN: Final = 0.2
_AGAIN: Final = 1.0


class Shipped(Struct, frozen=True):
    """`held`: the number up to which the box was seen to hold this trail without a gap; `whole`: its last number.

    `code` says why the rest is missing, "" where nothing is. "other-trail": the box holds something else under these
    numbers; "box-ahead": it holds more of this same trail than the vault does; "pruned": entries that it lacks are no
    longer in the vault; "too-long": entry `held` + 1 is longer than a box takes; "spoilt": it is no longer as it was
    made; else a code of a line or of reading.
    """

    held: int
    whole: int
    code: str = ""

    @property
    def unread(self) -> bool:
        """Whether nothing could be read back: then `held` says nothing of what the box holds."""
        return not self.held and self.code.startswith("read-")


class _Stop(Exception):
    """Nothing may be sent: `code` says why, after `held`."""

    def __init__(self, code: str, held: int) -> None:
        self.code, self.held = code, held
        super().__init__(code)


def send_trail(line: Line, links: Sequence[Link], watch: Watch) -> Shipped:
    """Have the box hold every entry of `links`, the trail in its order (`store.trail()`), and say how far it does.

    What the box holds already is not sent again. GivenUp.
    """
    reader, whole = over_ssh(line), links[-1].seq if links else 0
    held, code, tries = 0, "", 0
    try:
        seen = reader.last(line.sender, watch)
        while True:
            before, held = held, _agreed(seen, links, line.sender, reader, watch)
            watch.step("send.step-trail", held, whole)
            if held == whole:
                return Shipped(held, whole)
            tries = 0 if held > before else tries + 1
            told = reader.complaint(watch) if tries > 1 else ""
            if told == "full" or tries > TRIES:  # a service that stopped may be about to start again
                return Shipped(held, whole, f"box-{told}" if told else code or "not-there")
            sent, code = _send(line, links[held + 1 - links[0].seq :][:BATCH], watch)
            if sent == held:
                return Shipped(held, whole, code)
            seen = _settled(reader, line.sender, seen, sent, PATIENCE if not code else min(PATIENCE, _AGAIN), watch)
    except ReadFault as fault:
        return Shipped(held, whole, fault.code)
    except _Stop as stop:
        return Shipped(stop.held, whole, stop.code)


def _agreed(seen: Held, links: Sequence[Link], sender: str, reader: OverSsh, watch: Watch) -> int:
    """The number up to which the box holds these entries without a gap; _Stop where it holds another trail."""
    if not seen.last:
        return links[0].seq - 1 if links else 0
    first, whole = (links[0].seq, links[-1].seq) if links else (1, 0)
    if seen.last > whole:
        # whoever carries on this trail names the hash of its last entry
        known = bool(links) and any(_entries(reader.lines(links[-1].hash, watch), sender))
        raise _Stop("box-ahead" if known else "other-trail", whole if known else 0)
    held = seen.gap - 1 if seen.gap else seen.last
    if seen.last >= first and not _holds(seen, ours := links[seen.last - first], sender, reader, watch):
        if not torn(seen.line, ours):
            raise _Stop("other-trail", 0)
        held = min(held, seen.last - 1)
    if held + 1 < first:
        raise _Stop("pruned", held)
    if seen.last == first - 1 and _before(links[0]) not in {e.hash for e in _entries([seen.line], sender)}:
        raise _Stop("other-trail", 0)
    return held


def _before(link: Link) -> str:
    """The hash by which an entry names the one before; "" for an entry that cannot be read."""
    entry = read(link.text)
    return entry.prev if entry else ""


def _holds(seen: Held, link: Link, sender: str, reader: OverSsh, watch: Watch) -> bool:
    """Whether the box holds this entry, in the line it shows or, where that was torn and sent again, in another."""
    if link in _entries([seen.line], sender):
        return True
    before = _before(link)
    return bool(before) and link in _entries(reader.lines(before, watch), sender)


def _entries(lines: Iterable[str], sender: str) -> Iterator[Link]:
    return (link for line in lines for link in entries_in(line, sender))


def _send(line: Line, batch: Sequence[Link], watch: Watch) -> tuple[int, str]:
    """Send a batch up to the first entry that cannot be sent: the number before it, and the code of what went wrong."""
    frames: list[bytes] = []
    code = ""
    for link in batch:
        try:
            frames.append(of_entry(line.sender, link))
        except (TooLong, Spoilt) as error:  # what comes before it is sent; then it is the first one
            code = "too-long" if isinstance(error, TooLong) else "spoilt"
            break
    last = batch[0].seq + len(frames) - 1
    if not frames:
        return last, code
    try:
        ended = deliver(line, frames, watch)
    except LineFault as fault:
        watch.wait(_AGAIN)
        return last, fault.code
    return last, "" if ended == "quiet" else ended


def _settled(reader: OverSsh, sender: str, before: Held, end: int, patience: float, watch: Watch) -> Held:
    """What the box holds once it has all up to number `end`, or no more has come for so many seconds."""
    seen, until = before, time.monotonic() + patience
    while True:
        now = reader.last(sender, watch)
        if now != seen:
            seen, until = now, time.monotonic() + patience
        if (seen.last >= end and not seen.gap) or time.monotonic() > until:
            return seen
        watch.wait(_BETWEEN)
