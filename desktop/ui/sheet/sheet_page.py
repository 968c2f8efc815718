"""A spreadsheet of the flows comes back: its mistakes by cell, or what it changes, before anything is kept.

What is taken over is one change, and Undo takes all of it back.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import plain
from desktop.sheets import limits
from desktop.ui.desk import Desk, Place
from desktop.ui.file_work import FileWork, Job
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, column, label, row
from desktop.ui.sheet.found import Found, sentence
from desktop.ui.sheet.send_out import QUESTION
from wizards.interview.mistakes import Unreadable

if TYPE_CHECKING:
    from wizards.mapping.sheet.back import Back

_SHOWN: Final = 60
"""Mistakes that are listed; of the others the number."""


class SheetPage(Page):
    """`of` is the file that was chosen, "" before."""

    def __init__(self, desk: Desk, of: str) -> None:
        super().__init__(desk.say("sheet.page"), desk.say("sheet.over"))
        self._desk = desk
        self._work = FileWork(desk, lambda: desk.go(Place("sheet")))
        self._body = column(spacing=14)
        self.main.addWidget(self._work)
        self.main.addLayout(self._body)
        choose = Button(desk.say("sheet.another" if of else "sheet.choose"), self._choose, "plain" if of else "primary")
        leave = Button(desk.say("sheet.back-to"), lambda: desk.go(desk.place_of(QUESTION)))
        self._others = (choose, leave)
        self.first(choose)
        if of:
            self.main.addLayout(row(*self._others, None))
            self._read(Path(of))
        else:
            self.main.addWidget(card(label(desk.say("sheet.lead")), row(*self._others, None)))

    def _choose(self) -> None:
        desk = self._desk
        kinds = "Excel, LibreOffice (*.xlsx *.ods *.xls *.csv)"
        chosen, _ = QFileDialog.getOpenFileName(self, desk.say("sheet.choose"), str(Path.home()), kinds)
        if chosen:
            desk.go(Place("sheet", chosen))

    def _read(self, file: Path) -> None:
        desk = self._desk
        bank = desk.open.bank

        def read(job: Job) -> "Back | Unreadable":
            from desktop.sheets import reading
            from wizards.mapping.sheet.back import back

            sheets = reading.read(plain.beginning(file, limits.FILE + 1), file.name, job.step)
            try:
                return back(sheets, bank, desk.words, desk.lang, file.name)
            except Unreadable as error:
                return error

        self._work.start(desk.say("sheet.reading", file=file.name), read, self._show, str(file))

    def _show(self, found: "Back | Unreadable") -> None:
        """What came back, or what is wrong with it."""
        if isinstance(found, Unreadable):
            self._mistakes(found)
            self._start_at(self._others[0])
        else:
            made = Found(self._desk, found, self._others[1])
            self._body.addWidget(made)
            self.setTabOrder(made.last(), self._others[0])
            self.setTabOrder(*self._others)
            self._start_at(made.first())

    def _start_at(self, widget: QWidget) -> None:
        """Put the keyboard there, once it is shown."""
        QTimer.singleShot(0, widget, widget.setFocus)

    def _mistakes(self, error: Unreadable) -> None:
        desk = self._desk
        shown = error.mistakes[:_SHOWN]
        lines = [label(sentence(desk, mistake)) for mistake in shown]
        if more := len(error.mistakes) - len(shown) + error.more:
            lines.append(label(desk.say("sheet.more", count=str(more)), "muted"))
        self._body.addWidget(label(desk.say("sheet.refused"), "error"))
        self._body.addWidget(card(*lines, spacing=6))
