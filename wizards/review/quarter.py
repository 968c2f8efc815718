"""The quarterly review: when it is due, what it asks again, and what changed since the last plan."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from msgspec import Struct

from wizards.content.bank import Bank
from wizards.content.shapes import Question
from wizards.interview.answers import Answers, rows
from wizards.interview.facts import fact
from wizards.interview.situation import Situation
from wizards.interview.walk import applies, settle

QUARTER: Final = timedelta(days=91)


class Agenda(Struct, frozen=True):
    """What a review asks: what runs out, what was unknown, what is new and unanswered, and what may have changed."""

    expires: tuple[Question, ...]
    unknown: tuple[Question, ...]
    unanswered: tuple[Question, ...]
    confirm: tuple[Question, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All of them, in the order in which they are asked."""
        return (*self.expires, *self.unknown, *self.unanswered, *self.confirm)


class Difference(Struct, frozen=True):
    """What changed between two plans, by ids: tasks and the routes of flows."""

    new_tasks: tuple[str, ...]
    gone_tasks: tuple[str, ...]
    home: tuple[str, ...]
    away: tuple[str, ...]
    verdict_before: str
    verdict_after: str


def next_review(last: date | None, started: date | None) -> date | None:
    """The day of the next review: a quarter after the last one, or after the first plan; None before there is one."""
    start = last or started
    return start + QUARTER if start else None


def counts_still(phase: str, done: date, day: date) -> bool:
    """Whether something done on `done` is done on `day`: what is ongoing falls due again each quarter."""
    return phase != "ongoing" or day - done < QUARTER


def agenda(bank: Bank, answers: Answers, day: date) -> Agenda:
    """What to ask this quarter."""
    situation = settle(bank, answers, day)
    current = tuple(question for question in bank.questions.values() if applies(question, situation))
    running_out = _running_out(situation)
    expires = tuple(q for q in current if q.id in running_out)
    unknown = tuple(q for q in current if q.id in answers and answers[q.id] is None)
    unanswered = tuple(q for q in current if q.id not in answers)
    confirm = tuple(q for q in current if q.review and answers.get(q.id) is not None and q not in expires)
    return Agenda(expires, unknown, unanswered, confirm)


def _running_out(situation: Situation) -> frozenset[str]:
    """The questions whose answers have a day that has come, or comes within the quarter."""
    found = set()
    if fact("simplified-expires", situation, None) in {"soon", "past"}:
        found.add("simplified-date")
    if any(fact("plugin-stale", situation, row) for row in rows(situation.answers, "plugins")):
        found.add("plugins")
    return frozenset(found)


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
    """The difference of two plans as JSON (planning.paper)."""
    old, new = ([task["id"] for task in plan["tasks"]] for plan in (before, after))
    left_before, left_after = ({f["id"] for f in plan["flows"] if f["leaves"] != "no"} for plan in (before, after))
    return Difference(
        new_tasks=tuple(task for task in new if task not in old),
        gone_tasks=tuple(task for task in old if task not in new),
        home=tuple(sorted(left_before - left_after)),
        away=tuple(sorted(left_after - left_before)),
        verdict_before=before["verdict"]["id"],
        verdict_after=after["verdict"]["id"],
    )
