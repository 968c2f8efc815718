"""The tier of a flow, recommended or chosen, and the home that the owner gave to each tier."""

from typing import Final

from msgspec import Struct

from wizards.interview.answers import Answers
from wizards.mapping.flow import Flow

TIERS: Final = ("routine", "internal", "confidential", "highly")
HOMES: Final = ("dingtalk", "local-chat", "nextcloud", "signal", "paper")

_BY_MARK: Final = (
    ("sensitive", "highly", "tier-sensitive"),
    ("offence", "highly", "tier-credit-offence"),
    ("credit", "highly", "tier-credit-offence"),
    ("caution", "highly", "tier-caution"),
    ("child", "confidential", "tier-child"),
    ("id", "confidential", "tier-identity-money"),
    ("money", "confidential", "tier-identity-money"),
)


class Tier(Struct, frozen=True):
    """A tier with the reason for it, and what Guia would have recommended."""

    id: str
    reason: str
    recommended: str


def tier_of(flow: Flow) -> Tier:
    """The tier of a flow: the owner's choice, else the recommendation by the most delicate kind in it."""
    recommended, reason = _recommended(flow)
    chosen = flow.row.get("tier")
    if chosen in TIERS and chosen != recommended:
        return Tier(str(chosen), "tier-chosen-because" if flow.why_tier else "tier-chosen", recommended)
    return Tier(recommended, reason, recommended)


def home_of(answers: Answers, tier: str) -> str | None:
    """Where the owner wants that tier to live, one of HOMES; None while it is not decided."""
    home = answers.get(f"tier-{tier}")
    return str(home) if home in HOMES else None


def homes(answers: Answers) -> frozenset[str]:
    """Every home in use."""
    return frozenset(home for tier in TIERS if (home := home_of(answers, tier)))


def channel_home(flow: Flow) -> str | None:
    """The home that the flow's channel of today belongs to; None for e-mail and other channels that are no home."""
    if flow.on_dingtalk:
        return "dingtalk"
    if flow.channel == "office-computer":
        return "paper"
    return flow.channel if flow.channel in HOMES else None


def _recommended(flow: Flow) -> tuple[str, str]:
    if not flow.personal:
        return "routine", "tier-not-personal"
    if flow.kinds is None:
        return "confidential", "tier-kinds-unknown"
    for mark, tier, reason in _BY_MARK:
        if mark in flow.marks:
            return tier, reason
    return "internal", "tier-everyday"
