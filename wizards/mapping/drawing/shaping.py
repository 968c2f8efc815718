"""Shapes that the map is made of: boxes with round corners, and ribbons between two layers.

The line along the middle of a ribbon tells how delicate its data are, for whoever sees no colour.
"""

from math import hypot, log10
from typing import Final

from wizards.mapping.drawing.nodes import Look
from wizards.mapping.drawing.picture import Box, Command, Ink, Shape

THINNEST: Final = 3.0
THICKEST: Final = 14.0
_ROUND: Final = 0.5523
"""How far the handles of a curve reach that is nearly a quarter of a circle."""
_INNER: Final[dict[Look, tuple[float, ...] | None]] = {
    "bare": None,
    "plain": None,
    "careful": (3.5, 3.0),
    "delicate": (),
}
"""The line along the middle of a ribbon: none, dashed, whole."""


def thick(people: int | None) -> float:
    """The width of a ribbon by the number of people: ten times as many are 2.75 wider; thinnest where nobody said."""
    return THINNEST if not people else min(THICKEST, THINNEST + 2.75 * log10(people))


def rounded(box: Box, radius: float) -> tuple[Command, ...]:
    """The outline of a box with round corners."""
    r = min(radius, box.width / 2, box.height / 2)
    x, y, right, low, k = box.x, box.y, box.x + box.width, box.y + box.height, r * (1 - _ROUND)
    return (
        ("M", (x + r, y)),
        ("L", (right - r, y)),
        ("C", (right - k, y, right, y + k, right, y + r)),
        ("L", (right, low - r)),
        ("C", (right, low - k, right - k, low, right - r, low)),
        ("L", (x + r, low)),
        ("C", (x + k, low, x, low - k, x, low - r)),
        ("L", (x, y + r)),
        ("C", (x, y + k, x + k, y, x + r, y)),
        ("Z", ()),
    )


class Band:
    """A ribbon across one gap, from the middle of one end to the middle of the other. It never leaves the gap."""

    def __init__(self, left: tuple[float, float], right: tuple[float, float], width: float) -> None:
        self.left, self.right, self.width = left, right, width

    @property
    def outline(self) -> tuple[Command, ...]:
        """The filled outline. Where it runs steeply its edges step aside, so that it does not look thinner there."""
        (x, y), (x2, y2), half = self.left, self.right, self.width / 2
        aside = min(self.width * 0.62, (x2 - x) * 0.4) * (y2 - y) / hypot(x2 - x, y2 - y)
        middle = (x + x2) / 2
        upper, lower = middle + aside, middle - aside
        return (
            ("M", (x, y - half)),
            ("C", (upper, y - half, upper, y2 - half, x2, y2 - half)),
            ("L", (x2, y2 + half)),
            ("C", (lower, y2 + half, lower, y + half, x, y + half)),
            ("Z", ()),
        )

    @property
    def middle(self) -> tuple[Command, ...]:
        """The line along its middle."""
        (x, y), (x2, y2) = self.left, self.right
        middle = (x + x2) / 2
        return (("M", (x, y)), ("C", (middle, y, middle, y2, x2, y2)))

    def shapes(self, look: Look) -> tuple[Shape, ...]:
        """Itself as it is drawn. A hairline of the ground keeps ribbons that cross apart."""
        if look == "bare":
            return (Shape(self.outline, fill="ground", line="bare", thick=0.9),)
        body = Shape(self.outline, fill=look, line="ground", thick=0.8)
        dash = _INNER[look]
        if dash is None:
            return (body,)
        return (body, Shape(self.middle, line="ground", thick=min(1.5, self.width * 0.28), dash=dash))


def stop_sign(x: float, y: float, radius: float, ink: Ink, bar: Ink) -> tuple[Shape, ...]:
    """No entry: a disc with a bar across."""
    disc = rounded(Box(x - radius, y - radius, 2 * radius, 2 * radius), radius)
    across = (("M", (x - radius * 0.55, y)), ("L", (x + radius * 0.55, y)))
    return (Shape(disc, fill=ink), Shape(across, line=bar, thick=radius * 0.5))  # type: ignore[arg-type]
