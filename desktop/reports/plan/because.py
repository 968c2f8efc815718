"""The answers that a task rests on, as its card shows them."""

from desktop.reports.document import Span, Words
from desktop.reports.plan.case import Case
from desktop.reports.plan.voice import LONGEST, NAME, cut, joined
from wizards.content.shapes import Question
from wizards.interview.answers import Value, named, rows
from wizards.planning.paper import concerned
from wizards.planning.plan import Task


def because(case: Case, task: Task) -> Words:
    """Each answer, in one run; a general sentence where the task falls on every business."""
    lines: list[Words] = []
    if task.step:
        return case.voice.say("paper-tasks.not-answered")
    for question_id in task.because:
        question = case.bank.questions[question_id]
        if task.row and (question_id, task.row) in case.rows and question_id == task.duty.for_each:
            lines.append(_row(case, question, task.row))
        else:
            said = (Span(_said(case, task, question, case.answers.get(question_id)), strong=True),)
            lines.append(case.voice.spans("paper-tasks.said", question=case.voice.to(question.text), answer=said))
    return joined(lines, case.voice.say("paper.dot")) if lines else case.voice.say("paper-tasks.everybody")


def _said(case: Case, task: Task, question: Question, value: Value) -> str:
    if question.id not in case.answers:
        return case.voice.say("answer.missing")
    if question.kind != "rows" or value is None:
        return cut(case.answer(question, value), LONGEST)
    if any(table == question.id for table, _ in task.about):
        names = (cut(named(row), NAME) for row in concerned(task, question.id, value))
        return cut(case.voice.listed(names), LONGEST)
    count = len(rows(case.answers, question.id))
    return (
        case.voice.say("paper-tasks.rows", count=case.voice.number(count))
        if count
        else case.voice.say("paper-tasks.no-rows")
    )


def _row(case: Case, question: Question, row_id: str) -> Words:
    """The row by its name, with what its table shows of it."""
    row = case.rows[question.id, row_id]
    cells = [
        cell for c in question.columns if c.shown and c.id != "name" if (cell := case.cell(question.id, c.id, row))
    ]
    name = (Span(cut(named(row), NAME), strong=True),)
    if not cells:
        return name
    return case.voice.spans("paper.term", label=name, text=cut(case.voice.say("paper.semicolon").join(cells), LONGEST))
