"""The difference of two maps in words: now and after the plan, or one quarter and the next."""

from collections.abc import Mapping, Sequence
from typing import Final

from wizards.content.bank import Bank
from wizards.content.text import Text
from wizards.mapping.drawing.naming import Tongue, brief
from wizards.mapping.drawing.nodes import Drawn, way_of

_CHANGES: Final = ("home", "still", "new", "unknown", "within", "added", "gone")
"""What may have become of flows, in the order in which it is told."""
_STANDS: Final = ("", "routed", "notice", "ground")
"""How those that leave stand: with a route, or without because the notice is missing, or a ground as well."""


def difference(
    bank: Bank, before: Sequence[Drawn], after: Sequence[Drawn], lang: str, words: Mapping[str, Text]
) -> tuple[str, ...]:
    """What became of the flows: a sentence or two for each kind of change, with its flows named."""
    tongue = Tongue(bank, lang, words)
    old = {each[0].id: each for each in before}
    kept = {each[0].id for each in after}
    found: dict[tuple[str, str], list[str]] = {}
    for each in after:
        for change in _changes(old.get(each[0].id), each):
            found.setdefault(change, []).append(_name(each, change[0], tongue))
    for each in before:
        if each[0].id not in kept:
            found.setdefault(("gone", ""), []).append(_name(each, "gone", tongue))
    told = [
        _sentence(change, need, found[change, need], tongue)
        for change in _CHANGES
        for need in _STANDS
        if (change, need) in found
    ]
    return tuple(told) or (tongue.say("map-difference.nothing"),)


def _changes(before: Drawn | None, after: Drawn) -> list[tuple[str, str]]:
    """What became of one flow, and how it stands."""
    if before is None:
        return [("added", ""), *([_away(after, "new")] if after[0].leaves == "yes" else [])]
    was, now = before[0].leaves, after[0].leaves
    if now == "unknown":
        return [("unknown", "")]
    if now == "yes":
        return [_away(after, "new" if was == "no" else "still")]
    if was != "no":
        return [("home", "")]
    moved = (before[0].channel, before[0].place) != (after[0].channel, after[0].place)
    return [("within", "")] if moved else []


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
