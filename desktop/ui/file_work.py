"""Long work on a list that the owner chose: done in a worker, shown as it goes, and stopped when asked.

What is read stands in memory only. A page that was left hears nothing any more, and its work stops.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop import plain, terminal
from desktop.sheets import limits
from desktop.sheets.refused import Cancelled, SheetRefused
from desktop.ui import work
from desktop.ui.desk import Desk
from desktop.ui.parts import Button, announce, card, clear, label, row
from desktop.ui.unlock import said_of
from wizards.mapping.cells import Sheet

T = TypeVar("T")
_OFTEN = 80
"""Milliseconds between two looks at how far the work is."""


class Job:
    """One piece of work, as both threads see it: how far it is, and whether it is still wanted."""

    def __init__(self) -> None:
        self.share, self.wanted = 0.0, True

    def step(self, share: float) -> bool:
        """Told by the worker; False stops it."""
        self.share = share
        return self.wanted

    def going(self) -> None:
        """For work that cannot say how far it is; raises Cancelled where it is not wanted."""
        if not self.wanted:
            raise Cancelled

    def stop(self) -> None:
        """It is not wanted any more."""
        self.wanted = False


class FileWork(QWidget):
    """The place on a page where work is shown: nothing, a bar with Cancel, or what went wrong."""

    def __init__(self, desk: Desk, stopped: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._stopped = desk, stopped
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._job = Job()
        self._begun_at: QWidget | None = None
        self._looks = QTimer(self, interval=_OFTEN)
        self._looks.timeout.connect(self._look)
        self.hide()

    def choose(self, word: str) -> Path | None:
        """Ask for a file; None where the owner thought better of it."""
        chosen, _ = QFileDialog.getOpenFileName(self, self._desk.say(word))
        return Path(chosen) if chosen else None

    def read(self, file: Path, done: Callable[[tuple[Sheet, ...]], object]) -> None:
        """Read the sheets of a file."""

        def reading(job: Job) -> tuple[Sheet, ...]:
            from desktop.sheets.reading import read

            return read(plain.beginning(file, limits.FILE + 1), file.name, job.step)

        self.start(self._desk.say("list.reading", file=file.name), reading, done, file.name)

    def start(self, said: str, doing: Callable[[Job], T], done: Callable[[T], object], file: str = "") -> None:
        """Do something long in a worker; what was begun before stops."""
        self._job.stop()
        job = self._job = Job()
        self.destroyed.connect(job.stop)
        self._show_bar(said)

        def finished(result: T) -> None:
            if job.wanted and work.awaits(self):
                self._end()
                done(result)

        def failed(error: Exception) -> None:
            if job.wanted and work.awaits(self):
                self._end()
                self.say(self._reason(error, file))

        work.run(lambda: doing(job), finished, failed)

    def say(self, text: str) -> None:
        """A message in place of the bar."""
        self._tell(text, "notice")

    def tell(self, text: str) -> None:
        """Good news in place of the bar."""
        self._tell(text, "accent")

    def _tell(self, text: str, kind: str) -> None:
        clear(self._lines)
        made = card(label(text), kind=kind)
        self._lines.addWidget(made)
        self.show()
        announce(made, text)

    def _show_bar(self, said: str) -> None:
        held = QApplication.focusWidget()
        if held is None or not self.isAncestorOf(held):
            self._begun_at = held
        clear(self._lines)
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(said)
        cancel = Button(self._desk.say("list.cancel"), self.cancel)
        self._lines.addWidget(card(label(said, "strong"), self._bar, row(cancel, None)))
        self._looks.start()
        self.show()
        cancel.setFocus()

    def cancel(self) -> None:
        """Stop the work; what stood on the page before stands there still."""
        self._job.stop()
        self._end()
        self._stopped()

    def _look(self) -> None:
        self._bar.setValue(round(100 * self._job.share))

    def _end(self) -> None:
        self._looks.stop()
        held = self.isAncestorOf(QApplication.focusWidget() or self)
        clear(self._lines)
        self.hide()
        if held:
            self._hand_back()

    def _hand_back(self) -> None:
        """The button with the keyboard is gone: it returns to where the work was begun, else to the page's first."""
        if self._begun_at is not None and isValid(self._begun_at) and self._begun_at.isVisible():
            self._begun_at.setFocus()
            return
        above = self.parentWidget()
        while above is not None and above.property("first") is None:
            above = above.parentWidget()
        if above is not None:
            cast("QWidget", above.property("first")).setFocus()

    def _reason(self, error: Exception, file: str) -> str:
        if isinstance(error, SheetRefused):
            return self._desk.say(f"sheets.{error.code}", **error.values)
        if isinstance(error, OSError):
            return self._desk.say("cli.unreadable", file=file, why=terminal.why(error, self._desk.lang))
        return said_of(self._desk, error)
