"""The rail at the left: the places of Guia, or the five steps while the assessment is open; language at its foot."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.desk import Desk, Place
from desktop.ui.parts import Button, label, scale, scrolled
from wizards.content.text import LANGUAGES

PLACES: Final = ("home", "assessment", "map", "log", "plan", "review", "settings")
_INSIDE: Final = {
    "page": "assessment",
    "answers": "assessment",
    "flow": "map",
    "sheet": "assessment",
    "roster": "assessment",
    "list": "assessment",
    "trail": "log",
    "entry": "log",
    "box": "log",
    "sites": "log",
    "task": "plan",
    "guide": "plan",
    "nextcloud": "log",
    "sample": "log",
    "kept": "review",
    "quick": "home",
    "quick-result": "home",
}


class Rail(QFrame):
    """Where one can go. `speak` changes the language."""

    def __init__(self, desk: Desk, place: Place, speak: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(round(216 * min(scale(), 1.5)))
        inner = QWidget()
        outer = QVBoxLayout(self)  # it scrolls where the window is low
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner))
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(14, 20, 14, 18)
        layout.setSpacing(6)
        layout.addLayout(_brand(desk))
        layout.addSpacing(14)
        if desk.session is not None:
            for name in PLACES:
                layout.addWidget(self._entry(desk, name, place))
        layout.addStretch(1)
        layout.addWidget(self._languages(desk, speak))
        layout.addSpacing(6)
        layout.addWidget(label(desk.say("app.stays-here"), "muted"))

    def _entry(self, desk: Desk, name: str, place: Place) -> QPushButton:
        entry = Button(desk.say(f"place.{name}"), lambda: desk.go(Place(name)), kind="rail")
        if _INSIDE.get(place.name, place.name) == name:
            _mark(desk, entry)
        return entry

    def _languages(self, desk: Desk, speak: Callable[[str], None]) -> QWidget:
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for lang, short in zip(LANGUAGES, ("EN", "繁中", "PT"), strict=True):
            button = Button(short, partial(speak, lang), kind="rail")
            button.setAccessibleName(desk.say(f"language.{lang}"))
            if lang == desk.lang:
                _mark(desk, button)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            layout.addWidget(button)
        return holder


def _mark(desk: Desk, entry: Button) -> None:
    """This is where the owner is: said by ground and weight, and in words to assistive technology."""
    entry.setProperty("here", "yes")
    entry.setAccessibleDescription(desk.say("app.here"))


def _brand(desk: Desk) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(10)
    layout.addWidget(Lighthouse(desk.colours.amber, desk.colours.rail))
    layout.addWidget(label("Guia", "brand", wrap=False))
    layout.addStretch(1)
    return layout


class Lighthouse(QWidget):
    """The mark: a lighthouse on amber."""

    def __init__(self, ground: str, ink: str) -> None:
        super().__init__()
        self._ground, self._ink = QColor(ground), QColor(ink)
        self.setFixedSize(28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground)
        painter.drawRoundedRect(QRectF(0, 0, 28, 28), 7, 7)
        painter.setBrush(self._ink)
        painter.drawPolygon(QPolygonF([QPointF(12, 9), QPointF(16, 9), QPointF(18, 23), QPointF(10, 23)]))
        painter.drawRect(QRectF(11, 5.5, 6, 2.6))
        painter.end()
