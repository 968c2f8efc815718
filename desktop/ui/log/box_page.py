"""The log box of the office, from one old PC to a green proof: its folder, the lines to type there, the test."""

from datetime import date
from pathlib import Path
from typing import Final

from msgspec import structs
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QWidget

from desktop import clock
from desktop.logbox.instructions import FOLDER, install
from desktop.logbox.kept import Kept
from desktop.ui.desk import Desk, Place
from desktop.ui.log.box_after import Closing, SendTrail
from desktop.ui.log.box_folder import MakeFolder
from desktop.ui.log.box_form import BoxForm
from desktop.ui.log.box_test import BoxTest
from desktop.ui.log.next_step import SCOPE, SOON
from desktop.ui.log.stage import Stage
from desktop.ui.log.verbatim import Verbatim
from desktop.ui.page import Page
from desktop.ui.parts import Button, announce, card, label, line, row
from wizards.logbox.folder import site_name
from wizards.logbox.line import Line
from wizards.logbox.names import Request, judged

ANEW: Final = "anew"
SITES: Final = "sites"


def with_sites(count: int, days: int) -> str:
    """What the page begins with for whoever reckoned so many sites and days before; 0 sites where none was counted."""
    return f"{SITES} {count} {days}"


class BoxPage(Page):
    """`of` is the folder that was just made, "anew" or as `with_sites` to make another, "" otherwise."""

    def __init__(self, desk: Desk, of: str) -> None:
        super().__init__(desk.say("box-page.title"), desk.say("place.log"), side=True)
        self._desk, self._of = desk, of
        self.under.addWidget(label(desk.say("box-page.lead"), "muted"))
        kept = desk.open.box.kept()
        reckoned = _reckoned(of)
        making = kept is None or of == ANEW or reckoned is not None
        self.main.addWidget(self._folder(kept, reckoned, making=making))
        if kept is None or making:
            for number, name in enumerate(("type", "prove", "use"), 2):
                self.main.addWidget(Stage(desk, number, desk.say(f"box-page.{name}"), "later"))
            self.side.addWidget(self._needs())
            self.side_above_when_narrow()  # what to fetch is read before the steps
        else:
            self._go_on(kept)
        self.main.addLayout(row(Button(desk.say("trail-page.back"), lambda: desk.go(Place("log"))), None))
        self.side.addStretch(1)

    # The folder -----------------------------------------------------------------------------------------------------

    def _folder(self, kept: Kept | None, reckoned: tuple[int, int] | None, *, making: bool) -> Stage:
        desk = self._desk
        stage = Stage(desk, 1, desk.say("box-page.make"), "now" if making else "done")
        if making:
            before, counted = _before(kept), 0
            if reckoned is not None:
                counted, days = reckoned
                before = structs.replace(before, days=days)
            many = reckoned is not None or desk.open.answers.get(SCOPE) == "many-sites"
            form = BoxForm(desk, before, many=many, counted=counted)
            maker = MakeFolder(desk, form, made=lambda out: desk.go(Place("box", str(out))))
            self.first(maker.form.host)
            warning = [label(desk.say("box-page.anew-text"), "muted")] if kept else []
            stage.fill(*warning, maker)
        elif kept is not None:
            made_on = desk.day(date.fromisoformat(kept.day))
            stage.fill(label(desk.say("box-page.made", host=kept.line.host, day=made_on), "muted"))
        return stage

    def _needs(self) -> QFrame:
        desk = self._desk
        items = [label("•  " + desk.say(f"box-page.need-{n}")) for n in (1, 2, 3)]
        notes = [label(desk.say(f"box-page.need-{name}"), "muted") for name in ("help", "none")]
        return card(label(desk.say("box-page.needs"), "heading"), *items, *notes)

    # After it was made ----------------------------------------------------------------------------------------------

    def _go_on(self, kept: Kept) -> None:
        desk, way = self._desk, kept.line
        proven = desk.open.box.proven() is not None
        self._type = Stage(desk, 2, desk.say("box-page.type"), "done" if proven else "now")
        self._prove = Stage(desk, 3, desk.say("box-page.prove"), "done" if proven else "now")
        self._use = Stage(desk, 4, desk.say("box-page.use"), "now" if proven else "later")
        if not proven:
            self._say_line()
        test = BoxTest(desk, way, lambda: self._proven(way), self._missed)
        self._prove.fill(test)
        self.first(test.button)
        if proven:
            self._offer(way)
        for stage in (self._type, self._prove, self._use):
            self.main.addWidget(stage)
        self.side.addWidget(self._facts(kept))

    def _proven(self, way: Line) -> None:
        """A test was found again: what is behind is done, and what the proof is good for is there.

        Once: another test may come while the trail is being sent from there.
        """
        if self._use.body.count():
            return
        self._type.fill()
        for stage in (self._type, self._prove):
            stage.show_as("done")
        self._use.show_as("now")
        self._offer(way)

    def _missed(self) -> None:
        """A test was not found: whatever was proven before, this stage is the one at hand again."""
        self._prove.show_as("now")

    def _offer(self, way: Line) -> None:
        self._use.fill(Closing(self._desk, way), SendTrail(self._desk, way))

    def _say_line(self) -> None:
        """The lines that are typed on the box, and where the folder is."""
        desk = self._desk
        out = Path(self._of) if self._of else None
        commands = Verbatim(desk.say("box-page.command"), install(out.name if out else FOLDER))
        items: list[QWidget] = []
        if out is not None:
            items.append(label(desk.say("box-page.saved", folder=str(out)), "strong"))
        items += [
            label(desk.say("box-page.carry")),
            commands,
            label(desk.say("box-page.mount"), "muted"),
            label(desk.say("box-page.ready")),
        ]
        self._type.fill(*items)
        page = out / _page() if out else None
        if page is not None and page.exists():
            show = Button(desk.say("box-page.instructions"), lambda: _open(page))
            self._type.body.addLayout(row(show, None))

    def _facts(self, kept: Kept) -> QFrame:
        desk = self._desk
        until = date.fromisoformat(kept.line.until)
        left = (until - clock.today()).days
        word = "box-page.ended" if left < 0 else "box-page.ends-soon" if left <= SOON else "box-page.until"
        items: list[QWidget] = [
            label(desk.say("box-page.facts", host=kept.line.host), "heading"),
            label(desk.say(word, day=desk.day(until)), "error" if left <= SOON else ""),
            label(desk.say("box-page.kept-days", count=str(kept.days)), "muted"),
        ]
        items += [label(desk.say("box-page.sends", name=name), "muted") for name in kept.computers]
        sites = judged(_before(kept)).sites
        if sites:
            items += [line(), label(desk.say("box-page.at-sites"))]
        items += [label("•  " + desk.say("logbox.folder-of", name=site.name, folder=site_name(site))) for site in sites]
        if sites or kept.computers:
            items.append(label(desk.say("box-page.others"), "muted"))
        self._again = Button(desk.say("box-page.anew"), lambda: desk.go(Place("box", ANEW)))
        self._forget = Button(desk.say("box-page.forget"), self._ask_forget)
        self._asked = label(desk.say("box-page.forget-ask"), "error")
        self._asked.hide()
        self._sure = Button(desk.say("box-page.forget-sure"), self._forgotten)
        self._no = Button(desk.say("box-page.forget-no"), self._not_forgotten)
        for item in (self._sure, self._no):
            item.hide()
        again = label(desk.say("box-page.again-text"), "muted")
        return card(*items, line(), again, self._again, self._forget, self._asked, self._sure, self._no)

    def _ask_forget(self) -> None:
        self._show_asked(asked=True)
        announce(self._asked, self._asked.text())
        self._no.setFocus()  # what cannot be taken back is not under the next Enter

    def _not_forgotten(self) -> None:
        self._show_asked(asked=False)
        self._forget.setFocus()

    def _show_asked(self, *, asked: bool) -> None:
        for item in (self._asked, self._sure, self._no):
            item.setVisible(asked)
        self._forget.setVisible(not asked)

    def _forgotten(self) -> None:
        self._desk.open.box.forget()
        self._desk.go(Place("log"))


def _before(kept: Kept | None) -> Request:
    """What the form shows first: the box as it was made, else nothing."""
    if kept is None:
        return Request("")
    return Request(kept.line.host, "", kept.computers, kept.sites, kept.days)


def _reckoned(of: str) -> tuple[int, int] | None:
    """The sites and days that `with_sites` wrote; None where `of` is something else."""
    parts = of.split(" ")
    if parts[0] != SITES or len(parts) != 3:
        return None
    return int(parts[1]), int(parts[2])


def _page() -> str:
    from desktop.logbox.making import PAGE

    return PAGE


def _open(page: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(page)))
