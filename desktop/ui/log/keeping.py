"""How long entries are kept, asked before the first are cleared."""

from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.ui import work
from desktop.ui.desk import Desk
from desktop.ui.parts import Button, announce, card, chooser, column, label, row
from desktop.ui.unlock import said_of

MONTHS: Final = (12, 24, 36, 60, 120)


class KeepingCard(QWidget):
    """The choice; what it clears is said and asked before it is done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._choice = chooser(desk.say("trail-page.keep"))
        self._choice.addItem(desk.say("trail-page.keep-ever"), None)
        kept = desk.open.trail.keep_for
        for months in sorted({*MONTHS, *([kept] if kept else [])}):
            years, over = divmod(months, 12)
            word = (
                "trail-page.keep-months" if over else "trail-page.keep-year" if years == 1 else "trail-page.keep-years"
            )
            self._choice.addItem(desk.say(word, count=str(months if over else years)), months)
        self._choice.setCurrentIndex(max(0, self._choice.findData(kept)))
        self._choice.currentIndexChanged.connect(self._changed)
        self._said = label("", "muted")
        self._said.hide()
        self._keep = Button(desk.say("trail-page.keep-button"), self._look)
        self._asked = label("", "error")
        self._asked.hide()
        self._sure = Button(desk.say("trail-page.keep-sure"), self._do)
        self._sure.hide()
        texts = label(desk.say("trail-page.keep-text"), "muted")
        heading = label(desk.say("trail-page.keep"), "heading")
        self.setLayout(
            column(
                card(
                    heading, texts, self._choice, row(self._keep, None), self._said, self._asked, row(self._sure, None)
                )
            )
        )

    def _changed(self) -> None:
        """Another choice: what was asked before is not asked any more."""
        for shown in (self._said, self._asked, self._sure):
            shown.hide()

    def _look(self) -> None:
        """How many would be cleared at once; without any it is simply kept."""
        trail, months = self._desk.open.trail, self._choice.currentData()
        work.run(lambda: trail.past(months) if months else 0, lambda count: self._ask(months, count), self._failed)

    def _ask(self, months: int | None, count: int) -> None:
        if not work.awaits(self) or self._choice.currentData() != months:
            return
        if not count:
            self._do()
            return
        said = self._desk.say("trail-page.keep-ask", count=self._desk.number(count))
        self._asked.setText(said)
        announce(self._asked, said)
        for shown, there in ((self._said, False), (self._asked, True), (self._sure, True)):
            shown.setVisible(there)
        self._sure.setFocus()

    def _do(self) -> None:
        trail, months = self._desk.open.trail, self._choice.currentData()

        def keep() -> None:
            trail.keep_for = months

        work.run(keep, lambda _: self._done(), self._failed)

    def _done(self) -> None:
        if work.awaits(self):
            self._keep.setFocus()
            self._asked.hide()
            self._sure.hide()
            self._tell(self._desk.say("trail-page.kept"))

    def _failed(self, error: Exception) -> None:
        if work.awaits(self):
            self._tell(said_of(self._desk, error))

    def _tell(self, said: str) -> None:
        self._said.setText(said)
        self._said.show()
        announce(self._said, said)
