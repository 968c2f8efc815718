"""The boxes of the map: what is written in each, how high it must be for that, and its shapes once it has its place."""

from typing import Final

from msgspec import Struct

from wizards.mapping.drawing.letters import longest, wide, wrapped
from wizards.mapping.drawing.picture import Box, Ink, Label, Shape
from wizards.mapping.drawing.shaping import rounded, stop_sign

SIZE: Final = 9.0
"""The size of names, in units; small text is SMALL. A hand that wants 13 points scales the whole picture by 13 / 9."""
SMALL: Final = 7.6
LEADING: Final = 1.32
PAD: Final = 7.0
_AIR: Final = 5.0
NAMED: Final = 5
"""Lines of a name that the owner typed, at most; Guia's own words are never cut."""
_SMALLEST: Final = 6.8
_SIGN: Final = 12.0
"""The height of the sign of a flow without a route."""


class Line(Struct, frozen=True):
    """A line inside a box. `sign`: it is a sign, its text on a ground of its own."""

    text: str
    size: float = SIZE
    ink: Ink = "text"
    bold: bool = False
    sign: bool = False

    @property
    def height(self) -> float:
        """The room that it takes."""
        return _SIGN + 3 if self.sign else self.size * LEADING


class Card(Struct, frozen=True):
    """A node with what is written in it. `edge` is the ink around it."""

    lines: tuple[Line, ...]
    edge: Ink = "line"

    def height(self, ribbons: float) -> float:
        """How high it must be for its lines and for ribbons that are together so wide."""
        return max(sum(line.height for line in self.lines) + 2 * _AIR, ribbons + 2 * _AIR)

    def shapes(self, box: Box) -> tuple[Shape, ...]:
        """The box and its signs."""
        shapes = [Shape(rounded(box, 4), fill="node", line=self.edge, thick=0.8 if self.edge == "line" else 1.2)]
        for line, y in self._placed(box):
            if line.sign:
                top = y + 1.5
                width = _SIGN + 3 + wide(line.text, line.size, bold=True) + 6
                shapes.append(Shape(rounded(Box(box.x + PAD, top, width, _SIGN), _SIGN / 2), fill="mark"))
                middle = (box.x + PAD + _SIGN / 2, top + _SIGN / 2)
                shapes += stop_sign(*middle, _SIGN / 2 - 2.2, "mark-text", "mark")
        return tuple(shapes)

    def labels(self, box: Box) -> tuple[Label, ...]:
        """The lines where the box is."""
        found = []
        for line, y in self._placed(box):
            width = wide(line.text, line.size, bold=line.bold)
            if line.sign:
                left, base = box.x + PAD + _SIGN + 1.5, y + 1.5 + _SIGN / 2 + line.size * 0.36
            else:
                left, base = box.x + PAD, y + line.size
            found.append(Label(line.text, left, base, line.size, width, line.ink, line.bold))
        return tuple(found)

    def _placed(self, box: Box) -> list[tuple[Line, float]]:
        """Each line with its upper edge, all together in the middle of the box."""
        y = box.y + (box.height - sum(line.height for line in self.lines)) / 2
        placed = []
        for line in self.lines:
            placed.append((line, y))
            y += line.height
        return placed


def lines(
    text: str, room: float, size: float = SIZE, *, most: int = 99, ink: Ink = "text", bold: bool = False
) -> tuple[Line, ...]:
    """A text as lines no wider than `room`, at most `most` of them. A long word is made smaller before it is torn."""
    size = max(min(size, _SMALLEST), min(size, 0.999 * size * room / longest(text, size, bold=bold)))
    return tuple(Line(part, size, ink, bold) for part in wrapped(text, size, room, most, bold=bold))


def sign(text: str, room: float) -> Line:
    """The sign of a flow without a route."""
    (short,) = wrapped(text, SMALL, room - _SIGN - 9, 1, bold=True)
    return Line(short, SMALL, "mark-text", bold=True, sign=True)
