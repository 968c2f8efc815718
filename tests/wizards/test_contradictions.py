"""Answers that do not fit together: found at once, named by their rows, and never where something is not known yet."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from desktop.content import bank
from tests.wizards.valid_answers import DAY, answers
from wizards.content.text import LANGUAGES
from wizards.governance.contradictions import Found, contradictions_of
from wizards.interview.facts import fact
from wizards.interview.situation import Situation
from wizards.interview.walk import settle
from wizards.planning import spoken
from wizards.planning.plan import plan_of

CALM = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=80)
HOMES: dict[str, Any] = {
    "tier-routine": "dingtalk",
    "tier-internal": "dingtalk",
    "tier-confidential": "nextcloud",
    "tier-highly": "signal",
}
CLAIMS: dict[str, Any] = {"id": "a", "name": "Claims", "kinds": ["health"], "channel": "dingtalk-chat"}


def found(said: dict[str, Any]) -> dict[str, Found]:
    return {one.contradiction.id: one for one in contradictions_of(settle(bank(), said, DAY))}


def of_flow(name: str, row: dict[str, Any], **said: Any) -> Any:  # noqa: ANN401  # whatever a fact says
    situation = Situation(bank(), {**HOMES, **said, "flows": [row]}, DAY)
    return fact(name, situation, row)


@CALM
@given(answers())
def test_any_valid_answers_can_be_looked_through(made: dict[str, Any]) -> None:
    plan = plan_of(bank(), made, DAY)
    names = {str(row.get("name") or row["id"]) for row in made.get("flows") or ()}
    for one in plan.contradictions:
        assert one.change
        assert set(one.change) <= set(one.contradiction.change)
        assert bool(one.rows) == bool(one.contradiction.for_each)
        assert set(one.rows) <= names
        for lang in LANGUAGES:
            assert spoken.contradiction(one, lang)
    assert list(plan.contradictions) == list(contradictions_of(settle(bank(), made, DAY)))


@CALM
@given(answers())
def test_whoever_knows_nothing_contradicts_nothing(made: dict[str, Any]) -> None:
    unknown = {question: None for question in made if question != "flows"}
    bare = [{"id": row["id"], "name": row.get("name")} for row in made.get("flows") or ()]
    assert contradictions_of(settle(bank(), {**unknown, "flows": bare}, DAY)) == ()


def test_it_names_its_rows_and_only_the_questions_that_mend_it() -> None:
    kept = {**CLAIMS, "must-keep": True}
    said = {**HOMES, "flows": [kept, {**CLAIMS, "id": "b", "name": "Calls", "must-keep": False, "keep": "until-done"}]}
    one = found(said)["kept-but-disappears"]
    assert one.rows == ("Claims",)
    assert one.change == ("tier-highly", "flows"), "the tiers of other flows would mend nothing"
    assert "Claims" in spoken.contradiction(one, "en")
    assert "Calls" not in spoken.contradiction(one, "en")


def test_of_many_rows_the_first_are_named_and_the_others_counted() -> None:
    rows = [{**CLAIMS, "id": f"r{n}", "name": f"Claims {n}", "must-keep": True} for n in range(80)]
    said = spoken.contradiction(found({**HOMES, "flows": rows})["kept-but-disappears"], "en")
    assert "Claims 5" in said
    assert "Claims 6" not in said
    assert "(+74)" in said


def test_a_name_with_signs_of_its_own_is_shown_as_it_is() -> None:
    row = {**CLAIMS, "name": "{row} {why}", "must-keep": True}
    assert "{row} {why}" in spoken.contradiction(found({**HOMES, "flows": [row]})["kept-but-disappears"], "pt")


def test_an_answer_that_is_no_longer_asked_contradicts_nothing() -> None:
    without_signal = {**HOMES, "tier-highly": "paper", "signal-phones": False, "kept-records": ["claims"]}
    assert "signal-without-phones" in found({**without_signal, "tier-highly": "signal"})
    assert "signal-without-phones" not in found(without_signal)


@pytest.mark.parametrize(
    ("state", "leaves", "route"), [("in-macau", "no", "stays"), ("planned", "no", "stays"), ("abroad", "yes", "none")]
)
def test_where_a_flow_will_be_and_whether_it_leaves_then(state: str, leaves: str, route: str) -> None:
    row = {**CLAIMS, "kinds": ["id-document"]}
    assert of_flow("home", row, **{"nextcloud-state": state}) == "nextcloud"
    assert of_flow("later-leaves", row, **{"nextcloud-state": state}) == leaves
    assert of_flow("later-route", row, **{"nextcloud-state": state}) == route


def test_the_chat_of_a_nextcloud_abroad_is_abroad_too() -> None:
    said = {"tier-confidential": "local-chat", "local-chat-which": "talk", "nextcloud-state": "abroad"}
    row = {**CLAIMS, "kinds": ["id-document"]}
    assert of_flow("home", row, **said) == "local-chat"
    assert of_flow("later-leaves", row, **said) == "yes"
    assert of_flow("later-leaves", row, **{**said, "local-chat-which": "zulip"}) == "no"


def test_what_lies_on_paper_in_macao_stays_there_whatever_its_tier() -> None:
    assert of_flow("home", {**CLAIMS, "channel": "paper"}) == "paper"
    assert of_flow("home", {**CLAIMS, "channel": "email"}, **{"tier-highly": None}) is None


@pytest.mark.parametrize(
    ("tier", "chosen", "lowered"),
    [(None, False, False), ("highly", False, False), ("internal", True, True), ("routine", True, True)],
)
def test_a_tier_of_ones_own(tier: str | None, chosen: bool, lowered: bool) -> None:  # noqa: FBT001  # as they come
    row = {**CLAIMS, **({"tier": tier} if tier else {})}
    assert of_flow("tier", row) == (tier or "highly")
    assert of_flow("tier-chosen", row) is chosen
    assert of_flow("tier-lowered", row) is lowered
    assert of_flow("tier-unexplained", row) is lowered
    assert of_flow("tier-unexplained", {**row, "tier-why": "  "}) is lowered
    assert of_flow("tier-unexplained", {**row, "tier-why": "No names in it"}) is False


def test_a_higher_tier_is_chosen_but_not_lowered() -> None:
    row = {**CLAIMS, "kinds": ["contact"], "tier": "highly"}
    assert of_flow("tier-chosen", row) is True
    assert of_flow("tier-lowered", row) is False


def test_nothing_is_known_of_a_row_that_is_only_being_typed() -> None:
    situation = Situation(bank(), {**HOMES, "flows": []}, DAY)
    for name in ("tier-chosen", "home", "leaves"):
        assert fact(name, situation, {"name": "Claims"}) is None
        assert fact(name, situation, CLAIMS) is None


def test_why_a_tier_was_chosen_is_said_with_what_would_have_been_recommended() -> None:
    row = {**CLAIMS, "tier": "internal", "tier-why": "Only {tier} numbers"}
    (told,) = plan_of(bank(), {**HOMES, "flows": [row]}, DAY).flows
    said = spoken.tier_why(bank(), told[0], told[2], "en")
    assert "Only {tier} numbers" in said
    assert "Highly confidential" in said
    (told,) = plan_of(bank(), {**HOMES, "flows": [{**row, "tier-why": ""}]}, DAY).flows
    assert "no reason" in spoken.tier_why(bank(), told[0], told[2], "en")
