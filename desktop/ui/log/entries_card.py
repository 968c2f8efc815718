"""The entries of the trail, newest first, one page at a time: a hundred thousand never stand in memory or on it."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.reports.entries_said import Naming, Said
from desktop.storage.entries import Listed
from desktop.ui import work
from desktop.ui.desk import Desk, Place
from desktop.ui.log.pair import Pair
from desktop.ui.parts import Button, announce, beside, card, clear, column, label, line, scale
from desktop.ui.unlock import said_of

PAGE: Final = 15
_NEWEST: Final = 2**62
"""No entry has a number like this one; all are below it."""


class EntriesCard(QWidget):
    """A page of entries, fetched in a worker, with the ways to the others."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._before = self._lowest = _NEWEST
        self._asked = False
        self.write = Button(desk.say("trail-page.write"), lambda: desk.go(Place("entry")))
        self._where = label("", "muted")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._newest = Button(desk.say("trail-page.newest"), lambda: self._turn(_NEWEST))
        self._older = Button(desk.say("trail-page.older"), lambda: self._turn(self._lowest))
        self._number = QLineEdit()
        self._number.setAccessibleName(desk.say("trail-page.go-to"))
        self._number.setPlaceholderText(desk.say("trail-page.go-to"))
        self._number.setMaximumWidth(round(260 * scale()))
        self._number.returnPressed.connect(self._go_to)
        head = Pair(label(desk.say("trail-page.entries"), "heading"), self.write)
        turns = Pair(self._older, self._newest, apart=False)
        self.setLayout(column(card(head, self._where, self._lines, turns, self._number)))
        for widget in (self._newest, self._older, self._number):
            widget.hide()
        self._fetch()

    def refresh(self) -> None:
        """Show the page at hand again: the trail has grown."""
        self._fetch()

    def _go_to(self) -> None:
        typed = self._number.text().strip()
        if typed.isdecimal() and len(typed) < 12:
            self._turn(int(typed) + 1)

    def _turn(self, before: int) -> None:
        self._before, self._asked = before, True
        self._fetch()

    def _fetch(self) -> None:
        trail, before = self._desk.open.trail, self._before
        work.run(lambda: trail.entries(PAGE + 1, before), partial(self._show, before), self._failed)

    def _show(self, before: int, found: list[Listed]) -> None:
        if not work.awaits(self) or before != self._before:
            return
        shown, desk = found[:PAGE], self._desk
        clear(self._lines)
        naming = Naming(desk.open.bank, desk.voice, lambda: desk.open.plan().tasks)
        for one in shown:
            self._lines.addWidget(_entry(desk, naming.said(one.entry), one))
        if shown:
            self._lowest = shown[-1].entry.seq
            said = desk.say("trail-page.shown", first=str(shown[0].entry.seq), last=str(self._lowest))
        else:
            said = desk.say("trail-page.none-there" if self._asked else "log-page.empty")
        self._where.setText(said)
        if self._asked:
            announce(self._where, said)
        self._offer(self._older, self._newest, there=len(found) > PAGE)
        self._offer(self._newest, self._older, there=before != _NEWEST)
        self._number.setVisible(len(found) > PAGE or before != _NEWEST)

    def _offer(self, button: Button, other: Button, *, there: bool) -> None:
        """Show a way that there is; the keyboard goes to the other one where its own is gone."""
        held = button.hasFocus()
        if held and not there:
            other.show()
            other.setFocus()
        button.setVisible(there)

    def _failed(self, error: Exception) -> None:
        if work.awaits(self):
            self._where.setText(said_of(self._desk, error))


def _entry(desk: Desk, said: Said, one: Listed) -> QWidget:
    holder = QWidget()
    number = label(desk.say("trail-page.number", number=str(one.entry.seq)), "muted", wrap=False)
    title = beside(label(said.act, "strong"), number)
    texts = [label(text) for text in (said.subject, one.note) if text]
    holder.setLayout(column(title, *texts, label(said.facts, "muted"), line(), spacing=2))
    return holder
