"""Texts and buttons that wrap: with large letters or a narrow window a long text takes two lines and is never cut."""

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QWidget

if TYPE_CHECKING:
    _Base = QAbstractButton
else:
    _Base = object  # Qt cannot build an object of two of its classes: at run time this is a mixin of Python alone


_LONG: Final = re.compile(r"[!-,.0-\u200a\u200c-\u2e7f]{25,}")
"""Letters in a row, more than the narrowest card has room for; after "-" and "/" a line ends anyway, as in Chinese."""
_JOINT: Final = re.compile(r"(?<=[._=@:])(?=.)")
_BREAK: Final = "\u200b"
"""A place at which a line may end; it has no width."""


class Text(QLabel):
    """A label that may break a word that is longer than a line, as addresses, hosts and names of files are.

    What would be obeyed, such as a mark that turns the direction of reading, is shown as what it is. `text` gives what
    was set.
    """

    _whole = ""

    def setText(self, text: str) -> None:  # noqa: N802  # Qt's name
        """Show this text."""
        self._whole = text
        super().setText(breakable("\n".join(map(_seen, text.split("\n")))))

    def text(self) -> str:
        """What was set, without the places to break."""
        return self._whole


def breakable(text: str) -> str:
    """`text` with places at which its longest words may be broken: after a dot and its like, else anywhere."""
    parted = _LONG.sub(lambda word: _JOINT.sub(_BREAK, word[0]), text)
    return _LONG.sub(lambda word: _BREAK.join(word[0]), parted)


def _seen(text: str) -> str:
    if text.isprintable():
        return text
    from wizards.interview.mistakes import visible  # seldom needed, and never before the first paint

    return visible(text)


class Wraps(_Base):
    """Mixed into a button of Qt: its words stand in a label inside it, which wraps and leaves the mouse alone."""

    def set_words(self, text: str, *, start: int, end: int, above: int, middle: bool = False) -> None:
        """Show `text`, which is its name for assistive technology as well; the margins are in pixels."""
        self.words = Text()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setText(text)
        self.words.setWordWrap(True)
        # Chinese breaks anywhere, but a column of one character a line is no text
        pieces = [word[: 8 if word > "⺀" else 14] for word in text.split()]
        longest = max(map(self.words.fontMetrics().horizontalAdvance, pieces), default=0)
        self.words.setMinimumWidth(min(longest, 240))
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words.setAlignment(
            Qt.AlignmentFlag.AlignCenter if middle else Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        )
        self._room = _Room(self, self.words, (start, above, end, above))
        # Qt's own policy for a radio button takes the width of one line as its least width.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """On one line, where there is room."""
        return self._room.one_line()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As narrow as its longest word."""
        return self._room.totalMinimumSize()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  # Qt's name
        """The whole surface is the button, its words included."""
        return self.rect().contains(pos)


class _Room(QHBoxLayout):
    """The layout inside a button: the words with their margins."""

    def __init__(self, button: QWidget, words: QLabel, margins: tuple[int, int, int, int]) -> None:
        super().__init__(button)
        self._words = words
        self.setContentsMargins(*margins)
        self.addWidget(words)

    def one_line(self) -> QSize:
        """The size that the words need on one line."""
        margins = self.contentsMargins()
        self._words.ensurePolished()
        text = self._words.fontMetrics().size(0, self._words.text())
        return QSize(
            text.width() + margins.left() + margins.right() + 4, text.height() + margins.top() + margins.bottom() + 2
        )
