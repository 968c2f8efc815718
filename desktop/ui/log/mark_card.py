"""A mark of the trail for somebody outside, as a letter to copy or to save; and where marks went so far."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget

from desktop.anchors import ListUnreadable
from desktop.reports import entries_said
from desktop.storage.whole import write_whole
from desktop.ui import work
from desktop.ui.desk import Desk
from desktop.ui.log.pair import Pair
from desktop.ui.log.verbatim import Verbatim
from desktop.ui.parts import Button, announce, card, chooser, clear, column, label, scale
from desktop.ui.save_paper import unwritten
from wizards.trail.anchor import Anchor
from wizards.trail.anchor_code import code

WHOM: Final = ("accountant", "lawyer", "partner", "friend")
_SHOWN: Final = 4
"""Marks that went away, of which the card tells."""


class MarkCard(QWidget):
    """To whom, and the two ways to hand it over. Each is noted in the trail and on the list of marks."""

    def __init__(self, desk: Desk, noted: Callable[[], object]) -> None:
        """`noted` hears of each mark that was given: it is an entry of the trail too."""
        super().__init__()
        self._desk, self._noted = desk, noted
        self._held: tuple[str, Anchor] | None = None
        self._last = 0
        self.whom = chooser(desk.say("mark.whom"))
        for whom in WHOM:
            self.whom.addItem(desk.say(f"mark.to-{whom}"), whom)
        self.whom.setMaximumWidth(round(360 * scale()))
        copy = Button(desk.say("mark.copy"), self._copy, kind="primary")
        save = Button(desk.say("mark.save"), self._save)
        self._said = QVBoxLayout()
        self._given = QVBoxLayout()
        self._given.setSpacing(2)
        heading, text = label(desk.say("mark.title"), "heading"), label(desk.say("mark.text"), "muted")
        to = Pair(label(desk.say("mark.whom"), wrap=False), self.whom, apart=False)
        self.setLayout(column(card(heading, text, to, Pair(copy, save, apart=False), self._said, self._given)))
        self.list_marks()

    def list_marks(self) -> None:
        """Show where marks went so far, the newest first."""
        desk = self._desk
        clear(self._given)
        self._given.addWidget(label(desk.say("mark.given-title"), "strong"))
        try:
            known = desk.open.anchors.known()
        except ListUnreadable:
            self._given.addWidget(label(desk.say("mark.unreadable"), "error"))
            return
        for kept in reversed(known[-_SHOWN:]):
            day, whom = entries_said.day(desk.voice, kept.at), entries_said.whom(desk.voice, kept.where)
            self._given.addWidget(label(desk.say("mark.given", day=day, whom=whom, count=str(kept.count)), "muted"))
        if not known:
            self._given.addWidget(label(desk.say("mark.none"), "muted"))

    def _copy(self) -> None:
        desk, where = self._desk, str(self.whom.currentData())
        anchor = self._letter_for(where) or desk.open.anchors.give(where)
        QApplication.clipboard().setText(letter(desk, anchor))
        self._show(anchor, where, desk.say("mark.copied", whom=entries_said.whom(desk.voice, where)))

    def _save(self) -> None:
        desk, where, session = self._desk, str(self.whom.currentData()), self._desk.open
        name = str(Path.home() / "guia-mark.txt")
        chosen, _ = QFileDialog.getSaveFileName(self, desk.say("mark.save"), name, "TXT (*.txt)")
        if not chosen:
            return
        out = Path(chosen if chosen.lower().endswith(".txt") else chosen + ".txt")

        held = self._letter_for(where)

        def save() -> Anchor:
            if held is not None:
                write_whole(out, letter(desk, held).encode())
                return held
            anchor = session.anchors.mark(where)
            write_whole(out, letter(desk, anchor).encode())
            session.anchors.keep(anchor, where)  # only what has left is on the list
            return anchor

        def saved(anchor: Anchor) -> None:
            if work.awaits(self):
                self._show(anchor, where, desk.say("mark.saved", file=str(out)))

        def failed(error: Exception) -> None:
            if work.awaits(self):
                clear(self._said)
                self._said.addWidget(label(unwritten(desk, out, error), "error"))

        work.run(save, saved, failed)

    def _letter_for(self, where: str) -> Anchor | None:
        """The mark of the letter that was handed over last, while it is for the same hands and no entry came since."""
        if self._held is None:
            return None
        whom, anchor = self._held
        return anchor if whom == where and self._desk.open.trail.last == self._last else None

    def _show(self, anchor: Anchor, where: str, said: str) -> None:
        self._held, self._last = (where, anchor), self._desk.open.trail.last
        clear(self._said)
        self._said.addWidget(Verbatim(self._desk.say("code.typed"), code(anchor)))
        self._said.addWidget(label(said))
        announce(self, said)
        self.list_marks()
        self._noted()


def letter(desk: Desk, anchor: Anchor) -> str:
    """The mark as a message: of whom and when, the code, what it is for, and how it is checked."""
    business = str(desk.open.answers.get("business-name") or desk.say("mark.nobody"))
    count = str(anchor.count)
    return "\n".join(
        (
            desk.say("mark.letter-title", business=business, moment=desk.moment_in_macao(anchor.at)),
            "",
            code(anchor),
            desk.say("mark.letter-entries", count=count),
            f"SHA-256: {anchor.head}",
            "",
            desk.say("mark.letter-keep"),
            desk.say("mark.letter-why", count=count),
            desk.say("mark.letter-how"),
            "",
        )
    )
