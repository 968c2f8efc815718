"""The map in words: which flows a filter shows, the table beside the picture, what became of flows between two maps."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.content import bank, words
from tests.wizards.businesses import DAY, answers
from wizards.content.samples import sample_answers
from wizards.content.text import LANGUAGES
from wizards.interview.situation import Situation
from wizards.mapping import chosen
from wizards.mapping.difference import difference
from wizards.mapping.drawing.geometry import draw
from wizards.mapping.drawing.nodes import Drawn, way_of
from wizards.mapping.listing import COLUMNS, table


def flow(name: str, **cells: Any) -> dict[str, Any]:  # noqa: ANN401  # cells are of any kind
    return {"id": name.lower().replace(" ", "-"), "name": name, "people": "staff", "kinds": ["contact"], **cells}


def business(*flows: dict[str, Any], **more: Any) -> Situation:  # noqa: ANN401  # answers are of any kind
    return Situation(bank(), {"flows": list(flows), **more}, DAY)


def told(before: Sequence[Drawn], after: Sequence[Drawn], lang: str = "en") -> tuple[str, ...]:
    return difference(bank(), before, after, lang, words())


MISSING = "Still missing: a ground such as consent with notice to the authority, or an authorisation."
HOME = {"place": "macau", "place-evidence": "in-writing"}
ABROAD = {"place": "singapore", "place-evidence": "in-writing"}


def test_each_kind_of_change_is_told_with_its_flows() -> None:
    before = business(
        flow("Sick notes", channel="email", **ABROAD),
        flow("Pay", channel="email", **HOME),
        flow("Shifts", channel="email", **ABROAD),
        flow("Orders", channel="email", **ABROAD, ground="consent", **{"consent-free": True, "consent-proof": True}),
        flow("Bills", channel="email", **HOME),
        flow("Menus", channel="paper", kinds=["drawings"]),
    )
    after = business(
        flow("Sick notes", channel="nextcloud", **HOME),
        flow("Pay", channel="signal", **ABROAD),
        flow("Shifts", channel="email", **ABROAD),
        flow("Orders", channel="email", **ABROAD, ground="consent", **{"consent-free": True, "consent-proof": True}),
        flow("Bills", channel="nextcloud", **HOME),
        flow("Menus", channel="paper", kinds=["drawings"]),
    )
    assert told(chosen.now(before), chosen.now(after)) == (
        "1 flow comes home and stays in Macao: Sick notes.",
        "1 flow still leaves Macao: Orders. Still missing: notice to the authority.",
        f"1 flow still leaves Macao: Shifts. {MISSING}",
        f"1 flow newly leaves Macao: Pay (Signal). {MISSING}",
        "1 flow moves inside Macao: Bills (Nextcloud).",
    )


def test_a_route_is_told_and_many_flows_are_counted() -> None:
    consent = {"ground": "consent", "consent-free": True, "consent-proof": True, "notified": True}
    way = {"channel": "email", **ABROAD, **consent}
    s = business(*(flow(f"Flow {n}", **way) for n in range(9)))
    names = ", ".join(f"Flow {n}" for n in range(6))
    assert told(chosen.now(s), chosen.now(s)) == (f"9 flows still leave Macao: {names} and 3 more. With a route.",)


def test_a_place_that_is_not_known_is_told_and_nothing_is_told_of_what_stays() -> None:
    s = business(flow("Chats", channel="dingtalk-chat"), flow("Files", channel="paper"))
    assert told(chosen.now(s), chosen.now(s)) == ("For 1 flow the place is not known yet: Chats.",)
    quiet = business(flow("Files", channel="paper"))
    assert told(chosen.now(quiet), chosen.now(quiet)) == ("Nothing changes.",)


@settings(max_examples=30)
@given(st.integers(0, 500), st.sampled_from((1, 8, 60)), st.sampled_from(LANGUAGES))
def test_every_flow_that_leaves_or_may_is_counted_once(seed: int, flows: int, lang: str) -> None:
    s = Situation(bank(), {**answers(seed, flows), "tier-highly": "nextcloud", "tier-confidential": "signal"}, DAY)
    before, after = chosen.now(s), chosen.later(s)
    sentences = told(before, after, lang)
    counted = [int(number) for said in sentences for number in said.split() if number.isdigit()]
    away = sum(each[0].leaves != "no" for each in after)
    home = sum(b[0].leaves != "no" and a[0].leaves == "no" for b, a in zip(before, after, strict=True))
    assert sum(counted) >= away + home
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize("name", bank().sectors)
def test_the_table_has_every_flow_of_the_map_with_the_same_content(name: str) -> None:
    for lang in LANGUAGES:
        s = Situation(bank(), sample_answers(bank().sectors[name], lang), DAY)
        drawn = chosen.now(s)
        head, lines = table(bank(), drawn, lang, words())
        assert len(head) == len(COLUMNS)
        assert [line.flow for line in lines] == list(s.flows)
        said = {ribbon.flows[0]: ribbon.said for ribbon in draw(bank(), drawn, lang, words(), 760).ribbons}
        shown = {name: at for at, name in enumerate(COLUMNS) if name not in {"kinds", "volume"}}
        for line in lines:
            assert len(line.cells) == len(COLUMNS)
            assert all(line.cells[at] in said[line.flow] for at in shown.values())
            number = line.cells[COLUMNS.index("volume")]
            assert number == "–" if not s.flows[line.flow].personal else number.lower() in said[line.flow]


def test_filters_by_kind_and_problem() -> None:
    s = business(
        flow("Sick notes", channel="dingtalk-chat", kinds=["health", "contact"]),
        flow("Guests", channel="email", **ABROAD),
        flow("Pay", channel="paper", kinds=["pay"]),
        flow("Nobody knows", channel="paper", kinds=None),
        **{
            "tier-routine": "nextcloud",
            "tier-internal": "nextcloud",
            "tier-confidential": "paper",
            "tier-highly": "paper",
        },
    )
    assert chosen.of_kind(s, "contact") == {"sick-notes", "guests"}
    assert chosen.of_kind(s, "genetic") == frozenset()
    assert chosen.with_problem(s, "no-route") == {"guests"}
    assert chosen.with_problem(s, "place-unknown") == {"sick-notes"}
    assert chosen.with_problem(s, "sensitive") == {"sick-notes"}
    assert chosen.with_problem(s, "wrong-channel") == {"sick-notes", "guests"}
    assert [each[0].id for each in chosen.now(s, chosen.of_kind(s, "pay"))] == ["pay"]
    with pytest.raises(KeyError):
        chosen.with_problem(s, "no-such-problem")


READS = {
    "messages": "chat",
    "files": "drive",
    "attendance": "clock",
    "approvals": "form",
    "contacts": "names",
    "pay": "wages",
    "customers": "buyers",
}


@pytest.mark.parametrize("reads", READS)
def test_an_add_on_reads_what_it_was_let_read_and_nothing_outside_dingtalk(reads: str) -> None:
    def row(name: str, channel: str, **cells: Any) -> dict[str, Any]:  # noqa: ANN401  # cells are of any kind
        return flow(name, **{"channel": channel, "kinds": ["photo"], **cells})

    s = business(
        row("chat", "dingtalk-chat"),
        row("drive", "dingtalk-drive"),
        row("clock", "dingtalk-attendance"),
        row("form", "dingtalk-approval"),
        row("names", "dingtalk-minutes", kinds=["contact"]),
        row("wages", "dingtalk-minutes", kinds=["pay"]),
        row("buyers", "dingtalk-minutes", people="customers"),
        row("its own", "plugin"),
        row("outside", "email", kinds=["contact", "pay"], people="customers"),
    )
    assert chosen.read_by(s, {"id": "p", "reads": [reads]}) == {READS[reads], "its-own"}
    assert chosen.read_by(s, {"id": "p", "reads": []}) == {"its-own"}
    assert chosen.read_by(s, {"id": "p"}) == frozenset(s.flows) - {"outside"}


def test_what_an_add_on_reads_goes_on_to_its_maker_without_the_route_of_the_flow() -> None:
    way = {"place": "singapore", "ground": "consent", "consent-free": True, "consent-proof": True, "notified": True}
    s = business(flow("Chats", channel="dingtalk-chat", **way))
    assert s.routes["chats"].outcome == "derogation"
    made = {place: chosen.to_maker(s, {"id": "p", "vendor-place": place}) for place in ("hong-kong", "macau", None)}
    assert [(d[0].place, d[1].outcome) for d in made["hong-kong"]] == [("hong-kong", "none")]
    assert {way_of(made[place][0]).lane for place in ("macau", None)} == {"unknown"}


def test_a_filter_holds_on_the_way_to_a_maker_too() -> None:
    s = business(flow("Chats", channel="dingtalk-chat"), flow("Files", channel="dingtalk-drive"))
    onward = chosen.to_maker(s, {"id": "p", "vendor-place": "hong-kong"}, frozenset({"files"}))
    assert [drawn[0].id for drawn in onward] == ["files"]


def test_nothing_that_was_said_of_the_way_of_today_counts_for_the_way_after() -> None:
    """Neither consent nor notice nor an authorisation goes along when a flow moves to Signal."""
    said = {"ground": "consent", "consent-free": True, "consent-proof": True, "notified": True, "authorised": True}
    s = business(flow("Guests", channel="email", **ABROAD, **said), **{"tier-internal": "signal"})
    assert s.routes["guests"].outcome == "authorisation"
    assert s.later_routes["guests"].leaf == "ground-unknown"
    assert s.later["guests"].row.keys().isdisjoint(said)


@pytest.mark.parametrize("channel", ["paper", "office-computer"])
@pytest.mark.parametrize(("place", "after"), [("macau", None), ("singapore", "nextcloud")])
def test_paper_and_computers_move_only_from_elsewhere(channel: str, place: str, after: str | None) -> None:
    kept = {"place": place, "place-evidence": "in-writing"}
    s = business(flow("Guests", channel=channel, **kept), **{"tier-internal": "nextcloud"})
    assert s.later["guests"].channel == (after or channel)


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\ufffe", "\u3000\n"])
def test_a_flow_whose_name_cannot_be_seen_is_called_by_its_id(name: str) -> None:
    drawn = chosen.now(business({"id": "f7", "name": name, "channel": "paper"}))
    assert [flow.name for flow, _, _ in drawn] == ["f7"]
