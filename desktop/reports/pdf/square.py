"""A QR code on a page: its dark squares as one path, tagged as a figure that is said in words."""

from typing import Any, Final

from reportlab.graphics.barcode import qrencoder

from desktop.reports.pdf.look import INK, PAGE_HEIGHT
from desktop.reports.pdf.operators import ink, point
from desktop.reports.pdf.parts import Solid
from desktop.reports.pdf.pen import Pen
from desktop.reports.pdf.tagging import Node

_QUIET: Final = 4
"""Squares left white on each side, as the norm of QR codes (ISO/IEC 18004) asks."""
_DOT: Final = 1.9
"""Points of one square, 0.67 mm: a telephone reads it from a page held in the hand."""


class Square(Solid):
    """The QR code of a plain ASCII text, with a quarter of it readable when a corner is stained (level M)."""

    def __init__(self, text: str, node: Node) -> None:
        """ValueError for a text that is not plain ASCII: readers disagree on everything else."""
        if not text.isascii():
            raise ValueError("a QR code of a paper is plain ASCII")
        made: Any = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
        made.addData(text)
        made.make()
        self.rows: list[list[bool]] = [[bool(dark) for dark in row] for row in made.modules]
        self.node = node
        self.tall = (len(self.rows) + 2 * _QUIET) * _DOT

    def draw(self, pen: Pen, x: float, y: float, _width: float, /) -> None:
        """Everything inside the one tag, whose place on the page is noted for readers."""
        top = PAGE_HEIGHT - y
        self.node.attributes = (
            f"<</O/Layout/Placement/Block/BBox[{point(x, top - self.tall)} {point(x + self.tall, top)}]>>"
        )
        dark = [
            f"{point(x + (start + _QUIET) * _DOT, top - (line + _QUIET + 1) * _DOT)} {long * _DOT:.2f} {_DOT:.2f} re"
            for line, row in enumerate(self.rows)
            for start, long in _runs(row)
        ]
        with pen.content(self.node):
            pen.canvas.addLiteral("\n".join([f"{ink(INK)} rg", *dark, "f"]))


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Dark squares that touch as one box, (start, length): no hairline shows between them."""
    found: list[tuple[int, int]] = []
    for at, dark in enumerate(row):
        if dark and found and sum(found[-1]) == at:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((at, 1))
    return found
