"""The map of the business: where its data go now and after the plan, what the plan changes, filters, and the table."""

from collections.abc import Mapping
from typing import Final
from weakref import WeakKeyDictionary

from msgspec import Struct
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from desktop import clock
from desktop.session import Session
from desktop.ui.desk import Desk, Place
from desktop.ui.fields.choices import Radio
from desktop.ui.map.filters import Filters, Shown, Start
from desktop.ui.map.live import LEGIBLE, letters
from desktop.ui.map.save import WIDTH, save_picture
from desktop.ui.map.side import Side
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, column, is_wide, label, row
from wizards.governance.homes import TIER_QUESTIONS
from wizards.interview.walk import settle
from wizards.mapping import chosen
from wizards.mapping.difference import difference
from wizards.mapping.drawing.beside import beside

WHEN: Final = {"now": ("now",), "after": ("after",), "both": ("now", "after")}
"""Which sides each choice shows."""


class Left(Struct, frozen=True):
    """How the page was left: which picture, what was chosen in the filters, the ribbon that was opened."""

    when: str = "now"
    choices: Mapping[str, str] = {}
    ribbon: str = ""


_LEFT: Final[WeakKeyDictionary[Session, Left]] = WeakKeyDictionary()
"""For each open vault, until it is closed."""
_MARGINS: Final = {True: 36, False: 16}
_FRAME: Final = 24
_BAR: Final = 12
"""Pixels around a picture: the page's margins, a card's, and the scroll bar."""


