"""The order of nodes in each layer, with few crossings: sweeps by barycentre, then neighbours change places.

The method of layered drawings (Sugiyama, Tagawa, Toda 1981), for the few dozen nodes of a map; lanes keep their order.
Which libraries were looked at: docs/decisions/0011-map.md.
"""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from typing import Final

from wizards.mapping.drawing.nodes import LANES, Spot

Layers = list[list[Spot]]
Path = tuple[Spot, ...]
_SWEEPS: Final = 8


def crossings(layers: Sequence[Sequence[Spot]], paths: Sequence[Path]) -> int:
    """How many pairs of ribbons cross, each gap between two layers counted by itself, each ribbon as one."""
    at = _places(layers)
    total = 0
    for gap in range(len(layers) - 1):
        passed: list[int] = []
        for _, right in sorted((at[path[gap]], at[path[gap + 1]]) for path in paths):
            total += len(passed) - bisect_right(passed, right)
            insort(passed, right)
    return total


def arranged(paths: Sequence[Path]) -> Layers:
    """The nodes of each layer from top to bottom. The same paths always give the same order."""
    first = _as_met(paths)
    best = first
    for start in (first, _towards(first, paths)):
        layers = [list(layer) for layer in start]
        for _ in range(_SWEEPS):
            before, layers = layers, _swapped(_swept(layers, paths), paths)
            if crossings(layers, paths) < crossings(best, paths):
                best = [list(layer) for layer in layers]
            if layers == before:
                break
    return best


def _as_met(paths: Sequence[Path]) -> Layers:
    """Nodes as the owner's flows meet them, lanes in their order."""
    layers: Layers = [list(dict.fromkeys(path[layer] for path in paths)) for layer in range(len(paths[0]))]
    return [sorted(layer, key=_lane) for layer in layers]


def _towards(layers: Layers, paths: Sequence[Path]) -> Layers:
    """Another start: everything in the order of the places that it goes to."""
    at = _places(layers)
    ordered = sorted(paths, key=lambda path: [at[spot] for spot in reversed(path)])
    return _as_met(ordered)


def _places(layers: Sequence[Sequence[Spot]]) -> dict[Spot, int]:
    return {spot: place for layer in layers for place, spot in enumerate(layer)}


def _lane(spot: Spot) -> int:
    return LANES.index(spot.lane) if spot.lane else 0


def _neighbours(paths: Sequence[Path], layer: int, step: int) -> dict[Spot, list[Spot]]:
    """For each node of a layer the nodes beside it in the layer `step` away, one for each ribbon."""
    found: dict[Spot, list[Spot]] = {}
    if 0 <= layer + step < len(paths[0]):
        for path in paths:
            found.setdefault(path[layer], []).append(path[layer + step])
    return found


def _swept(layers: Layers, paths: Sequence[Path]) -> Layers:
    """Each layer in the order of the middle of its neighbours: once from left to right, once back."""
    layers = [list(layer) for layer in layers]
    last = len(layers) - 1
    for layer, step in [(n, -1) for n in range(1, last + 1)] + [(n, 1) for n in range(last - 1, -1, -1)]:
        at = _places(layers)
        beside = _neighbours(paths, layer, step)
        middle = {spot: sum(at[other] for other in found) / len(found) for spot, found in beside.items()}
        layers[layer].sort(key=lambda spot, middle=middle: (_lane(spot), middle[spot]))  # type: ignore[misc]
    return layers


def _swapped(layers: Layers, paths: Sequence[Path]) -> Layers:
    """Neighbours of one lane change places as long as that saves a crossing."""
    layers = [list(layer) for layer in layers]
    saved = True
    while saved:
        saved = False
        for number, layer in enumerate(layers):
            at = _places(layers)
            sides = [_neighbours(paths, number, step) for step in (-1, 1)]
            for place in range(len(layer) - 1):
                upper, lower = layer[place], layer[place + 1]
                if _lane(upper) == _lane(lower) and _gain(upper, lower, sides, at) > 0:
                    layer[place], layer[place + 1] = lower, upper
                    saved = True
    return layers


def _gain(upper: Spot, lower: Spot, sides: Sequence[Mapping[Spot, list[Spot]]], at: Mapping[Spot, int]) -> int:
    """How many crossings fewer if the two changed places."""
    gain = 0
    for beside in sides:
        for one in beside.get(upper, ()):
            for other in beside.get(lower, ()):
                gain += (at[one] > at[other]) - (at[one] < at[other])
    return gain
