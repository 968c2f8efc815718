"""The table of rows in the window: cells that show all of their text, as tall as its lines, opened by Enter.

Knows nothing of questions or flows.
"""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop.ui.parts import Button, scale

PAD: Final = 7
_BESIDE: Final = 480
"""Pixels of a table in which the links of a row have room beside each other."""
_SHORT: Final = 9
"""Characters of a heading that stands on one line."""
Index = QModelIndex | QPersistentModelIndex


class Table(QTableWidget):
    """Rows of text and, in the last column, links; Enter opens a row. `line` is the colour of its hairlines."""

    def __init__(self, opened: Callable[[int], None], line: str) -> None:
        super().__init__()
        self._opened = opened
        self._heads: tuple[str, ...] = ()
        self.setItemDelegate(_Cell(line, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.cellDoubleClicked.connect(lambda line, _: opened(line))

    def set_heads(self, heads: Sequence[str]) -> None:
        """The headings, one a column; a long one takes two lines where its column is narrow."""
        self._heads = tuple(heads)
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(list(heads))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter opens the row at hand."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self._opened(self.currentRow())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Texts wrap anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.spread()

    def spread(self) -> None:
        """Take the width there is."""
        self.fit()

    def fit(self) -> None:
        """As tall as its rows, so that only the page scrolls."""
        self._fit_heads()
        self.resizeRowsToContents()
        for place in range(self.rowCount()):
            if (links := self.cellWidget(place, self.columnCount() - 1)) is not None:
                self.setRowHeight(place, max(self.rowHeight(place), links.sizeHint().height() + 2))
        lines = sum(self.rowHeight(place) for place in range(self.rowCount()))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + lines + 6)

    def _fit_heads(self) -> None:
        letters = self.horizontalHeader().fontMetrics()
        fitting = [
            head if letters.horizontalAdvance(head) + 2 * PAD + 8 <= self.columnWidth(place) else _in_two(head)
            for place, head in enumerate(self._heads)
        ]
        if fitting:
            self.setHorizontalHeaderLabels(fitting)


class RowTable(Table):
    """A table of texts with links at the end of each line, its columns as wide as their texts need.

    Where there is no room for the longest words, a line stands in one column, each text with its heading (`pair`).
    """

    def __init__(self, opened: Callable[[int], None], line: str, pair: Callable[[str, str], str]) -> None:
        self._lines: list[Sequence[str]] = []
        self._pair = pair
        super().__init__(opened, line)

    def show_lines(self, heads: Sequence[str], lines: Sequence[tuple[Sequence[str], "Links"]]) -> None:
        """Show these lines under these headings."""
        self.set_heads([*heads, ""])
        self._lines = [texts for texts, _ in lines]
        self.setRowCount(len(lines))
        for row, (texts, links) in enumerate(lines):
            for place, text in enumerate(texts):
                self.setItem(row, place, QTableWidgetItem(text))
            self.setCellWidget(row, len(heads), links)
        self.spread()

    def spread(self) -> None:
        """Share the width out: each column has room for its longest word, the rest goes by need."""
        last = self.columnCount() - 1
        if last < 1:
            return
        beside = self.width() >= _BESIDE * scale()
        links = self.findChildren(Links)
        for found in links:
            found.spread(beside=beside)
        end = max((found.sizeHint().width() for found in links), default=0)
        room = self.viewport().width() - end
        least, most = zip(*map(self._widths, range(last)), strict=True)
        self._tell(together=sum(least) > room)
        wish = [wide - narrow for narrow, wide in zip(least, most, strict=True)]
        for place, narrow in enumerate(least):
            self.setColumnWidth(place, narrow + (room - sum(least)) * (wish[place] + 1) // (sum(wish) + last))
        if sum(least) > room:
            self.setColumnWidth(0, room)
        self.setColumnWidth(last, end)
        self.fit()

    def _tell(self, *, together: bool) -> None:
        for row, (name, *others) in enumerate(self._lines):
            pairs = [self._pair(head, text) for head, text in zip(self._heads[1:-1], others, strict=True) if text]
            if (cell := self.item(row, 0)) is not None:
                cell.setText("\n".join([name, *pairs]) if together else name)
        for place in range(1, self.columnCount() - 1):
            self.setColumnHidden(place, together)

    def _widths(self, place: int) -> tuple[int, int]:
        """Of a column: its longest word, and its longest text on one line."""
        letters, heads = self.fontMetrics(), self.horizontalHeader().fontMetrics()
        texts = [line[place] for line in self._lines]
        words = [_piece(word) for text in texts for word in text.split()]
        least = max((letters.horizontalAdvance(word) for word in words), default=0)
        most = max((letters.horizontalAdvance(text) for text in texts), default=0)
        head = max((heads.horizontalAdvance(_piece(word)) for word in self._heads[place].split()), default=0)
        return max(least, head) + 2 * PAD + 4, max(least, most, head) + 2 * PAD + 4


class Links(QWidget):
    """What can be done with a row."""

    def __init__(self, *links: Button) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(PAD, 0, PAD, 0)
        for link in links:
            self._row.addWidget(link)
        self.spread(beside=True)

    def spread(self, *, beside: bool) -> None:
        """Beside each other, or one under the other."""
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._row.setSpacing(14 if beside else 0)


class _Cell(QStyledItemDelegate):
    """A cell whose whole text is shown, on as many lines as it takes; a hairline parts it from the next."""

    def __init__(self, line: str, table: QTableWidget) -> None:
        super().__init__(table)
        self._table, self._line = table, QColor(line)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  # Qt's name
        """As high as the text needs at the width of its column."""
        width = self._table.columnWidth(index.column()) - 2 * PAD
        _, high = _laid(str(index.data() or ""), option.font, width)
        return QSize(width, round(high) + 2 * PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The text, on the ground of a chosen line where it is one."""
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.highlight())
        painter.setPen(self._line)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.setPen(option.palette.text().color())
        text, _ = _laid(str(index.data() or ""), option.font, option.rect.width() - 2 * PAD)
        text.draw(painter, QPointF(option.rect.x() + PAD, option.rect.y() + PAD))
        painter.restore()


def _piece(word: str) -> str:
    """What of a word stays on one line: Chinese breaks anywhere, and a name may be endless."""
    return word[: 4 if word > "⺀" else 16]


def _laid(text: str, font: QFont, width: float) -> tuple[QTextLayout, float]:
    """The text in lines of that width, and how high they are; a word that is longer is broken.

    Where it has several paragraphs, the first is what the others tell of.
    """
    wrapped = QTextOption()
    wrapped.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font)
    layout.setTextOption(wrapped)
    name = QTextLayout.FormatRange()
    name.start, name.length = 0, max(text.find("\n"), 0)
    name.format.setFontWeight(QFont.Weight.Bold)
    layout.setFormats([name])
    layout.beginLayout()
    high = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, high))
        high += line.height()
    layout.endLayout()
    return layout, high


def _in_two(head: str) -> str:
    """A heading of several words on two lines, broken nearest to its middle."""
    blanks = [place for place, char in enumerate(head) if char == " "]
    if len(head) < _SHORT or not blanks:
        return head
    middle = min(blanks, key=lambda place: abs(place - len(head) / 2))
    return f"{head[:middle]}\n{head[middle + 1 :]}"
