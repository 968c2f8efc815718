"""Every end of the transfer route has a business in route_leaves.toml that comes to it, for reasons that rest on facts.

And what must hold for any flow at all: one end, one outcome, reasons, and steps that agree with them.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.content import bank
from tests.test_contributing import mistakes, resources
from tests.wizards.valid_answers import DAY, row, value
from wizards.content.bank import Bank
from wizards.content.shapes import LeafId, StepId
from wizards.interview.situation import Situation
from wizards.mapping.routes import OUTCOMES, Outcome, Route, Why
from wizards.planning.concerns import concerning
from wizards.planning.plan import plan_of

FILE: Final = tomllib.loads((Path(__file__).parent.parent / "route_leaves.toml").read_text("utf-8"))
each_leaf = pytest.mark.parametrize("said", FILE["leaves"], ids=lambda said: said["leaf"])
each_owed = pytest.mark.parametrize("said", FILE["owed"], ids=lambda said: said["name"])
each_after = pytest.mark.parametrize("said", FILE["after"], ids=lambda said: said["name"])
CALM = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=300)


def recognising(places: list[str]) -> Bank:
    """The bank as it would be if the authority had recognised these places."""
    record = bank().records["adequacy-list"]
    version = msgspec.structs.replace(record.versions[-1], values={"places": places})
    records = {**bank().records, record.id: msgspec.structs.replace(record, versions=(version,))}
    return msgspec.structs.replace(bank(), records=records)


def answers_of(said: dict[str, Any]) -> dict[str, Any]:
    """The business of an entry; "?" is "I do not know"."""
    other = {key: None if given == "?" else given for key, given in said.get("answers", {}).items()}
    return {"special-uses": [], **other, "flows": [{"id": "f", **said["flow"]}]}


def situation(said: dict[str, Any]) -> Situation:
    content = recognising(said["recognised"]) if "recognised" in said else bank()
    return Situation(content, answers_of(said), DAY)


def rests_on(reasons: Iterable[Why]) -> set[str]:
    """The places of the legal facts behind reasons."""
    sources = {source for why in reasons for source in bank().reasons[why.reason].sources}
    return {bank().records[source].section for source in sources}


def agree(facts: list[str], sections: set[str]) -> bool:
    """Every section is named, itself or a finer place in it, and no place is named that nothing rests on."""

    def inside(place: str, section: str) -> bool:
        return place == section or place.startswith(section + " ")

    named = all(any(inside(place, section) for place in facts) for section in sections)
    return named and all(any(inside(place, section) for section in sections) for place in facts)


@each_leaf
def test_a_business_comes_to_this_end_for_these_reasons(said: dict[str, Any]) -> None:
    found = situation(said).routes["f"]
    assert (found.leaf, found.outcome) == (said["leaf"], said["outcome"])
    assert [why.reason for why in found.reasons] == said["reasons"]
    assert agree(said["facts"], rests_on(found.reasons))


def test_every_end_has_its_business_and_its_words() -> None:
    known = list(get_args(LeafId))
    assert [said["leaf"] for said in FILE["leaves"]] == known
    assert list(OUTCOMES) == known
    assert list(bank().route_leaves) == known
    assert list(bank().route_steps) == list(get_args(StepId))
    assert set(OUTCOMES.values()) == set(get_args(Outcome))


@each_owed
def test_what_is_owed_besides_the_route(said: dict[str, Any]) -> None:
    step = next(s for s in situation(said).routes["f"].steps if s.id == said["step"])
    assert step.found == said["found"]
    assert [why.reason for why in step.reasons] == said["reasons"]
    assert agree(said["facts"], rests_on(step.reasons))


def test_every_reason_of_a_route_is_shown_by_a_business() -> None:
    shown = {reason for said in (*FILE["leaves"], *FILE["owed"]) for reason in said["reasons"]}
    shown |= {said["reason"] for said in FILE["after"]} | {"kinds-unknown"}
    ids = list(bank().reasons)
    assert set(ids[: ids.index("tier-sensitive")]) == shown


@each_after
def test_a_move_may_be_a_transfer_too_and_has_its_task(said: dict[str, Any]) -> None:
    made = situation(said)
    found = made.later_routes["f"]
    assert (found.leaf, found.outcome) == (said["leaf"], said["outcome"])
    assert said["reason"] in [why.reason for why in found.reasons]
    place = next(step for step in found.steps if step.id == "place")
    assert agree(said["facts"], rests_on(why for why in place.reasons if why.reason == said["reason"]))
    plan = plan_of(made.bank, made.answers, DAY)
    tasks = {task.duty.id for task in concerning(plan, made, "f")}
    assert not said["task"] or said["task"] in tasks
    assert said["task"] or not tasks & {"signal-notice", "nextcloud-rented"}


def test_tasks_that_find_out_what_a_step_waits_for_concern_the_flow() -> None:
    chat = {"id": "f", "kinds": ["contact"], "channel": "dingtalk-chat"}
    mail = {"id": "g", "kinds": ["contact"], "channel": "email", "place": "macau", "place-evidence": "in-contract"}
    made = Situation(bank(), {"hosting-place": None, "special-uses": None, "flows": [chat, mail]}, DAY)
    plan = plan_of(made.bank, made.answers, DAY)
    assert {"ask-hosting", "find-out:special-uses"} <= {task.id for task in concerning(plan, made, "f")}
    assert not {"ask-hosting", "find-out:special-uses"} & {task.id for task in concerning(plan, made, "g")}


def test_while_the_supplier_is_waited_for_the_reminder_concerns_the_flow() -> None:
    chat = {"id": "f", "kinds": ["contact"], "channel": "dingtalk-chat"}
    told = {"hosting-place": None, "supplier-answer": "waiting", "flows": [chat]}
    made = Situation(bank(), told, DAY)
    ids = {task.id for task in concerning(plan_of(made.bank, made.answers, DAY), made, "f")}
    assert "hosting-reminder" in ids
    assert "ask-hosting" not in ids


@pytest.mark.parametrize("ground", ["contract-with-person", "contract-for-person", "public-or-legal-claim"])
def test_a_cell_nobody_answered_is_told_apart_from_no(ground: str) -> None:
    away = {"kinds": ["contact"], "channel": "email", "place": "singapore", "place-evidence": "in-writing"}

    def found(**cells: object) -> dict[str, str]:
        rows = [{"id": "f", **away, **{name.replace("_", "-"): cell for name, cell in cells.items()}}]
        return {step.id: step.found for step in Situation(bank(), {"flows": rows}, DAY).routes["f"].steps}

    assert found()["ground"] == "unknown"
    assert found(ground="none")["ground"] == "no"
    assert found(ground=ground)["necessary"] == "unknown"
    assert found(ground=ground, only_way=False)["necessary"] == "no"
    assert found(ground=ground, only_way=True)["told"] == "unknown"
    assert found(ground=ground, only_way=True, notified=False)["told"] == "no"
    assert found(ground="none")["authorised"] == "unknown"
    assert found(ground="none", authorised=False)["authorised"] == "no"


# Any flow at all ----------------------------------------------------------------------------------------------------

OTHERS: Final = ("hosting-place", "hosting-evidence", "hosting-where", "special-uses", "combine-authorised", "plugins")
BESIDE: Final = (
    *OTHERS,
    "credit-authorised",
    "returned-people",
    "returned-sensitive",
    "nextcloud-state",
    "tier-highly",
)


@st.composite
def businesses(draw: st.DrawFn) -> dict[str, Any]:
    """One flow of any valid cells, beside any answers that a route looks at."""
    beside = st.fixed_dictionaries({}, optional={name: value(bank().questions[name]) for name in BESIDE})
    return {**draw(beside), "flows": [draw(row(bank().questions["flows"]))]}


def assert_agrees(route: Route) -> None:
    """One end, one outcome, reasons, and steps that lead there."""
    found = {step.id: step.found for step in route.steps}
    order = list(get_args(StepId))
    assert [step.id for step in route.steps] == sorted(found, key=order.index), "each step once, in order"
    assert route.leaf in bank().route_leaves
    assert route.outcome in get_args(Outcome)
    assert route.reasons
    assert all(why.reason in bank().reasons for why in route.reasons)
    consented = found.get("consent-free", "yes") == found.get("consent-proof", "yes") == "yes"
    holds = found.get("ground") == "yes" and consented and found.get("necessary", "yes") == "yes"
    assert route.ground_holds == holds
    by_outcome = {
        "stays": found["people"] == "no" or found.get("place") == "no",
        "unknown": found.get("place") == "unknown",
        "adequacy": found.get("recognised") == "yes",
        "derogation": holds and found.get("told") == "yes",
        "authorisation": found.get("authorised") == "yes",
        "none": found.get("place") == "yes" and found.get("recognised") == "no",
    }
    assert by_outcome[route.outcome]
    if route.outcome == "none":
        assert not (holds and found.get("told") == "yes")
        assert found.get("authorised") != "yes"
    if route.leaf.endswith("-unknown"):
        assert "unknown" in found.values()


@CALM
@given(businesses(), st.booleans())
def test_no_flow_is_without_an_end_and_no_end_without_reasons(made: dict[str, Any], listed: bool) -> None:  # noqa: FBT001
    content = recognising(["singapore", "hong-kong"]) if listed else bank()
    there = Situation(content, made, DAY)
    for routes in (there.routes, there.later_routes):
        for route in routes.values():
            assert_agrees(route)


# A slip in the words of the route is told with file, place and remedy ---------------------------------------------

SLIPS: Final = {
    "unknown column": ('column = "consent-free"', 'column = "consent-fre"', "did you mean 'consent-free'"),
    "unknown question": ('answer = "special-uses"', 'answer = "special-use"', "did you mean 'special-uses'"),
    "missing end": ('[[leaves]]\nid = "notice-only"', '[[leaves]]\nid = "no-ground"', "notice-only"),
    "unknown step": ('[[steps]]\nid = "told"', '[[steps]]\nid = "tolled"', "CONTRIBUTING"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_with_its_place(name: str) -> None:
    before, after, wanted = SLIPS[name]
    text = resources()["routes.toml"].decode()
    assert text.count(before) == 1
    told = mistakes({**resources(), "routes.toml": text.replace(before, after).encode()})
    assert [m for m in told if m.startswith("routes.toml: ") and wanted in m], told
