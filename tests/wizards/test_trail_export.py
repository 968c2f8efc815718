"""An exported trail: every byte is covered, what is wrong is named, and a stranger's script says the same."""

import json
from collections import defaultdict
from hashlib import sha256

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.wizards.stranger import AT, exported, links, script, split, stranger
from wizards.content.text import Text
from wizards.trail.anchor import Anchor
from wizards.trail.chain import append
from wizards.trail.export import Form, verify_lines
from wizards.trail.spoken import told
from wizards.trail.verdict import Broken

CHAIN = links(5)
WHOLE = exported(CHAIN)
LINES = split(WHOLE)
SOME = exported(CHAIN, since=2)
CUT = links(6)
CUT.append(append(CUT[-1], AT, "trail.pruned", "3", CUT[2].hash))
PRUNED = exported(CUT, begins=4)
NONE = exported([])
AFTER_ALL = exported(CHAIN, since=5)
ALL = [WHOLE, SOME, PRUNED, NONE, AFTER_ALL, exported(CUT, since=4, begins=4), exported(CUT, since=1, begins=4)]
agrees = stranger()


def found(content: bytes, *anchors: Anchor) -> Form | Broken:
    return verify_lines(split(content), anchors)


def holds(content: bytes) -> bool:
    """Whether it holds, by Guia and by the script alike."""
    ours = isinstance(found(content), Form)
    assert agrees(content) == ours, content
    return ours


