"""The tier that Guia recommends for the flow that is being typed, said beside the cell in which the owner chooses."""

from collections.abc import Mapping

from desktop.ui.desk import Desk
from wizards.governance.tiers import tier_of
from wizards.interview.answers import Value
from wizards.mapping.flow import flow_of
from wizards.planning import spoken


def recommended(desk: Desk, row: Mapping[str, Value]) -> str:
    """The recommended tier with why, whatever was chosen."""
    bank = desk.open.bank
    flow = flow_of(bank, desk.open.answers, {**row, "id": str(row.get("id", "")), "tier": None})
    tier = tier_of(flow)
    why = spoken.tier_why(bank, flow, tier, desk.lang)
    return desk.say("homes.recommended", tier=desk.say(f"tier.{tier.recommended}"), why=why)
