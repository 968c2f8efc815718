"""Time-stamps of a real OpenSSL authority, and every way in which an answer can be none."""

import contextlib
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.connect import stamp, web
from desktop.connect.stamp import StampRefused
from desktop.connect.watch import GivenUp, Watch
from tests.desktop.authority import Authority, Quiet, handing_on, served

TEXT = b"GUIA-0016J-00000-00000-00000-00000-00000"

pytestmark = pytest.mark.usefixtures("loopback")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "office", "Office Time")


def refused(url: str, authority: bytes, text: bytes = TEXT) -> str:
    with pytest.raises(StampRefused) as caught:
        stamp.ask(url, text, authority, Watch())
    return caught.value.code


@contextlib.contextmanager
def answering(answer: bytes, status: int = 200) -> Iterator[str]:
    class Handler(Quiet):
        def reply(self) -> None:
            self.answer(answer, status)

    with served(Handler) as url:
        yield url


@pytest.mark.parametrize("whole", [True, False])
def test_an_authority_stamps_and_the_stamp_is_checked_again_later(office: Authority, whole: bool) -> None:  # noqa: FBT001
    # with the signing certificate in the owner's file the answer brings none; without, it must
    given_file = office.root + office.signer if whole else office.root
    steps: list[str] = []
    with served(handing_on(office)) as url:
        answer = stamp.ask(url, TEXT, given_file, Watch(lambda word, *_: steps.append(word)))
    found = stamp.check(answer, TEXT, given_file)
    assert found.by == "Office Time"
    assert abs((found.at - datetime.now(UTC)).total_seconds()) < 60
    assert steps == ["stamp.asking", "stamp.checking"]


def test_openssl_itself_agrees(office: Authority, tmp_path: Path) -> None:
    with served(handing_on(office)) as url:
        (tmp_path / "stamp.tsr").write_bytes(stamp.ask(url, TEXT, office.root, Watch()))
    (tmp_path / "mark.txt").write_bytes(TEXT)
    command = [
        "openssl",
        "ts",
        "-verify",
        "-data",
        "mark.txt",
        "-in",
        "stamp.tsr",
        "-CAfile",
        str(office.folder / "root.pem"),
    ]
    said = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert "Verification: OK" in said.stdout + said.stderr


def test_a_stamp_of_another_text_is_refused(office: Authority) -> None:
    with served(handing_on(office)) as url:
        other = stamp.ask(url, b"another text", office.root, Watch())
    with answering(other) as url:
        assert refused(url, office.root) == "other"
    with pytest.raises(StampRefused) as caught:
        stamp.check(other, TEXT, office.root)
    assert caught.value.code == "other"


def test_an_old_answer_for_the_same_text_is_refused(office: Authority) -> None:
    with served(handing_on(office)) as url:
        old = stamp.ask(url, TEXT, office.root, Watch())
    with answering(old) as url:
        assert refused(url, office.root) == "other"  # it answers another request


def test_another_authority_is_refused(office: Authority, tmp_path: Path) -> None:
    stranger = Authority(tmp_path / "stranger", "Office Time")
    with served(handing_on(stranger)) as url:
        assert refused(url, office.root) == "signature"
        assert refused(url, office.root + office.signer) == "signature"


def test_an_authority_whose_certificate_had_run_out_is_refused(tmp_path: Path) -> None:
    late = Authority(tmp_path / "late", "Late Time", valid=(-300, -10))
    with served(handing_on(late)) as url:
        assert refused(url, late.root) == "signature"


def test_a_certificate_for_other_purposes_is_refused(tmp_path: Path) -> None:
    plain = Authority(tmp_path / "plain", "Plain", purpose=False)

    class Handler(Quiet):
        def reply(self) -> None:
            try:
                self.answer(plain.stamp(self.query))
            except Exception:  # noqa: BLE001  # OpenSSL will not sign with it
                self.answer(b"", 500)

    with served(Handler) as url:
        assert refused(url, plain.root) in {"answer", "signature"}


