"""Text that is typed or copied exactly as it stands: a command, a code, a line of a log. Wrapped anywhere, not cut."""

from math import ceil
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

_ACROSS: Final = 14
_FURTHER: Final = 24
_AROUND: Final = 10
"""Pixels of border and padding, at both sides together."""


class Verbatim(QTextEdit):
    """Read only, and as high as its text; reached, selected and copied by the keyboard too."""

    def __init__(self, name: str, text: str, *, plain: bool = False) -> None:
        super().__init__()
        self.setProperty("verbatim", "plain" if plain else "strong")
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setPlainText(text)
        self._indent()

    def _indent(self) -> None:
        """What had to be wrapped stands further in: else half a command would look like one of its own."""
        whole, shape = QTextCursor(self.document()), QTextBlockFormat()
        shape.setLeftMargin(_FURTHER)
        shape.setTextIndent(-_FURTHER)
        whole.select(QTextCursor.SelectionType.Document)
        whole.mergeBlockFormat(shape)

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's name
        """As high as the text at this width."""
        self.ensurePolished()
        document = self.document().clone()
        document.setDefaultFont(self.font())
        document.setDefaultTextOption(self.document().defaultTextOption())
        document.setTextWidth(max(20, width - _ACROSS))
        return ceil(document.size().height()) + _AROUND

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Wide, and as high as that needs."""
        return QSize(400, self.heightForWidth(400))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Narrow: the text wraps."""
        return QSize(60, self.fontMetrics().lineSpacing() + _AROUND)
