"""Which flows a map shows: now or once the plan is carried out, all or those that a filter names. Ids in, ids out."""

from collections.abc import Collection
from typing import Final

from wizards.governance.tiers import tier_of
from wizards.interview.answers import Row
from wizards.interview.facts import fact
from wizards.interview.situation import Situation
from wizards.mapping.after import sent
from wizards.mapping.drawing.nodes import Drawn
from wizards.mapping.flow import Flow
from wizards.mapping.routes import route_of

PROBLEMS: Final = ("no-route", "place-unknown", "wrong-channel", "sensitive")
"""What a map can be filtered by, besides kinds of data and add-ons."""
_READS: Final = {
    "messages": "dingtalk-chat",
    "files": "dingtalk-drive",
    "attendance": "dingtalk-attendance",
    "approvals": "dingtalk-approval",
}


def now(situation: Situation, only: Collection[str] | None = None) -> tuple[Drawn, ...]:
    """Every flow as it is, or those of these ids, in the owner's order."""
    return tuple(
        (flow, situation.routes[i], situation.tiers[i])
        for i, flow in situation.flows.items()
        if only is None or i in only
    )


def later(situation: Situation, only: Collection[str] | None = None) -> tuple[Drawn, ...]:
    """Every flow as it will be once the plan is carried out, or those of these ids."""
    return tuple(
        (flow, situation.later_routes[i], situation.tiers[i])
        for i, flow in situation.later.items()
        if only is None or i in only
    )


def of_kind(situation: Situation, kind: str) -> frozenset[str]:
    """The flows with a kind of data in them. Where nobody said which kinds, the flow is not among them."""
    return frozenset(i for i, flow in situation.flows.items() if kind in (flow.kinds or ()))


def with_problem(situation: Situation, problem: str) -> frozenset[str]:
    """The flows with one of PROBLEMS, as they are today."""
    return frozenset(i for i, flow in situation.flows.items() if _has(situation, flow, problem))


def _has(situation: Situation, flow: Flow, problem: str) -> bool:
    match problem:
        case "no-route":
            return situation.routes[flow.id].outcome == "none"
        case "place-unknown":
            return flow.leaves == "unknown"
        case "wrong-channel":
            return any(fact(name, situation, flow.row) is True for name in ("wrong-channel", "must-move"))
        case "sensitive":
            return flow.marked("sensitive") is True
    raise KeyError(problem)


def read_by(situation: Situation, plugin: Row) -> frozenset[str]:
    """The flows on DingTalk that an add-on can read. Where nobody said what it reads, all of them."""
    return frozenset(i for i, flow in situation.flows.items() if flow.on_dingtalk and _reads(flow, plugin.get("reads")))


def _reads(flow: Flow, reads: Collection[str] | None) -> bool:
    if reads is None or flow.channel == "plugin":
        return True
    kinds = flow.kinds or frozenset()
    return (
        any(_READS.get(each) == flow.channel for each in reads)
        or ("contacts" in reads and "contact" in kinds)
        or ("pay" in reads and "pay" in kinds)
        or ("customers" in reads and flow.row.get("people") == "customers")
    )


def to_maker(situation: Situation, plugin: Row, only: Collection[str] | None = None) -> tuple[Drawn, ...]:
    """The flows that an add-on can read, or those of them of these ids, each going on to where its maker is.

    Nobody has that place in writing, and nothing that was said of the flow's own way counts for this one.
    """
    place, bank = plugin.get("vendor-place"), situation.bank
    read = read_by(situation, plugin)
    return tuple(
        (onward, route_of(bank, onward, situation.day), tier_of(onward))
        for flow, _, _ in now(situation, read if only is None else read & set(only))
        for onward in (sent(bank, flow, "plugin", (place, None, "")),)
    )
