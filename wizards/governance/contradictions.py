"""Answers that do not fit together, found as soon as they are given. What counts stands in contradictions.toml."""

from msgspec import Struct

from wizards.content.shapes import Contradiction
from wizards.governance.tiers import TIERS
from wizards.interview.answers import each_row, named
from wizards.interview.situation import Situation
from wizards.interview.truth import holds


class Found(Struct, frozen=True):
    """A contradiction that holds now: the names of its rows, and the questions by which it can be mended."""

    contradiction: Contradiction
    rows: tuple[str, ...] = ()
    change: tuple[str, ...] = ()


def contradictions_of(situation: Situation) -> tuple[Found, ...]:
    """Every contradiction in the answers, in the order of the content. What is not known yet contradicts nothing."""
    found = (_found(one, situation) for one in situation.bank.contradictions)
    return tuple(one for one in found if one is not None)


def _found(one: Contradiction, situation: Situation) -> Found | None:
    if not one.for_each:
        return Found(one, change=one.change) if holds(one.when, situation).value is True else None
    rows = {
        i: row
        for i, row in each_row(situation.answers, one.for_each)
        if holds(one.when, situation, one.for_each, row).value is True
    }
    if not rows:
        return None
    own = {f"tier-{situation.tiers[i].id}" for i in rows if i in situation.tiers}
    others = {f"tier-{tier}" for tier in TIERS} - own
    names = tuple(named(row) for row in rows.values())
    return Found(one, names, tuple(question for question in one.change if question not in others))