@pytest.mark.parametrize("changed", range(0, 1600, 97))
def test_a_changed_answer_is_never_believed(office: Authority, changed: int) -> None:
    answer = bytearray(_stamped(office))
    answer[changed % len(answer)] ^= 0xFF
    with contextlib.suppress(StampRefused):
        # a byte that no signature covers, such as one of an extra certificate, may differ; what is said may not
        assert stamp.check(bytes(answer), TEXT, office.root) == stamp.check(_stamped(office), TEXT, office.root)


_kept: dict[int, bytes] = {}


def _stamped(office: Authority) -> bytes:
    if id(office) not in _kept:
        with served(handing_on(office)) as url:
            _kept[id(office)] = stamp.ask(url, TEXT, office.root, Watch())
    return _kept[id(office)]


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_calmly(office: Authority, answer: bytes) -> None:
    for authority in (office.root, b"no certificate either"):
        with pytest.raises(StampRefused):
            stamp.check(answer, TEXT, authority)


def test_what_is_no_answer_is_refused(office: Authority) -> None:
    with answering(b"<html>hello</html>") as url:
        assert refused(url, office.root) == "answer"
    with answering(b"", 503) as url:
        assert refused(url, office.root) == "answer"
    with answering(b"") as url:
        assert refused(url, office.root) == "answer"


def test_an_authority_that_rejects_is_told(office: Authority) -> None:
    with answering(bytes.fromhex("30053003020102")) as url:  # PKIStatus 2, no token
        assert refused(url, office.root) == "rejected"


def test_nobody_is_followed_elsewhere(office: Authority) -> None:
    class Handler(Quiet):
        def reply(self) -> None:
            self.send_response(307)
            self.send_header("Location", "http://elsewhere.example/tsa")
            self.send_header("Content-Length", "0")
            self.end_headers()

    with served(Handler) as url:
        assert refused(url, office.root) == "redirect"


def test_no_proxy_of_the_surroundings_is_taken(office: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with served(handing_on(office)) as url:
        assert stamp.ask(url, TEXT, office.root, Watch())


@pytest.mark.parametrize("url", ["", "ftp://127.0.0.1/", "127.0.0.1:80", "file:///etc/passwd", "http://"])
def test_what_is_no_address_is_refused(office: Authority, url: str) -> None:
    assert refused(url, office.root) in {"address", "unreachable"}


def test_a_file_without_an_authority_is_refused(office: Authority) -> None:
    assert refused("http://127.0.0.1:1/", b"") == "certificate"
    assert refused("http://127.0.0.1:1/", office.signer) == "certificate"  # signs stamps, and nobody vouches for it


def test_nobody_there(office: Authority) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/", office.root) == "unreachable"


def test_a_silent_server_is_left(office: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert refused(f"http://127.0.0.1:{silent.getsockname()[1]}/", office.root) == "slow"


@pytest.mark.parametrize(("piece", "pause", "code"), [(b"x" * 4096, 0.0, "too-large"), (b"x", 0.02, "slow")])
def test_an_endless_answer_is_cut_off(
    office: Authority, monkeypatch: pytest.MonkeyPatch, piece: bytes, pause: float, code: str
) -> None:
    monkeypatch.setattr(web, "SECONDS", 0.5)
    gone = threading.Event()

    class Handler(Quiet):
        def reply(self) -> None:
            self.send_response(200)
            self.end_headers()
            with contextlib.suppress(OSError):
                while not gone.wait(pause):
                    self.wfile.write(piece)

    with served(Handler) as url:
        begun = time.monotonic()
        assert refused(url, office.root) == code
        assert time.monotonic() - begun < 5
        gone.set()


def test_the_owner_gives_up_in_the_middle_of_an_endless_answer(office: Authority) -> None:
    watch = Watch()

    class Handler(Quiet):
        def reply(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"x")
            watch.give_up()
            self.wfile.write(b"x")

    with served(Handler) as url, pytest.raises(GivenUp):
        stamp.ask(url, TEXT, office.root, watch)
