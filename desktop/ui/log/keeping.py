"""How long entries are kept, asked before the first are cleared; and the trail as a file that anybody can verify."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui import work
from desktop.ui.desk import Desk
from desktop.ui.parts import Button, announce, card, chooser, column, label, row
from desktop.ui.save_paper import tell, unwritten

MONTHS: Final = (12, 24, 36, 60, 120)


class KeepingCard(QWidget):
    """The choice, and what it does, before it does it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._choice = chooser(desk.say("trail-page.keep"))
        self._choice.addItem(desk.say("trail-page.keep-ever"), None)
        kept = desk.open.trail.keep_for
        for months in sorted({*MONTHS, *([kept] if kept else [])}):
            years, over = divmod(months, 12)
            word = (
                desk.say("trail-page.keep-months", count=str(months))
                if over
                else desk.say("trail-page.keep-years", count=str(years))
            )
            self._choice.addItem(word, months)
        self._choice.setCurrentIndex(max(0, self._choice.findData(kept)))
        self._said = label("", "muted")
        self._said.hide()
        keep = Button(desk.say("trail-page.keep-button"), self._keep)
        texts = label(desk.say("trail-page.keep-text"), "muted")
        self.setLayout(
            column(
                card(label(desk.say("trail-page.keep"), "heading"), texts, self._choice, row(keep, None), self._said)
            )
        )

    def _keep(self) -> None:
        desk, months = self._desk, self._choice.currentData()
        desk.open.trail.keep_for = months
        said = desk.say("trail-page.kept")
        self._said.setText(said)
        self._said.show()
        announce(self._said, said)


class ExportCard(QWidget):
    """The whole trail as a file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        out = Button(desk.say("trail-page.export-button"), self._export)
        heading, text = (
            label(desk.say("trail-page.export"), "heading"),
            label(desk.say("trail-page.export-text"), "muted"),
        )
        self.setLayout(column(card(heading, text, row(out, None))))

    def _export(self) -> None:
        desk, window = self._desk, self.window()
        name = str(Path.home() / "guia-trail.jsonl")
        chosen, _ = QFileDialog.getSaveFileName(self, desk.say("trail-page.export"), name, "JSON lines (*.jsonl)")
        if not chosen:
            return
        out = Path(chosen if chosen.lower().endswith(".jsonl") else chosen + ".jsonl")
        trail, done = desk.open.trail, desk.say("save.done", file=str(out))
        work.run(
            lambda: trail.export(out),
            lambda _: tell(desk, window, done),
            lambda error: tell(desk, window, unwritten(desk, out, error)),
        )
