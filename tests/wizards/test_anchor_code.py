"""The code of an anchor: what is printed is read again however it is typed, and a mistake is placed, never believed."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizards.trail.anchor import Anchor
from wizards.trail.anchor_code import ALPHABET, MOST, SHORT_HEAD, Mistyped, code, long_code, read_code

AT = "2026-11-26T04:12:16.123456Z"
ANCHOR = Anchor(1234, sha256(b"a trail").hexdigest(), AT)

anchors = st.builds(Anchor, st.integers(1, MOST), st.binary(min_size=32, max_size=32).map(bytes.hex), st.just(AT))


def short(anchor: Anchor) -> Anchor:
    return Anchor(anchor.count, anchor.head[:SHORT_HEAD], "")


def test_a_code_is_six_groups_of_five_after_the_name() -> None:
    name, *groups = code(ANCHOR).split("-")
    assert name == "GUIA"
    assert [len(group) for group in groups] == [5] * 6
    assert set("".join(groups)) <= set(ALPHABET)
    assert groups[0] == "0016J"  # 1234 by itself


@given(anchors)
def test_what_is_printed_is_read_again(anchor: Anchor) -> None:
    assert read_code(code(anchor)) == short(anchor)
    assert read_code(long_code(anchor)) == anchor


@given(anchors)
def test_a_long_code_is_plain_and_fits_what_a_qr_code_holds_best(anchor: Anchor) -> None:
    assert set(long_code(anchor)) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@given(
    anchors,
    st.sampled_from(["", " ", "-", "–", " - ", "\n", "."]),
    st.sampled_from([0, 1]),
    st.sampled_from([0, 0xFEE0]),
)
def test_the_way_of_typing_does_no_harm(anchor: Anchor, between: str, start: int, wide: int) -> None:
    groups = code(anchor).split("-")[start:]
    typed = between.join(groups).lower().replace("0", "o").replace("1", "l")
    typed = "".join(chr(ord(char) + wide) if "!" <= char <= "~" else char for char in typed)
    assert read_code(f"  {typed} ") == short(anchor)


@given(anchors, st.integers(0, 29), st.integers(1, 31))
def test_one_mistyped_character_is_placed(anchor: Anchor, place: int, by: int) -> None:
    with pytest.raises(Mistyped) as caught:
        read_code(_changed(code(anchor), {place: by}))
    assert (caught.value.how, caught.value.groups) == ("groups", (place // 5 + 1,))


@given(anchors, st.lists(st.integers(0, 29), min_size=2, max_size=2, unique=True), st.integers(1, 31))
def test_two_mistyped_characters_are_placed(anchor: Anchor, places: list[int], by: int) -> None:
    with pytest.raises(Mistyped) as caught:
        read_code(_changed(code(anchor), {places[0]: by, places[1]: 32 - by}))
    assert caught.value.groups == tuple(sorted({place // 5 + 1 for place in places}))


@given(anchors, st.dictionaries(st.integers(0, 29), st.integers(1, 31), min_size=3, max_size=5))
def test_more_mistyped_characters_are_never_believed(anchor: Anchor, changes: dict[int, int]) -> None:
    with pytest.raises(Mistyped):
        read_code(_changed(code(anchor), changes))


@given(anchors, st.integers(1, 6), st.integers(1, 6))
def test_groups_that_changed_places_are_never_believed(anchor: Anchor, one: int, other: int) -> None:
    groups = code(anchor).split("-")
    if groups[one] == groups[other]:
        return
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(Mistyped):
        read_code("-".join(groups))


@given(st.text(max_size=200))
def test_any_text_is_a_code_or_mistyped(text: str) -> None:
    with pytest.raises(Mistyped):
        read_code(text)


@pytest.mark.parametrize(
    ("typed", "how", "groups"),
    [
        ("", "empty", ()),
        ("GUIA-", "empty", ()),
        ("GUIA-0016J", "length", ()),
        ("GUIA-0016J-00000-0000-00000-00000-00000", "group", (3,)),
        ("GUIA-0016J-00000-00000-0U000-00000-00000", "letter", (4,)),
        ("GUIA-0016J-00000-00000-0號000-00000-00000", "letter", (4,)),
    ],
)
def test_a_mistake_of_form_is_named(typed: str, how: str, groups: tuple[int, ...]) -> None:
    with pytest.raises(Mistyped) as caught:
        read_code(typed)
    assert (caught.value.how, caught.value.groups) == (how, groups)


def test_a_long_code_whose_parts_do_not_belong_together_is_refused() -> None:
    other = sha256(b"another").hexdigest().upper()
    with pytest.raises(Mistyped) as caught:
        read_code(f"{code(ANCHOR)}/{other}/{AT}")
    assert caught.value.how == "head"


def test_what_does_not_fit_a_code_is_refused() -> None:
    with pytest.raises(ValueError, match="entries"):
        code(Anchor(MOST + 1, ANCHOR.head, AT))
    with pytest.raises(ValueError, match="hex digits"):
        code(Anchor(1, "abcdef", AT))


def _changed(text: str, changes: dict[int, int]) -> str:
    letters = list(text.removeprefix("GUIA-").replace("-", ""))
    for place, by in changes.items():
        letters[place] = ALPHABET[(ALPHABET.index(letters[place]) + by) % 32]
    return "GUIA-" + "-".join("".join(letters[at : at + 5]) for at in range(0, 30, 5))
