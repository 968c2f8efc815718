"""Each branch of the transfer routes, the tiers, the verdict and the named facts: what follows, why, by which law."""

from datetime import date
from typing import Any

import msgspec
import pytest

from desktop.content import bank
from tests.wizards.valid_answers import DAY
from wizards.content.bank import Bank
from wizards.interview.facts import Known, fact
from wizards.interview.situation import Situation
from wizards.planning.verdict import Verdict, verdict_of

WRITTEN = {"place-evidence": "in-writing"}
ABROAD: dict[str, Any] = {"kinds": ["contact"], "channel": "email", "place": "singapore", **WRITTEN}
HOME: dict[str, Any] = {"kinds": ["contact"], "channel": "email", "place": "macau", **WRITTEN}
ON_TOP = {"sensitive-extra", "credit-extra", "gba-contract-fits", "gba-not-dingtalk", "gba-not-mainland"}
ON_TOP |= {"gba-not-hong-kong"}


def situation(answers: dict[str, Any] | None = None, *flows: dict[str, Any], content: Bank | None = None) -> Situation:
    """A business on a day, with these flows."""
    rows = [{"id": f"f{number}", **row} for number, row in enumerate(flows)]
    return Situation(content or bank(), {**(answers or {}), **({"flows": rows} if flows else {})}, DAY)


def routed(
    row: dict[str, Any], answers: dict[str, Any] | None = None, content: Bank | None = None
) -> tuple[str, list[str]]:
    """The route of one flow and the ids of its reasons."""
    found = situation(answers, row, content=content).routes["f0"]
    return found.outcome, [why.reason for why in found.reasons]


def cited(reasons: list[str]) -> set[str]:
    """The law records behind reasons."""
    return {source for reason in reasons for source in bank().reasons[reason].sources}


BRANCHES: dict[str, tuple[dict[str, Any], str, list[str], set[str]]] = {
    "nothing personal": ({"kinds": ["drawings"]}, "stays", ["not-personal"], {"not-personal-data"}),
    "drawings with names": (
        {**ABROAD, "kinds": ["drawings", "contact"]},
        "none",
        ["leaves-to", "no-adequate-place", "ground-unknown", "authorisation-possible"],
        {"hosting-is-transfer", "pdpa-19", "adequacy-list", "pdpa-20-1", "pdpa-20-2"},
    ),
    "stays, in writing": (HOME, "stays", ["stays-in-macao"], {"pdpa-19"}),
    "stays, in the contract": ({**HOME, "place-evidence": "in-contract"}, "stays", ["stays-in-macao"], {"pdpa-19"}),
    "only told": ({**HOME, "place-evidence": "told"}, "unknown", ["place-told-only"], {"hosting-is-transfer"}),
    "no evidence": ({**HOME, "place-evidence": None}, "unknown", ["place-told-only"], {"hosting-is-transfer"}),
    "place not known": ({**HOME, "place": None}, "unknown", ["place-unknown"], {"hosting-is-transfer"}),
    "paper": ({"kinds": ["pay"], "channel": "paper"}, "stays", ["stays-in-macao"], {"pdpa-19"}),
    "a computer of one's own": (
        {"kinds": ["pay"], "channel": "office-computer"},
        "stays",
        ["stays-in-macao"],
        {"pdpa-19"},
    ),
    "paper carried abroad": (
        {"kinds": ["pay"], "channel": "paper", "place": "mainland", "ground": "none"},
        "none",
        [
            "leaves-to",
            "no-adequate-place",
            "ground-none",
            "authorisation-possible",
            "gba-not-mainland",
            "returned-unknown",
        ],
        {"pdpa-19", "pdpa-20-1"},
    ),
    "kinds not known, at home": ({**HOME, "kinds": None}, "stays", ["kinds-unknown", "stays-in-macao"], {"pdpa-19"}),
    "kinds not known, abroad": (
        {**ABROAD, "kinds": None},
        "none",
        ["kinds-unknown", "leaves-to", "no-adequate-place", "ground-unknown", "authorisation-possible"],
        {"pdpa-19"},
    ),
    "consent shown and notified": (
        {**ABROAD, "ground": "consent", "consent-free": True, "consent-proof": True, "notified": True},
        "derogation",
        ["leaves-to", "no-adequate-place", "case-consent", "consent-is-free", "ground-consent", "ground-notified"],
        {"pdpa-20-1", "pdpa-20-consent"},
    ),
    "consent shown, not notified": (
        {**ABROAD, "ground": "consent", "consent-free": True, "consent-proof": True, "notified": False},
        "none",
        ["leaves-to", "no-adequate-place", "case-consent", "consent-is-free", "ground-consent", "ground-not-notified"],
        {"pdpa-20-1"},
    ),
    "consent of which nothing is known": (
        {**ABROAD, "ground": "consent", "consent-proof": None, "notified": True},
        "none",
        [
            "leaves-to",
            "no-adequate-place",
            "case-consent",
            "consent-free-unknown",
            "consent-proof-unknown",
            "notice-without-ground",
            "authorisation-possible",
        ],
        {"pdpa-20-consent", "burden-of-proof", "pdpa-20-1", "pdpa-20-2", "authorisation-time"},
    ),
    "authorised": (
        {**ABROAD, "authorised": True},
        "authorisation",
        ["leaves-to", "no-adequate-place", "ground-unknown", "authorised"],
        {"pdpa-20-2"},
    ),
    "authorised and with a ground": (
        {**ABROAD, "authorised": True, "ground": "public-register", "notified": True},
        "authorisation",
        ["leaves-to", "no-adequate-place", "ground-register", "authorised"],
        {"pdpa-20-1", "pdpa-20-2"},
    ),
}


