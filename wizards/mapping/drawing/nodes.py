"""Where a flow passes on the map: people, channel, lane, place, look. Ids only, no words and no shapes."""

from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec import Struct

from wizards.governance.tiers import Tier
from wizards.mapping.flow import Flow
from wizards.mapping.routes import Route

Drawn: TypeAlias = tuple[Flow, Route, Tier]
"""A flow as the map takes it, with its route and its tier."""
Look: TypeAlias = Literal["bare", "plain", "careful", "delicate"]

LANES: Final = ("macau", "hong-kong", "gba-nine", "mainland", "elsewhere", "unknown")
"""The lanes of the place layer from top to bottom. What is not known counts as leaving: beyond the border."""
SHARED: Final = frozenset({"elsewhere", "unknown"})
"""Lanes with several places; every other is a place itself."""
LOOKS: Final[tuple[Look, ...]] = ("bare", "plain", "careful", "delicate")
_LOOK_OF: Final[dict[str, Look]] = {
    "routine": "plain",
    "internal": "plain",
    "confidential": "careful",
    "highly": "delicate",
}
SEVERAL: Final = "several"
"""A node that stands for several, where flows were joined."""


class Spot(NamedTuple):
    """A node: its layer (0 people, 1 work, 2 channel, 3 place), its lane in the place layer, and its id there."""

    layer: int
    lane: str
    id: str


class Way(Struct, frozen=True):
    """One way on the map: the flows that take it together, and the nodes it passes besides its own work."""

    flows: tuple[Drawn, ...]
    people: str
    channel: str
    lane: str
    place: str
    look: Look
    problem: bool

    @property
    def id(self) -> str:
        """The id of its first flow, which names it."""
        return self.flows[0][0].id

    @property
    def spots(self) -> tuple[Spot, Spot, Spot, Spot]:
        """Its node in each layer."""
        return (
            Spot(0, "", self.people),
            Spot(1, "", self.id),
            Spot(2, "", self.channel),
            Spot(3, self.lane, self.place),
        )


def way_of(drawn: Drawn) -> Way:
    """The way of one flow alone."""
    flow, route, tier = drawn
    lane, place = place_of(flow)
    return Way(
        flows=(drawn,),
        people=str(flow.row.get("people") or "") if flow.personal else "nobody",
        channel=flow.channel or "",
        lane=lane,
        place=place,
        look=_LOOK_OF[tier.id] if flow.personal else "bare",
        problem=route.outcome == "none",
    )


def place_of(flow: Flow) -> tuple[str, str]:
    """Lane and id of the place. A place that was only told and would keep the data at home is not known yet."""
    if flow.place is None:
        return "unknown", ""
    if flow.leaves == "unknown":
        return "unknown", "told"
    if flow.place == "elsewhere":
        return "elsewhere", f"named {' '.join(flow.place_name.split()).casefold()}".rstrip()
    return (flow.place, "") if flow.place in LANES else ("elsewhere", flow.place)


def people_in(way: Way) -> int | None:
    """How many people its flows concern; None where nobody said."""
    counted = [int(flow.row["volume"]) for flow, _, _ in way.flows if isinstance(flow.row.get("volume"), int)]
    return sum(counted) if counted else None
