"""The pen: draws on ReportLab's canvas, and says of each stroke which tag it belongs to or that it is only ornament.

Distances are points from the left and from the top of the page. The only place that calls the canvas while drawing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, cast

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from desktop.reports.pdf.look import PAGE_HEIGHT, TEAL, Style
from desktop.reports.pdf.objects import Objects, Raw, number_of, objects_of, pdf_text
from desktop.reports.pdf.operators import ink, point, rounded, shown
from desktop.reports.pdf.tagging import Node, Structure


class Piece(NamedTuple):
    """A stretch of one line: where it begins from the left edge of the line, how wide it is and how it is set."""

    offset: float
    width: float
    text: str
    font: str
    style: Style
    node: Node | None
    url: str


class Pen:
    """Holds the canvas, the structure and the page being drawn (from 0)."""

    def __init__(self, canvas: Canvas, structure: Structure) -> None:
        self.canvas: Any = canvas
        self.structure = structure
        self.page = 0
        self.boxes: list[str] = []
        self.entries = 0

    @contextmanager
    def content(self, node: Node | None) -> Iterator[None]:
        """What is drawn inside belongs to `node`; to nothing (an artifact) when there is none."""
        if node is None:
            self.canvas.addLiteral("/Artifact BMC")
        else:
            self.canvas.addLiteral(f"/{node.kind} <</MCID {self.structure.mark(node, self.page)}>> BDC")
        yield
        self.canvas.addLiteral("EMC")

    def line(self, x: float, y: float, x2: float, y2: float, colour: str, thick: float = 0.6) -> None:
        """A straight line, as ornament."""
        with self.content(None):
            start, end = point(x, PAGE_HEIGHT - y), point(x2, PAGE_HEIGHT - y2)
            self.canvas.addLiteral(f"{ink(colour)} RG {thick:.4g} w {start} m {end} l S")

    def box(
        self, x: float, y: float, width: float, height: float, fill: str = "", edge: str = "", radius: float = 0
    ) -> None:
        """A box with its top left corner at x, y, as ornament."""
        inks = [f"{ink(fill)} rg"] if fill else []
        inks += [f"{ink(edge)} RG 0.7 w"] if edge else []
        how = "B" if fill and edge else "f" if fill else "S"
        with self.content(None):
            path = rounded(x, PAGE_HEIGHT - y - height, width, height, radius)
            self.canvas.addLiteral(" ".join((*inks, path, how)))

    def shape(self, points: list[tuple[float, float]], fill: str) -> None:
        """A filled polygon, as ornament."""
        with self.content(None):
            path = " l ".join(point(x, PAGE_HEIGHT - y) for x, y in points).replace(" l ", " m ", 1)
            self.canvas.addLiteral(f"{ink(fill)} rg {path} l h f")

    def text(self, x: float, baselines: list[tuple[float, list[Piece]]]) -> None:
        """Lines of text, each with the distance of its baseline from the top; links become live."""
        pieces = [(y, piece) for y, line in baselines for piece in line]
        at = 0
        while at < len(pieces):
            node = pieces[at][1].node
            end = at
            while end < len(pieces) and pieces[end][1].node is node:
                end += 1
            with self.content(node):
                self._letters(x, pieces[at:end])
            at = end
        for y, piece in pieces:
            if piece.url and piece.node:
                self._link(x + piece.offset, y, piece, piece.node)
                # a link is not known by its colour alone
                under = x + piece.offset
                self.line(under, y + 1.6, under + piece.width, y + 1.6, piece.style.colour, 0.4)

    def _letters(self, x: float, pieces: list[tuple[float, Piece]]) -> None:
        doc = self.canvas._doc  # noqa: SLF001  # a face gives its characters codes file by file
        out = ["BT"]
        look = spread = face = None
        for y, piece in pieces:
            if look != (look := piece.style.colour):
                out.append(f"{ink(look)} rg")
            if spread != (spread := piece.style.spread):
                out.append(f"{spread:.4g} Tc")
            out.append(f"1 0 0 1 {point(x + piece.offset, PAGE_HEIGHT - y)} Tm")
            font: Any = getFont(piece.font)
            for part, codes in font.splitString(piece.text, doc):
                if face != (face := (piece.font, part, piece.style.size)):
                    out.append(f"{font.getSubsetInternalName(part, doc)} {piece.style.size:.4g} Tf")
                out.append(f"{shown(codes)} Tj")
        self.canvas.addLiteral("\n".join((*out, "ET")))

    def squeezed(self, x: float, y: float, piece: Piece, share: float) -> None:
        """A line of text at x, y, its letters made narrower to that share. Belongs to the content at hand."""
        self.canvas.addLiteral(f"q {share * 100:.4g} Tz")
        self._letters(x, [(y, piece)])
        self.canvas.addLiteral("Q")

    def _link(self, x: float, y: float, piece: Piece, node: Node) -> None:
        low, high = PAGE_HEIGHT - y - piece.style.size * 0.25, PAGE_HEIGHT - y + piece.style.size * 0.9
        name = f"link{len(self.structure.annotations)}"
        order = self.structure.annotate(node, self.page, name)
        address = piece.url.replace("\\", "%5C").replace("(", "\\(").replace(")", "\\)")
        says = pdf_text(f"{piece.text.strip()}: {piece.url}")
        self._annotation(
            name,
            order,
            f"/Subtype/Link/Rect[{x:.2f} {low:.2f} {x + piece.width:.2f} {high:.2f}]/Border[0 0 0]"
            f"/Contents {says}/A<</S/URI/URI({address})>>",
        )

    def tick_box(self, x: float, y: float, side: float, tip: str, node: Node, *, ticked: bool) -> None:
        """A box that can be ticked in a reader, its top left corner at x, y. `tip` is what a screen reader says."""
        name = f"tick{len(self.boxes) + 1}"
        order = self.structure.annotate(node, self.page, name)
        faces = {state: self._face(side, ticked=state == "Yes") for state in ("Yes", "Off")}
        state = "Yes" if ticked else "Off"
        low = PAGE_HEIGHT - y - side
        place = f"{x:.2f} {low:.2f} {x + side:.2f} {low + side:.2f}"
        self._annotation(
            name,
            order,
            f"/Subtype/Widget/FT/Btn/T({name})/TU {pdf_text(tip)}/V/{state}/AS/{state}/MK<<>>"
            f"/Rect[{place}]/AP<</N<</Yes {faces['Yes']}/Off {faces['Off']}>>>>",
        )
        self.boxes.append(name)

    def bookmark(self, title: str, level: int, y: float) -> None:
        """An entry of the outline (level from 0) that leads to this height of this page."""
        key = f"h{self.entries}"
        self.entries += 1
        self.canvas.bookmarkPage(key, fit="XYZ", left=0, top=PAGE_HEIGHT - y, zoom=0)
        self.canvas.addOutlineEntry(title, key, level)

    def _annotation(self, name: str, order: int, rest: str) -> None:
        """Add an annotation to this page; its key is filled in at the end, when the pages are counted."""
        objects_of(self.canvas).addAnnotation(name, Annotation(order, f"/Type/Annot/F 4{rest}"))
        self.canvas._annotatePage(name)  # noqa: SLF001  # its public doors make annotations without a place for tags

    def _face(self, side: float, *, ticked: bool) -> str:
        """The picture of a tick box, made once for each size; how to refer to it."""
        objects = objects_of(self.canvas)
        name = f"tickface{ticked:d}-{side:.2f}"
        if name not in objects.idToObject:
            objects.Reference(tick_face(side, ticked=ticked), name)
        return f"{number_of(objects, name)} 0 R"


class Annotation(Raw):
    """An annotation that learns its key in the structure once the number of pages is known."""

    def __init__(self, order: int, text: str) -> None:
        super().__init__(text)
        self.order = order

    def format(self, document: object) -> bytes:
        """What ReportLab writes into the file."""
        pages = cast("Objects", document).pageCounter - 1
        return f"<<{self.text}/StructParent {pages + self.order}>>".encode("ascii")


def tick_face(side: float, *, ticked: bool) -> PDFStream:
    """A tick box as a picture: a rounded square, with a tick in it or without."""
    code = f"1 1 1 rg {ink(TEAL)} RG 1 w {rounded(0.6, 0.6, side - 1.2, side - 1.2, side * 0.16)} b"
    if ticked:
        code += (
            f" 1.6 w 1 J 1 j {side * 0.26:.2f} {side * 0.5:.2f} m {side * 0.43:.2f} {side * 0.31:.2f} l "
            f"{side * 0.75:.2f} {side * 0.7:.2f} l S"
        )
    kind = {"Type": PDFName("XObject"), "Subtype": PDFName("Form"), "Resources": PDFDictionary({})}
    return PDFStream(PDFDictionary({**kind, "BBox": PDFArray([0, 0, side, side])}), code)
