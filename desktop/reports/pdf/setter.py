"""The setter: turns finished text into parts with a tag, in the faces, sizes and language of one paper."""

from collections.abc import Iterable

from desktop.reports.document import Document, Span, Words
from desktop.reports.fonts import Faces
from desktop.reports.pdf.frames import Frame
from desktop.reports.pdf.look import STYLES, TEAL, Style
from desktop.reports.pdf.parts import Columns, Item, Part, Run, Stack, Text
from desktop.reports.pdf.plain import allowed_link, visible
from desktop.reports.pdf.tagging import Node

# more characters than any line at the top or foot of a page can hold
_LINE = 400


class Setter:
    """Holds what is the same for a whole paper: faces, scale, wider lines for Chinese."""

    def __init__(self, document: Document, faces: Faces, scale: float = 1.0) -> None:
        self.faces, self.scale = faces, scale
        self.seen: dict[str, str] = {}
        self.lines: dict[tuple[str, float], Text] = {}
        self.airy = 1.08 if document.lang == "zh-Hant" else 1.0

    def style(self, name: str) -> Style:
        """The named style at this paper's scale."""
        # a line that is copied by hand is large enough, and had better not wrap
        style = STYLES[name].scaled(min(self.scale, 1) if name == "code" else self.scale)
        return style._replace(leading=style.leading * self.airy)

    def plain(self, text: str) -> str:
        """The text with nothing in it that cannot be drawn or may not be obeyed."""
        shown = self.seen.get(text)
        if shown is None:
            shown = self.seen[text] = visible(text, self.faces.regular.widths)
        return shown

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

    def labelled(self, label: Words, words: Words, node: Node, style: str) -> Text:
        """A label and its text in one run, tagged as an entry of a list."""
        entry = Node("LI", node)
        named = (*((Span(label),) if isinstance(label, str) else label), Span("  "))
        name = self.text(named if label else "", f"{style}-label", Node("Lbl", entry))
        said = self.text(words, style, Node("LBody", entry))
        return Text([*name.runs, *said.runs], said.leading)

    def running(self, words: str, room: float) -> Text:
        """One line for the top or foot of a page, ornament. What is too long ends in an ellipsis."""
        if (words, room) not in self.lines:
            short = " ".join(words.split())[:_LINE]
            text = self.text(short, "running", None)
            while text.natural() > room and short:
                short = short[: max(0, min(len(short) - 1, int(len(short) * room / text.natural())))]
                text = self.text(f"{short}…", "running", None)
            self.lines[words, room] = text
        return self.lines[words, room]

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
        indent = self.gap(20 if numbered else 12)
        entries = [self.entry(f"{at}." if numbered else "•", item, node, "body") for at, item in enumerate(items, 1)]
        return Stack([Item(self.beside(*entry, width, indent), self.gap(3)) for entry in entries])

    def entry(self, sign: str, words: Words, node: Node, style: str) -> tuple[Text, Text]:
        """The sign and the text of an entry of the list `node`."""
        entry = Node("LI", node)
        return self.tagged(sign, style, "Lbl", entry), self.tagged(words, style, "LBody", entry)

    @staticmethod
    def beside(sign: Text, body: Text, width: float, indent: float) -> Columns:
        """A text beside its sign, all its lines indented."""
        indent = min(max(indent, sign.natural() + 3), width / 3)
        return Columns([sign, body], [indent, width - indent], 0)

    def pairs(
        self, lines: Iterable[tuple[str, Words]], parent: Node, width: float, label: float, style: str, gap: float
    ) -> Stack:
        """Labels on the left, text on the right, tagged as a list of terms."""
        node = Node("L", parent)
        rows = []
        for name, words in lines:
            entry = Node("LI", node)
            term = self.tagged(name, "label", "Lbl", entry)
            cells: list[Part] = [term, self.tagged(words, style, "LBody", entry)]
            rows.append(Item(Columns(cells, [label, width - label - 12], 12), self.gap(gap)))
        return Stack(rows)
