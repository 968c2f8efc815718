"""The chain: what it links, and that every kind of tampering is found and located."""

import itertools
import json
from hashlib import sha256

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from wizards.trail.anchor import Anchor
from wizards.trail.chain import START, Deed, Link, append
from wizards.trail.verdict import Broken, Unbroken
from wizards.trail.verification import verify

AT = "2026-11-23T12:00:00.000000Z"


def chain(count: int, name: str = "q") -> list[Link]:
    links: list[Link] = []
    for number in range(count):
        prev = links[-1] if links else None
        links.append(append(prev, f"2026-11-23T10:00:0{number}.000000Z", "answer.given", f"{name}{number}", "ab" * 32))
    return links


def links_at(link: Link) -> str:
    return str(json.loads(link.text)["at"])


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


def test_an_entry_edited_with_its_hash_is_told_by_the_links_of_those_after_it() -> None:
    links = chain(5)
    text = links[2].text.replace("q2", "q9")
    links[2] = Link(3, text, sha256(text.encode()).hexdigest())
    assert verify(links) == Broken(3, "edited")


@pytest.mark.parametrize(("gone", "told"), [(1, Broken(2, "missing", 2)), (3, Broken(4, "missing", 4))])
def test_a_missing_entry_is_found(gone: int, told: Broken) -> None:
    links = chain(5)
    del links[gone]
    assert verify(links) == told


def test_a_missing_start_is_found_where_no_entry_says_that_it_was_pruned() -> None:
    assert verify(chain(5)[2:]) == Broken(3, "start", 2)


def test_a_missing_end_is_found_by_the_count_of_the_store() -> None:
    assert verify(chain(5)[:3], issued=5) == Broken(4, "cut", 5)
    assert verify(chain(5)[:4], issued=5) == Broken(5, "cut", 5)
    assert verify([], issued=5) == Broken(1, "cut", 5)
    assert verify(chain(5), issued=3) == Broken(6, "counter", 3)
    assert isinstance(verify(chain(5), issued=5), Unbroken)


def test_entries_in_each_others_place_and_entries_too_many_are_told_apart() -> None:
    links = chain(6)
    assert verify([links[0], links[2], links[1], *links[3:]]) == Broken(2, "swapped", 3)
    assert verify([links[0], links[4], links[2], links[3], links[1], links[5]]) == Broken(2, "swapped", 5)
    assert verify([links[0], links[1], links[1], *links[2:]]) == Broken(3, "inserted", 2)
    assert verify([links[0], links[3], *links[1:]]) == Broken(2, "inserted", 4)
    # one that stands in another's place, and in its own as well, was put in
    assert verify([links[0], links[2], links[1], links[2], *links[3:]]) == Broken(2, "inserted", 3)
    assert verify([*links[:2], links[0]]) == Broken(3, "inserted", 1)


def test_the_store_may_have_renumbered_its_rows_after_a_change() -> None:
    links = chain(6)

    def rows(*order: int) -> list[Link]:
        return [links[place]._replace(seq=number) for number, place in enumerate(order, 1)]

    assert verify(rows(0, 2, 3, 4, 5)) == Broken(2, "missing", 2)
    assert verify(rows(1, 2, 3, 4, 5)) == Broken(1, "missing", 1)
    assert verify(rows(2, 1, 0, 3, 4, 5)) == Broken(1, "swapped", 3)
    assert verify(rows(0, 1, 2, 2, 3, 4, 5)) == Broken(4, "inserted", 3)


def test_a_trail_without_an_end_is_not_read_for_ever() -> None:
    links = chain(3)
    assert verify(itertools.chain([links[0], links[2]], itertools.repeat(links[0]))) == Broken(2, "missing", 2)


def test_a_first_entry_that_names_one_before_it_is_found() -> None:
    links = chain(3)
    text = links[0].text.replace(START, "ab" * 32)
    first = Link(1, text, sha256(text.encode()).hexdigest())
    rest = append(first, AT, "answer.given", "q1", "")
    assert verify([first, rest]) == Broken(1, "edited")


def test_a_row_under_another_number_is_found() -> None:
    links = chain(3)
    links[2] = links[2]._replace(seq=7)
    assert verify(links) == Broken(3, "number", 7)


def test_what_was_written_otherwise_than_guia_writes_it_is_no_entry_of_its() -> None:
    links = chain(3)
    for text in (links[1].text.replace(":", ": "), links[1].text[:-1] + ',"who":""}', links[1].text + "\n"):
        links[1] = Link(2, text, sha256(text.encode()).hexdigest())
        assert verify(links) == Broken(2, "not-canonical")


def test_a_mark_kept_elsewhere_shows_a_chain_that_was_written_anew() -> None:
    links, other = chain(5), chain(5, "r")
    mark = Anchor(4, links[3].hash[:20], AT)
    assert verify(links, [mark]) == msgspec.structs.replace(verify(links), held=4)
    assert isinstance(verify(other), Unbroken)
    assert verify(other, [mark]) == Broken(4, "rewritten")
    forked = [*links[:2]]
    for number in (2, 3, 4):
        forked.append(append(forked[-1], AT, "answer.given", f"other{number}", ""))
    assert verify(forked, [mark, Anchor(2, links[1].hash, AT)]) == Broken(4, "rewritten", held=2)
    # of several that do not fit, the first is told
    assert verify(forked, [Anchor(5, links[4].hash, AT), mark]) == Broken(4, "rewritten")


