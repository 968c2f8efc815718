"""The HTTP client against servers of this computer, good and bad: what it takes, what it refuses, and how soon."""

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Timer
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.connect import web
from desktop.connect.terms import Account, NoAnswer
from desktop.connect.watch import GivenUp, Watch
from desktop.connect.web import Client, address_of, on_same_server, quoted
from desktop.content import words
from tests.nextcloud_server import Authority, bare

pytestmark = pytest.mark.usefixtures("loopback")
ME = Account("ana", "secret-of-ana")


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def client(authority: Authority, watch: Watch) -> Iterator[Client]:
    with Client(watch, authority.file) as made:
        yield made


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> float:
    """Whoever is slow is waited for one second."""
    monkeypatch.setattr(web, "SECONDS", 1.0)
    return 1.0


def said(*lines: str, body: bytes = b"") -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode() + body


def refused(client: Client, url: str, account: Account | None = None) -> NoAnswer:
    with pytest.raises(NoAnswer) as told:
        client.ask("GET", url, account=account)
    assert ME.password not in f"{told.value!r} {told.value.values}"
    return told.value


# What is taken ------------------------------------------------------------------------------------------------------


def test_an_answer_comes_whole(client: Client, certificate: Path) -> None:
    body = "帳戶 ção".encode() * 1000
    with bare(lambda s: s.sendall(said(f"Content-Length: {len(body)}", "X-La: é", body=body)), certificate) as server:
        answer = client.ask("GET", server.address + "/a b", account=ME, headers={"X-One": "1"})
    assert (answer.status, answer.body) == (200, body)
    request = server.requests[0].decode()
    assert request.startswith("GET /a%20b HTTP/1.1\r\n")
    assert "\r\nAuthorization: Basic YW5hOnNlY3JldC1vZi1hbmE=\r\n" in request
    assert "cookie" not in request.lower()


def test_chunks_and_packed_bodies_are_put_together(client: Client, certificate: Path) -> None:
    packed = gzip.compress(b"hello " * 5000)
    chunked = (
        b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in (packed[:40], packed[40:])) + b"0\r\n\r\n"
    )
    head = said("Transfer-Encoding: chunked", "Content-Encoding: gzip")
    with bare(lambda s: s.sendall(head + chunked), certificate) as server:
        assert client.ask("GET", server.address).body == b"hello " * 5000


def test_a_redirect_on_the_same_server_is_followed(client: Client, certificate: Path) -> None:
    def act(line: socket.socket) -> None:
        first = server.asked == 1
        line.sendall(
            b"HTTP/1.1 302 Found\r\nLocation: /there\r\n\r\n" if first else said("Content-Length: 2", body=b"ok")
        )

    with bare(act, certificate) as server:
        answer = client.ask("GET", server.address + "/here", account=ME)
    assert (answer.body, answer.url) == (b"ok", server.address + "/there")


# What is refused ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/x?token=1", "http://localhost:{port}/x", "https://localhost:1/x", "//127.0.0.1:{port}/"],
)
def test_no_other_server_is_followed(client: Client, certificate: Path, to: str) -> None:
    def act(line: socket.socket) -> None:
        line.sendall(f"HTTP/1.1 301 Moved\r\nLocation: {to.format(port=server.port)}\r\n\r\n".encode())

    with bare(act, certificate) as server:
        error = refused(client, server.address, ME)
    assert error.code == "elsewhere"
    assert "token" not in error.values["to"]
    assert server.asked == 1


def test_a_request_that_changes_something_is_not_sent_elsewhere(client: Client, certificate: Path) -> None:
    with bare(lambda s: s.sendall(b"HTTP/1.1 302 Found\r\nLocation: /other\r\n\r\n"), certificate) as server:
        with pytest.raises(NoAnswer, match="elsewhere"):
            client.ask("MKCOL", server.address + "/folder", account=ME)
        assert server.asked == 1


def test_a_redirect_to_nowhere_is_an_answer(client: Client, certificate: Path) -> None:
    nowhere = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"
    with bare(lambda s: s.sendall(nowhere), certificate) as server:
        assert client.ask("GET", server.address).status == 302


def test_a_circle_ends(client: Client, certificate: Path) -> None:
    with bare(lambda s: s.sendall(b"HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n"), certificate) as server:
        assert refused(client, server.address).code == "around"
        assert server.asked == 5


