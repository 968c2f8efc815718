"""Sends the flows out as a spreadsheet: asks where, writes it in a worker, says what came of it."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.desk import Desk
from desktop.ui.save_paper import save
from wizards.interview.answers import rows

QUESTION: Final = "flows"


def send_out(desk: Desk, page: QWidget) -> None:
    """Ask where, write the spreadsheet in a worker, and say what came of it."""
    session = desk.open
    name = str(Path.home() / f"guia-flows-{desk.lang}.xlsx")
    chosen, _ = QFileDialog.getSaveFileName(page, desk.say("sheet.send"), name, "Excel (*.xlsx)")
    if not chosen:
        return
    out = Path(chosen if chosen.lower().endswith(".xlsx") else chosen + ".xlsx")
    question, given = session.bank.questions[QUESTION], rows(session.answers, QUESTION)

    def build() -> bytes:
        from desktop.sheets.writing import xlsx
        from wizards.mapping.sheet.out import sheet_of

        return xlsx(sheet_of(question, given, desk.lang, desk.words))

    save(desk, page, out, build, lambda: session.trail.exported("flows", desk.lang), "sheet.saved")