class MapPage(Page):
    """All flows as a picture and as a table. `of` is which picture, then the ids of flows if not all, a line each."""

    def __init__(self, desk: Desk, of: str) -> None:
        super().__init__(desk.say("map-page.title"))
        self._desk = desk
        self._situation = settle(desk.open.bank, desk.open.answers, clock.today())
        self._sides: dict[str, Side] = {}
        left = _LEFT.get(desk.open, Left()) if not of else Left()
        when, *ids = (of or left.when).split("\n")
        picked = frozenset(flow for flow in ids if flow in self._situation.flows)
        if not self._situation.flows:
            self.main.addWidget(nothing_yet(desk))
            return
        self.under.addWidget(label(desk.say("map-page.keys"), "muted"))
        self.head.addLayout(column(row(Button(desk.say("map-page.save"), self._save)), None))
        self._filters = Filters(desk, self._situation, Start(picked or None, left.choices), self._filter)
        self._pictures, self._tables = _side_by_side(), _side_by_side()
        self._tables.setDirection(QBoxLayout.Direction.TopToBottom)
        self._narrow = self._to_table()
        self._changes = self._difference()
        self._when = when if when in WHEN else "now"
        self._radios = _side_by_side()
        self._onward = label(desk.say("map-page.onward"), "muted")
        self._no_homes = self._to_homes()
        self._controls = _side_by_side()
        self._controls.addWidget(self._switch())
        self._controls.addWidget(self._filters, 1)
        self.main.addLayout(self._controls)
        for part in (self._onward, self._no_homes, self._narrow):
            self.main.addWidget(part)
        self.main.addLayout(self._pictures)
        self.main.addWidget(self._changes)
        self.main.addLayout(self._tables)
        self._ribbon = left.ribbon
        self._show(self._when)
        for name in WHEN[self._when]:
            for button in self._sides[name].map.buttons:
                if button.ribbon.id == left.ribbon:
                    self.first(button)

    # What stands on the page ------------------------------------------------------------------------------------------

    def _switch(self) -> QWidget:
        """Now, after the plan, or both."""
        holder = QWidget()
        holder.setAccessibleName(self._desk.say("map-page.when"))
        radios = {when: Radio(self._desk.say(f"map-page.{when}")) for when in WHEN}
        for when, radio in radios.items():
            radio.clicked.connect(lambda _=False, when=when: self._show(when))
            self._radios.addWidget(radio)
        radios[self._when].setChecked(True)
        self.first(radios[self._when])
        self._radios.addStretch(1)
        holder.setLayout(self._radios)
        return holder

    def _to_table(self) -> QFrame:
        """In a narrow window the table is offered first."""
        desk = self._desk

        def to_table() -> None:
            self._sides[WHEN[self._when][0]].twin.setFocus()

        leave = Button(desk.say("map-page.to-table"), to_table)
        return card(label(desk.say("map-page.narrow")), row(leave, None), kind="notice", spacing=8)

    def _to_homes(self) -> QFrame:
        """While no tier has a home, nothing moves: say so, and where that is changed."""
        desk = self._desk
        choose = Button(desk.say("map-page.to-homes"), lambda: desk.go(desk.place_of(TIER_QUESTIONS[0])))
        return card(label(desk.say("map-page.no-homes")), row(choose, None), kind="notice", spacing=8)

    def _difference(self) -> QFrame:
        desk, situation = self._desk, self._situation
        said = difference(situation.bank, chosen.now(situation), chosen.later(situation), desk.lang, desk.words)
        return card(label(desk.say("map-page.difference"), "heading"), *map(label, said), spacing=6)

    # What the owner does ----------------------------------------------------------------------------------------------

    def _show(self, when: str) -> None:
        self._when = when
        for name in WHEN[when]:
            if name not in self._sides:
                side = self._sides[name] = Side(self._desk, self._situation, name, self._filters.shown)
                side.map.aside.connect(self._aside)
                side.map.leaving.connect(self._leave)
                self._pictures.addWidget(side.picture, 1)
                self._tables.addWidget(side.table)
        for name, side in self._sides.items():
            side.picture.setVisible(name in WHEN[when])
            side.heading.setVisible(len(WHEN[when]) > 1)  # of one alone the switch says which it is
            side.table.setVisible(name in WHEN[when])
        self._changes.setVisible(when != "now")
        homes = [tier for tier in TIER_QUESTIONS if self._situation.answers.get(tier)]
        self._no_homes.setVisible(when != "now" and not homes)
        self._tell_onward()
        self._arrange_pictures()
        self._keep()

    def _filter(self, shown: Shown) -> None:
        for side in self._sides.values():
            side.show(shown)
        self._tell_onward()
        self._keep()

    def _tell_onward(self) -> None:
        """With an add-on chosen, the picture of today shows the way to its maker and not the flow's own."""
        self._onward.setVisible(bool(self._filters.shown.add_on) and "now" in WHEN[self._when])

    def _leave(self, ribbon: str) -> None:
        self._ribbon = ribbon
        self._keep()

    def _keep(self) -> None:
        """Remember how the page is left: whoever comes back from a flow finds it so."""
        if not self._filters.shown.apart:
            _LEFT[self._desk.open] = Left(self._when, self._filters.choices, self._ribbon)

    def _aside(self, ribbon: str, step: int) -> None:
        """Left and right lead to the same flow in the other picture."""
        if self._when == "both":
            self._sides["after" if step > 0 else "now"].map.enter(ribbon)

    def _save(self) -> None:
        names = [self._desk.say(f"map-page.{side}") for side in WHEN[self._when]]
        pictures = [self._sides[side].map.picture_for(WIDTH / len(names)) for side in WHEN[self._when]]
        picture = beside(pictures[0], pictures[1], (names[0], names[1])) if len(names) > 1 else pictures[0]
        save_picture(self._desk, self, picture, self._when)

    # Room -------------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Two pictures stand beside each other where their letters can be read."""
        super().resizeEvent(event)
        if self._sides:
            self._arrange_pictures()

    def _arrange_pictures(self) -> None:
        wide = is_wide(self.width())
        room = self.width() - _BAR - 2 * _MARGINS[wide] - _FRAME
        beside = letters((room - self._pictures.spacing() - _FRAME) // 2) >= LEGIBLE
        self._pictures.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        needed = sum(radio.sizeHint().width() + 14 for radio in self.findChildren(Radio))
        self._radios.setDirection(
            QBoxLayout.Direction.LeftToRight if needed <= room else QBoxLayout.Direction.TopToBottom
        )
        self._filters.spread(wide=wide)
        one_row = wide and needed + self._controls.spacing() + self._filters.wish() <= room
        self._controls.setDirection(QBoxLayout.Direction.LeftToRight if one_row else QBoxLayout.Direction.TopToBottom)
        self._narrow.setVisible(letters(room) < LEGIBLE)


def _side_by_side() -> QBoxLayout:
    made = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    made.setSpacing(14)
    made.setContentsMargins(0, 0, 0, 0)
    return made


def nothing_yet(desk: Desk) -> QFrame:
    """No flows: what the map would show, and the one thing to do."""
    page = next(p for p in desk.open.pages() if any(q.id == "flows" for q in p.questions))
    begin = Button(desk.say("map-page.begin"), lambda: desk.go(Place("page", page.id)), kind="primary")
    return card(
        label(desk.say("map-page.empty-title"), "heading"),
        label(desk.say("map-page.empty"), "muted"),
        row(begin, None),
    )
