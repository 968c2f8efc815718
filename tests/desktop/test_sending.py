"""The trail goes to a real box and is read back: what is killed, lost, full, torn or another's on the way is told."""

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.connect import readback
from desktop.connect.readback import over_ssh
from desktop.connect.watch import GivenUp, Watch
from desktop.logbox import sending
from desktop.logbox.proof import prove
from desktop.logbox.sending import Shipped, send_trail
from tests.desktop.boxes import Box, at_work, free_port, until
from wizards.trail.chain import Link, append
from wizards.trail.verdict import Unbroken
from wizards.trail.verification import verify
from wizards.trail.wire import LIMIT

AT = "2026-11-23T10:15:30.000000Z"


def more(links: list[Link], count: int, subject: str = "備份-cópia") -> list[Link]:
    """The trail, grown by so many entries."""
    grown = list(links)
    for _ in range(count):
        grown.append(append(grown[-1] if grown else None, AT, "answer.given", f"{subject}-{len(grown)}", "ab" * 32))
    return grown


@pytest.fixture
def own_box(tmp_path: Path, as_me: None) -> Iterator[Box]:  # noqa: ARG001  # its reader
    """A box for one test alone."""
    with at_work(tmp_path / "box") as box:
        yield box


@pytest.fixture
def near(box: Box, monkeypatch: pytest.MonkeyPatch) -> Box:
    """The shared box, asked without the way over ssh."""
    monkeypatch.setattr(readback, "_run", box.answer)
    return box


def test_all_arrives_once_and_what_is_held_is_not_sent_again(box: Box) -> None:
    line, links = box.other(sender="once"), more([], 300)
    steps: list[tuple[str, int, int]] = []
    assert send_trail(line, links, Watch(lambda *step: steps.append(step))) == Shipped(300, 300)
    assert steps == [("send.step-trail", 0, 300), ("send.step-trail", 300, 300)]
    assert send_trail(line, links, Watch()) == Shipped(300, 300)
    links = more(links, 5)
    assert send_trail(line, links, Watch()) == Shipped(305, 305)
    assert len([text for text in box.lines() if " once guia " in text]) == 305
    assert box.trail("once") == links


def test_an_empty_trail_needs_nothing(near: Box) -> None:
    assert send_trail(near.other(sender="empty"), [], Watch()) == Shipped(0, 0)


def test_a_trail_whose_beginning_was_pruned_goes_from_where_it_begins(near: Box) -> None:
    line, links = near.other(sender="pruned"), more([], 30)
    assert send_trail(line, links[10:], Watch()) == Shipped(30, 30)
    assert near.trail("pruned") == links[10:]
    # what the box lacks is gone: that is said, and nothing is sent over the gap
    longer = more(links, 20)
    assert send_trail(line, longer[40:], Watch()) == Shipped(30, 50, "pruned")
    # what begins right behind it must name the hash of what the box holds
    assert send_trail(line, more(more([], 30, "another vault"), 20)[30:], Watch()) == Shipped(0, 50, "other-trail")
    assert send_trail(line, longer[30:], Watch()) == Shipped(50, 50)


def test_an_entry_that_somebody_spoilt_is_named_and_those_before_it_are_held(near: Box) -> None:
    line, links = near.other(sender="spoilt"), more([], 9)
    whole = links[6]
    links[6] = Link(7, whole.text.replace("given", "taken"), whole.hash)
    assert send_trail(line, links, Watch()) == Shipped(6, 9, "spoilt")
    links[6] = whole
    assert send_trail(line, links, Watch()) == Shipped(9, 9)


