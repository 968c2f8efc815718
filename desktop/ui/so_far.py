"""Cards beside a question: why we ask, with its sources, and the plan so far, with the answer behind each task."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QWidget

from desktop.ui.desk import Desk, Place
from desktop.ui.parts import Button, card, chip, column, label, line, row
from wizards.content.law import GRADES, Record
from wizards.content.shapes import Question
from wizards.planning import paper, spoken
from wizards.planning.plan import Task

STATUS_COLOUR: Final = {"pass": "green", "warn": "yellow", "fail": "red", "unknown": "blue"}
PHASE_COLOUR: Final = {"now": "red", "d30": "yellow", "d60": "yellow", "d90": "blue", "ongoing": "green"}
_SHOWN: Final = 5
_APART: Final = 10
_GLANCE: Final = 90
_BARE: Final = frozenset({"yes-no", "number", "date"})
"""Characters of an answer that are shown beside a question; the task's own page has all of it."""


def why_card(desk: Desk, question: Question) -> QFrame:
    """Why we ask, where the answer is found, and where it says so."""
    items: list[QWidget] = [label(desk.say("why.title"), "heading"), label(desk.text(question.why), "muted")]
    items += [source_line(desk, record) for record in cited(desk, question.sources)]
    if question.find is not None:
        items += [line(), label(desk.say("why.find"), "strong"), label(desk.text(question.find), "muted")]
    return card(*items, spacing=8)


def cited(desk: Desk, sources: Iterable[str]) -> list[Record]:
    """The records, firmest first. Two that cite the same article stand once, as the weaker of the two."""
    records = [desk.open.bank.records[source] for source in sources]
    firmest_first = sorted(records, key=lambda record: GRADES.index(record.grade))
    return list({desk.text(r.citation): r for r in firmest_first}.values())


def source_line(desk: Desk, record: Record) -> QWidget:
    """A source as a button that names where it goes, with its grade in words and the day it was checked."""
    cite = Button(desk.text(record.citation), lambda: QDesktopServices.openUrl(QUrl(record.url)), kind="link")
    cite.setToolTip(desk.say("source.opens", url=record.url))
    cite.setAccessibleDescription(desk.say("source.opens", url=record.url))
    said = desk.say("source.checked", grade=desk.say(f"grade.{record.grade}"), day=desk.day(record.checked))
    return _Source(cite, label(said, "muted"))


class _Source(QWidget):
    """A source and what is said of it: on one line where there is room, else one under the other."""

    def __init__(self, cite: Button, said: QLabel) -> None:
        super().__init__()
        self._cite, self._said = cite, said
        self._parts = column(row(cite, None, spacing=0), said, spacing=0)
        self.setLayout(self._parts)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Take one line or two."""
        super().resizeEvent(event)
        wish = self._cite.sizeHint().width() + _APART + self._said.fontMetrics().horizontalAdvance(self._said.text())
        beside = wish <= event.size().width()
        self._parts.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._parts.setSpacing(_APART if beside else 0)
        self._parts.setStretch(1, 1 if beside else 0)


def plan_card(desk: Desk, new: frozenset[str] = frozenset()) -> QFrame:
    """The plan as it stands: what the answers lead to, the first tasks, and which answer brought each."""
    session = desk.open
    plan = session.plan()
    items: list[QWidget] = [
        label(desk.say("so-far.title"), "heading"),
        label(desk.say("so-far.changes"), "muted"),
        label(desk.say("so-far.verdict", verdict=desk.say(f"verdict.{plan.verdict.id}")), "strong"),
    ]
    real = [task for task in plan.tasks if not task.step]
    first = {task: place for place, task in enumerate(plan.first)}  # in the order of the plan's own page
    order = sorted(real, key=lambda task: (task.id not in new, first.get(task.id, len(first))))
    items += [_task(desk, task, new=task.id in new) for task in order[:_SHOWN]]
    hours = sum(task.duty.effort_hours for task in real)
    items += [line(), label(desk.say("so-far.sum", tasks=str(len(real)), hours=desk.number(hours)), "muted")]
    items.append(Button(desk.say("so-far.all"), lambda: desk.go(Place("plan")), kind="link"))
    return card(*items, spacing=8)


def _answer(desk: Desk, because: dict[str, str]) -> str:
    """An answer; a yes, a no, a number or none says nothing without its question."""
    question = because["question"]
    if desk.open.bank.questions[question].kind in _BARE or desk.open.answers.get(question) == []:
        return desk.say("so-far.answer", question=because["text"], answer=because["answer"])
    return because["answer"]


def _task(desk: Desk, task: Task, *, new: bool) -> QWidget:
    session = desk.open
    holder = QWidget()
    chips = [chip(desk.say(f"phase.{task.phase}"), PHASE_COLOUR[task.phase])]
    if new:
        chips.append(chip(desk.say("so-far.new"), "green"))
    because = paper.because(session.bank, session.answers, task, desk.lang, desk.words)
    said = desk.say("so-far.between").join(_answer(desk, b) for b in because[:2])
    if len(said) > _GLANCE:
        said = said[:_GLANCE].rstrip() + "…"
    texts = [label(spoken.title(session.bank, task, desk.lang), "strong")]
    if said:
        texts.append(label(desk.say("so-far.because", answers=said), "muted"))
    holder.setLayout(column(row(*chips, None, spacing=6), *texts, spacing=2))
    return holder
