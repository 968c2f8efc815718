"""The walk: which questions apply, on which pages, which step is where, and what a change would hide."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from wizards.content.bank import Bank
from wizards.content.shapes import Question, Step
from wizards.interview.answers import Answers
from wizards.interview.situation import Situation
from wizards.interview.truth import Truth, holds, questions_in

Status = Literal["not-started", "in-progress", "done", "cannot-start"]


class Page(Struct, frozen=True):
    """One subject: the questions of one topic that are asked together."""

    id: str
    step: str
    topic: str
    questions: tuple[Question, ...]


def applies(question: Question, situation: Situation) -> bool:
    """Whether the question is asked. While its condition is not known yet it waits."""
    return holds(question.when, situation).value is True


def settle(bank: Bank, answers: Answers, day: date) -> Situation:
    """The situation of the answers that count: one to a question certainly not asked is kept, not heard.

    A question that falls away may take others with it, so this goes on until nothing changes. Whoever falls because of
    another that falls waits until that one is gone: an answer that is not heard must not silence others on its way out.
    """
    fallen: set[str] = set()
    while True:
        heard = {question: value for question, value in answers.items() if question not in fallen}
        situation = Situation(bank, heard, day)
        because = {q: truth.because for q in heard if (truth := _falls(bank.questions.get(q), situation, fallen))}
        if not because:
            return situation
        fallen |= {q for q, rests_on in because.items() if rests_on.isdisjoint(because)} or because.keys()


def _falls(question: Question | None, situation: Situation, fallen: set[str]) -> Truth | None:
    """Why it is certainly not asked: its condition fails, or hangs on a question that fell away itself."""
    if question is None:
        return None
    truth = holds(question.when, situation)
    hangs = truth.value is None and not fallen.isdisjoint(questions_in(question.when))
    return truth if truth.value is False or hangs else None


def asked(bank: Bank, answers: Answers, day: date) -> tuple[Question, ...]:
    """Every question that applies, in order."""
    situation = settle(bank, answers, day)
    return tuple(question for question in bank.questions.values() if applies(question, situation))


def pages(bank: Bank, answers: Answers, day: date) -> tuple[Page, ...]:
    """The pages of all five steps, in order."""
    return tuple(_pages(bank, settle(bank, answers, day)))


def _pages(bank: Bank, situation: Situation) -> Iterator[Page]:
    for topic in bank.topics:
        together: dict[str, list[Question]] = {}
        for question in topic.questions:
            if applies(question, situation):
                together.setdefault(question.subject or question.id, []).append(question)
        for subject, questions in together.items():
            yield Page(f"{topic.id}/{subject}", topic.step, topic.id, tuple(questions))


def status(bank: Bank, answers: Answers, day: date) -> dict[str, Status]:
    """Where each step stands, by step id."""
    situation = settle(bank, answers, day)
    found: dict[str, Status] = {}
    for step in bank.steps:
        own = [q for t in bank.topics if t.step == step.id for q in t.questions if applies(q, situation)]
        given = sum(question.id in answers for question in own)
        if given == len(own):
            found[step.id] = "done"
        elif blocked(step, answers):
            found[step.id] = "cannot-start"
        else:
            found[step.id] = "in-progress" if given else "not-started"
    return found


def blocked(step: Step, answers: Answers) -> bool:
    """Whether the step waits for the answer that it needs."""
    return bool(step.needs) and step.needs not in answers


def resume_at(bank: Bank, answers: Answers, day: date, step: str = "") -> Page | None:
    """The first page with an unanswered question, in `step` or anywhere; None where all is answered."""
    closed = {s.id for s in bank.steps if blocked(s, answers)}
    for page in pages(bank, answers, day):
        if page.step in closed or (step and page.step != step):
            continue
        if any(question.id not in answers for question in page.questions):
            return page
    return None


def hidden_by(bank: Bank, before: Answers, after: Answers, day: date) -> tuple[Question, ...]:
    """The answered questions that stop being asked between two sets of answers. Their answers are kept."""
    gone = {q.id for q in asked(bank, before, day)} - {q.id for q in asked(bank, after, day)}
    return tuple(question for question in bank.questions.values() if question.id in gone and question.id in before)
