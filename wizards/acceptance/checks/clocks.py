"""Whether clocks differ: times later than the file itself, received against occurred, one computer against another."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Final

from wizards.acceptance.finding import PLACES, Around, Finding, shown
from wizards.acceptance.shapes import Event, Sample, Stamp

_SOON: Final = timedelta(minutes=5)
_DAY: Final = timedelta(days=1)
_FARTHEST: Final = timedelta(hours=14)
"""No zone is farther from Greenwich: a time without a zone is surely in the future only beyond it."""
_TURNS: Final = 5
"""How often two computers must take turns before their clocks are compared."""


def clock(sample: Sample, around: Around) -> Finding:
    """The worst of the three."""
    timed = [event for event in sample.events if event.at is not None]
    if not timed:
        return Finding("clock", "unknown", "no-times")
    for found in (_future(sample, timed, around), _received(timed), _two(timed)):
        if found is not None:
            return found
    return Finding("clock", "pass", "pass", len(timed), len(timed))


def _earliest(stamp: Stamp) -> datetime:
    """The earliest moment that a time can mean."""
    return stamp.at if stamp.zoned else stamp.at.replace(tzinfo=UTC) - _FARTHEST


def _future(sample: Sample, timed: list[Event], around: Around) -> Finding | None:
    """Times later than the file. A file keeps its time when it is copied, so a few hours may be the copying."""
    ahead = [(_earliest(event.at) - around.file_time, event) for event in timed if event.at is not None]
    late = [(by, event) for by, event in ahead if by > _SOON]
    if not late:
        return None
    by, last = max(late, key=lambda one: one[0])
    places = tuple(sorted(event.place for _, event in late)[:PLACES])
    values = {"last": shown(last.at.moment(), sample) if last.at else "", "file": shown(around.file_time, sample)}
    return Finding("clock", "fail" if by > _DAY else "warn", "future", len(late), len(timed), values, places)


def _received(timed: list[Event]) -> Finding | None:
    """Where a line says when it happened and when it arrived: usually a moment, not minutes."""
    apart = [
        (event.received.moment() - event.at.moment()).total_seconds()
        for event in timed
        if event.received is not None and event.at is not None
    ]
    if not apart:
        return None
    middle = median(apart)
    if abs(middle) <= _SOON.total_seconds():
        return None
    values = {"minutes": str(round(abs(middle) / 60))}
    return Finding("clock", "warn", "received", len(apart), len(timed), values)


def _two(timed: list[Event]) -> Finding | None:
    """Two computers whose lines take turns in the file, the one always ahead of the other."""
    turns: dict[tuple[str, str], list[float]] = defaultdict(list)
    for a, b in pairwise(timed):
        if a.host and b.host and a.host != b.host and a.at is not None and b.at is not None:
            turns[a.host, b.host].append((b.at.moment() - a.at.moment()).total_seconds())
    for (one, other), steps in sorted(turns.items()):
        back = turns.get((other, one), [])
        if one < other and min(len(steps), len(back)) >= _TURNS:
            there, again = median(steps), median(back)
            if there * again < 0 and abs(there - again) / 2 > 120:
                values = {"minutes": str(round(abs(there - again) / 120))}
                return Finding("clock", "warn", "two", len(steps) + len(back), len(timed), values)
    return None
