"""A clean Debian becomes a log box, twice with the same result, finds a line again, and becomes itself again."""

import os
import re
from pathlib import Path

import pytest

from desktop.logbox.making import this_computer
from desktop.logbox.writing import write_folder
from tests.desktop.debian_root import Listing, Root, clean_debian
from tests.desktop.log_folders import ASKED, written
from tests.desktop.test_cli import Ran, guia  # noqa: F401  # a fixture
from wizards.logbox.receiver import PORT, READ_PORT

# what grows with each line
LOGS = frozenset({"run/guia-log/complaints.log", "var/log/guia/audit.log"})


def changed(before: Listing, after: Listing) -> dict[str, tuple[object, object]]:
    """Every file that differs, with what it was and what it is."""
    return {
        path: (before.get(path), after.get(path))
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path)
    }


@pytest.mark.usefixtures("loopback")
def test_a_clean_debian_becomes_a_log_box_and_is_itself_again(tmp_path: Path, guia: Ran) -> None:  # noqa: F811
    if os.geteuid() != 0 and not os.environ.get("CI"):
        pytest.skip("only root can install into a clean Debian")
    folder = tmp_path / "folder"
    made = written(folder)
    write_folder(tmp_path / "mine", this_computer(made.line))
    with clean_debian(tmp_path / "debian") as debian:
        clean = debian.listing()
        box = debian.bring(folder / "box")
        _a_clock_that_is_behind_is_told(debian, box)
        assert changed(clean, debian.listing()) == {}
        _install_twice(debian, box)
        _a_line_is_found_again(debian, tmp_path / "mine" / "this-computer", guia)
        _undo_box(debian, box)
        assert changed(clean, debian.listing()) == {}
        _the_others(debian, folder, clean)


def _a_clock_that_is_behind_is_told(debian: Root, box: str) -> None:
    script = debian.folder / box.lstrip("/") / "install.sh"
    real = script.read_text("utf-8")
    script.write_text(re.sub(r"check_clock \d+", "check_clock 4000000000", real), "utf-8")
    told = debian.run("sh", f"{box}/install.sh")
    assert (told.returncode, "NOT DONE [E3]" in told.stderr, "minutes behind" in told.stderr) == (1, True, True)
    script.write_text(real, "utf-8")


def _install_twice(debian: Root, box: str) -> None:
    first = debian.run("sh", f"{box}/install.sh")
    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines()[-1].startswith("READY ready-"), first.stdout
    once = debian.listing(LOGS)
    second = debian.run("sh", f"{box}/install.sh")
    assert (second.returncode, second.stderr) == (0, "")
    assert "Packages: all there" in second.stdout
    assert changed(once, debian.listing(LOGS)) == {}
    modes = {path: once[path][0] for path in once if path.startswith("etc/guia-log/") and path.endswith("key")}
    assert modes == {f"etc/guia-log/{name}": "-r--------" for name in ("server.key", "selftest.key", "read_host_key")}
    _units_are_sound(debian)
    # what came along with the packages does not start
    for asleep in ("ssh.service", "rsyslog.service"):
        assert once[f"etc/systemd/system/{asleep}"][3] == "/dev/null"


def _units_are_sound(debian: Root) -> None:
    units = [path.name for path in (debian.folder / "etc" / "systemd" / "system").glob("guia-log*.service")]
    assert units
    judged = debian.run("systemd-analyze", "verify", *units)
    assert (judged.returncode, judged.stdout, judged.stderr) == (0, "", "")
    (debian.folder / "run" / "systemd" / "systemd-units-load").unlink(missing_ok=True)  # left by the judge


def _a_line_is_found_again(debian: Root, mine: Path, guia: Ran) -> None:  # noqa: F811
    with debian.service("guia-log.service", PORT), debian.service("guia-log-read.service", READ_PORT):
        keys = [f"--{name}={mine / file}" for name, file in {
            "ca": "ca.pem", "cert": "client.pem", "key": "client.key",
            "read-key": "read.key", "known-hosts": "known_hosts",
        }.items()]  # fmt: skip
        code, said, told = guia("log", "test", "--to", f"127.0.0.1:{PORT}", *keys, "--json")
        assert code == 0, said + told


def _undo_box(debian: Root, box: str) -> None:
    asked = debian.run("sh", f"{box}/undo.sh")
    assert asked.returncode == 1
    assert "--keep-log" in asked.stderr
    assert "etc/guia-log/ca.pem" in debian.listing()
    # the folder came on a stick and is gone; what undoes it stayed
    kept = debian.run("sh", "/etc/guia-log/undo.sh", "--keep-log")
    assert (kept.returncode, kept.stderr) == (0, "")
    log = debian.folder / "var" / "log" / "guia"
    assert "guia self test ready-" in (log / "audit.log").read_text("utf-8")
    assert (log.stat().st_uid, log.stat().st_mode & 0o777) == (0, 0o700)
    # a log that was kept is carried on, though the power fails in the middle of the packages
    debian.cut_off(["sh", f"{box}/install.sh"], debian.folder / "usr" / "sbin" / "rsyslogd")
    again = debian.run("sh", f"{box}/install.sh")
    assert again.stdout.splitlines()[-1].startswith("READY ready-"), again.stderr
    assert (log / "audit.log").read_text("utf-8").count("guia self test ready-") == 3
    deleted = debian.run("sh", f"{box}/undo.sh", "--delete-log")
    assert (deleted.returncode, deleted.stdout.splitlines()[-1]) == (0, "UNDONE")


def _the_others(debian: Root, folder: Path, clean: Listing) -> None:
    """Forwarders and relay: two on one computer, each twice with the same result, and gone one after the other."""
    nextcloud, computer, relay = (debian.bring(folder / name) for name in ("nextcloud", "computer-pc-1", "site-1"))
    missing = debian.run("sh", f"{nextcloud}/install.sh")
    assert (missing.returncode, "NOT DONE [N1]" in missing.stderr) == (1, True)
    assert debian.run("sh", f"{computer}/install.sh", "a;reboot").returncode == 1
    assert changed(clean, debian.listing()) == {}
    audit = debian.folder / "srv" / "data" / "audit.log"
    audit.parent.mkdir()
    audit.write_text('{"message":"x"}\n')
    os.chown(audit, 33, 33)
    audit.chmod(0o640)
    with_nextcloud = debian.listing()
    asked = {nextcloud: ("/srv/data/audit.log",), computer: ("10.9.8.7",), relay: ()}
    for place, more in asked.items():
        first = debian.run("sh", f"{place}/install.sh", *more)
        assert first.returncode == 0, first.stderr
        once = debian.listing()
        assert debian.run("sh", f"{place}/install.sh", *more).returncode == 0
        assert changed(once, debian.listing()) == {}
    _units_are_sound(debian)
    etc = debian.folder / "etc"
    assert 'file="/srv/data/audit.log"' in (etc / "guia-log-nextcloud" / "rsyslog.conf").read_text("utf-8")
    assert 'target="10.9.8.7"' in (etc / "guia-log-computer" / "rsyslog.conf").read_text("utf-8")
    for role in ("guia-log-nextcloud", "guia-log-computer", "guia-log-relay"):
        undone = debian.run("sh", f"/etc/{role}/undo.sh")
        assert (undone.returncode, undone.stderr) == (0, "")
    assert changed(with_nextcloud, debian.listing()) == {}


def test_the_request_of_these_tests_has_every_kind_of_part() -> None:
    assert ASKED.senders
    assert ASKED.sites
