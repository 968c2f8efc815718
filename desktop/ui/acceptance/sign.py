"""The sign beside a result: a tick, a stroke with a dot, a cross, a ring. The shape tells it without colour."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui.parts import scale
from desktop.ui.theme import Colours
from wizards.acceptance.finding import Status

_SIDE: Final = 22


class Sign(QWidget):
    """Ornament: the word beside it says the same to whoever does not see it."""

    def __init__(self, status: Status, colours: Colours) -> None:
        super().__init__()
        self._status = status
        ground, ink = {
            "pass": (colours.green, colours.green_ink),
            "warn": (colours.yellow, colours.yellow_ink),
            "fail": (colours.red, colours.red_ink),
            "unknown": (colours.blue, colours.blue_ink),
        }[status]
        self._ground, self._ink = QColor(ground), QColor(ink)
        side = round(_SIDE * scale())
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw it on a disc; what fails stands on a square."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / _SIDE, self.height() / _SIDE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground)
        whole = QRectF(0, 0, _SIDE, _SIDE)
        if self._status == "fail":
            painter.drawRoundedRect(whole, 4, 4)
        else:
            painter.drawEllipse(whole)
        pen = QPen(self._ink, 2.2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        match self._status:
            case "pass":
                painter.drawPolyline([QPointF(6, 11.5), QPointF(9.6, 15), QPointF(16, 7.5)])
            case "warn":
                painter.drawLine(QPointF(11, 5.5), QPointF(11, 12))
                painter.drawPoint(QPointF(11, 16.2))
            case "fail":
                painter.drawLine(QPointF(7, 7), QPointF(15, 15))
                painter.drawLine(QPointF(15, 7), QPointF(7, 15))
            case "unknown":
                painter.drawEllipse(QRectF(6.8, 6.8, 8.4, 8.4))
        painter.end()
