"""A mark of the trail stamped by a time authority of the owner's choice: its address, its certificate, one button."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from desktop import plain, terminal
from desktop.reports import entries_said
from desktop.ui.desk import Desk
from desktop.ui.parts import Button, announce, card, chip, clear, column, label, row
from desktop.ui.unlock import said_of
from desktop.ui.waiting import Waiting
from wizards.trail.marks import Stamp

LARGEST: Final = 1_000_000
"""Bytes of a certificate file; more is none."""


class StampCard(QWidget):
    """The button names the authority that is typed. `stamped` hears of each stamp that was noted."""

    def __init__(self, desk: Desk, stamped: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._stamped = desk, stamped
        self._file: Path | None = None
        self._address = QLineEdit()
        self._address.setAccessibleName(desk.say("mark.stamp-address"))
        self._address.setPlaceholderText("https://")
        self._address.textChanged.connect(self._name)
        choose = Button(desk.say("mark.stamp-file"), self._choose)
        self._chosen = label("", "muted")
        self._chosen.hide()
        self._ask = Button(desk.say("mark.stamp-ask-nobody"), self._stamp)
        self._waiting = Waiting(desk)
        self._said = QVBoxLayout()
        heading, text = label(desk.say("mark.stamp-title"), "heading"), label(desk.say("mark.stamp-text"), "muted")
        name = label(desk.say("mark.stamp-address"))
        asks = row(self._ask, None)
        self.setLayout(
            column(
                card(
                    heading, text, name, self._address, row(choose, None), self._chosen, asks, self._waiting, self._said
                )
            )
        )

    def _name(self, typed: str) -> None:
        """The button says where it goes."""
        host = QUrl(typed.strip()).host()
        say = self._desk.say
        self._ask.rename(say("mark.stamp-ask", host=host) if host else say("mark.stamp-ask-nobody"))

    def _choose(self) -> None:
        kinds = "PEM (*.pem *.crt *.cer);;* (*)"
        chosen, _ = QFileDialog.getOpenFileName(self, self._desk.say("mark.stamp-file"), str(Path.home()), kinds)
        if chosen:
            self._file = Path(chosen)
            self._chosen.setText(self._desk.say("mark.stamp-chosen", name=self._file.name))
            self._chosen.show()

    def _stamp(self) -> None:
        clear(self._said)
        if self._file is None:
            self._tell(self._desk.say("mark.stamp-no-file"), "error")
            return
        file, url, anchors = self._file, self._address.text().strip(), self._desk.open.anchors
        self._waiting.begin(
            lambda watch: anchors.stamp(url, plain.beginning(file, LARGEST), watch),
            self._show,
            self._failed,
            lambda: self._tell(self._desk.say("waiting.given-up"), "muted"),
        )

    def _show(self, stamp: Stamp) -> None:
        desk = self._desk
        if stamp.fault or stamp.at is None:
            self._tell(desk.say(f"stamp.{stamp.fault}"), "error")
            return
        moment = entries_said.moment(desk.voice, stamp.at.isoformat())
        self._said.addLayout(row(chip(desk.say("plan.is-done"), "green"), None))
        self._tell(desk.say("mark.stamped", by=stamp.by, moment=moment), "strong")
        self._stamped()

    def _failed(self, error: Exception) -> None:
        from desktop.connect.stamp import StampRefused

        desk = self._desk
        if isinstance(error, StampRefused):
            self._tell(desk.say(f"stamp.{error.code}"), "error")
        elif isinstance(error, OSError) and self._file is not None:
            why = terminal.why(error, desk.lang)
            self._tell(desk.say("cli.unreadable", file=self._file.name, why=why), "error")
        else:
            self._tell(said_of(desk, error), "error")

    def _tell(self, text: str, role: str) -> None:
        self._said.addWidget(label(text, role))
        announce(self, text)
