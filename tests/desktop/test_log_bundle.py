"""`guia log bundle` and the folder that it makes: certificates, modes, scripts, settings, instructions, refusals."""

import os
import re
import shutil
import signal
import stat
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from desktop.content import words
from desktop.logbox.instructions import FAULTS
from desktop.logbox.kept import Box
from desktop.logbox.making import PAGE, make_bundle
from desktop.paths import Paths
from desktop.storage.store import Store, make_vault, open_store
from tests.desktop.boxes import _tool as tool
from tests.desktop.log_folders import ASKED, moved, written
from tests.desktop.test_cli import Ran, guia  # noqa: F401  # a fixture
from wizards.content.text import LANGUAGES
from wizards.logbox.names import Request

WHOLE = ("--host", "logbox", "--address", "127.0.0.1", "--sender", "前台電腦", "--site", "氹仔")
ROLES = {"box": "guia-log", "nextcloud": "guia-log-nextcloud", "computer-pc-1": "guia-log-computer"}


def here(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_the_command_makes_the_whole_folder(guia: Ran, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "folder"
    code, said, told = guia("log", "bundle", "--out", out, *WHOLE)
    assert (code, said) == (0, "")
    assert PAGE in told
    assert {path.split("/")[0] for path in here(out)} == {
        PAGE, "box", "nextcloud", "computer-pc-1", "site-1", "central", "this-computer",
    }  # fmt: skip
    assert {path for path in here(out) if path.startswith("this-computer/")} == {
        f"this-computer/{name}" for name in ("ca.pem", "client.pem", "client.key", "read.key", "known_hosts")
    }
    secrets = [path for path in here(out) if path.endswith((".key", "_host_key"))]
    assert len(secrets) == 9
    assert {stat.S_IMODE((out / path).stat().st_mode) for path in secrets} == {0o600}
    for path in here(out):
        if path.endswith(("install.sh", "undo.sh")):
            assert stat.S_IMODE((out / path).stat().st_mode) == 0o755
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    known = (out / "this-computer" / "known_hosts").read_text()
    assert re.fullmatch(r"\[127\.0\.0\.1\]:6522 ssh-ed25519 \S+\n", known)
    assert [file.name for file in tmp_path.iterdir()] == ["folder"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--host", "x;reboot"), "x;reboot"),
        (("--host", "logbox", "--address", "here"), "here"),
        (("--host", "logbox", "--sender", "a|b"), "a|b"),
        (("--host", "logbox", "--site", "a\nb"), "a\\nb"),
        (("--host", "logbox", "--days", "3"), "3"),
        (("--host", "logbox", "--days", "many"), "many"),
        ((), "--host"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_cannot_be_used_writes_nothing(
    guia: Ran,  # noqa: F811
    tmp_path: Path,
    asked: tuple[str, ...],
    said: str,
    lang: str,
) -> None:
    code, out, told = guia("log", "bundle", "--out", tmp_path / "folder", *asked, "--lang", lang)
    assert (code, out) == (2, "")
    assert said in told
    assert not any(tmp_path.iterdir())


def test_a_folder_with_something_in_it_is_left_as_it_is(guia: Ran, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "old.key").write_text("old")
    (tmp_path / "file").write_text("mine")
    for out in (tmp_path / "full", tmp_path / "file", tmp_path / "missing" / "folder"):
        code, _, told = guia("log", "bundle", "--out", out, *WHOLE)
        assert (code, str(out) in told) == (2, True)
    assert here(tmp_path) == {"full/old.key", "file"}


def test_an_empty_folder_is_filled(guia: Ran, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "empty").mkdir()
    assert guia("log", "bundle", "--out", tmp_path / "empty", "--host", "logbox")[0] == 0
    assert "box/install.sh" in here(tmp_path / "empty")
    assert not any(path.startswith(("site", "central", "computer")) for path in here(tmp_path / "empty"))


def test_a_disk_that_fills_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, left = os.fsync, [7]

    def fsync(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError, match="No space"):
        written(tmp_path / "folder")
    assert not any(tmp_path.iterdir())


def test_told_to_end_half_way_it_leaves_no_keys(
    guia: Ran,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, left = os.fsync, [7]

    def fsync(handle: int) -> None:
        left[0] -= 1
        if left[0] == 0:
            signal.raise_signal(signal.SIGTERM)
        real(handle)

    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        monkeypatch.setattr(os, "fsync", fsync)
        code, out, _ = guia("log", "bundle", "--out", tmp_path / "folder", "--host", "logbox")
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)
    assert (code, out) == (143, "")
    assert [one.name for one in tmp_path.iterdir() if "folder" in one.name] == []


# Certificates -------------------------------------------------------------------------------------------------------


def test_openssl_takes_each_certificate_for_what_it_is_for(tmp_path: Path) -> None:
    out = tmp_path / "folder"
    written(out)
    authority = ["openssl", "verify", "-x509_strict", "-CAfile", str(out / "box" / "ca.pem")]

    def verified(path: str, *more: str) -> bool:
        done = subprocess.run([*authority, *more, str(out / path)], capture_output=True, check=False)
        return done.returncode == 0

    for name in ("logbox", "guia-log"):
        assert verified("box/server.pem", "-purpose", "sslserver", "-verify_hostname", name)
    assert verified("box/server.pem", "-purpose", "sslserver", "-verify_ip", "127.0.0.1")
    assert not verified("box/server.pem", "-verify_hostname", "other")
    for path, name in {
        "box/selftest.pem": "selftest",
        "nextcloud/client.pem": "nextcloud",
        "computer-pc-1/client.pem": "pc-1",
    }.items():
        assert verified(path, "-purpose", "sslclient", "-verify_hostname", name)
        assert not verified(path, "-purpose", "sslserver")
    for purpose in ("sslclient", "sslserver"):
        assert verified("site-1/relay.pem", "-purpose", purpose, "-verify_hostname", "site-1")
    assert not verified("box/server.pem", "-attime", str(int((datetime.now(UTC) + timedelta(1100)).timestamp())))


def test_each_certificate_is_its_own_and_ends_on_the_day_that_is_told() -> None:
    made = make_bundle(ASKED, "en")
    found = [x509.load_pem_x509_certificate(f.text.encode()) for f in made.files if f.path.endswith(".pem")]
    found.append(x509.load_pem_x509_certificate(made.line.cert.encode()))
    own = [one for one in found if not one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca]
    assert len({one.serial_number for one in own}) == len(own) == 7
    assert {one.not_valid_after_utc.date() for one in found} == {date.fromisoformat(made.line.until)}
    assert date.fromisoformat(made.line.until) - datetime.now(UTC).date() == timedelta(days=1095)


def test_the_key_that_signs_is_nowhere(tmp_path: Path) -> None:
    out = tmp_path / "folder"
    written(out)
    authority = x509.load_pem_x509_certificate((out / "box" / "ca.pem").read_bytes()).public_key()
    for path in here(out):
        if path.endswith(".key"):
            pair = subprocess.run(
                ["openssl", "pkey", "-in", out / path, "-pubout"], capture_output=True, check=True
            ).stdout
            assert load_pem_public_key(pair) != authority


# Scripts and settings -----------------------------------------------------------------------------------------------


def test_rsyslog_takes_each_of_the_settings(tmp_path: Path) -> None:
    out = tmp_path / "folder"
    written(out)
    folders = {path.split("/")[0] for path in here(out) if path.endswith("/rsyslog.conf")}
    assert folders == {*ROLES, "site-1"}
    for name in folders:
        role = ROLES.get(name, "guia-log-relay")
        conf = moved(out / name, tmp_path / "at" / name, role, {})
        assert not re.search(rf"/(?:etc|run|var/lib)/{role}", conf.read_text("utf-8"))
        _accepted(conf)
    # the way on to a central store, as it is put on the box
    box = tmp_path / "at" / "box" / "etc"
    shutil.copy(out / "central" / "store.conf", box / "store.conf")
    _accepted(box / "rsyslog.conf")
    _accepted(moved(out / "box", tmp_path / "at" / "selftest", "guia-log", {}).with_name("rsyslog.conf"))


def _accepted(conf: Path) -> None:
    done = subprocess.run([tool("rsyslogd"), "-N1", "-f", conf], capture_output=True, text=True, check=False)
    assert (done.returncode, "error" in done.stderr) == (0, False), done.stderr


def test_the_shell_scripts_have_no_known_weakness(tmp_path: Path) -> None:
    out = tmp_path / "folder"
    written(out)
    scripts = [path for path in here(out) if path.endswith(".sh") or path.startswith("box/guia-log-r")]
    scripts = [path for path in scripts if not path.endswith((".service", "steps.sh"))]
    assert len(scripts) == 11
    for path in scripts:
        done = subprocess.run(
            [tool("shellcheck"), "-x", "-s", "sh", Path(path).name],
            cwd=(out / path).parent,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{path}: {done.stdout}"


def test_nothing_is_left_to_fill_in(tmp_path: Path) -> None:
    out = tmp_path / "folder"
    written(out)
    left = [path for path in here(out) if re.search(r"@[A-Z_]+@", (out / path).read_text("utf-8"))]
    assert left == []


# Instructions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_instructions_is_whole(lang: str) -> None:
    made = make_bundle(Request("logbox", "192.168.1.20", ("前台電腦",), ("氹仔",), 30), lang)
    page = next(file.text for file in made.files if file.path == PAGE)
    assert f'<html lang="{lang}">' in page
    for told in ("192.168.1.20", "6514", "6522", "6515", "6517", "30", made.line.until, "前台電腦", "氹仔", "READY"):
        assert told in page
    assert not re.search(r"\{[a-z-]+\}|@[A-Z]+@", page)
    assert not re.search(r"(?:src|href)=|https?://|PRIVATE KEY", page)


def test_every_sign_that_a_script_shows_is_explained() -> None:
    texts = "\n".join(file.text for file in make_bundle(ASKED, "en").files if file.path.endswith(".sh"))
    shown = set(re.findall(r"fail ([A-Z]\d)", texts)) | set(re.findall(r"WARNING \[([A-Z]\d)\]", texts))
    assert shown == set(FAULTS)
    assert all(f"logbox.fault-{sign}" in words() for sign in shown)


def test_names_stand_in_the_page_as_text() -> None:
    made = make_bundle(Request("logbox", sites=("A.B - C",)), "en")
    assert "A.B - C" in next(file.text for file in made.files if file.path == PAGE)


# What this computer keeps -------------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    make_vault(Paths(tmp_path), bytes(range(32)))
    with open_store(Paths(tmp_path), bytes(range(32))) as opened:
        yield opened


def test_the_vault_keeps_the_line_and_forgets_it(store: Store) -> None:
    box = Box(store)
    assert box.line() is None
    made = make_bundle(ASKED, "pt")
    box.keep(made)
    assert Box(store).line() == made.line
    kept = Box(store).kept()
    assert kept is not None
    assert (kept.computers, kept.sites, kept.days) == (("前台電腦",), ("氹仔",), 30)
    box.forget()
    assert Box(store).line() is None
