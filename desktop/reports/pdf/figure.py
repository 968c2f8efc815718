"""A map on a page: the shapes and words of its geometry, scaled to the page, as one figure that cannot be split."""

from typing import Final

from desktop.reports.inks import PAPER
from desktop.reports.pdf.look import HEIGHT, PAGE_HEIGHT, WIDTH, Style
from desktop.reports.pdf.operators import ink, point
from desktop.reports.pdf.parts import Solid
from desktop.reports.pdf.pen import Pen, Piece
from desktop.reports.pdf.setter import Setter
from desktop.reports.pdf.tagging import Node
from wizards.mapping.drawing.picture import Command, Ink, Label, Picture, Shape

_HIGHEST: Final = HEIGHT - 110
"""Room is left above it for headings and a line or two."""
_STEP: Final = {"M": "m", "L": "l", "C": "c", "Z": "h"}


class Figure(Solid):
    """A picture at the width of the page, or smaller where it would be higher than a page holds."""

    def __init__(self, picture: Picture, node: Node, setter: Setter) -> None:
        self.picture, self.node, self.setter = picture, node, setter
        self.scale = min(WIDTH / picture.width, _HIGHEST / picture.height)
        self.tall = picture.height * self.scale

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Everything inside the one tag, whose place on the page is noted for readers."""
        picture, wide = self.picture, self.picture.width * self.scale
        left, top = x + (width - wide) / 2, PAGE_HEIGHT - y
        box = f"{point(left, top - self.tall)} {point(left + wide, top)}"
        self.node.attributes = f"<</O/Layout/Placement/Block/BBox[{box}]>>"
        shapes = [*picture.under, *(s for ribbon in picture.ribbons for s in ribbon.shapes), *picture.over]
        out = [f"q {self.scale:.4f} 0 0 {-self.scale:.4f} {point(left, top)} cm", *map(_shape, shapes), "Q"]
        with pen.content(self.node):
            pen.canvas.addLiteral("\n".join(out))
            for label in picture.labels:
                pen.squeezed(*self._placed(label, left, y))

    def _placed(self, label: Label, left: float, top: float) -> tuple[float, float, Piece, float]:
        """What the pen needs: where, what, and how much narrower it must be made to keep to its room."""
        face = self.setter.faces.bold if label.bold else self.setter.faces.regular
        room = label.width * self.scale
        x = left + label.x * self.scale - {"start": 0.0, "middle": room / 2, "end": room}[label.anchor]
        style = Style(label.size * self.scale, 0, PAPER[label.ink])
        text = self.setter.plain(label.text)
        sized = face.sized(style.size, 0)
        natural = sum(sized[char] for char in text)
        piece = Piece(0, natural, text, face.name, style, self.node, "")
        return x, top + label.y * self.scale, piece, min(1.0, room / natural) if natural else 1.0


def _shape(shape: Shape) -> str:
    """A shape in the operators of PDF, in the units of the picture."""
    words = []
    if shape.fill:
        words.append(f"{ink(_on_paper(shape.fill, shape.opacity))} rg")
    if shape.line:
        dash = " ".join(f"{length:.4g}" for length in shape.dash)
        words.append(f"{ink(_on_paper(shape.line, shape.opacity))} RG {shape.thick:.4g} w [{dash}] 0 d")
    words += [_step(command) for command in shape.path]
    words.append("B" if shape.fill and shape.line else "f" if shape.fill else "S")
    return " ".join(words)


def _step(command: Command) -> str:
    name, values = command
    return " ".join((*(f"{value:.2f}" for value in values), _STEP[name]))


def _on_paper(name: Ink, opacity: float) -> str:
    """A colour as it looks on white when it lets some of it through: the file then needs no transparency."""
    colour = PAPER[name]
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part * opacity + 255 * (1 - opacity)):02X}" for part in parts)
