"""What a check finds: a status, how many lines of how many, and which of its sentences says it. Holds no contents."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from wizards.acceptance.shapes import Sample

Status: TypeAlias = Literal["pass", "warn", "fail", "unknown"]

NEARLY_ALL: Final = 0.95
MOST: Final = 0.75
PLACES: Final = 5
"""Places that are told; enough to look at."""


class Finding(Struct, frozen=True):
    """`seen` of `of` lines; `say` is the id of the sentence in the words of the check, filled with `values`.

    `places`: some lines that show it, counted from 1; `everywhere` where all of the sample do.
    """

    id: str
    status: Status
    say: str
    seen: int = 0
    of: int = 0
    values: Mapping[str, str] = {}
    places: tuple[int, ...] = ()
    everywhere: bool = False


class Around(Struct, frozen=True):
    """What is known beside the sample: the time of its file, and how many days back the owner wants it to reach."""

    file_time: datetime
    days: int | None = None


def share(name: str, seen: int, of: int, missing: Sequence[int], worst: Status = "fail") -> Finding:
    """A finding by how many lines have something: nearly all, most, fewer. `worst` is for fewer."""
    status: Status = "pass" if of and seen >= NEARLY_ALL * of else "warn" if of and seen >= MOST * of else worst
    say = status if status == "pass" else "some" if seen else "none"
    everywhere = not seen and len(missing) > 1
    return Finding(name, status, say, seen, of, places=tuple(missing[:PLACES]), everywhere=everywhere)


def shown(at: datetime, sample: Sample) -> str:
    """A time in figures that all three languages read, with its zone where the whole sample states one."""
    text = at.strftime("%Y-%m-%d %H:%M")
    return text if any(e.at is not None and not e.at.zoned for e in sample.events) else f"{text} {zone_of(at)}"


def zone_of(at: datetime) -> str:
    """The zone of a time as an offset."""
    offset = at.strftime("%z")
    return f"{offset[:3]}:{offset[3:5]}"


def span_of(sample: Sample) -> tuple[str, str]:
    """The first and the last time, in figures; empty without any."""
    moments = [event.at.moment() for event in sample.events if event.at is not None]
    return (shown(min(moments), sample), shown(max(moments), sample)) if moments else ("", "")
