"""Whether a condition holds: yes, no, or not known yet (None), and because of which answers."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from wizards.content.condition import Condition
from wizards.interview.answers import Row, Value, each_row
from wizards.interview.facts import FACTS, fact
from wizards.interview.situation import Situation


class Truth(Struct, frozen=True):
    """A three-valued result, the ids of the questions that it rests on, and the rows (table, id) for which it holds."""

    value: bool | None
    because: frozenset[str] = frozenset()
    rows: frozenset[tuple[str, str]] = frozenset()


ALWAYS = Truth(value=True)


def holds(condition: Condition | None, situation: Situation, table: str = "", row: Row | None = None) -> Truth:
    """Whether `condition` holds for the business, or for `row` of the rows question `table`. None always holds."""
    if condition is None:
        return ALWAYS
    if condition.all is not None:
        return _all(holds(part, situation, table, row) for part in condition.all)
    if condition.any is not None:
        return _any(holds(part, situation, table, row) for part in condition.any)
    if condition.not_ is not None:
        inner = holds(condition.not_, situation, table, row)
        return Truth(None if inner.value is None else not inner.value, inner.because)
    if condition.some is not None:
        return _some(condition, situation)
    if condition.question is not None:
        known = condition.question in situation.answers
        value = _test(condition, situation.answers.get(condition.question), known=known)
        return Truth(value, frozenset({condition.question} if known else ()))
    if condition.column is not None:
        cell = None if row is None else row.get(condition.column)
        return Truth(_test(condition, cell, known=cell is not None), frozenset({table} if table else ()))
    name = str(condition.fact)
    found = fact(name, situation, row)
    return Truth(_test(condition, found, known=found is not None), FACTS[name].reads & situation.answered)


def questions_in(condition: Condition | None) -> frozenset[str]:
    """The questions that a condition names itself, in any part of it."""
    if condition is None:
        return frozenset()
    parts = (*(condition.all or ()), *(condition.any or ()), condition.not_)
    named = frozenset(q for q in (condition.question, condition.some) if q)
    return named.union(*(questions_in(part) for part in parts if part is not None))


def _test(condition: Condition, value: Value, *, known: bool) -> bool | None:
    """One comparison; an unknown value compares to nothing."""
    if not known or value is None:
        return None
    if condition.at_least is not None:
        size = sum(value.values()) if isinstance(value, dict) else len(value) if isinstance(value, list) else value
        return bool(size >= condition.at_least)
    if condition.one_of is not None:
        return any(v in condition.one_of for v in value) if isinstance(value, list) else value in condition.one_of
    wanted = True if condition.is_ is None else condition.is_
    return wanted in value if isinstance(value, list) else bool(value == wanted)


def _some(condition: Condition, situation: Situation) -> Truth:
    """Whether the condition holds for a row. A table that was not filled in yet is not known."""
    table = str(condition.some)
    if situation.answers.get(table) is None:
        return Truth(None)
    truths = {i: holds(condition.where, situation, table, row) for i, row in each_row(situation.answers, table)}
    found = _any(truths.values())
    held = frozenset((table, i) for i, truth in truths.items() if truth.value is True)
    return Truth(found.value, found.because | {table}, found.rows | held)


def _all(parts: Iterable[Truth]) -> Truth:
    found = tuple(parts)
    for value in (False, None):
        deciding = [part for part in found if part.value is value]
        if deciding:
            return _decided(deciding, value=value)
    return _decided(found, value=True)


def _any(parts: Iterable[Truth]) -> Truth:
    found = tuple(parts)
    for value in (True, None):
        deciding = [part for part in found if part.value is value]
        if deciding:
            return _decided(deciding, value=value)
    return _decided(found, value=False)


def _decided(parts: Sequence[Truth], *, value: bool | None) -> Truth:
    """The result that these parts decide, with all that they rest on."""
    if len(parts) == 1:
        return parts[0]
    because: frozenset[str] = frozenset().union(*(part.because for part in parts))
    return Truth(value, because, frozenset().union(*(part.rows for part in parts)))
