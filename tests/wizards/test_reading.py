"""Answers files from outside: what is refused, with which mistake at which place, how soon, and what is let in."""

import json
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.content import bank
from tests.wizards.valid_answers import IDS
from wizards.content.samples import sample_answers
from wizards.content.shapes import Column, Question
from wizards.interview.mistakes import LONGEST_FILE, MOST_TOLD, Unreadable, visible
from wizards.interview.reading import SCHEMA, read

HEAD = b'{"schema": "guia.answers/1", "answers": {'


def file(inside: str | bytes) -> bytes:
    """An answers file with `inside` between the braces of its answers."""
    return HEAD + (inside.encode() if isinstance(inside, str) else inside) + b"}}"


def told(raw: bytes) -> list[tuple[str, str]]:
    """The mistakes of a file as (place, kind); none where it is read."""
    try:
        read(raw, bank())
    except Unreadable as error:
        return [(mistake.shown_place, mistake.kind) for mistake in error.mistakes]
    return []


A = "$.answers."
ONE: dict[str, tuple[bytes, tuple[str, str]]] = {
    "nothing": (b"", ("$", "file-empty")),
    "blanks": (b" \r\n\t", ("$", "file-empty")),
    "no json": (b"hello", ("line 1, column 1", "not-json")),
    "half a file": (file('"staff": 3')[:-1], ("line 1, column 53", "not-json")),
    "something after": (file("") + b"1", ("line 1, column 44", "not-json")),
    "comma at the end": (file('"staff": 3,'), ("line 1, column 53", "not-json")),
    "second line": (b'{\n "schema": x}', ("line 2, column 12", "not-json")),
    "utf-16 with a mark": (file("").decode().encode("utf-16"), ("byte 0", "not-utf8")),
    "utf-16 without": (file("").decode().encode("utf-16-le"), ("byte 0", "not-utf8")),
    "latin-1": (file('"business-name": "São"').decode().encode("latin-1"), ("byte 60", "not-utf8")),
    "raw newline in a text": (file('"business-name": "a\nb"'), ("line 1, column 61", "control-character")),
    "raw NUL in a text": (file('"business-name": "a\0b"'), ("line 1, column 61", "nul")),
    "raw NUL between": (file("\0"), ("line 1, column 42", "nul")),
    "a list": (b"[]", ("$", "not-an-object")),
    "a text": (b'"x"', ("$", "not-an-object")),
    "null": (b"null", ("$", "not-an-object")),
    "a number": (b"NaN", ("$", "bad-number")),
    "answers missing": (b'{"schema": "guia.answers/1"}', ("$.answers", "not-an-object")),
    "answers null": (b'{"schema": "guia.answers/1", "answers": null}', ("$.answers", "not-an-object")),
    "schema missing": (b'{"answers": {}}', ("$.schema", "wrong-schema")),
    "schema of later": (b'{"schema": "guia.answers/2", "answers": {}}', ("$.schema", "wrong-schema")),
    "schema a list": (b'{"schema": [], "answers": {}}', ("$.schema", "wrong-schema")),
    "key beside": (b'{"schema": "guia.answers/1", "answers": {}, "answer": {}}', ("$.answer", "unknown-key")),
    "key twice on top": (
        b'{"schema": "guia.answers/1", "schema": "guia.answers/1", "answers": {}}',
        ("$.schema", "key-twice"),
    ),
    "key twice in answers": (file('"staff": 1, "staff": 1'), (A + "staff", "key-twice")),
    "key twice in a row": (
        file('"flows": [{"id": "a", "name": "x", "name": "y"}]'),
        (A + "flows[0].name", "key-twice"),
    ),
    "key twice in counts": (file('"accounts": {"+86": 1, "+86": 2}'), (A + "accounts.+86", "key-twice")),
    "unknown question": (file('"staf": 1'), (A + "staf", "unknown-key")),
    "unknown column": (file('"flows": [{"id": "a", "nmae": "x"}]'), (A + "flows[0].nmae", "unknown-key")),
    "unknown account": (file('"accounts": {"+351": 1}'), (A + "accounts.+351", "unknown-key")),
    "NaN": (file('"staff": NaN'), (A + "staff", "bad-number")),
    "infinity": (file('"staff": -Infinity'), (A + "staff", "bad-number")),
    "too large a float": (file('"staff": 1e999'), (A + "staff", "bad-number")),
    "65 bits": (file('"staff": 9223372036854775808'), (A + "staff", "bad-number")),
    "many digits": (file('"staff": ' + "9" * 1_000_000), (A + "staff", "bad-number")),
    "64 bits": (file('"staff": 9223372036854775807'), (A + "staff", "number-out-of-range")),
    "below nought": (file('"staff": -1'), (A + "staff", "number-out-of-range")),
    "a fraction": (file('"staff": 1.5'), (A + "staff", "not-a-number")),
    "a float": (file('"staff": 1.0'), (A + "staff", "not-a-number")),
    "yes for a number": (file('"staff": true'), (A + "staff", "not-a-number")),
    "text for a number": (file('"staff": "3"'), (A + "staff", "not-a-number")),
    "number for yes": (file('"mainland-accounts": 1'), (A + "mainland-accounts", "not-yes-no")),
    "text for yes": (file('"mainland-accounts": "true"'), (A + "mainland-accounts", "not-yes-no")),
    "unknown option": (file('"sector": "restaurants"'), (A + "sector", "unknown-option")),
    "a list for an option": (file('"sector": ["restaurant"]'), (A + "sector", "unknown-option")),
    "an object for an option": (file('"sector": {"a": []}'), (A + "sector", "unknown-option")),
    "yes for an option": (file('"sector": true'), (A + "sector", "unknown-option")),
    "option for a list": (file('"dingtalk-kinds": "pay"'), (A + "dingtalk-kinds", "not-a-list")),
    "a list among options": (file('"dingtalk-kinds": ["pay", ["pay"]]'), (A + "dingtalk-kinds[1]", "unknown-option")),
    "null among options": (file('"dingtalk-kinds": [null]'), (A + "dingtalk-kinds[0]", "unknown-option")),
    "option twice": (file('"dingtalk-kinds": ["pay", "pay"]'), (A + "dingtalk-kinds", "option-twice")),
    "no counts": (file('"accounts": [1]'), (A + "accounts", "not-an-object")),
    "count below nought": (file('"accounts": {"+86": -1}'), (A + "accounts.+86", "number-out-of-range")),
    "count unknown": (file('"accounts": {"+86": null}'), (A + "accounts.+86", "not-a-number")),
    "text a number": (file('"business-name": 3'), (A + "business-name", "not-a-text")),
    "text too long": (file(f'"business-name": "{"字" * 4001}"'), (A + "business-name", "text-too-long")),
    "NUL": (file(r'"business-name": "a\u0000b"'), (A + "business-name", "nul")),
    "half a character": (file(r'"business-name": "\ud800"'), (A + "business-name", "surrogate")),
    "half a character the other way": (file(r'"business-name": "\udc00\ud800"'), (A + "business-name", "surrogate")),
    "no such day": (file('"simplified-date": "2026-02-30"'), (A + "simplified-date", "not-a-date")),
    "day without strokes": (file('"simplified-date": "20261123"'), (A + "simplified-date", "not-a-date")),
    "week": (file('"simplified-date": "2026-W48-1"'), (A + "simplified-date", "not-a-date")),
    "day with a time": (file('"simplified-date": "2026-11-23T00:00"'), (A + "simplified-date", "not-a-date")),
    "wide digits": (file('"simplified-date": "２０２６-11-23"'), (A + "simplified-date", "not-a-date")),
    "day a number": (file('"simplified-date": 20261123'), (A + "simplified-date", "not-a-date")),
    "day of long ago": (file('"simplified-date": "0226-11-23"'), (A + "simplified-date", "date-out-of-range")),
    "the last day": (file('"simplified-date": "9999-12-31"'), (A + "simplified-date", "date-out-of-range")),
    "rows an object": (file('"flows": {"id": "a"}'), (A + "flows", "not-a-list")),
    "row a text": (file('"flows": ["a"]'), (A + "flows[0]", "not-an-object")),
    "row null": (file('"flows": [null]'), (A + "flows[0]", "not-an-object")),
    "row without id": (file('"flows": [{}]'), (A + "flows[0].id", "bad-row-id")),
    "id a number": (file('"flows": [{"id": 1}]'), (A + "flows[0].id", "bad-row-id")),
    "id a list": (file('"flows": [{"id": []}]'), (A + "flows[0].id", "bad-row-id")),
    "id empty": (file('"flows": [{"id": ""}]'), (A + "flows[0].id", "bad-row-id")),
    "id with a blank": (file('"flows": [{"id": "a b"}]'), (A + "flows[0].id", "bad-row-id")),
    "id with a control character": (file(r'"flows": [{"id": "a\u001b"}]'), (A + "flows[0].id", "bad-row-id")),
    "id with a direction mark": (file(r'"flows": [{"id": "a\u202eb"}]'), (A + "flows[0].id", "bad-row-id")),
    "id too long": (file(f'"flows": [{{"id": "{"a" * 65}"}}]'), (A + "flows[0].id", "bad-row-id")),
    "id twice": (file('"flows": [{"id": "a"}, {"id": "a"}]'), (A + "flows[1].id", "row-id-twice")),
    "cell of another kind": (file('"flows": [{"id": "a", "kinds": "pay"}]'), (A + "flows[0].kinds", "not-a-list")),
    "origin a number": (file('"flows": [{"id": "a", "origin": 1}]'), (A + "flows[0].origin", "not-a-text")),
    "501 rows": (
        file('"flows": [' + ",".join(f'{{"id": "{n}"}}' for n in range(501)) + "]"),
        (A + "flows", "too-many-rows"),
    ),
    "33 levels": (b"[" * 33 + b"]" * 33, ("$", "too-deep")),
    "100,000 levels": (b"[" * 100_000, ("$", "too-deep")),
    "100,000 objects": (b'{"a":' * 100_000, ("$", "too-deep")),
    "levels after a text with no end": (b'"' + b"[" * 100_000, ("line 1, column 1", "not-json")),
    "32 levels": (b"[" * 32 + b"]" * 32, ("$", "not-an-object")),
}