@pytest.mark.parametrize("name", BRANCHES)
def test_each_branch_of_a_route_with_its_law(name: str) -> None:
    row, outcome, reasons, sources = BRANCHES[name]
    found = routed(row)
    assert found == (outcome, reasons)
    assert sources <= cited(found[1])


@pytest.mark.parametrize(
    "ground", ["contract-with-person", "contract-for-person", "public-or-legal-claim", "vital-interest"]
)
def test_each_necessity_holds_only_as_the_only_way(ground: str) -> None:
    said = {**ABROAD, "ground": ground, "notified": True}
    assert routed({**said, "only-way": True})[0] == "derogation"
    assert "ground-necessity" in routed({**said, "only-way": True})[1]
    for not_shown in (False, None):
        assert routed({**said, "only-way": not_shown})[0] == "none"


@pytest.mark.parametrize(
    ("row", "extra", "source"),
    [
        ({"kinds": ["health"]}, "sensitive-extra", "pdpa-7"),
        ({"kinds": ["credit"]}, "credit-extra", "pdpa-22"),
        ({"place": "gba-nine"}, "gba-contract-fits", "gba-who"),
        ({"place": "gba-nine", "channel": "dingtalk-chat"}, "gba-not-dingtalk", "gba-dingtalk"),
        ({"place": "mainland", "channel": "dingtalk-drive"}, "gba-not-dingtalk", "gba-dingtalk"),
        ({"place": "mainland", "channel": "plugin"}, "gba-not-mainland", "gba-who"),
        ({"place": "gba-nine", "channel": "plugin"}, "gba-contract-fits", "gba-who"),
        ({"place": "mainland"}, "gba-not-mainland", "gba-who"),
        ({"place": "hong-kong"}, "gba-not-hong-kong", "gba-onward"),
        ({"place": "singapore"}, "", ""),
    ],
)
def test_what_is_owed_on_top_of_every_route(row: dict[str, Any], extra: str, source: str) -> None:
    for more in (
        {},
        {"authorised": True},
        {"ground": "public-register", "notified": True},
        {"ground": "public-register"},
    ):
        _, reasons = routed({**ABROAD, **row, **more})
        assert ON_TOP.intersection(reasons) == ({extra} if extra else set())
        assert not source or source in cited(reasons)


