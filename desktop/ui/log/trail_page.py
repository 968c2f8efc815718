"""Guia's own trail: whether it holds, what is in it, how long it is kept, and a copy for somebody who distrusts it."""

from PySide6.QtWidgets import QFrame

from desktop.ui.desk import Desk, Place
from desktop.ui.log.entries_card import EntriesCard
from desktop.ui.log.keeping import ExportCard, KeepingCard
from desktop.ui.log.verdict import Verdict
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, label, row


class TrailPage(Page):
    """The page `trail`."""

    def __init__(self, desk: Desk, _: str) -> None:
        super().__init__(desk.say("log-page.trail"), desk.say("place.log"), side=True)
        self.under.addWidget(label(desk.say("trail-page.lead"), "muted"))
        verdict = Verdict(desk)
        self.first(verdict.button)
        self.main.addWidget(verdict)
        self.main.addWidget(EntriesCard(desk))
        self.main.addLayout(row(Button(desk.say("trail-page.back"), lambda: desk.go(Place("log"))), None))
        self.side.addWidget(KeepingCard(desk))
        self.side.addWidget(ExportCard(desk))
        self.side.addWidget(_about(desk))
        self.side.addStretch(1)


def _about(desk: Desk) -> QFrame:
    texts = [label(desk.say(f"trail-page.about-{n}"), "muted") for n in (1, 2, 3)]
    return card(label(desk.say("trail-page.about"), "heading"), *texts)
