"""The frame of every page: a title, cards that scroll, and side cards that move below when it is narrow."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.parts import Grid, is_wide, label, scale, scrolled

SIDE = 310


class Page(QWidget):
    """A scrolling page. `main` takes cards; `side`, when used, stands at the right or below."""

    def __init__(self, title: str, over: str = "", *, side: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        whole = QVBoxLayout(inner)
        self._whole = whole
        whole.setSpacing(16)
        self.head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.head.setSpacing(10)
        titles = QVBoxLayout()
        titles.setSpacing(4)
        if over:
            titles.addWidget(label(over, "muted"))
        self.title = label(title, "title")
        titles.addWidget(self.title)
        self.under = QVBoxLayout()
        titles.addLayout(self.under)
        self.head.addLayout(titles, 1)
        whole.addLayout(self.head)
        self._split = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._split.setSpacing(16)
        self.main = QVBoxLayout()
        self.main.setSpacing(14)
        cards = QVBoxLayout()
        cards.addLayout(self.main)
        cards.addStretch(1)
        self._split.addLayout(cards, 1)
        self.side = QVBoxLayout()
        self.side.setSpacing(14)
        self._side = QWidget()
        self._side.setLayout(self.side)
        self.side.setContentsMargins(0, 0, 0, 0)
        if not side:  # hidden only: shown before it has its place, it would be a window of its own
            self._side.hide()
        self._has_side = side
        self._when_narrow = QBoxLayout.Direction.TopToBottom
        self._side_width = round(SIDE * scale())
        self._split.addWidget(self._side, 0)
        whole.addLayout(self._split)
        whole.addStretch(1)
        self.area = scrolled(inner)
        outer.addWidget(self.area)
        self._arrange(wide=True)

    def side_above_when_narrow(self) -> None:
        """Side cards stand above the others in a narrow window, for what must be read before them."""
        self._when_narrow = QBoxLayout.Direction.BottomToTop

    def first(self, widget: QWidget) -> None:
        """Where the keyboard starts on this page."""
        self.setProperty("first", widget)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Side cards go below when the page is narrow."""
        super().resizeEvent(event)
        self._arrange(wide=is_wide(event.size().width()))

    def _arrange(self, *, wide: bool) -> None:
        side = 36 if wide else 16
        self._whole.setContentsMargins(side, 28, side, 28)
        # a button below others must not make the whole head as narrow as itself: heights would be reckoned from that
        for place in range(1, self.head.count()):
            if (item := self.head.itemAt(place)) is not None:
                item.setAlignment(Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignLeft)
        for grid in self.findChildren(Grid):
            grid.spread(wide=wide)
        self.head.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._split.setDirection(QBoxLayout.Direction.LeftToRight if wide else self._when_narrow)
        self._side.setMaximumWidth(self._side_width if wide else 16_777_215)
        self._side.setMinimumWidth(self._side_width if wide and self._has_side else 0)
        self._side.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
