"""The plan of a business: bank, answers and day in; tasks in order, flows, unknowns, verdict and exposure out."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from wizards.content.bank import Bank
from wizards.content.shapes import Duty, Phase
from wizards.governance.contradictions import Found, contradictions_of
from wizards.governance.tiers import Tier
from wizards.interview.answers import Answers, each_row, named
from wizards.interview.situation import Situation
from wizards.interview.truth import holds
from wizards.interview.walk import applies, settle
from wizards.mapping.flow import Flow
from wizards.mapping.routes import Route
from wizards.planning import order
from wizards.planning.exposure import Exposure, exposure_of
from wizards.planning.unknowns import Unknown, unknowns_of
from wizards.planning.verdict import Verdict, verdict_of

DAYS: Final[Mapping[Phase, int]] = {"now": 7, "d30": 30, "d60": 60, "d90": 90, "ongoing": 90}
FIRST: Final = 6


class Task(Struct, frozen=True):
    """A duty as it falls on this business.

    `because` are the questions whose answers brought it, `about` the rows (table, id) of them that it is about.
    """

    id: str
    duty: Duty
    phase: Phase
    due: date
    because: tuple[str, ...]
    row: str = ""
    row_name: str = ""
    question: str = ""
    step: str = ""
    about: frozenset[tuple[str, str]] = frozenset()


class Plan(Struct, frozen=True):
    """Everything that follows from the answers on a day. Ids and texts in all languages; nothing chosen yet."""

    content: str
    as_of: date
    verdict: Verdict
    tasks: tuple[Task, ...]
    first: tuple[str, ...]
    flows: tuple[tuple[Flow, Route, Tier], ...]
    unknowns: tuple[Unknown, ...]
    exposure: tuple[Exposure, ...]
    open_steps: tuple[str, ...]
    contradictions: tuple[Found, ...]

    @property
    def draft(self) -> bool:
        """Whether some step still has unanswered questions."""
        return bool(self.open_steps)


def plan_of(bank: Bank, answers: Answers, day: date, since: Mapping[str, date] | None = None) -> Plan:
    """The plan for `answers` on `day`. `since` says when a task first appeared, so that due dates do not slide."""
    situation = settle(bank, answers, day)
    unknowns = tuple(unknowns_of(situation))
    tasks = order.ordered(_tasks(situation, unknowns, since or {}), list(bank.duties))
    open_steps = tuple(
        step.id
        for step in bank.steps
        if any(
            q.id not in answers and applies(q, situation) for t in bank.topics if t.step == step.id for q in t.questions
        )
    )
    return Plan(
        content=bank.version,
        as_of=day,
        verdict=verdict_of(situation),
        tasks=tasks,
        first=order.first(tasks, FIRST),
        flows=tuple((flow, situation.routes[i], situation.tiers[i]) for i, flow in situation.flows.items()),
        unknowns=unknowns,
        exposure=exposure_of(situation, sum(task.duty.effort_hours for task in tasks)),
        open_steps=open_steps,
        contradictions=contradictions_of(situation),
    )


def _tasks(situation: Situation, unknowns: tuple[Unknown, ...], since: Mapping[str, date]) -> Iterator[Task]:
    asked = {u.task: u for u in reversed(unknowns)}
    for duty in situation.bank.duties.values():
        if duty.for_each:
            yield from _for_each(duty, situation, since)
            continue
        truth = holds(duty.when, situation)
        if truth.value is True and holds(duty.except_, situation).value is not True:
            yield _task(duty, situation, since, truth.because, about=truth.rows)
        elif duty.id in asked and holds(duty.except_, situation).value is not True:
            yield _task(duty, situation, since, frozenset({asked[duty.id].question}))
    for task_id, unknown in asked.items():
        kind, _, rest = task_id.partition(":")
        if kind == "find-out":
            yield _task(situation.bank.find_out, situation, since, frozenset({unknown.question}), question=rest)
        elif kind == "finish":
            yield _task(situation.bank.finish, situation, since, frozenset(), step=rest)


def _for_each(duty: Duty, situation: Situation, since: Mapping[str, date]) -> Iterator[Task]:
    for row_id, row in each_row(situation.answers, duty.for_each):
        truth = holds(duty.when, situation, duty.for_each, row)
        if truth.value is True and holds(duty.except_, situation, duty.for_each, row).value is not True:
            because = truth.because | {duty.for_each}
            yield _task(duty, situation, since, because, row=row_id, row_name=named(row))


def _task(  # noqa: PLR0913  # the parts of one value
    duty: Duty,
    situation: Situation,
    since: Mapping[str, date],
    because: frozenset[str],
    *,
    row: str = "",
    row_name: str = "",
    question: str = "",
    step: str = "",
    about: frozenset[tuple[str, str]] = frozenset(),
) -> Task:
    task_id = ":".join(part for part in (duty.id, row or question or step) if part)
    places = {question_id: place for place, question_id in enumerate(situation.bank.questions)}
    return Task(
        id=task_id,
        duty=duty,
        phase=duty.phase,
        due=_due(duty, situation, since.get(task_id, situation.day)),
        because=tuple(sorted(because, key=lambda q: places.get(q, 0))),
        row=row,
        row_name=row_name,
        question=question,
        step=step,
        about=about,
    )


def _due(duty: Duty, situation: Situation, start: date) -> date:
    """Days after the task first appeared, or the day that the owner gave where it comes sooner."""
    due = start + timedelta(days=DAYS[duty.phase])
    given = situation.answers.get(duty.due_on) if duty.due_on else None
    return min(due, date.fromisoformat(given)) if given else due
