"""The command `guia nextcloud check`: exits, streams, words in three languages, and no password anywhere."""

import json
import socket
from pathlib import Path

import pytest

from desktop.connect import web
from desktop.content import bank
from tests.desktop.test_cli import Ran
from tests.nextcloud_server import ADMIN, ANA, JSON, SAMPLES, Authority, Standin, bare, passwords_in
from wizards.content.text import LANGUAGES

pytestmark = pytest.mark.usefixtures("loopback")


@pytest.fixture
def guia(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ran:
    return Ran(monkeypatch, capsys)


@pytest.fixture
def password(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text(f"{ADMIN[1]}\r\nnever read\n", encoding="utf-8")
    return file


@pytest.fixture
def check(guia: Ran, standin: Standin, authority: Authority, password: Path) -> "Check":
    return Check(guia, standin.address, authority.file, password)


class Check:
    """The command, as an administrator of the stand-in."""

    def __init__(self, guia: Ran, address: str, ca: Path, password: Path) -> None:
        self._guia, self._where = guia, ("--url", address, "--ca", ca)
        self._who = ("--user", ADMIN[0], "--password-file", password)

    def __call__(self, *more: str | Path) -> tuple[int, str, str]:
        code, out, err = self._guia("nextcloud", "check", *self._where, *self._who, *more)
        assert passwords_in(out + err) == []
        return code, out, err


def mended(standin: Standin) -> None:
    """Nothing is left that fails."""
    sharing = standin.capabilities["ocs"]["data"]["capabilities"]["files_sharing"]["public"]
    sharing["password"]["enforced"] = True
    sharing["expire_date"] = {"enabled": True, "days": 7, "enforced": True}
    standin.open_links = 0
    status = json.loads((SAMPLES / "status.json").read_text("utf-8"))
    standin.instead["/status.php"] = (200, JSON, json.dumps({**status, "versionstring": "34.0.2"}).encode())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_wrong_is_exit_one_with_a_remedy_and_a_task(check: Check, lang: str) -> None:
    code, out, err = check("--json", "--lang", lang, "--audit-log", SAMPLES / "admin_audit-sample.jsonl")
    told = json.loads(out)
    assert (code, err) == (1, "")
    assert (told["version"], told["trouble"]) == ("31.0.6", None)
    assert {finding["status"] for finding in told["findings"]} == {"fail", "warn", "unknown", "pass"}
    for finding in told["findings"]:
        assert finding["text"]
        assert finding["remedy"] or finding["status"] == "pass"
        assert finding["task"] == "" or finding["task"] in bank().duties
        assert finding["sources"]
    assert next(f for f in told["findings"] if f["id"] == "audit-file")["status"] in ("pass", "warn")


def test_no_failure_is_exit_zero_though_some_is_to_be_looked_at(check: Check, standin: Standin) -> None:
    mended(standin)
    code, out, err = check()
    assert (code, err) == (0, "")
    assert "[Look at this]" in out
    assert "[Put this right]" not in out


def test_an_empty_audit_file_fails(check: Check, standin: Standin, tmp_path: Path) -> None:
    mended(standin)
    (tmp_path / "audit.log").touch()
    code, out, _ = check("--audit-log", tmp_path / "audit.log")
    assert code == 1
    assert "level 1" in out


def test_people_read_lines_and_a_name_that_a_terminal_would_obey_is_shown(check: Check, standin: Standin) -> None:
    standin.instead["/status.php"] = (
        200,
        JSON,
        b'{"installed":true,"maintenance":false,"version":"1","versionstring":"\x1b[2J"}',
    )
    code, out, _ = check()
    assert code == 1
    assert "\x1b" not in out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wrong_password_is_told_once(
    guia: Ran, standin: Standin, authority: Authority, tmp_path: Path, lang: str
) -> None:
    (tmp_path / "wrong").write_text(ANA[1], encoding="utf-8")
    who = ("--user", "admin", "--password-file", tmp_path / "wrong")
    code, out, err = guia("nextcloud", "check", "--url", standin.address, "--ca", authority.file, *who, "--lang", lang)
    assert (code, out) == (1, "")
    assert passwords_in(err) == []
    assert len(standin.seen) == 2


def test_what_cannot_be_asked_is_json_too(guia: Ran, standin: Standin) -> None:
    code, out, err = guia("nextcloud", "check", "--url", standin.address, "--json")
    assert code == 1
    assert json.loads(out) == {
        "server": standin.address,
        "version": None,
        "findings": [],
        "trouble": err.strip(),
    }
    assert "ca.pem" in err


def test_a_check_that_broke_off_is_exit_one(guia: Ran, authority: Authority) -> None:
    status = (SAMPLES / "status.json").read_bytes()

    def act(line: socket.socket) -> None:
        if running.asked == 1:
            line.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(status)}\r\n\r\n".encode() + status)

    with bare(act, authority.certificate_file()) as running:
        code, out, err = guia("nextcloud", "check", "--url", running.address, "--ca", authority.file)
    assert code == 1
    assert "31.0.6" in out
    assert "half way" in err


def test_a_slow_server_is_exit_one(guia: Ran, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SECONDS", 0.3)
    with bare(lambda line: line.recv(1), authority.certificate_file()) as running:
        code, out, err = guia("nextcloud", "check", "--url", running.address, "--ca", authority.file)
    assert (code, out) == (1, "")
    assert "stopped waiting" in err


def test_bad_input_is_exit_two_and_nothing_is_sent(
    guia: Ran, standin: Standin, authority: Authority, password: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "latin").write_bytes("palavra-é".encode("latin-1"))
    (tmp_path / "long").write_bytes(b"x" * 2000)
    (tmp_path / "control").write_bytes(b"a\x00b")
    (tmp_path / "notes").write_text("no certificate")
    good = ("--url", standin.address, "--ca", authority.file)
    who = ("--user", "admin", "--password-file")
    wrong: list[tuple[str | Path, ...]] = [
        ("--url", "ftp://a.b"),
        ("--url", "https://admin:secret@localhost"),
        (*good, "--user", "admin"),
        (*good, "--password-file", password),
        (*good, *who, tmp_path / "none"),
        (*good, *who, tmp_path),
        *((*good, *who, tmp_path / name) for name in ("empty", "latin", "long", "control")),
        (*good, "--user", "a:b", "--password-file", password),
        (*good, "--user", "", "--password-file", password),
        ("--url", standin.address, "--ca", tmp_path / "notes"),
        ("--url", standin.address, "--ca", tmp_path / "none"),
        (*good, "--audit-log", tmp_path / "none"),
        (),
    ]
    for arguments in wrong:
        code, out, err = guia("nextcloud", "check", *arguments, "--json")
        assert (code, out) == (2, ""), arguments
        assert err
        assert "secret" not in err
        assert passwords_in(err) == []
    assert standin.seen == []


def test_a_user_with_odd_characters_signs_in(guia: Ran, standin: Standin, authority: Authority, password: Path) -> None:
    name = "josé maria/../李 %2F@x"
    standin.passwords[name] = ADMIN[1]
    code, _, _ = guia(
        "nextcloud",
        "check",
        "--url",
        standin.address,
        "--ca",
        authority.file,
        "--user",
        name,
        "--password-file",
        password,
    )
    assert code == 1
    assert {seen.user for seen in standin.seen} == {"", name}
