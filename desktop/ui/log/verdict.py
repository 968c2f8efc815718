"""Verifies the trail when asked, in a worker, and says in words what that shows and what it does not."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.connect.watch import Watch
from desktop.reports.entries_said import moment
from desktop.ui.desk import Desk
from desktop.ui.parts import Button, announce, card, chip, clear, column, label, row
from desktop.ui.unlock import said_of
from desktop.ui.waiting import Waiting
from wizards.trail import marks_spoken, spoken
from wizards.trail.marks import Checked
from wizards.trail.verdict import Broken, Unbroken


class Verdict(QWidget):
    """The card that answers whether the trail holds, also against the marks that left this vault."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.button = Button(desk.say("trail-page.verify"), self._verify, kind="primary")
        self._waiting = Waiting(desk)
        self._said = QVBoxLayout()
        self._said.setSpacing(6)
        heading = label(desk.say("trail-page.holds"), "heading")
        what = label(desk.say("trail-page.holds-text"), "muted")
        self.setLayout(column(card(heading, what, row(self.button, None), self._waiting, self._said)))

    def _verify(self) -> None:
        session = self._desk.open

        def verify(watch: Watch) -> tuple[Unbroken | Broken, Checked]:
            beside = session.anchors.binding()
            return session.trail.verify(beside=beside, going=watch.check), session.anchors.check()

        clear(self._said)
        self._waiting.begin(verify, lambda found: self._show(*found), self._failed)

    def _show(self, found: Unbroken | Broken, checked: Checked) -> None:
        desk = self._desk
        when = partial(moment, desk.voice)  # as the entries below say it
        verdict = spoken.told(found, desk.words, desk.lang, when=when)
        marks = marks_spoken.told(checked, desk.words, desk.lang, unbroken=verdict.fine, when=when)
        fine, more = verdict.fine and marks.fine, [*verdict.more, *marks.lines]
        word, colour = ("log-page.chip-whole", "green") if fine else ("log-page.chip-broken", "red")
        self._said.addLayout(row(chip(desk.say(word), colour), None))
        self._said.addWidget(label(verdict.found, "strong"))
        for text in more:
            self._said.addWidget(label(text, "muted"))
        announce(self, " ".join([verdict.found, *more]))

    def _failed(self, error: Exception) -> None:
        self._said.addWidget(label(said_of(self._desk, error), "error"))
