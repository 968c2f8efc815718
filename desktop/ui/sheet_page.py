"""A spreadsheet of the flows comes back: its mistakes by cell, or what it changes, before anything is kept.

What is taken over is one change, and Undo takes all of it back.
"""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget
from shiboken6 import isValid

from desktop.ui import work
from desktop.ui.desk import Desk, Place
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, clear, column, label, row
from desktop.ui.sheet_found import Found, sentence
from desktop.ui.sheet_out import flows_page
from desktop.ui.unlock import said_of
from wizards.interview.mistakes import Unreadable

if TYPE_CHECKING:
    from wizards.mapping.sheet_back import Back

_SHOWN: Final = 60
"""Mistakes that are listed; of the others the number."""
_GLANCE: Final = 100
"""Milliseconds between two looks at how far the reading is."""


class SheetPage(Page):
    """`of` is the file that was chosen, "" before."""

    def __init__(self, desk: Desk, of: str) -> None:
        super().__init__(desk.say("sheet.page"), desk.say("sheet.over"))
        self._desk = desk
        self._unwanted = threading.Event()
        self._share = 0.0
        self._body = column(spacing=14)
        self.main.addLayout(self._body)
        self.destroyed.connect(self._unwanted.set)
        if of:
            self._read(Path(of))
        else:
            self._ask()

    # Choosing and reading -------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        choose = Button(self._desk.say("sheet.choose"), self._choose, kind="primary")
        self.first(choose)
        self._body.addWidget(card(label(self._desk.say("sheet.lead")), row(choose, self._leave(), None)))

    def _leave(self) -> Button:
        return Button(self._desk.say("sheet.back-to"), lambda: self._desk.go(flows_page(self._desk)))

    def _again(self) -> Button:
        return Button(self._desk.say("sheet.another"), self._choose)

    def _choose(self) -> None:
        desk = self._desk
        kinds = "Excel, LibreOffice (*.xlsx *.ods *.xls *.csv)"
        chosen, _ = QFileDialog.getOpenFileName(self, desk.say("sheet.choose"), str(Path.home()), kinds)
        if chosen:
            desk.go(Place("sheet", chosen))

    def _read(self, file: Path) -> None:
        """Read in a worker; a bar shows how far it is, and Cancel gives it up."""
        desk = self._desk
        bank, words, lang = desk.open.bank, desk.words, desk.lang
        bar = QProgressBar()
        bar.setRange(0, 100)
        bar.setTextVisible(False)
        bar.setAccessibleName(desk.say("sheet.reading", file=file.name))
        cancel = Button(desk.say("sheet.cancel"), lambda: desk.go(Place("sheet")))
        self.first(cancel)
        self._body.addWidget(card(label(desk.say("sheet.reading", file=file.name)), bar, row(cancel, None)))
        glance = QTimer(self, interval=_GLANCE)
        glance.timeout.connect(lambda: bar.setValue(round(100 * self._share)))
        glance.start()

        def step(share: float) -> bool:
            self._share = share
            return not self._unwanted.is_set()

        def read() -> "Back":
            from desktop.sheets import limits, reading
            from wizards.mapping.sheet_back import back

            with file.open("rb") as opened:
                data = opened.read(limits.FILE + 1)
            return back(reading.read(data, file.name, step), bank, words, lang, file.name)

        def ended(back: "Back") -> None:
            if isValid(self):
                glance.stop()
                self._found(back)

        def failed(error: Exception) -> None:
            if isValid(self):
                glance.stop()
                self._refused(error, file)

        work.run(read, ended, failed)

    def _fresh(self, first: QWidget) -> None:
        """Take away what stood there; the keyboard goes to `first` once it is shown."""
        QTimer.singleShot(0, first, first.setFocus)

    # Refused --------------------------------------------------------------------------------------------------------

    def _refused(self, error: Exception, file: Path) -> None:
        desk = self._desk
        clear(self._body)
        self._body.addWidget(label(self._why(error, file), "error"))
        if isinstance(error, Unreadable):
            shown = error.mistakes[:_SHOWN]
            lines = [label(sentence(desk, mistake)) for mistake in shown]
            if more := len(error.mistakes) - len(shown) + error.more:
                lines.append(label(desk.say("sheet.more", count=str(more)), "muted"))
            self._body.addWidget(card(*lines, spacing=6))
        again = self._again()
        self._body.addLayout(row(again, self._leave(), None))
        self._fresh(again)

    def _why(self, error: Exception, file: Path) -> str:
        from desktop.sheets.reading import SheetRefused

        desk = self._desk
        if isinstance(error, Unreadable):
            return desk.say("sheet.refused")
        if isinstance(error, SheetRefused):
            return desk.say(f"sheets.{error.code}", **error.values)
        if isinstance(error, OSError):
            return desk.say("cli.unreadable", file=str(file), why=error.strerror or type(error).__name__)
        return said_of(desk, error)

    def _found(self, back: "Back") -> None:
        """Show what came back in place of the bar."""
        clear(self._body)
        found = Found(self._desk, back, (self._again(), self._leave()))
        self._body.addWidget(found)
        self._fresh(found.first())
