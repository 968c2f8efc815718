"""A code from paper held against the trail: typed or pasted, read however it was typed, checked in a worker."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.parts import Button, announce, card, chip, clear, column, label, row
from desktop.ui.unlock import said_of
from desktop.ui.waiting import Waiting
from wizards.trail.anchor import Anchor
from wizards.trail.anchor_code import Mistyped, read_code
from wizards.trail.spoken import told
from wizards.trail.verdict import Broken, Unbroken


class PaperCode(QWidget):
    """The card that takes a code in `typed` and says whether this trail is still the one that it was taken of."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.typed = QLineEdit()
        self.typed.setAccessibleName(desk.say("code.typed"))
        self.typed.setPlaceholderText(desk.say("code.shape"))
        check = Button(desk.say("code.check"), self._check)
        self.typed.returnPressed.connect(check.click)
        self._waiting = Waiting(desk)
        self._said = QVBoxLayout()
        heading, text = label(desk.say("code.title"), "heading"), label(desk.say("code.text"), "muted")
        self.setLayout(column(card(heading, text, self.typed, row(check, None), self._waiting, self._said)))

    def _check(self) -> None:
        desk = self._desk
        clear(self._said)
        try:
            anchor = read_code(self.typed.text())
        except Mistyped as wrong:
            groups = desk.say("code.between").join(str(group) for group in wrong.groups)
            self._tell([desk.say(f"code.mistyped-{wrong.how}", groups=groups)], "error")
            self.typed.setFocus()
            return
        trail = desk.open.trail
        self._waiting.begin(
            lambda watch: trail.verify([anchor], going=watch.check),
            lambda found: self._show(anchor, found),
            self._failed,
        )

    def _show(self, anchor: Anchor, found: Unbroken | Broken) -> None:
        desk, count = self._desk, str(anchor.count)
        if isinstance(found, Unbroken) and found.held == anchor.count:
            self._said.addLayout(row(chip(desk.say("code.chip-fits"), "green"), None))
            self._tell([desk.say("code.fits", count=count)], "strong")
        elif isinstance(found, Unbroken):
            self._tell([desk.say("code.past", count=count, begins=str(found.begins))], "strong")
        else:
            self._said.addLayout(row(chip(desk.say("log-page.chip-broken"), "red"), None))
            self._tell([told(found, desk.words, desk.lang).found, desk.say("code.other-business")], "strong")

    def _tell(self, texts: list[str], role: str) -> None:
        for text in texts:
            self._said.addWidget(label(text, role))
        announce(self, " ".join(texts))

    def _failed(self, error: Exception) -> None:
        self._tell([said_of(self._desk, error)], "error")
