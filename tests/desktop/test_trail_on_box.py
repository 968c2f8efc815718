"""A trail in the log of a box, verified from the file: what a real box writes, and what nobody should find there."""

import json
import random
import time
import tracemalloc
from pathlib import Path

import pytest
from msgspec import structs

from desktop import on_box
from desktop.connect import readback
from desktop.connect.watch import Watch
from desktop.content import words
from desktop.logbox.sending import send_trail
from desktop.on_box import verify_log
from tests.desktop.boxes import Box
from tests.desktop.test_cli import Ran, guia, sample, work
from tests.desktop.test_sending import AT, more
from wizards.content.text import LANGUAGES
from wizards.trail.anchor import Anchor
from wizards.trail.anchor_code import code
from wizards.trail.chain import Link
from wizards.trail.log_spoken import told_of_log
from wizards.trail.pieces import OnLog
from wizards.trail.verdict import Broken, Unbroken
from wizards.trail.wire import of_entry

__all__ = ["guia", "sample", "work"]  # fixtures

OTHER = "<86>1 2026-11-23T10:00:00Z pc sshd - - - session opened for 王小明\n"


@pytest.fixture
def near(box: Box, monkeypatch: pytest.MonkeyPatch) -> Box:
    """The shared box, asked without the way over ssh; its log is empty."""
    monkeypatch.setattr(readback, "_run", box.answer)
    if box.log.exists():
        box.log.write_bytes(b"")
    return box


def kept(link: Link, host: str = "pc") -> str:
    """The line of an entry as a box keeps it."""
    return of_entry(host, link).partition(b" ")[2].decode() + "\n"


def log_of(file: Path, *lines: str) -> Path:
    file.write_text("".join(lines), "utf-8")
    return file


def sure(file: Path, *anchors: Anchor) -> OnLog:
    found = verify_log(file, anchors)
    assert found is not None
    return found


# What a real box writes -----------------------------------------------------------------------------------------------


def test_the_log_of_a_box_is_verified_with_its_mark(near: Box, guia: Ran) -> None:
    line, links = near.other(sender="whole"), more([], 40)
    send_trail(line, links, Watch())
    with near.log.open("a", encoding="utf-8") as log:
        log.write(OTHER * 3)
    mark = Anchor(40, links[-1].hash, AT)
    status, out, err = guia("trail", "verify", near.log, "--anchor", code(mark), "--json")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert {name: found[name] for name in ("ok", "sender", "begins", "ends", "count", "held", "aside", "head")} == {
        "ok": True,
        "sender": "whole",
        "begins": 1,
        "ends": 40,
        "count": 40,
        "held": 40,
        "aside": 3,
        "head": links[-1].hash,
    }
    # its end cut off: only the mark tells
    cut = near.log.with_name("cut.log")
    cut.write_text("".join(f"{text}\n" for text in near.lines()[:30]), "utf-8")
    status, out, _ = guia("trail", "verify", cut)
    assert (status, words()["trail-log.no-end"].fill("en", ends="30") in out) == (0, True)
    status, out, _ = guia("trail", "verify", cut, "--anchor", code(mark), "--json")
    assert (status, json.loads(out)["how"]) == (1, "short")


def test_what_the_box_lost_is_named_and_once_sent_again_it_holds(near: Box) -> None:
    line, links = near.other(sender="lossy"), more([], 60)
    send_trail(line, links, Watch())
    lost = {f'"seq":{number},' for number in (20, 21, 22, 40)}
    near.log.write_text(
        "".join(f"{text}\n" for text in near.lines() if not any(part in text for part in lost)), encoding="utf-8"
    )
    found = sure(near.log)
    assert (found.found, found.gaps) == (Broken(20, "missing", 22), ((20, 22), (40, 40)))
    assert "20–22, 40" in " ".join(told_of_log(found, words(), "en").more)
    links = more(links, 10)
    send_trail(line, links, Watch())
    found = sure(near.log, Anchor(70, links[-1].hash, AT))
    assert found.found == Unbroken(70, AT, AT, links[-1].hash, held=70)
    assert (found.gaps, found.again > 0, near.trail("lossy")) == ((), True, links)


# Rotated, torn, hostile -----------------------------------------------------------------------------------------------


def test_rotated_files_joined_begin_anywhere_and_in_any_order(tmp_path: Path) -> None:
    links = more([], 30)
    parts = [[kept(link) for link in links[5:15]], [kept(link) for link in links[15:25]], [kept(links[25])]]
    file = log_of(tmp_path / "log", *parts[1], *parts[2], OTHER, *parts[0])
    found = sure(file)
    assert (found.sender, found.begins, found.ends, found.aside) == ("pc", 6, 26, 1)
    assert found.found == Unbroken(21, AT, AT, links[25].hash, 6)
    said = told_of_log(found, words(), "en")
    assert said.fine
    assert words()["trail-verdict.since"].fill("en", since="5") in said.more


def test_a_torn_first_line_and_half_lines_in_between_are_left_aside(tmp_path: Path) -> None:
    links = more([], 8)
    half = kept(links[4])[:60]
    whole = [kept(link) for link in links]
    file = log_of(tmp_path / "log", whole[0][50:], *whole[:4], half, whole[4], *whole[5:7], whole[7][:-20])
    found = sure(file)
    assert found.found == Unbroken(7, AT, AT, links[6].hash)
    assert found.aside == 2


