"""What must hold for the plan of any valid answers, and of answers that are not asked any more."""

import json
import subprocess
import sys
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.content import bank, words
from tests.wizards.valid_answers import DAY, answers, value
from wizards.content.samples import sample_answers
from wizards.content.text import LANGUAGES
from wizards.interview.reading import SCHEMA, read
from wizards.interview.truth import holds
from wizards.interview.validity import check_answers
from wizards.interview.walk import settle, status
from wizards.planning.paper import as_json
from wizards.planning.plan import Plan, plan_of

CALM = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=60)
LATER = timedelta(days=400)


def plan_json(given_answers: dict[str, Any], lang: str = "en") -> str:
    made = plan_of(bank(), given_answers, DAY)
    return json.dumps(as_json(bank(), given_answers, made, lang, words()), ensure_ascii=False)


def assert_whole(plan: Plan) -> None:
    """What the contract promises of every plan."""
    ids = [task.id for task in plan.tasks]
    assert len(set(ids)) == len(ids)
    assert len(plan.first) <= 6
    assert set(plan.first) <= set(ids)
    assert plan.verdict.reasons
    assert all(ground.reason in bank().reasons for ground in plan.verdict.reasons)
    assert {unknown.task for unknown in plan.unknowns} <= set(ids)
    for _, route, tier in plan.flows:
        assert route.reasons
        assert {why.reason for why in route.reasons} | {tier.reason} <= set(bank().reasons)
    for task in plan.tasks:
        assert plan.as_of - LATER < task.due or task.duty.due_on
        assert set(task.because) <= set(bank().questions)
    for part in plan.exposure:
        assert 0 <= part.low <= part.likely <= part.high
        assert (part.grade is None) == (part.part.id in {"own-work", "stop-day"}), "own figures carry no grade"


@CALM
@given(answers())
def test_any_valid_answers_give_a_whole_plan(made: dict[str, Any]) -> None:
    assert list(check_answers(bank(), made)) == []
    assert_whole(plan_of(bank(), made, DAY))
    said = json.loads(plan_json(made, "zh-Hant"))
    assert [flow["id"] for flow in said["flows"]] == [row["id"] for row in made.get("flows") or ()]
    assert set(status(bank(), made, DAY)) == {step.id for step in bank().steps}


@CALM
@given(answers())
def test_a_file_gives_back_what_was_written_in_it(made: dict[str, Any]) -> None:
    raw = json.dumps({"schema": SCHEMA, "answers": made}, ensure_ascii=False, indent=1).encode()
    assert read(raw, bank()) == made
    assert read(json.dumps({"answers": made, "schema": SCHEMA}).encode("utf-8-sig"), bank()) == made


@CALM
@given(answers(), st.data())
def test_an_answer_that_is_not_asked_changes_nothing(made: dict[str, Any], data: st.DataObject) -> None:
    heard = settle(bank(), made, DAY)
    silent = [q for q in made if q not in heard.answers]
    before = plan_of(bank(), made, DAY)
    assert plan_of(bank(), {q: v for q, v in made.items() if q not in silent}, DAY) == before
    for question in silent:
        other = {**made, question: data.draw(value(bank().questions[question]))}
        assert plan_of(bank(), other, DAY) == before, question


@CALM
@given(answers())
def test_what_is_heard_is_asked_or_waits_for_an_answer(made: dict[str, Any]) -> None:
    heard = settle(bank(), made, DAY)
    for question in heard.answers:
        assert holds(bank().questions[question].when, heard).value is not False


@CALM
@given(answers())
def test_a_plan_is_the_same_each_time_and_in_each_order_of_answers(made: dict[str, Any]) -> None:
    backwards = dict(reversed(made.items()))
    assert plan_json(made) == plan_json(made) == plan_json(backwards)


def test_a_plan_is_the_same_in_another_process() -> None:
    code = (
        "from tests.wizards.test_plan_properties import plan_json;"
        "from desktop.content import bank; from wizards.content.samples import sample_answers; import hashlib;"
        "print([hashlib.sha256(plan_json(sample_answers(s, 'pt'), 'pt').encode()).hexdigest()"
        " for s in bank().sectors.values()])"
    )
    said = set()
    for seed in ("0", "1", "4711"):
        environment = {"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": seed, "PYTHONPATH": "."}
        run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        said.add(run.stdout)
    assert len(said) == 1
    assert len(json.loads(said.pop().replace("'", '"'))) == 6


def test_the_samples_give_whole_plans_in_each_language() -> None:
    for sector in bank().sectors.values():
        for lang in LANGUAGES:
            made = sample_answers(sector, lang)
            assert list(check_answers(bank(), made)) == []
            assert_whole(plan_of(bank(), made, DAY))


def test_no_answers_at_all_give_a_plan() -> None:
    plan = plan_of(bank(), {}, DAY)
    assert_whole(plan)
    assert plan.verdict.id == "not-known-yet"
    assert plan.draft


def test_an_unknown_that_no_duty_settles_any_more_still_has_a_task() -> None:
    # so many people that the mainland asks for an assessment, whatever the open answer will be
    made = {"offices": ["mainland"], "returned-people": 10_000_000, "returned-sensitive": None}
    plan = plan_of(bank(), made, DAY)
    assert_whole(plan)
    assert "find-out:returned-sensitive" in {task.id for task in plan.tasks}


def test_the_letter_about_dingtalk_is_not_asked_for_a_place_dingtalk_has_no_part_in() -> None:
    rows = [{"id": "mail", "channel": "email"}, {"id": "chat", "channel": "dingtalk-chat"}]
    plan = plan_of(bank(), {"flows": rows}, DAY)
    assert_whole(plan)
    tasks = {unknown.row: unknown.task for unknown in plan.unknowns if unknown.column == "place"}
    assert tasks == {"mail": "ask-place:mail", "chat": "ask-hosting"}
