"""Parts with a shape of their own: boxes, tables, chips, tick boxes, marks of the outline."""

from itertools import accumulate
from typing import NamedTuple

from desktop.reports.pdf.look import AMBER, AMBER_TINT, GREY_TINT, HEIGHT, INK, RULE, TEAL_TINT
from desktop.reports.pdf.parts import Columns, Item, Part, Solid, Stack, Text
from desktop.reports.pdf.pen import Pen
from desktop.reports.pdf.tagging import Node


class Frame(NamedTuple):
    """How a box looks: padding at the sides and above, tint, edge, the colour of a bar at its left, round corners."""

    side: float
    above: float
    fill: str = ""
    edge: str = ""
    bar: str = ""
    radius: float = 0.0


class Panel:
    """A part in a box. `whole`: not split unless taller than this; then no piece is less than a third of it.

    `again` stands at the top of each piece after the first, as ornament.
    """

    def __init__(self, inner: Part, frame: Frame, whole: float = 0.0, again: Text | None = None) -> None:
        self.inner, self.frame, self.whole, self.again = inner, frame, whole, again

    def height(self, width: float) -> float:
        """The part and the padding."""
        return self.inner.height(width - 2 * self.frame.side) + 2 * self.frame.above

    def split(self, width: float, room: float, *, force: bool = False) -> "tuple[Panel, Panel] | None":
        """Two boxes, each drawn whole."""
        tall = self.height(width)
        if not force:
            if tall <= self.whole:
                return None
            room = min(room, tall - self.whole / 3)
        inside = room - 2 * self.frame.above
        cut = self.inner.split(width - 2 * self.frame.side, inside, force=force) if inside > 0 else None
        if not cut or (not force and cut[0].height(width - 2 * self.frame.side) < self.whole / 2.5):
            return None
        rest = Stack([Item(self.again, keep=True), Item(cut[1], 4)]) if self.again else cut[1]
        return Panel(cut[0], self.frame), Panel(rest, self.frame, self.whole, self.again)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """The box, then what is in it."""
        frame, tall = self.frame, self.height(width)
        pen.box(x, y, width, tall, frame.fill, frame.edge, frame.radius)
        if frame.bar:
            pen.box(x, y, 3.5, tall, frame.bar)
        self.inner.draw(pen, x + frame.side, y + frame.above, width - 2 * frame.side)


class Grid:
    """Rows under a head that returns on each page. A row is split only when it is taller than a page.

    A table of less than a fifth of a page stays whole; no table leaves its first or last row alone.
    """

    PAD = 4.0

    def __init__(self, head: Columns, rows: list[Columns], air: float = 4.5, *, shaded: bool = False) -> None:
        self.head, self.rows, self.air, self.shaded = head, rows, air, shaded

    def _tall(self, row: Columns, width: float) -> float:
        return row.height(width) + 2 * self.air

    def height(self, width: float) -> float:
        """The head and all rows."""
        return self._tall(self.head, width) + sum(self._tall(row, width) for row in self.rows)

    def split(self, width: float, room: float, *, force: bool = False) -> "tuple[Grid, Grid] | None":
        """Between rows; the rest has the head again."""
        talls = [self._tall(row, width) for row in self.rows]
        head = self._tall(self.head, width)
        ends = list(accumulate(talls, initial=head))
        count = sum(end <= room + 0.01 for end in ends) - 1
        if not force:
            count = self._tidy(count, ends[-1])
        left = room - ends[max(count, 0)]
        first, rest = self.rows[: max(count, 0)], self.rows[max(count, 0) :]
        giant = rest and talls[len(first)] > HEIGHT - head and left > HEIGHT / 4
        if rest and (giant or (force and not first)):
            cut = rest[0].split(width, left - 2 * self.air, force=force)
            if cut:
                first, rest = [*first, cut[0]], [cut[1], *rest[1:]]
        if not first:
            return None
        shaded = self.shaded != bool(count % 2)
        return Grid(self.head, first, self.air, shaded=self.shaded), Grid(self.head, rest, self.air, shaded=shaded)

    def _tidy(self, count: int, tall: float) -> int:
        """How many of the `count` rows that fit are left on the page."""
        if tall < HEIGHT / 5 or count == 1 < len(self.rows) - 1:
            return 0
        return count - 1 if count == len(self.rows) - 1 > 2 else count

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """The head between lines, then rows with a hairline under each and every other one lightly tinted."""
        pen.line(x, y, x + width, y, INK, 0.9)
        for at, row in enumerate((self.head, *self.rows)):
            tall = self._tall(row, width)
            if at and (at % 2 == 0) != self.shaded:
                pen.box(x, y, width, tall, GREY_TINT)
            row.draw(pen, x + self.PAD, y + self.air, width)
            y += tall
            pen.line(x, y, x + width, y, RULE if at else INK, 0.5)


