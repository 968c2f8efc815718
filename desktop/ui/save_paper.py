"""Saves files: builds them in a worker and says what came of it. Of a plan that is printed a copy is kept."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop import terminal
from desktop.session import Session
from desktop.storage.faults import VaultError
from desktop.storage.whole import write_whole
from desktop.ui import work
from desktop.ui.desk import Desk
from desktop.ui.unlock import said_of
from wizards.trail.anchor import Anchor
from wizards.trail.chain import Deed

if TYPE_CHECKING:  # what makes papers is slow to import, and the window must not pay for it
    from desktop.reports.plan.case import BoxProof


def save_plan(desk: Desk, page: QWidget, lang: str = "") -> None:
    """The plan, in the window's language unless told; a copy of the plan is kept whole in the vault."""
    session, spoken = desk.open, lang or desk.lang
    plan, answers, done = session.plan(), dict(session.answers), session.done()
    proven = _box_proof(session)  # now: the vault may be left before the paper is built
    ticked = {task: record.done_on for task, record in done.items() if record.done_on}

    def kept() -> None:
        session.keep_plan(desk.words, spoken)
        session.trail.exported("plan", spoken)

    def build(mark: Anchor) -> bytes:
        from desktop.reports import papers

        return papers.plan(session.bank, answers, plan, spoken, desk.words, ticked, mark, box=proven)

    _save_marked(desk, page, "plan", spoken, build, kept)


def save_monday(desk: Desk, page: QWidget) -> None:
    """The Monday sheet: one page."""
    session = desk.open
    sentences, answers, plan = session.quick_result(), dict(session.answers), session.plan()

    def build(mark: Anchor) -> bytes:
        from desktop.reports import papers

        return papers.monday(session.bank, answers, plan, sentences, desk.lang, desk.words, mark)

    _save_marked(desk, page, "monday", desk.lang, build, lambda: session.trail.exported("monday", desk.lang))


def save_trail(desk: Desk, page: QWidget, months: int, noted: Callable[[], object], *, notes: bool) -> None:
    """The trail of the last `months`, 0 for all: verified now, the newest entries, with notes if told.

    `noted` hears of its mark and its entry once they are there.
    """
    session = desk.open
    answers, plan = dict(session.answers), session.plan()

    def build(mark: Anchor) -> bytes:
        from desktop.reports import papers
        from desktop.reports.plan.case import Case
        from desktop.ui.log.trail_shown import shown

        case = Case(session.bank, answers, plan, desk.voice, anchor=mark)
        return papers.trail(case, shown(session, desk.voice, mark, months, notes=notes))

    def kept() -> None:
        session.trail.record(
            "trail.paper-notes" if notes else "trail.paper", desk.lang, Deed(data="trail", channel="file")
        )

    _save_marked(desk, page, "trail", desk.lang, build, kept, noted)


def _box_proof(session: Session) -> "BoxProof | None":
    """What was proven of the log box, and when a test failed since, by the trail; None where nothing was."""
    kept, proven = session.box.kept(), session.box.proven()
    if kept is None or proven is None:
        return None
    from desktop.reports.plan.case import BoxProof

    last = session.trail.latest("log-box.tested")
    failed = last.at if last is not None and last.outcome != "done" and last.at > proven.at else ""
    return BoxProof(kept.line.host, proven.at, failed)


def save_recovery(desk: Desk, page: QWidget, passphrase: str) -> None:
    """The recovery sheet, to print and lock away."""
    out = _place(desk, page, "guia-recovery.pdf")
    if out is None:
        return

    def build() -> bytes:
        from desktop.reports import papers

        return papers.recovery(passphrase, desk.lang, desk.words)

    save(desk, page, out, build, lambda: None)


def _save_marked(
    desk: Desk,
    page: QWidget,
    where: str,
    lang: str,
    build: Callable[[Anchor], bytes],
    kept: Callable[[], None],
    noted: Callable[[], object] = lambda: None,
) -> None:
    """A paper with a mark of the trail on it: taken first, and on the list of marks once the paper is written."""
    out, anchors = _place(desk, page, f"guia-{where}-{lang}.pdf"), desk.open.anchors
    if out is None:
        return
    try:
        mark = anchors.mark(where)
    except VaultError as error:
        tell(desk, page.window(), said_of(desk, error))
        return

    def left() -> None:
        kept()
        anchors.keep(mark, where)
        noted()

    save(desk, page, out, lambda: build(mark), left)


def _place(desk: Desk, page: QWidget, name: str) -> Path | None:
    """Where the owner wants the PDF; None where they thought better of it."""
    chosen, _ = QFileDialog.getSaveFileName(page, desk.say("save.title"), str(Path.home() / name), "PDF (*.pdf)")
    if not chosen:
        return None
    return Path(chosen if chosen.lower().endswith(".pdf") else chosen + ".pdf")


def save(
    desk: Desk,
    page: QWidget,
    out: Path,
    build: Callable[[], bytes],
    kept: Callable[[], object],
    word: str = "save.done",
) -> None:
    """Build a file in a worker, write it whole or not at all, and say what came of it. `kept` hears of it."""
    window, session = page.window(), desk.session  # the page may be left, the vault closed, before it is written

    def done(_: None) -> None:
        if session is None or session.is_open:
            kept()
        tell(desk, window, desk.say(word, file=str(out)))

    def failed(error: Exception) -> None:
        left = session is not None and not session.is_open  # what the vault still had to say for it is out of reach
        tell(desk, window, desk.say("save.left", file=str(out)) if left else unwritten(desk, out, error))

    work.run(lambda: write_whole(out, build()), done, failed)


def unwritten(desk: Desk, out: Path, error: Exception) -> str:
    """That a file could not be written and why, in the owner's language; calm words for what is no fault of a file."""
    if isinstance(error, OSError):
        return desk.say("cli.unwritable", file=str(out), why=terminal.why(error, desk.lang))
    return said_of(desk, error)


def tell(desk: Desk, window: QWidget, text: str) -> None:
    """Say something in a box that Enter closes."""
    box = QMessageBox(window)
    box.setWindowTitle(desk.say("app.title"))
    box.setText(text)
    box.addButton(desk.say("save.ok"), QMessageBox.ButtonRole.AcceptRole)
    box.open()
