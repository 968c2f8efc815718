"""What is not known: answers "I do not know" and open questions, each with the task that settles it."""

from collections.abc import Iterator

from msgspec import Struct

from wizards.content.shapes import Question
from wizards.interview.answers import Row, each_row, named
from wizards.interview.situation import Situation
from wizards.interview.truth import holds
from wizards.interview.walk import applies


class Unknown(Struct, frozen=True):
    """A question without an answer. `said` tells "I do not know" apart from "not asked yet"."""

    question: str
    task: str
    said: bool
    column: str = ""
    row: str = ""
    row_name: str = ""


def unknowns_of(situation: Situation) -> Iterator[Unknown]:
    """Every unknown of the questions that apply, in the order of the interview."""
    for question in situation.bank.questions.values():
        if not applies(question, situation):
            continue
        if question.id not in situation.answers:
            yield Unknown(question.id, f"finish:{situation.bank.topic_of[question.id].step}", said=False)
        elif situation.answers[question.id] is None:
            yield Unknown(question.id, _settled_by(situation, question.ask, question.id), said=True)
        elif question.kind == "rows":
            for row_id, row in each_row(situation.answers, question.id):
                yield from _in_row(situation, question, row_id, row)


def _settled_by(situation: Situation, ask: str, question: str, row: Row | None = None) -> str:
    """The task that settles an unknown answer: the duty it names, the one in its place, or the general one.

    A duty for each row settles the cell of a row on which it falls.
    """
    if not ask:
        return f"find-out:{question}"
    duty = situation.bank.duties[ask]
    if holds(duty.except_, situation, duty.for_each, row).value is True:
        return _settled_by(situation, duty.instead, question, row)
    if not duty.for_each:
        return ask
    falls = row is not None and holds(duty.when, situation, duty.for_each, row).value is True
    return f"{ask}:{row['id']}" if row and falls else f"find-out:{question}"


def _in_row(situation: Situation, question: Question, row_id: str, row: Row) -> Iterator[Unknown]:
    """Cells said to be unknown, and cells of the table itself left empty. A place may come from the hosting answer."""
    for column in question.columns:
        if column.id in row and row[column.id] is not None:
            continue
        if column.id == "place" and question.id == "flows" and situation.flows[row_id].place is not None:
            continue
        if column.id not in row and not column.shown:
            continue
        if holds(column.when, situation, question.id, row).value is not True:
            continue
        task = _settled_by(situation, column.ask, question.id, row)
        yield Unknown(question.id, task, said=column.id in row, column=column.id, row=row_id, row_name=named(row))
