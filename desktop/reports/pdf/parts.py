"""The parts a page is made of: text, stacks, columns. Each knows its height at a width, how to split, how to be drawn.

Splitting gives (what fits in `room`, the rest), or None when nothing fits. With `force`, asked for when even an empty
page does not help, wishes such as "keep together" are dropped and all parts split down to a line: no page is overfull.
"""

from collections.abc import Iterator
from itertools import accumulate, chain
from typing import NamedTuple, Protocol

from desktop.reports.fonts import Face
from desktop.reports.pdf.breaking import break_lines
from desktop.reports.pdf.look import Style
from desktop.reports.pdf.pen import Pen, Piece
from desktop.reports.pdf.tagging import Node


class Part(Protocol):
    """What can stand on a page. Positions are from the top left corner, in points."""

    def height(self, width: float, /) -> float:
        """How much room it takes at that width."""

    def split(self, width: float, room: float, /, *, force: bool = False) -> "tuple[Part, Part] | None":
        """What fits, and the rest."""

    def draw(self, pen: Pen, x: float, y: float, width: float, /) -> None:
        """Put it on the page."""


class Solid:
    """A part of fixed height that cannot be split; its kinds say how they are drawn."""

    tall = 0.0

    def height(self, _width: float, /) -> float:
        """The same at any width."""
        return self.tall

    def split(self, _width: float, _room: float, /, *, force: bool = False) -> "tuple[Part, Part] | None":  # noqa: ARG002
        """Never, asked or forced."""
        return None


class Run(NamedTuple):
    """A stretch of text set one way; `node` is its tag (none: ornament)."""

    text: str
    face: Face
    style: Style
    node: Node | None
    url: str = ""


def _widths(run: Run) -> Iterator[float]:
    """The width of each of its characters, in points."""
    return map(run.face.sized(run.style.size, run.style.spread).__getitem__, run.text)


