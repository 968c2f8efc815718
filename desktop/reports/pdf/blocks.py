"""Each block of a paper as items of a page. One function a block; the order of the blocks is the reading order."""

from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec import Struct

from desktop.reports import document as d
from desktop.reports.pdf.cards import card
from desktop.reports.pdf.figure import Figure
from desktop.reports.pdf.frames import Entry, Frame, Grid, Line, Panel
from desktop.reports.pdf.look import (
    AMBER,
    AMBER_TINT,
    GREY_TINT,
    HEIGHT,
    MUTED,
    RULE,
    TEAL,
    TEAL_TINT,
    WIDTH,
)
from desktop.reports.pdf.parts import Columns, Item, Part, Stack
from desktop.reports.pdf.setter import Setter
from desktop.reports.pdf.square import Square
from desktop.reports.pdf.tagging import Node
from desktop.reports.pdf.twin import Twin

_BESIDE = 14.0
_FRAMES = {
    "verdict": Frame(15, 10, TEAL_TINT, "", TEAL),
    "warning": Frame(14, 9, AMBER_TINT, "", AMBER),
    "note": Frame(14, 9, GREY_TINT, "", MUTED),
}


class Levels:
    """The depth of headings so far: tags and outline never skip a level, whatever the blocks say."""

    def __init__(self) -> None:
        self.tag, self.outline = 0, -1

    def heading(self, level: int) -> tuple[int, int]:
        """The levels of the tag and of the outline entry (from 1 and from 0) for a heading."""
        self.tag = min(level, self.tag + 1)
        self.outline = min(level - 1, self.outline + 1)
        return self.tag, self.outline


class Place(NamedTuple):
    """Where blocks go: the setter of the paper, the tag they stand under, the headings so far."""

    setter: Setter
    root: Node
    levels: Levels


def heading(block: d.Heading, at: Place) -> list[Item]:
    """A heading with its place in the outline; it stays with what follows."""
    tag, outline = at.levels.heading(block.level)
    node = Node(f"H{tag}", at.root)
    gap = at.setter.gap((20, 13, 10)[block.level - 1])
    items = [Item(Entry(at.setter.plain(block.text).replace("\n", " "), outline), gap, keep=True)]
    if block.lead:
        items.append(Item(at.setter.text(block.lead, "over", Node("P", at.root)), 0, keep=True))
    items.append(Item(at.setter.text(block.text, f"h{block.level}", node, even=True), 0, keep=True))
    if block.level == 1:
        items.append(Item(Line(AMBER, 2, at.setter.gap(34)), at.setter.gap(4), keep=True))
        items.append(Item(Stack([]), at.setter.gap(2), keep=True))
    return items


def paragraph(block: d.Paragraph, at: Place) -> list[Item]:
    """Running text."""
    return [Item(at.setter.tagged(block.text, block.style, "P", at.root), at.setter.gap(6))]


def bullets(block: d.Bullets, at: Place) -> list[Item]:
    """A list."""
    return [Item(at.setter.listed(block.items, at.root, WIDTH, numbered=block.numbered), at.setter.gap(6))]


def callout(block: d.Callout, at: Place) -> list[Item]:
    """A tinted box with a bar at its left."""
    frame = at.setter.frame(_FRAMES[block.kind])
    node = Node("Div", at.root)
    title = "verdict" if block.kind == "verdict" else "callout"
    items = [Item(at.setter.tagged(block.title, title, "P", node, even=True), keep=True)]
    if block.text:
        items.append(Item(at.setter.tagged(block.text, "body", "P", node), at.setter.gap(6)))
    if block.items:
        listed = at.setter.listed(block.items, node, WIDTH - 2 * frame.side, numbered=False)
        items.append(Item(listed, at.setter.gap(5)))
    return [Item(Panel(Stack(items), frame, HEIGHT / 2), at.setter.gap(12), after=at.setter.gap(12))]


def facts(block: d.Facts, at: Place) -> list[Item]:
    """Labels and values."""
    if not block.lines:
        return []
    lines = at.setter.pairs(block.lines, at.root, WIDTH, 130, "body", 4)
    return [Item(lines, at.setter.gap(8), after=at.setter.gap(9))]