def test_an_adequate_place_is_one_edit_of_the_record() -> None:
    record = bank().records["adequacy-list"]
    version = msgspec.structs.replace(record.versions[-1], values={"places": ["singapore"]})
    records = {**bank().records, record.id: msgspec.structs.replace(record, versions=(version,))}
    decided = msgspec.structs.replace(bank(), records=records)
    assert routed(ABROAD, content=decided) == ("adequacy", ["leaves-to", "adequate"])
    assert routed({**ABROAD, "place": "mainland"}, content=decided)[0] == "none"
    assert routed(ABROAD)[0] == "none"


def test_dingtalk_takes_the_place_of_its_hosting_and_others_do_not() -> None:
    hosted = {"hosting-place": "macau", "hosting-evidence": "in-contract"}
    assert routed({"kinds": ["contact"], "channel": "dingtalk-chat"}, hosted)[0] == "stays"
    assert (
        routed({"kinds": ["contact"], "channel": "dingtalk-chat"}, {**hosted, "hosting-evidence": "told"})[0]
        == "unknown"
    )
    assert routed({"kinds": ["contact"], "channel": "dingtalk-chat", "place": "singapore"}, hosted)[0] == "none"
    assert routed({"kinds": ["contact"], "channel": "email"}, hosted)[0] == "unknown"
    assert routed({"kinds": ["contact"]}, hosted)[0] == "unknown"


def test_a_chat_of_ones_own_stays_only_where_its_place_is_said() -> None:
    assert routed({"kinds": ["contact"], "channel": "local-chat"})[0] == "unknown"
    assert routed({"kinds": ["contact"], "channel": "local-chat", "place": "macau"})[0] == "stays"


# Tiers --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kinds", "tier", "reason"),
    [
        (["drawings"], "routine", "tier-not-personal"),
        (None, "confidential", "tier-kinds-unknown"),
        ([], "internal", "tier-everyday"),
        (["contact"], "internal", "tier-everyday"),
        (["contact", "drawings"], "internal", "tier-everyday"),
        (["id-document"], "confidential", "tier-identity-money"),
        (["bank"], "confidential", "tier-identity-money"),
        (["pay"], "confidential", "tier-identity-money"),
        (["child", "pay"], "confidential", "tier-child"),
        (["biometric", "child"], "highly", "tier-caution"),
        (["complaint"], "highly", "tier-caution"),
        (["discipline"], "highly", "tier-caution"),
        (["credit", "biometric"], "highly", "tier-credit-offence"),
        (["offence"], "highly", "tier-credit-offence"),
        (["health", "offence", "drawings"], "highly", "tier-sensitive"),
        (["private-life"], "highly", "tier-sensitive"),
        (["union"], "highly", "tier-sensitive"),
    ],
)
def test_the_most_delicate_kind_decides_the_tier(kinds: list[str] | None, tier: str, reason: str) -> None:
    found = situation({}, {"kinds": kinds}).tiers["f0"]
    assert (found.id, found.reason, found.recommended) == (tier, reason, tier)


def test_the_owner_may_choose_another_tier_and_is_told_so() -> None:
    found = situation({}, {"kinds": ["health"], "tier": "routine"}).tiers["f0"]
    assert (found.id, found.reason, found.recommended) == ("routine", "tier-chosen", "highly")
    same = situation({}, {"kinds": ["health"], "tier": "highly"}).tiers["f0"]
    assert (same.id, same.reason) == ("highly", "tier-sensitive")


# The verdict --------------------------------------------------------------------------------------------------------

SETTLED = {
    "processor-contract": "signed",
    "notified": "all",
    "hosting-place": "macau",
    "hosting-evidence": "in-writing",
}
CHAT: dict[str, Any] = {"kinds": ["contact"], "channel": "dingtalk-chat"}
HEALTH: dict[str, Any] = {"kinds": ["health"], "channel": "dingtalk-drive"}
OUT = {**SETTLED, "hosting-place": "singapore"}


def judged(answers: dict[str, Any], *flows: dict[str, Any]) -> tuple[str, list[tuple[str, int]]]:
    """The verdict and its reasons with their numbers."""
    found: Verdict = verdict_of(situation(answers, *flows))
    assert {ground.reason for ground in found.reasons} <= set(bank().reasons)
    return found.id, [(ground.reason, ground.count) for ground in found.reasons]


