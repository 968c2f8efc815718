"""Reads an answers file, strictly: every mistake with its place, and nothing half understood.

Limits (contract): 20 MB a file, nesting 32, 500 rows a table, 4,000 characters a text, whole numbers of 64 bits. What a
hostile file may cost in time and memory is bounded before anything is built of it.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from wizards.content.bank import Bank
from wizards.interview.answers import Value
from wizards.interview.mistakes import LONGEST_FILE, Mistake, Unreadable, below
from wizards.interview.validity import check_answers

SCHEMA: Final = "guia.answers/1"
_DEEPEST: Final = 32
_MOST_DIGITS: Final = 19
# strings, brackets and commas; the fullest answers that are valid have a sixth of them
_MOST_PARTS: Final = 500_000
# possessive, and a string without an end reaches to the end of the file: one pass, whatever the file holds
_PARTS: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)
_BAD_TEXT: Final = re.compile("[\0\ud800-\udfff]")


class _Repeated(dict[str, Any]):
    """An object in which a key stands twice; kept so that the place can be named."""

    keys_twice: tuple[str, ...] = ()


class _BadNumber:
    """A number that JSON or 64 bits do not allow."""


def read(raw: bytes, bank: Bank) -> dict[str, Value]:
    """The answers in `raw`; raises Unreadable with every mistake."""
    document = parse(raw)
    mistakes = _mistakes(document, bank)
    first = next(mistakes, None)
    if first is not None:
        raise Unreadable(_and(first, mistakes))
    return dict(document["answers"])


def parse(raw: bytes) -> Any:  # noqa: ANN401  # JSON of any shape
    """The JSON value in `raw`, with repeated keys and bad numbers still visible; raises Unreadable."""
    if len(raw) > LONGEST_FILE:
        raise Unreadable([Mistake("$", "file-too-large")])
    if b"\0" in raw[:2]:
        raise Unreadable([Mistake("byte 0", "not-utf8")])  # UTF-16 or UTF-32 without a mark
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable([Mistake(f"byte {error.start}", "not-utf8")]) from None
    if not text.strip():
        raise Unreadable([Mistake("$", "file-empty")])
    _measure(raw)
    try:
        return json.loads(
            text, object_pairs_hook=_pairs, parse_constant=_constant, parse_int=_whole, parse_float=_float
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Unreadable([Mistake(place, _not_json(error))]) from None


def _measure(raw: bytes) -> None:
    """Refuse what is nested too deep or made of too many parts. Strings are passed over whole."""
    depth = 0
    for number, match in enumerate(_PARTS.finditer(raw)):
        if match[0] in b"[{":
            depth += 1
        elif match[0] in b"]}":
            depth -= 1
        if depth > _DEEPEST:
            raise Unreadable([Mistake("$", "too-deep")])
        if number > _MOST_PARTS:
            raise Unreadable([Mistake("$", "too-many-parts")])


def _not_json(error: json.JSONDecodeError) -> str:
    """Which mistake it is: a control character that stands in a text as such has a remedy of its own."""
    character = error.doc[error.pos : error.pos + 1]
    if character == "\0":
        return "nul"
    return "control-character" if character and character < " " and "control" in error.msg else "not-json"


def _constant(_: str) -> _BadNumber:
    return _BadNumber()


def _whole(digits: str) -> int | _BadNumber:
    if len(digits.lstrip("-")) > _MOST_DIGITS:
        return _BadNumber()
    number = int(digits)
    return number if -(2**63) <= number < 2**63 else _BadNumber()


def _float(digits: str) -> float | _BadNumber:
    number = float(digits)
    return _BadNumber() if number in (float("inf"), float("-inf")) else number


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    repeated, seen, twice = _Repeated(made), set[str](), dict[str, None]()
    for key, _ in pairs:
        if key in seen:
            twice[key] = None
        seen.add(key)
    repeated.keys_twice = tuple(twice)
    return repeated


def _and(first: Mistake, others: Iterator[Mistake]) -> Iterator[Mistake]:
    yield first
    yield from others


def _mistakes(document: object, bank: Bank) -> Iterator[Mistake]:
    """Every mistake, each place told once: what JSON should not hold, then the frame, then the answers."""
    told = set()
    for mistake in _of_json(document, "$"):
        told.add(mistake.place)
        yield mistake
    if not isinstance(document, dict):
        if "$" not in told:
            yield Mistake("$", "not-an-object")
        return
    yield from (mistake for mistake in _frame(document) if mistake.place not in told)
    answers = document.get("answers")
    if isinstance(answers, dict):
        yield from (mistake for mistake in check_answers(bank, answers) if mistake.place not in told)


def _of_json(value: object, place: str) -> Iterator[Mistake]:
    """Mistakes that JSON itself should not have: repeated keys, NaN, huge numbers, NUL, lone surrogates."""
    if isinstance(value, _BadNumber):
        yield Mistake(place, "bad-number")
    elif isinstance(value, str):
        yield from _of_text(value, place)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            if _suspect(item):
                yield from _of_json(item, f"{place}[{number}]")
    elif isinstance(value, dict):
        for key in getattr(value, "keys_twice", ()):
            yield Mistake(below(place, key), "key-twice")
        for key, item in value.items():
            yield from _of_text(key, below(place, key))
            if _suspect(item):
                yield from _of_json(item, below(place, key))


def _suspect(value: object) -> bool:
    """Whether there may be something to say; most values are done with here, before a place is written for them."""
    if isinstance(value, str):
        return _BAD_TEXT.search(value) is not None
    return not (value is None or isinstance(value, int | float))


def _of_text(text: str, place: str) -> Iterator[Mistake]:
    found = set(_BAD_TEXT.findall(text))
    if "\0" in found:
        yield Mistake(place, "nul")
    if found - {"\0"}:
        yield Mistake(place, "surrogate")


def _frame(document: dict[str, Any]) -> Iterator[Mistake]:
    if document.get("schema") != SCHEMA:
        yield Mistake("$.schema", "wrong-schema", {"wanted": SCHEMA})
    if not isinstance(document.get("answers"), dict):
        yield Mistake("$.answers", "not-an-object")
    for key in document:
        if key not in {"schema", "answers"}:
            yield Mistake(below("$", key), "unknown-key", name=key, known=("answers", "schema"))
