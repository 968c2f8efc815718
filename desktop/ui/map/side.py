"""One of the two maps on the page, now or after the plan: its picture and its table, from the same flows."""

from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.desk import Desk, Place
from desktop.ui.map.filters import Shown
from desktop.ui.map.live import LiveMap
from desktop.ui.map.twin import Twin
from desktop.ui.parts import card, label
from wizards.interview.answers import rows
from wizards.interview.situation import Situation
from wizards.mapping import chosen
from wizards.mapping.drawing.nodes import Drawn
from wizards.mapping.listing import table


class Side:
    """The flows of `when`, now or after."""

    def __init__(self, desk: Desk, situation: Situation, when: str, shown: Shown) -> None:
        self._desk, self._situation, self._when = desk, situation, when
        name = desk.say(f"map-page.{when}")
        flows = self._flows(shown)
        self.map = LiveMap(desk, f"{desk.say('map-page.title')}: {name}", flows, when, apart=shown.apart)
        self.heading = label(name, "strong")
        self.picture = _slim(self.heading, self.map)
        heading = desk.say("map-page.table-of", when=name)
        self.twin = Twin(desk, heading, lambda flow: desk.go(Place("flow", flow)))
        self.table = card(label(heading, "heading"), self.twin)
        self._fill(flows)

    def _flows(self, shown: Shown) -> tuple[Drawn, ...]:
        """Those shown; with an add-on chosen, as they go on today to its maker."""
        if self._when != "now":
            return chosen.later(self._situation, shown.only)
        add_on = next((row for row in rows(self._situation.answers, "plugins") if row["id"] == shown.add_on), None)
        if add_on is None:
            return chosen.now(self._situation, shown.only)
        return chosen.to_maker(self._situation, add_on, shown.only)

    def show(self, shown: Shown) -> None:
        """Show these flows alone, or all."""
        flows = self._flows(shown)
        self.map.show_flows(flows, apart=shown.apart)
        self._fill(flows)

    def _fill(self, flows: tuple[Drawn, ...]) -> None:
        self.twin.show_lines(*table(self._situation.bank, flows, self._desk.lang, self._desk.words))


def _slim(heading: QWidget, inner: QWidget) -> QFrame:
    """A card that leaves its width to the picture."""
    frame = card(heading, inner, None, spacing=6)
    if (layout := frame.layout()) is not None:
        layout.setContentsMargins(12, 12, 12, 12)
    return frame
