"""The legend under the map: every look and sign that is in the picture, each with its word."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from wizards.mapping.drawing.boxes import SMALL
from wizards.mapping.drawing.columns import MARGIN
from wizards.mapping.drawing.letters import wide, wrapped
from wizards.mapping.drawing.naming import Tongue
from wizards.mapping.drawing.nodes import LOOKS, Look, Way
from wizards.mapping.drawing.picture import Command, Label, Shape
from wizards.mapping.drawing.shaping import Band, stop_sign

_SWATCH: Final = 26.0
_NEAR: Final = 6.0
_APART: Final = 18.0
_ROW: Final = 15.0

Swatch: TypeAlias = Callable[[float, float], tuple[Shape, ...]]
"""Draws a sample at a left edge and a middle line."""


def legend(
    ways: Sequence[Way], tongue: Tongue, width: float, top: float
) -> tuple[tuple[Shape, ...], tuple[Label, ...], float]:
    """Shapes, labels and the lower end of a legend that begins at `top`."""
    shapes: list[Shape] = []
    labels: list[Label] = []
    x, y = MARGIN, top + _ROW / 2
    for swatch, word in _entries(ways):
        room = width - 2 * MARGIN - _SWATCH - _NEAR
        (text,) = wrapped(tongue.say(f"map-legend.{word}"), SMALL, room, 1)
        long = wide(text, SMALL)
        if x > MARGIN and x + _SWATCH + _NEAR + long > width - MARGIN:
            x, y = MARGIN, y + _ROW
        shapes += swatch(x, y)
        labels.append(Label(text, x + _SWATCH + _NEAR, y + SMALL * 0.36, SMALL, long, "muted"))
        x += _SWATCH + _NEAR + long + _APART
    return tuple(shapes), tuple(labels), y + _ROW / 2


def _entries(ways: Sequence[Way]) -> list[tuple[Swatch, str]]:
    looks = {way.look for way in ways}
    entries: list[tuple[Swatch, str]] = [(_ribbon(look), look) for look in (*LOOKS[1:], LOOKS[0]) if look in looks]
    entries.append((_wedge, "width"))
    if any(way.problem for way in ways):
        entries.append((_stop, "no-route"))
    if any(way.lane != "macau" for way in ways):
        entries.append((_border, "border"))
    return entries


def _ribbon(look: Look) -> Swatch:
    return lambda x, y: Band((x, y), (x + _SWATCH, y), 7).shapes(look)


def _wedge(x: float, y: float) -> tuple[Shape, ...]:
    path = (
        ("M", (x, y - 1)),
        ("L", (x + _SWATCH, y - 4.5)),
        ("L", (x + _SWATCH, y + 4.5)),
        ("L", (x, y + 1)),
        ("Z", ()),
    )
    return (Shape(path, fill="muted", opacity=0.5),)  # type: ignore[arg-type]


def _stop(x: float, y: float) -> tuple[Shape, ...]:
    return stop_sign(x + _SWATCH / 2, y, 5, "mark", "mark-text")


def _border(x: float, y: float) -> tuple[Shape, ...]:
    return (border_line((("M", (x, y)), ("L", (x + _SWATCH, y)))),)


def border_line(path: tuple[Command, ...]) -> Shape:
    """The border of Macao along a path."""
    return Shape(path, line="border", thick=1.8, dash=(6.0, 2.5, 1.5, 2.5))
