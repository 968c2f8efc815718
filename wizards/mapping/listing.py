"""The table beside the map: the same flows with the same content, as plain texts in one language."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from wizards.content.bank import Bank
from wizards.content.text import Text
from wizards.mapping.drawing.letters import clean
from wizards.mapping.drawing.naming import Tongue
from wizards.mapping.drawing.nodes import Drawn, way_of

COLUMNS: Final = ("name", "people", "volume", "kinds", "channel", "place", "leaves", "route", "tier")


class Line(Struct, frozen=True):
    """One flow: its id and a text for each of COLUMNS."""

    flow: str
    cells: tuple[str, ...]


def table(
    bank: Bank, drawn: Sequence[Drawn], lang: str, words: Mapping[str, Text]
) -> tuple[tuple[str, ...], tuple[Line, ...]]:
    """The header and one line for each flow, in the owner's order."""
    tongue = Tongue(bank, lang, words)
    return tuple(tongue.say(f"map-table.{name}") for name in COLUMNS), tuple(_line(each, tongue) for each in drawn)


def _line(drawn: Drawn, tongue: Tongue) -> Line:
    flow, route, tier = drawn
    way = way_of(drawn)
    return Line(
        flow.id,
        (
            clean(flow.name),
            tongue.people(way.people),
            tongue.number(flow),
            tongue.kinds(flow),
            tongue.channel(way.channel),
            tongue.kept(flow),
            tongue.say(f"leaves.{flow.leaves}"),
            tongue.say(f"route.{route.outcome}"),
            tongue.say(f"tier.{tier.id}"),
        ),
    )
