"""How high each node of a layer stands: as near as may be to where its ribbons come from, never over its neighbour."""

from collections.abc import Sequence


def settled(wanted: Sequence[float], gaps: Sequence[float], heights: Sequence[float], room: float) -> list[float]:
    """The top of each box, in order. `gaps`: the air above each, and one more below the last; all inside `room`.

    The sum of squares of the ways from `wanted` (the middles) is the least that order and air allow (pool adjacent
    violators). ValueError where the boxes do not fit.
    """
    offsets, y = [], 0.0
    for gap, height in zip(gaps, heights, strict=False):
        offsets.append(y + gap)
        y += gap + height
    slack = room - y - gaps[-1]
    if slack < -1e-6:
        raise ValueError("the boxes do not fit")
    shifts = [middle - height / 2 - top for middle, height, top in zip(wanted, heights, offsets, strict=True)]
    pools: list[tuple[float, int]] = []
    for shift in shifts:
        pool = (shift, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, count = pools.pop()
            whole = count + pool[1]
            pool = ((mean * count + pool[0] * pool[1]) / whole, whole)
        pools.append(pool)
    even = [min(max(mean, 0.0), max(slack, 0.0)) for mean, count in pools for _ in range(count)]
    return [top + shift for top, shift in zip(offsets, even, strict=True)]


def packed(gaps: Sequence[float], heights: Sequence[float]) -> float:
    """The room that the boxes need at least."""
    return sum(gaps) + sum(heights)
