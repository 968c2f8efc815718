"""The setter: turns finished text into parts with a tag, in the faces, sizes and language of one paper."""

from collections.abc import Iterable

from desktop.reports.document import Document, Span, Words
from desktop.reports.fonts import Faces
from desktop.reports.pdf.frames import Frame
from desktop.reports.pdf.look import STYLES, TEAL, Style
from desktop.reports.pdf.parts import Columns, Item, Part, Run, Stack, Text
from desktop.reports.pdf.plain import allowed_link, visible
from desktop.reports.pdf.tagging import Node


class Setter:
    """Holds what is the same for a whole paper: faces, scale, wider lines for Chinese."""

    def __init__(self, document: Document, faces: Faces, scale: float = 1.0) -> None:
        self.faces, self.scale = faces, scale
        self.airy = 1.08 if document.lang == "zh-Hant" else 1.0

    def style(self, name: str) -> Style:
        """The named style at this paper's scale."""
        style = STYLES[name].scaled(self.scale)
        return style._replace(leading=style.leading * self.airy)

    def plain(self, text: str) -> str:
        """The text with nothing in it that cannot be drawn or may not be obeyed."""
        return visible(text, self.faces.regular.widths)

    def text(self, words: Words, style: str, node: Node | None, *, repeats: bool = False, even: bool = False) -> Text:
        """Text with its tag; links get tags of their own inside. `even`: its lines are of nearly the same length."""
        look = self.style(style)
        spans = (Span(words),) if isinstance(words, str) else words
        runs = [self._run(span, look, node) for span in spans if span.text]
        return Text(runs, look.leading, repeats=repeats, even=even)

    def _run(self, span: Span, look: Style, node: Node | None) -> Run:
        url = allowed_link(span.url) if node else ""
        face = self.faces.bold if look.bold or span.strong else self.faces.regular
        tag = Node("Link", node, later=True) if url else node
        return Run(self.plain(span.text), face, look._replace(colour=TEAL) if url else look, tag, url)

    def tagged(self, words: Words, style: str, kind: str, parent: Node, *, even: bool = False) -> Text:
        """Text in a tag of its own."""
        return self.text(words, style, Node(kind, parent), even=even)

    def running(self, words: str, room: float) -> Text:
        """One line for the top or foot of a page, ornament. What is too long ends in an ellipsis."""
        words = " ".join(words.split())
        text = self.text(words, "running", None)
        while text.natural() > room and words:
            words = words[: max(0, min(len(words) - 1, int(len(words) * room / text.natural())))]
            text = self.text(f"{words}…", "running", None)
        return text

    def gap(self, points: float) -> float:
        """A distance at this paper's scale: in a tight paper air goes first, letters after."""
        return points * (1 - (1 - self.scale) * 2.5)

    def frame(self, frame: Frame) -> Frame:
        """A box at this paper's scale."""
        return frame._replace(above=self.gap(frame.above))

    def listed(self, items: Iterable[Words], parent: Node, width: float, *, numbered: bool) -> Part:
        """A list, each item beside its sign."""
        kind = "Decimal" if numbered else "Disc"
        node = Node("L", parent, f"<</O/List/ListNumbering/{kind}>>")
        rows = []
        indent = self.gap(22 if numbered else 14)
        for at, item in enumerate(items, 1):
            entry = Node("LI", node)
            sign = self.tagged(f"{at}." if numbered else "•", "body", "Lbl", entry)
            body = self.tagged(item, "body", "LBody", entry)
            rows.append(Item(Columns([sign, body], [indent, width - indent], 0), self.gap(3.5)))
        return Stack(rows)

    def pairs(
        self, lines: Iterable[tuple[str, Words]], parent: Node, width: float, label: float, style: str, gap: float
    ) -> Stack:
        """Labels on the left, text on the right, tagged as a list of terms."""
        node = Node("L", parent)
        rows = []
        for name, words in lines:
            entry = Node("LI", node)
            term = self.tagged(name, "source-label" if style == "source" else "label", "Lbl", entry)
            cells: list[Part] = [term, self.tagged(words, style, "LBody", entry)]
            rows.append(Item(Columns(cells, [label, width - label - 12], 12), self.gap(gap)))
        return Stack(rows)