def test_the_verdict_waits_for_flows() -> None:
    assert judged({}) == ("not-known-yet", [("flows-missing", 0)])
    assert verdict_of(Situation(bank(), {"flows": []}, DAY)).id == "not-known-yet"
    assert verdict_of(Situation(bank(), {"flows": None}, DAY)).id == "not-known-yet"


def test_stay() -> None:
    assert judged(SETTLED, CHAT) == ("stay", [("all-settled", 0)])
    assert judged({}, {"kinds": ["drawings"], "channel": "dingtalk-drive"}) == ("stay", [("no-personal-data", 0)])
    assert judged({}, {"kinds": ["health"], "channel": "paper"}) == ("stay", [("no-personal-data", 0)])


def test_stay_with_each_condition() -> None:
    outcome, reasons = judged({**SETTLED, "processor-contract": None}, CHAT)
    assert (outcome, reasons) == ("stay-with-conditions", [("contract-missing", 0)])
    assert judged({**SETTLED, "notified": "some"}, CHAT)[1] == [("notification-missing", 0)]
    assert judged({**SETTLED, "accounts": {"+86": 2, "+853": 1}}, CHAT)[1] == [("mixed-accounts", 0)]
    assert judged(OUT, CHAT)[1] == [("routes-missing", 1)]
    noticed = {**CHAT, "ground": "public-register", "notified": True}
    assert judged(OUT, noticed) == ("stay-with-conditions", [("data-leaves-with-route", 0)])
    assert ("hosting-not-in-writing", 0) in judged({**OUT, "hosting-evidence": "told"}, CHAT)[1]


def test_not_known_while_every_place_is_open() -> None:
    outcome, reasons = judged({}, CHAT, {**CHAT, "channel": "plugin"})
    assert outcome == "not-known-yet"
    assert reasons[:2] == [("hosting-unknown", 2), ("routes-missing", 2)]
    assert judged(SETTLED, CHAT, {**CHAT, "place": "macau", "place-evidence": "told"})[0] == "stay-with-conditions"


def test_hybrid_where_a_part_must_move_and_leave_where_nothing_may_stay() -> None:
    assert judged(OUT, HEALTH, CHAT) == ("hybrid", [("must-move", 1), ("rest-may-stay", 1)])
    assert judged(OUT, HEALTH, {"kinds": ["drawings"], "channel": "dingtalk-drive"})[0] == "hybrid"
    assert judged(OUT, HEALTH, {**HEALTH, "channel": "paper"}) == ("leave", [("must-move", 1), ("nothing-may-stay", 0)])
    refused = {**OUT, "supplier-answer": "refused"}
    assert judged(refused, HEALTH, CHAT) == ("leave", [("supplier-refused", 0), ("must-move", 1)])
    assert judged(refused, CHAT)[0] == "stay-with-conditions"
    assert judged({**SETTLED, "supplier-answer": "refused"}, HEALTH) == ("stay", [("all-settled", 0)])


def test_a_tier_chosen_lower_does_not_keep_delicate_data_on_dingtalk() -> None:
    assert judged(OUT, {**HEALTH, "tier": "routine"})[0] == "leave"


# Facts --------------------------------------------------------------------------------------------------------------


def known(name: str, answers: dict[str, Any], *flows: dict[str, Any], day: date = DAY) -> Known:
    """A fact of the business, or of the first flow."""
    made = situation(answers, *flows)
    there = Situation(made.bank, made.answers, day)
    return fact(name, there, there.answers["flows"][0] if flows else None)


