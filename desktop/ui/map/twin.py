"""The table beside the map: the same flows, a line each, for whoever reads rather than looks."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QTableWidgetItem

from desktop.ui.desk import Desk
from desktop.ui.fields.table import Table
from desktop.ui.parts import is_wide
from wizards.mapping.listing import COLUMNS, Line

_SHARES: Final = {"name": 14, "people": 10, "volume": 9, "kinds": 18, "channel": 13}
_SHARE: Final = 11


class Twin(Table):
    """Lines of text under headings; Enter or a double click opens a line's flow.

    Where it is narrow, all of a line stands in one column, each with its heading: nine would be a letter wide.
    """

    def __init__(self, desk: Desk, name: str, opened: Callable[[str], None]) -> None:
        self._desk = desk
        self._names: tuple[str, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._wide: bool | None = None
        super().__init__(lambda line: opened(self._lines[line].flow), desk.colours.line)
        self.setObjectName("twin")
        self.setAccessibleName(name)

    def show_lines(self, heads: tuple[str, ...], lines: tuple[Line, ...]) -> None:
        """Show these lines from now on."""
        self._names, self._lines, self._wide = heads, lines, None
        self.spread()

    def spread(self) -> None:
        """Nine columns, or one; texts wrap anew."""
        wide = is_wide(self.width())
        if wide != self._wide:
            self._wide = wide
            self._fill([line.cells for line in self._lines] if wide else [self._told(line) for line in self._lines])
        shares = [_SHARES.get(name, _SHARE) for name in COLUMNS] if wide else [1]
        room = self.viewport().width()
        for place, share in enumerate(shares):
            self.setColumnWidth(place, room * share // sum(shares))
        self.fit()

    def _told(self, line: Line) -> tuple[str]:
        pairs = zip(self._names[1:], line.cells[1:], strict=True)
        return ("\n".join([line.cells[0], *(self._desk.say("map-page.pair", head=h, value=v) for h, v in pairs)]),)

    def _fill(self, lines: Sequence[Sequence[str]]) -> None:
        self.set_heads(self._names if self._wide else self._names[:1])
        self.setRowCount(len(lines))
        for place, line in enumerate(lines):
            for cell, text in enumerate(line):
                self.setItem(place, cell, QTableWidgetItem(text))
