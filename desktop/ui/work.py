"""Long work off the window's thread: run it in a worker, get the result back on the window's thread."""

import gc
import sys
from collections import deque
from collections.abc import Callable
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtWidgets import QMainWindow, QWidget
from shiboken6 import isValid

T = TypeVar("T")
_RUNNING: Final[set["_Job"]] = set()
_ENDED: Final[deque["_Job"]] = deque(maxlen=64)
"""Jobs that ended last: a worker may still be on its way out of one when its end is told."""


class _Ends(QObject):
    """Lives on the window's thread: a signal to a method of its own crosses over, one to a bare function would not."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, then: Callable[[Any], object], otherwise: Callable[[Exception], object]) -> None:
        super().__init__()
        self._then, self._otherwise = then, otherwise
        self.done.connect(self._finish)
        self.failed.connect(self._fail)

    def let_go(self) -> None:
        """Nobody is told any more: what was to hear of it, a page and all that it read, may go."""
        self._then = self._otherwise = lambda _: None

    def _finish(self, value: object) -> None:
        self._then(value)

    def _fail(self, error: Exception) -> None:
        self._otherwise(error)


class _Job(QRunnable):
    """One piece of work. Kept alive here until its end was told."""

    def __init__(self, work: Callable[[], Any], ends: _Ends) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._work, self.ends = work, ends

    def let_go(self) -> None:
        """Its end was told. A circle through objects of Qt is never collected, so it is opened by hand."""
        self._work = lambda: None
        self.ends.let_go()

    def run(self) -> None:
        """Do the work; every fault is handed over, none is lost in the thread."""
        try:
            result = self._work()
        except Exception as error:  # noqa: BLE001  # handed to the window, which decides
            self.ends.failed.emit(error)
        else:
            self.ends.done.emit(result)


def run(work: Callable[[], T], done: Callable[[T], object], failed: Callable[[Exception], object]) -> None:
    """Do `work` in a worker thread; then call `done` with its result, or `failed` with what it raised."""

    def ended(then: Callable[[Any], object]) -> Callable[[Any], None]:
        def call(value: Any) -> None:  # noqa: ANN401  # a result of any kind
            _RUNNING.discard(job)
            _ENDED.append(job)
            job.let_go()
            then(value)

        return call

    job = _Job(work, _Ends(ended(done), ended(failed)))
    _RUNNING.add(job)
    QThreadPool.globalInstance().start(job)


def awaits(page: QWidget) -> bool:
    """Whether a page is still the window's: its work may end after it was left, when it is gone or about to go."""
    if not isValid(page):
        return False
    window = page.window()
    shown = window.centralWidget() if isinstance(window, QMainWindow) else None
    return shown is not None and shown.isAncestorOf(page)


def give_way() -> None:
    """Have workers let the window go first; called when all that stays is loaded.

    A worker hands over after one millisecond instead of five, for the window waits for a turn in each of many calls of
    Qt. What is loaded for good is not looked through by the collector any more, which halts every thread meanwhile.
    """
    sys.setswitchinterval(0.001)
    if gc.get_freeze_count() == 0:
        gc.freeze()


def wait() -> None:
    """Until every worker has ended; on closing."""
    QThreadPool.globalInstance().waitForDone(10_000)
