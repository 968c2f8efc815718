"""The test of a log box: sent, found again, or said exactly what is missing. Sent is never shown as logged."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.connect.watch import Watch
from desktop.reports import entries_said
from desktop.ui.desk import Desk
from desktop.ui.lines import Lines
from desktop.ui.log.verbatim import Verbatim
from desktop.ui.parts import Button, announce, chip, clear, column, label, line, row
from desktop.ui.unlock import said_of
from desktop.ui.waiting import Waiting
from wizards.logbox.line import Line

if TYPE_CHECKING:
    from desktop.logbox.proof import Proof


class BoxTest(QWidget):
    """Button, strip and result. `proven` hears of each test that was found again, `missed` of each that was not."""

    def __init__(self, desk: Desk, way: Line, proven: Callable[[], object], missed: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._way, self._proven, self._missed = desk, way, proven, missed
        last = desk.open.box.proven()
        kind = "plain" if last else "primary"
        self.button = Button(desk.say("box-page.test", host=way.host), self._test, kind=kind)
        self._waiting = Waiting(desk)
        self._said = QVBoxLayout()
        self._said.setSpacing(8)
        text = label(desk.say("box-page.test-text"), "muted")
        self.setLayout(column(text, row(self.button, None), self._waiting, self._said))
        if last is not None:
            self._say_logged(last)

    def _test(self) -> None:
        way, session = self._way, self._desk.open

        def test(watch: Watch) -> "Proof":
            from desktop.connect.readback import over_ssh
            from desktop.logbox.proof import prove

            proof = prove(way, over_ssh(way), watch)
            session.box.tested(way.host, proof)
            return proof

        clear(self._said)
        self._waiting.begin(test, self._show, self._failed, self._given_up)

    def _show(self, proof: "Proof") -> None:
        if proof.result == "logged":
            self._found(proof)
        else:
            self._say_missing(proof)

    def _found(self, proof: "Proof") -> None:
        """Logged: it is shown, and the page goes on from there."""
        clear(self._said)
        self._say_logged(proof)
        announce(self, self._desk.say("send.logged", to=self._way.host))
        self._proven()

    def _say_logged(self, proof: "Proof") -> None:
        desk = self._desk
        self._said.addLayout(row(chip(desk.say("box-page.chip-logged"), "green"), None))
        self._said.addWidget(label(desk.say("send.logged", to=self._way.host), "strong"))
        self._said.addWidget(Verbatim(desk.say("box-page.found"), proof.line, plain=True))
        self._said.addWidget(label(desk.say("send.seen", when=entries_said.moment(desk.voice, proof.at)), "muted"))

    def _say_missing(self, proof: "Proof") -> None:
        desk = self._desk
        clear(self._said)
        said = desk.say(f"send.{proof.result}", to=self._way.host)
        why = desk.say(f"send.{proof.code}", nonce=proof.nonce)
        self._said.addLayout(row(chip(desk.say(f"box-page.chip-{proof.result}"), "red"), None))
        self._said.addWidget(label(said, "strong"))
        self._said.addWidget(label(why))
        if proof.result == "not-sent" and desk.open.box.proven() is None:
            why = f"{why} {desk.say('box-page.ready-first')}"
            self._said.addWidget(label(desk.say("box-page.ready-first")))
        announce(self, f"{said} {why}")
        self._missed()
        if proof.result == "cannot-look":
            self._offer_paste(proof.nonce)

    def _offer_paste(self, nonce: str) -> None:
        """Where nobody could look, the owner can: on the box, by one line."""
        desk = self._desk
        command = Verbatim(desk.say("box-page.command"), f"sudo guia-log-read find {nonce}")
        typed = Lines(desk.say("box-page.paste"), 84)
        typed.setPlaceholderText(desk.say("box-page.paste"))
        answer = label("", "error")
        answer.hide()
        check = Button(desk.say("box-page.paste-check"), partial(self._pasted, typed, nonce, answer))
        for item in (line(), label(desk.say("box-page.paste-text")), command, typed, answer):
            self._said.addWidget(item)
        self._said.addLayout(row(check, None))

    def _pasted(self, typed: Lines, nonce: str, answer: QLabel) -> None:
        from desktop.logbox.proof import pasted

        desk = self._desk
        proof = pasted(typed.toPlainText(), nonce)
        if proof.result == "logged":
            desk.open.box.tested(self._way.host, proof)
            self.button.setFocus()
            self._found(proof)
            return
        said = desk.say(f"send.{proof.code}", nonce=nonce)
        answer.setText(said)
        answer.show()
        announce(answer, said)

    def _given_up(self) -> None:
        said = self._desk.say("box-page.test-given-up")
        self._said.addWidget(label(said, "muted"))
        announce(self, said)

    def _failed(self, error: Exception) -> None:
        clear(self._said)
        self._said.addWidget(label(said_of(self._desk, error), "error"))
