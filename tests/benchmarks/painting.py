"""The map of many flows: laid out and painted, against an empty scene as large; and drawn anew after an answer."""

import os
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from statistics import median
from types import SimpleNamespace
from typing import Any, Final, cast

from desktop.content import bank, words
from tests.benchmarks.businesses import with_flows
from tests.benchmarks.measure import FRAME, Ratio, alternating, seconds
from wizards.mapping.drawing.geometry import draw
from wizards.mapping.drawing.nodes import Drawn
from wizards.planning.plan import plan_of

FLOWS: Final = 80
ROUNDS: Final = 15
WIDTH: Final = 620.0
SCALE: Final = 1.5
DAY: Final = date(2026, 11, 23)


def measure() -> Iterator[Ratio]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    flows = plan_of(bank(), with_flows(FLOWS), DAY).flows
    yield painted(flows)
    yield redrawn(flows)
    del application


def painted(flows: tuple[Drawn, ...]) -> Ratio:
    """The whole picture, on an image."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtWidgets import QGraphicsScene

    from desktop.ui.map.painter import Ready, inks
    from desktop.ui.theme import LIGHT

    def picture() -> Ready:
        return Ready(draw(bank(), flows, "en", words(), WIDTH))

    size = picture().picture
    image = QImage(round(size.width * SCALE), round(size.height * SCALE), QImage.Format.Format_RGB32)
    scene = QGraphicsScene(QRectF(0, 0, size.width, size.height))
    scene.setBackgroundBrush(QColor(LIGHT.card))

    def ours() -> None:
        painter = QPainter(image)
        painter.scale(SCALE, SCALE)
        picture().paint(painter, inks(LIGHT))
        painter.end()

    def empty() -> None:
        painter = QPainter(image)
        scene.render(painter)
        painter.end()

    ratio, taken, nothing = alternating(ours, empty, ROUNDS)
    told = f"{taken * 1000:.1f} ms, {nothing * 1000:.2f} ms"
    return Ratio(f"map of {FLOWS} flows, laid out and painted", ratio, "an empty scene as large", told=told)


def redrawn(flows: tuple[Drawn, ...]) -> Ratio:
    """What an answer costs on the page of a question: the map in a window, painted as far as it is seen."""
    from PySide6.QtCore import QCoreApplication

    from desktop.ui.desk import App, Desk
    from desktop.ui.map.live import LiveMap
    from desktop.ui.parts import scrolled
    from desktop.ui.theme import LIGHT

    desk = Desk(
        words=words(),
        lang="en",
        colours=LIGHT,
        go=lambda _: None,
        back=lambda: None,
        app=cast("App", None),
        session=cast("Any", SimpleNamespace(bank=bank())),
    )
    shown = LiveMap(desk, "map", flows)
    window = scrolled(shown)
    window.resize(760, 800)
    window.show()
    QCoreApplication.processEvents()
    states = cycle((flows[1:], flows))

    def answer() -> None:
        shown.show_flows(next(states))
        QCoreApplication.processEvents()

    taken = median([seconds(answer) for _ in range(ROUNDS + 1)][1:])
    window.close()
    told = f"{taken * 1000:.1f} ms"
    return Ratio(f"map of {FLOWS} flows after an answer", taken / FRAME, "a frame of 16 ms", most=1.0, told=told)
