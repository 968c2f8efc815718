"""Rows: a table of what is there, the sector's usual rows to confirm, and a form that keeps a row as it is typed."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QScrollArea,
    QTableWidget,
    QWidget,
)

from desktop import clock
from desktop.storage.faults import VaultError
from desktop.storage.values import ABSENT
from desktop.ui import fields
from desktop.ui.advice import recommended
from desktop.ui.desk import Desk, Place
from desktop.ui.fields.choices import Box
from desktop.ui.fields.table import Links, RowTable
from desktop.ui.parts import Button, announce, card, clear, column, label, row
from desktop.ui.unlock import said_of
from wizards.content.shapes import Column, Question
from wizards.interview.answers import Row, Value, named, rows
from wizards.interview.mistakes import MOST_ROWS
from wizards.interview.situation import Situation
from wizards.interview.truth import holds
from wizards.mapping.flow import Flow, flow_of
from wizards.planning import spoken

if TYPE_CHECKING:
    from desktop.ui.fields.field import Field


class Rows(QWidget):
    """The table of a rows question. Keeps each change itself, through the session; `changed` is called after."""

    def __init__(self, desk: Desk, question: Question, changed: Callable[[], None]) -> None:
        super().__init__()
        self._desk, self._question, self._changed = desk, question, changed
        self._layout = column(spacing=12)
        self.setLayout(self._layout)
        self._first: QWidget = self
        self._form: RowForm | None = None
        self._came_for = ""
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._bring)
        self.show_table()

    def first(self) -> QWidget:
        """Where the keyboard starts."""
        return self._first

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """A form that was opened before the page was shown is brought into view once there is a page."""
        super().showEvent(event)
        if self._came_for:
            self._settled.start()

    def commit(self) -> bool:
        """Keep what is typed in an open form."""
        return self._form.commit() if self._form is not None else True

    def show_table(self) -> None:
        """The table, the suggestions and the buttons."""
        clear(self._layout)
        self._form = None
        desk, session = self._desk, self._desk.open
        given = rows(session.answers, self._question.id)
        table = self._table(given) if given else None
        if table is not None:
            self._layout.addWidget(table)
        self._add = add = Button(desk.say("rows.add"), lambda: self.open_row({}))
        self._offers: list[QWidget] = []
        room = MOST_ROWS - len(given)
        add.setEnabled(room > 0)
        if room <= 0:
            self._layout.addWidget(label(desk.say("rows.full", limit=str(MOST_ROWS)), "muted"))
        offered = session.suggestions(self._question.id, desk.lang) if room > 0 else []
        if 1 < len(offered) <= room:
            self._layout.addWidget(self._all(len(offered)))
        for suggested in offered:
            self._layout.addWidget(self._suggestion(suggested))
        self._first = next(iter(self._offers), table if table is not None and room <= 0 else add)
        self._layout.addLayout(row(add, None))
        if not given:
            said = session.answers.get(self._question.id, ABSENT)
            self._layout.addWidget(self._only(desk.say("rows.none"), checked=said == [], value=[]))
            self._layout.addWidget(self._only(desk.say("answer.unknown"), checked=said is None, value=None))

    def open_row(self, start: dict[str, Any]) -> None:
        """The form for one row."""
        self._let_go()
        clear(self._layout)
        self._form = RowForm(self._desk, self._question, start, self._changed, self._closed)
        self._layout.addWidget(self._form)
        self._form.start()
        self._settled.start()

    def open_cell(self, cell: str, row_id: str) -> None:
        """The form for the row of that id, at one cell; when it is done the owner returns to the flow's page."""
        start = next((one for one in rows(self._desk.open.answers, self._question.id) if one["id"] == row_id), None)
        if start is not None:
            self._came_for = row_id
            self.open_row(dict(start))
            if self._form is not None:
                self._first = self._form.start(cell)
                self._form.end_at(cell)

    def _table(self, given: tuple[Row, ...]) -> QTableWidget:
        desk = self._desk
        shown = [c for c in self._question.columns if c.shown]
        table = RowTable(
            lambda line: self.open_row(dict(given[line])),
            desk.colours.line,
            lambda head, value: desk.say("map-page.pair", head=head, value=value),
        )
        table.setAccessibleName(desk.text(self._question.text))
        yes_no, unknown = {True: desk.say("answer.yes"), False: desk.say("answer.no")}, desk.say("found.unknown")
        lines = []
        for one in given:
            texts = [
                self._place_name(one, col) or spoken.answer(col, self._cell(one, col), desk.lang, unknown, yes_no)
                for col in shown
            ]
            change = Button(desk.say("rows.change"), partial(self.open_row, dict(one)), kind="link")
            change.setAccessibleName(desk.say("rows.change-named", name=named(one)))
            lines.append((texts, self._links(one, change)))
        table.show_lines([desk.text(col.text).rstrip("?？") for col in shown], lines)
        return table

    def _links(self, given: Row, change: Button) -> Links:
        """What can be done with a row; a flow has a page of its own with its route."""
        if self._question.id != "flows":
            return Links(change)
        desk = self._desk
        route = Button(desk.say("flow.route"), lambda: desk.go(Place("flow", str(given["id"]))), kind="link")
        route.setAccessibleName(desk.say("flow.route-named", name=named(given)))
        return Links(change, route)

    def _cell(self, given: Row, col: Column) -> Value:
        """The cell; a place that was left open comes from the answer on where DingTalk keeps its data."""
        return self._flow(given).place if self._is_place(col) else given.get(col.id)

    def _place_name(self, given: Row, col: Column) -> str:
        """What the owner calls a place that Guia has no name for; "" for any other cell."""
        return self._flow(given).place_name if self._is_place(col) else ""

    def _is_place(self, col: Column) -> bool:
        return self._question.id == "flows" and col.id == "place"

    def _flow(self, given: Row) -> Flow:
        session = self._desk.open
        return flow_of(session.bank, session.answers, given)

    def _all(self, count: int) -> QWidget:
        """Every suggestion at once. They stand below it to be read first, and in the table to be changed after."""
        desk, question = self._desk, self._question

        def take() -> None:
            desk.open.take_all(question.id, desk.lang)
            self._after()

        button = Button(desk.say("suggestions.all", count=str(count)), take)
        return card(label(desk.say("suggestions.lead"), "muted"), row(button, None), spacing=8)

    def _suggestion(self, suggested: dict[str, Any]) -> QWidget:
        desk, question, session = self._desk, self._question, self._desk.open

        def take() -> None:
            session.put_row(question.id, suggested)
            self._after()

        def drop() -> None:
            session.dismiss(question.id, suggested["origin"])
            self._after()

        name = str(suggested["name"])
        yes = {True: desk.say("answer.yes"), False: desk.say("answer.no")}
        details = [
            spoken.answer(c, suggested[c.id], desk.lang, "?", yes)
            for c in question.columns
            if c.id in suggested and c.id in {"people", "kinds", "channel", "place", "reads"}
        ]
        buttons = [
            Button(desk.say("rows.take"), take),
            Button(desk.say("rows.take-changed"), lambda: self.open_row(suggested)),
            Button(desk.say("rows.drop"), drop),
        ]
        self._offers.append(buttons[0])
        for button in buttons:
            button.setAccessibleName(f"{button.words.text()}: {name}")
        return card(label(name, "strong"), label(" · ".join(details), "muted"), row(*buttons, None), spacing=6)

    def _only(self, text: str, *, checked: bool, value: Value) -> Box:
        box = Box(text)
        box.setChecked(checked)

        def told() -> None:
            try:
                self._desk.open.answer(self._question.id, value if box.isChecked() else ABSENT)
            except VaultError:
                box.setChecked(checked)  # the window says what happened
                raise
            self._after()
            self._add.setFocus()  # the boxes stand below it

        box.clicked.connect(told)
        return box

    def _after(self) -> None:
        self._changed()
        self._closed()

    def _closed(self) -> None:
        self._let_go()
        given = rows(self._desk.open.answers, self._question.id)
        if self._came_for and any(one["id"] == self._came_for for one in given):
            self._desk.go(Place("flow", self._came_for))
            return
        self._came_for = ""
        self.show_table()
        self._first.setFocus()
        self._settled.start()

    def _let_go(self) -> None:
        if (held := self.focusWidget()) is not None:
            held.clearFocus()  # else hiding it hands the keyboard on, and the page runs after it to its end

    def _bring(self) -> None:
        held, above = self.focusWidget(), self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and held is not None:
            _lay_out(above, held)
            above.ensureWidgetVisible(held, 0, 120)