def resealed(closing: dict[str, object]) -> bytes:
    """A closing record with a seal that fits, as somebody makes who knows the page."""

    def plain() -> bytes:
        return json.dumps(closing, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    closing.pop("seal", None)
    closing["seal"] = sha256(plain()).hexdigest()
    return plain() + b"\n"


def test_the_script_is_short_and_uses_nothing_of_guia() -> None:
    assert len(script().splitlines()) <= 30
    assert "guia" not in script().replace("guia.trail/1", "")
    assert [line for line in script().splitlines() if "import" in line] == ["import hashlib, json, sys"]


@pytest.mark.parametrize("content", ALL)
def test_an_export_holds_and_says_what_it_is(content: bytes) -> None:
    assert holds(content)


def test_an_export_from_a_number_on_says_after_which_one() -> None:
    form = found(SOME)
    assert isinstance(form, Form)
    assert (form.since, form.found.begins, form.found.count, form.found.head) == (2, 3, 3, CHAIN[-1].hash)
    nothing = found(AFTER_ALL)
    assert isinstance(nothing, Form)
    assert (nothing.since, nothing.found.count) == (5, 0)


def test_entries_are_held_against_what_the_closing_record_names() -> None:
    *entries, closing = split(SOME)
    record = json.loads(closing)
    assert found(closing) == Broken(3, "missing", 5)
    assert found(b"".join([*LINES[:2], *entries, closing])) == Broken(1, "inserted", 1)
    assert found(b"".join([*entries, resealed({**record, "prev": "ab" * 32})])) == Broken(3, "edited")
    assert found(b"".join([*entries, resealed({**record, "head": "ab" * 32})])) == Broken(5, "edited")


def test_an_export_of_a_pruned_trail_says_since_when() -> None:
    form = found(PRUNED, Anchor(3, CUT[2].hash, AT), Anchor(1, CUT[0].hash, AT), Anchor(5, CUT[4].hash[:25], ""))
    assert isinstance(form, Form)
    assert (form.found.begins, form.found.pruned, form.found.past, form.found.held) == (4, AT, 1, 5)


@given(st.sampled_from(ALL), st.data())
@settings(max_examples=600)
def test_any_single_byte_changed_added_or_removed_is_found(content: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.binary(min_size=1, max_size=1))
    changed = data.draw(
        st.sampled_from(
            [
                content[:place] + byte + content[place + 1 :],
                content[:place] + byte + content[place:],
                content[:place] + content[place + 1 :],
                content + byte,
            ]
        )
    )
    assert holds(changed) == (changed == content)


def test_every_single_byte_is_covered() -> None:
    # each place once, by a change that a careless reader would overlook: another digit, another case, a blank
    for content in (exported(links(2)), NONE):
        for place in range(len(content)):
            for byte in {content[place] ^ 1, content[place] ^ 0x20}:
                assert not holds(content[:place] + bytes([byte]) + content[place + 1 :]), place


@given(st.data())
def test_any_change_of_lines_is_found(data: st.DataObject) -> None:
    order = data.draw(st.lists(st.integers(0, len(LINES) - 1), max_size=8))
    assert holds(b"".join(LINES[place] for place in order)) == (order == list(range(len(LINES))))


@pytest.mark.parametrize(
    "content",
    [
        WHOLE.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + WHOLE,
        b"\xef\xbb\xbf" + NONE,
        WHOLE[:-1],
        WHOLE + b"\n",
        WHOLE + b" ",
        WHOLE + WHOLE,
        WHOLE.replace(b'"seq":3', b'"seq":3.0'),
        WHOLE.replace(b'"seq":3', b'"seq":NaN'),
        WHOLE.replace(b'"seq":3', b'"seq":1e400'),
        WHOLE.replace(b'"seq":3', b'"seq":' + b"9" * 400),
        WHOLE.replace(b'"seq":3', b'"seq":3,"seq":3'),
        WHOLE.replace(b'"seq":3', b'"seq":3,"new":"x"'),
        WHOLE.replace(b'"seq":3', b'"seq":"3"'),
        WHOLE.replace(b'"seq":3', b'"seq":' + b"[" * 60_000),
        WHOLE.replace(b'"who":"owner"', b'"who":"\\ud800"'),
        WHOLE.replace(b'"who":"owner"', b'"who":"' + b"x" * 70_000 + b'"'),
        WHOLE.replace(b'"count":5', b'"count":true'),
        WHOLE.replace(b'"since":0', b'"since":-1'),
        b"",
        b"\n",
        b"null\n",
        b"\x00" * 99,
    ],
)
def test_what_is_written_otherwise_does_not_hold(content: bytes) -> None:
    assert not holds(content)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"count": 4}, Broken(5, "inserted", 5)),
        ({"count": 6}, Broken(6, "missing", 6)),
        ({"first": 0}, Broken(6, "closing")),
        ({"since": 1}, Broken(6, "closing")),
        ({"since": 2**60}, Broken(6, "closing")),
        ({"head": "ab" * 32}, Broken(5, "edited")),
        ({"prev": "ab" * 32}, Broken(6, "closing")),
        ({"closing": "guia.trail/2"}, Broken(6, "closing")),
        ({"who": "x"}, Broken(6, "closing")),
    ],
)
def test_a_closing_record_with_a_seal_that_fits_must_still_fit_the_entries(
    changes: dict[str, object], told: Broken
) -> None:
    content = b"".join(LINES[:-1]) + resealed(json.loads(LINES[-1]) | changes)
    assert not holds(content)
    assert found(content) == told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (WHOLE.replace("ç-2".encode(), b"c-2"), Broken(3, "edited")),
        (WHOLE.replace("ç-4".encode(), b"c-4"), Broken(5, "edited")),
        (WHOLE.replace(b'"seq":3', b'"seq":4'), Broken(3, "edited")),
        (WHOLE.replace(b'"seq":1', b'"seq":2'), Broken(1, "edited")),
        (WHOLE.replace(b'"seq":5', b'"seq":6'), Broken(5, "edited")),
        (WHOLE.replace(b'"seq":5', b'"seq":2'), Broken(5, "edited")),
        (WHOLE.replace(b'"seq":3', b'"seq": 3'), Broken(3, "not-canonical")),
        (WHOLE.replace(b'{"action":"answer.given","at', b'["action":"answer.given","at', 1), Broken(1, "unreadable")),
        (b"".join([*LINES[:2], *LINES[3:]]), Broken(3, "missing", 3)),
        (b"".join(LINES[1:]), Broken(1, "missing", 1)),
        (b"".join([*LINES[:4], LINES[5]]), Broken(5, "missing", 5)),
        (LINES[5], Broken(1, "missing", 5)),
        (b"".join([LINES[0], LINES[3], LINES[2], LINES[1], *LINES[4:]]), Broken(2, "swapped", 4)),
        (b"".join([LINES[1], LINES[0], *LINES[2:]]), Broken(1, "swapped", 2)),
        (b"".join([*LINES[:3], LINES[1], *LINES[3:]]), Broken(4, "inserted", 2)),
        (b"".join(LINES[:-1]), Broken(6, "unclosed")),
        (b"".join(LINES[:3]), Broken(4, "unclosed")),
        (WHOLE[:-1], Broken(6, "closing")),
        (WHOLE.replace(b'"closing"', b'"closinG"'), Broken(6, "closing")),
        (WHOLE + b"\n", Broken(6, "after")),
        (WHOLE + LINES[4], Broken(6, "after")),
        (b"".join(split(PRUNED)[1:]), Broken(4, "missing", 4)),
        (exported(CUT[:6], begins=4), Broken(4, "start", 3)),
    ],
)
def test_what_happened_is_named(content: bytes, told: Broken) -> None:
    assert not holds(content)
    assert found(content) == told