def test_a_password_that_was_refused_is_not_sent_again(client: Client, certificate: Path) -> None:
    with bare(lambda s: s.sendall(b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"), certificate) as server:
        assert client.ask("GET", server.address, account=ME).status == 401
        assert refused(client, server.address, ME).code == "turned-away"
        assert server.asked == 1


def test_no_password_goes_over_a_line_that_all_can_read(client: Client) -> None:
    with bare(lambda s: s.sendall(said("Content-Length: 0")), None) as server:
        assert refused(client, server.address, ME).code == "in-the-clear"
        assert server.asked == 0
        assert client.ask("GET", server.address).status == 200


def test_a_certificate_of_an_unknown_authority_is_refused(certificate: Path, tmp_path: Path) -> None:
    with bare(lambda s: s.sendall(said()), certificate) as server:
        with Client(Watch()) as trusting_the_system:
            assert refused(trusting_the_system, server.address, ME).code == "certificate-unknown"
        with Client(Watch(), Authority(tmp_path).file) as trusting_another:
            assert refused(trusting_another, server.address, ME).code == "certificate-unknown"
        assert server.requests == []


def test_a_certificate_of_another_name_or_day_is_refused(client: Client, authority: Authority) -> None:
    with bare(lambda s: s.sendall(said()), authority.certificate_file("cloud.example.mo")) as server:
        assert refused(client, server.address, ME).code == "certificate-name"
    with bare(lambda s: s.sendall(said()), authority.certificate_file(days=-1)) as server:
        assert refused(client, server.address, ME).code == "certificate-expired"


def test_a_file_without_certificates_is_no_authority(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    for content in (
        b"",
        b"hello",
        b"\xff\x00" * 500,
        b"-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----\n",
    ):
        file.write_bytes(content)
        with pytest.raises(NoAnswer, match="authority"):
            Client(Watch(), file)
    with pytest.raises(FileNotFoundError):
        Client(Watch(), tmp_path / "none.pem")


def test_a_server_without_encryption_at_an_https_address(client: Client) -> None:
    with bare(lambda s: s.sendall(said()), None) as server:
        assert refused(client, server.address.replace("http:", "https:"), ME).code in ("no-tls", "vanished")


def test_nobody_is_there(client: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    error = refused(client, f"https://localhost:{port}", ME)
    assert (error.code, error.values["port"]) == ("nobody", str(port))


@pytest.mark.parametrize(
    "url",
    [
        *("", "cloud", "ftp://a.b", "https://", "https://u:p@a.b", "https://a.b:0", "https://a b.c", "https://a\x00.b"),
        *("https://xn--", f"https://{'a.' * 130}mo"),
    ],
)
def test_what_is_no_address_is_refused(client: Client, url: str) -> None:
    assert refused(client, url).code == "address"


# Too much, too slow, too strange ------------------------------------------------------------------------------------


def test_an_answer_of_five_gigabytes_is_not_begun(client: Client, certificate: Path) -> None:
    with bare(lambda s: s.sendall(said("Content-Length: 5000000000", body=b"x" * 1000)), certificate) as server:
        error = refused(client, server.address)
    assert (error.code, error.values) == ("too-large", {"limit": "8"})


def test_an_endless_answer_is_cut_off(client: Client, certificate: Path) -> None:
    sent = 0

    def act(line: socket.socket) -> None:
        nonlocal sent
        line.sendall(said())
        while True:
            sent += line.send(b"x" * 65536)

    with bare(act, certificate) as server:
        assert refused(client, server.address).code == "too-large"
    assert sent < 5 * web.LARGEST


@pytest.mark.parametrize("packed", ["gzip", "deflate"])
def test_a_bomb_is_unpacked_no_further_than_the_limit(client: Client, certificate: Path, packed: str) -> None:
    bomb = (gzip.compress if packed == "gzip" else zlib.compress)(bytes(120_000_000), 9)
    assert len(bomb) < 500_000
    head = said(f"Content-Length: {len(bomb)}", f"Content-Encoding: {packed}")
    with bare(lambda s: s.sendall(head + bomb), certificate) as server:
        begun = time.monotonic()
        assert refused(client, server.address).code == "too-large"
        assert time.monotonic() - begun < 5


def test_packing_that_is_not_known_or_not_so_is_refused(client: Client, certificate: Path) -> None:
    for packing in ("br", "gzip"):
        head = said("Content-Length: 4", f"Content-Encoding: {packing}")
        with bare(lambda s, head=head: s.sendall(head + b"abcd"), certificate) as server:  # type: ignore[misc]
            assert refused(client, server.address).code == "packed"


def test_a_server_that_says_nothing_is_left_in_time(client: Client, certificate: Path, hurry: float) -> None:
    with bare(lambda s: s.recv(1), certificate) as server:
        begun = time.monotonic()
        error = refused(client, server.address)
    assert (error.code, error.values) == ("slow", {"seconds": "1"})
    assert hurry <= time.monotonic() - begun < hurry + 1


def test_a_server_that_never_greets_is_left_in_time(client: Client, hurry: float) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        assert refused(client, f"https://localhost:{silent.getsockname()[1]}").code == "slow"
    assert time.monotonic() - begun < hurry + 1


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX-Long: ", said()])
def test_a_server_that_drips_is_left_in_time(client: Client, certificate: Path, head: bytes, hurry: float) -> None:
    def act(line: socket.socket) -> None:
        line.sendall(head)
        while True:
            line.sendall(b"x")
            time.sleep(0.02)

    with bare(act, certificate) as server:
        begun = time.monotonic()
        assert refused(client, server.address).code == "slow"
    assert time.monotonic() - begun < hurry + 1


def test_headers_without_end_are_refused(client: Client, certificate: Path) -> None:
    def act(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            line.sendall(b"X-Filler: " + b"y" * 1000 + b"\r\n")

    with bare(act, certificate) as server:
        assert refused(client, server.address).code == "garbage"


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        said("Content-Length: 50", body=b"half"),
        said("Transfer-Encoding: chunked", body=b"ff\r\nhalf"),
    ],
)
def test_a_server_that_vanishes_half_way(client: Client, certificate: Path, sent: bytes) -> None:
    with bare(lambda s: s.sendall(sent), certificate) as server:
        assert refused(client, server.address).code == "vanished"
        assert server.asked == 1


@pytest.mark.parametrize(
    "sent", [b"\x00\xff" * 100, b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/9 hello\r\n\r\n", b"{}\r\n\r\n"]
)
def test_what_is_no_answer_of_a_web_server(client: Client, certificate: Path, sent: bytes) -> None:
    with bare(lambda s: s.sendall(sent), certificate) as server:
        assert refused(client, server.address).code in ("garbage", "vanished")


LINES: Final = """HTTP/1.1 200 OK|HTTP/1.1 401 No|HTTP/1.1 302 There|HTTP/1.1 100 Go|Content-Length: 3
Content-Length: -1|Content-Length: 99999999999999999999999|Content-Encoding: gzip|Transfer-Encoding: chunked|3|abc
0|Location: /x|Location: //x|Location: http://[::1|: |"""
lines = st.sampled_from(LINES.replace("\n", "|").split("|")).map(lambda line: f"{line}\r\n".encode())


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.lists(lines | st.binary(max_size=30), max_size=8).map(b"".join))
@pytest.mark.usefixtures("hurry")
def test_any_bytes_are_an_answer_or_told(client: Client, sent: bytes) -> None:
    code = ""
    with bare(lambda line: line.sendall(sent), None) as server:
        try:
            client.ask("GET", server.address)
        except NoAnswer as told:
            code = told.code
        assert 1 <= server.asked <= 5
    assert not code or f"http.{code}" in words()


def test_giving_up_is_heard_within_a_second(client: Client, watch: Watch, certificate: Path) -> None:
    with bare(lambda s: s.recv(1), certificate) as server:
        Timer(0.2, watch.give_up).start()
        begun = time.monotonic()
        with pytest.raises(GivenUp):
            client.ask("GET", server.address)
        assert time.monotonic() - begun < 1.2


def test_no_line_is_left_open(authority: Authority, certificate: Path) -> None:
    ended = SimpleQueue[bytes]()

    def act(line: socket.socket) -> None:
        line.sendall(said("Content-Length: 2", body=b"ok"))
        ended.put(line.recv(10))

    with bare(act, certificate) as server, Client(Watch(), authority.file) as one:
        assert one.ask("GET", server.address).body == b"ok"
        assert ended.get(timeout=10) == b""


# Addresses ----------------------------------------------------------------------------------------------------------


def test_what_owners_type_becomes_an_address() -> None:
    assert address_of(" cloud.example.mo/ ") == "https://cloud.example.mo"
    assert address_of("https://Cloud.example.mo:8443/nextcloud/?a=1#b") == "https://cloud.example.mo:8443/nextcloud"
    for page in ("index.php/apps/files/?dir=/", "login", "apps/dashboard/#x", "status.php", "index.php", "s/AbC"):
        assert address_of(f"https://cloud.example.mo/nextcloud/{page}") == "https://cloud.example.mo/nextcloud"
        assert address_of(f"cloud.example.mo/{page}") == "https://cloud.example.mo"


def test_odd_names_are_escaped() -> None:
    assert quoted("aña/..%?#\u202e 李") == "a%C3%B1a%2F%2E%2E%25%3F%23%E2%80%AE%20%E6%9D%8E"


def test_only_what_every_reader_takes_for_the_same_server_is_on_it() -> None:
    home = "https://cloud.example.mo/nextcloud"
    assert on_same_server("https://Cloud.example.mo:443/a?b=1", home) == "https://cloud.example.mo/a?b=1"
    others = [
        "https://cloud.example.mo\\@evil.example/",
        "https://cloud.example.mo@evil.example/",
        "https://cloud.example.mo/\\\\evil.example/",
        "https://evil.example/",
    ]
    others += [
        "http://cloud.example.mo/",
        "https://cloud.example.mo:8443/",
        "https://cloud.example.mo.evil/",
        "//x",
        "x",
    ]
    others += ["javascript:alert(1)", "https://cloud.example.mo/\x00", "https://cloud.example.mo:x/", "https://"]
    for other in others:
        with pytest.raises(NoAnswer, match="elsewhere"):
            on_same_server(other, home)
    with pytest.raises(NoAnswer) as told:
        on_same_server("https://evil.example/" + "x" * 10_000 + "?token=1", home)
    assert len(told.value.values["to"]) < 200
