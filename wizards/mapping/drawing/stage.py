"""Every node of the map with its box: in which order, how high, and where."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from wizards.mapping.drawing.boxes import LEADING, NAMED, PAD, SMALL, Card, Line, lines, sign
from wizards.mapping.drawing.columns import Columns
from wizards.mapping.drawing.letters import clean
from wizards.mapping.drawing.naming import Tongue
from wizards.mapping.drawing.nodes import LANES, SHARED, Spot, Way, people_in
from wizards.mapping.drawing.order import arranged
from wizards.mapping.drawing.picture import Box
from wizards.mapping.drawing.shaping import thick
from wizards.mapping.drawing.stacking import packed, settled

_AIR: Final = (13.0, 7.0, 13.0, 8.0)
"""Air between the boxes of each layer."""
BETWEEN: Final = 12.0
"""Air between two lanes; the border of Macao runs in it."""
_LANE_PAD: Final = 7.0
_ROUNDS: Final = 3


class Lane(Struct, frozen=True):
    """A lane of the place layer: its box and the lines of its name."""

    id: str
    box: Box
    title: tuple[Line, ...]


class Stage(Struct, frozen=True):
    """The map with every box in its place, under `top`: nodes by spot, lanes from top to bottom."""

    cards: dict[Spot, Card]
    boxes: dict[Spot, Box]
    lanes: tuple[Lane, ...]
    layers: list[list[Spot]]
    low: float


def staged(ways: Sequence[Way], tongue: Tongue, columns: Columns, top: float) -> Stage:
    """Order the nodes, write their cards and find their places."""
    layers = arranged([way.spots for way in ways])
    if not any(spot.lane == "macau" for spot in layers[3]):
        layers[3].insert(0, Spot(3, "macau", ""))
    passing = _passing(ways)
    cards = {spot: _card(spot, passing.get(spot, []), tongue, columns) for layer in layers for spot in layer}
    heights = {
        spot: card.height(sum(thick(people_in(way)) + 1 for way in passing.get(spot, [])))
        for spot, card in cards.items()
    }
    titles = {lane: _title(lane, tongue, columns) for lane in LANES}
    gaps = [_gaps(layer, titles) for layer in layers]
    room = max(packed(gap, [heights[spot] for spot in layer]) for gap, layer in zip(gaps, layers, strict=True))
    tops = _tops(ways, layers, heights, gaps, room)
    boxes = {
        spot: Box(columns.lefts[spot.layer], top + y, columns.widths[spot.layer], heights[spot])
        for spot, y in tops.items()
    }
    return Stage(cards, boxes, _lanes(layers[3], boxes, titles, columns, (top, top + room)), layers, top + room)


def _title(lane: str, tongue: Tongue, columns: Columns) -> tuple[Line, ...]:
    """What stands above the boxes of a lane; a lane that is one place needs nothing but its box."""
    if lane not in SHARED:
        return ()
    return lines(tongue.say(f"map-lane.{lane}"), columns.widths[3], SMALL, ink="muted", bold=True)


def _passing(ways: Sequence[Way]) -> dict[Spot, list[Way]]:
    found: dict[Spot, list[Way]] = {}
    for way in ways:
        for spot in way.spots:
            found.setdefault(spot, []).append(way)
    return found


def _card(spot: Spot, ways: Sequence[Way], tongue: Tongue, columns: Columns) -> Card:
    """What is written in a node."""
    room = columns.widths[spot.layer] - 2 * PAD
    if spot.layer == 0:
        return Card(lines(tongue.people(spot.id), room))
    if spot.layer == 2:
        return Card(lines(tongue.channel(spot.id), room))
    if spot.layer == 1:
        return _work(ways[0], tongue, room)
    if spot.lane in SHARED:
        named = lines(tongue.place(ways[0]), room, most=NAMED)
    else:
        named = lines(tongue.say(f"map-lane.{spot.lane}"), room, bold=True)
    flows = [drawn for way in ways for drawn in way.flows]
    count = tongue.flows(len(flows)) if flows else tongue.say("map.no-flows-here")
    return Card((*named, *lines(count, room, SMALL, ink="muted")))


def _work(way: Way, tongue: Tongue, room: float) -> Card:
    """The name of the work, how many more are drawn with it, and the sign where nothing lets it leave."""
    written = lines(clean(way.flows[0][0].name), room, most=NAMED)
    others = len(way.flows) - 1
    if others:
        written += lines(tongue.say("map.more", count=str(others)), room, SMALL, ink="muted")
    if not way.problem:
        return Card(written)
    without = sum(route.outcome == "none" for _, route, _ in way.flows)
    word = tongue.say("map.no-route") if without == len(way.flows) else tongue.say("map.no-routes", count=str(without))
    return Card((*written, sign(word, room)), edge="mark")


def _gaps(layer: Sequence[Spot], titles: dict[str, tuple[Line, ...]]) -> list[float]:
    """The air above each box of a layer, and below the last."""
    air = _AIR[layer[0].layer]
    if layer[0].layer < 3:
        return [0.0, *[air] * (len(layer) - 1), 0.0]
    heads = {lane: _head(title) for lane, title in titles.items()}
    gaps = [heads[layer[0].lane]]
    for upper, lower in pairwise(layer):
        gaps.append(air if upper.lane == lower.lane else _LANE_PAD + BETWEEN + heads[lower.lane])
    return [*gaps, _LANE_PAD]


def _tops(
    ways: Sequence[Way],
    layers: list[list[Spot]],
    heights: dict[Spot, float],
    gaps: list[list[float]],
    room: float,
) -> dict[Spot, float]:
    """The upper edge of each box. The work is spread evenly; the others come to the middle of what they are tied to."""
    tied: dict[Spot, list[Spot]] = {}
    for way in ways:
        for left, right in pairwise(way.spots):
            tied.setdefault(left, []).append(right)
            tied.setdefault(right, []).append(left)
    spare = room - packed(gaps[1], [heights[spot] for spot in layers[1]])
    middles: dict[Spot, float] = {}
    y = spare / 2
    for spot in layers[1]:
        middles[spot] = y + heights[spot] / 2
        y += heights[spot] + _AIR[1]
    tops: dict[Spot, float] = {}
    for number in [0, 2, 3] + [2, 1, 0, 3] * _ROUNDS:
        layer = layers[number]
        wanted = [_middle([middles[other] for other in tied.get(spot, ()) if other in middles]) for spot in layer]
        found = settled(wanted, gaps[number], [heights[spot] for spot in layer], room)
        for spot, top in zip(layer, found, strict=True):
            tops[spot], middles[spot] = top, top + heights[spot] / 2
    return tops


def _middle(found: Sequence[float]) -> tuple[float, int]:
    """The middle of what a box is tied to, and how many ribbons want it there. A box without any goes to the top."""
    return (sum(found) / len(found), len(found)) if found else (0.0, 1)


def _head(title: tuple[Line, ...]) -> float:
    """From the upper edge of a lane to its first box."""
    return _LANE_PAD + (len(title) * SMALL * LEADING + 3 if title else 0)


def _lanes(
    layer: Sequence[Spot],
    boxes: dict[Spot, Box],
    titles: dict[str, tuple[Line, ...]],
    columns: Columns,
    ends: tuple[float, float],
) -> tuple[Lane, ...]:
    """The lanes, one under the other from end to end; each begins where its title has room above its first box."""
    left, width = columns.lane
    firsts: dict[str, Box] = {}
    for spot in layer:
        firsts.setdefault(spot.lane, boxes[spot])
    starts = [box.y - _head(titles[lane]) for lane, box in firsts.items()]
    starts[0] = ends[0]
    stops = [start - BETWEEN for start in starts[1:]] + [ends[1]]
    return tuple(
        Lane(lane, Box(left, start, width, stop - start), titles[lane])
        for lane, start, stop in zip(firsts, starts, stops, strict=True)
    )
