"""Answers that are typed: a text, a number, a day, numbers by kind. Told shortly after typing stops, and on leaving."""

import re
from datetime import date
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop.storage.values import ABSENT, Absent
from desktop.ui.desk import Desk
from desktop.ui.fields.choices import Box
from desktop.ui.fields.field import Field
from desktop.ui.parts import label
from wizards.content.shapes import Column, Question
from wizards.interview.answers import Value
from wizards.interview.mistakes import LONGEST_TEXT
from wizards.interview.validity import FIRST_DAY, LAST_DAY

_PAUSE_MS: Final = 500


class _Bad(ValueError):
    """What was typed does not fit; the word that says so, and its values."""

    def __init__(self, word: str, **values: str) -> None:
        super().__init__(word)
        self.word, self.values = word, values


class _Line(QLineEdit):
    """One line; remembers nothing and shows direction marks as they are."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        self.setMaxLength(LONGEST_TEXT)


class Typed(Field):
    """A text, a whole number or a day."""

    def __init__(self, desk: Desk, item: Question | Column, value: Value, *, answered: bool) -> None:
        super().__init__(desk, item)
        self._line = _Line(desk.text(item.text), "" if value is None else str(value))
        if item.kind == "date":
            self._line.setPlaceholderText(desk.say("field.day-shape"))
        if item.kind != "text":
            self._line.setMaximumWidth(260)
        self._unknown = Box(desk.say("answer.unknown"))
        self._unknown.setChecked(answered and value is None)
        self.body.addWidget(self._line)
        if item.id == "name":
            self._unknown.setParent(self)
            self._unknown.hide()  # a row is called something
        else:
            self.body.addWidget(self._unknown)
        self._told: Value | Absent = value if answered else ABSENT
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._pause)
        self._line.textEdited.connect(self._typing)
        self._line.editingFinished.connect(self.commit)
        self._unknown.clicked.connect(self._not_known)

    def first(self) -> QWidget:
        """The line."""
        return self._line

    def commit(self) -> bool:
        """Tell what is typed."""
        self._timer.stop()
        try:
            value = self._value()
        except _Bad as bad:
            self.wrong(bad.word, **bad.values)
            return False
        self.wrong("")
        self._tell(value)
        return True

    def _typing(self) -> None:
        self._unknown.setChecked(False)
        self._timer.start()

    def _pause(self) -> None:
        """In a pause, tell only what fits: nobody is corrected in the middle of a word."""
        try:
            self._tell(self._value())
        except _Bad:
            return

    def _not_known(self) -> None:
        self._timer.stop()
        if self._unknown.isChecked():
            self._line.clear()
            self.wrong("")
            self._tell(None)
        else:
            self._tell(ABSENT)

    def _tell(self, value: Value | Absent) -> None:
        if value != self._told:
            self._told = value
            self.given.emit(value)

    def _value(self) -> Value | Absent:
        text = self._line.text().strip()
        if not text:
            return None if self._unknown.isChecked() else ABSENT
        if self.item.kind == "number":
            return whole_number(text, self.item)
        return _a_day(text) if self.item.kind == "date" else text


def whole_number(text: str, item: Question | Column) -> int:
    """The number in `text`: digits of any width, with or without separators."""
    low, high = (
        (item.minimum, item.maximum) if isinstance(item, Question) and item.kind == "number" else (0, 10_000_000)
    )
    plain = re.sub(r"[\s,.'’，]", "", text)
    if not plain.isdecimal():
        raise _Bad("field.not-a-number")
    number = int(plain)
    if not low <= number <= high:
        raise _Bad("field.out-of-range", low=f"{low:,}", high=f"{high:,}")
    return number


def _a_day(text: str) -> str:
    parts = [int(part) for part in re.findall(r"\d+", text)]
    if len(parts) == 3 and parts[0] < 100:  # day first, as people in Macao write it
        parts.reverse()
    try:
        day = date(*parts) if len(parts) == 3 else date.fromisoformat(text)
    except (ValueError, TypeError):
        raise _Bad("field.not-a-day") from None
    if not FIRST_DAY <= day <= LAST_DAY:  # a year of two digits, or one still being typed
        raise _Bad("field.not-a-day")
    return day.isoformat()


class Counts(Field):
    """A number for each of several kinds."""

    def __init__(self, desk: Desk, item: Question | Column, value: Value, *, answered: bool) -> None:
        super().__init__(desk, item)
        self._lines: dict[str, QLineEdit] = {}
        grid = QGridLayout()
        grid.setSpacing(8)
        known = value if isinstance(value, dict) else {}
        for place, option in enumerate(item.options):
            text = desk.text(option.text)
            box = _Line(text, str(known[option.id]) if option.id in known else "")
            box.setMaximumWidth(140)
            box.editingFinished.connect(self.commit)
            grid.addWidget(label(text), place, 0)
            grid.addWidget(box, place, 1)
            self._lines[option.id] = box
        grid.setColumnStretch(0, 1)
        self._unknown = Box(desk.say("answer.unknown"))
        self._unknown.setChecked(answered and value is None)
        self._unknown.clicked.connect(self._not_known)
        self.body.addLayout(grid)
        self.body.addWidget(self._unknown)
        self._told: Value | Absent = value if answered else ABSENT

    def first(self) -> QWidget:
        """The first number."""
        return next(iter(self._lines.values()), self._unknown)

    def commit(self) -> bool:
        """Tell the numbers; an empty line is no number."""
        try:
            counts = {
                kind: whole_number(box.text(), self.item) for kind, box in self._lines.items() if box.text().strip()
            }
        except _Bad as bad:
            self.wrong(bad.word, **bad.values)
            return False
        self.wrong("")
        if counts:
            self._unknown.setChecked(False)
        value: Value | Absent = counts or (None if self._unknown.isChecked() else ABSENT)
        if value != self._told:
            self._told = value
            self.given.emit(value)
        return True

    def _not_known(self) -> None:
        if self._unknown.isChecked():
            for box in self._lines.values():
                box.clear()
        self.commit()
