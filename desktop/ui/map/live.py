"""A map that follows its flows and its room: drawn anew when either changes. Eighty flows take less than a frame."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from desktop.ui.desk import Desk, Place
from desktop.ui.map.view import MapView
from desktop.ui.parts import scale
from wizards.mapping.drawing.columns import NARROWEST
from wizards.mapping.drawing.geometry import draw
from wizards.mapping.drawing.grouping import READABLE
from wizards.mapping.drawing.letters import clean
from wizards.mapping.drawing.nodes import Drawn
from wizards.mapping.drawing.picture import Picture, Ribbon

NAMES: Final = 9.0
"""Units of the letters of names in a picture."""
_PIXELS: Final = 14.0
"""How high they should be on the screen where the owner's text is at 100 %."""
LEGIBLE: Final = 9.5
"""Pixels: below this the picture is for a glance and the table is for reading."""


class LiveMap(MapView):
    """The map of some flows. A ribbon opens its flow; one of several flows opens the map of these alone."""

    leaving = Signal(str)
    """A ribbon's id: what it opens is shown next."""

    def __init__(
        self, desk: Desk, name: str, flows: Sequence[Drawn], when: str = "now", *, apart: bool = False
    ) -> None:
        super().__init__(desk.colours, name, self._name)
        self._desk, self._when, self._apart = desk, when, apart
        self._flows, self._units = tuple(flows), 0.0
        self._names = {flow.id: clean(flow.name) for flow, _, _ in flows}
        self.pressed.connect(self._open)
        self._draw(NARROWEST)

    def show_flows(self, flows: Sequence[Drawn], *, apart: bool = False) -> None:
        """Draw these from now on; `apart` draws each on a way of its own, however many there are."""
        self._flows, self._apart = tuple(flows), apart
        self._names = {flow.id: clean(flow.name) for flow, _, _ in flows}
        self._draw(self._units)

    def picture_for(self, width: float) -> Picture:
        """The picture of the same flows at another width, for paper."""
        desk = self._desk
        most = max(READABLE, len(self._flows)) if self._apart else READABLE
        return draw(desk.open.bank, self._flows, desk.lang, desk.words, width, most)

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
        return self._desk.say("map-page.several", first=names[0], count=str(len(names) - 1))

    def _open(self, ribbon_id: str) -> None:
        picture = self.picture
        ribbon = next((r for r in picture.ribbons if r.id == ribbon_id), None) if picture else None
        self.leaving.emit(ribbon_id)
        if ribbon is not None and len(ribbon.flows) == 1:
            self._desk.go(Place("flow", ribbon.flows[0]))
        elif ribbon is not None:
            self._desk.go(Place("map", "\n".join([self._when, *ribbon.flows])))


def letters(width: int) -> float:
    """How high the names of a picture come out in that many pixels of room."""
    units = max(NARROWEST, NAMES * width / (_PIXELS * scale()))
    return NAMES * width / units
