"""A strip that shows work on the network: where it is, and a button to give it up. The window never waits for it."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QProgressBar, QWidget
from shiboken6 import isValid

from desktop.connect.watch import GivenUp, Watch
from desktop.ui import work
from desktop.ui.desk import Desk
from desktop.ui.parts import Button, announce, column, label, row

T = TypeVar("T")


class _Steps(QObject):
    """Crosses from the worker's thread to the window's."""

    came = Signal(str, int, int)


class Waiting(QWidget):
    """Hidden until there is work; one piece at a time. What is given up is let go at once and ends by itself.

    Whoever leaves the page, or closes the window, gives the work up: nobody is there to hear of it.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._said = label("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(desk.say("waiting.progress"))
        self._cancel = Button(desk.say("waiting.cancel"), self.give_up)
        self._watch: Watch | None = None
        self._begun_at: QWidget | None = None
        self._given_up: Callable[[], object] = lambda: None
        self.setLayout(column(row(self._said, self._cancel), self._bar, spacing=8))
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether work goes on."""
        return self._watch is not None

    def begin(
        self,
        act: Callable[[Watch], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
        given_up: Callable[[], object] = lambda: None,
    ) -> None:
        """Do `act` in a worker; then one of the three is called, unless the page was left. Nothing while it is busy."""
        if self._watch is not None:
            return
        steps = _Steps(self)
        watch = self._watch = Watch(steps.came.emit)
        self.destroyed.connect(watch.give_up)  # a page that was never shown is not hidden either
        self._given_up = given_up
        self._begun_at = QApplication.focusWidget()
        steps.came.connect(lambda word, at, whole: self._step(watch, word, at, whole))

        def ended(then: Callable[[T], object]) -> Callable[[T], None]:
            def call(value: T) -> None:
                if work.awaits(self) and self._over(watch):
                    then(value)

            return call

        def went_wrong(error: Exception) -> None:
            if work.awaits(self) and self._over(watch):
                given_up() if isinstance(error, GivenUp) else failed(error)

        self._step(watch, "waiting.beginning", 0, 0)
        self.show()
        self._cancel.setFocus()
        work.run(lambda: act(watch), ended(done), went_wrong)

    def give_up(self) -> None:
        """Let the work go: it ends at its next step, and nobody hears of it."""
        watch = self._watch
        if watch is not None and self._over(watch):
            watch.give_up()
            self._given_up()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  # Qt's name
        """The page was left or the window closed; only a window that was made small comes back."""
        super().hideEvent(event)
        if self._watch is not None and not event.spontaneous():
            self._watch.give_up()
            self._watch = None

    def _step(self, watch: Watch, word: str, at: int, whole: int) -> None:
        if watch is self._watch:
            said = self._desk.say(word, done=str(at), whole=str(whole))
            self._said.setText(said)
            announce(self._said, said)
            self._bar.setRange(0, whole)
            self._bar.setValue(at)

    def _over(self, watch: Watch) -> bool:
        """Put the strip away; whether this work was still awaited."""
        if watch is not self._watch:
            return False
        self._watch = None
        held = self._cancel.hasFocus()
        self.hide()
        if held and self._begun_at is not None and isValid(self._begun_at) and self._begun_at.isVisible():
            self._begun_at.setFocus()
        return True
