"""The transfer route of every flow in one language, step by step, now and after the move: as JSON and in words."""

from typing import Any

from wizards.content.bank import Bank
from wizards.interview.situation import Situation
from wizards.mapping.flow import Flow
from wizards.mapping.routes import Route, Step
from wizards.planning import paper, spoken


def as_json(situation: Situation, lang: str) -> dict[str, Any]:
    """Every flow with its route. `after` stands where the plan takes the flow another way."""
    bank = situation.bank
    flows = []
    for flow_id, flow in situation.flows.items():
        later = situation.later[flow_id]
        told = {"id": flow.id, "name": flow.name, **_way(bank, flow, situation.routes[flow_id], lang)}
        if later != flow:
            told["after"] = {
                "channel": later.channel or "unknown",
                **_way(bank, later, situation.later_routes[flow_id], lang),
            }
        flows.append(told)
    return {"content": bank.version, "as_of": situation.day.isoformat(), "lang": lang, "flows": flows}


def change_at(flow: Flow, step: Step, bank: Bank) -> tuple[str, str]:
    """Where the answer of a step is changed: the column of the flow's row, or else the question; both "" for none."""
    words = bank.route_steps[step.id]
    if step.id == "returned" and flow.on_dingtalk:
        return "", ""  # what is counted there comes from others
    if step.id != "place":
        return words.column, "" if words.column else words.answer
    if flow.on_dingtalk and flow.row.get("place") is None:
        return "", words.answer
    told = flow.place is not None and step.found == "unknown"
    return ("place-evidence" if told else words.column), ""


def _way(bank: Bank, flow: Flow, route: Route, lang: str) -> dict[str, Any]:
    return {
        "leaves": flow.leaves,
        "place": flow.place or "unknown",
        "route": route.outcome,
        "leaf": route.leaf,
        "steps": [_step(bank, step, lang) for step in route.steps],
    }


def _step(bank: Bank, step: Step, lang: str) -> dict[str, Any]:
    return {
        "id": step.id,
        "question": bank.route_steps[step.id].question.to(lang),
        "found": step.found,
        "reasons": [
            {
                "id": why.reason,
                "text": spoken.why(bank, why, lang),
                "sources": paper.sources(bank, bank.reasons[why.reason].sources, lang),
            }
            for why in step.reasons
        ],
    }
