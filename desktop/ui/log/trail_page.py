"""Guia's own trail: whether it holds, a mark for somebody outside, what is in it, how long it is kept."""

from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.desk import Desk, Place
from desktop.ui.log.entries_card import EntriesCard
from desktop.ui.log.keeping import ExportCard, KeepingCard
from desktop.ui.log.mark_card import MarkCard
from desktop.ui.log.next_step import MARK
from desktop.ui.log.paper_code import PaperCode
from desktop.ui.log.stamp_card import StampCard
from desktop.ui.log.verdict import Verdict
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, label, row


class TrailPage(Page):
    """The page `trail`; `of` is "mark" where somebody comes to give one away."""

    def __init__(self, desk: Desk, of: str) -> None:
        super().__init__(desk.say("log-page.trail"), desk.say("place.log"), side=True)
        self.under.addWidget(label(desk.say("trail-page.lead"), "muted"))
        verdict, entries = Verdict(desk), EntriesCard(desk)
        mark = MarkCard(desk, entries.refresh)
        cards: list[QWidget] = [verdict, mark, entries]
        if of == MARK:
            cards[:2] = [mark, verdict]
        for made in cards:
            self.main.addWidget(made)
        self.first(mark.whom if of == MARK else verdict.button)
        self.main.addLayout(row(Button(desk.say("trail-page.back"), lambda: desk.go(Place("log"))), None))

        def stamped() -> None:
            mark.list_marks()
            entries.refresh()

        for made in (PaperCode(desk), StampCard(desk, stamped), KeepingCard(desk), ExportCard(desk)):
            self.side.addWidget(made)
        self.side.addWidget(_about(desk))
        self.side.addStretch(1)


def _about(desk: Desk) -> QFrame:
    texts = [label(desk.say(f"trail-page.about-{n}"), "muted") for n in (1, 2, 3)]
    return card(label(desk.say("trail-page.about"), "heading"), *texts)
