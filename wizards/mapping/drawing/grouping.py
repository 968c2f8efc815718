"""Few enough ribbons to read: flows that go the same way are joined, alike ones first, until the picture holds them.

Nothing is lost: a joined way keeps its flows, and the table beside the map has each of them.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final

from wizards.mapping.drawing.nodes import LOOKS, SEVERAL, Drawn, Way, way_of

READABLE: Final = 24
"""So many ways of its own may a map have before flows are joined."""
_ALIKE: Final = 3
"""More flows that are alike are joined wherever any must be."""


def _family(channel: str) -> str:
    """A coarser channel: all of DingTalk is one."""
    return "dingtalk" if channel.startswith("dingtalk") or channel == "plugin" else channel


_KEYS: Final[tuple[Callable[[Way], Hashable], ...]] = (
    lambda way: (way.people, way.channel, way.lane, way.place, way.look, way.problem),
    lambda way: (way.channel, way.lane, way.place, way.look, way.problem),
    lambda way: (_family(way.channel), way.lane, way.look, way.problem),
    lambda way: (way.lane, way.look, way.problem),
    lambda way: (way.lane, way.look),
    lambda way: way.lane,
)
"""What joined ways have in common, coarser from one to the next."""


def ways(drawn: Sequence[Drawn], most: int = READABLE) -> tuple[Way, ...]:
    """Every flow on a way of its own as long as `most` hold them, else joined. In the owner's order."""
    found = [way_of(each) for each in drawn]
    for key in _KEYS:
        if len(found) <= most:
            break
        found = _joined(found, key, most)
    return tuple(found)


def _joined(found: list[Way], key: Callable[[Way], Hashable], most: int) -> list[Way]:
    """Join groups of one key, the largest first and those with a problem last, until `most` are left.

    Groups of more than a few are joined even then: a row of ribbons that are all alike tells nothing.
    """
    groups: dict[Hashable, list[Way]] = {}
    for way in found:
        groups.setdefault(key(way), []).append(way)
    left = len(found)
    out: dict[Hashable, list[Way]] = {}
    for name, group in sorted(groups.items(), key=lambda item: (item[1][0].problem, -len(item[1]))):
        if left > most or len(group) > _ALIKE:
            left -= len(group) - 1
            out[name] = [_one(group)]
    return [way for name, group in groups.items() for way in out.get(name, group)]


def _one(group: list[Way]) -> Way:
    """One way for all of them: what they do not share becomes "several", the look that of the most delicate."""
    if len(group) == 1:
        return group[0]
    channels = _shared(way.channel for way in group)
    if channels == SEVERAL and all(_family(way.channel) == "dingtalk" for way in group):
        channels = "dingtalk"
    return Way(
        flows=tuple(flow for way in group for flow in way.flows),
        people=_shared(way.people for way in group),
        channel=channels,
        lane=group[0].lane,
        place=_shared(way.place for way in group),
        look=max((way.look for way in group), key=LOOKS.index),
        problem=any(way.problem for way in group),
    )


def _shared(names: Iterable[str]) -> str:
    found = set(names)
    return found.pop() if len(found) == 1 else SEVERAL
