"""The table beside the map: the same flows, a line each, for whoever reads rather than looks."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableWidget, QTableWidgetItem

from desktop.ui.desk import Desk
from desktop.ui.fields.rows import Table
from desktop.ui.parts import is_wide
from wizards.mapping.listing import COLUMNS, Line

_SHARES: Final = {"name": 14, "people": 10, "volume": 9, "kinds": 18, "channel": 13}
_SHARE: Final = 11
_PAD: Final = 7
_SHORT: Final = 9
"""Characters of a heading that stands on one line."""
_Index = QModelIndex | QPersistentModelIndex


class Twin(Table):
    """Lines of text under headings; Enter or a double click opens a line's flow.

    Where it is narrow, all of a line stands in one column, each with its heading: nine would be a letter wide.
    """

    def __init__(self, desk: Desk, name: str, opened: Callable[[str], None]) -> None:
        self._desk = desk
        self._heads: tuple[str, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._wide: bool | None = None
        super().__init__(lambda line: opened(self._lines[line].flow))
        self.setObjectName("twin")
        self.setItemDelegate(_Cell(desk.colours.line, self))
        self.setAccessibleName(name)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_lines(self, heads: tuple[str, ...], lines: tuple[Line, ...]) -> None:
        """Show these lines from now on."""
        self._heads, self._lines, self._wide = heads, lines, None
        self._spread()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Texts wrap anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._spread()

    def _spread(self) -> None:
        wide = is_wide(self.width())
        if wide != self._wide:
            self._wide = wide
            self._fill([line.cells for line in self._lines] if wide else [self._told(line) for line in self._lines])
        shares = [_SHARES.get(name, _SHARE) for name in COLUMNS] if wide else [1]
        room = self.viewport().width()
        for place, share in enumerate(shares):
            self.setColumnWidth(place, room * share // sum(shares))
        self.fit()

    def fit(self) -> None:
        """As tall as its lines; the head may be of two."""
        self.resizeRowsToContents()
        lines = sum(self.rowHeight(place) for place in range(self.rowCount()))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + lines + 6)

    def _told(self, line: Line) -> tuple[str]:
        pairs = zip(self._heads[1:], line.cells[1:], strict=True)
        return ("\n".join([line.cells[0], *(self._desk.say("map-page.pair", head=h, value=v) for h, v in pairs)]),)

    def _fill(self, lines: Sequence[Sequence[str]]) -> None:
        heads = tuple(map(_in_two, self._heads)) if self._wide else self._heads[:1]
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(list(heads))
        self.setRowCount(len(lines))
        for place, line in enumerate(lines):
            for cell, text in enumerate(line):
                self.setItem(place, cell, QTableWidgetItem(text))


class _Cell(QStyledItemDelegate):
    """A cell whose whole text is shown, on as many lines as it takes; a hairline parts it from the next."""

    def __init__(self, line: str, table: QTableWidget) -> None:
        super().__init__(table)
        self._table, self._line = table, QColor(line)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802  # Qt's name
        """As high as the text needs at the width of its column."""
        width = self._table.columnWidth(index.column()) - 2 * _PAD
        _, high = _laid(str(index.data()), option.font, width)
        return QSize(width, round(high) + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The text, on the ground of a chosen line where it is one."""
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.highlight())
        painter.setPen(self._line)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.setPen(option.palette.text().color())
        text, _ = _laid(str(index.data()), option.font, option.rect.width() - 2 * _PAD)
        text.draw(painter, QPointF(option.rect.x() + _PAD, option.rect.y() + _PAD))
        painter.restore()


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
