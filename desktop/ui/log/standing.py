"""One line of where things stand: its name, what is so in words, a chip, and the button that leads to its page."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.log.chip_place import ChipPlace
from desktop.ui.parts import Button, announce, beside, clear, column, label, line, row


class Standing(QWidget):
    """One of the things that stand at the top of the page; `say` puts other words there."""

    def __init__(self, name: str, button: Button, *, last: bool = False) -> None:
        super().__init__()
        self._name = name
        self._chip = ChipPlace()
        self._said = QVBoxLayout()
        self._said.setSpacing(2)
        button.setAccessibleName(f"{button.accessibleName()}: {name}")
        lines = column(beside(label(name, "strong"), self._chip), self._said, row(button, None), spacing=2)
        if not last:
            lines.addWidget(line())
        self.setLayout(lines)

    def say(self, texts: list[str], short: str = "", colour: str = "blue", *, aloud: bool = False) -> None:
        """The sentences, and the short word of the chip; `aloud` where they come after the page was shown."""
        clear(self._said)
        self._chip.say(short, colour)
        for text in texts:
            self._said.addWidget(label(text, "muted"))
        if aloud:
            announce(self, " ".join([self._name, *texts]))
