"""Log and checks: where this computer's trail stands, at one glance, and the one next step for this business."""

from PySide6.QtWidgets import QFrame

from desktop.ui import work
from desktop.ui.desk import Desk, Place
from desktop.ui.log import spoken
from desktop.ui.log.standing import Standing
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, label, row
from desktop.ui.so_far import source_line
from wizards.trail.verdict import Unbroken

SCOPE = "log-scope"


class LogPage(Page):
    """The place in the rail. It looks at the trail in a worker and asks nothing of the network."""

    def __init__(self, desk: Desk, _: str) -> None:
        super().__init__(desk.say("place.log"), side=True)
        self._desk = desk
        self.under.addWidget(label(desk.say("log-page.lead"), "muted"))
        self.main.addWidget(self._standing())
        self.main.addWidget(self._next())
        self.side.addWidget(self._why())
        self.side.addStretch(1)
        work.run(desk.open.trail.verify, self._checked, self._failed)

    def _standing(self) -> QFrame:
        desk = self._desk
        button = Button(desk.say("log-page.open-trail"), lambda: desk.go(Place("trail")))
        self._trail = Standing(desk.say("log-page.trail"), button, last=True)
        self._trail.say([desk.say("log-page.checking")])
        return card(label(desk.say("log-page.standing"), "heading"), self._trail)

    def _next(self) -> QFrame:
        desk = self._desk
        if SCOPE not in desk.open.answers:
            said, button = "log-page.ask", Button(desk.say("log-page.ask-button"), self._ask, kind="primary")
        else:
            said = "log-page.mark"
            button = Button(desk.say("log-page.mark-button"), lambda: desk.go(Place("trail")), kind="primary")
        self.first(button)
        return card(
            label(desk.say("log-page.next"), "heading"), label(desk.say(said)), row(button, None), kind="accent"
        )

    def _ask(self) -> None:
        self._desk.go(self._desk.place_of(SCOPE))

    def _why(self) -> QFrame:
        desk, question = self._desk, self._desk.open.bank.questions["log-state"]
        sources = [source_line(desk, desk.open.bank.records[of]) for of in question.sources]
        return card(
            label(desk.say("log-page.why"), "heading"),
            label(desk.text(question.why), "muted"),
            label(desk.say("log-page.limit"), "muted"),
            *sources,
        )

    def _checked(self, found: object) -> None:
        if not work.awaits(self):
            return
        desk = self._desk
        if not isinstance(found, Unbroken):
            at = str(getattr(found, "seq", ""))
            self._trail.say([desk.say("log-page.broken", at=at)], desk.say("log-page.chip-broken"), "red", aloud=True)
        elif not found.count:
            self._trail.say([desk.say("log-page.empty")], desk.say("log-page.chip-none"), aloud=True)
        else:
            said = desk.say("log-page.unbroken", count=str(found.count), day=spoken.day(desk, found.first))
            self._trail.say([said, desk.say("log-page.no-mark")], desk.say("log-page.chip-whole"), "green", aloud=True)

    def _failed(self, error: Exception) -> None:
        from desktop.ui.unlock import said_of

        if work.awaits(self):
            self._trail.say([said_of(self._desk, error)], aloud=True)
