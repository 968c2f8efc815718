"""The small parts that pages are made of: cards, labels, chips, buttons, the ring. No page logic."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.theme import Colours
from desktop.ui.wrapping import Text, Wraps

NARROW = 820
_LARGE = 1.4
L = TypeVar("L", bound=QBoxLayout)


def label(text: str, role: str = "", *, wrap: bool = True) -> QLabel:
    """A text. Roles: title, heading, strong, muted, error, number, code. Plain text always: nothing typed is obeyed."""
    made = Text()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        made.setMinimumWidth(1)  # Qt's own guess is wider than the longest word, and would push the page out of view
    if role:
        made.setProperty("role", role)
    made.setText(text)
    return made


def chip(text: str, colour: str) -> QLabel:
    """A short word on a tint: red, yellow, green or blue. The word says it; the colour only helps."""
    made = label(text, wrap=False)
    made.setProperty("chip", colour)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


class Button(Wraps, QPushButton):
    """A button that Enter presses too, as people expect. Kinds: primary, plain, link, rail."""

    def __init__(self, text: str, action: Callable[[], object], kind: str = "plain") -> None:
        super().__init__()
        self.setProperty("kind", kind)
        start, above = {"link": (0, 5), "rail": (14, 11)}.get(kind, (19 if scale() < 1.25 else 11, 11))
        self.set_words(text, start=start, end=start, above=above, middle=kind in {"plain", "primary"})
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred if kind == "rail" else QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum
        )
        self.clicked.connect(lambda: action())  # noqa: PLW0108  # Qt would hand over whether it is checked

    def rename(self, text: str) -> None:
        """Say something else, to eyes and to assistive technology."""
        self.words.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter is a click."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.click()
        else:
            super().keyPressEvent(event)


class _Chooser(QComboBox):
    """A list that the wheel passes by: who scrolls the page over it changes nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """The page scrolls instead."""
        event.ignore()


def chooser(name: str) -> QComboBox:
    """A list to choose from, named for assistive technology; it may be narrower than its longest entry."""
    made = _Chooser()
    made.setAccessibleName(name)
    made.setMinimumWidth(110)
    return made


def scale() -> float:
    """The owner's text size, 1.0 for 100 %: what must grow with the letters is multiplied by it."""
    return QApplication.font().pixelSize() / 15


def is_large() -> bool:
    """Whether letters are so large that a narrow window has no room for three things beside each other."""
    return scale() >= _LARGE


def is_wide(width: int) -> bool:
    """Whether a page of that width has room for things beside each other."""
    return width >= NARROW * scale()


def column(*items: QWidget | QLayout | None, spacing: int = 10, margins: int = 0) -> QVBoxLayout:
    """Items from top to bottom; None is a stretch."""
    return _fill(QVBoxLayout(), items, spacing, margins)


def row(*items: QWidget | QLayout | None, spacing: int = 10, margins: int = 0) -> QHBoxLayout:
    """Items from left to right; None is a stretch."""
    return _fill(QHBoxLayout(), items, spacing, margins)


def beside(first: QWidget, *others: QWidget, stretch: bool = True) -> QBoxLayout:
    """`first` with others at its right, at the end of the line where it stretches; below it where letters are large."""
    if is_large():
        return column(first, *others, spacing=4)
    made = row(first, *others, *([] if stretch else [None]))
    made.setStretch(0, int(stretch))
    return made


def _fill(layout: L, items: Iterable[QWidget | QLayout | None], spacing: int, margins: int) -> L:
    layout.setSpacing(spacing)
    layout.setContentsMargins(margins, margins, margins, margins)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, Button) and isinstance(layout, QVBoxLayout):
            # else a column is reckoned no wider than its narrowest button, and too low for its texts
            layout.addWidget(item, 0, Qt.AlignmentFlag.AlignLeft)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
    return layout


def card(*items: QWidget | QLayout | None, kind: str = "plain", spacing: int = 10) -> QFrame:
    """A raised surface around items. Kinds: plain, accent, notice."""
    made = QFrame()
    made.setProperty("card", kind)
    made.setLayout(column(*items, spacing=spacing, margins=20))
    return made


def line() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("line", "yes")
    return made


def announce(widget: QWidget, text: str) -> None:
    """Have assistive technology read `text`, which has just appeared while the keyboard is elsewhere."""
    widget.setAccessibleName(text)
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def scrolled(inner: QWidget) -> QScrollArea:
    """`inner` in a frame that scrolls up and down only and follows the keyboard focus."""
    area = FocusScroll()
    inner.setObjectName("page")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area


class Grid(QWidget):
    """Buttons in one column, or in two where the texts are short and the page is wide."""

    def __init__(self, buttons: list[QWidget], *, short: bool) -> None:
        super().__init__()
        self._buttons = buttons
        self._two = short and len(buttons) > 2 and scale() < 1.5
        self._cells = QGridLayout(self)
        self._cells.setContentsMargins(0, 0, 0, 0)
        self._cells.setSpacing(8)
        self.spread(wide=True)

    def spread(self, *, wide: bool) -> None:
        """Take two columns, or one."""
        columns = 2 if self._two and wide else 1
        for place, button in enumerate(self._buttons):
            self._cells.addWidget(button, place // columns, place % columns)
        self._cells.setColumnStretch(0, 1)
        self._cells.setColumnStretch(1, columns - 1)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """A question may come while the page is narrow already."""
        super().showEvent(event)
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            self.spread(wide=is_wide(above.width()))


class FocusScroll(QScrollArea):
    """A scroll area whose content may be narrower than its wish, so that long words wrap and nothing is cut."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Small: the content adapts."""
        return QSize(200, 120)


class Ring(QWidget):
    """How much of a whole is done, as a ring with the numbers inside it."""

    def __init__(self, done: int, whole: int, caption: str, colours: Colours) -> None:
        super().__init__()
        self._done, self._whole, self._caption, self._colours = done, whole, caption, colours
        self.setFixedSize(150, 150)
        self.setAccessibleName(f"{done}/{whole} {caption}")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the ring."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(12, 12, 126, 126)
        painter.setPen(QPen(QColor(self._colours.ring_ground), 13))
        painter.drawEllipse(box)
        if self._whole and self._done:
            pen = QPen(QColor(self._colours.ring), 13)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(box, 90 * 16, -round(360 * 16 * self._done / self._whole))
        painter.setPen(QColor(self._colours.ink))
        font = QFont(self.font())
        font.setPixelSize(30)
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(QRectF(0, 42, 150, 40), Qt.AlignmentFlag.AlignCenter, f"{self._done}/{self._whole}")
        font.setPixelSize(13)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(QColor(self._colours.muted))
        painter.drawText(
            QRectF(20, 80, 110, 30), Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._caption
        )
        painter.end()
