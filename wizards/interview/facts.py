"""Named facts: conclusions from answers that need more than a comparison. The only escape hatch of conditions.

A fact is a value, or None while it is not known. Facts of a row are asked with that row at hand.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

from msgspec import Struct

from wizards.governance.tiers import TIERS, channel_home, home_of
from wizards.interview.answers import Row
from wizards.interview.situation import Situation
from wizards.mapping.flow import WRITTEN, Flow

Known: TypeAlias = str | bool | int | None
SAFE_ROUTES: Final = frozenset({"stays", "adequacy", "derogation", "authorisation"})
SOON: Final = timedelta(days=90)
THREE_YEARS: Final = 3


class Fact(Struct, frozen=True):
    """A named fact: its function, and the questions that it reads."""

    work: Callable[[Situation, Any], Known]
    reads: frozenset[str]
    rows: str = ""


FACTS: Final[dict[str, Fact]] = {}


def _fact(
    name: str, *reads: str, rows: str = ""
) -> Callable[[Callable[[Situation, Any], Known]], Callable[[Situation, Any], Known]]:
    def register(work: Callable[[Situation, Any], Known]) -> Callable[[Situation, Any], Known]:
        FACTS[name] = Fact(work, frozenset(reads), rows)
        return work

    return register


def fact(name: str, situation: Situation, row: Row | None) -> Known:
    """The value of fact `name`, for the row at hand where it is a fact of rows; KeyError for an unknown name."""
    entry = FACTS[name]
    if entry.rows and row is None:
        return None
    if entry.rows == "flows" and row is not None and str(row.get("id")) not in situation.flows:
        return None  # a row that is only being typed: nothing is known of it yet
    key = (name, str(row["id"]) if entry.rows and row is not None else "")
    if key not in situation.facts:
        subject: Any = row
        if entry.rows == "flows" and row is not None:
            subject = situation.flows[str(row["id"])]
        situation.facts[key] = entry.work(situation, subject)
    return situation.facts[key]


# Facts of a flow ----------------------------------------------------------------------------------------------------


@_fact("personal", "flows", rows="flows")
def _personal(_: Situation, flow: Flow) -> Known:
    return flow.personal


@_fact("sensitive", "flows", rows="flows")
def _sensitive(_: Situation, flow: Flow) -> Known:
    return flow.marked("sensitive")


@_fact("on-dingtalk", "flows", rows="flows")
def _on_dingtalk(_: Situation, flow: Flow) -> Known:
    return flow.on_dingtalk if flow.channel else None


@_fact("leaves", "flows", "hosting-place", "hosting-evidence", rows="flows")
def _leaves(_: Situation, flow: Flow) -> Known:
    return flow.leaves


@_fact("route", "flows", "hosting-place", "hosting-evidence", rows="flows")
def _route(situation: Situation, flow: Flow) -> Known:
    return situation.routes[flow.id].outcome


@_fact("ground-fails", "flows", rows="flows")
def _ground_fails(situation: Situation, flow: Flow) -> Known:
    named = flow.row.get("ground") not in (None, "none")
    return named and flow.leaves == "yes" and not situation.routes[flow.id].ground_holds


@_fact("not-notified", "flows", rows="flows")
def _not_notified(situation: Situation, flow: Flow) -> Known:
    return situation.routes[flow.id].leaf in {"not-notified", "notice-unknown"}


@_fact("must-move", "flows", "hosting-place", "hosting-evidence", rows="flows")
def _must_move(situation: Situation, flow: Flow) -> Known:
    """On DingTalk, of the most delicate kinds, and without a route by which it may leave."""
    delicate = situation.tiers[flow.id].recommended == "highly"
    return flow.on_dingtalk and flow.personal and delicate and situation.routes[flow.id].outcome not in SAFE_ROUTES


@_fact("wrong-channel", "flows", "tier-routine", "tier-internal", "tier-confidential", "tier-highly", rows="flows")
def _wrong_channel(situation: Situation, flow: Flow) -> Known:
    if not flow.personal:
        return False
    home, today = home_of(situation.answers, situation.tiers[flow.id].id), channel_home(flow)
    if home is None or flow.channel is None:
        return None
    return today != home and not (today == "paper" and flow.leaves == "no")


_HOMES: Final = ("flows", "tier-routine", "tier-internal", "tier-confidential", "tier-highly")
_LATER: Final = (*_HOMES, "nextcloud-state", "local-chat-which", "hosting-place", "hosting-evidence")


@_fact("tier", "flows", rows="flows")
def _tier(situation: Situation, flow: Flow) -> Known:
    return situation.tiers[flow.id].id


@_fact("tier-chosen", "flows", rows="flows")
def _tier_chosen(situation: Situation, flow: Flow) -> Known:
    tier = situation.tiers[flow.id]
    return tier.id != tier.recommended


@_fact("tier-lowered", "flows", rows="flows")
def _tier_lowered(situation: Situation, flow: Flow) -> Known:
    tier = situation.tiers[flow.id]
    return TIERS.index(tier.id) < TIERS.index(tier.recommended)


@_fact("tier-unexplained", "flows", rows="flows")
def _tier_unexplained(situation: Situation, flow: Flow) -> Known:
    """In a lower tier than recommended, and nobody has said why."""
    tier = situation.tiers[flow.id]
    return TIERS.index(tier.id) < TIERS.index(tier.recommended) and not flow.why_tier


@_fact("home", *_HOMES, rows="flows")
def _home(situation: Situation, flow: Flow) -> Known:
    """Where it will live once the plan is carried out; not known while its tier has no home."""
    decided = home_of(situation.answers, situation.tiers[flow.id].id)
    return channel_home(situation.later[flow.id]) if decided else None


@_fact("later-leaves", *_LATER, rows="flows")
def _later_leaves(situation: Situation, flow: Flow) -> Known:
    return situation.later[flow.id].leaves


@_fact("later-route", *_LATER, rows="flows")
def _later_route(situation: Situation, flow: Flow) -> Known:
    return situation.later_routes[flow.id].outcome


# Facts of an add-on -------------------------------------------------------------------------------------------------


@_fact("plugin-doubt", "plugins", rows="plugins")
def _plugin_doubt(_: Situation, row: Row) -> Known:
    return row.get("vendor-place") != "macau" or row.get("contract") != "signed"


@_fact("plugin-stale", "plugins", rows="plugins")
def _plugin_stale(situation: Situation, row: Row) -> Known:
    reviewed = _day(row.get("reviewed"))
    return reviewed is None or situation.day - reviewed > timedelta(days=365)


# Facts of the business ----------------------------------------------------------------------------------------------


def _handles(situation: Situation, mark: str) -> Known:
    """Whether some flow holds a kind with the mark; before there are flows, what the owner ticked for DingTalk."""
    if situation.flows:
        known = [flow.marked(mark) for flow in situation.flows.values()]
        return True if True in known else None if None in known else False
    ticked = situation.answers.get("dingtalk-kinds")
    if ticked is None:
        return None
    return any(mark in situation.bank.marks("dingtalk-kinds", "", kind) for kind in ticked)


@_fact("no-flows", "flows")
def _no_flows(situation: Situation, _: None) -> Known:
    """Whether no flow was written down yet: what the quick check ticked for DingTalk counts until then."""
    return not situation.flows


@_fact("handles-sensitive", "flows", "dingtalk-kinds")
def _handles_sensitive(situation: Situation, _: None) -> Known:
    return _handles(situation, "sensitive")


@_fact("handles-credit", "flows", "dingtalk-kinds")
def _handles_credit(situation: Situation, _: None) -> Known:
    return _handles(situation, "credit")


@_fact("mixed-accounts", "accounts", "mainland-accounts")
def _mixed(situation: Situation, _: None) -> Known:
    if situation.answers.get("mainland-accounts") is False:
        return False
    counts = situation.answers.get("accounts")
    if not isinstance(counts, dict):
        return None
    mainland: int = counts.get("+86", 0)
    return bool(mainland > 0 and sum(counts.values()) > mainland + counts.get("unknown", 0))


@_fact("hosting-settled", "hosting-place", "hosting-evidence")
def _hosting_settled(situation: Situation, _: None) -> Known:
    if "hosting-place" not in situation.answers:
        return None
    return situation.answers.get("hosting-place") is not None and situation.answers.get("hosting-evidence") in WRITTEN


@_fact("any-leaves", "flows", "hosting-place", "hosting-evidence")
def _any_leaves(situation: Situation, _: None) -> Known:
    if situation.flows:
        return any(flow.leaves != "no" for flow in situation.personal_flows)
    if "hosting-place" not in situation.answers:
        return None
    settled = situation.answers.get("hosting-evidence") in WRITTEN
    return not (situation.answers.get("hosting-place") == "macau" and settled)


@_fact("personal-on-dingtalk", "flows", "dingtalk-kinds")
def _personal_on_dingtalk(situation: Situation, _: None) -> Known:
    if situation.flows:
        return any(flow.on_dingtalk for flow in situation.personal_flows)
    ticked = situation.answers.get("dingtalk-kinds")
    if ticked is None:
        return None
    return any("not-personal" not in situation.bank.marks("dingtalk-kinds", "", kind) for kind in ticked)


@_fact("notification-due", "notified")
def _notification_due(situation: Situation, _: None) -> Known:
    told = situation.answers.get("notified")
    return None if told is None else bool(told != "all")


@_fact("mainland-procedure", "returned-people", "returned-sensitive")
def _mainland_procedure(situation: Situation, _: None) -> Known:
    """What mainland law is reported to ask of the data that come to Macao (legal section 2.7)."""
    return situation.around.returned


@_fact("simplified-expires", "simplified-date")
def _simplified_expires(situation: Situation, _: None) -> Known:
    """A simplified notification holds three years (legal section 4.3)."""
    start = _day(situation.answers.get("simplified-date"))
    if start is None:
        return None
    end = _years_later(start, THREE_YEARS)
    return "past" if end < situation.day else "soon" if end - situation.day <= SOON else "no"


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)
