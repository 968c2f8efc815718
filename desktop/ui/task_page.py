"""One task: why, how, who, by when, what proof to keep, where it says so; and done, with a note or a file as proof."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from desktop.acceptance import wording
from desktop.storage.tasks import Proof
from desktop.ui import work
from desktop.ui.desk import Desk, Place
from desktop.ui.lines import Lines
from desktop.ui.log.ways import way_of
from desktop.ui.nextcloud.entry import entry, is_about
from desktop.ui.page import Page
from desktop.ui.parts import Button, beside, card, chip, label, line, row
from desktop.ui.plan_page import find
from desktop.ui.save_paper import tell
from desktop.ui.so_far import PHASE_COLOUR, source_line
from wizards.planning import paper, spoken
from wizards.planning.plan import Task

LARGEST_PROOF = 20_000_000


class TaskPage(Page):
    """`of` is the task's id."""

    def __init__(self, desk: Desk, of: str) -> None:
        session = desk.open
        session.keep_first_seen()
        task = find(session.plan(), of)
        title = spoken.title(session.bank, task, desk.lang) if task else desk.say("task.gone")
        super().__init__(title, desk.say("place.plan"), side=True)
        self._desk = desk
        self._file: Path | None = None
        back = Button(desk.say("task.back"), lambda: desk.go(Place("plan")))
        self.first(back)
        if task is None:
            self.main.addWidget(card(label(desk.say("task.gone-text"))))
        else:
            self._task = task
            self._show(task)
        self.main.addLayout(row(back, None))

    def _show(self, task: Task) -> None:
        desk, bank = self._desk, self._desk.open.bank

        def said(text: str) -> str:
            return spoken.filled(bank, task, desk.lang, text)

        facts = desk.say(
            "plan.entry",
            who=desk.say(f"role.{task.duty.who}"),
            day=desk.day(task.due),
            hours=desk.number(task.duty.effort_hours),
        )
        chips = row(chip(desk.say(f"phase.{task.phase}"), PHASE_COLOUR[task.phase]), label(facts, "muted"))
        chips.setStretch(1, 1)
        self.under.addLayout(chips)
        how = task.duty.how
        steps = label(said(desk.text(how.full)))
        steps.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)  # a letter is copied from here
        self.main.addWidget(card(label(desk.say("task.why"), "heading"), label(said(desk.text(task.duty.why)))))
        self.main.addWidget(
            card(
                label(desk.say("task.how"), "heading"),
                label(said(desk.text(how.short)), "strong"),
                steps,
            )
        )
        if is_about(desk, task.duty):
            self.main.addWidget(card(label(desk.say("nextcloud.intro"), "muted"), entry(desk), spacing=8))
        ways = [way] if (way := way_of(desk, task.duty.id)) else []
        if task.id in wording().duties:
            ways.append(Button(desk.say("acceptance.way"), lambda: desk.go(Place("sample"))))
        if ways:
            self.main.addLayout(beside(*ways, stretch=False))
        self.main.addWidget(self._proof(task))
        self.side.addWidget(self._because(task))
        if task.duty.sources:
            sources = [source_line(desk, bank.records[s]) for s in task.duty.sources]
            self.side.addWidget(card(label(desk.say("task.sources"), "heading"), *sources))
        self.side.addStretch(1)

    def _because(self, task: Task) -> QFrame:
        desk, session = self._desk, self._desk.open
        items: list[QWidget] = [label(desk.say("task.because"), "heading")]
        for given in paper.because(session.bank, session.answers, task, desk.lang, desk.words):
            items += [label(given["text"], "muted"), label(given["answer"], "strong"), line()]
        if len(items) == 1:
            items.append(label(desk.say("task.everybody"), "muted"))
        return card(*items, spacing=6)

    def _proof(self, task: Task) -> QFrame:
        desk, session = self._desk, self._desk.open
        record = session.done().get(task.id)
        items: list[QWidget] = [label(desk.say("task.proof"), "heading"), label(desk.text(task.duty.proof), "muted")]
        if record is not None and record.done_on is not None:
            items.append(label(desk.say("task.done-on", day=desk.day(date.fromisoformat(record.done_on))), "strong"))
            if record.note:
                items.append(label(record.note))
            kept = [proof for proof in session.proofs() if proof.task == task.id]
            said = [desk.say("task.file-kept", name=proof.name, digest=proof.sha256[:16]) for proof in kept]
            items += [label(text, "muted") for text in said]
            return card(*items, row_holder(Button(desk.say("task.reopen"), self._reopen)))
        self._note = Lines(desk.say("task.note"), 84)
        self._note.setPlaceholderText(desk.say("task.note"))
        self._chosen = label("", "muted")
        attach = Button(desk.say("task.attach"), self._attach)
        tick = Button(desk.say("task.tick"), self._tick, kind="primary")
        return card(*items, self._note, row_holder(attach, self._chosen), row_holder(tick))

    def _attach(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self._desk.say("task.attach"))
        if not chosen:
            return
        path = Path(chosen)
        try:
            size = path.stat().st_size
        except OSError:
            size = LARGEST_PROOF + 1
        if size > LARGEST_PROOF:
            self._chosen.setText(self._desk.say("task.too-large"))
            return
        self._file = path
        self._chosen.setText(self._desk.say("task.will-copy", name=path.name))

    def _tick(self) -> None:
        session, task, note, path = self._desk.open, self._task.id, self._note.toPlainText().strip(), self._file

        def kept() -> None:
            session.tick(task, note[:4000], Proof(path.name, path.read_bytes()) if path else None)

        window = self.window()

        def done(_: None) -> None:
            if work.awaits(self):
                self._desk.go(Place("task", task))

        def failed(error: Exception) -> None:
            said = self._desk.say("task.not-kept", why=getattr(error, "strerror", None) or type(error).__name__)
            if work.awaits(self):
                self._chosen.setText(said)
            else:
                tell(self._desk, window, said)

        work.run(kept, done, failed)

    def _reopen(self) -> None:
        self._desk.open.untick(self._task.id)
        self._desk.go(Place("task", self._task.id))


def row_holder(*items: QWidget) -> QWidget:
    """Widgets beside each other, as one."""
    holder = QWidget()
    holder.setLayout(row(*items, None))
    return holder
