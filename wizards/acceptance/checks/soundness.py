"""Whether the file is whole and means what it says: copies, cut lines, lines and letters that cannot be read, seals."""

from collections import Counter
from typing import Final

from wizards.acceptance.finding import NEARLY_ALL, PLACES, Around, Finding
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
        return Finding("copies", "warn", "folded", len(folded), len(events), places=tuple(folded[:PLACES]))
    times = Counter(event.mark for event in events)
    again: list[int] = []
    met: set[int] = set()
    for event in events:
        if times[event.mark] > 1:
            (again.append(event.place) if event.mark in met else met.add(event.mark))
    if len(again) * 100 > len(events):
        return Finding("copies", "warn", "warn", len(again), len(events), places=tuple(again[:PLACES]))
    return Finding("copies", "pass", "pass", len(events) - len(again), len(events))


def cut(sample: Sample, _: Around) -> Finding:
    """Lines that end in the middle: an object of JSON that is not closed, or several lines of the same full length."""
    events = sample.events
    torn = sorted(event.place for event in events if event.torn)
    if torn:
        return Finding("cut", "fail", "fail", len(torn), len(events), places=tuple(torn[:PLACES]))
    longest, at_limit = _at_limit(events)
    values = {"bytes": f"{longest:,}"}
    if len(at_limit) > 1:
        return Finding("cut", "fail", "length", len(at_limit), len(events), values, tuple(at_limit[:PLACES]))
    if at_limit:
        return Finding("cut", "warn", "perhaps", 1, len(events), values, tuple(at_limit))
    return Finding("cut", "pass", "pass", len(events), len(events))


def _at_limit(events: tuple[Event, ...]) -> tuple[int, list[int]]:
    """The longest lines where their length is one at which programs cut; many lines just as long are cut too."""
    longest = max((event.size for event in events), default=0)
    limit = next((n for n in _CUTS if n - _HEAD <= longest <= n), 0)
    if not limit:
        return longest, []
    full = sorted(event.place for event in events if event.size > longest - 3)
    return longest, full if longest == limit or len(full) > 1 else []


def unread(sample: Sample, _: Around) -> Finding:
    """Lines, letters and sentences that mean nothing to the reader."""
    lost = len(sample.unread)
    if lost > (1 - NEARLY_ALL) * sample.lines:
        return Finding("unread", "fail" if lost * 2 > sample.lines else "warn", "lines", lost, sample.lines,
                       places=sample.unread[:PLACES])
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
