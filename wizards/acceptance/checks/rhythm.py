"""Whether lines are missing: silences, missing numbers, lines out of their order, how far back they reach."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from wizards.acceptance.finding import PLACES, Around, Finding, shown
from wizards.acceptance.shapes import Event, Sample

_FEW: Final = 20
_LONGER: Final = 5
"""How many times as long as a usual silence: a weekend is less than five nights."""
_SHORTEST: Final = timedelta(hours=1)
_SPARSE: Final = 20
"""Numbers that use fewer than one in so many are names, not a count."""
_ROUND: Final = (1, 3, 7, 14, 15, 30, 31, 60, 90, 180, 365)
_SLACK: Final = timedelta(hours=30)


def _timed(sample: Sample) -> list[tuple[datetime, Event]]:
    """The events that state a time, in the order of the file."""
    return [(event.at.moment(), event) for event in sample.events if event.at is not None]


def gaps(sample: Sample, _: Around) -> Finding:
    """Silences much longer than usual for this log. One long silence a day, and two more, are usual."""
    parts = _halves(sample)
    moments = [sorted(at for at, _ in part) for part in parts]
    steps = sorted(((b - a, a) for part in moments for a, b in pairwise(part)), reverse=True)
    if len(steps) < _FEW:
        return Finding("gaps", "unknown", "unknown", sum(map(len, moments)), len(sample.events))
    span = sum(((part[-1] - part[0]) for part in moments if part), timedelta())
    usual = steps[min(len(steps) - 1, span.days + 2)][0]
    long = [(step, begin) for step, begin in steps if step > max(_LONGER * usual, _SHORTEST)]
    count = sum(map(len, moments))
    if not long:
        return Finding("gaps", "pass", "pass", count, count)
    step, begin = long[0]
    values = {
        "count": str(len(long)),
        "from": shown(begin, sample),
        "to": shown(begin + step, sample),
        "hours": str(max(1, round(step / timedelta(hours=1)))),
        "usual": str(max(1, round(usual / timedelta(minutes=1)))),
    }
    return Finding("gaps", "warn", "warn", len(long), count, values)


def _halves(sample: Sample) -> list[list[tuple[datetime, Event]]]:
    """The events with a time; of a file that was read in two parts, each part on its own."""
    timed = _timed(sample)
    if not sample.parted:
        return [timed]
    return [[e for e in timed if e[1].place < sample.seam], [e for e in timed if e[1].place >= sample.seam]]


def numbers(sample: Sample, _: Around) -> Finding:
    """Numbers that are missing. Their order in the file does not matter."""
    numbered = [event for event in sample.events if event.number is not None]
    if len(numbered) * 2 < len(sample.events) or not numbered:
        return Finding("numbers", "unknown", "none", len(numbered), len(sample.events))
    found = sorted({event.number for event in numbered if event.number is not None})
    span = found[-1] - found[0] + 1
    if span > _SPARSE * len(found):
        return Finding("numbers", "unknown", "names", len(numbered), len(sample.events))
    missing = [(a, b) for a, b in pairwise(found) if b - a > 1]
    if sample.parted and missing:  # what was not read is not missing
        missing.remove(max(missing, key=lambda pair: pair[1] - pair[0]))
    lost = sum(b - a - 1 for a, b in missing)
    if not lost:
        return Finding("numbers", "pass", "pass", len(numbered), len(sample.events))
    after = {b for _, b in missing}
    places = [event.place for event in numbered if event.number in after]
    values = {"lost": str(lost), "count": str(len(missing))}
    return Finding("numbers", "fail", "fail", len(numbered), len(sample.events), values, tuple(sorted(places)[:PLACES]))


def order(sample: Sample, _: Around) -> Finding:
    """Lines that are older than the one before. Newest first is an order too."""
    timed = _timed(sample)
    if len(timed) < 2:
        return Finding("order", "unknown", "unknown")
    back = _back(timed)
    if len(back) > len(timed) // 2:
        newest_first = _back(timed[::-1])
        if len(newest_first) * 20 <= len(timed):
            return _ordered(newest_first, len(timed), "newest-first")
    return _ordered(back, len(timed), "pass")


def _ordered(back: Sequence[int], of: int, say: str) -> Finding:
    if not back:
        return Finding("order", "pass", say, of, of)
    return Finding("order", "warn", "warn", len(back), of, places=tuple(sorted(back)[:PLACES]))


def _back(timed: Sequence[tuple[datetime, Event]]) -> list[int]:
    """The places of lines more than a second older than the one before."""
    return [event.place for (a, _), (b, event) in pairwise(timed) if a - b > timedelta(seconds=1)]


def reach(sample: Sample, around: Around) -> Finding:
    """From when to when, and whether that is as far back as the owner wants."""
    timed = sorted(at for at, _ in _timed(sample))
    if not timed:
        return Finding("reach", "unknown", "no-times")
    first, last = timed[0], timed[-1]
    days = (last - first).days + 1
    values = {
        "first": shown(first, sample),
        "last": shown(last, sample),
        "days": str(days),
        "wanted": str(around.days or ""),
    }
    cut = next((n for n in _ROUND[2:] if abs((last - first) - timedelta(days=n)) < _SLACK / 2), None)
    if around.days is None:
        return Finding("reach", "unknown", "no-wish", days, days, values)
    if days >= around.days:
        longer = days > around.days + 31
        return Finding("reach", "warn" if longer else "pass", "longer" if longer else "pass", days, around.days, values)
    if cut is not None and len(timed) >= _FEW:
        return Finding("reach", "fail", "cut", days, around.days, values | {"round": str(cut)})
    return Finding("reach", "unknown", "shorter", days, around.days, values)
