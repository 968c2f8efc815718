"""What the owner says of a log box before its folder is made: where it is, how long it keeps, who else sends."""

from typing import Final

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.lines import Lines
from desktop.ui.parts import Button, announce, chooser, column, label, row
from wizards.logbox.names import FEWEST_DAYS, MOST_DAYS, USUAL_DAYS, NotUsable, Request, judged

DAYS: Final = (90, 180, USUAL_DAYS, 730, 1095, 1825)


class BoxForm(QWidget):
    """The fields. `request` is what they ask for; what cannot be used is said beside them and given as None."""

    def __init__(self, desk: Desk, before: Request, *, many: bool, counted: int = 0) -> None:
        """`before` stands in the fields; `many` opens those of sites, of which the owner has `counted` so many."""
        super().__init__()
        self._desk = desk
        self.host = QLineEdit(before.host)
        self.host.setAccessibleName(desk.say("box-page.host"))
        self.host.setPlaceholderText(desk.say("box-page.host-shape"))
        self._days = days_chooser(desk, before.days)
        self._wrong = label("", "error")
        self._wrong.hide()
        self._more = Button(desk.say("box-page.more"), self._show_more, kind="link")
        self._names = QWidget()
        self._computers = self._lines("box-page.computers", before.senders)
        self._sites = self._lines("box-page.sites", before.sites)
        told = [label(desk.say("box-page.sites-counted", count=desk.number(counted)), "strong")] if counted else []
        self._names.setLayout(
            column(
                label(desk.say("box-page.sites"), "strong"),
                label(desk.say("box-page.sites-hint"), "muted"),
                *told,
                self._sites,
                label(desk.say("box-page.computers"), "strong"),
                label(desk.say("box-page.computers-hint"), "muted"),
                self._computers,
                spacing=6,
            )
        )
        lines = QVBoxLayout()
        for item in (
            label(desk.say("box-page.host"), "strong"),
            label(desk.say("box-page.host-hint"), "muted"),
            self.host,
            label(desk.say("box-page.days"), "strong"),
            label(desk.say("box-page.days-hint"), "muted"),
        ):
            lines.addWidget(item)
        lines.addLayout(row(self._days, None))
        lines.addLayout(row(self._more, None))
        lines.addWidget(self._names)
        lines.addWidget(self._wrong)
        lines.setSpacing(6)
        lines.setContentsMargins(0, 0, 0, 0)
        self.setLayout(lines)
        shown = many or bool(before.senders or before.sites)
        self._more.setVisible(not shown)
        self._names.setVisible(shown)

    def request(self) -> Request | None:
        """What is asked for; None where something cannot be used, which is then said."""
        asked = Request(
            host=self.host.text(),
            senders=_each(self._computers),
            sites=_each(self._sites),
            days=int(self._days.currentData()),
        )
        try:
            judged(asked)
        except NotUsable as wrong:
            self._refuse(wrong)
            return None
        self._wrong.hide()
        return asked

    def _refuse(self, wrong: NotUsable) -> None:
        limits = {"fewest": str(FEWEST_DAYS), "most": str(MOST_DAYS)}
        if wrong.what == "host" and not wrong.typed.strip():
            said = self._desk.say("box-page.no-host")
        else:
            said = self._desk.say(f"logbox.bad-{wrong.what}", typed=wrong.typed[:80], **limits)
        self._wrong.setText(said)
        self._wrong.show()
        announce(self._wrong, said)
        fields: dict[str, QWidget] = {"host": self.host, "sender": self._computers, "site": self._sites}
        fields.get(wrong.what, self._sites).setFocus()

    def _lines(self, word: str, names: tuple[str, ...]) -> Lines:
        return Lines(self._desk.say(word), 96, "\n".join(names))

    def _show_more(self) -> None:
        self._names.show()
        self._sites.setFocus()
        self._more.hide()


def days_chooser(desk: Desk, chosen: int) -> QComboBox:
    """How long lines are kept: the usual times, and the one that was chosen."""
    box = chooser(desk.say("box-page.days"))
    for days in sorted({*DAYS, chosen}):
        years, over = divmod(days, 365)
        if over:
            box.addItem(desk.say("box-page.some-days", count=str(days)), days)
        else:
            word = "trail-page.keep-year" if years == 1 else "trail-page.keep-years"
            box.addItem(desk.say(word, count=str(years)), days)
    box.setCurrentIndex(box.findData(chosen))
    return box


def _each(typed: Lines) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(line.strip() for line in typed.toPlainText().splitlines() if line.strip())
