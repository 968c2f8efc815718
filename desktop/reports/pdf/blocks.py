"""Each block of a paper as items of a page. One function a block; the order of the blocks is the reading order."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from desktop.reports import document as d
from desktop.reports.pdf.frames import Chips, Entry, Frame, Grid, Line, Panel, TickBox
from desktop.reports.pdf.look import (
    AMBER,
    AMBER_TINT,
    GREY_TINT,
    MUTED,
    RULE,
    TEAL,
    TEAL_TINT,
    WHITE,
    WIDTH,
)
from desktop.reports.pdf.parts import Columns, Item, Part, Stack
from desktop.reports.pdf.setter import Setter
from desktop.reports.pdf.tagging import Node

_FRAMES = {
    "verdict": Frame(18, 14, TEAL_TINT, "", TEAL),
    "warning": Frame(16, 11, AMBER_TINT, "", AMBER),
    "note": Frame(16, 11, GREY_TINT, "", MUTED),
}
_CARD = Frame(14, 12, WHITE, RULE, "", 5)
_LABEL = 92.0


class Levels:
    """The depth of headings so far: tags and outline never skip a level, whatever the blocks say."""

    def __init__(self) -> None:
        self.tag = self.outline = 0

    def heading(self, level: int) -> tuple[int, int]:
        """The levels of the tag and of the outline entry (from 1 and from 0) for a heading."""
        self.tag = min(level, self.tag + 1)
        self.outline = min(level - 1, self.outline + 1) if self.outline >= 0 else 0
        return self.tag, self.outline


def heading(block: d.Heading, setter: Setter, root: Node, levels: Levels) -> list[Item]:
    """A heading with its place in the outline; it stays with what follows."""
    tag, outline = levels.heading(block.level)
    node = Node(f"H{tag}", root)
    gap = setter.gap((26, 20, 14)[block.level - 1])
    items = [Item(Entry(setter.plain(block.text).replace("\n", " "), outline), gap, keep=True)]
    if block.lead:
        items.append(Item(setter.text(block.lead, "over", Node("P", root)), 0, keep=True))
    items.append(Item(setter.text(block.text, f"h{block.level}", node), 0, keep=True))
    if block.level == 1:
        items.append(Item(Line(AMBER, 2, setter.gap(34)), setter.gap(5), keep=True))
        items.append(Item(Stack([]), setter.gap(5), keep=True))
    return items


def paragraph(block: d.Paragraph, setter: Setter, root: Node, levels: Levels) -> list[Item]:
    """Running text."""
    return [Item(setter.tagged(block.text, block.style, "P", root), setter.gap(7))]


def bullets(block: d.Bullets, setter: Setter, root: Node, levels: Levels) -> list[Item]:
    """A list."""
    return [Item(setter.listed(block.items, root, WIDTH, numbered=block.numbered), setter.gap(7))]


def callout(block: d.Callout, setter: Setter, root: Node, levels: Levels) -> list[Item]:
    """A tinted box with a bar at its left."""
    frame = _FRAMES[block.kind]
    node = Node("Div", root)
    title = "verdict" if block.kind == "verdict" else "callout"
    items = [Item(setter.tagged(block.title, title, "P", node), keep=True)]
    if block.text:
        items.append(Item(setter.tagged(block.text, "body", "P", node), setter.gap(4)))
    if block.items:
        items.append(Item(setter.listed(block.items, node, WIDTH - 2 * frame.side, numbered=False), setter.gap(5)))
    return [Item(Panel(Stack(items), frame, whole=True), setter.gap(12))]


def facts(block: d.Facts, setter: Setter, root: Node, levels: Levels) -> list[Item]:
    """Labels and values."""
    return [Item(setter.pairs(block.lines, root, WIDTH, 130, "body", 4), setter.gap(8))] if block.lines else []


def table(block: d.Table, setter: Setter, root: Node, levels: Levels) -> list[Item]:
    """A table; its caption stays with it."""
    shares = block.widths or (1.0,) * len(block.header)
    inner = WIDTH - 2 * Grid.PAD - 10 * (len(shares) - 1)
    widths = [inner * share / sum(shares) for share in shares]
    node = Node("Table", root)
    items = []
    if block.caption:
        items.append(Item(setter.tagged(block.caption, "caption", "Caption", node), setter.gap(10), keep=True))
    line = Node("TR", node)
    column = "<</O/Table/Scope/Column>>"
    head = [setter.text(cell, "head", Node("TH", line, column), repeats=True) for cell in block.header]
    rows = [Columns(_cells(row, block, setter, Node("TR", node)), widths, 10) for row in block.rows]
    items.append(Item(Grid(Columns(list(head), widths, 10), rows), setter.gap(5 if block.caption else 10)))
    return items


def _cells(row: tuple[d.Words, ...], block: d.Table, setter: Setter, line: Node) -> list[Part]:
    """The cells of a row; missing ones are empty."""
    cells: list[Part] = []
    for at in range(len(block.header)):
        words = row[at] if at < len(row) else ""
        names = block.row_heads and at == 0
        node = Node("TH", line, "<</O/Table/Scope/Row>>") if names else Node("TD", line)
        strong = (d.Span(words, strong=True),) if names and isinstance(words, str) else words
        cells.append(setter.text(strong, "cell", node))
    return cells


def task(block: d.TaskCard, setter: Setter, root: Node, levels: Levels) -> list[Item]:
    """A card: tick box, number and title, chips, fields, sources."""
    node = Node("Sect", root)
    wide = WIDTH - 2 * _CARD.side
    items = [Item(_task_head(block, setter, node, wide, min(levels.tag + 1, 6)), keep=True)]
    if block.chips:
        line = Node("P", node)
        items.append(Item(Chips([setter.text(chip, "chip", line) for chip in block.chips]), setter.gap(7), keep=True))
    fields: list[tuple[str, d.Words]] = list(block.fields)
    if block.sources:
        links = tuple(d.Span(text + ("; " if at < len(block.sources) else ""), url=url)
                      for at, (text, url) in enumerate(block.sources, 1))
        fields.append((block.sources_label, links))
    if fields:
        items.append(Item(setter.pairs(fields, node, wide, _LABEL, "body", 5), setter.gap(9)))
    return [Item(Panel(Stack(items), _CARD, whole=True), setter.gap(10))]


def _task_head(block: d.TaskCard, setter: Setter, node: Node, wide: float, level: int) -> Columns:
    """The first line of a card."""
    cells: list[Part] = []
    widths: list[float] = []
    heading = Node(f"H{level}", node, later=True)
    if block.tick:
        cells.append(TickBox(setter.plain(block.title), Node("Form", node), ticked=block.done))
        widths.append(TickBox.SIDE)
    node.kids.append(heading)
    if block.number:
        number = setter.text(block.number + " ", "number", heading)
        cells.append(number)
        widths.append(min(number.natural() + 1, wide / 3))
    cells.append(setter.text(block.title, "task", heading))
    widths.append(wide - sum(widths) - 8 * len(widths))
    return Columns(cells, widths, 8)


def code(block: d.Code, setter: Setter, root: Node, levels: Levels) -> list[Item]:
    """A line to copy by hand, in a box."""
    frame = Frame(20, 16, GREY_TINT, RULE, "", 5)
    text = setter.tagged(block.text, "code", "Code", Node("P", root))
    return [Item(Panel(text, frame, whole=True), setter.gap(12))]


def rule(block: d.Rule, setter: Setter, root: Node, levels: Levels) -> list[Item]:
    """A hairline."""
    return [Item(Line(), setter.gap(12)), Item(Stack([]), setter.gap(4))]


Make = Callable[[Any, Setter, Node, Levels], list[Item]]
MAKERS: dict[type[Struct], Make] = {
    d.Heading: heading,
    d.Paragraph: paragraph,
    d.Bullets: bullets,
    d.Callout: callout,
    d.Facts: facts,
    d.Table: table,
    d.TaskCard: task,
    d.Code: code,
    d.Rule: rule,
}
