"""The table beside the map: the same flows, a line each, for whoever reads rather than looks."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableWidgetItem

from desktop.ui.desk import Desk
from desktop.ui.fields.rows import Table
from desktop.ui.parts import is_wide
from wizards.mapping.table import COLUMNS, Line

_SHARES: Final = {"name": 15, "people": 10, "volume": 8, "kinds": 21, "channel": 13, "leaves": 12, "route": 12}
_SHARE: Final = 11


class Twin(Table):
    """Lines of text under headings; Enter or a double click opens a line's flow.

    Where it is narrow, all but the name stand in one column, each with its heading: nine would be a letter wide.
    """

    def __init__(self, desk: Desk, name: str, opened: Callable[[str], None]) -> None:
        self._desk = desk
        self._heads: tuple[str, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._wide: bool | None = None
        super().__init__(lambda line: opened(self._lines[line].flow))
        self.setObjectName("twin")
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
        shares = [_SHARES.get(name, _SHARE) for name in COLUMNS] if wide else [1, 2]
        room = self.viewport().width()
        for place, share in enumerate(shares):
            self.setColumnWidth(place, room * share // sum(shares))
        self.fit()

    def _told(self, line: Line) -> tuple[str, str]:
        pairs = zip(self._heads[1:], line.cells[1:], strict=True)
        return line.cells[0], "\n".join(self._desk.say("map-page.pair", head=h, value=v) for h, v in pairs)

    def _fill(self, lines: Sequence[Sequence[str]]) -> None:
        heads = self._heads if self._wide else (self._heads[0], "")
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(list(heads))
        self.setRowCount(len(lines))
        for place, line in enumerate(lines):
            for cell, text in enumerate(line):
                self.setItem(place, cell, _item(text))


def _item(text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return item
