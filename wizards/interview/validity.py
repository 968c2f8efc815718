"""Whether values fit their questions: kinds, options, limits, rows. For files and for what the window hands over."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from wizards.content.bank import Bank
from wizards.content.shapes import Column, Question
from wizards.interview.mistakes import LONGEST_TEXT, MOST_ROWS, Mistake, below

HIGHEST: Final = 10_000_000
LONGEST_ID: Final = 64
# days beyond these are slips of the pen, and dates reckoned from them would leave the calendar
FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
_ROW_KEYS: Final = ("id", "origin")


def check_answers(bank: Bank, answers: Mapping[str, Any], place: str = "$.answers") -> Iterator[Mistake]:
    """Every mistake in `answers`, each with its JSON path."""
    for key, value in answers.items():
        question = bank.questions.get(key)
        if question is None:
            yield Mistake(below(place, key), "unknown-key", name=key, known=tuple(bank.questions))
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
    options = tuple(option.id for option in item.options)
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
            texts = [one for one in value if isinstance(one, str)]
            if len(set(texts)) < len(texts):
                yield Mistake(place, "option-twice")
        case "number":
            low, high = (item.minimum, item.maximum) if isinstance(item, Question) else (0, HIGHEST)
            yield from _number(value, low, high, place)
        case "date":
            yield from _date(value, place)
        case _:
            yield from _text(value, place)


def _option(value: object, options: tuple[str, ...], place: str) -> Iterator[Mistake]:
    if value not in options:
        yield Mistake(place, "unknown-option", name=value if isinstance(value, str) else "", known=options)


def _number(value: object, low: int, high: int, place: str) -> Iterator[Mistake]:
    if isinstance(value, bool) or not isinstance(value, int):
        yield Mistake(place, "not-a-number")
    elif not low <= value <= high:
        yield Mistake(place, "number-out-of-range", {"low": str(low), "high": str(high)})


def _date(value: object, place: str) -> Iterator[Mistake]:
    day = as_day(value)
    if day is None:
        yield Mistake(place, "not-a-date")
    elif not FIRST_DAY <= day <= LAST_DAY:
        yield Mistake(place, "date-out-of-range", {"low": FIRST_DAY.isoformat(), "high": LAST_DAY.isoformat()})


def as_day(value: object) -> date | None:
    """The day that `value` writes as YYYY-MM-DD; None for anything else."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return day if day is not None and day.isoformat() == value else None


def _text(value: object, place: str) -> Iterator[Mistake]:
    if not isinstance(value, str):
        yield Mistake(place, "not-a-text")
    elif len(value) > LONGEST_TEXT:
        yield Mistake(place, "text-too-long", {"limit": str(LONGEST_TEXT)})


def _counts(question: Question, value: object, place: str) -> Iterator[Mistake]:
    if not isinstance(value, dict):
        yield Mistake(place, "not-an-object")
        return
    options = tuple(option.id for option in question.options)
    for key, number in value.items():
        if key not in options:
            yield Mistake(below(place, key), "unknown-key", name=key, known=options)
        else:
            yield from _number(number, 0, HIGHEST, f"{place}.{key}")


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
                yield Mistake(below(here, key), "unknown-key", name=key, known=(*columns, *_ROW_KEYS))
        if "origin" in row:
            yield from _text(row["origin"], f"{here}.origin")


def _row_id(row_id: object, seen: set[str], place: str) -> Iterator[Mistake]:
    shaped = isinstance(row_id, str) and 0 < len(row_id) <= LONGEST_ID
    if not isinstance(row_id, str) or not shaped or not row_id.isprintable() or " " in row_id:
        yield Mistake(f"{place}.id", "bad-row-id")
    elif row_id in seen:
        yield Mistake(f"{place}.id", "row-id-twice")
    else:
        seen.add(row_id)
