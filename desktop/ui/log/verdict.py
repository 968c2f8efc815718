"""Verifies the trail when asked, in a worker, and says in words what that shows and what it does not."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.log import spoken
from desktop.ui.parts import Button, announce, card, chip, clear, column, label, row
from desktop.ui.unlock import said_of
from desktop.ui.waiting import Waiting
from wizards.trail.verdict import Broken, Unbroken


class Verdict(QWidget):
    """The card that answers whether the trail holds."""

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
        trail = self._desk.open.trail
        clear(self._said)
        self._waiting.begin(lambda _: trail.verify(), self._show, self._failed)

    def _show(self, found: Unbroken | Broken) -> None:
        desk = self._desk
        if isinstance(found, Unbroken):
            first, last = spoken.moment(desk, found.first), spoken.moment(desk, found.last)
            word = desk.say("log-page.chip-whole"), "green"
            said = [desk.say("trail-page.whole", count=str(found.count), first=first, last=last)]
            more = [desk.say("trail-page.shows"), desk.say("trail-page.shows-not")]
        else:
            word = desk.say("log-page.chip-broken"), "red"
            said = [desk.say(f"trail-page.broken-{found.how}", at=str(found.seq))]
            more = [desk.say("trail-page.broken-then")]
        self._tell(word, said, more)

    def _tell(self, word: tuple[str, str], said: list[str], more: list[str]) -> None:
        clear(self._said)
        self._said.addLayout(row(chip(*word), None))
        for text in said:
            self._said.addWidget(label(text, "strong"))
        for text in more:
            self._said.addWidget(label(text, "muted"))
        announce(self, " ".join([word[0], *said, *more]))

    def _failed(self, error: Exception) -> None:
        clear(self._said)
        self._said.addWidget(label(said_of(self._desk, error), "error"))
