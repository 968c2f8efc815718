"""Several sites: what is enough for so many sites, people and days, and how much room it takes. Reckoned as typed."""

from typing import Final

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout

from desktop.ui.desk import Desk, Place
from desktop.ui.log.box_form import days_chooser
from desktop.ui.log.box_page import with_sites
from desktop.ui.log.pair import Pair
from desktop.ui.page import Page
from desktop.ui.parts import Button, announce, card, clear, label, row, scale
from wizards.logbox import sizes
from wizards.logbox.names import USUAL_DAYS

MOST: Final = 100_000
_FEW_SITES: Final = 3


class SitesPage(Page):
    """The page `sites`."""

    def __init__(self, desk: Desk, _: str) -> None:
        super().__init__(desk.say("sites-page.title"), desk.say("place.log"))
        self._desk = desk
        self.under.addWidget(label(desk.say("sites-page.lead"), "muted"))
        kept = desk.open.box.kept()
        staff = desk.open.answers.get("staff")
        people = staff if isinstance(staff, int) and staff > 0 else 10
        self._sites = self._number("sites-page.sites", len(kept.sites) if kept and kept.sites else _FEW_SITES)
        self._people = self._number("sites-page.people", people)
        self._days: QComboBox = days_chooser(desk, kept.days if kept else USUAL_DAYS)
        self._days.setFixedWidth(_field())
        self._days.currentIndexChanged.connect(self._reckon)
        fields = [
            Pair(label(desk.say("sites-page.sites")), self._sites),
            Pair(label(desk.say("sites-page.people")), self._people),
            Pair(label(desk.say("box-page.days")), self._days),
        ]
        self.main.addWidget(card(*fields))
        self._said = QVBoxLayout()
        self._said.setSpacing(6)
        make = Button(desk.say("sites-page.make"), self._make, kind="primary")
        outside = label(desk.say("sites-page.outside"), "muted")
        heading, begin = label(desk.say("sites-page.choose"), "heading"), label(desk.say("sites-page.begin"))
        self.main.addWidget(card(heading, self._said, begin, outside, row(make, None), kind="accent"))
        self.main.addLayout(row(Button(desk.say("trail-page.back"), lambda: desk.go(Place("log"))), None))
        self.first(self._sites)
        self._reckon()

    def _number(self, word: str, value: int) -> QLineEdit:
        typed = QLineEdit(str(value))
        typed.setAccessibleName(self._desk.say(word))
        typed.setFixedWidth(_field())
        typed.textChanged.connect(self._reckon)
        return typed

    def _make(self) -> None:
        """To the form of the box, with what was said here."""
        self._desk.go(Place("box", with_sites(_whole(self._sites.text()), int(self._days.currentData()))))

    def _reckon(self) -> None:
        """Say what is enough; what is no number yet is waited for."""
        desk = self._desk
        sites, people = _whole(self._sites.text()), _whole(self._people.text())
        clear(self._said)
        if not sites or not people:
            low, high = "1", desk.number(MOST)
            self._said.addWidget(label(desk.say("field.out-of-range", low=low, high=high), "error"))
            return
        found = sizes.storage(sites, people, int(self._days.currentData()))
        room = desk.say("sites-page.room", files=self._size(found.files), search=self._size(found.search))
        choice = desk.say(f"log-choose.{found.choice}")
        texts = [desk.say(f"sites-page.about-{found.choice}")]
        if found.choice != "trail":
            texts.append(room)
        self._said.addWidget(label(choice, "strong"))
        for text in texts:
            self._said.addWidget(label(text))
        self._said.addWidget(label(desk.say("sites-page.assumed", lines=str(sizes.LINES)), "muted"))
        announce(self, " ".join([choice, *texts]))

    def _size(self, size: int) -> str:
        if size < 10**9:
            return f"{self._desk.number(max(1, round(size / 10**6)))} MB"
        return f"{self._desk.number(round(size / 10**9, 1))} GB"


def _field() -> int:
    """One width for the fields of this page, in pixels: they stand in one column."""
    return round(160 * scale())


def _whole(text: str) -> int:
    """The number in a text, from 1 to MOST; 0 for anything else."""
    plain = text.strip()
    return int(plain) if plain.isdecimal() and len(plain) < 7 and 0 < int(plain) <= MOST else 0
