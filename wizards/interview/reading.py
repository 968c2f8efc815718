"""Reads an answers file, strictly: every mistake with its place, and nothing half understood.

Limits (contract): 20 MB a file, nesting 32, 500 rows a table, 4,000 characters a text, whole numbers of 64 bits.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from wizards.content.bank import Bank
from wizards.interview.answers import Value
from wizards.interview.mistakes import LONGEST_FILE, Mistake, Unreadable
from wizards.interview.validity import check_answers

SCHEMA: Final = "guia.answers/1"
_DEEPEST: Final = 32
_MOST_DIGITS: Final = 19
_STRUCTURE: Final = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


class _Repeated(dict[str, Any]):
    """An object in which a key stands twice; kept so that the place can be named."""

    keys_twice: tuple[str, ...] = ()


class _BadNumber:
    """A number that JSON or 64 bits do not allow."""


def read(raw: bytes, bank: Bank) -> dict[str, Value]:
    """The answers in `raw`; raises Unreadable with every mistake."""
    document = parse(raw)
    mistakes = list(_of_json(document, "$"))
    if mistakes:
        raise Unreadable(mistakes)
    if not isinstance(document, dict):
        raise Unreadable([Mistake("$", "not-an-object")])
    mistakes = list(_frame(document))
    if mistakes:
        raise Unreadable(mistakes)
    mistakes = list(check_answers(bank, document["answers"]))
    if mistakes:
        raise Unreadable(mistakes)
    return dict(document["answers"])


def parse(raw: bytes) -> Any:  # noqa: ANN401  # JSON of any shape
    """The JSON value in `raw`, with repeated keys and bad numbers still visible; raises Unreadable."""
    if len(raw) > LONGEST_FILE:
        raise Unreadable([Mistake("$", "file-too-large")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable([Mistake(f"byte {error.start}", "not-utf8")]) from None
    deepest = _depth(raw)
    if deepest > _DEEPEST:
        raise Unreadable([Mistake("$", "too-deep")])
    try:
        return json.loads(
            text,
            object_pairs_hook=_pairs,
            parse_constant=lambda _: _BadNumber(),
            parse_int=lambda digits: int(digits) if len(digits.lstrip("-")) <= _MOST_DIGITS else _BadNumber(),
        )
    except json.JSONDecodeError as error:
        raise Unreadable([Mistake(f"line {error.lineno}, column {error.colno}", "not-json")]) from None


def _depth(raw: bytes) -> int:
    deepest = depth = 0
    for match in _STRUCTURE.finditer(raw):
        if match[0] in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif match[0] in b"]}":
            depth -= 1
    return deepest


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    repeated = _Repeated(made)
    seen: set[str] = set()
    repeated.keys_twice = tuple(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    return repeated


def _of_json(value: object, place: str) -> Iterator[Mistake]:
    """Mistakes that JSON itself should not have: repeated keys, NaN, huge numbers, NUL, lone surrogates."""
    if isinstance(value, _BadNumber) or (isinstance(value, int) and not -(2**63) <= value < 2**63):
        yield Mistake(place, "bad-number")
    elif isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        yield Mistake(place, "bad-number")
    elif isinstance(value, str):
        yield from _of_text(value, place)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _of_json(item, f"{place}[{number}]")
    elif isinstance(value, dict):
        for key in getattr(value, "keys_twice", ()):
            yield Mistake(f"{place}.{key}", "key-twice")
        for key, item in value.items():
            yield from _of_text(key, f"{place}.{key}")
            yield from _of_json(item, f"{place}.{key}")


def _of_text(text: str, place: str) -> Iterator[Mistake]:
    if "\0" in text:
        yield Mistake(place, "nul")
    if any("\ud800" <= character <= "\udfff" for character in text):
        yield Mistake(place, "surrogate")


def _frame(document: dict[str, Any]) -> Iterator[Mistake]:
    if document.get("schema") != SCHEMA:
        yield Mistake("$.schema", "wrong-schema", {"wanted": SCHEMA})
    if not isinstance(document.get("answers"), dict):
        yield Mistake("$.answers", "not-an-object")
    for key in document.keys() - {"schema", "answers"}:
        yield Mistake(f"$.{key}", "unknown-key", {"nearest": "answers"})
