"""The trail for somebody else: as a file that anybody can verify, and as a paper to show."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.reports.trail_paper import MONTHS, MOST
from desktop.ui import work
from desktop.ui.desk import Desk
from desktop.ui.fields.choices import Box
from desktop.ui.parts import Button, card, chooser, column, label, line, row
from desktop.ui.save_paper import save_trail, tell, unwritten


class ExportCard(QWidget):
    """The whole trail as a file, or the entries of a period on paper."""

    def __init__(self, desk: Desk, noted: Callable[[], object]) -> None:
        """`noted` hears of each that was saved while the page stands: it is an entry of the trail too."""
        super().__init__()
        self._desk, self._noted = desk, noted
        out = Button(desk.say("trail-page.export-button"), self._export)
        heading = label(desk.say("trail-page.export"), "heading")
        text = label(desk.say("trail-page.export-text"), "muted")
        how = label(desk.say("trail-card.how"), "muted")
        self._period = chooser(desk.say("trail-card.period"))
        for months in (*MONTHS, 0):
            self._period.addItem(desk.say(f"trail-paper.months-{months}"), months)
        self._notes = Box(desk.say("trail-card.notes"))
        paper = label(desk.say("trail-card.paper"), "strong")
        shows = label(desk.say("trail-card.paper-text", most=desk.number(MOST)), "muted")
        save = row(Button(desk.say("trail-card.paper-button"), self._save), None)
        chosen = (self._period, self._notes, save)
        self.setLayout(column(card(heading, text, how, row(out, None), line(), paper, shows, *chosen)))

    def _save(self) -> None:
        months = int(self._period.currentData())
        save_trail(self._desk, self, months, self._tell, notes=self._notes.isChecked())

    def _tell(self) -> None:
        if work.awaits(self):
            self._noted()

    def _export(self) -> None:
        desk, window = self._desk, self.window()
        name = str(Path.home() / "guia-trail.jsonl")
        chosen, _ = QFileDialog.getSaveFileName(self, desk.say("trail-page.export"), name, "JSON lines (*.jsonl)")
        if not chosen:
            return
        out = Path(chosen if chosen.lower().endswith(".jsonl") else chosen + ".jsonl")
        trail, done = desk.open.trail, desk.say("save.done", file=str(out))

        def saved(_: None) -> None:
            tell(desk, window, done)
            self._tell()

        work.run(
            lambda: trail.export(out),
            saved,
            lambda error: tell(desk, window, unwritten(desk, out, error)),
        )
