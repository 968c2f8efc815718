"""The page of the first paint: Guia is opening. Also says calmly that something could not be opened."""

from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk
from desktop.ui.parts import card, column, label


class Opening(QWidget):
    """One quiet card."""

    def __init__(self, desk: Desk, fault: str = "") -> None:
        super().__init__()
        self.setObjectName("page")
        text = desk.say("opening.fault", kind=fault) if fault else desk.say("opening.text")
        self.setLayout(
            column(None, card(label(desk.say("app.title"), "heading"), label(text, "muted")), None, margins=36)
        )
