"""The map as a widget: one picture, and on it one control for each ribbon, named for whoever does not see it.

Tab enters the map and leaves it again; the arrows go from ribbon to ribbon inside. With eighty flows a stop of Tab for
each would stand between the owner and the rest of the page. The mouse presses a ribbon anywhere on its outline.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QWidget

from desktop.ui.map.painter import Ready, inks
from desktop.ui.parts import label, scale
from desktop.ui.theme import Colours
from wizards.mapping.drawing.picture import Box, Picture, Ribbon

_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENDS: Final = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_SIDES: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Select}
_CAPTION: Final = 380
_BY_KEYS: Final = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.OtherFocusReason}


class RibbonButton(QAbstractButton):
    """A ribbon as a control. The picture is painted below it; it paints nothing but that the keyboard is here."""

    def __init__(self, view: "MapView", colour: str) -> None:
        super().__init__(view)
        self._view, self._colour = view, QColor(colour)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)  # the outline is larger than this box
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(lambda: view.pressed.emit(self.ribbon.id))

    def show_ribbon(self, ribbon: Ribbon, name: str) -> None:
        """Stand for this ribbon from now on."""
        self.ribbon = ribbon
        self.setAccessibleName(name)
        self.setAccessibleDescription(ribbon.said)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Show that the keyboard is here."""
        del event
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._colour, 3))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 6, 6)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter opens, arrows go on."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in _ENTER:
            self.click()
        elif key == Qt.Key.Key_Escape:
            self._view.hush()
        elif not self._view.go(self, key):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """This ribbon is lit while the keyboard is on it."""
        super().focusInEvent(event)
        self._view.came(self, by_keys=event.reason() in _BY_KEYS)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """The map is whole again."""
        super().focusOutEvent(event)
        self._view.light("")
        self._view.hush()