def table(block: d.Table, at: Place) -> list[Item]:
    """A table; its caption stays with it."""
    shares = block.widths or (1.0,) * len(block.header)
    inner = WIDTH - 2 * Grid.PAD - 10 * (len(shares) - 1)
    widths = [inner * share / sum(shares) for share in shares]
    node = Node("Table", at.root)
    items = []
    if block.caption:
        items.append(Item(at.setter.tagged(block.caption, "caption", "Caption", node), at.setter.gap(9), keep=True))
    head = Columns(_head(block, at.setter, node), widths, 10)
    rows = [Columns(_cells(row, block, at.setter, Node("TR", node)), widths, 10) for row in block.rows]
    grid = Grid(head, rows, at.setter.gap(2.2 if block.look == "small" else 3))
    items.append(Item(grid, at.setter.gap(4 if block.caption else 8), after=at.setter.gap(9)))
    return items


def _head(block: d.Table, setter: Setter, node: Node) -> list[Part]:
    """The cells above the columns."""
    line = Node("TR", node)
    column = "<</O/Table/Scope/Column>>"
    return [setter.text(cell, "head", Node("TH", line, column), repeats=True) for cell in block.header]


def _cells(row: tuple[d.Words, ...], block: d.Table, setter: Setter, line: Node) -> list[Part]:
    """The cells of a row. ValueError: not as many as the header has."""
    if len(row) != len(block.header):
        raise ValueError(f"a row has {len(row)} cells, its header {len(block.header)}")
    cells: list[Part] = []
    for at, words in enumerate(row):
        names = block.row_heads and at == 0
        node = Node("TH", line, "<</O/Table/Scope/Row>>") if names else Node("TD", line)
        strong = (d.Span(words, strong=True),) if names and isinstance(words, str) else words
        cells.append(setter.text(strong, f"{block.look}-cell", node))
    return cells


def register(block: d.Register, at: Place) -> list[Item]:
    """Terms and texts in one run, in two columns; a caption stays with what follows."""
    items: list[Item] = []
    for caption, entries in block.groups:
        node = Node("L", at.root)
        if caption and entries:
            items.append(Item(at.setter.tagged(caption, "caption", "Caption", node), at.setter.gap(9), keep=True))
        items += [Item(at.setter.labelled(*entry, node, "entry"), at.setter.gap(3.5)) for entry in entries]
    return [Item(Twin(Stack(items)), at.setter.gap(6), after=at.setter.gap(6))] if items else []


def task(block: d.TaskCard, at: Place) -> list[Item]:
    """A card, a level under the headings so far."""
    panel = card(block, at.setter, at.root, min(at.levels.tag + 1, 6))
    return [Item(panel, at.setter.gap(7), after=at.setter.gap(7))]


def code(block: d.Code, at: Place) -> list[Item]:
    """A line to copy by hand, in a box."""
    frame = at.setter.frame(Frame(20, 16, GREY_TINT, RULE, "", 5))
    text = at.setter.tagged(block.text, "code", "Code", Node("P", at.root))
    return [Item(Panel(text, frame, HEIGHT / 2), at.setter.gap(12), after=at.setter.gap(12))]


def drawing(block: d.Drawing, at: Place) -> list[Item]:
    """A map, tagged as a figure that is said in words."""
    node = Node("Figure", at.root)
    node.alt = at.setter.plain(block.picture.said)
    return [Item(Figure(block.picture, node, at.setter), at.setter.gap(10), after=at.setter.gap(10))]


def scan(block: d.Scan, at: Place) -> list[Item]:
    """A QR code, and beside it what it is for."""
    frame = at.setter.frame(Frame(14, 12, "", RULE, "", 4))
    node = Node("Div", at.root)
    figure = Node("Figure", node)
    figure.alt = at.setter.plain(block.alt)
    square = Square(block.text, figure)
    left = WIDTH - 2 * frame.side - square.tall - _BESIDE
    items = [
        Item(at.setter.tagged(block.title, "callout", "P", node, even=True)),
        Item(at.setter.tagged(block.line, "mark", "Code", Node("P", node)), at.setter.gap(3)),
        Item(at.setter.listed(block.items, node, left, numbered=False), at.setter.gap(6)),
    ]
    beside = Columns([square, Stack(items)], [square.tall, left], _BESIDE)
    return [Item(Panel(beside, frame, HEIGHT / 2), at.setter.gap(10), after=at.setter.gap(12))]


def rule(_block: d.Rule, at: Place) -> list[Item]:
    """A hairline."""
    return [Item(Line(), at.setter.gap(12)), Item(Stack([]), at.setter.gap(4))]


Make = Callable[[Any, Place], list[Item]]
MAKERS: dict[type[Struct], Make] = {
    d.Heading: heading,
    d.Paragraph: paragraph,
    d.Bullets: bullets,
    d.Callout: callout,
    d.Facts: facts,
    d.Table: table,
    d.Register: register,
    d.TaskCard: task,
    d.Code: code,
    d.Drawing: drawing,
    d.Scan: scan,
    d.Rule: rule,
}
