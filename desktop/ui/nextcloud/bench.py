"""What the cards of the Nextcloud page share: one piece of work at a time, what it said, and what stood in its way."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop import terminal
from desktop.connect.terms import NoAnswer
from desktop.connect.watch import Watch
from desktop.ui.desk import Desk
from desktop.ui.parts import announce, card, clear, label
from desktop.ui.unlock import said_of
from desktop.ui.waiting import Waiting

T = TypeVar("T")


class Bench(QWidget):
    """A strip that waits and the place below it for what came of the work; nothing while there was none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._waiting = Waiting(desk)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._strip = card(self._waiting)
        self._said = QVBoxLayout()
        self._lines.addWidget(self._strip)
        self._lines.addLayout(self._said)
        self._strip.hide()

    @property
    def busy(self) -> bool:
        """Whether work goes on; `do` would only show it."""
        return self._waiting.busy

    def do(
        self,
        act: Callable[[Watch], T],
        done: Callable[[T], object],
        over: Callable[[], object] = lambda: None,
    ) -> None:
        """Do `act` in a worker, then `done` with what it gave; `over` comes first, however it ended."""
        if self._waiting.busy:
            self.come_into_view()  # it shows what goes on, and how to end it
            return

        def ended() -> None:
            self._strip.hide()
            over()

        def came(value: T) -> None:
            ended()
            done(value)

        def failed(error: Exception) -> None:
            ended()
            self.tell(self.reason(error), "notice")

        def given_up() -> None:
            ended()
            self.tell(self._desk.say("waiting.given-up"), "notice")

        self.clear()
        self._strip.show()
        self._waiting.begin(act, came, failed, given_up)
        self.come_into_view()

    def tell(self, text: str, kind: str = "accent") -> None:
        """Say what came of it, in place of what was said before."""
        self.clear()
        made = card(label(text), kind=kind)
        self._said.addWidget(made)
        announce(made, text)
        self.come_into_view()

    def come_into_view(self, shown: QWidget | None = None) -> None:
        """Have the page show this place, or `shown`, and a good part of what is below, once it lies where it stays."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            QTimer.singleShot(0, shown or self, partial(_show, above, shown or self))

    def clear(self) -> None:
        """Say nothing any more."""
        clear(self._said)

    def reason(self, error: Exception) -> str:
        """What stood in the way, what is safe, what to do."""
        if isinstance(error, NoAnswer):
            return self._desk.say(f"http.{error.code}", **error.values)
        if isinstance(error, OSError):
            file = str(error.filename or "")
            return self._desk.say("cli.unreadable", file=file, why=terminal.why(error, self._desk.lang))
        return said_of(self._desk, error)


def _show(area: QScrollArea, widget: QWidget) -> None:
    inner = area.widget()
    if inner is not None:
        end = widget.mapTo(inner, QPoint(0, widget.height())).y()
        area.ensureVisible(0, end, 0, area.viewport().height() // 3)