class MapView(QWidget):
    """Shows one picture as wide as there is room; as high as that makes it."""

    pressed = Signal(str)
    """A ribbon's id: it was opened, by mouse or keyboard."""
    aside = Signal(str, int)
    """A ribbon's id: the keyboard wants the map to its left (-1) or right (1)."""

    def __init__(self, colours: Colours, name: str, named: Callable[[Ribbon], str]) -> None:
        super().__init__()
        self._focus, self._inks, self._named = colours.focus, inks(colours), named
        self._ready: Ready | None = None
        self._buttons: list[RibbonButton] = []
        self._shown = 0
        self._lit = ""
        self._caption = label("", "caption")
        self._caption.setParent(self)
        self._caption.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._caption.hide()
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setMinimumWidth(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._ready.picture if self._ready else None

    @property
    def buttons(self) -> list[RibbonButton]:
        """The controls of the ribbons, in their order."""
        return self._buttons[: self._shown]

    def show_picture(self, picture: Picture) -> None:
        """Show this picture from now on. The keyboard stays on its ribbon if the picture still has it."""
        held = next((button.ribbon.id for button in self.buttons if button.hasFocus()), None)
        self._ready, self._lit = Ready(picture), ""
        self.setAccessibleDescription(picture.said)
        for ribbon, button in zip(picture.ribbons, self._enough(len(picture.ribbons)), strict=True):
            button.show_ribbon(ribbon, self._named(ribbon))
        self._place()
        entrance = next((b for b in self.buttons if b.ribbon.id == held), None)
        self._enter_at(entrance or next(iter(self.buttons), None))
        if held is not None and entrance is not None:
            entrance.setFocus()
        self.update()

    def _enough(self, count: int) -> list[RibbonButton]:
        """As many controls as there are ribbons. Those that stand are used again: it is redrawn after each answer."""
        while len(self._buttons) < count:
            self._buttons.append(RibbonButton(self, self._focus))
        for left in self._buttons[count:]:
            left.hide()
        self._shown = count
        return self.buttons

    def _enter_at(self, entrance: RibbonButton | None) -> None:
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if button is entrance else Qt.FocusPolicy.NoFocus)

    # Keyboard ---------------------------------------------------------------------------------------------------------

    def go(self, from_button: RibbonButton, key: Qt.Key) -> bool:
        """Go on to another ribbon; False where that key leads nowhere."""
        at = self.buttons.index(from_button)
        if key in _SIDES:
            self.aside.emit(from_button.ribbon.id, _SIDES[key])
        elif key in _STEPS:
            self.buttons[min(max(at + _STEPS[key], 0), self._shown - 1)].setFocus()
        elif key in _ENDS:
            self.buttons[_ENDS[key]].setFocus()
        else:
            return False
        return True

    def enter(self, ribbon: str) -> None:
        """Put the keyboard on this ribbon, or on the first where there is none of that id."""
        wanted = [button for button in self.buttons if button.ribbon.id == ribbon] or self.buttons
        if wanted:
            wanted[0].setFocus()

    def came(self, button: RibbonButton, *, by_keys: bool) -> None:
        """The keyboard is on this ribbon: it is lit, brought into view and said."""
        self._enter_at(button)
        self.light(button.ribbon.id)
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if by_keys and self.isVisible():
            self._say(button.ribbon, button.geometry().bottomLeft())
            if above is not None:
                above.ensureWidgetVisible(self._caption, 0, 8)
        if above is not None:
            above.ensureWidgetVisible(button, 0, 40)

    # Mouse ------------------------------------------------------------------------------------------------------------

    def light(self, ribbon: str) -> None:
        """Dim all other ribbons."""
        if ribbon != self._lit:
            self._lit = ribbon
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """The ribbon under the mouse is lit."""
        found = self._at(event.position())
        if found != self._lit:
            self.hush()
        self.light(found)
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """The map is whole again."""
        super().leaveEvent(event)
        self.light("")
        self.hush()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Open the ribbon under the mouse."""
        found = self._at(event.position())
        if found and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(found)

    def event(self, event: QEvent) -> bool:
        """A ribbon under a resting mouse is said."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._ready is not None:
            found = self._at(QPointF(event.pos()))
            for ribbon in self._ready.picture.ribbons:
                if ribbon.id == found:
                    self._say(ribbon, event.pos() + QPoint(0, 18))
            return True
        return super().event(event)

    # Words ------------------------------------------------------------------------------------------------------------

    def _say(self, ribbon: Ribbon, where: QPoint) -> None:
        """Say a ribbon in a box on the map, below `where` if there is room, else above."""
        box = self._caption
        box.setText(ribbon.said)
        wide = min(round(_CAPTION * scale()), self.width() - 8)
        box.resize(wide, box.heightForWidth(wide))
        left = min(max(where.x(), 4), self.width() - wide - 4)
        below = where.y() + 6
        fits = below + box.height() <= self.height()
        box.move(left, below if fits else max(where.y() - box.height() - 60, 4))
        box.raise_()
        box.show()

    def hush(self) -> None:
        """Take the words away: Escape, or the ribbon is left."""
        self._caption.hide()

    def _at(self, point: QPointF) -> str:
        return self._ready.at(point / self._scale) if self._ready else ""

    # Room -------------------------------------------------------------------------------------------------------------

    @property
    def _scale(self) -> float:
        return self.width() / self._ready.picture.width if self._ready else 1.0

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The controls follow the picture."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if self._ready is not None:
            self.setFixedHeight(round(self._ready.picture.height * self._scale))
        for button in self.buttons:
            button.setGeometry(_scaled(button.ribbon.spot, self._scale))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Paint the picture."""
        if self._ready is not None:
            painter = QPainter(self)
            painter.setClipRect(event.rect())
            painter.scale(self._scale, self._scale)
            seen = event.rect()
            at = self._scale
            within = QRectF(seen.x() / at, seen.y() / at, seen.width() / at, seen.height() / at)
            self._ready.paint(painter, self._inks, self._lit, within)
            painter.end()


def _scaled(box: Box, scale: float) -> QRect:
    """A box in pixels, with room around it for the frame of the keyboard."""
    left, top = round(box.x * scale) - 4, round(box.y * scale) - 4
    return QRect(left, top, round(box.width * scale) + 8, round(box.height * scale) + 8)
