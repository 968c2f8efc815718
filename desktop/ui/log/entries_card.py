"""The entries of the trail, newest first, one page at a time: a hundred thousand never stand in memory or on it."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.storage.entries import Listed
from desktop.ui import work
from desktop.ui.desk import Desk, Place
from desktop.ui.log import spoken
from desktop.ui.parts import Button, announce, card, clear, column, label, line, row
from desktop.ui.unlock import said_of

PAGE: Final = 20


class EntriesCard(QWidget):
    """A page of entries, fetched in a worker, with the ways to the others."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._skipped = 0
        write = Button(desk.say("trail-page.write"), lambda: desk.go(Place("entry")))
        self._where = label("", "muted")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._newer = Button(desk.say("trail-page.newer"), partial(self._turn, -PAGE))
        self._older = Button(desk.say("trail-page.older"), partial(self._turn, PAGE))
        head = row(label(desk.say("trail-page.entries"), "heading"), write)
        head.setStretch(0, 1)
        turns = row(self._newer, self._older, None)
        self.setLayout(column(card(head, self._where, self._lines, turns)))
        for button in (self._newer, self._older):
            button.hide()
        self._fetch()

    def _turn(self, by: int) -> None:
        self._skipped = max(0, self._skipped + by)
        self._fetch()

    def _fetch(self) -> None:
        trail, skipped = self._desk.open.trail, self._skipped

        def fetched() -> list[Listed]:
            return trail.entries(skipped + PAGE + 1)[skipped:]

        work.run(fetched, partial(self._show, skipped), self._failed)

    def _show(self, skipped: int, found: list[Listed]) -> None:
        if not work.awaits(self) or skipped != self._skipped:
            return
        desk = self._desk
        clear(self._lines)
        for one in found[:PAGE]:
            self._lines.addWidget(_entry(desk, one))
        if found:
            first, last = found[0].entry.seq, found[:PAGE][-1].entry.seq
            said = desk.say("trail-page.shown", first=str(first), last=str(last))
        else:
            said = desk.say("log-page.empty")
        self._where.setText(said)
        if self._newer.isVisible() or self._older.isVisible():
            announce(self._where, said)
        self._enable(self._newer, self._older, there=skipped > 0)
        self._enable(self._older, self._newer, there=len(found) > PAGE)

    def _enable(self, button: Button, other: Button, *, there: bool) -> None:
        """Show a way that there is; the keyboard goes to the other one where its own is gone."""
        held = button.hasFocus()
        button.setVisible(there)
        if held and not there:
            other.show()
            other.setFocus()

    def _failed(self, error: Exception) -> None:
        if work.awaits(self):
            self._where.setText(said_of(self._desk, error))


def _entry(desk: Desk, one: Listed) -> QWidget:
    entry = one.entry
    holder = QWidget()
    title = row(
        label(spoken.act(desk, entry), "strong"),
        label(desk.say("trail-page.number", number=str(entry.seq)), "muted", wrap=False),
    )
    title.setStretch(0, 1)
    texts = [label(text) for text in (spoken.subject(desk, entry), one.note) if text]
    holder.setLayout(column(title, *texts, label(spoken.facts(desk, entry), "muted"), line(), spacing=2))
    return holder
