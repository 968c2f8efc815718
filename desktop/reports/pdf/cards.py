"""A task as a card: tick box, number and title, chips, then what to do at the left and everything else beside it."""

from desktop.reports import document as d
from desktop.reports.pdf.frames import Chips, Frame, Panel, TickBox
from desktop.reports.pdf.look import HEIGHT, RULE, WHITE, WIDTH
from desktop.reports.pdf.parts import Columns, Item, Part, Stack, Text
from desktop.reports.pdf.setter import Setter
from desktop.reports.pdf.tagging import Node

_FRAME = Frame(11, 8, WHITE, RULE, "", 4)
_BETWEEN, _INDENT = 18.0, 11.0
# what the wider column may have of the room: the one of these that makes the card shortest is taken
_SHARES = (0.6, 0.54, 0.66)
_WHOLE = HEIGHT / 4.5
_FEW = 3


def card(block: d.TaskCard, setter: Setter, root: Node, level: int) -> Panel:
    """The card; its title is a heading of that level."""
    node = Node("Sect", root)
    wide = WIDTH - 2 * _FRAME.side
    head = _head(block, setter, node, wide, level)
    items = [Item(head, keep=True)]
    if block.chips:
        line = Node("P", node)
        chips = Chips([setter.text(f"{chip} ", "chip", line) for chip in block.chips])
        beside = _on_one_line(head, chips, wide)
        items = [Item(beside, keep=True)] if beside else [*items, Item(chips, setter.gap(4), keep=True)]
    if block.main[1] or block.points:
        items.append(Item(_columns(block, setter, node, wide), setter.gap(6)))
    elif block.fields:
        items.append(Item(_fields(block.fields, setter, node), setter.gap(6)))
    again = setter.running(f"{block.number}  {block.title} …", wide)
    return Panel(Stack(items), setter.frame(_FRAME), _WHOLE, again)


def _on_one_line(head: Columns, chips: Chips, wide: float) -> Columns | None:
    """Title and chips side by side where they need no second line."""
    title = head.cells[-1]
    room = chips.natural() + 0.01
    left = wide - room - _BETWEEN
    taken = wide - head.widths[-1]
    if isinstance(title, Text) and title.natural() < left - taken:
        return Columns(
            [Columns(head.cells, [*head.widths[:-1], left - taken], head.gap), chips], [left, room], _BETWEEN
        )
    return None


def _head(block: d.TaskCard, setter: Setter, node: Node, wide: float, level: int) -> Columns:
    """The first line of a card."""
    cells: list[Part] = []
    widths: list[float] = []
    if block.tick:
        cells.append(TickBox(setter.plain(block.title), Node("Form", node), ticked=block.done))
        widths.append(TickBox.SIDE)
    heading = Node(f"H{level}", node)
    if block.number:
        number = setter.text(block.number + " ", "number", heading)
        cells.append(number)
        widths.append(min(number.natural() + 1, wide / 3))
    cells.append(setter.text(block.title, "task", heading))
    widths.append(wide - sum(widths) - 7 * len(widths))
    return Columns(cells, widths, 7)


def _fields(fields: tuple[tuple[str, d.Words], ...], setter: Setter, node: Node) -> Stack:
    """Labels and texts, each in one run."""
    listed = Node("L", node)
    return Stack([Item(setter.labelled(name, said, listed, "field"), setter.gap(4)) for name, said in fields])


def _columns(block: d.TaskCard, setter: Setter, node: Node, wide: float) -> Part:
    """What to do, with its points, and beside it the fields; under it where there are hardly any points."""
    main = setter.labelled(*block.main, Node("L", node), "field")
    listed = Node("L", node)
    points = [setter.entry(sign, said, listed, "field") for sign, said in block.points]
    beside = _fields(block.fields, setter, node)
    if len(points) < _FEW:
        rows = [Item(setter.beside(*point, wide, _INDENT), setter.gap(2)) for point in points]
        return Stack([Item(main), *rows, Item(beside, setter.gap(4))])

    def at(share: float) -> Columns:
        left = (wide - _BETWEEN) * share
        rows = [Item(setter.beside(*point, left, _INDENT), setter.gap(2)) for point in points]
        return Columns([Stack([Item(main), *rows]), beside], [left, wide - _BETWEEN - left], _BETWEEN)

    return min(map(at, _SHARES), key=lambda columns: columns.height(wide))
