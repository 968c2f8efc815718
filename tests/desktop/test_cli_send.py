"""The command `guia log test`: it ends well only where the test was found again; exits, JSON, and what it refuses."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from desktop.logbox.authority import ssh_pair
from tests.desktop.boxes import HERE, SENDER, Authority, Box, as_files, free_port, reading, until
from tests.desktop.test_cli import Ran
from wizards.content.text import LANGUAGES
from wizards.logbox.line import Line

KEYS = {"result", "nonce", "line", "at", "code", "text"}


@pytest.fixture
def guia(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ran:
    """The command `guia` in this process."""
    return Ran(monkeypatch, capsys)


def test_a_test_that_is_found_again_over_ssh_ends_well(box: Box, guia: Ran, tmp_path: Path) -> None:
    code, out, err = guia("log", "test", *as_files(tmp_path, box.line), *reading(tmp_path, box.line), "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert set(told) == KEYS
    assert (told["result"], told["code"]) == ("logged", "")
    assert told["line"] in box.lines()
    assert f" {SENDER} guia - test - " in told["line"]
    assert told["nonce"] in told["line"]


def test_a_test_that_is_found_again_in_a_file_ends_well_and_shows_the_line(box: Box, guia: Ran, tmp_path: Path) -> None:
    files = as_files(tmp_path, box.line)
    guia("log", "test", *files)
    until(box.lines, "the first line")
    code, out, err = guia("log", "test", *files, "--read-back", box.log)
    assert code == 0
    assert "Logged." in out
    assert out.splitlines()[-1] in box.lines()
    assert "Looking for it" in err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_way_to_read_back_nothing_is_proven_and_the_word_is_told(
    box: Box, guia: Ran, tmp_path: Path, lang: str
) -> None:
    files = as_files(tmp_path, box.line)
    code, out, _ = guia("log", "test", *files, "--json", "--lang", lang)
    told = json.loads(out)
    assert (code, told["result"], told["code"], told["line"]) == (1, "cannot-look", "nobody-looked", "")
    assert f"guia-log-read find {told['nonce']}" in told["text"]
    until(lambda: box.holds(told["nonce"]), "the line")  # it was sent, and still counts for nothing


def test_what_is_refused_unreachable_or_not_read_is_not_logged(box: Box, guia: Ran, tmp_path: Path) -> None:
    def told(*arguments: str) -> tuple[int, str, str]:
        code, out, _ = guia("log", "test", *arguments, "--json")
        found = json.loads(out)
        assert found["line"] == ""
        return code, found["result"], found["code"]

    stranger = Authority().pair(SENDER)
    other = as_files(tmp_path / "other", box.other(cert=stranger.cert, key=stranger.key))
    code, result, why = told(*other, *reading(tmp_path / "other", box.line))
    assert (code, result) == (1, "not-found")
    assert why in {"hung-up", "client-refused"}
    code, result, why = told(*other)  # nobody can look, but the box has said enough
    assert (code, result) == (1, "cannot-look")
    assert why in {"hung-up", "client-refused"}
    off = as_files(tmp_path / "off", box.other(port=free_port()))
    assert told(*off, *reading(tmp_path / "off", box.line)) == (1, "not-sent", "port-closed")
    untrusted = as_files(tmp_path / "untrusted", box.other(ca=Authority().pem))
    assert told(*untrusted) == (1, "not-sent", "wrong-authority")
    mine = as_files(tmp_path / "mine", box.other(host_key=ssh_pair()[1]))
    assert told(*mine, *reading(tmp_path / "mine", box.line)) == (1, "cannot-look", "read-host-key")


def test_the_box_is_named_by_its_other_addresses_only_where_its_certificate_says_so(
    box: Box, guia: Ran, tmp_path: Path
) -> None:
    files = as_files(tmp_path, box.line)
    files[1] = f"localhost:{box.line.port}"
    code, out, _ = guia("log", "test", *files, "--json")
    assert (code, json.loads(out)["code"]) == (1, "wrong-name")


@pytest.mark.parametrize(
    "to", ["", "box", "box:", ":6514", "box:0", "box:65536", "::1:6514", "[::1]", "box:six", "-o:22", "a b:1", "é:1"]
)
def test_what_is_no_address_is_bad_input(guia: Ran, tmp_path: Path, to: str) -> None:
    files = as_files(tmp_path, _line())
    files[1] = to
    code, out, err = guia("log", "test", *files, "--json")
    assert (code, out) == (2, "")
    assert "[::1]:6514" in err


def _line() -> Line:
    authority = Authority()
    mine = authority.pair(SENDER)
    return Line(HERE, 1, 2, authority.pem, mine.cert, mine.key, "", "", SENDER, "")


def test_files_that_do_not_fit_are_bad_input(guia: Ran, tmp_path: Path, home: Path) -> None:
    files = as_files(tmp_path, _line())
    other = as_files(tmp_path / "other", _line())
    text = tmp_path / "text.pem"
    text.write_text("no PEM")

    def refused(*arguments: str) -> str:
        code, out, err = guia("log", "test", *arguments, "--json")
        assert (code, out) == (2, "")
        return err

    for at in (3, 5, 7):
        assert "missing.pem" in refused(*files[:at], str(tmp_path / "missing.pem"), *files[at + 1 :])
        assert "text.pem" in refused(*files[:at], str(text), *files[at + 1 :])
    assert "does not belong" in refused(*files[:7], other[7])
    assert "missing.log" in refused(*files, "--read-back", str(tmp_path / "missing.log"))
    both = ["--read-key", files[7], "--known-hosts", files[7]]
    for half in (both[:2], both[2:], [*both, "--read-back", str(text)], ["--read-port", "6522"]):
        assert "--read-back" in refused(*files, *half)
    assert not home.exists()


def test_a_key_with_a_passphrase_is_bad_input_and_asks_nobody(tmp_path: Path) -> None:
    files = as_files(tmp_path, _line())
    locked, key = tmp_path / "locked.pem", load_pem_private_key(Path(files[7]).read_bytes(), None)
    locked.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")))
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "log", "test", *files[:7], str(locked), "--json"],
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "locked by a passphrase" in done.stderr
