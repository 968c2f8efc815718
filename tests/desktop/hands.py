"""The hands and eyes of a scripted owner: presses keys in the real window and reads what stands on it.

Acts by the keyboard alone, as the window system would deliver it; no page's method is called and no mouse is used.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QTableWidget,
    QWidget,
)

from desktop.app import App
from desktop.ui.desk import Place
from desktop.ui.fields.field import Field
from desktop.ui.fields.rows import RowForm, Rows
from wizards.interview.answers import Value

Key: Final = Qt.Key
ALT: Final = Qt.KeyboardModifier.AltModifier
CTRL: Final = Qt.KeyboardModifier.ControlModifier
SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
PATIENCE: Final = 20.0
"""Seconds; a busy computer needs them."""
W = TypeVar("W", bound=QWidget)
Shown = dict[str, object]


class Lost(AssertionError):
    """The keyboard does not lead there."""


class Hands:
    """An owner at the keyboard of one window."""

    def __init__(self, app: App) -> None:
        self.app = app

    # Eyes -----------------------------------------------------------------------------------------------------------

    def say(self, word: str, **values: str) -> str:
        """A word as the window shows it now."""
        return self.app.words[word].fill(self.app.lang, **values)

    @property
    def place(self) -> Place:
        """The page that is shown."""
        return self.app.window.place

    def seen(self, kind: type[W], within: QWidget | None = None) -> list[W]:
        """What is shown of a kind of widget, in the order it was built."""
        found = (within or self.app.window).findChildren(kind)
        return [widget for widget in found if widget.isVisible()]

    def texts(self) -> list[str]:
        """Every text on the window."""
        return [label.text() for label in self.seen(QLabel)]

    def focus(self) -> QWidget:
        """Where the keyboard is; a dialog that closed hands it back in a moment."""
        self.until(QApplication.focusWidget)
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def fields(self) -> list[Field | Rows]:
        """The fields on the page, from top to bottom; in an open row, its cells."""
        forms = self.seen(RowForm)
        inner: list[Field | Rows] = [*self.seen(Field, forms[0] if forms else None)]
        if not forms:
            inner += self.seen(Rows)
        return sorted(inner, key=lambda field: field.mapTo(self.app.window, QPoint(0, 0)).y())

    # Hands ----------------------------------------------------------------------------------------------------------

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key, wherever the keyboard is, and let the window follow."""
        window = QGuiApplication.focusWindow()
        if window is None:
            raise Lost(f"no window has the keyboard on {self.place}")
        QTest.keyClick(window, key, held)
        self.rest()

    def rest(self) -> None:
        """Let the window do what it has to do now."""
        for _ in range(2):
            QApplication.processEvents()
        # only a running event loop does this by itself
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def until(self, holds: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Wait for something that a worker brings about."""
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline:
                raise Lost(f"waited in vain on {self.place}: {self.texts()[:12]}")
            QApplication.processEvents()
            time.sleep(0.002)  # a worker needs the interpreter too
        self.rest()

    def tab_to(self, wanted: Callable[[QWidget], bool], what: str = "", *, back: bool = False) -> QWidget:
        """Press Tab until the keyboard is on what is wanted."""
        passed: list[str] = []
        for _ in range(400):
            if wanted(self.focus()):
                return self.focus()
            passed.append(self.focus().accessibleName())
            self.press(Key.Key_Backtab if back else Key.Key_Tab, SHIFT if back else Qt.KeyboardModifier.NoModifier)
        raise Lost(f"Tab does not lead to {what!r} on {self.place}, only to {list(dict.fromkeys(passed))}")

    def tab_to_name(self, name: str, *, back: bool = False) -> QWidget:
        """Press Tab until something of that accessible name has the keyboard."""
        return self.tab_to(lambda widget: widget.accessibleName() == name, name, back=back)

    def activate(self, name: str, *, back: bool = False) -> None:
        """Go to a button by its name and press Enter."""
        self.tab_to_name(name, back=back)
        self.press(Key.Key_Return)

    def leads_to(self, act: Callable[[], None]) -> None:
        """Do something and wait until another page is there."""
        before = self.place
        act()
        self.until(lambda: self.place != before)

    def type(self, text: str) -> None:
        """Type into the field at hand, in place of what stands there; what no key has, an input method hands over."""
        self.press(Key.Key_A, CTRL)
        self.press(Key.Key_Delete)
        if text.isascii():
            QTest.keyClicks(self.focus(), text)
        else:
            handed = QInputMethodEvent()
            handed.setCommitString(text)
            QApplication.sendEvent(self.focus(), handed)
        self.rest()

    # Answers --------------------------------------------------------------------------------------------------------

    def give(self, field: Field, value: Value) -> None:
        """Give an answer by the keyboard."""
        if radios := field.findChildren(QRadioButton):
            self._choose(radios, values_of(field).index(value))
            return
        boxes = field.findChildren(QCheckBox)
        lines = field.findChildren(QLineEdit)
        if value is None:
            self._tick(boxes[-1])
        elif isinstance(value, list):
            chosen = [option.id in value for option in field.item.options]
            for box, wanted in zip(boxes, [*chosen, not value], strict=False):
                if box.isChecked() != wanted and (wanted or value):
                    self._tick(box)
        elif isinstance(value, dict):
            for option, line in zip(field.item.options, lines, strict=True):
                if option.id in value:
                    self.tab_to(lambda widget, line=line: widget is line, option.id)  # type: ignore[misc]
                    self.type(str(value[option.id]))
        else:
            self.tab_to(lambda widget: widget is lines[0], field.item.id)
            self.type(str(value))

    def _choose(self, radios: list[QRadioButton], target: int) -> None:
        """A group is one stop for Tab; inside it the arrows choose."""
        wanted = radios[target]
        self.tab_to(lambda widget: widget in radios, wanted.accessibleName())
        for _ in range(2 * len(radios)):
            if self.focus() is wanted:
                break
            here, there = self.focus().pos(), wanted.pos()
            down, right = there.y() - here.y(), there.x() - here.x()
            if abs(down) > 5:
                self.press(Key.Key_Down if down > 0 else Key.Key_Up)
            else:
                self.press(Key.Key_Right if right > 0 else Key.Key_Left)
        if not wanted.isChecked():
            self.press(Key.Key_Space)
        if not wanted.isChecked():
            raise Lost(f"the arrows do not lead to {wanted.accessibleName()!r} on {self.place}")

    def _tick(self, box: QCheckBox) -> None:
        self.tab_to(lambda widget: widget is box, box.accessibleName())
        self.press(Key.Key_Space)


def tell(**facts: object) -> None:
    """One line for whoever watches, at once."""
    sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def values_of(field: Field) -> list[Value]:
    """What the radio buttons of a field stand for, in order."""
    if field.item.kind == "yes-no":
        return [True, False, None]
    return [*(option.id for option in field.item.options), None]


def shown(field: Field | Rows) -> Shown:
    """The answer that a field shows as given, by its question's id; empty where it shows none. Of rows, their names."""
    if isinstance(field, Rows):
        return _rows_shown(field)
    radios = field.findChildren(QRadioButton)
    boxes = field.findChildren(QCheckBox)
    lines = field.findChildren(QLineEdit)
    ids = [option.id for option in field.item.options]
    if radios:
        chosen = [value for value, radio in zip(values_of(field), radios, strict=True) if radio.isChecked()]
        return {field.item.id: chosen[0]} if chosen else {}
    if boxes[-1].isChecked():
        return {field.item.id: None}
    if field.item.kind == "many":
        ticked = [option for option, box in zip(ids, boxes, strict=False) if box.isChecked()]
        return {field.item.id: ticked} if ticked or boxes[-2].isChecked() else {}
    if field.item.kind == "counts":
        counts = {option: int(line.text()) for option, line in zip(ids, lines, strict=True) if line.text()}
        return {field.item.id: counts} if counts else {}
    text = lines[0].text().strip()
    return {field.item.id: int(text) if field.item.kind == "number" else text} if text else {}


def _rows_shown(field: Rows) -> Shown:
    frame: QWidget | None = field
    while frame is not None and frame.property("question") is None:
        frame = frame.parentWidget()
    name = str(frame.property("question")) if frame is not None else ""
    tables = field.findChildren(QTableWidget)
    if tables:
        cells = [tables[0].item(line, 0) for line in range(tables[0].rowCount())]
        return {name: [cell.text() for cell in cells if cell is not None]}
    boxes = [box for box in field.findChildren(QCheckBox) if box.isVisible()]
    if len(boxes) == 2 and any(box.isChecked() for box in boxes):
        return {name: [] if boxes[0].isChecked() else None}
    return {}
