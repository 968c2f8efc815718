"""A page of the assessment: one subject, its questions, why they are asked, and what the answers lead to.

Each answer is kept the moment it is given; Continue only moves on.
"""

import time
from typing import Final, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QLabel, QWidget

from desktop.storage.faults import VaultError
from desktop.ui import fields
from desktop.ui.clashes import show_beside
from desktop.ui.desk import Desk, Place
from desktop.ui.fields.field import Field
from desktop.ui.fields.rows import Rows
from desktop.ui.footing import FootingCard
from desktop.ui.homes_panel import beside, glance_card
from desktop.ui.lists.ways import ways_in
from desktop.ui.map.map_card import map_card
from desktop.ui.page import Page
from desktop.ui.parts import Button, announce, card, clear, column, is_large, label, row
from desktop.ui.so_far import plan_card, why_card
from desktop.ui.unlock import said_of
from wizards.content.shapes import Question
from wizards.interview.answers import Value
from wizards.interview.walk import Page as Subject

CHECKING: Final = "#check"
"""Added to a page's id when the owner came from the check page and returns there."""
FROM_LOG: Final = "#log"
"""Added to a page's id when the owner came from the page of the log and returns there."""
ROW: Final = "#row "
"""Added to a page's id to open one row of its table at one cell: `column row`."""


def at_cell(page: str, column: str, row_id: str) -> Place:
    """The page with the form of one row open at one cell; its *Done* leads to the flow's own page."""
    return Place("page", f"{page}{ROW}{column} {row_id}")


def parts_of(of: str) -> tuple[str, bool]:
    """The page's id, and whether the owner came from the check page."""
    return of.removesuffix(CHECKING), of.endswith(CHECKING)


