"""Text in two columns of one width, down the left and on at the top of the right, as in a newspaper."""

from desktop.reports.pdf.look import RULE
from desktop.reports.pdf.parts import Stack
from desktop.reports.pdf.pen import Pen

_BETWEEN = 22.0
_STEP = 3.0


class Twin:
    """What stands in one stack, in two columns as even as its lines allow, or in the `halves` that it was cut into."""

    def __init__(self, whole: Stack, halves: tuple[Stack, Stack] | None = None) -> None:
        self.whole, self.halves = whole, halves

    def _columns(self, wide: float) -> tuple[Stack, Stack]:
        """Both columns. Found once: a paper has one width."""
        tall = self.whole.height(wide) / 2
        while not self.halves:
            cut = self.whole.split(wide, tall)
            if cut and cut[1].height(wide) <= tall + 0.01:
                self.halves = cut
            tall += _STEP
        return self.halves

    def height(self, width: float) -> float:
        """The taller column."""
        wide = (width - _BETWEEN) / 2
        return max(column.height(wide) for column in self._columns(wide))

    def split(self, width: float, room: float, *, force: bool = False) -> "tuple[Twin, Twin] | None":
        """As much as both columns hold, and the rest."""
        wide = (width - _BETWEEN) / 2
        left = self.whole.split(wide, room, force=force)
        right = left and left[1].split(wide, room, force=force)
        if not left or not right:
            return None
        return Twin(self.whole, (left[0], right[0])), Twin(right[1])

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Left, then right, with a hairline between."""
        wide, tall = (width - _BETWEEN) / 2, self.height(width)
        left, right = self._columns(wide)
        left.draw(pen, x, y, wide)
        if right.items:
            pen.line(x + width / 2, y + 2, x + width / 2, y + tall, RULE, 0.5)
        right.draw(pen, x + wide + _BETWEEN, y, wide)
