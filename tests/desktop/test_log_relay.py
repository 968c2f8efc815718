"""The relay of a site, with the real rsyslogd: what was cut off on the way arrives all the same, by RELP with TLS."""

import re
import signal
from pathlib import Path

import pytest

from tests.desktop.boxes import free_port, until
from tests.desktop.log_folders import Running, at_end, doors, line_to, message, moved, written

pytestmark = pytest.mark.usefixtures("loopback")
LINES = 400


def test_nothing_is_lost_when_the_box_or_the_relay_dies(tmp_path: Path) -> None:
    made = written(tmp_path / "folder")
    by_tls, by_relp, at_site = free_port(), free_port(), free_port()
    box = Running(
        moved(tmp_path / "folder" / "box", tmp_path / "box", "guia-log", doors(by_tls, relp=by_relp)),
        by_relp,
    )
    relay = Running(
        moved(tmp_path / "folder" / "site-1", tmp_path / "relay", "guia-log-relay", {6517: at_site, 6515: by_relp}),
        at_site,
    )
    with at_end(box, relay):
        # the box is away: the relay keeps what it takes on its disk, and loses none of it when it is killed
        relay.start()
        with line_to(at_site, made, tmp_path, "nextcloud") as line:
            line.sendall(b"".join(message(number, sender="nextcloud") for number in range(1, LINES + 1)))
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
        assert all("é 澳門" in line and " nextcloud guia " in line for line in box.lines())


def test_a_relay_of_another_office_gets_no_line_in(tmp_path: Path) -> None:
    ours, theirs = written(tmp_path / "ours"), written(tmp_path / "theirs")
    by_tls, by_relp, at_site = free_port(), free_port(), free_port()
    box = Running(
        moved(tmp_path / "ours" / "box", tmp_path / "box", "guia-log", doors(by_tls, relp=by_relp)),
        by_relp,
    )
    relay = Running(
        moved(tmp_path / "theirs" / "site-1", tmp_path / "relay", "guia-log-relay", {6517: at_site, 6515: by_relp}),
        at_site,
    )
    with at_end(box, relay):
        box.start()
        relay.start()
        with line_to(at_site, theirs, tmp_path, "nextcloud") as line:
            line.sendall(message(1))
            complaints = tmp_path / "box" / "run" / "complaints.log"
            until(lambda: "relp" in complaints.read_text("utf-8"), "the refusal")
        (tmp_path / "mine").mkdir()
        with line_to(by_tls, ours, tmp_path / "mine") as line:
            line.sendall(message(2))
            until(box.numbers, "our own line")
        assert box.numbers() == [2]


def test_what_nextcloud_wrote_while_the_box_was_away_arrives(tmp_path: Path) -> None:
    written(tmp_path / "folder")
    port = free_port()
    box = Running(
        moved(
            tmp_path / "folder" / "box",
            tmp_path / "box",
            "guia-log",
            doors(others=port),
        ),
        port,
    )
    conf = moved(tmp_path / "folder" / "nextcloud", tmp_path / "nextcloud", "guia-log-nextcloud", {6517: port})
    audit = tmp_path / "audit.log"
    conf.write_text(conf.read_text("utf-8").replace("AUDIT-LOG", str(audit)), "utf-8")
    entry = '{"reqId":"%d","user":"陳大文","app":"admin_audit","message":"File written to: \\"/Relatório.pdf\\""}'
    audit.write_text("".join(entry % number + "\n" for number in range(100)), "utf-8")
    forwarder = Running(conf, 0)
    with at_end(box, forwarder):
        forwarder.start()
        complaints = tmp_path / "nextcloud" / "run" / "complaints.log"
        until(lambda: complaints.exists() and "suspended" in complaints.read_text("utf-8"), "that the box is away")
        box.start()
        until(lambda: len(box.lines()) >= 100, "what was written before")
        with audit.open("a", encoding="utf-8") as file:
            file.write(entry % 100 + "\n")
        until(lambda: any(entry % 100 in line for line in box.lines()), "what was written after")
        lines = box.lines()
    # the one that was under way when the box came may come twice
    told = dict.fromkeys(line.split(" ", 7)[7].strip() for line in lines)
    assert list(told) == [entry % number for number in range(101)]
    assert {tuple(line.split(" ")[2:4]) for line in lines} == {("nextcloud", "nextcloud-audit")}


def test_the_box_hands_on_to_a_store_that_shows_its_certificate(tmp_path: Path) -> None:
    made = written(tmp_path / "folder")
    port, at_store = free_port(), free_port()
    conf = moved(tmp_path / "folder" / "box", tmp_path / "box", "guia-log", doors(port))
    central = tmp_path / "folder" / "central"
    on = (central / "store.conf").read_text("utf-8").replace('port="6516"', f'port="{at_store}"')
    (conf.parent / "store.conf").write_text(on, "utf-8")
    # stands for the store: any receiver of RFC 5424 over TLS that asks for a certificate
    logs = tmp_path / "store" / "logs"
    for folder in (logs, tmp_path / "store" / "etc", tmp_path / "store" / "run"):
        folder.mkdir(parents=True)
    store_conf = tmp_path / "store" / "etc" / "rsyslog.conf"
    store_conf.write_text(
        f"""global(workDirectory="{logs}" maxMessageSize="64k"
        defaultNetstreamDriverCAFile="{central / "ca.pem"}"
        defaultNetstreamDriverCertFile="{central / "store.pem"}"
        defaultNetstreamDriverKeyFile="{central / "store.key"}")
        module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="x509/name"
        permittedPeer=["guia-log"])
        template(name="raw" type="string" string="%rawmsg%\\n")
        input(type="imtcp" address="127.0.0.1" port="{at_store}")
        action(type="omfile" file="{logs / "audit.log"}" template="raw")
        """,
        "utf-8",
    )
    box, store = Running(conf, port), Running(store_conf, at_store)
    with at_end(box, store):
        store.start()
        box.start()
        with line_to(port, made, tmp_path) as line:
            line.sendall(b"".join(message(number) for number in range(1, 51)))
            until(lambda: len(store.numbers()) == 50, "the lines at the store")
        assert box.numbers() == store.numbers() == list(range(1, 51))
        assert all(line.startswith("<110>1 2026-11-26T04:00:00") for line in store.lines())


def waiting(relay: Running) -> int:
    """How many lines the relay holds on its disk, by its own count of them."""
    index = relay.folder / "spool" / "waiting.qi"
    found = re.search(r"^\+iQueueSize:2:\d+:(\d+):", index.read_text("utf-8") if index.exists() else "", re.MULTILINE)
    return int(found[1]) if found else 0