def test_a_mark_kept_elsewhere_shows_an_end_that_is_gone() -> None:
    links = chain(5)
    assert verify(links[:3], [Anchor(5, links[4].hash, AT)]) == Broken(5, "short", 3)
    assert verify([], [Anchor(5, links[4].hash, AT)]) == Broken(5, "short", 0)


@pytest.mark.parametrize("head", ["", "f", "0" * 19])
def test_a_mark_too_short_to_mean_anything_vouches_for_nothing(head: str) -> None:
    links = chain(3)
    assert verify(links, [Anchor(2, head or links[1].hash[:19], AT)]) == Broken(2, "rewritten")
    assert isinstance(verify([], [Anchor(0, START, AT)]), Unbroken)


def test_an_older_backup_put_in_place_explains_a_mark_that_does_not_fit() -> None:
    links = chain(5)
    later = "2026-12-01T10:00:00.000000Z"
    restored = [*links[:3], append(links[2], later, "vault.restored", "vault", "")]
    assert verify(restored, [Anchor(5, links[4].hash, AT)]) == Broken(5, "short", 4, restored=later)
    assert verify(restored, [Anchor(4, links[3].hash, AT)]) == Broken(4, "rewritten", restored=later)
    # an entry from before it was there already when the mark was made
    assert verify(restored, [Anchor(3, "ab" * 32, AT)]) == Broken(3, "rewritten")
    # a mark made after it is explained by nothing
    assert verify(restored, [Anchor(5, "ab" * 32, "2026-12-02T10:00:00.000000Z")]) == Broken(5, "short", 4)


def test_what_was_pruned_is_said_by_an_entry_and_by_nothing_else() -> None:
    links = chain(5)
    links.append(append(links[-1], AT, "trail.pruned", "3", links[2].hash))
    found = verify(links[3:], [Anchor(3, links[2].hash, AT), Anchor(2, links[1].hash, AT)])
    assert found == Unbroken(3, links_at(links[3]), AT, links[-1].hash, begins=4, pruned=AT, held=3, past=1)
    assert verify(links[2:]) == Broken(3, "start", 2)
    assert verify(links[4:]) == Broken(5, "start", 4)
    for subject, digest in (("3", "ab" * 32), ("2", links[2].hash)):
        lie = [*links[:5], append(links[4], AT, "trail.pruned", subject, digest)]
        assert verify(lie[3:]) == Broken(4, "start", 3)


def test_a_changed_first_entry_of_a_pruned_trail_is_found() -> None:
    links = chain(5)
    links.append(append(links[-1], AT, "trail.pruned", "3", links[2].hash))
    text = links[3].text.replace(links[2].hash, "ab" * 32)
    changed = [Link(4, text, sha256(text.encode()).hexdigest()), *links[4:]]
    assert verify(changed) == Broken(4, "edited")


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


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.builds(Deed, words, words, words, words, words), words, words, words)
def test_every_entry_is_canonical_by_the_letter_of_rfc_8785(deed: Deed, at: str, action: str, subject: str) -> None:
    link = append(append(None, at, action, subject, "", deed), at, action, subject, "ab" * 32, deed)
    assert link.text.encode() == rfc8785.dumps(json.loads(link.text))
    assert json.loads(link.text)["subject"] == subject
    assert isinstance(verify([append(None, at, action, subject, "", deed)]), Unbroken)


@given(st.data())
def test_any_change_of_rows_is_found(data: st.DataObject) -> None:
    links = chain(8)
    rows = list(links)
    match data.draw(st.sampled_from(["delete", "swap", "double", "move", "renumber", "text", "hash"])):
        case "delete":
            for _ in range(data.draw(st.integers(1, 8))):
                del rows[data.draw(st.integers(0, len(rows) - 1))]
        case "swap":
            one, two = data.draw(st.lists(st.integers(0, 7), min_size=2, max_size=2, unique=True))
            rows[one], rows[two] = rows[two], rows[one]
        case "double":
            rows.insert(data.draw(st.integers(0, 8)), rows[data.draw(st.integers(0, 7))])
        case "move":
            rows = data.draw(st.permutations(rows))
        case "renumber":
            place = data.draw(st.integers(0, 7))
            rows[place] = rows[place]._replace(seq=data.draw(st.integers(-3, 99)))
        case "text":
            place = data.draw(st.integers(0, 7))
            text = data.draw(words | st.just(rows[(place + 1) % 8].text))
            rows[place] = Link(rows[place].seq, text, sha256(text.encode()).hexdigest())
        case "hash":
            place = data.draw(st.integers(0, 7))
            rows[place] = rows[place]._replace(hash=data.draw(words | st.just(rows[(place + 1) % 8].hash)))
    found = verify(rows, issued=8)
    assert isinstance(found, Unbroken) == (rows == links)
