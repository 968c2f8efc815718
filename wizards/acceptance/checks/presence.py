"""Whether the lines say who, what, when, in which zone, on which data, with what outcome, and from where."""

from collections import Counter
from collections.abc import Callable, Sequence

from msgspec import structs

from wizards.acceptance.finding import PLACES, Around, Finding, share, zone_of
from wizards.acceptance.shapes import Event, Sample


def _counted(name: str, sample: Sample, has: Callable[[Event], bool]) -> Finding:
    missing = [event.place for event in sample.events if not has(event)]
    return share(name, len(sample.events) - len(missing), len(sample.events), missing)


def _of_some(name: str, due: Sequence[Event], missing: Sequence[int], sample: Sample) -> Finding:
    """A share of the lines to which a check applies; lines to which it does not are not said to lack anything."""
    found = share(name, len(due) - len(missing), len(due), missing)
    return found if len(due) == len(sample.events) else structs.replace(found, everywhere=False)


def who(sample: Sample, _: Around) -> Finding:
    """A person, an account or a device as the one who did it."""
    return _counted("who", sample, lambda event: bool(event.who))


def what(sample: Sample, _: Around) -> Finding:
    """The deed."""
    return _counted("what", sample, lambda event: bool(event.what))


def when(sample: Sample, _: Around) -> Finding:
    """A time that can be read, down to the minute, with its year."""
    found = _counted("when", sample, lambda event: event.at is not None)
    if found.status != "pass":
        return found
    stamps = [event.at for event in sample.events if event.at is not None]
    days = sum(not stamp.exact for stamp in stamps)
    if days > len(stamps) // 20:
        return Finding("when", "fail", "days-only", days, len(stamps))
    if not sample.day_first:
        return Finding("when", "warn", "day-or-month", found.seen, found.of)
    undated = sum(not stamp.dated for stamp in stamps)
    if undated:
        return Finding("when", "warn", "no-year", undated, len(stamps))
    return found


def zone(sample: Sample, _: Around) -> Finding:
    """The zone beside each time; without it an hour may be eight hours off."""
    stamps = [(event.place, event.at) for event in sample.events if event.at is not None]
    if not stamps:
        return Finding("zone", "unknown", "no-times")
    without = [place for place, stamp in stamps if not stamp.zoned]
    if without:
        say = "none" if len(without) == len(stamps) else "some"
        seen, places = len(stamps) - len(without), tuple(without[:PLACES])
        everywhere = 1 < len(without) == len(sample.events)
        return Finding("zone", "warn", say, seen, len(stamps), places=places, everywhere=everywhere)
    offsets = Counter(zone_of(stamp.at) for _, stamp in stamps)
    if len(offsets) > 1:
        told = ", ".join(name for name, _ in offsets.most_common(3))
        return Finding("zone", "warn", "several", len(stamps), len(stamps), {"zones": told})
    return Finding("zone", "pass", "pass", len(stamps), len(stamps), {"zone": next(iter(offsets))})


def object_(sample: Sample, _: Around) -> Finding:
    """Which data it was done to. Lines of signing in touch none and are not counted."""
    due = [event for event in sample.events if event.data]
    if not due:
        return Finding("object", "fail", "sign-ins")
    missing = [event.place for event in due if not event.object]
    found = _of_some("object", due, missing, sample)
    prose = sum(event.prose for event in due)
    if found.status == "pass" and prose * 2 > len(due):
        return Finding("object", "warn", "prose", prose, len(due))
    return found


def outcome(sample: Sample, _: Around) -> Finding:
    """Whether it succeeded. A sample in which nothing ever failed does not show that failures are written down."""
    due = [event for event in sample.events if event.ended]
    missing = [event.place for event in due if not event.outcome]
    found = _of_some("outcome", due, missing, sample)
    if found.status != "pass":
        return found
    failed = sum(event.outcome == "failure" for event in due)
    if not failed:
        return Finding("outcome", "warn", "no-failure", found.seen, found.of)
    if "nextcloud" in {sample.format, sample.inside}:
        return Finding("outcome", "warn", "cloud", found.seen, found.of)
    return Finding("outcome", "pass", "pass", found.seen, found.of, {"failed": str(failed)})


def source(sample: Sample, _: Around) -> Finding:
    """The address or the device it came from. It helps to find out, and is asked of nobody by name: never a fail."""
    missing = [event.place for event in sample.events if not event.source]
    return share("source", len(sample.events) - len(missing), len(sample.events), missing, worst="warn")