@pytest.mark.parametrize(
    ("start", "day", "expected"),
    [
        ("2023-11-23", "2026-11-23", "soon"),
        ("2023-11-22", "2026-11-23", "past"),
        ("2024-02-21", "2026-11-23", "soon"),  # 90 days
        ("2024-02-22", "2026-11-23", "no"),
        ("2024-02-29", "2027-03-01", "soon"),
        ("2024-02-29", "2027-03-02", "past"),
        ("2025-02-28", "2028-02-28", "soon"),
        ("2025-02-28", "2028-02-29", "past"),
        ("1900-01-01", "2026-11-23", "past"),
        ("2199-12-31", "2026-11-23", "no"),
        (None, "2026-11-23", None),
    ],
)
def test_a_simplified_notification_holds_three_years(start: str | None, day: str, expected: Known) -> None:
    assert known("simplified-expires", {"simplified-date": start}, day=date.fromisoformat(day)) == expected
    assert known("simplified-expires", {}) is None


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, None),
        ({"mainland-accounts": True}, None),
        ({"mainland-accounts": None, "accounts": None}, None),
        ({"mainland-accounts": False, "accounts": {"+86": 3, "+853": 1}}, False),
        ({"accounts": {}}, False),
        ({"accounts": {"+86": 3}}, False),
        ({"accounts": {"+86": 3, "+853": 0}}, False),
        ({"accounts": {"+86": 3, "unknown": 4}}, False),
        ({"accounts": {"+86": 3, "unknown": 4, "email": 1}}, True),
        ({"mainland-accounts": True, "accounts": {"+86": 1, "+852": 1}}, True),
        ({"accounts": {"+853": 5, "+852": 1}}, False),
    ],
)
def test_accounts_are_mixed_where_mainland_and_other_numbers_stand_side_by_side(
    answers: dict[str, Any], expected: Known
) -> None:
    assert known("mixed-accounts", answers) is expected


def test_facts_of_the_whole_business_go_by_flows_and_before_them_by_what_was_ticked() -> None:
    assert known("handles-sensitive", {}) is None
    assert known("handles-sensitive", {"dingtalk-kinds": ["health"]}) is True
    assert known("handles-sensitive", {"dingtalk-kinds": ["contact"]}) is False
    assert known("handles-credit", {"dingtalk-kinds": ["health"]}, {"kinds": ["credit"]}) is True
    assert known("handles-credit", {}, {"kinds": None}, {"kinds": ["contact"]}) is None
    assert known("handles-credit", {}, {"kinds": None}, {"kinds": ["credit"]}) is True
    assert known("no-flows", {}) is True
    assert known("no-flows", {}, HOME) is False
    assert known("any-leaves", {}) is None
    assert known("any-leaves", SETTLED) is False
    assert known("any-leaves", OUT) is True
    assert known("any-leaves", {}, HOME) is False
    assert known("any-leaves", {}, ABROAD) is True
    assert known("hosting-settled", {}) is None
    assert known("hosting-settled", {"hosting-place": None, "hosting-evidence": "in-writing"}) is False
    assert known("hosting-settled", SETTLED) is True


def test_facts_of_a_flow() -> None:
    assert known("must-move", OUT, HEALTH) is True
    assert known("must-move", OUT, {**HEALTH, "authorised": True}) is False
    assert known("must-move", OUT, CHAT) is False
    assert known("ground-fails", {}, {**ABROAD, "ground": "consent"}) is True
    assert known("ground-fails", {}, {**ABROAD, "ground": "none"}) is False
    assert known("not-notified", {}, {**ABROAD, "ground": "public-register"}) is True
    assert known("on-dingtalk", {}, {"kinds": ["contact"]}) is None
    assert known("wrong-channel", {"tier-internal": "nextcloud"}, HOME) is True
    assert known("wrong-channel", {"tier-internal": "dingtalk"}, CHAT) is False
    assert known("wrong-channel", {"tier-internal": "nextcloud"}, {"kinds": ["contact"], "channel": "paper"}) is False
    assert known("wrong-channel", {}, HOME) is None
    assert known("wrong-channel", {"tier-routine": "paper"}, {"kinds": ["drawings"], "channel": "email"}) is False
    assert fact("leaves", situation({}, ABROAD), None) is None


@pytest.mark.parametrize("channel", ["paper", "office-computer"])
def test_what_lies_in_the_office_stays_only_where_there_is_no_doubt_which_office(channel: str) -> None:
    row = {"kinds": ["pay"], "channel": channel}
    assert routed(row)[0] == "stays"
    assert routed(row, {"offices": []})[0] == "stays"
    assert routed(row, {"offices": ["gba-nine"]})[0] == "unknown"
    assert routed({**row, "place": None})[0] == "unknown"
    assert routed({**row, "place": "macau"}, {"offices": ["gba-nine"]})[0] == "stays"
