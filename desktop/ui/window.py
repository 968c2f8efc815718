"""The window: a rail with where one can go, and the page one is at. Builds pages anew; keeps no answers.

Loaded before the first paint, so it names nothing of Qt's large namespace of names (see opening).
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QWidget

from desktop.ui.desk import Desk, Place

Maker = Callable[[Desk, str], QWidget]
HOME: Final = Place("home")
_LEAST: Final = (620, 420)


class Window(QMainWindow):
    """One window. `makers` build the page of each name; `desk` is what they are handed."""

    painted = Signal()

    def __init__(self, makers: dict[str, Callable[[], Maker]], rail: Callable[[Desk, Place], QWidget]) -> None:
        super().__init__()
        self._makers, self._make_rail = makers, rail
        self._desk: Desk | None = None
        self._place = Place("opening")
        self._trail: list[Place] = []
        self._painted = False
        self.setWindowTitle("Guia")
        self.setMinimumSize(*_LEAST)
        self.resize(1280, 800)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self, self.back)

    @property
    def place(self) -> Place:
        """Where the owner is."""
        return self._place

    def dress(self, desk: Desk, start: Place | None = None) -> None:
        """Take a new desk (language, colours, session) and draw with it: the present page, or a first one."""
        self._desk = desk
        self._make_room()
        if start is not None:
            self._trail, self._place = [], start
        self._show()

    def _make_room(self) -> None:
        """The least width follows the letters, as far as the screen is wide: below it pages would be cut."""
        letters = self.font().pixelSize() / 15
        wanted = max(_LEAST[0], round(900 - 400 * (2 - letters)))  # 900 pixels at 200 %
        self.setMinimumSize(max(_LEAST[0], min(wanted, self.screen().availableGeometry().width())), _LEAST[1])

    def go(self, place: Place) -> None:
        """Go to a page; `back` returns here."""
        if place != self._place:
            self._trail = [*self._trail, self._place][-50:]
        self._place = place
        self._show()

    def come(self) -> None:
        """Come to the front, also from the taskbar."""
        from PySide6.QtCore import Qt

        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def back(self) -> None:
        """Go to the page before. Answers are kept."""
        if self._trail:
            self._place = self._trail.pop()
            self._show()

    def _show(self) -> None:
        if self._desk is None:
            return
        self._keep_what_was_typed()
        page = self._makers[self._place.name]()(self._desk, self._place.of)
        ground = QWidget()
        ground.setObjectName("ground")
        layout = QHBoxLayout(ground)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if self._place.name != "opening":
            layout.addWidget(self._make_rail(self._desk, self._place))
        layout.addWidget(page, 1)
        self.setCentralWidget(ground)  # Qt lets the one before go
        if self._place.name != "opening":
            QTimer.singleShot(0, page, lambda: _focus(page))  # after the page is shown, not before

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Tell once that something was drawn."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Nothing typed is lost."""
        self._keep_what_was_typed()
        super().closeEvent(event)

    def _keep_what_was_typed(self) -> None:
        """A field that loses the keyboard keeps what was typed; before the next page is built, which may show it."""
        if (focused := self.focusWidget()) is not None:
            focused.clearFocus()


def _focus(page: QWidget) -> None:
    """The keyboard starts at the page's first field, or at its main button."""
    first = page.property("first")
    if isinstance(first, QWidget):
        first.setFocus()
        return
    widget = page.nextInFocusChain()
    while widget is not None and widget is not page:
        if page.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled() and _takes_tab(widget):
            widget.setFocus()
            return
        widget = widget.nextInFocusChain()


def _takes_tab(widget: QWidget) -> bool:
    from PySide6.QtCore import Qt

    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
