"""The relay of a site, with the real rsyslogd: what was cut off on the way arrives all the same, by RELP with TLS."""

import re
import signal
from pathlib import Path

import pytest

from tests.desktop.boxes import free_port, until
from tests.desktop.log_folders import Running, at_end, line_to, message, moved, written

pytestmark = pytest.mark.usefixtures("loopback")
LINES = 400


def test_nothing_is_lost_when_the_box_or_the_relay_dies(tmp_path: Path) -> None:
    made = written(tmp_path / "folder")
    by_tls, by_relp, at_site = free_port(), free_port(), free_port()
    box = Running(
        moved(tmp_path / "folder" / "box", tmp_path / "box", "guia-log", {6514: by_tls, 6515: by_relp}), by_relp
    )
    relay = Running(
        moved(tmp_path / "folder" / "site-1", tmp_path / "relay", "guia-log-relay", {6514: at_site, 6515: by_relp}),
        at_site,
    )
    with at_end(box, relay):
        # the box is away: the relay keeps what it takes on its disk, and loses none of it when it is killed
        relay.start()
        with line_to(at_site, made, tmp_path) as line:
            line.sendall(b"".join(message(number) for number in range(1, LINES + 1)))
            until(lambda: waiting(relay) == LINES, "the last line on the relay's disk")
        relay.stop(signal.SIGKILL)
        relay.start()
        # the box comes, is killed in the middle, and comes again
        box.start()
        until(lambda: len(box.numbers()) > LINES // 8, "the first lines at the box")
        box.stop(signal.SIGKILL)
        assert len(set(box.numbers())) < LINES
        box.start()
        until(lambda: len(set(box.numbers())) == LINES, "all lines at the box", 60)
        assert list(dict.fromkeys(box.numbers())) == list(range(1, LINES + 1))
        assert all("é 澳門" in line and " guia-pc guia " in line for line in box.lines())


def test_a_relay_of_another_office_gets_no_line_in(tmp_path: Path) -> None:
    ours, theirs = written(tmp_path / "ours"), written(tmp_path / "theirs")
    by_tls, by_relp, at_site = free_port(), free_port(), free_port()
    box = Running(
        moved(tmp_path / "ours" / "box", tmp_path / "box", "guia-log", {6514: by_tls, 6515: by_relp}), by_relp
    )
    relay = Running(
        moved(tmp_path / "theirs" / "site-1", tmp_path / "relay", "guia-log-relay", {6514: at_site, 6515: by_relp}),
        at_site,
    )
    with at_end(box, relay):
        box.start()
        relay.start()
        with line_to(at_site, theirs, tmp_path) as line:
            line.sendall(message(1))
            complaints = tmp_path / "box" / "run" / "complaints.log"
            until(lambda: "relp" in complaints.read_text("utf-8"), "the refusal")
        (tmp_path / "mine").mkdir()
        with line_to(by_tls, ours, tmp_path / "mine") as line:
            line.sendall(message(2))
            until(box.numbers, "our own line")
        assert box.numbers() == [2]


def waiting(relay: Running) -> int:
    """How many lines the relay holds on its disk, by its own count of them."""
    index = relay.folder / "spool" / "waiting.qi"
    found = re.search(r"^\+iQueueSize:2:\d+:(\d+):", index.read_text("utf-8") if index.exists() else "", re.MULTILINE)
    return int(found[1]) if found else 0
