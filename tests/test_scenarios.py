"""Scenarios: a business, and the duties, verdict and routes it must get. Written in TOML, by anybody."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from desktop.content import bank
from wizards.content.samples import sample_answers
from wizards.interview.validity import check_answers
from wizards.planning.plan import plan_of

DAY = date(2026, 11, 23)
CLASHES = {one.id for one in bank().contradictions}
FILES = sorted((Path(__file__).parent / "scenarios").glob("*.toml"))


@cache
def scenario(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


def answers_of(said: dict[str, Any]) -> dict[str, Any]:
    """The base sample with what the scenario says instead: "?" is "I do not know", "-" takes an answer away."""
    answers = sample_answers(bank().sectors[said["base"]], "en") if "base" in said else {}
    answers.update(said.get("rows", {}))
    answers.update(said.get("answers", {}))
    return {key: None if value == "?" else value for key, value in answers.items() if value != "-"}


def clean(value: object) -> object:
    """The sign for "I do not know" inside rows is read too."""
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {key: None if cell == "?" else cell for key, cell in value.items() if cell != "-"}
    return value


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_scenario(file: Path) -> None:
    said = scenario(file)
    answers = {key: clean(value) for key, value in answers_of(said).items()}
    day = said.get("day", DAY)
    assert list(check_answers(bank(), answers)) == []
    plan = plan_of(bank(), answers, day)
    duties = {task.duty.id for task in plan.tasks}
    known = set(bank().duties) | {"find-out", "finish"}
    assert set(said.get("must", [])) | set(said.get("must-not", [])) <= known
    assert set(said.get("must", [])) - duties == set(), "duties that are missing"
    assert set(said.get("must-not", [])) & duties == set(), "duties that must not be there"
    clashes = {found.contradiction.id for found in plan.contradictions}
    assert set(said.get("contradictions", [])) | set(said.get("no-contradictions", [])) <= CLASHES
    assert set(said.get("contradictions", [])) - clashes == set(), "contradictions that are missing"
    assert set(said.get("no-contradictions", [])) & clashes == set(), "contradictions that must not be there"
    if "verdict" in said:
        assert plan.verdict.id == said["verdict"], [ground.reason for ground in plan.verdict.reasons]
    routes = {flow.id: route.outcome for flow, route, _ in plan.flows}
    assert {flow: routes.get(flow) for flow in said.get("routes", {})} == said.get("routes", {})
    assert set(said.get("laws", [])) <= set(bank().records)


def test_each_duty_is_reached_by_a_scenario() -> None:
    reached = {duty for file in FILES for duty in scenario(file).get("must", [])}
    assert set(bank().duties) - reached == set()


def test_each_contradiction_is_shown_by_a_scenario_and_so_is_its_absence() -> None:
    shown = {name for file in FILES for name in scenario(file).get("contradictions", [])}
    absent = {name for file in FILES for name in scenario(file).get("no-contradictions", [])}
    assert CLASHES - shown == set()
    assert CLASHES - absent == set()


def test_there_are_enough_scenarios_and_each_verdict_has_two() -> None:
    verdicts = [scenario(file).get("verdict") for file in FILES]
    assert len(FILES) >= 36
    for verdict in ("stay", "stay-with-conditions", "hybrid", "leave", "not-known-yet"):
        assert verdicts.count(verdict) >= 2, verdict
