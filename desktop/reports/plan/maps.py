"""The map of the flows: as it is, what the plan changes, and as it will be. The table of flows follows it."""

from collections.abc import Sequence
from typing import Final

from msgspec import structs

from desktop.reports.document import Block, Bullets, Drawing, Heading, Paragraph
from desktop.reports.plan.case import Case
from desktop.reports.plan.voice import NAME, cut
from wizards.interview.walk import settle
from wizards.mapping import chosen
from wizards.mapping.difference import difference
from wizards.mapping.drawing.geometry import draw
from wizards.mapping.drawing.nodes import Drawn

_WIDTH: Final = 520
"""Units: on a page the names are then 8.5 points high, as on the cards."""
_MOST: Final = 14
"""So many ways fit a page at that size; beyond, flows that go the same way are joined."""


def maps(case: Case) -> list[Block]:
    """Both maps with the difference in words between them; one map where nothing moves; nothing without flows."""
    say = case.voice.say
    situation = settle(case.bank, case.answers, case.plan.as_of)
    now, later = _brief(chosen.now(situation)), _brief(chosen.later(situation))
    if not now:
        return []
    blocks: list[Block] = [
        Heading(1, say("map.title")),
        Paragraph(say("map-paper.lead")),
        _drawing(case, now),
        Heading(2, say("map-paper.changes")),
        Bullets(difference(case.bank, now, later, case.voice.lang, case.voice.words)),
    ]
    if [flow.row for flow, _, _ in now] != [flow.row for flow, _, _ in later]:
        blocks += [Heading(2, say("map-paper.after")), _drawing(case, later)]
    return blocks


def _brief(drawn: Sequence[Drawn]) -> list[Drawn]:
    """The flows with names cut where they would fill a page, as everywhere in a paper."""
    return [
        (structs.replace(flow, name=cut(flow.name, NAME), place_name=cut(flow.place_name, NAME)), route, tier)
        for flow, route, tier in drawn
    ]


def _drawing(case: Case, drawn: Sequence[Drawn]) -> Drawing:
    return Drawing(draw(case.bank, drawn, case.voice.lang, case.voice.words, _WIDTH, _MOST))
