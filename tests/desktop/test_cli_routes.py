"""The command routes: every flow step by step, for programs and for people, and what it refuses."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.content import bank, words
from tests.desktop.test_cli import SAMPLES, Ran
from wizards.content.text import LANGUAGES
from wizards.interview.walk import settle

DAY = ("--as-of", "2026-11-23")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ran:
    """The command `guia` in this process."""
    return Ran(monkeypatch, capsys)


def kept(folder: Path, answers: dict[str, Any]) -> Path:
    """An answers file."""
    made = folder / "answers.json"
    made.write_text(json.dumps({"schema": "guia.answers/1", "answers": answers}), encoding="utf-8")
    return made


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_each_flow_comes_with_its_steps_and_agrees_with_the_plan(
    run: Ran, tmp_path: Path, name: str, lang: str
) -> None:
    made = tmp_path / "sample.json"
    made.write_text(run("sample", name, "--lang", lang)[1], encoding="utf-8")
    code, out, err = run("routes", made, "--json", "--lang", lang, *DAY)
    assert (code, err) == (0, "")
    assert out == run("routes", made, "--json", "--lang", lang, *DAY)[1]
    told, plan = json.loads(out), json.loads(run("plan", made, "--json", "--lang", lang, *DAY)[1])
    assert {key: told[key] for key in ("content", "as_of", "lang")} == {
        key: plan[key] for key in ("content", "as_of", "lang")
    }
    for flow, planned in zip(told["flows"], plan["flows"], strict=True):
        assert {key: flow[key] for key in ("id", "name", "leaves", "place", "route")} == {
            key: planned[key] for key in ("id", "name", "leaves", "place", "route")
        }
        said = [reason["text"] for step in flow["steps"] for reason in step["reasons"]]
        assert list(dict.fromkeys(said)) == planned["reasons"]
        for step in flow["steps"]:
            assert set(step) == {"id", "question", "found", "reasons"}
            assert step["found"] in {"yes", "no", "unknown"}
            assert all(reason["sources"] for reason in step["reasons"] if reason["id"] != "kinds-unknown")


def test_a_flow_that_moves_has_its_route_after_and_no_other_has(run: Ran, tmp_path: Path) -> None:
    made = tmp_path / "sample.json"
    made.write_text(run("sample", "insurance-broker")[1], encoding="utf-8")
    told = json.loads(run("routes", made, "--json", *DAY)[1])
    answers = json.loads(made.read_text("utf-8"))["answers"]
    there = settle(bank(), answers, date(2026, 11, 23))
    moves = {i for i, flow in there.later.items() if flow != there.flows[i]}
    assert moves
    assert {flow["id"] for flow in told["flows"] if "after" in flow} == moves
    after = next(flow["after"] for flow in told["flows"] if flow["id"] == "health-declarations")
    assert (after["channel"], after["place"], after["leaves"], after["route"]) == ("nextcloud", "macau", "no", "stays")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_people_read_the_same_as_lines(run: Ran, tmp_path: Path, lang: str) -> None:
    flow = {"id": "a", "name": "\x1b[2J evil", "kinds": ["contact"], "channel": "email", "place": "singapore"}
    file = kept(tmp_path, {"flows": [flow]})
    code, out, err = run("routes", file, "--lang", lang, *DAY)
    assert (code, err) == (0, "")
    assert "\x1b" not in out
    assert bank().route_leaves["ground-unknown"].text.to(lang) in out
    assert bank().route_steps["ground"].question.to(lang) in out
    assert words()["found.unknown"].to(lang) in out
    assert bank().records["pdpa-20-1"].citation.to(lang) in out


def test_a_business_without_flows_is_told_so(run: Ran, tmp_path: Path) -> None:
    file = kept(tmp_path, {})
    assert run("routes", file) == (0, words()["routes.no-flows"].en + "\n", "")
    assert json.loads(run("routes", file, "--json")[1])["flows"] == []


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "1800-01-01", "2005-01-01"])
def test_a_day_without_law_is_refused(run: Ran, tmp_path: Path, day: str) -> None:
    code, out, err = run("routes", kept(tmp_path, {}), "--json", "--as-of", day)
    assert (code, out) == (2, "")
    assert err


def test_the_limits_of_the_mainland_are_those_of_the_day(run: Ran, tmp_path: Path) -> None:
    flow = {"id": "a", "kinds": ["contact"], "channel": "email", "place": "mainland", "place-evidence": "in-contract"}
    file = kept(tmp_path, {"flows": [flow], "returned-people": 5, "returned-sensitive": 0})

    def found(day: str) -> str:
        steps = json.loads(run("routes", file, "--json", "--as-of", day)[1])["flows"][0]["steps"]
        return str(next(step["found"] for step in steps if step["id"] == "returned"))

    assert found("2024-03-21") == "unknown"
    assert found("2024-03-22") == "no"


def test_a_file_with_mistakes_is_refused_with_its_place(run: Ran, tmp_path: Path) -> None:
    code, out, err = run("routes", kept(tmp_path, {"flows": [{"id": "a", "consent-fre": True}]}), "--json")
    assert (code, out) == (2, "")
    assert "consent-free" in err
    assert sys.argv[0] == "guia"
    assert [path.name for path in tmp_path.iterdir()] == ["answers.json"]
