"""The quarterly review: what was unknown, what is new, what may have changed, what is done; then a copy kept whole."""

from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui import fields
from desktop.ui.desk import Desk, Place
from desktop.ui.fields.rows import Rows
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, chip, clear, column, label, line, row
from desktop.ui.plan_page import is_done
from desktop.ui.so_far import PHASE_COLOUR
from wizards.content.shapes import Question
from wizards.planning import spoken


class ReviewPage(Page):
    """The checklist of this quarter."""

    def __init__(self, desk: Desk, _: str) -> None:
        super().__init__(desk.say("place.review"))
        session = desk.open
        self._desk = desk
        day = session.next_review()
        said = desk.say("review.next", day=desk.day(day)) if day else desk.say("review.before-plan")
        self.under.addWidget(label(said, "muted"))
        agenda = session.agenda()
        groups = (("expires", agenda.expires), ("unknown", agenda.unknown), ("unanswered", agenda.unanswered[:12]))
        for word, questions in groups:
            if questions:
                entries = [self._question(question) for question in questions]
                self.main.addWidget(card(label(desk.say(f"review.{word}"), "heading"), *entries, spacing=14))
        if agenda.confirm:
            self.main.addWidget(self._confirm(agenda.confirm))
        self.main.addWidget(self._tasks())
        self._finish_button = Button(desk.say("review.finish"), self._finish, kind="primary")
        self.main.addLayout(row(self._finish_button, None))
        self.main.addWidget(self._past())

    def _confirm(self, questions: tuple[Question, ...]) -> QFrame:
        """Filled cards: still true? Nothing to do where it is; Change opens the field."""
        entries = [self._still_true(question) for question in questions]
        return card(
            label(self._desk.say("review.confirm"), "heading"),
            label(self._desk.say("review.confirm-text"), "muted"),
            *entries,
        )

    def _still_true(self, question: Question) -> QWidget:
        desk, session = self._desk, self._desk.open
        holder = QWidget()
        layout = column(spacing=6)
        holder.setLayout(layout)
        yes_no = {True: desk.say("answer.yes"), False: desk.say("answer.no")}
        value = session.answers.get(question.id)
        said = spoken.answer(question, value, desk.lang, desk.say("answer.unknown"), yes_no)
        if value == []:
            said = desk.say("rows.none" if question.kind == "rows" else "answer.none")

        def change() -> None:
            clear(layout)
            layout.addWidget(self._question(question))

        button = Button(desk.say("check.change"), change, kind="link")
        button.setAccessibleName(desk.say("check.change-named", question=desk.text(question.text)))
        layout.addLayout(
            row(column(label(desk.text(question.text), "muted"), label(said, "strong"), spacing=2), button)
        )
        layout.addWidget(line())
        return holder

    def _question(self, question: Question) -> QWidget:
        desk, session = self._desk, self._desk.open
        holder = QWidget()
        field: QWidget
        if question.kind == "rows":
            field = Rows(desk, question, lambda: None)
        else:
            answered = question.id in session.answers
            made = fields.make(desk, question, session.answers.get(question.id), answered=answered)
            made.given.connect(lambda value: session.answer(question.id, value))
            field = made
        holder.setLayout(column(label(desk.text(question.text), "strong"), field, spacing=6))
        return holder

    def _tasks(self) -> QFrame:
        desk, session = self._desk, self._desk.open
        done = session.done()
        items: list[QWidget] = [label(desk.say("review.tasks"), "heading")]
        for task in session.plan().tasks:
            if is_done(done, task.id):
                continue
            entry = QWidget()
            open_task = Button(
                spoken.title(session.bank, task, desk.lang), partial(desk.go, Place("task", task.id)), kind="link"
            )
            due = label(desk.say("review.due", day=desk.day(task.due)), "muted")
            entry.setLayout(
                row(chip(desk.say(f"phase.{task.phase}"), PHASE_COLOUR[task.phase]), column(open_task, due, spacing=0))
            )
            items.append(entry)
        return card(*items, spacing=4)

    def _finish(self) -> None:
        desk = self._desk
        desk.open.keep_plan(desk.words, desk.lang, kind="review")
        desk.go(Place("home"))

    def _past(self) -> QFrame:
        desk, session = self._desk, self._desk.open
        items: list[QWidget] = [label(desk.say("review.past"), "heading")]
        heads = session.past()
        for head in reversed(heads[-8:]):
            text = desk.say(
                "review.kept",
                kind=desk.say(f"review.kind-{head.kind}"),
                day=head.at[:10],
                content=head.content_version,
            )
            items.append(Button(text, partial(desk.go, Place("kept", str(head.id))), kind="link"))
        changed = session.since_last(desk.words, desk.lang)
        if changed is not None:
            counts = desk.say(
                "review.changes",
                new=str(len(changed.new_tasks)),
                gone=str(len(changed.gone_tasks)),
                home=str(len(changed.home)),
                away=str(len(changed.away)),
            )
            items.append(label(counts, "muted"))
        if not heads:
            items.append(label(desk.say("review.none"), "muted"))
        return card(*items, spacing=6)