class Text:
    """Running text. When drawn a second time (the head of a table on its next page) it is ornament."""

    def __init__(self, runs: list[Run], leading: float, *, repeats: bool = False, even: bool = False) -> None:
        self.runs, self.leading, self.repeats, self.even = runs, leading, repeats, even
        self.text = "".join(run.text for run in runs)
        self.sums = list(accumulate(chain.from_iterable(map(_widths, runs)), initial=0.0))
        self.cached: tuple[float, list[tuple[int, int]]] = (-1.0, [])
        self.drawn = False

    def lines(self, width: float) -> list[tuple[int, int]]:
        """Where its lines begin and end at that width."""
        if self.cached[0] != width:
            lines = break_lines(self.text, self.sums, width)
            self.cached = (width, self._evened(lines, width) if self.even and 1 < len(lines) <= 4 else lines)
        return self.cached[1]

    def _evened(self, lines: list[tuple[int, int]], width: float) -> list[tuple[int, int]]:
        """As many lines, of nearly the same length: a heading without a lonely last word."""
        low, high = width / 2, width
        for _ in range(6):
            middle = (low + high) / 2
            tried = break_lines(self.text, self.sums, middle)
            if len(tried) > len(lines):
                low = middle
            else:
                lines, high = tried, middle
        return lines

    def natural(self) -> float:
        """Its width on one line."""
        return self.sums[len(self.text.rstrip(" "))]

    def height(self, width: float) -> float:
        """Its lines, each of the same height."""
        return len(self.lines(width)) * self.leading

    def split(self, width: float, room: float, *, force: bool = False) -> "tuple[Text, Text] | None":
        """Between lines, leaving no single line alone on either side where it can be helped."""
        lines = self.lines(width)
        fits = int((room + 0.01) / self.leading)
        if len(lines) - fits == 1 and fits > 1:
            fits -= 1
        if fits < (1 if force else 2) or fits >= len(lines):
            return None
        return self._part(width, lines[:fits]), self._part(width, lines[fits:])

    def _part(self, width: float, lines: list[tuple[int, int]]) -> "Text":
        part = object.__new__(Text)
        part.runs, part.leading, part.repeats = self.runs, self.leading, self.repeats
        part.even, part.drawn = False, False
        part.text, part.sums, part.cached = self.text, self.sums, (width, lines)
        return part

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Its lines from the top; the baseline is where capitals and Chinese characters look centred in the line."""
        if not self.text:
            return
        size = max(run.style.size for run in self.runs)
        base = y + (self.leading - size) / 2 + size * 0.88
        lines = [(base + at * self.leading, self._pieces(line)) for at, line in enumerate(self.lines(width))]
        pen.text(x, lines)
        self.drawn = True

    def _pieces(self, line: tuple[int, int]) -> list[Piece]:
        pieces = []
        begin = 0
        ghost = self.repeats and self.drawn
        for run in self.runs:
            start, end = max(begin, line[0]), min(begin + len(run.text), line[1])
            begin += len(run.text)
            if start < end:
                face, style = run.face, run.style
                offset, wide = self.sums[start] - self.sums[line[0]], self.sums[end] - self.sums[start]
                node, url = (None, "") if ghost else (run.node, run.url)
                pieces.append(Piece(offset, wide, self.text[start:end], face.name, style, node, url))
        if pieces and self.text[line[1] : line[1] + 1] == "\n":
            # what is read aloud or copied would join the last word of a line with the first of the next
            pieces[-1] = pieces[-1]._replace(text=f"{pieces[-1].text} ")
        return pieces


class Item(NamedTuple):
    """A part in a stack, the least gap before and after it (none at top and foot), whether it stays with the next."""

    part: Part
    gap: float = 0.0
    keep: bool = False
    after: float = 0.0


class Stack:
    """Parts one under the other."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items

    def height(self, width: float) -> float:
        """The parts and the gaps between them."""
        return sum(self._gap(at) + item.part.height(width) for at, item in enumerate(self.items))

    def _gap(self, at: int) -> float:
        """The gap before the item of that order."""
        return max(self.items[at].gap, self.items[at - 1].after) if at else 0.0

    def split(self, width: float, room: float, *, force: bool = False) -> "tuple[Stack, Stack] | None":
        """Between parts or inside one, not after a part that stays with the next (unless forced, on an empty page)."""
        used = 0.0
        for at, item in enumerate(self.items):
            gap = self._gap(at)
            tall = item.part.height(width)
            if used + gap + tall > room + 0.01:
                break
            used += gap + tall
        else:
            return self, Stack([])
        left = room - used - gap
        cut = item.part.split(width, left, force=force) if left > 0 else None
        if cut:
            head = [*self.items[:at], item._replace(part=cut[0])]
            return Stack(head), Stack([item._replace(part=cut[1]), *self.items[at + 1 :]])
        stop = at
        while stop and self.items[stop - 1].keep and not force:
            stop -= 1
        return (Stack(self.items[:stop]), Stack(self.items[stop:])) if stop else None

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """From the top down."""
        for at, item in enumerate(self.items):
            y += self._gap(at)
            item.part.draw(pen, x, y, width)
            y += item.part.height(width)


class Columns:
    """Parts side by side, each with its width; `gap` between them. As tall as the tallest."""

    def __init__(self, cells: list[Part], widths: list[float], gap: float) -> None:
        self.cells, self.widths, self.gap = cells, widths, gap
        self.tall = -1.0

    def height(self, _width: float, /) -> float:
        """The tallest cell."""
        if self.tall < 0:
            self.tall = max(cell.height(wide) for cell, wide in zip(self.cells, self.widths, strict=True))
        return self.tall

    def split(self, _width: float, room: float, /, *, force: bool = False) -> "tuple[Columns, Columns] | None":
        """Every cell at the same height; None when one of them cannot be split there."""
        heads: list[Part] = []
        tails: list[Part] = []
        for cell, wide in zip(self.cells, self.widths, strict=True):
            cut = (cell, Stack([])) if cell.height(wide) <= room + 0.01 else cell.split(wide, room, force=force)
            if cut is None:
                return None
            heads.append(cut[0])
            tails.append(cut[1])
        return Columns(heads, self.widths, self.gap), Columns(tails, self.widths, self.gap)

    def draw(self, pen: Pen, x: float, y: float, _width: float, /) -> None:
        """From left to right, all from the top."""
        for cell, wide in zip(self.cells, self.widths, strict=True):
            cell.draw(pen, x, y, wide)
            x += wide + self.gap