class QuestionPage(Page):
    """One subject."""

    def __init__(self, desk: Desk, of: str) -> None:
        self._desk = desk
        of, _, cell = of.partition(ROW)
        self._from_log = of.endswith(FROM_LOG)
        page_id, self._checking = parts_of(of.removesuffix(FROM_LOG))
        session = desk.open
        pages = session.pages()
        found = next((p for p in pages if p.id == page_id), pages[0])
        self._page: Subject = found
        step = next(s for s in session.bank.steps if s.id == found.step)
        topic = next(t for t in session.bank.topics if t.id == found.topic)
        number = [s.id for s in session.bank.steps].index(step.id) + 1
        over = desk.say("page.over", number=str(number), step=desk.text(step.title))
        super().__init__(desk.text(topic.title), over, side=True)
        self._holders: dict[str, tuple[QFrame, Field | Rows]] = {}
        self._shown_why = ""
        self._seen = frozenset(task.id for task in session.plan().tasks)
        self._side_timer = QTimer(
            self, singleShot=True, interval=0
        )  # the answer stands first, what follows from it next
        self._side_timer.timeout.connect(self._answered)
        self._new: frozenset[str] = frozenset()
        self._begun = time.monotonic()
        self._notice: QFrame | None = None
        self._problem: QLabel | None = None
        self._unkept: dict[str, Value] = {}
        self._show_questions()
        self.main.addLayout(self._buttons())
        self._map = map_card(desk, found)
        if self._map is not None:
            self.main.addWidget(self._map)
        self._answered()
        first = next(iter(self._holders.values()))[1]
        if cell and isinstance(first, Rows):
            first.open_cell(*cell.split(" ", 1))
        self.first(first.first())
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._focused)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._continue)
        QShortcut(QKeySequence.StandardKey.Undo, self, self._undo)

    # Questions ------------------------------------------------------------------------------------------------------

    def _show_questions(self) -> None:
        """Bring the questions that apply to this page, without touching those that stand already."""
        session = self._desk.open
        current = next((p for p in session.pages() if p.id == self._page.id), None)
        wanted = current.questions if current else ()
        ids = [question.id for question in wanted]
        for gone in [q for q in self._holders if q not in ids]:
            frame, _ = self._holders.pop(gone)
            frame.hide()
            self.main.removeWidget(frame)
            frame.deleteLater()
        for place, question in enumerate(wanted):
            if question.id not in self._holders:
                frame, field = self._question(question)
                self._holders[question.id] = (frame, field)
                self.main.insertWidget(place, frame)

    def _question(self, question: Question) -> tuple[QFrame, Field | Rows]:
        desk, session = self._desk, self._desk.open
        field: Field | Rows
        if question.kind == "rows":
            field = Rows(desk, question, self._rows_changed)
        else:
            field = fields.make(
                desk, question, session.answers.get(question.id), answered=question.id in session.answers
            )
            field.given.connect(lambda value: self._given(question, value))
        items: list[QWidget] = [label(desk.text(question.text), "heading")]
        if question.hint is not None:
            items.append(label(desk.text(question.hint), "muted"))
        ways = ways_in(desk, question.id, self, self._leave_for)
        around = (*self._conclusion(question, field), *beside(desk, question, field))
        frame = card(*items, field, *ways, *around)
        frame.setProperty("question", question.id)
        return frame, field

    def _conclusion(self, question: Question, field: Field | Rows) -> list[QWidget]:
        """What follows from an answer at once, below it: the contracts behind the accounts that were counted."""
        if question.id != "accounts" or isinstance(field, Rows):
            return []
        found = FootingCard(self._desk, self._desk.open.answers.get(question.id) or {})
        field.given.connect(lambda value: found.count(value if isinstance(value, dict) else {}))
        return [found]

    def _given(self, question: Question, value: Value) -> None:
        self._unkept[question.id] = value
        try:
            hidden = self._desk.open.answer(question.id, value)
        except VaultError as error:
            self._say_unkept(said_of(self._desk, error))
            return
        del self._unkept[question.id]
        self._say_unkept("")
        self._say_hidden([self._desk.text(q.text) for q in hidden])
        self._show_questions()
        self._side_timer.start()

    def _rows_changed(self) -> None:
        self._side_timer.start()

    def _say_hidden(self, names: list[str]) -> None:
        """Name what a change hides, say that it is kept, and offer to take it back."""
        if self._notice is not None:
            self._notice.hide()
            self.main.removeWidget(self._notice)
            self._notice.deleteLater()
            self._notice = None
        if names:
            text = self._desk.say("page.hides", questions=" · ".join(names))
            undo = Button(self._desk.say("page.undo"), self._undo)
            self._notice = card(label(text), row(undo, None), kind="notice", spacing=8)
            self.main.insertWidget(len(self._holders), self._notice)
            announce(self._notice, text)

    def _say_unkept(self, text: str) -> None:
        """Say that the disk did not take an answer. It stays on the page, and Continue tries again."""
        if self._problem is not None:
            self._problem.hide()
            self.main.removeWidget(self._problem)
            self._problem.deleteLater()
            self._problem = None
        if text:
            self._problem = label(text, "error")
            self.main.insertWidget(len(self._holders), self._problem)
            announce(self._problem, text)

    # Side -----------------------------------------------------------------------------------------------------------

    def _refresh_side(self) -> None:
        clear(self.side)
        questions = {q.id: q for q in self._page.questions} | {
            q: self._desk.open.bank.questions[q] for q in self._holders
        }
        asked = questions.get(self._shown_why) or next(iter(questions.values()))
        self._shown_why = asked.id
        for glance in glance_card(self._desk, asked):
            self.side.addWidget(glance)
        self.side.addWidget(why_card(self._desk, asked))
        self.side.addWidget(plan_card(self._desk, self._new))
        self.side.addStretch(1)

    def _answered(self) -> None:
        """Show what the last answer brought."""
        now = frozenset(task.id for task in self._desk.open.plan().tasks)
        self._new, self._seen = now - self._seen, now
        show_beside(self._desk, {question: frame for question, (frame, _) in self._holders.items()})
        self._refresh_side()
        if self._map is not None:
            self._map.refresh()

    def _focused(self, _: QWidget | None, now: QWidget | None) -> None:
        """Show why the question is asked that has the keyboard."""
        owner = now if now is not None and self.isAncestorOf(now) else None
        while owner is not None and owner.property("question") is None:
            owner = owner.parentWidget()
        if owner is not None and owner.property("question") != self._shown_why:
            self._shown_why = str(owner.property("question"))
            self._refresh_side()

    # Moving ---------------------------------------------------------------------------------------------------------

    def _buttons(self) -> QBoxLayout:
        desk = self._desk
        self._continue_button = Button(desk.say("page.continue"), self._continue, kind="primary")
        back = Button(desk.say("page.back"), self._back)
        undo = Button(desk.say("page.undo"), self._undo)
        left = desk.open.minutes_left(self._page.step)
        note = label(desk.say("page.left", minutes=str(left)) if left else desk.say("page.saved"), "muted")
        note.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        if is_large():  # three buttons beside each other would be wider than a narrow window
            return column(row(self._continue_button, back, None), row(undo, note))
        made = row(self._continue_button, back, undo, note)
        made.setStretch(3, 1)
        return made

    def _commit(self) -> bool:
        for _, field in list(self._holders.values()):
            if not field.commit():
                field.first().setFocus()
                return False
        for question, value in list(self._unkept.items()):
            self._given(self._desk.open.bank.questions[question], value)
        return not self._unkept

    def _continue(self) -> None:
        if not self._commit():
            return
        self._desk.open.took(time.monotonic() - self._begun)
        after = next_place(self._desk, self._page, checking=self._checking)
        self._desk.go(Place("log") if self._from_log else after)

    def _back(self) -> None:
        if self._commit():
            before = place_before(self._desk, self._page, checking=self._checking)
            self._desk.go(Place("log") if self._from_log else before)

    def _leave_for(self, place: Place) -> None:
        if self._commit():
            self._desk.go(place)

    def _undo(self) -> None:
        touched = self._desk.open.undo()
        page = next((p for p in self._desk.open.pages() if any(q.id in touched for q in p.questions)), self._page)
        way = CHECKING if self._checking else FROM_LOG if self._from_log and page.id == self._page.id else ""
        self._desk.go(Place("page", page.id + way))


def next_place(desk: Desk, page: Subject, *, checking: bool) -> Place:
    """Where Continue leads: the next subject of the step, or its check page."""
    if checking:
        return Place("answers", page.step)
    own = [p for p in desk.open.pages() if p.step == page.step]
    places = [p.id for p in own]
    following = own[places.index(page.id) + 1 :] if page.id in places else own
    return Place("page", following[0].id) if following else Place("answers", page.step)


def place_before(desk: Desk, page: Subject, *, checking: bool) -> Place:
    """Where Back leads: the subject before in the step, or the list of steps."""
    if checking:
        return Place("answers", page.step)
    own = [p.id for p in desk.open.pages() if p.step == page.step]
    at = own.index(page.id) if page.id in own else 0
    return Place("page", own[at - 1]) if at else Place("assessment")
