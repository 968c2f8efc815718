"""The place of one chip beside a name: empty and without room until there is something to say."""

from PySide6.QtWidgets import QWidget

from desktop.ui.parts import chip, clear, row


class ChipPlace(QWidget):
    """Takes a chip in place of the one before."""

    def __init__(self) -> None:
        super().__init__()
        self._row = row()
        self.setLayout(self._row)
        self.hide()

    def say(self, short: str, colour: str) -> None:
        """A short word on a tint; "" for none."""
        clear(self._row)
        if short:
            self._row.addWidget(chip(short, colour))
            self._row.addStretch(1)
        self.setVisible(bool(short))
