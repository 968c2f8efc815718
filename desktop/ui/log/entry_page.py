"""An entry by hand: what Guia does not see, with which data, through what, by whom, with what outcome, and a note."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QComboBox

from desktop.storage.entries import LONGEST_NOTE
from desktop.ui.desk import Desk, Place
from desktop.ui.lines import Lines
from desktop.ui.log.next_step import WRITTEN
from desktop.ui.log.pair import Pair
from desktop.ui.page import Page
from desktop.ui.parts import Button, announce, card, chooser, column, label, scale
from wizards.content.shapes import Option
from wizards.trail.chain import Deed

ROLES = ("owner", "manager", "lead", "it", "hr", "supplier", "lawyer")
_CHANNELS = ("dingtalk", "nextcloud", "signal", "local-chat", "email", "paper", "spoken", "file")


class EntryPage(Page):
    """The page `entry`."""

    def __init__(self, desk: Desk, _: str) -> None:
        super().__init__(desk.say("hand.title"), desk.say("log-page.trail"))
        self._desk = desk
        names = desk.open.bank.trail
        columns = {column.id: column.options for column in desk.open.bank.questions["flows"].columns}
        self.under.addWidget(label(desk.say("hand.lead"), "muted"))
        self._act = self._choice("hand.act", [(act.id, desk.text(act.text)) for act in names.acts])
        self._hint = label("", "muted")
        self._act.currentIndexChanged.connect(self._hinted)
        self._hinted()
        nothing = ("", desk.say("hand.none"))
        self._data = self._choice("hand.data", [nothing, *self._named(columns["kinds"])])
        channels = [option for option in names.channels if option.id in _CHANNELS]
        self._channel = self._choice("hand.channel", [nothing, *self._named(channels)])
        self._who = self._choice("hand.who", [(role, desk.say(f"role.{role}")) for role in ROLES])
        self._outcome = self._choice("hand.outcome", self._named(names.outcomes))
        self._note = Lines(desk.say("hand.note"), 110)
        self._wrong = label("", "error")
        self._wrong.hide()
        fields = column(spacing=6)
        for word, field in (
            ("hand.act", self._act),
            ("", self._hint),
            ("hand.data", self._data),
            ("hand.channel", self._channel),
            ("hand.who", self._who),
            ("hand.outcome", self._outcome),
            ("hand.note", self._note),
        ):
            if word:
                fields.addWidget(label(desk.say(word), "strong"))
            fields.addWidget(field)
        write = Button(desk.say("hand.write"), self._write, kind="primary")
        back = Button(desk.say("page.back"), lambda: desk.go(Place("trail")))
        encrypted = label(desk.say("hand.encrypted"), "muted")
        self.main.addWidget(card(fields, encrypted, self._wrong, Pair(write, back, apart=False)))
        self.first(self._act)

    def _choice(self, word: str, options: Sequence[tuple[str, str]]) -> QComboBox:
        box = chooser(self._desk.say(word))
        box.setMaximumWidth(round(560 * scale()))
        for value, text in options:
            box.addItem(text, value)
        return box

    def _named(self, options: Iterable[Option]) -> list[tuple[str, str]]:
        return [(option.id, self._desk.text(option.text)) for option in options]

    def _hinted(self) -> None:
        acts = {act.id: act for act in self._desk.open.bank.trail.acts}
        self._hint.setText(self._desk.text(acts[str(self._act.currentData())].hint))

    def _write(self) -> None:
        note = self._note.toPlainText().strip()
        if len(note) > LONGEST_NOTE:
            said = self._desk.say("hand.too-long", count=str(len(note)), most=str(LONGEST_NOTE))
            self._wrong.setText(said)
            self._wrong.show()
            announce(self._wrong, said)
            self._note.setFocus()
            return
        deed = Deed(
            who=str(self._who.currentData()),
            data=str(self._data.currentData()),
            channel=str(self._channel.currentData()),
            outcome=str(self._outcome.currentData()),
        )
        self._desk.open.trail.write(str(self._act.currentData()), deed, note)
        self._desk.go(Place("trail", WRITTEN))
