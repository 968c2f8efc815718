"""Lines to a real rsyslogd over mutual TLS; and every server that is none, each told apart by a code."""

import contextlib
import json
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from desktop.connect import delivery
from desktop.connect.delivery import deliver
from desktop.connect.reach import LineFault
from desktop.connect.readback import over_ssh
from desktop.connect.tls import both_known
from desktop.connect.watch import GivenUp, Watch
from desktop.logbox.authority import Pair
from desktop.logbox.proof import prove
from tests.desktop.boxes import HERE, Authority, Box, free_port, until
from wizards.logbox.line import Line
from wizards.trail.chain import append
from wizards.trail.verification import verify
from wizards.trail.wire import LIMIT, framed, of_entry

AT = "2026-11-23T10:15:30.000000Z"
Behaviour = Callable[[socket.socket], object]


def arrived(box: Box, message: str) -> None:
    until(lambda: message in box.messages(), f"{len(message)} characters: {message[:40]}")


# A real box ---------------------------------------------------------------------------------------------------------


def test_entries_arrive_whole_in_every_script_and_length(box: Box) -> None:
    links = [append(None, AT, "answer.given", "客戶資料", "ab" * 32)]
    for subject in (
        "Eliminação de dados: cópia de segurança",
        "x",
        "刪除個人資料" * 1112,
        'quotes " \\ ] [ ?',
        "a\nb\r\tc",
    ):
        links.append(append(links[-1], AT, "people.request", subject, ""))
    assert len(links[3].text.encode()) > 20_000
    sender = "guia-whole"
    deliver(box.line, [of_entry(sender, link) for link in links], Watch())
    arrived(box, links[-1].text)
    held = box.trail(sender)
    assert held == links
    assert verify(held).count == len(links)  # type: ignore[union-attr]


