"""Two things beside each other where there is room for both, else one below the other."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget


class Pair(QWidget):
    """`first` and `second`; where `apart`, the second stands at the end of the line."""

    def __init__(self, first: QWidget, second: QWidget, *, apart: bool = True) -> None:
        super().__init__()
        self._items = first, second
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(8)
        self._across.addWidget(first, int(apart))
        self._across.addWidget(second)
        if not apart:
            self._across.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """As wide as it is now."""
        super().resizeEvent(event)
        fits = sum(map(_room, self._items)) + self._across.spacing() <= event.size().width()
        ways = QBoxLayout.Direction
        self._across.setDirection(ways.LeftToRight if fits else ways.TopToBottom)
        for item in self._items:
            below = not fits and not isinstance(item, QLabel)
            self._across.setAlignment(item, Qt.AlignmentFlag.AlignLeft if below else Qt.AlignmentFlag(0))


def _room(item: QWidget) -> int:
    """Pixels that it takes on one line."""
    if isinstance(item, QLabel):
        item.ensurePolished()
        return item.fontMetrics().horizontalAdvance(item.text()) + 4
    return max(item.minimumWidth(), min(item.sizeHint().width(), item.maximumWidth()))