class Chips:
    """Short texts in small boxes with round corners, as many in a line as fit."""

    PAD, GAP = 6.0, 5.0

    def __init__(self, chips: list[Text]) -> None:
        self.chips = chips

    def _rows(self, width: float) -> list[list[tuple[float, float, Text]]]:
        """Each row's chips as (offset, width of its text, chip)."""
        rows: list[list[tuple[float, float, Text]]] = [[]]
        x = 0.0
        for chip in self.chips:
            wide = min(chip.natural(), width - 2 * self.PAD)
            if rows[-1] and x + wide + 2 * self.PAD > width:
                rows.append([])
                x = 0.0
            rows[-1].append((x, wide, chip))
            x += wide + 2 * self.PAD + self.GAP
        return rows

    def natural(self) -> float:
        """Their width in one row."""
        return sum(chip.natural() + 2 * self.PAD for chip in self.chips) + self.GAP * (len(self.chips) - 1)

    @staticmethod
    def _tall(row: list[tuple[float, float, Text]]) -> float:
        return max(chip.height(wide) for _, wide, chip in row) + 4.0

    def height(self, width: float) -> float:
        """All rows and the gaps between them."""
        rows = self._rows(width)
        return sum(map(self._tall, rows)) + 4.0 * (len(rows) - 1)

    def split(self, width: float, room: float, *, force: bool = False) -> "tuple[Chips, Chips] | None":
        """Between rows."""
        used, count = 0.0, 0
        for row in self._rows(width):
            used += self._tall(row)
            if used > room:
                break
            used += 4.0
            count += len(row)
        if count:
            return Chips(self.chips[:count]), Chips(self.chips[count:])
        cut = self.chips[0].split(width - 2 * self.PAD, room - 4, force=force) if force else None
        return (Chips([cut[0]]), Chips([cut[1], *self.chips[1:]])) if cut else None

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Boxes and their words."""
        for row in self._rows(width):
            for offset, wide, chip in row:
                pen.box(x + offset, y, wide + 2 * self.PAD, chip.height(wide) + 4, TEAL_TINT, "", 4)
                chip.draw(pen, x + offset + self.PAD, y + 2, wide)
            y += self._tall(row) + 4


class Pill(Panel):
    """A word in a box as wide as the word."""

    def __init__(self, word: Text) -> None:
        super().__init__(word, Frame(8, 3, AMBER_TINT, AMBER, "", 4))
        self.wide = word.natural() + 16.1

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """From the left."""
        super().draw(pen, x, y, min(width, self.wide))


class TickBox(Solid):
    """A box to tick, a field of the PDF."""

    tall = SIDE = 13.0

    def __init__(self, tip: str, node: Node, *, ticked: bool) -> None:
        self.tip, self.node, self.ticked = tip, node, ticked

    def draw(self, pen: Pen, x: float, y: float, _width: float, /) -> None:
        """A field and its picture."""
        pen.tick_box(x, y + 2, self.SIDE, self.tip, self.node, ticked=self.ticked)


class Entry(Solid):
    """No height; what stands under it has a place in the outline."""

    def __init__(self, title: str, level: int) -> None:
        self.title, self.level = title, level

    def draw(self, pen: Pen, _x: float, y: float, _width: float, /) -> None:
        """The bookmark, a little above."""
        pen.bookmark(self.title, self.level, y - 12)


class Line(Solid):
    """A straight line across, or a short bar when `wide` is given."""

    def __init__(self, colour: str = RULE, thick: float = 0.6, wide: float = 0.0) -> None:
        self.colour, self.tall, self.wide = colour, thick, wide

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Ornament."""
        pen.line(x, y + self.tall / 2, x + (self.wide or width), y + self.tall / 2, self.colour, self.tall)
