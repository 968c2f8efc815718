"""A stage of a way: its number, its name, whether it is done; what belongs to it stands below."""

from typing import Literal

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.log.chip_place import ChipPlace
from desktop.ui.parts import beside, card, clear, column, label

State = Literal["now", "done", "later"]


class Stage(QWidget):
    """One stage. `show_as` puts it in a state; `body` takes what belongs to it."""

    def __init__(self, desk: Desk, number: int, name: str, state: State) -> None:
        super().__init__()
        self._desk = desk
        self._chip = ChipPlace()
        head = beside(label(f"{number}.  {name}", "heading"), self._chip)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self._frame = card(head, self.body, spacing=10)
        self.setLayout(column(self._frame))
        self.show_as(state)

    def show_as(self, state: State) -> None:
        """Done, the one at hand (framed), or one for later (its name alone)."""
        self._chip.say(self._desk.say("box-page.is-done") if state == "done" else "", "green")
        self._frame.setProperty("card", "accent" if state == "now" else "plain")
        style = self._frame.style()
        style.unpolish(self._frame)
        style.polish(self._frame)

    def fill(self, *items: QWidget | QLayout) -> None:
        """Put items in place of what stood there."""
        clear(self.body)
        for item in items:
            if isinstance(item, QWidget):
                self.body.addWidget(item)
            else:
                self.body.addLayout(item)
