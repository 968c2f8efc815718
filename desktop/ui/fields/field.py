"""What every field has in common: it tells each answer as it is given, and what is wrong with what was typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.parts import label
from wizards.content.shapes import Column, Question


class Field(QWidget):
    """An answer's widget. `given` carries a value, None for "I do not know", or ABSENT for no answer."""

    given = Signal(object)

    def __init__(self, desk: Desk, item: Question | Column) -> None:
        super().__init__()
        self.desk, self.item = desk, item
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        self._problem: QLabel | None = None

    def first(self) -> QWidget:
        """Where the keyboard starts."""
        return self

    def commit(self) -> bool:
        """Tell what is typed but not told yet. False, with a message beside the field, where it does not fit."""
        return True

    def wrong(self, word: str, **values: str) -> None:
        """Say beside the field what is wrong and how to mend it; "" takes the message away."""
        if self._problem is not None:
            self._problem.setParent(None)
            self._problem.deleteLater()
            self._problem = None
        if word:
            self._problem = label(self.desk.say(word, **values), "error")
            self.body.addWidget(self._problem)
            self.first().setAccessibleDescription(self._problem.text())
