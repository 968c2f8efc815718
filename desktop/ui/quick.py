"""The quick check: at most nine questions one after the other, three honest sentences, and the Monday sheet."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout

from desktop.ui import fields
from desktop.ui.desk import Desk, Place
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, chip, label, row
from desktop.ui.save_paper import save_monday
from desktop.ui.so_far import PHASE_COLOUR, why_card
from wizards.planning import spoken


class Quick(Page):
    """One question of the quick check; `of` is its number from 1."""

    def __init__(self, desk: Desk, of: str) -> None:
        session = desk.open
        questions = session.bank.quick_questions
        self._number = min(max(int(of or 1), 1), len(questions))
        question = questions[self._number - 1]
        over = desk.say("quick.over", number=str(self._number), count=str(len(questions)))
        super().__init__(desk.text(question.text), over, side=True)
        self._desk, self._last = desk, self._number == len(questions)
        answered = question.id in session.answers
        self._field = fields.make(desk, question, session.answers.get(question.id), answered=answered)
        self._field.given.connect(lambda value: session.answer(question.id, value))
        if question.hint is not None:
            self.under.addWidget(label(desk.text(question.hint), "muted"))
        self.main.addWidget(card(self._field))
        go_on = Button(desk.say("page.continue"), self._continue, kind="primary")
        back = Button(desk.say("page.back"), self._back)
        skip = Button(desk.say("quick.skip"), lambda: desk.go(Place("assessment")), kind="link")
        self.main.addLayout(row(go_on, back, None, skip))
        self.side.addWidget(why_card(desk, question))
        self.side.addStretch(1)
        self.first(self._field.first())
        QShortcut(QKeySequence("Ctrl+Return"), self, self._continue)

    def _continue(self) -> None:
        if self._field.commit():
            self._desk.go(Place("quick-result") if self._last else Place("quick", str(self._number + 1)))

    def _back(self) -> None:
        if self._field.commit():
            self._desk.go(Place("quick", str(self._number - 1)) if self._number > 1 else Place("home"))


class QuickResult(Page):
    """Three sentences, three things to do, and where to go from here."""

    def __init__(self, desk: Desk, _: str) -> None:
        super().__init__(desk.say("quick.result"))
        session = desk.open
        sentences = [label(desk.text(sentence.text)) for sentence in session.quick_result()]
        self.main.addWidget(card(*sentences, label(desk.say("quick.honest"), "muted"), kind="accent", spacing=12))
        tasks = session.monday()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for place, task in enumerate(tasks):
            who = desk.say(
                "quick.who", who=desk.say(f"role.{task.duty.who}"), hours=desk.number(task.duty.effort_hours)
            )
            grid.addWidget(chip(desk.say(f"phase.{task.phase}"), PHASE_COLOUR[task.phase]), place, 0)
            grid.addWidget(label(spoken.title(session.bank, task, desk.lang), "strong"), place, 1)
            grid.addWidget(label(who, "muted"), place, 2)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 1)
        if tasks:
            self.main.addWidget(card(label(desk.say("quick.monday"), "heading"), grid))
        go_on = Button(desk.say("quick.go-on"), lambda: desk.go(Place("assessment")), kind="primary")
        self.first(go_on)
        save = Button(desk.say("quick.save-sheet"), lambda: save_monday(desk, self))
        again = Button(desk.say("quick.again"), lambda: desk.go(Place("quick", "1")), kind="link")
        self.main.addLayout(row(go_on, save, None))
        self.main.addLayout(row(again, None))
