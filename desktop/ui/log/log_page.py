"""Log and checks: where the trail and the log box stand, at one glance, and the one next step for this business."""

from datetime import date
from typing import Final

from PySide6.QtWidgets import QApplication, QFrame

from desktop import clock
from desktop.connect.watch import Watch
from desktop.reports import entries_said
from desktop.ui import work
from desktop.ui.desk import Desk, Place
from desktop.ui.log.next_step import CODE, MARK, QUARTER, SCOPE, SOON, Step, last_mark, next_mark, next_step, older
from desktop.ui.log.standing import Standing
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, label, row
from desktop.ui.question_page import FROM_LOG
from desktop.ui.so_far import source_line
from desktop.ui.unlock import said_of
from wizards.trail.chain import Entry
from wizards.trail.verdict import Broken, Unbroken

_BUTTONS: Final[dict[Step, tuple[str, Place]]] = {
    "box": ("log-page.set-up-box", Place("box")),
    "sites": ("log-page.sites-button", Place("sites")),
    "test": ("log-page.test-button", Place("box")),
    "missed": ("log-page.test-button", Place("box")),
    "again": ("log-page.test-button", Place("box")),
    "mark": ("log-page.mark-button", Place("trail", MARK)),
    "nothing": ("log-page.more-hand", Place("entry")),
}


