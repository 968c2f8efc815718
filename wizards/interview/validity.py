"""Whether values fit their questions: kinds, options, limits, rows. Used for files and for what the window hands over."""

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from wizards.content.bank import Bank
from wizards.content.shapes import Column, Question
from wizards.interview.mistakes import LONGEST_TEXT, MOST_ROWS, Mistake

_ROW_KEYS = frozenset({"id", "origin"})
_LONGEST_ID = 64


def check_answers(bank: Bank, answers: Mapping[str, Any], place: str = "$.answers") -> Iterator[Mistake]:
    """Every mistake in `answers`, each with its JSON path."""
    for key, value in answers.items():
        question = bank.questions.get(key)
        if question is None:
            yield Mistake(f"{place}.{key}", "unknown-key", {"nearest": _nearest(key, list(bank.questions))})
        else:
            yield from check_value(question, value, f"{place}.{key}")


def check_value(question: Question, value: object, place: str) -> Iterator[Mistake]:
    """Mistakes in one answer; None, "I do not know", always fits."""
    if value is None:
        return
    if question.kind == "rows":
        yield from _rows(question, value, place)
    elif question.kind == "counts":
        yield from _counts(question, value, place)
    else:
        yield from _cell(question, value, place)


def _cell(item: Question | Column, value: object, place: str) -> Iterator[Mistake]:
    options = [option.id for option in item.options]
    match item.kind:
        case "yes-no":
            if not isinstance(value, bool):
                yield Mistake(place, "not-yes-no")
        case "choice":
            yield from _option(value, options, place)
        case "many":
            if not isinstance(value, list):
                yield Mistake(place, "not-a-list")
                return
            for number, one in enumerate(value):
                yield from _option(one, options, f"{place}[{number}]")
            if len({str(one) for one in value}) < len(value):
                yield Mistake(place, "option-twice")
        case "number":
            low, high = (item.minimum, item.maximum) if isinstance(item, Question) else (0, 10_000_000)
            yield from _number(value, low, high, place)
        case "date":
            yield from _date(value, place)
        case _:
            yield from _text(value, place)


def _option(value: object, options: list[str], place: str) -> Iterator[Mistake]:
    if value not in options:
        shown = str(value)[:_LONGEST_ID] if isinstance(value, str) else ""
        yield Mistake(place, "unknown-option", {"nearest": _nearest(shown, options), "options": ", ".join(options)})


def _number(value: object, low: int, high: int, place: str) -> Iterator[Mistake]:
    if isinstance(value, bool) or not isinstance(value, int):
        yield Mistake(place, "not-a-number")
    elif not low <= value <= high:
        yield Mistake(place, "number-out-of-range", {"low": str(low), "high": str(high)})


def _date(value: object, place: str) -> Iterator[Mistake]:
    try:
        if not isinstance(value, str) or date.fromisoformat(value).isoformat() != value:
            yield Mistake(place, "not-a-date")
    except ValueError:
        yield Mistake(place, "not-a-date")


def _text(value: object, place: str) -> Iterator[Mistake]:
    if not isinstance(value, str):
        yield Mistake(place, "not-a-text")
    elif len(value) > LONGEST_TEXT:
        yield Mistake(place, "text-too-long", {"limit": str(LONGEST_TEXT)})


def _counts(question: Question, value: object, place: str) -> Iterator[Mistake]:
    if not isinstance(value, dict):
        yield Mistake(place, "not-an-object")
        return
    options = [option.id for option in question.options]
    for key, number in value.items():
        if key not in options:
            yield Mistake(f"{place}.{key}", "unknown-key", {"nearest": _nearest(key, options)})
        else:
            yield from _number(number, 0, 10_000_000, f"{place}.{key}")


def _rows(question: Question, value: object, place: str) -> Iterator[Mistake]:
    if not isinstance(value, list):
        yield Mistake(place, "not-a-list")
        return
    if len(value) > MOST_ROWS:
        yield Mistake(place, "too-many-rows", {"limit": str(MOST_ROWS)})
        return
    columns = {column.id: column for column in question.columns}
    seen: set[str] = set()
    for number, row in enumerate(value):
        here = f"{place}[{number}]"
        if not isinstance(row, dict):
            yield Mistake(here, "not-an-object")
            continue
        yield from _row_id(row.get("id"), seen, here)
        for key, cell in row.items():
            if key in columns:
                yield from _cell(columns[key], cell, f"{here}.{key}") if cell is not None else ()
            elif key not in _ROW_KEYS:
                yield Mistake(f"{here}.{key}", "unknown-key", {"nearest": _nearest(key, [*columns, "id"])})
        if "origin" in row:
            yield from _text(row["origin"], f"{here}.origin")


def _row_id(row_id: object, seen: set[str], place: str) -> Iterator[Mistake]:
    if not isinstance(row_id, str) or not row_id or len(row_id) > _LONGEST_ID or not row_id.isprintable() or " " in row_id:
        yield Mistake(f"{place}.id", "bad-row-id")
    elif row_id in seen:
        yield Mistake(f"{place}.id", "row-id-twice")
    else:
        seen.add(row_id)


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name[:200], known, n=1, cutoff=0.3)
    return near[0] if near else (known[0] if known else "")
