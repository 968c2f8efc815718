"""Answers that are chosen: one of several, yes or no, or any number of several. Nothing is chosen beforehand."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QRadioButton, QWidget

from desktop.ui.desk import Desk
from desktop.ui.fields.field import Field
from desktop.ui.parts import Grid, chip, row, scale
from desktop.ui.wrapping import Wraps
from wizards.content.shapes import Column, Question
from wizards.interview.answers import Value

_SHORT: Final = 30
"""Texts up to this many letters stand in two columns; a Chinese character takes the room of two."""
_LONG_LIST: Final = 6
_TWO_LINES: Final = 70
"""In a list of this many options a text may take two lines: one column would be a long way down."""


def _short(texts: list[str]) -> bool:
    most = _TWO_LINES if len(texts) >= _LONG_LIST else _SHORT
    return max((sum(1 + (char > "⺀") for char in text) for text in texts), default=0) <= most


class Radio(Wraps, QRadioButton):
    """A radio button that Enter chooses too."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.set_words(text, start=round(26 + 18 * scale()), end=12, above=11)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter chooses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)


class Choice(Field):
    """One of several, or yes or no; and "I do not know"."""

    def __init__(self, desk: Desk, item: Question | Column, value: Value, *, answered: bool) -> None:
        super().__init__(desk, item)
        if item.kind == "yes-no":
            options: list[tuple[Value, str]] = [(True, desk.say("answer.yes")), (False, desk.say("answer.no"))]
        else:
            options = [(option.id, desk.text(option.text)) for option in item.options]
        options.append((None, desk.say("answer.unknown")))
        self._group = QButtonGroup(self)
        self._values = [option for option, _ in options]
        self._buttons: list[QWidget] = []
        for number, (option, text) in enumerate(options):
            button = Radio(text)
            button.setProperty("option", option)
            button.setChecked(answered and option == value and type(option) is type(value))
            self._group.addButton(button, number)
            self._buttons.append(button)
        self.body.addWidget(Grid(self._buttons, short=_short([t for _, t in options])))
        self._group.idClicked.connect(lambda number: self.given.emit(self._values[number]))

    def first(self) -> QWidget:
        """The chosen option, else the first."""
        return self._group.checkedButton() or self._buttons[0]


class Many(Field):
    """Any number of several; "none of these" and "I do not know" stand alone."""

    def __init__(self, desk: Desk, item: Question | Column, value: Value, *, answered: bool) -> None:
        super().__init__(desk, item)
        self._boxes: dict[str, QCheckBox] = {}
        shown: list[QWidget] = []
        for option in item.options:
            box = Box(desk.text(option.text))
            box.setChecked(isinstance(value, list) and option.id in value)
            box.clicked.connect(self._ticked)
            self._boxes[option.id] = box
            shown.append(_marked(desk, box, sensitive="sensitive" in option.marks))
        self._none = Box(desk.say("answer.none"))
        self._none.setChecked(answered and value == [])
        self._none.clicked.connect(lambda: self._alone(self._none, []))
        self._unknown = Box(desk.say("answer.unknown"))
        self._unknown.setChecked(answered and value is None)
        self._unknown.clicked.connect(lambda: self._alone(self._unknown, None))
        texts = [desk.text(option.text) for option in item.options]
        self.body.addWidget(Grid(shown, short=_short(texts)))
        self.body.addWidget(Grid([self._none, self._unknown], short=False))

    def first(self) -> QWidget:
        """The first box."""
        return next(iter(self._boxes.values()), self._none)

    def _ticked(self) -> None:
        for box in (self._none, self._unknown):
            box.setChecked(False)
        chosen = [option for option, box in self._boxes.items() if box.isChecked()]
        if not chosen:
            self._none.setChecked(True)
        self.given.emit(chosen)

    def _alone(self, box: QAbstractButton, value: Value) -> None:
        for other in (*self._boxes.values(), self._none, self._unknown):
            other.setChecked(other is box)
        self.given.emit(value)


class Box(Wraps, QCheckBox):
    """A box to tick."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.set_words(text, start=round(26 + 18 * scale()), end=12, above=11)


def _marked(desk: Desk, box: QCheckBox, *, sensitive: bool) -> QWidget:
    """A box, with the word *sensitive* beside it where the law treats that kind with more care."""
    if not sensitive:
        return box
    holder = QWidget()
    layout = row(box, chip(desk.say("field.sensitive"), "red"))
    layout.setStretch(0, 1)
    holder.setLayout(layout)
    return holder