def test_the_shortest_and_the_longest_come_between_others(box: Box) -> None:
    room = LIMIT - len(f"<110>1 {AT} h guia - test - ")
    longest = "語" * (room // 3) + "x" * (room % 3)
    messages = ["a", "first", longest, "b", "ação", longest[::-1], "c", "last one of these"]
    deliver(box.line, [framed("h", AT, "test", message) for message in messages], Watch())
    arrived(box, messages[-1])
    assert [m for m in box.messages() if m in messages] == messages


def test_a_raw_newline_stays_in_its_line(box: Box) -> None:
    deliver(box.line, [framed("h", AT, "test", "before\nafter"), framed("h", AT, "test", "next of raw")], Watch())
    arrived(box, "next of raw")
    assert "before#012after" in box.messages()


def test_a_test_is_found_again(box: Box) -> None:
    steps: list[str] = []
    proof = prove(box.line, over_ssh(box.line), Watch(lambda word, *_: steps.append(word)))
    assert (proof.result, proof.code) == ("logged", "")
    assert proof.line in box.lines()
    assert proof.nonce in proof.line
    assert steps == ["send.step-sending", "send.step-looking"]


@pytest.mark.parametrize("who", ["another authority", "not listed"])
def test_a_client_that_is_refused_is_reported_as_not_logged(box: Box, who: str) -> None:
    mine = (Authority() if who == "another authority" else box.authority).pair(
        "guia-pc01" if who == "another authority" else "guia-pc99"
    )
    refused = box.other(cert=mine.cert, key=mine.key)
    proof = prove(refused, over_ssh(box.line), Watch(), patience=0.5)
    assert proof.result == "not-found"
    assert proof.code in {"hung-up", "client-refused"}
    assert proof.line == ""


def test_a_client_without_a_certificate_gets_no_line_in_and_is_reported_as_not_logged(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = ssl.create_default_context(cadata=box.line.ca)
    monkeypatch.setattr(delivery, "_shown", lambda _: bare)
    proof = prove(box.line, over_ssh(box.line), Watch(), patience=0.5)
    assert proof.result in {"not-found", "not-sent"}
    assert proof.code in {"hung-up", "client-refused"}
    assert not box.holds(proof.nonce)


def test_no_key_stays_on_the_disk(box: Box, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "secrets"))
    stale = home / "line-of-a-crash"
    stale.mkdir(parents=True)
    (stale / "key.pem").write_text("left by a crash")
    os.utime(stale, (0, 0))
    deliver(box.line, [], Watch())
    with pytest.raises(LineFault, match="bad-keys"):
        deliver(box.other(key=Authority().pair("x").key), [], Watch())
    assert list(home.rglob("*.pem")) == []
    assert list(home.iterdir()) == []
    assert not (tmp_path / "secrets").exists()


# Servers that are no box --------------------------------------------------------------------------------------------


@contextlib.contextmanager
def server(behave: Behaviour, host: str = HERE) -> Iterator[int]:
    """A server that does `behave` with each connection; its port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.bind((host, 0))
        listening.listen()
        done = threading.Event()

        def serve() -> None:
            while not done.is_set():
                with contextlib.suppress(OSError):
                    taken, _ = listening.accept()
                    with taken:
                        taken.settimeout(10)
                        behave(taken)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            done.set()
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            thread.join(15)


def encrypted(pair: Pair, folder: Path, behave: Behaviour) -> Behaviour:
    """A server with this certificate; what it does once the line is there."""
    (folder / "server.pem").write_text(pair.cert + pair.key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")

    def act(taken: socket.socket) -> None:
        with context.wrap_socket(taken, server_side=True) as line:
            behave(line)

    return act


def until_gone(taken: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while taken.recv(1 << 16):
            pass


def fault(line: Line, messages: int = 1) -> str:
    """The code by which a delivery fails."""
    with pytest.raises(LineFault) as refused:
        deliver(line, (framed("h", "", "test", "x" * 60_000) for _ in range(messages)), Watch())
    return refused.value.code


@pytest.fixture
def authority() -> Authority:
    return Authority()


@pytest.fixture
def line(authority: Authority, loopback: None) -> Line:  # noqa: ARG001  # its address may be reached
    mine = authority.pair("guia-pc01")
    return Line(HERE, 0, 0, authority.pem, mine.cert, mine.key, "", "", "guia-pc01", "")


def to(line: Line, port: int, host: str = HERE) -> Line:
    return Line(host, port, 0, line.ca, line.cert, line.key, "", "", line.sender, "")


@pytest.mark.parametrize(
    ("names", "days", "code"),
    [
        (("guia-log", HERE), (-9, -2), "expired"),
        (("guia-log", HERE), (2, 9), "not-yet"),
        (("guia-log", "192.0.2.1"), (-1, 9), "wrong-name"),
    ],
)
def test_a_server_with_a_wrong_certificate_gets_nothing(
    authority: Authority, line: Line, tmp_path: Path, names: tuple[str, ...], days: tuple[int, int], code: str
) -> None:
    shown = authority.pair(*names, begun=days[0], ends=days[1])
    heard: list[bytes] = []
    with server(encrypted(shown, tmp_path, lambda taken: heard.append(taken.recv(9)))) as port:
        assert fault(to(line, port)) == code
    assert heard == []


def test_a_server_of_another_authority_gets_nothing(line: Line, tmp_path: Path) -> None:
    with server(encrypted(Authority().pair("guia-log", HERE), tmp_path, until_gone)) as port:
        assert fault(to(line, port)) == "wrong-authority"
    with server(encrypted(Authority("Another").pair("guia-log", HERE), tmp_path, until_gone)) as port:
        assert fault(to(line, port)) == "wrong-authority"


def test_a_closed_port_and_a_server_in_plain_text_are_told_apart(line: Line) -> None:
    assert fault(to(line, free_port())) == "port-closed"

    def greet(taken: socket.socket) -> None:
        taken.sendall(b"220 mail.example ready\r\n")
        until_gone(taken)

    with server(greet) as port:
        assert fault(to(line, port)) == "no-tls"
    with server(lambda taken: taken.recv(5)) as port:
        assert fault(to(line, port)) == "closed"


def test_an_own_certificate_that_ran_out_is_not_even_shown(authority: Authority, line: Line) -> None:
    old = authority.pair("guia-pc01", begun=-9, ends=-2)
    spent = Line(HERE, free_port(), 0, line.ca, old.cert, old.key, "", "", "guia-pc01", "")
    assert fault(spent) == "own-expired"


@pytest.mark.parametrize("text", ["", "no PEM"])
@pytest.mark.parametrize("wrong", ["ca", "cert", "key"])
def test_what_is_no_certificate_is_said_and_nobody_else_is_trusted(line: Line, wrong: str, text: str) -> None:
    parts = {"ca": line.ca, "cert": line.cert, "key": line.key} | {wrong: text}
    assert fault(Line(HERE, 1, 0, **parts, read_key="", host_key="", sender="x", until="")) == "bad-keys"


def test_a_server_that_never_answers_is_left_in_time(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "SECONDS", 0.3)
    with server(until_gone) as port:
        assert fault(to(line, port)) == "hung"


def test_a_reader_that_stops_is_left_in_time(
    authority: Authority, line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "SECONDS", 0.5)
    over = threading.Event()
    with server(encrypted(authority.pair("guia-log", HERE), tmp_path, lambda _: over.wait(10))) as port:
        assert fault(to(line, port), messages=400) == "slow"
        over.set()


def test_a_server_that_ends_half_way_is_said(authority: Authority, line: Line, tmp_path: Path) -> None:
    with server(encrypted(authority.pair("guia-log", HERE), tmp_path, lambda taken: taken.recv(1000))) as port:
        assert fault(to(line, port), messages=400) == "closed"


def test_a_slow_reader_that_goes_on_gets_all(authority: Authority, line: Line, tmp_path: Path) -> None:
    got: list[int] = []

    def slowly(taken: socket.socket) -> None:
        while part := taken.recv(1 << 14):
            got.append(len(part))
            if len(got) % 40 == 0:
                time.sleep(0.001)  # what is tested is a reader that is slow

    with server(encrypted(authority.pair("guia-log", HERE), tmp_path, slowly)) as port:
        frames = [framed("h", "", "test", f"{number:05}" * 12_000) for number in range(60)]
        assert deliver(to(line, port), frames, Watch()) == "quiet"
    assert sum(got) == sum(map(len, frames))


def test_both_kinds_of_address_are_reached(authority: Authority, line: Line, tmp_path: Path) -> None:
    hosts = [HERE, "localhost"]
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as six:
        six.bind(("::1", 0))
        hosts.append("::1")
    for host in hosts:
        where = "::1" if host == "::1" else HERE
        shown = authority.pair("localhost", HERE, "::1")
        with server(encrypted(shown, tmp_path, until_gone), where) as port:
            assert deliver(to(line, port, host), [framed("h", "", "test", "x")], Watch()) == "quiet"


def given_up(act: Callable[[Watch], object]) -> None:
    """Give `act` up a moment after it began; it ends within a second."""
    watch, ended = Watch(), []

    def run() -> None:
        try:
            act(watch)
        except GivenUp:
            ended.append(time.monotonic())

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(0.4)
    assert thread.is_alive()
    begun = time.monotonic()
    watch.give_up()
    thread.join(10)
    assert ended
    assert ended[0] - begun < 1.0


def test_giving_up_ends_every_wait_within_a_second(
    authority: Authority, line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server(until_gone) as port:
        given_up(lambda watch: deliver(to(line, port), [], watch))
    over = threading.Event()
    with server(encrypted(authority.pair("guia-log", HERE), tmp_path, lambda _: over.wait(10))) as port:
        frames = [framed("h", "", "test", "x" * 60_000)] * 400
        given_up(lambda watch: deliver(to(line, port), frames, watch))
        over.set()
    # a name server that never answers
    asked = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: asked.wait(10) and [])
    given_up(lambda watch: deliver(to(line, 1, "box.office"), [], watch))
    asked.set()


def test_a_name_that_nobody_knows_is_said(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert fault(to(line, 1, "box.office")) == "unknown-host"


def test_a_key_with_a_passphrase_asks_no_terminal(authority: Authority, home: Path) -> None:
    mine = authority.pair("x")
    locked = load_pem_private_key(mine.key.encode(), None).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")
    )
    with pytest.raises((ssl.SSLError, ValueError)):
        both_known(authority.pem, mine.cert, locked.decode())
    assert list(home.iterdir()) == []


def test_what_is_sent_as_a_test_is_a_line_of_json(box: Box) -> None:
    proof = prove(box.line, over_ssh(box.line), Watch())
    said = json.loads(proof.line.split(" ", 7)[7])
    assert (said["guia"], said["nonce"]) == ("log-test", proof.nonce)


class Complaining:
    """A place that holds nothing, and says why."""

    def find(self, nonce: str, watch: Watch) -> None:
        del nonce, watch

    def complaint(self, watch: Watch) -> str:
        del watch
        return "full"


def test_what_the_box_says_of_itself_explains_a_closed_port(line: Line) -> None:
    proof = prove(to(line, free_port()), Complaining(), Watch())
    assert (proof.result, proof.code) == ("not-sent", "box-full")
