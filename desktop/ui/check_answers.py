"""Check your answers: everything said in one step, each with a way to change it."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.ui.clashes import clash_list
from desktop.ui.desk import Desk, Place
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, label, row
from desktop.ui.question_page import CHECKING
from desktop.ui.so_far import plan_card
from wizards.content.shapes import Question
from wizards.interview.walk import Page as Subject
from wizards.planning import spoken


class CheckAnswers(Page):
    """The answers of one step."""

    def __init__(self, desk: Desk, of: str) -> None:
        session = desk.open
        steps = [step.id for step in session.bank.steps]
        step = session.bank.steps[steps.index(of)]
        super().__init__(desk.say("check.title"), desk.text(step.title), side=True)
        self._desk = desk
        topics = {topic.id: desk.text(topic.title) for topic in session.bank.topics}
        open_questions = 0
        grouped: dict[str, list[tuple[Subject, Question]]] = {}
        for page in session.pages():
            if page.step == of:
                for question in page.questions:
                    grouped.setdefault(page.topic, []).append((page, question))
                    open_questions += question.id not in session.answers
        if open_questions:
            self.under.addWidget(label(desk.say("check.open", count=str(open_questions)), "muted"))
        for clash in clash_list(desk, [q.id for entries in grouped.values() for _, q in entries]):
            self.main.addWidget(clash)
        following = steps[steps.index(of) + 1 :]
        go_on = self._continue(following, of)
        self.first(go_on)
        for topic, entries in grouped.items():
            self.main.addWidget(self._topic(topics[topic], entries))
        self.main.addLayout(row(go_on, Button(desk.say("check.steps"), lambda: desk.go(Place("assessment"))), None))
        self.side.addWidget(plan_card(desk))
        self.side.addStretch(1)

    def _continue(self, following: list[str], of: str) -> Button:
        desk, session = self._desk, self._desk.open
        again = session.resume_at(of)
        status = session.status()
        nexts = [s for s in following if status[s] in {"not-started", "in-progress"}]
        if again is not None:
            return Button(desk.say("check.finish"), lambda: desk.go(Place("page", again.id)), kind="primary")
        if nexts:
            step = next(s for s in session.bank.steps if s.id == nexts[0])
            target = session.resume_at(nexts[0])
            text = desk.say("check.next", step=desk.text(step.title))
            place = Place("page", target.id) if target else Place("assessment")
            return Button(text, lambda: desk.go(place), kind="primary")
        return Button(desk.say("check.plan"), lambda: desk.go(Place("plan")), kind="primary")

    def _topic(self, title: str, entries: list[tuple[Subject, Question]]) -> QWidget:
        desk, session = self._desk, self._desk.open
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        yes_no = {True: desk.say("answer.yes"), False: desk.say("answer.no")}
        for place, (page, question) in enumerate(entries):
            if question.id in session.answers:
                value = session.answers[question.id]
                said = spoken.answer(question, value, desk.lang, desk.say("answer.unknown"), yes_no)
                if value == []:  # a dash would look as if nothing had been said
                    said = desk.say("rows.none" if question.kind == "rows" else "answer.none")
            else:
                said = desk.say("answer.missing")
            where = Place("page", page.id + CHECKING)
            change = Button(desk.say("check.change"), partial(desk.go, where), kind="link")
            change.setAccessibleName(desk.say("check.change-named", question=desk.text(question.text)))
            grid.addWidget(label(desk.text(question.text), "muted"), place, 0)
            grid.addWidget(label(said), place, 1)
            grid.addWidget(change, place, 2)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 4)
        return card(label(title, "heading"), grid)