def test_a_file_made_anew_as_a_whole_is_found_by_a_mark_alone() -> None:
    other = exported(links(3, [("answer.given", "x", ""), ("answer.given", "y", "")]))
    assert holds(other)
    assert found(other, Anchor(5, CHAIN[4].hash, AT)) == Broken(5, "rewritten")
    assert found(other, Anchor(3, CHAIN[2].hash, AT), Anchor(5, CHAIN[4].hash, AT)) == Broken(5, "rewritten", held=3)
    assert found(exported(CHAIN[:3]), Anchor(5, CHAIN[4].hash, AT)) == Broken(5, "short", 3)


def test_a_start_that_was_never_pruned_cannot_be_passed_off_as_pruned() -> None:
    lie = [*CHAIN, append(CHAIN[-1], AT, "trail.pruned", "2", CHAIN[0].hash)]
    content = exported(lie, begins=3)
    assert not holds(content)
    assert found(content) == Broken(3, "start", 2)


@given(st.lists(st.binary(max_size=30), max_size=4))
@example([b'{"action":', b"\n"])
@example([b'{"closing":1}\n'])
def test_nothing_that_is_handed_in_makes_it_fail(given: list[bytes]) -> None:
    content = b"".join(given)
    assert not holds(content)


BIG = 2**53


@pytest.mark.parametrize("begins", [BIG - 3, BIG - 2, BIG - 1, BIG, BIG + 1, 2**63 - 1, 2**64])
def test_numbers_that_json_cannot_hold_are_refused_by_both(begins: int) -> None:
    made, prev = [], "ab" * 32
    for seq in (begins, begins + 1):
        made.append(LINES[0].replace(b'"seq":1', b'"seq":%d' % seq).replace(b"0" * 64, prev.encode()))
        prev = sha256(made[-1][:-1]).hexdigest()
    closing = {"first": begins, "since": begins - 1, "count": 2, "prev": "ab" * 32, "head": prev}
    content = b"".join(made) + resealed(json.loads(LINES[-1]) | closing)
    assert holds(content) == (begins + 1 < BIG)


@pytest.mark.parametrize("content", [SOME, AFTER_ALL])
def test_what_begins_later_does_not_follow_the_hash_of_a_beginning(content: bytes) -> None:
    closing = json.loads(split(content)[-1])
    forged = content.replace(closing["prev"].encode(), b"0" * 64)
    prev = "0" * 64
    made = []
    for line in split(forged)[:-1]:
        entry = json.loads(line) | {"prev": prev}
        made.append(json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n")
        prev = sha256(made[-1][:-1]).hexdigest()
    assert not holds(b"".join(made) + resealed(closing | {"prev": "0" * 64, "head": prev}))


@pytest.mark.parametrize("at", ["\x1b[2J\x1b[31m", "2026\nUnbro", "\u202e2026-01-01T10:00", "2026-01-01T\x1b[2J"])
def test_what_a_stranger_wrote_for_a_time_is_shown_and_never_obeyed(at: str) -> None:
    words: dict[str, Text] = defaultdict(lambda: Text(en="{first} {last} {day}", zh_hant="", pt=""))
    one = append(None, at, "answer.given", "x", "")
    two = append(one, at, "vault.restored", "vault", "")
    for anchors in ([], [Anchor(7, "ab" * 32, "")]):
        said = told(found(exported([one, two]), *anchors), words, "en", then="then-file")
        assert all(line.isprintable() for line in [said.found, *said.more])
