"""The map as a PNG: the colours of paper, two pixels to a unit. Needs no screen; same picture, same bytes."""

import os
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter

from desktop.reports.inks import PAPER
from desktop.ui import theme
from desktop.ui.map.painter import Ready
from wizards.mapping.drawing.picture import Picture

SCALE: Final = 2.0
_QT: Final[list[QGuiApplication]] = []
"""Qt wants its application to stay until the end."""


def png_of(ready: Ready) -> bytes:
    """The picture as the bytes of a PNG. May be called from a worker."""
    picture = ready.picture
    image = QImage(round(picture.width * SCALE), round(picture.height * SCALE), QImage.Format.Format_RGB32)
    image.fill(PAPER["ground"])
    painter = QPainter(image)
    painter.scale(SCALE, SCALE)
    ready.paint(painter, PAPER)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def png_without_window(picture: Picture) -> bytes:
    """The same in a program that has no window: Qt is started for its letters alone, and asks for no screen."""
    if QGuiApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # of this process; a screen that is named but not there ends it
        _QT.append(QGuiApplication(["guia"]))
    theme.load_font("Regular")
    theme.load_font("Bold")
    return png_of(Ready(picture))
