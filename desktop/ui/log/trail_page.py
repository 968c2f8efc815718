"""Guia's own trail: whether it holds, a mark for somebody outside, what is in it, how long it is kept."""

from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.desk import Desk, Place
from desktop.ui.log.entries_card import EntriesCard
from desktop.ui.log.export_card import ExportCard
from desktop.ui.log.keeping import KeepingCard
from desktop.ui.log.mark_card import MarkCard
from desktop.ui.log.next_step import CODE, MARK, WRITTEN
from desktop.ui.log.paper_code import PaperCode
from desktop.ui.log.stamp_card import StampCard
from desktop.ui.log.verdict import Verdict
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, label, row


class TrailPage(Page):
    """The page `trail`; `of` is "mark" where somebody comes to give one away, "code" to check one from paper.

    "written" where an entry was just written by hand: it is the first thing to be seen.
    """

    def __init__(self, desk: Desk, of: str) -> None:
        super().__init__(desk.say("log-page.trail"), desk.say("place.log"), side=True)
        self.under.addWidget(label(desk.say("trail-page.lead"), "muted"))
        verdict, entries = Verdict(desk), EntriesCard(desk)
        mark, code = MarkCard(desk, entries.refresh), PaperCode(desk)
        cards: list[QWidget] = [verdict, mark, code, entries]
        begins: dict[str, tuple[QWidget, QWidget]] = {
            MARK: (mark, mark.whom),
            CODE: (code, code.typed),
            WRITTEN: (entries, entries.write),
        }
        at, first = begins.get(of, (verdict, verdict.button))
        cards.sort(key=lambda made: made is not at)
        for made in cards:
            self.main.addWidget(made)
        self.first(first)
        self.main.addLayout(row(Button(desk.say("trail-page.back"), lambda: desk.go(Place("log"))), None))

        def noted() -> None:
            mark.list_marks()
            entries.refresh()

        for made in (StampCard(desk, noted), KeepingCard(desk), ExportCard(desk, noted)):
            self.side.addWidget(made)
        self.side.addWidget(_about(desk))
        self.side.addStretch(1)


def _about(desk: Desk) -> QFrame:
    texts = [label(desk.say(f"trail-page.about-{n}"), "muted") for n in (1, 2, 3)]
    return card(label(desk.say("trail-page.about"), "heading"), *texts)
