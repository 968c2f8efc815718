"""How much Guia asks of a small business, how much it gives back, and that it asks nothing in vain.

Counted as the owner meets it: one answer to each question in turn, also where a later answer makes it fall away, and
one to each row of a table, because a suggested row is confirmed. `pytest -s tests/test_size.py` prints the figures.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from desktop.content import bank
from wizards.content.condition import Condition
from wizards.content.samples import sample_answers
from wizards.content.shapes import Question, Sector
from wizards.interview.facts import FACTS
from wizards.interview.truth import questions_in
from wizards.interview.walk import asked
from wizards.planning.plan import plan_of

DAY: Final = date(2026, 11, 23)
SMALL: Final = 20
MOST_ANSWERS: Final = 60
TASKS: Final = range(12, 31)
DUTIES: Final = 45
FLOWS: Final = range(6, 9)
# Read by code, each for the reason beside it.
IN_CODE: Final = {
    "business-name": "stands on every paper",
    "hosting-where": "names the place on the map",
    "retention-said": "stands in the plan, beside where the data are kept",
    "hour-cost": "what the plan costs in working time",
    "day-loss": "what a stop of one day costs",
}
NOTHING: Final[dict[str, Any]] = {
    "yes-no": False,
    "many": [],
    "rows": [],
    "counts": {},
    "number": 1,
    "text": "A shop",
    "date": DAY.isoformat(),
}
SECTORS: Final = [sector for sector in bank().sectors.values() if sector.rows]
SMALL_SECTORS: Final = [sector.id for sector in SECTORS if sector.sample["staff"] <= SMALL]  # type: ignore[operator]


def interview(reply: Callable[[Question], object]) -> dict[str, Any]:
    """Each question that is asked, in turn, with what the owner replies."""
    given: dict[str, Any] = {}
    while waiting := next((q for q in asked(bank(), given, DAY) if q.id not in given), None):
        given[waiting.id] = reply(waiting)
    return given


def answers_in(given: dict[str, Any]) -> int:
    """One for each question, for a table one for each row, but at least one."""
    tables = {q.id for q in bank().questions.values() if q.kind == "rows"}
    return sum(max(1, len(value or [])) if name in tables else 1 for name, value in given.items())


def conditions() -> Iterator[Condition | None]:
    """Every condition of the content."""
    for question in bank().questions.values():
        yield question.when
        yield from (column.when for column in question.columns)
    for duty in bank().duties.values():
        yield from (duty.when, duty.except_)
    yield from (part.when for part in bank().parts)
    yield from (one.when for one in bank().contradictions)
    yield from (said.when for said in (*bank().quick.where, *bank().quick.gap, *bank().quick.next))


def facts_in(condition: Condition | None) -> set[str]:
    if condition is None:
        return set()
    inner = (*(condition.all or ()), *(condition.any or ()), condition.not_, condition.where)
    return set({condition.fact} if condition.fact else ()).union(*map(facts_in, inner))


def facts_in_use() -> set[str]:
    """Named in a condition, or asked for by a module."""
    root = Path(__file__).parent.parent
    code = "".join(file.read_text("utf-8") for part in ("wizards", "desktop") for file in (root / part).rglob("*.py"))
    return set().union(*map(facts_in, conditions())) | {name for name in FACTS if f' fact("{name}"' in code}


@pytest.mark.parametrize("sector", SECTORS, ids=lambda sector: sector.id)
def test_a_sample_answers_what_is_asked_and_nothing_else(sector: Sector) -> None:
    answers = sample_answers(sector, "en")
    assert set(answers) == {question.id for question in asked(bank(), answers, DAY)}
    assert len(sector.rows["flows"]) in FLOWS


@pytest.mark.parametrize("sector", SECTORS, ids=lambda sector: sector.id)
def test_a_small_business_gives_few_answers_and_gets_a_list_it_can_do(sector: Sector) -> None:
    sample = sample_answers(sector, "en")
    given = interview(lambda question: sample[question.id])
    plan = plan_of(bank(), given, DAY)
    figures = f"{len(given)} questions, {answers_in(given)} answers, {len(plan.tasks)} tasks"
    print(f"{sector.id}: {sample['staff']} people, {figures}, {plan.verdict.id}")  # noqa: T201  # asked for with -s
    if sample["staff"] <= SMALL:
        assert answers_in(given) <= MOST_ANSWERS
        assert len(plan.tasks) in TASKS
    assert not plan.draft


def test_most_samples_are_small() -> None:
    assert len(SMALL_SECTORS) >= 3


def test_whoever_keeps_next_to_nothing_is_soon_done() -> None:
    """The shortest way: no, none and nothing wherever possible, and no flow at all."""

    def nothing(question: Question) -> object:
        names = [option.id for option in question.options]
        return (
            NOTHING.get(question.kind)
            if question.kind != "choice"
            else next((name for name in ("none", "no", "paper", "other") if name in names), names[0])
        )

    given = interview(nothing)
    print(f"nothing at all: {len(given)} questions, {answers_in(given)} answers")  # noqa: T201  # asked for with -s
    assert answers_in(given) <= MOST_ANSWERS * 3 // 4


def test_there_are_enough_duties() -> None:
    print(f"{len(bank().questions)} questions and {len(bank().duties)} duties in all")  # noqa: T201  # asked for with -s
    assert len(bank().duties) >= DUTIES


def test_no_question_is_asked_in_vain() -> None:
    used = set().union(*map(questions_in, conditions()))
    used |= {question for name in facts_in_use() for question in FACTS[name].reads}
    used |= {duty.due_on for duty in bank().duties.values()} | {step.needs for step in bank().steps}
    assert set(bank().questions) - used == set(IN_CODE)


def test_no_fact_is_made_in_vain() -> None:
    assert set(FACTS) - facts_in_use() == set()