def test_rsyslogd_killed_in_the_middle_of_ten_thousand_loses_none(
    own_box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PATIENCE", 1.0)
    links, results = more([], 10_000), list[Shipped]()
    thread = threading.Thread(target=lambda: results.append(send_trail(own_box.line, links, Watch())))
    thread.start()
    until(lambda: own_box.log.exists() and own_box.log.stat().st_size > 1_200_000, "a part")
    own_box.kill()
    assert len(own_box.lines()) < 10_000
    own_box.start()
    thread.join(60)
    assert results == [Shipped(10_000, 10_000)]
    assert verify(own_box.trail(own_box.line.sender)) == Unbroken(10_000, AT, AT, links[-1].hash)


def test_what_the_box_lost_in_between_is_found_and_sent_again(near: Box) -> None:
    line, links = near.other(sender="gap"), more([], 60)
    send_trail(line, links, Watch())
    lost = {f'"seq":{number},' for number in range(20, 31)}
    kept = [text for text in near.lines() if not (" gap " in text and any(number in text for number in lost))]
    near.log.write_text("".join(f"{text}\n" for text in kept), "utf-8")
    assert over_ssh(line).last("gap", Watch()).gap == 20
    links = more(links, 10)
    assert send_trail(line, links, Watch()) == Shipped(70, 70)
    assert near.trail("gap") == links


@pytest.mark.parametrize("cut", [12, -1])
def test_a_line_that_was_torn_is_sent_again(near: Box, cut: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "PATIENCE", 0.5)
    sender = f"torn{cut}"
    line, links = near.other(sender=sender), more([], 5)
    send_trail(line, links, Watch())
    *before, last = near.lines()
    assert last.endswith(links[-1].text)
    # as it is when rsyslogd is killed while it writes: half a line, and the next one behind it
    near.log.write_text("".join(f"{text}\n" for text in before) + last[:cut], "utf-8")
    assert send_trail(line, links, Watch()) == Shipped(5, 5)
    assert near.trail(sender) == links


def test_another_trail_under_the_same_numbers_is_never_continued(near: Box) -> None:
    line, links = near.other(sender="restored"), more([], 20)
    assert send_trail(line, links, Watch()) == Shipped(20, 20)
    before = len(near.lines())
    assert send_trail(line, links[:15], Watch()) == Shipped(15, 15, "box-ahead")
    assert send_trail(line, more(links[:15], 10, "after a restore"), Watch()) == Shipped(0, 25, "other-trail")
    assert send_trail(line, more([], 9, "another vault"), Watch()) == Shipped(0, 9, "other-trail")
    assert send_trail(line, [], Watch()) == Shipped(0, 0, "other-trail")
    assert len(near.lines()) == before


def test_an_entry_that_the_box_would_cut_is_named_and_those_before_it_are_held(near: Box) -> None:
    line, links = near.other(sender="long"), more(more(more([], 3), 1, "x" * LIMIT), 2)
    assert send_trail(line, links, Watch()) == Shipped(3, 6, "too-long")
    assert near.trail("long") == links[:3]


def test_a_computer_that_the_box_does_not_list_logs_nothing(near: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "PATIENCE", 0.2)
    monkeypatch.setattr(sending, "TRIES", 1)
    other = near.authority.pair("guia-pc99")
    line = near.other(cert=other.cert, key=other.key, sender="unlisted")
    shipped = send_trail(line, more([], 2000), Watch())
    assert (shipped.held, shipped.whole) == (0, 2000)
    assert shipped.code in {"closed", "hung-up", "client-refused", "not-there"}
    assert near.trail("unlisted") == []


def test_without_reading_back_nothing_is_sent(box: Box) -> None:
    line = box.other(read_port=free_port(), sender="unread")
    assert send_trail(line, more([], 3), Watch()) == Shipped(0, 3, "read-port-closed")
    assert box.trail("unread") == []


def test_a_box_that_is_off_is_said(near: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "PATIENCE", 0.1)
    monkeypatch.setattr(sending, "TRIES", 1)
    assert send_trail(near.other(port=free_port(), sender="off"), more([], 3), Watch()) == Shipped(0, 3, "port-closed")


def test_giving_up_ends_the_sending(near: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 20)
    watch = Watch(lambda _, done, __: watch.give_up() if done >= 20 else None)
    with pytest.raises(GivenUp):
        send_trail(near.other(sender="given-up"), more([], 50), watch)
    assert near.trail("given-up") == more([], 20)


@pytest.mark.usefixtures("as_me")
def test_a_full_disk_is_told_and_nothing_is_lost_by_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "PATIENCE", 0.5)
    with at_work(tmp_path / "box", wide=40_000) as box:
        links = more([], 300)
        shipped = send_trail(box.line, links, Watch())
        assert shipped.code == "box-full"
        assert 0 < shipped.held < 300
        proof = prove(box.line, over_ssh(box.line), Watch(), patience=0.5)
        assert (proof.result, proof.code, proof.line) == ("not-found", "box-full", "")
        box.widen()
        monkeypatch.setattr(sending, "PATIENCE", 10.0)
        until(lambda: send_trail(box.line, links, Watch()) == Shipped(300, 300), "room", 40)
        assert verify(box.trail(box.line.sender)) == Unbroken(300, AT, AT, links[-1].hash)


@pytest.mark.torture
def test_a_box_that_is_killed_again_and_again_loses_none(own_box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "PATIENCE", 1.0)
    monkeypatch.setattr(sending, "BATCH", 700)
    monkeypatch.setattr(sending, "TRIES", 50)  # it is killed more often than a box that stays dead would be asked
    links, chance, results = more([], 20_000), random.Random(7), list[Shipped]()  # noqa: S311 - no secret hangs on it
    thread = threading.Thread(target=lambda: results.append(send_trail(own_box.line, links, Watch())))
    thread.start()
    killed = 0
    while thread.is_alive():
        thread.join(chance.uniform(0.05, 1.5))
        own_box.kill()
        own_box.start()
        killed += 1
    assert killed > 10
    assert results == [Shipped(20_000, 20_000)]
    assert verify(own_box.trail(own_box.line.sender)) == Unbroken(20_000, AT, AT, links[-1].hash)
