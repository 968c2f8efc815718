"""A map that follows its flows and its room: drawn anew when either changes. Eighty flows take less than a frame."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu

from desktop.ui.desk import Desk, Place
from desktop.ui.map.view import MapView
from desktop.ui.parts import scale
from wizards.mapping.columns import NARROWEST
from wizards.mapping.geometry import draw
from wizards.mapping.nodes import Drawn
from wizards.mapping.picture import Picture, Ribbon

NAMES: Final = 9.0
"""Units of the letters of names in a picture."""
_PIXELS: Final = 14.0
"""How high they should be on the screen where the owner's text is at 100 %."""
READABLE: Final = 9.5
"""Pixels: below this the picture is for a glance and the table is for reading."""


class LiveMap(MapView):
    """The map of some flows. A ribbon opens its flow, or a list of its flows where it has several."""

    def __init__(self, desk: Desk, name: str, flows: Sequence[Drawn]) -> None:
        super().__init__(desk.colours, name, self._name)
        self._desk, self._flows, self._units = desk, tuple(flows), 0.0
        self._names = {flow.id: flow.name for flow, _, _ in flows}
        self.pressed.connect(self._open)
        self._draw(NARROWEST)

    def show_flows(self, flows: Sequence[Drawn]) -> None:
        """Draw these from now on."""
        self._flows = tuple(flows)
        self._names = {flow.id: flow.name for flow, _, _ in flows}
        self._draw(self._units)

    def picture_for(self, width: float) -> Picture:
        """The picture of the same flows at another width, for paper."""
        desk = self._desk
        return draw(desk.open.bank, self._flows, desk.lang, desk.words, width)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The letters stay as large as the owner's text as long as the room allows."""
        units = max(NARROWEST, NAMES * event.size().width() / (_PIXELS * scale()))
        if abs(units - self._units) > 1:
            self._draw(units)
        super().resizeEvent(event)

    def _draw(self, units: float) -> None:
        self._units = units
        self.show_picture(self.picture_for(units))

    def _name(self, ribbon: Ribbon) -> str:
        names = [self._names[flow] for flow in ribbon.flows]
        if len(names) == 1:
            return names[0]
        return self._desk.say("map-page.several", count=str(len(names)), names=names[0])

    def _open(self, ribbon_id: str) -> None:
        picture = self.picture
        ribbon = next((r for r in picture.ribbons if r.id == ribbon_id), None) if picture else None
        if ribbon is None:
            return
        if len(ribbon.flows) == 1:
            self._desk.go(Place("flow", ribbon.flows[0]))
            return
        menu = QMenu(self)
        menu.setAccessibleName(self._desk.say("map-page.choose"))
        for flow in ribbon.flows:
            action = menu.addAction(self._names[flow].replace("&", "&&"))
            action.triggered.connect(lambda _=False, flow=flow: self._desk.go(Place("flow", flow)))
        button = next(b for b in self.buttons if b.ribbon.id == ribbon_id)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
        menu.setActiveAction(menu.actions()[0])


def letters(width: int) -> float:
    """How high the names of a picture come out in that many pixels of room."""
    units = max(NARROWEST, NAMES * width / (_PIXELS * scale()))
    return NAMES * width / units
