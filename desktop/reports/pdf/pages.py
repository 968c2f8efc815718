"""Pages: what comes on which, and what stands above and below. Draws the cover."""

from itertools import zip_longest

from desktop.reports.document import Block, Cover, Document, DoesNotFit, Heading, Paragraph
from desktop.reports.pdf.blocks import MAKERS, Levels, Place
from desktop.reports.pdf.frames import Line, Pill
from desktop.reports.pdf.look import AMBER, BOTTOM, HEIGHT, LEFT, NIGHT, PAGE_HEIGHT, RULE, TOP, WIDTH
from desktop.reports.pdf.parts import Item, Stack, Text
from desktop.reports.pdf.pen import Pen
from desktop.reports.pdf.setter import Setter
from desktop.reports.pdf.tagging import Node

# how many paragraphs of less than this height stay with a title and with what follows
_LEADS, _SHORT = 2, 40.0


class Page:
    """What stands on one page. A cover has no header."""

    def __init__(self, body: Stack, *, cover: bool = False, foot: Text | None = None) -> None:
        self.body, self.cover, self.foot = body, cover, foot


def lay_out(document: Document, setter: Setter, root: Node) -> list[Page]:
    """All pages of a paper, with their tags under `root`. Never none."""
    pages: list[Page] = []
    run: list[Item] = []
    place = Place(setter, root, Levels())
    since = 0
    for block, following in zip_longest(document.blocks, document.blocks[1:]):
        if isinstance(block, Cover):
            pages += _flow(run)
            run = []
            pages += _cover(block, document, setter, root)
            continue
        if isinstance(block, Heading) and block.new_page:
            pages += _flow(run)
            run = []
        items = MAKERS[type(block)](block, place)
        since = 0 if isinstance(block, Heading) else since + 1
        if isinstance(block, Paragraph) and _leads(items[0], following, since):
            items[0] = items[0]._replace(keep=True)
        run += items
    return [*pages, *_flow(run)] or [Page(Stack([]))]


def _leads(paragraph: Item, following: Block | None, since: int) -> bool:
    """Whether it stays with what follows: a title with a line or two under it is still a title alone."""
    if following is None or isinstance(following, Heading):
        return False
    return since <= _LEADS and paragraph.part.height(WIDTH) < _SHORT


def _flow(items: list[Item]) -> list[Page]:
    """Items that follow each other, cut into pages."""
    pages = []
    rest = Stack(items)
    while rest.items:
        cut = rest.split(WIDTH, HEIGHT) or rest.split(WIDTH, HEIGHT, force=True)
        if cut is None:
            raise DoesNotFit("a part is taller than a page and cannot be split")
        pages.append(Page(cut[0]))
        rest = cut[1]
    return pages


def _cover(block: Cover, document: Document, setter: Setter, root: Node) -> list[Page]:
    """Business above, title in the upper third, facts under it, a note at the foot. What is too much goes on behind."""
    node = Node("Sect", root)
    items = [Item(Stack([]), 0), Item(Stack([]), 118)]
    if document.draft:
        mark = setter.tagged(document.draft, "draft", "P", node)
        items.append(Item(Pill(mark), 0))
        items.append(Item(Stack([]), 14))
    if block.business:
        items.append(Item(setter.tagged(block.business, "cover-business", "P", node), 0))
    items.append(Item(setter.tagged(block.title, "cover-title", "H1", node, even=True), 6))
    items.append(Item(Line(AMBER, 3.5, 46), 16))
    if block.subtitle:
        items.append(Item(setter.tagged(block.subtitle, "cover-subtitle", "P", node, even=True), 18))
    if block.lines:
        items.append(Item(Line(RULE), 44))
        items.append(Item(setter.pairs(block.lines, node, WIDTH, 130, "body", 7), 16))
    foot = setter.tagged(block.note, "muted", "P", node) if block.note else None
    body, room = Stack(items), HEIGHT
    if foot and foot.height(WIDTH) < HEIGHT / 4:
        room -= foot.height(WIDTH) + 20
    elif foot:
        body, foot = Stack([*items, Item(foot, 44)]), None
    cut = body.split(WIDTH, room) or body.split(WIDTH, room, force=True) or (body, Stack([]))
    return [Page(cut[0], cover=True, foot=foot), *_flow(cut[1].items)]


def draw_page(page: Page, pen: Pen, document: Document, setter: Setter, count: int) -> None:
    """The body, then header and footer as ornament."""
    if page.cover:
        pen.box(0, 0, 16, PAGE_HEIGHT, NIGHT)
        _lighthouse(pen, LEFT, TOP - 10, 34)
    page.body.draw(pen, LEFT, TOP, WIDTH)
    if page.foot:
        page.foot.draw(pen, LEFT, PAGE_HEIGHT - BOTTOM - page.foot.height(WIDTH), WIDTH)
    if not page.cover:
        _header(pen, document, setter)
        _footer(pen, document, setter, count)


def _header(pen: Pen, document: Document, setter: Setter) -> None:
    if pen.page:
        setter.running(document.title, WIDTH * 0.7).draw(pen, LEFT, 28, WIDTH)
    if document.draft:
        pill = Pill(setter.running(document.draft, WIDTH * 0.25))
        pill.draw(pen, LEFT + WIDTH - pill.wide, 24, WIDTH)
    if pen.page or document.draft:
        pen.line(LEFT, 46, LEFT + WIDTH, 46, RULE)


def _footer(pen: Pen, document: Document, setter: Setter, count: int) -> None:
    words = document.footer.replace("{page}", str(pen.page + 1)).replace("{pages}", str(count))
    number = setter.running(words, WIDTH * 0.35)
    y = PAGE_HEIGHT - 40
    setter.running(document.business, WIDTH * 0.6).draw(pen, LEFT, y, WIDTH)
    number.draw(pen, LEFT + WIDTH - number.natural(), y, WIDTH)


def _lighthouse(pen: Pen, x: float, y: float, side: float) -> None:
    """The mark of Guia: a lighthouse in a box."""
    pen.box(x, y, side, side, AMBER, "", side * 0.22)
    top, low = y + side * 0.2, y + side * 0.8
    mid = x + side / 2
    pen.shape(
        [(mid - side * 0.1, top), (mid + side * 0.1, top), (mid + side * 0.17, low), (mid - side * 0.17, low)], NIGHT
    )
