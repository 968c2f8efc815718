"""What a business stands on at DingTalk: the contract each kind of account falls under, and how the rest is known.

Facts: ecosystem 1.1 and 1.2. By the opening of DingTalk's own policies, the contract follows the number or address with
which an account was registered. Their clauses on place and period were not read, so nothing is concluded about those.
"""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

Party = Literal["singapore", "mainland", "not-clear"]

_PARTY: Final[dict[str, Party]] = {
    "+853": "singapore",
    "+852": "singapore",
    "+86": "mainland",
    "other": "singapore",
    "email": "singapore",
}
REASON: Final[dict[Party, str]] = {
    "singapore": "accounts-singapore",
    "mainland": "accounts-mainland",
    "not-clear": "accounts-not-clear",
}


class Contract(Struct, frozen=True):
    """The accounts that seem to fall under one contract: how many, of which kinds.

    `reason` names the sentence in reasons.toml, with its sources; its place is {count}.
    """

    party: Party
    kinds: tuple[str, ...]
    number: int
    reason: str


def contracts_of(counts: Mapping[str, int]) -> tuple[Contract, ...]:
    """The contracts behind accounts counted by kind (the keys of *Roster as JSON*); none without an account.

    A kind that Guia does not know is not clear. The numbers add up to those given.
    """
    found: list[Contract] = []
    for party, reason in REASON.items():
        kinds = tuple(kind for kind, number in counts.items() if number and _PARTY.get(kind, "not-clear") == party)
        if kinds:
            found.append(Contract(party, kinds, sum(counts[kind] for kind in kinds), reason))
    return tuple(found)
