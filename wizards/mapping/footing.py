"""What a business stands on at DingTalk: the contract each kind of account falls under, and how the rest is known.

Facts: ecosystem 1.1 and 1.2. By the opening of DingTalk's own policies, the contract follows the number or address with
which an account was registered. Their clauses on place and period were not read, so nothing is concluded about those.
"""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

from wizards.interview.answers import Answers

Party = Literal["singapore", "mainland", "not-clear"]
About = Literal["hosting", "retention", "ai-training", "ai-minutes"]
How = Literal["unknown", "told", "in-writing", "in-contract", "no-matter"]

_PARTY: Final[dict[str, Party]] = {
    "+853": "singapore",
    "+852": "singapore",
    "+86": "mainland",
    "other": "singapore",
    "email": "singapore",
}
_REASON: Final[dict[Party, str]] = {
    "singapore": "accounts-singapore",
    "mainland": "accounts-mainland",
    "not-clear": "accounts-not-clear",
}
_TRAINING: Final[dict[object, How]] = {
    "told-no": "told",
    "written-no": "in-writing",
    "contract-no": "in-contract",
    "yes": "no-matter",  # whoever says so against its own interest needs no proof
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
    in_order = dict.fromkeys((*_PARTY, *counts))
    for party, reason in _REASON.items():
        kinds = tuple(kind for kind in in_order if counts.get(kind) and _PARTY.get(kind, "not-clear") == party)
        if kinds:
            found.append(Contract(party, kinds, sum(counts[kind] for kind in kinds), reason))
    return tuple(found)


def contracts(answers: Answers) -> tuple[Contract, ...]:
    """The contracts behind a business's accounts; none while neither counts nor "nobody with +86" are known.

    Counts that a roster gave are kept also where nobody has +86 and they are no longer asked; they count unless they
    speak against that answer.
    """
    counts = answers.get("accounts")
    nobody = answers.get("mainland-accounts") is False
    if isinstance(counts, dict) and any(counts.values()) and not (nobody and counts.get("+86")):
        return contracts_of(counts)
    return (Contract("singapore", (), 0, "accounts-all-singapore"),) if nobody else ()


def known_of(answers: Answers) -> dict[About, How]:
    """How the owner knows what the supplier does, each. What was only told counts as not known."""
    place, switches = answers.get("hosting-place"), answers.get("ai-switches")
    return {
        "hosting": "unknown" if place is None else _evidence(answers, "hosting-evidence"),
        "retention": _evidence(answers, "retention-evidence"),
        "ai-training": _TRAINING.get(answers.get("ai-training"), "unknown"),
        "ai-minutes": "no-matter" if switches == [] else _evidence(answers, "minutes-evidence" if switches else ""),
    }


def _evidence(answers: Answers, question: str) -> How:
    found = answers.get(question)
    return found if found in {"told", "in-writing", "in-contract"} else "unknown"
