"""Where the four layers stand across the page. Ribbons run only in the gaps between them."""

from typing import Final

from msgspec import Struct

NARROWEST: Final = 420.0
"""A picture is never narrower; whoever has less room lets it be scrolled or makes it smaller."""
MARGIN: Final = 8.0
INSET: Final = 7.0
"""From the edge of a lane to the boxes in it."""
_SHARES: Final = (0.88, 1.2, 1.08, 0.84)
_WIDEST: Final = (170.0, 250.0, 200.0, 170.0)


class Columns(Struct, frozen=True):
    """Left edge and width of the boxes of each layer, and the width of the whole page."""

    width: float
    lefts: tuple[float, ...]
    widths: tuple[float, ...]

    @property
    def lane(self) -> tuple[float, float]:
        """Left edge and width of the lanes, which lie behind the boxes of the last layer."""
        return self.lefts[3] - INSET, self.widths[3] + 2 * INSET

    @property
    def border(self) -> float:
        """Where the border of Macao runs down."""
        return self.lefts[3] - INSET - 5


def columns_of(width: float) -> Columns:
    """Columns for a page of that width. Boxes stop growing where their names have room; then the gaps grow."""
    width = max(width, NARROWEST)
    room = width - 2 * MARGIN - INSET
    gap = min(max(width * 0.075, 30.0), 110.0)
    boxes = room - 3 * gap - 2 * INSET
    widths = tuple(min(boxes * share / sum(_SHARES), most) for share, most in zip(_SHARES, _WIDEST, strict=True))
    between = (room - INSET - sum(widths)) / 3
    lefts = [MARGIN]
    for each in widths[:-1]:
        lefts.append(lefts[-1] + each + between)
    lefts[3] = width - MARGIN - INSET - widths[3]
    return Columns(width, tuple(lefts), widths)