def test_of_several_senders_one_is_verified_and_the_others_are_named(tmp_path: Path) -> None:
    mine, theirs = more([], 10), more([], 4, "theirs")
    lines = [kept(link) for link in mine] + [kept(link, "reception") for link in theirs]
    random.Random(4).shuffle(lines)  # noqa: S311  # any order, the same each time
    found = sure(log_of(tmp_path / "log", *lines))
    assert (found.sender, found.others, found.aside) == ("pc", ("reception",), 4)
    assert found.found == Unbroken(10, AT, AT, mine[-1].hash)


@pytest.mark.parametrize("seed", range(30))
def test_any_order_gives_the_first_of_each_number_in_order(tmp_path: Path, seed: int) -> None:
    chance, links = random.Random(seed), more([], 40)  # noqa: S311  # the same each time
    sent = [link for begins in chance.choices(range(40), k=5) for link in links[begins : begins + chance.randrange(25)]]
    sent += [chance.choice(links) for _ in range(10)]
    lines = [(kept(link) if chance.random() < 0.9 else kept(link)[:-1]) for link in sent]
    file = log_of(tmp_path / "log", OTHER, *lines)
    found = sure(file)
    numbers = sorted({link.seq for link in sent})
    assert (found.begins, found.ends, found.again) == (numbers[0], numbers[-1], len(sent) - len(numbers))
    missing = [number for number in range(numbers[0], numbers[-1]) if number not in numbers]
    assert [number for first, last in found.gaps for number in range(first, last + 1)] == missing
    assert isinstance(found.found, Broken) == bool(missing)


def test_an_entry_that_was_changed_is_named(tmp_path: Path) -> None:
    links = more([], 9)
    lines = [kept(link) for link in links]
    lines[4] = lines[4].replace("answer.given", "answer.taken")
    found = sure(log_of(tmp_path / "log", *lines, kept(links[4])))  # the right one came too late
    assert found.found == Broken(5, "edited")
    said = told_of_log(found, words(), "en")
    assert (said.fine, said.found) == (False, words()["trail-verdict.edited"].fill("en", seq="5"))


def test_a_mark_of_what_is_not_in_the_log_shows_nothing(tmp_path: Path) -> None:
    links = more([], 9)
    file = log_of(tmp_path / "log", *(kept(link) for link in links[5:]))
    assert not told_of_log(sure(file, Anchor(2, links[1].hash, AT)), words(), "en").fine
    assert told_of_log(sure(file, Anchor(5, links[4].hash, AT)), words(), "en").fine


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_that_is_said_has_its_words(lang: str) -> None:
    one = OnLog(Broken(3, "edited"), "pc", 1, 9, 4, 2, ("a", "b"), ((5, 5), (7, 8)))
    whole = OnLog(Unbroken(9, AT, AT, "ab" * 32), "pc", 2, 9, 0)
    for found in (one, whole, structs.replace(one, disorder=True)):
        said = told_of_log(found, words(), lang)
        assert "{" not in "".join([said.found, *said.more])
    assert len(told_of_log(one, words(), lang).more) == 7
    many = tuple((number, number) for number in range(5, 99, 2))
    lost = structs.replace(one, found=Broken(5, "missing", 5), gaps=many)
    assert words()["trail-verdict.then-log"].to(lang) in told_of_log(lost, words(), lang).more
    assert any(text.count("…") == 1 for text in told_of_log(lost, words(), lang).more)


def test_an_export_with_a_line_of_a_log_in_it_is_still_an_export(tmp_path: Path) -> None:
    links = more([], 3)
    bare = [link.text + "\n" for link in links]
    assert verify_log(log_of(tmp_path / "x", bare[0], kept(links[1]), *bare[1:])) is None
    assert verify_log(log_of(tmp_path / "y", "\n", "not an entry\n", *bare, kept(links[0]))) is None


def test_a_log_of_any_length_takes_little_memory_and_little_time(tmp_path: Path) -> None:
    file, links = tmp_path / "log", more([], 3000)
    with file.open("w", encoding="utf-8") as log:
        for link in links:
            log.write(kept(link) + OTHER * 20)
        log.write("<110>1 - pc guia - a - " * 200_000 + "\n")
        log.write('<110>1 - pc guia - a - {"action":"' + "x" * 5_000_000)
    begun = time.monotonic()
    tracemalloc.start()
    try:
        found = sure(file)
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
    assert time.monotonic() - begun < 20
    assert found.found == Unbroken(3000, AT, AT, links[-1].hash)
    assert found.aside == 60_002


def test_a_log_in_too_many_pieces_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_box, "MOST_PIECES", 10)
    links = more([], 40)
    found = sure(log_of(tmp_path / "log", *(kept(link) for link in reversed(links))))
    assert (found.disorder, told_of_log(found, words(), "en").fine) == (True, False)
    lines = [kept(more([], 1)[0], f"pc{number}") for number in range(40)]
    assert sure(log_of(tmp_path / "log", *lines)).disorder