@pytest.mark.parametrize("name", ONE)
def test_each_mistake_is_told_at_its_place(name: str) -> None:
    raw, expected = ONE[name]
    assert told(raw) == [expected]


def test_all_mistakes_are_told_in_one_go() -> None:
    raw = (
        b'{"schema": "x", "zz": NaN, "answers": {"staff": NaN, "sector": 1, "staf": "\\u0000", "flows": [{"nmae": 1}]}}'
    )
    assert told(raw) == [
        ("$.zz", "bad-number"),
        (A + "staff", "bad-number"),
        (A + "staf", "nul"),
        ("$.schema", "wrong-schema"),
        (A + "sector", "unknown-option"),
        (A + "flows[0].id", "bad-row-id"),
        (A + "flows[0].nmae", "unknown-key"),
    ]


def test_half_characters_and_nul_in_keys_are_told_and_shown() -> None:
    assert told(file(r'"\ud800": 1')) == [(A + r"\ud800", "surrogate")]
    assert told(file(r'"a\u0000": 1')) == [(A + r"a\u0000", "nul")]
    assert told(file('"\u202eabc": 1')) == [(A + r"\u202eabc", "unknown-key")]


@pytest.mark.parametrize(
    ("raw", "near"),
    [
        (file('"sectr": 1'), "sector"),
        (file('"flows": [{"id": "a", "chanel": 1}]'), "channel"),
        (file('"flows": [{"id": "a", "channel": "emial"}]'), "email"),
        (file('"accounts": {"+8": 1}'), "+86"),
        (b'{"schema": "guia.answers/1", "answers": {}, "shema": 1}', "schema"),
    ],
)
def test_the_nearest_known_name_is_told(raw: bytes, near: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(raw, bank())
    assert caught.value.mistakes[0].values["nearest"] == near


@pytest.mark.parametrize(
    "inside",
    [
        "",
        '"staff": null, "flows": null, "accounts": null, "dingtalk-kinds": null, "simplified-date": null',
        '"flows": [], "dingtalk-kinds": [], "accounts": {}',
        '"accounts": {"+86": -0}',
        f'"business-name": "{"字" * 4000}"',
        '"business-name": "' + "[{" * 2000 + '"',
        r'"business-name": "\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\"',
        r'"business-name": "\ud83d\ude00"',
        '"business-name": "\u202e\u200f\x7f\u2028"',
        r'"business-name": "\u001b[31m\u0007\r\n"',
        '"flows": [{"id": "澳門-1", "name": null, "kinds": []}]',
        '"simplified-date": "2024-02-29"',
        '"flows": [' + ",".join(f'{{"id": "{n}"}}' for n in range(500)) + "]",
    ],
)
def test_what_is_within_the_limits_is_read(inside: str) -> None:
    assert read(file(inside), bank()) == json.loads(b"{" + inside.encode() + b"}")
    assert read(b"\xef\xbb\xbf" + file(inside), bank()) == json.loads(b"{" + inside.encode() + b"}")


def test_the_fullest_answers_that_are_valid_are_read() -> None:
    """Every table with 500 rows, every cell filled: the bound on a file's parts is far above them."""

    def full(item: Question | Column) -> object:
        options = [option.id for option in item.options]
        return {"yes-no": True, "number": 1, "date": "2026-11-23", "text": "x" * 20, "many": options}.get(
            item.kind, options and options[0]
        )

    answers: dict[str, Any] = {}
    for question in bank().questions.values():
        if question.kind == "rows":
            cells = {column.id: full(column) for column in question.columns}
            answers[question.id] = [{"id": f"r{n}", **cells} for n in range(500)]
        elif question.kind == "counts":
            answers[question.id] = {option.id: 1 for option in question.options}
        else:
            answers[question.id] = full(question)
    raw = json.dumps({"schema": SCHEMA, "answers": answers}, indent=1).encode()
    assert len(raw) < LONGEST_FILE / 2
    assert read(raw, bank()) == answers


N = 19_999_000
SLOW: dict[str, Callable[[], bytes]] = {
    "quotes that never end": lambda: b'\\"' * (N // 2),
    "a text that never ends": lambda: b'{"a": "' + b"x" * N,
    "backslashes": lambda: b'{"a": "' + b"\\\\" * (N // 2),
    "one text": lambda: file(b'"business-name": "' + b"a" * N + b'"'),
    "one key": lambda: file(b'"' + b"k" * N + b'": 1'),
    "a long key over many mistakes": lambda: file(b'"' + b"k" * 10_000_000 + b'": [' + b"NaN," * 300_000 + b"1]"),
    "one number": lambda: file(b'"staff": ' + b"9" * N),
    "one fraction": lambda: file(b'"staff": 0.' + b"9" * N),
    "one key again and again": lambda: file(b'"a":1,' * (N // 6) + b'"a":1'),
    "as many keys as parts allow": lambda: file(b",".join(b'"k%d":[]' % n for n in range(120_000))),
    "as many NaN as parts allow": lambda: file(b'"flows": [' + b"NaN," * 490_000 + b"1]"),
    "as many options as parts allow": lambda: file(b'"dingtalk-kinds": [' + b'"x",' * 240_000 + b"1]"),
    "as many rows as parts allow": lambda: file(b'"flows": [' + b"{}," * 160_000 + b"1]"),
    "rows beyond": lambda: file(b'"flows": [' + b"{}," * (N // 3) + b"1]"),
    "long words": lambda: file(b",".join(b'"%s%d":1' % (b"sector" * 300, n) for n in range(10_000))),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_hostile_file_is_answered_soon_and_takes_little_memory(name: str) -> None:
    raw = SLOW[name]()
    assert len(raw) <= LONGEST_FILE
    start = time.process_time()
    with pytest.raises(Unreadable) as caught:
        read(raw, bank())
    texts = [(mistake.shown_place, dict(mistake.values)) for mistake in caught.value.mistakes]
    assert time.process_time() - start < 8
    assert len(texts) <= MOST_TOLD
    assert all(len(place) < 400 for place, _ in texts)


def test_a_text_without_an_end_takes_no_memory_of_its_own() -> None:
    raw = SLOW["a text that never ends"]()
    tracemalloc.start()
    try:
        told(raw)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 100_000_000


def test_a_file_over_the_limit_is_refused_unread() -> None:
    assert told(b"[" * (LONGEST_FILE + 1)) == [("$", "file-too-large")]


def test_of_many_mistakes_the_first_are_told_and_the_others_counted() -> None:
    with pytest.raises(Unreadable) as caught:
        read(file(",".join(f'"k{n}": 1' for n in range(2500))), bank())
    assert len(caught.value.mistakes) == MOST_TOLD
    assert caught.value.more == 2500 - MOST_TOLD


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | IDS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.sampled_from(["id", "name"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*bank().questions, "x"]), JSON, max_size=4))
def test_any_json_as_answers_is_read_or_refused_with_places(answers: dict[str, Any]) -> None:
    raw = json.dumps({"schema": SCHEMA, "answers": answers}).encode()
    for place, _ in told(raw):
        assert place.startswith("$")


@settings(max_examples=200)
@given(st.binary(max_size=60) | st.text('{}[]",:\\u0d8 1eE-+.NaIt\n', max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    assert told(raw)
    assert told(HEAD + raw + b"}}") is not None


@given(st.integers(0, 4000), st.integers(0, 255))
def test_a_damaged_sample_is_read_or_refused(place: int, byte: int) -> None:
    raw = bytearray(
        json.dumps({"schema": SCHEMA, "answers": sample_answers(bank().sectors["clinic"], "zh-Hant")}).encode()
    )
    raw[place % len(raw)] = byte
    told(bytes(raw))


def test_what_a_terminal_would_obey_is_made_visible() -> None:
    assert visible("a\u202eb\x1b[2J\x9b\u2028\ud800\U000e0001") == r"a\u202eb\u001b[2J\u009b\u2028\ud800\udb40\udc01"
    plain = "澳門 São, 文\u3000字 – «x»\u00a0"
    assert visible(plain) == plain
