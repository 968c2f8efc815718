"""One of the two maps on the page, now or after the plan: its picture and its table, from the same flows."""

from collections.abc import Collection

from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.desk import Desk, Place
from desktop.ui.map.live import LiveMap
from desktop.ui.map.twin import Twin
from desktop.ui.parts import card, label
from wizards.interview.situation import Situation
from wizards.mapping import chosen
from wizards.mapping.nodes import Drawn
from wizards.mapping.table import table


class Side:
    """The flows of `when`, now or after."""

    def __init__(self, desk: Desk, situation: Situation, when: str) -> None:
        self._desk, self._situation, self._when = desk, situation, when
        name = desk.say(f"map-page.{when}")
        flows = self.flows(None)
        self.map = LiveMap(desk, f"{desk.say('map-page.title')}: {name}", flows)
        self.picture = _slim(name, self.map)
        heading = desk.say("map-page.table-of", when=name)
        self.twin = Twin(desk, heading, lambda flow: desk.go(Place("flow", flow)))
        self.table = card(label(heading, "heading"), self.twin)
        self._fill(flows)

    def flows(self, only: Collection[str] | None) -> tuple[Drawn, ...]:
        """The flows of this side, or those of these ids."""
        return (chosen.now if self._when == "now" else chosen.later)(self._situation, only)

    def show(self, only: Collection[str] | None) -> None:
        """Show these flows alone, or all."""
        flows = self.flows(only)
        self.map.show_flows(flows)
        self._fill(flows)

    def _fill(self, flows: tuple[Drawn, ...]) -> None:
        self.twin.show_lines(*table(self._situation.bank, flows, self._desk.lang, self._desk.words))


def _slim(name: str, inner: QWidget) -> QFrame:
    """A card that leaves its width to the picture."""
    frame = card(label(name, "strong"), inner, spacing=6)
    if (layout := frame.layout()) is not None:
        layout.setContentsMargins(12, 12, 12, 12)
    return frame
