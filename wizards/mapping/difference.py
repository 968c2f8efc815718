"""The difference of two maps of the same flows in words: now, and once the plan is carried out."""

from collections.abc import Mapping, Sequence
from typing import Final

from wizards.content.bank import Bank
from wizards.content.text import Text
from wizards.mapping.drawing.naming import Tongue, brief
from wizards.mapping.drawing.nodes import Drawn, way_of

_CHANGES: Final = ("home", "still", "new", "unknown", "within")
"""What may have become of flows, in the order in which it is told."""
_STANDS: Final = ("", "routed", "notice", "ground")
"""How those that leave stand: with a route, or without because the notice is missing, or a ground as well."""


def difference(
    bank: Bank, before: Sequence[Drawn], after: Sequence[Drawn], lang: str, words: Mapping[str, Text]
) -> tuple[str, ...]:
    """What became of the flows: a sentence or two for each kind of change, with its flows named."""
    tongue = Tongue(bank, lang, words)
    old = {each[0].id: each for each in before}
    found: dict[tuple[str, str], list[str]] = {}
    for each in after:
        change = _change(old[each[0].id], each)
        if change is not None:
            found.setdefault(change, []).append(_name(each, change[0], tongue))
    told = [
        _sentence(change, need, found[change, need], tongue)
        for change in _CHANGES
        for need in _STANDS
        if (change, need) in found
    ]
    return tuple(told) or (tongue.say("map-difference.nothing"),)


def _change(before: Drawn, after: Drawn) -> tuple[str, str] | None:
    """What became of one flow, and how it stands; None where it is as it was, in Macao."""
    was, now = before[0].leaves, after[0].leaves
    if now == "unknown":
        return "unknown", ""
    if now == "yes":
        return _away(after, "new" if was == "no" else "still")
    if was != "no":
        return "home", ""
    moved = (before[0].channel, before[0].place) != (after[0].channel, after[0].place)
    return ("within", "") if moved else None


def _away(drawn: Drawn, change: str) -> tuple[str, str]:
    route = drawn[1]
    if route.outcome != "none":
        return change, "routed"
    return change, "notice" if route.ground_holds else "ground"


def _name(drawn: Drawn, change: str, tongue: Tongue) -> str:
    """The flow's name, and where it goes through where that is news."""
    name = brief(drawn[0])
    if change not in {"new", "within"}:
        return name
    return tongue.say("map-difference.through", name=name, channel=tongue.channel(way_of(drawn).channel))


def _sentence(change: str, need: str, names: Sequence[str], tongue: Tongue) -> str:
    """One sentence, and a second for how those that leave stand."""
    many = "one" if len(names) == 1 else "many"
    told = tongue.say(f"map-difference.{change}-{many}", count=str(len(names)), names=tongue.some(names))
    if not need:
        return told
    return tongue.say("map-difference.both", told=told, stands=tongue.say(f"map-difference.{need}"))
