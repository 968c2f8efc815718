"""Which sheet, which row of headings, which column is what: as Guia found it, for the owner to correct."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout

from desktop.ui.desk import Desk
from desktop.ui.parts import chooser, column, label
from wizards.mapping.cells import Sheet, place
from wizards.mapping.lists import table
from wizards.mapping.lists.table import Layout
from wizards.mapping.lists.vocabulary import Role, Vocabulary

_ROLES: Final[tuple[Role, ...]] = ("name", "mobile", "phone", "code", "email", "user-id")
_MOST: Final = 40
"""Characters of a heading that are shown."""


class ColumnsCard(QFrame):
    """Each correction is handed over at once; whoever counts shows the card anew."""

    def __init__(
        self,
        desk: Desk,
        sheets: Sequence[Sheet],
        tables: tuple[Layout, ...],
        words: Vocabulary,
        corrected: Callable[[tuple[Layout, ...]], object],
    ) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk, self._sheets, self._tables = desk, sheets, tables
        self._words, self._corrected = words, corrected
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 5)
        self._grid.setVerticalSpacing(8)
        heading = label(desk.say("roster.columns"), "heading")
        self.setLayout(column(heading, label(desk.say("roster.columns-how"), "muted"), self._grid, margins=20))
        if len(sheets) > 1:
            self._add(desk.say("roster.sheet"), self._sheet_chooser())
        if len(tables) == 1:
            self._add(desk.say("roster.header"), self._header_chooser(tables[0]))
            for role in _ROLES:
                self._add(desk.say(f"roster.role-{role}"), self._column_chooser(tables[0], role))

    def _add(self, name: str, box: QComboBox) -> None:
        line = self._grid.rowCount()
        box.setAccessibleName(name)
        self._grid.addWidget(label(name), line, 0)
        self._grid.addWidget(box, line, 1)

    def _chooser(self, options: Sequence[tuple[str, object]], chosen: object) -> QComboBox:
        """A list that stands at what is chosen, before it tells of changes."""
        box = chooser("")
        for said, value in options:
            box.addItem(said, value)
        box.setCurrentIndex(next((n for n, (_, value) in enumerate(options) if value == chosen), 0))
        return box

    def _sheet_chooser(self) -> QComboBox:
        every = [n for n, sheet in enumerate(self._sheets) if sheet.rows]
        options: list[tuple[str, object]] = [(self._sheets[n].name, n) for n in every]
        options.insert(0, (self._desk.say("roster.all-sheets"), -1))
        box = self._chooser(options, self._tables[0].sheet if len(self._tables) == 1 else -1)
        box.activated.connect(lambda _: self._take_sheet(int(box.currentData())))
        return box

    def _take_sheet(self, number: int) -> None:
        shown = [number] if number >= 0 else [n for n, sheet in enumerate(self._sheets) if not sheet.hidden]
        found = [(n, table.find(self._sheets[n], n, self._words)) for n in shown]
        if number >= 0:
            made = found[0][1] or table.on_row(self._sheets[number], number, 0, self._words)
            self._corrected((made,))
        elif tables := tuple(layout for _, layout in found if layout is not None):
            self._corrected(tables)

    def _header_chooser(self, layout: Layout) -> QComboBox:
        sheet = self._sheets[layout.sheet]
        options: list[tuple[str, object]] = [(self._desk.say("roster.no-headings"), table.NO_HEADINGS)]
        for number in range(min(table.FIRST_ROWS, len(sheet.rows))):
            said = " · ".join(dict.fromkeys(head for head in table.headings(sheet, number) if head))
            options.append((f"{number + 1}: {said[:_MOST]}", number))
        box = self._chooser(options, layout.header)
        box.activated.connect(
            lambda _: self._corrected((table.on_row(sheet, layout.sheet, int(box.currentData()), self._words),))
        )
        return box

    def _column_chooser(self, layout: Layout, role: Role) -> QComboBox:
        sheet = self._sheets[layout.sheet]
        heads = table.headings(sheet, layout.header)
        first = max(0, layout.header)
        wide = max((len(one) for one in sheet.rows[first : first + 20]), default=0)
        options: list[tuple[str, object]] = [(self._desk.say("roster.no-such-column"), None)]
        for number in range(wide):
            letters = place(0, number)[:-1]
            head = heads[number][:_MOST] if number < len(heads) else ""
            options.append((f"{letters}: {head}" if head else letters, number))
        box = self._chooser(options, layout.columns.get(role))
        box.activated.connect(partial(self._take_column, layout, role, box))
        return box

    def _take_column(self, layout: Layout, role: Role, box: QComboBox, _: int) -> None:
        chosen = box.currentData()
        self._corrected((layout.given(role, None if chosen is None else int(chosen)),))
