"""The choosers above the map: by kind of data, by add-on, by problem. Which flows remain, and how many, in words."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.parts import Button, chooser, column, label, row, scale
from wizards.interview.answers import named, rows
from wizards.interview.situation import Situation
from wizards.mapping import chosen


class Shown(Struct, frozen=True):
    """Which flows are shown: their ids, None for all; `apart` where each is drawn on a way of its own.

    `add_on` is the id of the add-on that reads them, "" where none is chosen.
    """

    only: frozenset[str] | None = None
    apart: bool = False
    add_on: str = ""


class Start(Struct, frozen=True):
    """What is chosen at first: the flows of one ribbon, and the text of each chooser that is not at "any"."""

    picked: frozenset[str] | None = None
    choices: Mapping[str, str] = {}


class Filters(QWidget):
    """Which flows to show. `changed` is called with each choice."""

    def __init__(self, desk: Desk, situation: Situation, start: Start, changed: Callable[[Shown], None]) -> None:
        super().__init__()
        self._desk, self._situation, self._picked, self._changed = desk, situation, start.picked, changed
        self._boxes = {
            name: box
            for name, options in (("kind", self._kinds()), ("add-on", self._add_ons()), ("problem", self._problems()))
            if (box := self._box(name, options)) is not None
        }
        for name, box in self._boxes.items():
            with QSignalBlocker(box):
                box.setCurrentIndex(max(box.findText(start.choices.get(name, "")), 0))
        self._said = label("", "muted")
        self._all = Button(desk.say("map-page.all"), self.show_all, kind="link")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setLayout(column(self._grid, row(self._said, self._all), spacing=6))
        self.spread(wide=True)
        self._tell()

    @property
    def shown(self) -> Shown:
        """The flows that fit every choice."""
        taken = {name: found for name, box in self._boxes.items() if (found := box.currentData()) is not None}
        picked = [flows for _, flows in taken.values()]
        if self._picked is not None:
            picked.append(self._picked)
        only = frozenset.intersection(*picked) if picked else None
        return Shown(only, apart=self._picked is not None, add_on=taken.get("add-on", ("", None))[0])

    @property
    def choices(self) -> dict[str, str]:
        """The text of each chooser that is not at "any"."""
        return {name: box.currentText() for name, box in self._boxes.items() if box.currentIndex() > 0}

    def spread(self, *, wide: bool) -> None:
        """Beside each other, or one under the other."""
        for place, box in enumerate(self._boxes.values()):
            self._grid.addWidget(box, *((0, place) if wide else (place, 0)))
            self._grid.setColumnMinimumWidth(place, self._wish(box) if wide else 0)
            self._grid.setColumnStretch(place, 1 if wide or not place else 0)

    def wish(self) -> int:
        """The width at which what stands in every chooser can be read, beside each other."""
        return sum(map(self._wish, self._boxes.values())) + self._grid.spacing() * (len(self._boxes) - 1)

    def _wish(self, box: QComboBox) -> int:
        return box.fontMetrics().horizontalAdvance(box.itemText(0)) + round(72 * scale())

    def show_all(self) -> None:
        """No filter any more."""
        self._picked = None
        for box in self._boxes.values():
            with QSignalBlocker(box):
                box.setCurrentIndex(0)
        self._choose()
        if self._boxes:  # the button that was pressed is gone
            next(iter(self._boxes.values())).setFocus()

    def _kinds(self) -> list[tuple[str, str, frozenset[str]]]:
        column = self._situation.bank.columns["flows", "kinds"]
        return [
            (option.id, self._desk.text(option.text), chosen.of_kind(self._situation, option.id))
            for option in column.options
        ]

    def _add_ons(self) -> list[tuple[str, str, frozenset[str]]]:
        given = rows(self._situation.answers, "plugins")
        return [(str(each["id"]), named(each), chosen.read_by(self._situation, each)) for each in given]

    def _problems(self) -> list[tuple[str, str, frozenset[str]]]:
        return [
            (problem, self._desk.say(f"map-problem.{problem}"), chosen.with_problem(self._situation, problem))
            for problem in chosen.PROBLEMS
        ]

    def _box(self, name: str, options: Sequence[tuple[str, str, frozenset[str]]]) -> QComboBox | None:
        """A chooser of what there is; None where there is nothing to choose. It opens on all."""
        found = [option for option in options if option[2]]
        if not found:
            return None
        box = chooser(self._desk.say(f"map-page.{name}"))
        box.addItem(self._desk.say(f"map-page.any-{name}"), None)
        for option, text, flows in found:
            box.addItem(self._desk.say("map-page.option", text=text, count=str(len(flows))), (option, flows))
        box.currentIndexChanged.connect(lambda _: self._choose())
        return box

    def _choose(self) -> None:
        self._tell()
        self._changed(self.shown)

    def _tell(self) -> None:
        whole, only = len(self._situation.flows), self.shown.only
        shown = whole if only is None else len(only)
        self._said.setText(self._desk.say("map-page.shown", shown=str(shown), all=str(whole)))
        self._said.setVisible(only is not None)
        self._all.setVisible(only is not None)
