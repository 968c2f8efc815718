"""The framing of a line: length in bytes, header, limit; and entries found again in the lines of a box."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizards.trail.chain import Link, append
from wizards.trail.wire import LIMIT, Spoilt, TooLong, entries_in, field, framed, of_entry, torn

AT = "2026-11-23T10:15:30.000000Z"
HEADER = re.compile(r"<110>1 \S+ [!-~]{1,255} guia - [!-~]{1,32} - ")


def chain(length: int) -> list[Link]:
    links: list[Link] = []
    for number in range(length):
        subject = f"cópia-{number}-備份"
        links.append(append(links[-1] if links else None, AT, "answer.given", subject, "ab" * 32))
    return links


def kept(link: Link, host: str = "pc01") -> str:
    """The line as a box keeps it."""
    return of_entry(host, link).decode().partition(" ")[2]


@given(host=st.text(), at=st.text(), kind=st.text(), message=st.text(st.characters()))
def test_any_text_is_framed_by_its_bytes_with_a_header_that_holds(host: str, at: str, kind: str, message: str) -> None:
    length, _, line = framed(host, at, kind, message).partition(b" ")
    assert int(length) == len(line)
    header = HEADER.match(line.decode())
    assert header is not None
    assert line[header.end() :] == message.encode("utf-8", "replace")


def test_an_entry_goes_as_it_stands_under_its_time_and_its_family() -> None:
    link = chain(1)[0]
    _, _, line = of_entry("pc01", link).decode().partition(" ")
    assert line == f"<110>1 {AT} pc01 guia - answer - {link.text}"
    assert not link.text.startswith("\ufeff")
    assert "32473" not in line
    assert list(entries_in(line)) == [link]
    assert list(entries_in(line + "\r\n", "pc01")) == [link]
    assert list(entries_in(line, "pc02")) == []


@pytest.mark.parametrize("text", ["", "no JSON {", "{}", '{"seq":"1"}', "<110>1 - h guia - test - -"])
def test_a_line_without_an_entry_holds_none(text: str) -> None:
    assert list(entries_in(text)) == []


@pytest.mark.parametrize("change", ["edited", "unreadable", "number"])
def test_a_spoilt_entry_is_not_sent(change: str) -> None:
    link = chain(1)[0]
    spoilt = {
        "edited": Link(1, link.text.replace("given", "taken"), link.hash),
        "unreadable": Link(1, "not\udc00 json", link.hash),
        "number": Link(2, link.text, link.hash),
    }
    with pytest.raises(Spoilt):
        of_entry("pc01", spoilt[change])


def test_what_the_box_would_cut_is_refused_by_name_before_it_is_sent() -> None:
    room = LIMIT - len("<110>1 - h guia - test - ")
    longest = framed("h", "", "test", "字" * (room // 3) + "x" * (room % 3))
    assert int(longest.partition(b" ")[0]) == LIMIT
    with pytest.raises(TooLong) as refused:
        framed("h", "", "test", "x" * (room + 1), seq=12)
    assert (refused.value.seq, refused.value.size) == (12, LIMIT + 1)


def test_a_field_of_the_header_is_printable_and_never_empty() -> None:
    assert field("收銀 01\n\x7f", 32) == "01"
    assert field("電腦", 32) == "-"
    assert field("x" * 300, 255) == "x" * 255


@pytest.mark.parametrize("cut", [3, 40, 70, 150, 250])
def test_half_a_line_is_told_and_what_was_written_behind_it_is_found(cut: int) -> None:
    links = chain(4)
    half = kept(links[1])[:cut]
    assert list(entries_in(half + kept(links[1]), "pc01")) == [links[1]]
    assert list(entries_in(half + kept(links[3]), "pc01")) == [links[3]]
    assert list(entries_in(half)) == []
    assert list(entries_in(half + kept(links[3], "pc02"), "pc01")) == []
    whole = kept(links[1])
    assert not torn(whole.replace("given", "taken"), links[1])
    if cut > 100:
        assert torn(half, links[1])
        assert torn(half + kept(links[3], "pc02"), links[1])
        assert not torn(half.replace("answer.", "tasks."), links[1])


def test_lines_that_lost_their_end_are_all_found() -> None:
    links = chain(4)
    assert list(entries_in("".join(map(kept, links[:3])), "pc01")) == links[:3]
    inside = append(links[-1], AT, "answer.given", kept(links[0]), "")
    assert list(entries_in(kept(inside))) == [inside]
