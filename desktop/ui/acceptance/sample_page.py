"""Judges the sample of a log: choose the file or drop it, see the verdict, save it as a page, keep it as a proof.

The sample stands in memory while the page is shown. The trail gets counts alone.
"""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import clock
from desktop.acceptance import Opened, open_sample, wording
from desktop.storage.tasks import Proof
from desktop.ui import work
from desktop.ui.acceptance.result import art16_card, ask_card, checks_card, examples_card, verdict_card
from desktop.ui.desk import Desk, Place
from desktop.ui.file_work import FileWork, Job
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, chooser, clear, column, label, row
from desktop.ui.save_paper import save
from desktop.ui.unlock import said_of
from wizards.acceptance.shapes import NotALog
from wizards.acceptance.verdict import RECORD, Verdict
from wizards.planning import spoken
from wizards.trail.chain import Deed

DAYS: Final = (30, 90, 180, 365, 730, 1825)
"""Days that one can ask a log to reach back."""


class SamplePage(Page):
    """`of` is the file that was chosen, "" before."""

    def __init__(self, desk: Desk, of: str) -> None:
        super().__init__(desk.say("acceptance.title"), desk.say("place.log"))
        self._desk, self._wording = desk, wording()
        self._opened: Opened | None = None
        self._verdict: Verdict | None = None
        self.setAcceptDrops(True)
        choose = Button(
            desk.say("acceptance.other" if of else "acceptance.choose"), self._choose, "plain" if of else "primary"
        )
        self._days = chooser(desk.say("acceptance.days"))
        self._days.addItem(desk.say("acceptance.days-none"), None)
        for days in DAYS:
            self._days.addItem(desk.say("acceptance.days-some", days=str(days)), days)
        self._days.activated.connect(self._judge)
        wish = column(label(desk.say("acceptance.days"), "strong"), row(self._days, None), spacing=4)
        intro = [label(desk.say("acceptance.how")), label(desk.say("acceptance.kinds"), "muted")]
        drop = label(desk.say("acceptance.drop"), "muted")
        self.main.addWidget(card(*intro, label(desk.say("acceptance.dropped"), "muted"), choose, drop, wish))
        self._work = FileWork(desk, choose.setFocus)
        self.main.addWidget(self._work)
        self._body = column(spacing=14)
        self.main.addLayout(self._body)
        self.main.addLayout(row(Button(desk.say("acceptance.back"), desk.back), None))
        self.first(choose)
        if of:
            self._read(Path(of))

    # Taking a file --------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self._desk.say("acceptance.choose"), str(Path.home()))
        if chosen:
            self._desk.go(Place("sample", chosen))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """One file may be dropped."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """Read what was dropped, after the drop has ended: the page is built anew."""
        file = _dropped(event)
        if file:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, partial(self._desk.go, Place("sample", file)))

    def _read(self, file: Path) -> None:
        days = self._days.currentData()

        def read(job: Job) -> tuple[Opened, Verdict] | NotALog:
            try:
                opened = open_sample(file, job.step)
            except NotALog as refused:
                return refused
            return opened, opened.judged(days)

        def done(found: tuple[Opened, Verdict] | NotALog) -> None:
            if isinstance(found, NotALog):
                self._work.say(self._desk.say(f"acceptance.not-{found.code}", file=file.name))
                return
            self._opened, verdict = found
            self._record(verdict)
            self._show(verdict)
            QTimer.singleShot(0, self._saves, self._come_to)

        self._work.start(self._desk.say("acceptance.reading", file=file.name), read, done, file.name)

    def _come_to(self) -> None:
        """The keyboard goes to what can be done with the verdict, and the page shows it however large its text."""
        self._saves.setFocus()
        # a round later it lies where it stays
        QTimer.singleShot(0, self._saves, lambda: self.area.ensureWidgetVisible(self._saves))

    def _judge(self) -> None:
        """Judge anew by other days; in a worker, a large sample takes a second or two. The keyboard stays."""
        opened, days = self._opened, self._days.currentData()
        if opened is None:
            return

        def done(verdict: Verdict) -> None:
            if work.awaits(self) and days == self._days.currentData():
                self._show(verdict)

        def failed(error: Exception) -> None:
            if work.awaits(self):
                self._work.say(said_of(self._desk, error))

        work.run(lambda: opened.judged(days), done, failed)

    def _record(self, verdict: Verdict) -> None:
        """What was read, as counts: nothing of the lines."""
        counts = {found.id: found.status for found in verdict.findings}
        deed = Deed(who="owner", data="log", outcome="done" if verdict.accepted else "refused")
        content = {"lines": verdict.sample.lines, "accepted": verdict.accepted, **counts}
        self._desk.open.trail.record("log.read", verdict.sample.format, deed, content)

    # The result -----------------------------------------------------------------------------------------------------

    def _show(self, verdict: Verdict) -> None:
        self._verdict = verdict
        clear(self._body)
        desk = self._desk
        self._saves = Button(desk.say("acceptance.save"), self._save, kind="primary")
        buttons: list[QWidget] = [self._saves]
        tasks = self._tasks(verdict)
        buttons += [Button(desk.say("acceptance.keep", task=title), partial(self._keep, task)) for task, title in tasks]
        if verdict.accepted and not tasks:
            buttons.append(label(desk.say("acceptance.keep-none"), "muted"))
        self._body.addWidget(verdict_card(desk, verdict, buttons))
        self._body.addWidget(art16_card(desk, verdict))
        self._body.addWidget(checks_card(desk, verdict, self._wording))
        self._body.addWidget(ask_card(desk, verdict, self._wording))
        self._body.addWidget(examples_card(desk, verdict, self._wording))

    def _tasks(self, verdict: Verdict) -> list[tuple[str, str]]:
        """The open tasks of the plan that the sample settles, with their titles."""
        session = self._desk.open
        settled, done = self._wording.settled(verdict), session.done()
        return [
            (task.id, spoken.title(session.bank, task, self._desk.lang))
            for task in session.plan().tasks
            if task.id in settled and task.id not in done
        ]

    def _paper(self) -> bytes:
        """The page as a PDF; called in a worker."""
        from desktop.reports import papers
        from desktop.reports.acceptance_paper import Judged

        desk, opened, verdict = self._desk, self._opened, self._verdict
        if opened is None or verdict is None:
            raise LookupError("no sample was read")
        judged = Judged(opened.name, opened.digest, verdict, self._wording, desk.open.bank.records[RECORD])
        business = str(desk.open.answers.get("business-name") or desk.say("paper.no-name"))
        return papers.acceptance(judged, business, clock.today(), desk.lang, desk.words)

    def _file_name(self) -> str:
        return f"guia-log-{clock.today().isoformat()}-{self._desk.lang}.pdf"

    def _save(self) -> None:
        desk = self._desk
        named = str(Path.home() / self._file_name())
        chosen, _ = QFileDialog.getSaveFileName(self, desk.say("save.title"), named, "PDF (*.pdf)")
        if chosen:
            out = Path(chosen if chosen.lower().endswith(".pdf") else chosen + ".pdf")
            save(desk, self, out, self._paper, lambda: desk.open.trail.record("log.read-export", desk.lang))

    def _keep(self, task: str) -> None:
        desk, session, verdict = self._desk, self._desk.open, self._verdict
        if verdict is None:
            return
        note = desk.say("acceptance.keep-note", lines=str(verdict.sample.lines))
        title = dict(self._tasks(verdict))[task]

        def keep(_: Job) -> None:
            session.tick(task, note, Proof(self._file_name(), self._paper()))

        def kept(_: None) -> None:
            self._show(verdict)
            self._saves.setFocus()
            self._work.tell(desk.say("acceptance.kept", task=title))

        self._work.start(desk.say("acceptance.keeping"), keep, kept, self._file_name())


def _dropped(event: QDropEvent) -> str:
    """The one file of this computer that is dropped, "" where it is something else."""
    places = [url.toLocalFile() for url in event.mimeData().urls()]
    return places[0] if len(places) == 1 else ""
