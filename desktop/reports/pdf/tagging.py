"""The structure of a paper for screen readers: the tree of tags, and what on which page belongs to each.

Written as PDF/UA-1 asks. Knows nothing of layout; the pen tells it what is being drawn.
"""

from collections.abc import Iterator

from desktop.reports.pdf.objects import Objects, Raw, number_of, pdf_text


class Node:
    """One tag. `kids` in reading order: nodes, (page, number) of marked content, (page, name) of an annotation.

    `alt` is said in place of what is drawn.
    """

    __slots__ = ("alt", "attributes", "kids", "kind", "number", "parent")

    def __init__(self, kind: str, parent: "Node | None" = None, attributes: str = "", *, later: bool = False) -> None:
        self.kind, self.parent, self.attributes = kind, parent, attributes
        self.kids: list[Node | tuple[int, int] | tuple[int, str]] = []
        self.number = 0
        self.alt = ""
        if parent and not later:
            parent.kids.append(self)

    def nodes(self) -> Iterator["Node"]:
        """This tag and all under it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes()


class Structure:
    """The tree as it fills while pages are drawn."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self.marks: list[list[Node]] = []
        self.annotations: list[Node] = []

    def mark(self, node: Node, page: int) -> int:
        """The number under which the next stretch of content on `page` (from 0) belongs to `node`."""
        while len(self.marks) <= page:
            self.marks.append([])
        self._attach(node)
        number = len(self.marks[page])
        self.marks[page].append(node)
        node.kids.append((page, number))
        return number

    def annotate(self, node: Node, page: int, name: str) -> int:
        """Let the annotation of that name belong to `node`; gives its order, from 0."""
        self._attach(node)
        node.kids.append((page, name))
        self.annotations.append(node)
        return len(self.annotations) - 1

    @staticmethod
    def _attach(node: Node) -> None:
        """A tag inside a line takes its place when it is first drawn, between the text before it and after it."""
        if node.parent and not node.kids and node not in node.parent.kids:
            node.parent.kids.append(node)

    def write(self, objects: Objects, pages: int) -> None:
        """Put the tree into the file. Annotation n has the key `pages` + n."""
        root = Raw("")
        tree = number_of(objects, root)
        nodes = [node for node in self.root.nodes() if node.kids or node.kind in {"TD", "TH"}]
        raws = [Raw("") for _ in nodes]
        for node, raw in zip(nodes, raws, strict=True):
            node.number = number_of(objects, raw)
        where = [number_of(objects, f"Page{page + 1}") for page in range(pages)]
        for node, raw in zip(nodes, raws, strict=True):
            raw.text = _element(node, tree, where, objects)
        rows = [f"{page} [{' '.join(f'{node.number} 0 R' for node in marks)}]" for page, marks in enumerate(self.marks)]
        rows += [f"{pages + order} {node.number} 0 R" for order, node in enumerate(self.annotations)]
        parents = number_of(objects, Raw(f"<</Nums [{' '.join(rows)}]>>"))
        root.text = (
            f"<</Type /StructTreeRoot /K {self.root.number} 0 R /ParentTree {parents} 0 R "
            f"/ParentTreeNextKey {pages + len(self.annotations)}>>"
        )
        objects.Catalog.StructTreeRoot = root
        objects.Catalog.MarkInfo = Raw("<</Marked true>>")


def _element(node: Node, tree: int, pages: list[int], objects: Objects) -> str:
    """One structure element as PDF."""
    home = next((kid[0] for kid in node.kids if not isinstance(kid, Node)), -1)
    kids = []
    for kid in node.kids:
        if isinstance(kid, Node):
            if kid.number:
                kids.append(f"{kid.number} 0 R")
        elif isinstance(kid[1], str):
            target = number_of(objects, f"Annot.{kid[1]}")
            kids.append(f"<</Type/OBJR/Obj {target} 0 R/Pg {pages[kid[0]]} 0 R>>")
        elif kid[0] == home:
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type/MCR/Pg {pages[kid[0]]} 0 R/MCID {kid[1]}>>")
    parent = node.parent.number if node.parent else tree
    place = f"/Pg {pages[home]} 0 R" if home >= 0 else ""
    attributes = f"/A {node.attributes}" if node.attributes else ""
    alt = f"/Alt {pdf_text(node.alt)}" if node.alt else ""
    return f"<</S/{node.kind}/P {parent} 0 R{place}{attributes}{alt}/K [{' '.join(kids)}]>>"
