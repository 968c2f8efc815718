"""After the proof: it closes its tasks of the plan and settles an answer, and the trail is sent to the box."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.connect.watch import Watch
from desktop.reports import entries_said
from desktop.storage.tasks import Proof as File
from desktop.ui import work
from desktop.ui.desk import Desk
from desktop.ui.parts import Button, announce, beside, chip, clear, column, label, line, row
from desktop.ui.unlock import said_of
from desktop.ui.waiting import Waiting
from wizards.logbox.line import Line
from wizards.planning import spoken as planned

if TYPE_CHECKING:
    from desktop.logbox.sending import Shipped

PROVED = ("log-box", "log-test")
"""Duties of which a test that was found again is the proof."""
STATE = "log-state"
TESTED = "tested"


class Closing(QWidget):
    """What the proof is good for: tasks of the plan that it closes, and the answer that it settles."""

    def __init__(self, desk: Desk, way: Line) -> None:
        super().__init__()
        self._desk, self._way, self._keeping = desk, way, False
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.setLayout(self._lines)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._show()

    def _show(self) -> None:
        desk, session = self._desk, self._desk.open
        clear(self._lines)
        done = session.done()
        for task in session.plan().tasks:
            if task.duty.id not in PROVED:
                continue
            title = planned.title(session.bank, task, desk.lang)
            if task.id in done:
                said = label(desk.say("box-page.proof-kept", task=title), "muted")
                self._lines.addLayout(beside(said, chip(desk.say("plan.is-done"), "green")))
            else:
                keep = Button(desk.say("box-page.proof-keep", task=title), partial(self._keep, task.id))
                self._lines.addLayout(row(keep, None))
        if session.answers.get(STATE) != TESTED:
            options = {option.id: option for option in session.bank.questions[STATE].options}
            answer = desk.text(options[TESTED].text)
            settle = Button(desk.say("box-page.settle", answer=answer), self._settle)
            self._lines.addWidget(label(desk.say("box-page.settle-text"), "muted"))
            self._lines.addLayout(row(settle, None))
        if self._lines.count():
            self._lines.addWidget(line())

    def _keep(self, task: str) -> None:
        desk, session, proof = self._desk, self._desk.open, self._desk.open.box.proven()
        if proof is None or self._keeping:
            return
        self._keeping = True
        host = self._way.host
        moment = entries_said.moment(desk.voice, proof.at)
        note = desk.say("box-page.proof-note", host=host, moment=moment, nonce=proof.nonce)
        file = File(f"guia-log-test-{proof.at[:10]}.txt", f"{note}\n\n{proof.line}\n".encode())

        def kept(_: None) -> None:
            self._keeping = False
            if work.awaits(self):
                self._show()
                announce(self, note)
                self._go_on()

        def failed(error: Exception) -> None:
            self._keeping = False
            if work.awaits(self):
                self._show()
                said = said_of(desk, error)
                self._lines.insertWidget(0, label(said, "error"))
                announce(self, said)
                self._go_on()

        work.run(lambda: session.tick(task, note, file), kept, failed)

    def _go_on(self) -> None:
        """The button that was pressed is gone: the keyboard goes to the next one here."""
        buttons = self.findChildren(Button)
        (buttons[0] if buttons else self).setFocus()

    def _settle(self) -> None:
        self._desk.open.answer(STATE, TESTED)
        self._show()
        said = self._desk.say("box-page.settled")
        self._lines.insertWidget(0, label(said, "strong"))
        announce(self, said)
        self.setFocus()


class SendTrail(QWidget):
    """Sends the trail to the box and shows up to which entry the box was seen to hold it."""

    def __init__(self, desk: Desk, way: Line) -> None:
        super().__init__()
        self._desk, self._way = desk, way
        self._said = QVBoxLayout()
        self._said.setSpacing(6)
        send = Button(desk.say("box-page.send", host=way.host), self._send)
        self._waiting = Waiting(desk)
        text = label(desk.say("box-page.send-text"), "muted")
        self.setLayout(column(text, row(send, None), self._waiting, self._said))
        sent = desk.open.box.sent()
        if sent is not None:
            moment = entries_said.moment(desk.voice, sent.at)
            said = desk.say("box-page.held", held=str(sent.held), whole=str(sent.whole), moment=moment)
            self._said.addWidget(label(said, "strong"))

    def _send(self) -> None:
        box, way = self._desk.open.box, self._way

        def send(watch: Watch) -> "Shipped":
            from desktop.logbox.sending import send_trail

            shipped = send_trail(way, box.links(), watch)
            box.shipped(way.host, shipped)
            return shipped

        clear(self._said)
        self._waiting.begin(send, self._show, self._failed, self._given_up)

    def _show(self, shipped: "Shipped") -> None:
        desk = self._desk
        if not shipped.code:
            said = [desk.say("send.trail-all", whole=str(shipped.whole))]
        else:
            # what was not read is not known: the box may hold all of it
            word = "box-page.not-read" if shipped.unread else "send.trail-part"
            part = desk.say(word, held=str(shipped.held), whole=str(shipped.whole))
            said = [part, desk.say(f"send.{shipped.code}", nonce="")]
        short = desk.say("box-page.chip-part" if shipped.code else "box-page.chip-whole")
        self._said.addLayout(row(chip(short, "red" if shipped.code else "green"), None))
        for text in said:
            self._said.addWidget(label(text))
        announce(self, " ".join(said))

    def _given_up(self) -> None:
        said = self._desk.say("box-page.send-given-up")
        self._said.addWidget(label(said, "muted"))
        announce(self, said)

    def _failed(self, error: Exception) -> None:
        clear(self._said)
        self._said.addWidget(label(said_of(self._desk, error), "error"))
