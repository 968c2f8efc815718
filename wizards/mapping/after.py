"""Where each flow will be once the plan is carried out: the home of its tier. What then still leaves is a transfer."""

from typing import Any, Final

from msgspec import structs

from wizards.content.bank import Bank
from wizards.governance.tiers import Tier, channel_home, home_of
from wizards.interview.answers import Answers
from wizards.mapping.flow import Flow

_CHANNEL: Final = {
    "dingtalk": "dingtalk-chat",
    "local-chat": "local-chat",
    "nextcloud": "nextcloud",
    "signal": "signal",
    "paper": "paper",
}
_OF_THE_WAY: Final = frozenset(
    {"place", "place-name", "place-evidence", "ground", "consent-free", "consent-proof", "only-way", "notified"}
    | {"authorised", "gba-contract"}
)
"""Cells that speak of the way the data take today; a new way needs its own."""


def flow_after(bank: Bank, answers: Answers, flow: Flow, tier: Tier) -> Flow:
    """The flow in the home of its tier; as it is where that is not decided, or where it may stay."""
    home = home_of(answers, tier.id)
    if not flow.personal or home is None or not _moves(flow, home):
        return flow
    place, evidence = _kept(answers, home)
    name = str(answers.get("hosting-where") or "") if home == "dingtalk" else ""
    return sent(bank, flow, _CHANNEL[home], (place, evidence, name))


def sent(bank: Bank, flow: Flow, channel: str | None, kept: tuple[str | None, str | None, str]) -> Flow:
    """The flow on a new way: through `channel`, to a place with its evidence and, for a place elsewhere, its name."""
    place, evidence, name = kept
    row: dict[str, Any] = {name: cell for name, cell in flow.row.items() if name not in _OF_THE_WAY}
    row |= {"channel": channel, "place": place, "place-evidence": evidence}
    return structs.replace(
        flow,
        row=row,
        channel=channel,
        channel_marks=bank.marks("flows", "channel", channel) if channel else frozenset(),
        place=place,
        place_name=name,
        evidence=evidence,
    )


def _moves(flow: Flow, home: str) -> bool:
    """Whether it changes its channel. What lies on paper or on a computer in Macao may stay there."""
    today = channel_home(flow)
    return today != home and not (today == "paper" and flow.leaves == "no")


def _kept(answers: Answers, home: str) -> tuple[str | None, str | None]:
    """Place and evidence of a home. A planned Nextcloud is planned in Macao; Signal's servers are abroad."""
    if home == "dingtalk":
        return answers.get("hosting-place"), answers.get("hosting-evidence")
    on_nextcloud = home == "nextcloud" or (home == "local-chat" and answers.get("local-chat-which") == "talk")
    if home == "signal" or (on_nextcloud and answers.get("nextcloud-state") == "abroad"):
        return "elsewhere", "in-writing"
    return "macau", "in-writing"
