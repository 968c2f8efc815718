"""Paints a picture of the map with Qt, on a widget or on an image alike. Decides nothing about the picture itself."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QRawFont

from desktop.ui import theme
from desktop.ui.theme import Colours
from wizards.mapping.drawing.picture import Command, Ink, Label, Picture, Shape

_EM: Final = 20
"""Letters are set at this size and scaled from it, so that every size of them has the same proportions."""
_DIMMED: Final = 0.16
_Path = tuple[QPainterPath, Shape, QRectF]
"""A path of Qt with its shape and the box in which it lies."""


def inks(colours: Colours) -> dict[Ink, str]:
    """The colour of each ink. The lanes and the ribbons have their own; all else is as everywhere in the window."""
    return {
        "ground": colours.card,
        "home-lane": colours.map_home,
        "away-lane": colours.map_away,
        "open-lane": colours.map_open,
        "node": colours.card,
        "line": colours.field_line,
        "border": colours.map_border,
        "text": colours.ink,
        "muted": colours.muted,
        "plain": colours.map_plain,
        "careful": colours.map_careful,
        "delicate": colours.map_delicate,
        "bare": colours.map_bare,
        "mark": colours.map_mark,
        "mark-text": colours.map_mark_ink,
    }


class Ready:
    """A picture ready to be painted. Its paths are built once, for every painting and for the mouse."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self._under, self._over = _paths(picture.under), _paths(picture.over)
        self._ribbons = {ribbon.id: _paths(ribbon.shapes) for ribbon in picture.ribbons}
        self._outlines = {ribbon.id: tuple(map(path_of, ribbon.outline)) for ribbon in picture.ribbons}
        load_faces("".join(label.text for label in picture.labels))

    def at(self, point: QPointF) -> str:
        """The ribbon that lies uppermost at a point of the picture, "" where there is none."""
        for ribbon in reversed(self.picture.ribbons):
            box = ribbon.spot
            inside = box.x <= point.x() <= box.x + box.width and box.y <= point.y() <= box.y + box.height
            if inside or any(path.contains(point) for path in self._outlines[ribbon.id]):
                return ribbon.id
        return ""

    def paint(self, painter: QPainter, colours: Mapping[Ink, str], lit: str = "", within: QRectF | None = None) -> None:
        """Paint it in its own units, or only what lies `within`.

        All ribbons but the one that is lit are dimmed; with none lit, none is.
        """
        seen = within or QRectF(0, 0, self.picture.width, self.picture.height)
        found = {ink: QColor(colour) for ink, colour in colours.items()}
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        _shapes(painter, self._under, found, seen)
        for name, paths in self._ribbons.items():
            if name != lit:
                _shapes(painter, paths, found, seen, _DIMMED if lit else 1.0)
        _shapes(painter, self._ribbons.get(lit, []), found, seen)
        _shapes(painter, self._over, found, seen)
        for label in self.picture.labels:
            if seen.top() < label.y + label.size and label.y - label.size < seen.bottom():
                _write(painter, label, found[label.ink])
        painter.setOpacity(1.0)


def path_of(commands: tuple[Command, ...]) -> QPainterPath:
    """A path of the picture as Qt has it."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for command, numbers in commands:
        if command == "M":
            path.moveTo(*numbers)
        elif command == "L":
            path.lineTo(*numbers)
        elif command == "C":
            path.cubicTo(*numbers)
        else:
            path.closeSubpath()
    return path


def _paths(shapes: tuple[Shape, ...]) -> list[_Path]:
    paths = [(path_of(shape.path), shape) for shape in shapes]
    return [(path, shape, _bounds(path, shape.thick)) for path, shape in paths]


def _bounds(path: QPainterPath, thick: float) -> QRectF:
    return path.controlPointRect().adjusted(-thick - 1, -thick - 1, thick + 1, thick + 1)


def _shapes(
    painter: QPainter, paths: list[_Path], found: dict[Ink, QColor], seen: QRectF, strength: float = 1.0
) -> None:
    for path, shape, bounds in paths:
        if not seen.intersects(bounds):
            continue
        painter.setOpacity(shape.opacity * strength)
        painter.setBrush(found[shape.fill] if shape.fill else Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(shape, found))
        painter.drawPath(path)


def _pen(shape: Shape, found: dict[Ink, QColor]) -> QPen:
    if not shape.line or not shape.thick:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(found[shape.line], shape.thick)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if shape.dash:
        pen.setDashPattern([length / shape.thick for length in shape.dash])  # Qt counts in widths of the pen
    return pen


# Letters --------------------------------------------------------------------------------------------------------------


def _write(painter: QPainter, label: Label, colour: QColor) -> None:
    font = _font(label.bold)
    advance = QFontMetricsF(font).horizontalAdvance(label.text) * label.size / _EM
    squeeze = min(1.0, label.width / advance) if advance and label.width > 0 else 1.0
    wide = advance * squeeze
    start = {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
    painter.save()
    painter.setOpacity(1.0)
    painter.translate(label.x - start, label.y)
    painter.scale(label.size / _EM * squeeze, label.size / _EM)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(0, 0), label.text)
    painter.restore()


@cache
def _font(bold: bool) -> QFont:  # noqa: FBT001  # a key of the cache
    font = QFont(theme.FAMILY)
    font.setPixelSize(_EM)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # else letters jump as the picture is scaled
    return font


def load_faces(text: str) -> None:
    """Have the whole face at hand where `text` has characters that the common one lacks: rare names of people."""
    known = _common()
    if not all(char < " " or known.supportsCharacter(ord(char)) for char in set(text)):
        theme.load_font("Regular", whole=True)
        theme.load_font("Bold", whole=True)


@cache
def _common() -> QRawFont:
    """The common face by itself; both weights hold the same characters."""
    return QRawFont(str(theme.font_file("Regular")), _EM)
