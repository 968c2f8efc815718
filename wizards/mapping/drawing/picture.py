"""The shapes of the map: what every hand that draws it gets. Window, PDF, SVG and PNG draw the same picture.

Units are points of a page as wide as `Picture.width`; the origin is the top left corner, y grows downward. Colours are
named (`Ink`), because the window has a light and a dark look and paper has its own. Nothing here measures or draws.
"""

from typing import Literal, TypeAlias

from msgspec import Struct

Ink: TypeAlias = Literal[
    "",  # none
    "ground",  # behind everything
    "home-lane",  # the lane of Macao
    "away-lane",  # a lane outside Macao
    "open-lane",  # the lane of what is not known yet
    "node",  # the box of a node
    "line",  # hairlines, the edge of a node
    "border",  # the border of Macao
    "text",
    "muted",
    "plain",  # ribbons, by how delicate the data are: ordinary
    "careful",  # confidential
    "delicate",  # highly confidential
    "bare",  # not about people
    "mark",  # the sign of a flow without a route
    "mark-text",
]
Command: TypeAlias = tuple[Literal["M", "L", "C", "Z"], tuple[float, ...]]
"""A step of a path as SVG has it, in absolute coordinates: M x y, L x y, C x1 y1 x2 y2 x y, Z."""


class Box(Struct, frozen=True):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


class Shape(Struct, frozen=True):
    """A path that is filled, drawn along, or both. `dash` are lengths of stroke and gap, none for a whole line."""

    path: tuple[Command, ...]
    fill: Ink = ""
    line: Ink = ""
    thick: float = 0.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0


class Label(Struct, frozen=True):
    """One line of text; `y` is its baseline, `width` the room it takes. A hand whose font runs wider squeezes it."""

    text: str
    x: float
    y: float
    size: float
    width: float
    ink: Ink = "text"
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "start"


class Ribbon(Struct, frozen=True):
    """One way of data from people to place: the flows in it, its sentence, where it is pressed, and its outline.

    `said` is the whole ribbon in words, for whoever does not see it. `spot` is the box of its work, where the keyboard
    goes; `outline` is what a mouse may press. `shapes` draw it; they lie under all nodes and labels.
    """

    id: str
    flows: tuple[str, ...]
    said: str
    spot: Box
    outline: tuple[tuple[Command, ...], ...]
    shapes: tuple[Shape, ...]


class Picture(Struct, frozen=True):
    """The whole map. Drawn in this order: `under`, each ribbon, `over`, labels.

    `said` describes it in a sentence or two, the text beside a picture that cannot be seen.
    """

    width: float
    height: float
    said: str
    under: tuple[Shape, ...]
    ribbons: tuple[Ribbon, ...]
    over: tuple[Shape, ...]
    labels: tuple[Label, ...]
