"""Folders and tags for the tiers: looked at first, made only by the button that says how many, told one by one."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.connect.terms import Item, State
from desktop.nextcloud import Kept
from desktop.ui.desk import Desk
from desktop.ui.nextcloud.bench import Bench
from desktop.ui.nextcloud.entry import to_server
from desktop.ui.parts import Button, announce, card, clear, column, label
from wizards.governance.homes import TIER_QUESTIONS
from wizards.nextcloud.tiers import names_of, tiers_here

Found = dict[Item, State]


class TierItems(QWidget):
    """The card; where no tier lives on Nextcloud, the way to choose one."""

    def __init__(self, desk: Desk, bench: Bench, kept: Kept) -> None:
        super().__init__()
        self._desk, self._bench, self._kept = desk, bench, kept
        names = names_of(tiers_here(desk.open.answers), desk.words, desk.lang)
        self._items = [Item("folder", name) for name in names] + [Item("tag", name) for name in names]
        self._found = QVBoxLayout()
        self._found.setSpacing(6)
        say = desk.say
        self._look_button = Button(to_server(say("nextcloud.tiers-look"), kept.address), self._look)
        head = label(say("nextcloud.tiers-title"), "heading")
        if names:
            why = label(say("nextcloud.tiers-why"), "muted")
            shown = card(head, why, self._look_button, self._found, spacing=8)
        else:
            choose = Button(say("map-page.to-homes"), lambda: desk.go(desk.place_of(TIER_QUESTIONS[0])), kind="link")
            shown = card(head, label(say("nextcloud.tiers-none"), "muted"), choose, spacing=8)
        self.setLayout(column(shown))

    def _look(self) -> None:
        nextcloud, kept, items = self._desk.open.nextcloud, self._kept, self._items
        clear(self._found)
        self._bench.do(lambda watch: nextcloud.look(kept, items, watch), self._show)

    def _make(self) -> None:
        nextcloud, kept, items = self._desk.open.nextcloud, self._kept, self._items
        self._look_button.setFocus()  # the button at hand goes
        clear(self._found)
        self._bench.do(lambda watch: nextcloud.make(kept, items, watch), self._show)

    def _show(self, found: Found) -> None:
        """Each item with what will or did become of it."""
        say = self._desk.say
        clear(self._found)
        lines = [
            say(f"nextcloud.item-{item.kind}", name=item.name, state=say(f"nextcloud.state-{state}"))
            for item, state in found.items()
        ]
        first = label(lines[0])
        for shown in (first, *map(label, lines[1:])):
            self._found.addWidget(shown)
        new = sum(state == "new" for state in found.values())
        if new:
            said = to_server(say("nextcloud.tiers-make", count=str(new)), self._kept.address)
            make = Button(said, self._make, kind="primary")
            self._found.addWidget(make)
            make.setFocus()
        else:
            made = "made" in found.values()
            self._found.addWidget(label(say("nextcloud.tiers-next" if made else "nextcloud.tiers-nothing"), "strong"))
        announce(first, " ".join(lines))
