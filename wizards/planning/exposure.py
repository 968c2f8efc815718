"""What it may cost not to act, and what it costs to act: ranges in MOP with their basis. No false precision."""

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from wizards.content.law import GRADES, Grade
from wizards.content.shapes import Part
from wizards.interview.truth import holds

if TYPE_CHECKING:
    from wizards.interview.situation import Situation


# Parts whose numbers come from the owner's answers: their sources carry the words around them, never the amounts.
OWN_FIGURES: Final = frozenset({"own-work", "stop-day"})


class Exposure(Struct, frozen=True):
    """One part, in MOP. `grade` is the weakest of its sources, or None where the numbers are the owner's own."""

    part: Part
    low: int
    likely: int
    high: int
    grade: Grade | None


def exposure_of(situation: "Situation", hours: float) -> tuple[Exposure, ...]:
    """The parts that apply. `hours` is the work of the whole plan."""
    found = []
    for part in situation.bank.parts:
        if holds(part.when, situation).value is not True:
            continue
        low, likely, high = _amounts(part, situation, hours)
        if high:
            grades = [] if part.id in OWN_FIGURES else [situation.bank.records[s].grade for s in part.sources]
            found.append(Exposure(part, low, likely, high, max(grades, key=GRADES.index) if grades else None))
    return tuple(found)


def _amounts(part: Part, situation: "Situation", hours: float) -> tuple[int, int, int]:
    if part.id == "own-work":
        cost = round(hours * (situation.answers.get("hour-cost") or 0))
        return cost // 2, cost, cost * 2
    if part.id == "stop-day":
        day = situation.answers.get("day-loss") or 0
        return 0, day, day * 5
    low, likely, high = (_amount(value, situation) for value in (part.low, part.likely, part.high))
    return low, likely, high


def _amount(value: int | str, situation: "Situation") -> int:
    if isinstance(value, int):
        return value
    record, _, name = value.partition(".")
    found = situation.bank.records[record].on(situation.day).values[name]
    return found if isinstance(found, int) else 0
