"""Whether the file is whole and means what it says: copies, cut lines, lines and letters that cannot be read, seals."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from wizards.acceptance.finding import PLACES, Around, Finding, Status, share
from wizards.acceptance.shapes import Event, Sample

_CUTS: Final = (480, 1024, 2048, 4096, 8096, 8192, 16384, 32768, 65536)
"""Bytes at which programs cut a line: RFC 3164 and 5424, and the usual settings of rsyslog and syslog-ng."""
_HEAD: Final = 130
"""Bytes that the head of a line may differ by between what was cut and what was written into the file."""


def copies(sample: Sample, _: Around) -> Finding:
    """Lines that are equal to the last sign, and lines that stand for several."""
    events = sample.events
    folded = [event.place for event in events if event.folded]
    if folded:
        return _shown("copies", "warn", "folded", folded, events)
    times = Counter(event.mark for event in events)
    again: list[int] = []
    met: set[int] = set()
    for event in events:
        if times[event.mark] > 1:
            (again.append(event.place) if event.mark in met else met.add(event.mark))
    if len(again) * 100 > len(events):
        return Finding("copies", "warn", "warn", len(again), len(events), places=tuple(again[:PLACES]))
    return Finding("copies", "pass", "pass", len(events) - len(again), len(events))


def _shown(name: str, status: Status, say: str, places: Sequence[int], events: Sequence[Event]) -> Finding:
    """A finding of lines that are not as they should be."""
    everywhere = 1 < len(places) == len(events)
    return Finding(name, status, say, len(places), len(events), {}, tuple(places[:PLACES]), everywhere)


def cut(sample: Sample, _: Around) -> Finding:
    """Lines that end in the middle: an object of JSON that is not closed, or several lines of the same full length.

    Lines that hold two entries are as bad: the end of the first cannot be told.
    """
    events = sample.events
    for say, places in (
        ("fail", sorted(event.place for event in events if event.torn)),
        ("glued", sorted(event.place for event in events if event.glued)),
    ):
        if places:
            return _shown("cut", "fail", say, places, events)
    longest, full = _at_limit(events)
    values = {"bytes": f"{longest:,}"}
    if len(full) > 1:
        return Finding("cut", "fail", "length", len(full), len(events), values, tuple(full[:PLACES]))
    if full:
        return Finding("cut", "warn", "perhaps", 1, len(events), values, tuple(full))
    return Finding("cut", "pass", "pass", len(events), len(events))


def _at_limit(events: tuple[Event, ...]) -> tuple[int, list[int]]:
    """The length of the longest lines and their places, where it is near one at which programs cut.

    One line is suspected at the very length, several that are just as long near it: what the file shows of a line is a
    little more or less than what was cut. Where most lines are as long as the longest, that is their form.
    """
    open_ = [event for event in events if not event.closed]
    longest = max((event.size for event in open_), default=0)
    limit = next((n for n in _CUTS if abs(n - longest) <= _HEAD), 0)
    full = sorted(event.place for event in open_ if event.size > longest - 3)
    if not limit or len(full) * 2 > len(events) > 2:
        return longest, []
    return longest, full if longest == limit or len(full) > 1 else []


def unread(sample: Sample, _: Around) -> Finding:
    """Lines, letters and sentences that mean nothing to the reader."""
    lost = len(sample.unread)
    read = share("unread", sample.lines - lost, sample.lines, sample.unread)
    if read.status != "pass":
        return Finding("unread", read.status, "lines", lost, sample.lines, places=read.places)
    if sample.garbled:
        return Finding("unread", "warn", "letters", len(sample.garbled), sample.lines, places=sample.garbled[:PLACES])
    strange = [event.place for event in sample.events if not event.told]
    if strange:
        values = {"version": sample.version}
        return Finding("unread", "warn", "sentences", len(strange), sample.lines, values, tuple(strange[:PLACES]))
    if not sample.tested:
        return Finding("unread", "warn", "version", sample.lines, sample.lines, {"version": sample.version})
    return Finding("unread", "pass", "pass", sample.lines - lost, sample.lines, places=sample.unread[:PLACES])


def seal(sample: Sample, _: Around) -> Finding:
    """Whether a line could be changed without anybody seeing it."""
    count = len(sample.events)
    if sample.seal == "held":
        return Finding("seal", "pass", "pass", count, count)
    if sample.seal == "broken":
        return Finding("seal", "fail", "fail", count, count, places=(sample.broken_at,))
    if sample.seal == "claimed":
        return Finding("seal", "unknown", "claimed", count, count)
    return Finding("seal", "warn", "none", 0, count)
