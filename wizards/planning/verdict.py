"""The verdict on DingTalk for this business: stay, stay with conditions, hybrid, leave, or not known yet. Neutral."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from wizards.interview.facts import SAFE_ROUTES, fact
from wizards.interview.situation import Situation
from wizards.mapping.flow import Flow

Outcome = Literal["stay", "stay-with-conditions", "hybrid", "leave", "not-known-yet"]


class Ground(Struct, frozen=True):
    """A reason of the verdict with the number that its sentence needs."""

    reason: str
    count: int = 0


class Verdict(Struct, frozen=True):
    """The outcome and its reasons, weightiest first; never without a reason."""

    id: Outcome
    reasons: tuple[Ground, ...]


def verdict_of(situation: Situation) -> Verdict:
    """The verdict that follows from the flows on DingTalk and what stands around them."""
    if not situation.flows:
        return Verdict("not-known-yet", (Ground("flows-missing"),))
    here = [flow for flow in situation.personal_flows if flow.on_dingtalk]
    if not here:
        return Verdict("stay", (Ground("no-personal-data"),))
    moving = [flow for flow in here if fact("must-move", situation, flow.row)]
    refused = situation.answers.get("supplier-answer") == "refused" and any(f.leaves != "no" for f in here)
    others = [flow for flow in situation.flows.values() if flow.on_dingtalk and flow not in moving]
    if refused and moving:
        return Verdict("leave", (Ground("supplier-refused"), Ground("must-move", len(moving))))
    if moving and not others:
        return Verdict("leave", (Ground("must-move", len(moving)), Ground("nothing-may-stay")))
    if moving:
        return Verdict("hybrid", (Ground("must-move", len(moving)), Ground("rest-may-stay", len(others))))
    unknown = [flow for flow in here if flow.leaves == "unknown"]
    if unknown and len(unknown) == len(here):
        return Verdict("not-known-yet", (Ground("hosting-unknown", len(unknown)), *_conditions(situation, here)))
    conditions = tuple(_conditions(situation, here))
    return Verdict("stay-with-conditions", conditions) if conditions else Verdict("stay", (Ground("all-settled"),))


def _conditions(situation: Situation, here: list[Flow]) -> Iterator[Ground]:
    """What must be put right, or held to, for DingTalk to stay."""
    outcomes = [situation.routes[flow.id].outcome for flow in here]
    missing = sum(outcome not in SAFE_ROUTES for outcome in outcomes)
    if missing:
        yield Ground("routes-missing", missing)
    if any(outcome in SAFE_ROUTES - {"stays"} for outcome in outcomes):
        yield Ground("data-leaves-with-route")
    if situation.answers.get("processor-contract") != "signed":
        yield Ground("contract-missing")
    if situation.answers.get("notified") != "all":
        yield Ground("notification-missing")
    if fact("mixed-accounts", situation, None):
        yield Ground("mixed-accounts")
    if situation.answers.get("hosting-place") is not None and not fact("hosting-settled", situation, None):
        yield Ground("hosting-not-in-writing")
