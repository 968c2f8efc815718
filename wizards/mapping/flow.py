"""One flow of personal data as the answers describe it, with its hosting place and what is marked about it."""

from typing import Final

from msgspec import Struct

from wizards.content.bank import Bank
from wizards.interview.answers import Answers, Row, named

WRITTEN: Final = frozenset({"in-writing", "in-contract"})


class Flow(Struct, frozen=True):
    """A row of `flows` made ready for rules. None means not known; `kinds` None means nobody said what is in it.

    `place_name` is what the owner calls a place that Guia has no name for; "" where there is none.
    """

    id: str
    name: str
    row: Row
    kinds: frozenset[str] | None
    marks: frozenset[str]
    channel: str | None
    channel_marks: frozenset[str]
    place: str | None
    evidence: str | None
    place_name: str = ""

    @property
    def on_dingtalk(self) -> bool:
        """Whether the flow runs through DingTalk or one of its add-ons."""
        return "dingtalk" in self.channel_marks

    @property
    def why_tier(self) -> str:
        """What the owner said for a tier other than the recommended one; "" where nothing was said."""
        return str(self.row.get("tier-why") or "").strip()

    @property
    def personal(self) -> bool:
        """Whether it concerns people: so, until it is known that all of it does not (law: Art. 4)."""
        return self.marks != frozenset({"not-personal"})

    def marked(self, mark: str) -> bool | None:
        """Whether some kind carries the mark; None while the kinds are not known."""
        return None if self.kinds is None else mark in self.marks

    @property
    def settled(self) -> bool:
        """Whether its place is known: in writing, where somebody else keeps the data."""
        return self.place is not None and ("hosted" not in self.channel_marks or self.evidence in WRITTEN)

    @property
    def leaves(self) -> str:
        """Whether personal data leave Macao: `yes`, `no` or `unknown`.

        A place that somebody else hosts is known only once the supplier has written it (design: places).
        """
        if not self.personal:
            return "no"
        if self.place is None:
            return "unknown"
        if self.place != "macau":
            return "yes"
        return "no" if self.settled else "unknown"


def flow_of(bank: Bank, answers: Answers, row: Row) -> Flow:
    """The flow that `row` describes.

    A DingTalk channel without a place takes the hosting place from the footing. What lies in the office is in Macao
    where no other office is named.
    """
    channel = row.get("channel")
    channel_marks = bank.marks("flows", "channel", channel) if channel else frozenset()
    place, evidence, place_name = row.get("place"), row.get("place-evidence"), row.get("place-name")
    if place is None and "dingtalk" in channel_marks:
        place, evidence = answers.get("hosting-place"), answers.get("hosting-evidence")
        place_name = answers.get("hosting-where")
    elif "place" not in row and channel in {"paper", "office-computer"} and not answers.get("offices"):
        place = "macau"  # it lies where the business is, unless the owner does not know or names another office
    kinds = row.get("kinds")
    # Plain mark for kinds without any, so that a mixture of plain and impersonal kinds stays personal.
    marks = frozenset(m for k in kinds or () for m in (bank.marks("flows", "kinds", k) or {"plain"}))
    return Flow(
        id=str(row["id"]),
        name=named(row),
        row=row,
        kinds=None if kinds is None else frozenset(kinds),
        marks=marks,
        channel=channel,
        channel_marks=channel_marks,
        place=place,
        evidence=evidence,
        place_name=str(place_name or "") if place == "elsewhere" else "",
    )