class LogPage(Page):
    """The place in the rail. It looks at the trail in a worker and asks nothing of the network."""

    def __init__(self, desk: Desk, _: str) -> None:
        super().__init__(desk.say("place.log"), side=True)
        self._desk = desk
        self.under.addWidget(label(desk.say("log-page.lead"), "muted"))
        self.main.addWidget(self._standing())
        self._due = self._next(next_step(desk.open))
        self.main.addWidget(self._due)
        self.main.addWidget(self._more())
        self.side.addWidget(self._why())
        self.side.addStretch(1)
        trail, anchors = desk.open.trail, desk.open.anchors
        watch = Watch()
        self.destroyed.connect(watch.give_up)  # else each visit would leave a reading behind, and others wait for it
        work.run(lambda: trail.verify(beside=anchors.binding(), going=watch.check), self._checked, self._failed)
        work.run(lambda: trail.latest("nextcloud.checked"), self._say_nextcloud, self._failed)
        work.run(lambda: trail.latest("log-box.tested"), self._say_tested, self._failed)

    # Where things stand -----------------------------------------------------------------------------------------------

    def _standing(self) -> QFrame:
        desk = self._desk
        self._trail = Standing(desk.say("log-page.trail"), self._link("log-page.open-trail", Place("trail")))
        self._trail.say([desk.say("log-page.checking"), self._marked()])
        kept = desk.open.box.kept()
        word = "log-page.open-box" if kept else "log-page.set-up-box"
        self._box = Standing(desk.say("log-page.box"), self._link(word, Place("box")))
        self._say_box()
        link = self._link("log-page.open-nextcloud", Place("nextcloud"))
        self._nextcloud = Standing(desk.say("log-page.nextcloud"), link, last=True)
        self._nextcloud.say([desk.say("log-page.nextcloud-none")])
        return card(label(desk.say("log-page.standing"), "heading"), self._trail, self._box, self._nextcloud)

    def _link(self, word: str, place: Place) -> Button:
        return Button(self._desk.say(word), lambda: self._desk.go(place), kind="link")

    def _say_box(self, failed: str = "") -> None:
        """`failed` is when a test failed after the proof, in UTC; "" where none did."""
        desk, box = self._desk, self._box
        kept, proven = desk.open.box.kept(), desk.open.box.proven()
        if kept is None:
            box.say([desk.say("log-page.box-none")], desk.say("log-page.chip-none"))
            return
        until = date.fromisoformat(kept.line.until)
        ends = [desk.say("log-page.box-ends", day=desk.day(until))] if (until - clock.today()).days <= SOON else []
        if proven is None:
            made = desk.say("log-page.box-made", host=kept.line.host, day=desk.day(date.fromisoformat(kept.day)))
            box.say([made, *ends], desk.say("log-page.chip-made"), "yellow")
            return
        said = [desk.say("log-page.box-proven", host=kept.line.host, moment=entries_said.moment(desk.voice, proven.at))]
        old = older(proven.at, QUARTER)
        if failed:
            said.append(desk.say("log-page.box-failed", moment=entries_said.moment(desk.voice, failed)))
        elif old:
            said.append(desk.say("log-page.box-old"))
        sent = desk.open.box.sent()
        if sent is not None:
            moment = entries_said.moment(desk.voice, sent.at)
            said.append(desk.say("box-page.held", held=str(sent.held), whole=str(sent.whole), moment=moment))
        short = desk.say("log-page.chip-again" if failed else "log-page.chip-proven")
        box.say([*said, *ends], short, "yellow" if failed or old or ends else "green", aloud=bool(failed))

    def _say_tested(self, last: Entry | None) -> None:
        """A proof keeps its day, but what failed since is no less true, by the trail."""
        proven = self._desk.open.box.proven() if work.awaits(self) else None
        if proven is not None and last is not None and last.outcome != "done" and last.at > proven.at:
            self._say_box(last.at)
            held = self._due.isAncestorOf(QApplication.focusWidget() or self)
            made = self._next("missed")
            self.main.replaceWidget(self._due, made)
            self._due.deleteLater()
            self._due = made
            if held:
                made.findChildren(Button)[0].setFocus()

    def _say_nextcloud(self, last: Entry | None) -> None:
        """When it was checked last, by the trail."""
        if not work.awaits(self):
            return
        desk, kept = self._desk, self._desk.open.nextcloud.kept
        said = [desk.say("log-page.nextcloud-user", user=kept.user, address=kept.address)] if kept else []
        if last is None:
            self._nextcloud.say([*said, desk.say("log-page.nextcloud-none")], desk.say("log-page.chip-none"))
            return
        old = older(last.at, QUARTER)
        word = "log-page.nextcloud-checked" if last.outcome == "done" else "log-page.nextcloud-failed"
        said.append(desk.say(word, moment=entries_said.moment(desk.voice, last.at)))
        if last.outcome == "done":
            colour = "yellow" if old else "green"
            self._nextcloud.say(said, desk.say("log-page.chip-checked"), colour)
        else:
            self._nextcloud.say(said, desk.say("log-page.chip-made"), "yellow")

    def _marked(self) -> str:
        desk = self._desk
        last = last_mark(desk.open)
        if last is None:
            return desk.say("log-page.no-mark")
        at, where, count = last
        whom, day = entries_said.whom(desk.voice, where), entries_said.day(desk.voice, at)
        return desk.say("log-page.marked", whom=whom, day=day, count=str(count))

    def _checked(self, found: Unbroken | Broken) -> None:
        if not work.awaits(self):
            return
        desk = self._desk
        if isinstance(found, Broken):
            said = desk.say("log-page.broken", at=str(found.seq))
            self._trail.say([said, self._marked()], desk.say("log-page.chip-broken"), "red", aloud=True)
        elif not found.count:
            self._trail.say([desk.say("log-page.empty")], desk.say("log-page.chip-none"), aloud=True)
        else:
            said = desk.say("log-page.unbroken", count=str(found.count), day=entries_said.day(desk.voice, found.first))
            what = desk.say("log-page.trail-what")
            self._trail.say([said, what, self._marked()], desk.say("log-page.chip-whole"), "green", aloud=True)

    def _failed(self, error: Exception) -> None:
        if work.awaits(self):
            self._trail.say([said_of(self._desk, error)], aloud=True)

    # What to do -------------------------------------------------------------------------------------------------------

    def _next(self, step: Step) -> QFrame:
        desk = self._desk
        word, place = _BUTTONS[step] if step != "ask" else ("log-page.ask-button", _asking(desk))
        kind = "plain" if step == "nothing" else "primary"
        button = Button(desk.say(word), lambda: desk.go(place), kind=kind)
        self.first(button)
        day = desk.day(next_mark(desk.open))
        said = label(desk.say(f"log-page.next-{step}", day=day))
        return card(label(desk.say("log-page.next"), "heading"), said, row(button, None), kind="accent")

    def _more(self) -> QFrame:
        links = [
            self._link("code.title", Place("trail", CODE)),
            self._link("log-page.more-sites", Place("sites")),
            self._link("acceptance.way", Place("sample")),
            self._link("log-page.more-hand", Place("entry")),
        ]
        return card(label(self._desk.say("log-page.more"), "heading"), *links, spacing=4)

    def _why(self) -> QFrame:
        desk, question = self._desk, self._desk.open.bank.questions["log-state"]
        sources = [source_line(desk, desk.open.bank.records[of]) for of in question.sources]
        return card(
            label(desk.say("log-page.why"), "heading"),
            label(desk.text(question.why), "muted"),
            label(desk.say("log-page.limit"), "muted"),
            *sources,
        )


def _asking(desk: Desk) -> Place:
    """The page that asks how far the log must reach, from which one returns here."""
    place = desk.place_of(SCOPE)
    return Place(place.name, place.of + FROM_LOG) if place.of else place