def _lay_out(above: QWidget, held: QWidget) -> None:
    """Settle where `held` stands now: a page that was just shown lays its inner parts out only later."""
    chain: list[QWidget] = []
    within = held.parentWidget()
    while within is not None and within is not above:
        chain.append(within)
        within = within.parentWidget()
    for widget in reversed(chain):
        if (layout := widget.layout()) is not None:
            layout.activate()


class RowForm(QWidget):
    """One row, cell by cell; each is kept when given. Cells that do not apply wait, their values are kept."""

    def __init__(
        self,
        desk: Desk,
        question: Question,
        start: dict[str, Any],
        changed: Callable[[], None],
        done: Callable[[], None],
    ) -> None:
        super().__init__()
        self._desk, self._question, self._row, self._changed, self._done = desk, question, start, changed, done
        self._fields: dict[str, Field] = {}
        self._advice: QLabel | None = None
        self._kept = True
        self._layout = column(spacing=14)
        self.setLayout(self._layout)
        self._cells = column(spacing=14)
        self._layout.addLayout(self._cells)
        finish = Button(desk.say("rows.done"), self._finish, kind="primary")
        remove = Button(desk.say("rows.remove"), self._remove)
        remove.setEnabled("id" in start)
        self._remove_button = remove
        self._problem = label("", "error")
        self._problem.hide()
        self._layout.addWidget(self._problem)
        self._layout.addLayout(row(finish, remove, None))
        self._show()

    def start(self, cell: str = "") -> QWidget:
        """Put the keyboard into a cell, or into the first; where it is now."""
        field = self._fields.get(cell) or next(iter(self._fields.values()))
        field.first().setFocus()
        return field.first()

    def end_at(self, cell: str) -> None:
        """Who came for one cell is done below it, and need not pass all others."""
        holder = self._fields[cell].parentWidget() if cell in self._fields else None
        within = holder.layout() if holder is not None else None
        if within is not None:
            within.addWidget(Button(self._desk.say("rows.done-to-flow"), self._finish, kind="link"))

    def commit(self) -> bool:
        """Keep what is typed, and try again what the disk did not take."""
        return all(field.commit() for field in list(self._fields.values())) and (self._kept or self._keep())

    def _show(self) -> None:
        """Bring the cells that apply, in order, without touching those that stand already."""
        session = self._desk.open
        situation = Situation(session.bank, session.answers, clock.today())
        place = 0
        for cell in self._question.columns:
            wanted = holds(cell.when, situation, self._question.id, self._row).value is True
            if cell.id in self._fields and not wanted:
                holder = self._fields.pop(cell.id).parentWidget()
                if holder is not None:
                    holder.hide()
                    self._cells.removeWidget(holder)
                    holder.deleteLater()
            elif cell.id not in self._fields and wanted:
                self._cells.insertWidget(place, self._cell(cell))
            place += wanted
        if self._advice is not None:
            self._advice.setText(recommended(self._desk, self._row))

    def _cell(self, cell: Column) -> QWidget:
        field = fields.make(self._desk, cell, self._row.get(cell.id), answered=cell.id in self._row)
        field.given.connect(lambda value: self._given(cell.id, value))
        self._fields[cell.id] = field
        field.setProperty("cell", cell.id)
        holder = QWidget()
        hint = label(self._desk.text(cell.hint), "muted") if cell.hint else None
        parts = [label(self._desk.text(cell.text), "strong"), *([hint] if hint else []), field]
        if (self._question.id, cell.id) == ("flows", "tier"):
            self._advice = label("", "muted")
            parts.insert(-1, self._advice)
        holder.setLayout(column(*parts, spacing=5))
        return holder

    def _given(self, cell: str, value: Value) -> None:
        if value is ABSENT:
            self._row.pop(cell, None)
        else:
            self._row[cell] = value
        if not any(key not in {"id", "origin"} for key in self._row):
            return
        if self._keep():
            self._show()

    def _keep(self) -> bool:
        """Keep the row; False, with a message, where the disk did not take it. It stays in the form."""
        try:
            self._row["id"] = self._desk.open.put_row(self._question.id, self._row)
        except VaultError as error:
            self._kept = False
            self._problem.setText(said_of(self._desk, error))
            self._problem.show()
            announce(self._problem, self._problem.text())
            return False
        self._kept = True
        self._problem.hide()
        self._remove_button.setEnabled(True)
        self._changed()
        return True

    def _finish(self) -> None:
        if self.commit() and ("id" in self._row or "origin" not in self._row or self._keep()):
            self._done()

    def _remove(self) -> None:
        self._desk.open.remove_row(self._question.id, str(self._row["id"]))
        self._changed()
        self._done()
