"""The map so far, below the questions that change it. Drawn anew after each answer."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.ui.desk import Desk, Place
from desktop.ui.map.live import LiveMap
from desktop.ui.parts import Button, column, label, row
from wizards.interview.walk import Page

_MOVE_IT: Final = {"flows", "hosting-place"}
"""The questions whose answers are seen on the map at once."""


def map_card(desk: Desk, page: Page) -> "MapCard | None":
    """The map for this page; None where its questions do not change the map."""
    return MapCard(desk) if any(question.id in _MOVE_IT for question in page.questions) else None


class MapCard(QFrame):
    """The map of all flows given so far; hidden until there is one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk = desk
        self._map = LiveMap(desk, desk.say("map-page.so-far"), desk.open.plan().flows)
        see = Button(desk.say("map-page.see"), lambda: desk.go(Place("map")), kind="link")
        layout: QVBoxLayout = column(row(label(desk.say("map-page.so-far"), "heading"), see), self._map, margins=12)
        self.setLayout(layout)
        self._later = QTimer(self, singleShot=True, interval=0)  # the page has its turn first, the map the next
        self._later.timeout.connect(self._draw)
        if not desk.open.plan().flows:  # shown before it has its place, it would be a window of its own
            self.hide()

    def refresh(self) -> None:
        """Draw what the answers say now, once for all that were given meanwhile."""
        self._later.start()

    def _draw(self) -> None:
        flows = self._desk.open.plan().flows
        self._map.show_flows(flows)
        self.setVisible(bool(flows))
