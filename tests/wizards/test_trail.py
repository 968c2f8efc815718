"""The chain: what it links, and that every kind of tampering is found and located."""

from hashlib import sha256

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from wizards.trail.chain import START, Broken, Link, Unbroken, append, verify


def chain(count: int) -> list[Link]:
    links: list[Link] = []
    for number in range(count):
        prev = links[-1] if links else None
        links.append(append(prev, f"2026-11-23T10:00:0{number}.000000Z", "answer.given", f"q{number}", "ab" * 32))
    return links


def test_no_entry_is_an_unbroken_chain() -> None:
    assert verify([]) == Unbroken(count=0, first="", last="", head=START)


def test_an_unbroken_chain_says_from_when_to_when() -> None:
    links = chain(4)
    assert verify(links) == Unbroken(4, "2026-11-23T10:00:00.000000Z", "2026-11-23T10:00:03.000000Z", links[-1].hash)


def test_an_entry_is_canonical_json_and_carries_the_hash_before() -> None:
    first, second = chain(2)
    entry = msgspec.json.decode(second.text)
    assert second.text.encode() == rfc8785.dumps(entry)
    assert entry["prev"] == first.hash == sha256(first.text.encode()).hexdigest()
    assert set(entry) == {"seq", "at", "action", "subject", "digest", "prev"}


def test_time_may_run_backwards_because_numbers_order() -> None:
    late = append(None, "2036-01-01T00:00:00.000000Z", "a", "b", "")
    assert isinstance(verify([late, append(late, "2026-01-01T00:00:00.000000Z", "a", "b", "")]), Unbroken)


def test_an_edited_entry_is_found_where_it_stands() -> None:
    links = chain(5)
    links[2] = links[2]._replace(text=links[2].text.replace("q2", "q9"))
    assert verify(links) == Broken(3, "edited")


def test_an_entry_edited_with_its_hash_breaks_the_next_link() -> None:
    links = chain(5)
    text = links[2].text.replace("q2", "q9")
    links[2] = Link(3, text, sha256(text.encode()).hexdigest())
    assert verify(links) == Broken(4, "link")


@pytest.mark.parametrize("gone", [0, 1, 3])
def test_a_missing_entry_is_found(gone: int) -> None:
    links = chain(5)
    del links[gone]
    assert verify(links) == Broken(gone + 1, "number")


def test_entries_in_another_order_and_entries_twice_are_found() -> None:
    links = chain(4)
    assert verify([links[0], links[2], links[1], links[3]]) == Broken(2, "number")
    assert verify([links[0], links[1], links[1], links[2]]) == Broken(3, "number")


def test_a_row_under_another_number_is_found() -> None:
    links = chain(3)
    links[1] = links[1]._replace(seq=7)
    assert verify(links) == Broken(2, "number")


@pytest.mark.parametrize("text", ["", "{}", "[]", "nul", '{"seq":1,"more":1}', "\udc80"])
def test_what_is_no_entry_is_said_and_not_raised(text: str) -> None:
    digest = sha256(text.encode("utf-8", "replace")).hexdigest()
    assert verify([Link(1, text, digest)]) == Broken(1, "unreadable")


@given(st.integers(0, 7), st.data())
def test_any_changed_character_is_found(place: int, data: st.DataObject) -> None:
    links = chain(8)
    text = links[place].text
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda letter: letter != text[at]))
    links[place] = links[place]._replace(text=text[:at] + other + text[at + 1 :])
    assert verify(links) == Broken(place + 1, "edited")
