"""Choosing whom to trust for the server's certificate: this computer's list, or the office's own authority alone."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.desk import Desk
from desktop.ui.parts import Button, column, label, row


class AuthorityChoice(QWidget):
    """`file` is None while this computer's list counts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.file: Path | None = None
        self._said = label(desk.say("nextcloud.authority-none"), "muted")
        self._drop = Button(desk.say("nextcloud.authority-drop"), lambda: self._take(None), kind="link")
        self._choose = Button(desk.say("nextcloud.authority-choose"), self._ask)
        buttons = row(self._choose, self._drop, None)
        self.setLayout(column(label(desk.say("nextcloud.authority-why"), "muted"), buttons, self._said, spacing=6))
        self._drop.hide()

    def _ask(self) -> None:
        said = self._desk.say("nextcloud.authority-choose")
        chosen, _ = QFileDialog.getOpenFileName(self, said, "", "PEM (*.pem *.crt *.cer)")
        if chosen:
            self._take(Path(chosen))

    def _take(self, file: Path | None) -> None:
        self.file = file
        say = self._desk.say
        said = say("nextcloud.authority-chosen", file=file.name) if file else say("nextcloud.authority-none")
        self._said.setText(said)
        self._drop.setVisible(file is not None)
        if file is None:
            self._choose.setFocus()
