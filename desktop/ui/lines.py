"""A field of several lines. Tab leaves it, and a paste as long as a book does not hang the window."""

from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QPlainTextEdit

from desktop.ui.parts import scale

LONGEST: Final = 20_000
"""Characters that one paste puts in: more than any of these fields takes, and laid out in an instant."""


class Lines(QPlainTextEdit):
    """`name` is for assistive technology; `height` in pixels at 100 %."""

    def __init__(self, name: str, height: int, text: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(round(height * scale()))

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802  # Qt's name
        """The beginning of what is pasted or dropped; whoever checks the field says that it is too long."""
        text = source.text()
        if len(text) <= LONGEST:
            super().insertFromMimeData(source)
            return
        cut = QMimeData()
        cut.setText(text[:LONGEST])
        super().insertFromMimeData(cut)
