"""How high each node of a layer stands: as near as may be to where its ribbons come from, never over its neighbour."""

from collections.abc import Sequence


def settled(
    wanted: Sequence[tuple[float, int]], gaps: Sequence[float], heights: Sequence[float], room: float
) -> list[float]:
    """The top of each box, in order. `gaps`: the air above each, and one more below the last; all inside `room`.

    `wanted` are the middles where the boxes would like to be, each with its weight. The weighted sum of squares of the
    ways from there is the least that order and air allow (pool adjacent violators). ValueError: they do not fit.
    """
    offsets, y = [], 0.0
    for gap, height in zip(gaps, heights, strict=False):
        offsets.append(y + gap)
        y += gap + height
    slack = room - y - gaps[-1]
    if slack < -1e-6:
        raise ValueError("the boxes do not fit")
    pools: list[tuple[float, int, int]] = []  # shift, weight, how many boxes
    for (middle, ribbons), height, top in zip(wanted, heights, offsets, strict=True):
        shift, weight, count = middle - height / 2 - top, ribbons, 1
        while pools and pools[-1][0] > shift:
            above, more, others = pools.pop()
            shift = (above * more + shift * weight) / (more + weight)
            weight, count = more + weight, others + count
        pools.append((shift, weight, count))
    even = [min(max(shift, 0.0), max(slack, 0.0)) for shift, _, count in pools for _ in range(count)]
    return [top + shift for top, shift in zip(offsets, even, strict=True)]


def packed(gaps: Sequence[float], heights: Sequence[float]) -> float:
    """The room that the boxes need at least."""
    return sum(gaps) + sum(heights)
