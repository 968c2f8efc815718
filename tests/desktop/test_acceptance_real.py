"""What the real programs write is read for what it is: rsyslogd in four formats, `logger`, and Python's own handler."""

import logging
import logging.handlers
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from desktop.acceptance import open_sample
from wizards.acceptance.verdict import Verdict

PATIENCE: Final = 20
CONFIG: Final = """
global(workDirectory="{folder}")
module(load="imuxsock" SysSock.Use="off")
input(type="imuxsock" Socket="{folder}/socket")
action(type="omfile" file="{folder}/old.log" template="RSYSLOG_TraditionalFileFormat")
action(type="omfile" file="{folder}/iso.log" template="RSYSLOG_FileFormat")
action(type="omfile" file="{folder}/new.log" template="RSYSLOG_SyslogProtocol23Format")
action(type="omfile" file="{folder}/glued.log" template="RSYSLOG_ForwardFormat")
"""
SAID: Final = "user=ana action=open object=/客戶/{n}.pdf result={result} src=10.0.0.5"
LAST: Final = "the last line"


def program(name: str) -> str:
    """A program; without it the test is left out, but never where everything is tested (CI)."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None and os.environ.get("CI"):
        pytest.fail(f"{name} is missing: packaging/system.sh test installs it")
    if found is None:
        pytest.skip(f"{name} is not here")
    return found


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder in which a real rsyslogd has written what three senders sent."""
    folder = tmp_path_factory.mktemp("log")
    (folder / "c.conf").write_text(CONFIG.format(folder=folder), encoding="utf-8")
    command = [program("rsyslogd"), "-n", "-f", str(folder / "c.conf"), "-i", str(folder / "pid")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        try:
            _until((folder / "socket").exists)
            _send(folder / "socket")
            names = ("old", "iso", "new", "glued")
            _until(lambda: all(LAST in _text(folder / f"{name}.log") for name in names))
            yield folder
        finally:
            running.send_signal(signal.SIGTERM)
            try:
                running.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                running.kill()


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "rsyslogd wrote nothing"
        time.sleep(0.02)


def _text(file: Path) -> str:
    return file.read_text("utf-8", "replace") if file.exists() else ""


def _send(at: Path) -> None:
    """`logger` sends some, Python's handler some, a bare socket the rest and one that is far too long."""
    logger = program("logger")
    for n in range(3):
        said = SAID.format(n=n, result="ok")
        subprocess.run([logger, "-u", at, "-t", "guia", "--rfc3164", said], check=True, timeout=PATIENCE)
    handler = logging.handlers.SysLogHandler(address=str(at))
    handler.ident = "python: "
    for n in range(3, 6):
        handler.emit(logging.LogRecord("x", logging.WARNING, "", 0, SAID.format(n=n, result="denied"), None, None))
    handler.close()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.connect(str(at))
        for text in (
            *(SAID.format(n=n, result="ok") for n in range(6, 30)),
            '{"user":"ana","object":"' + "y" * 20_000 + '"}',
            LAST,
        ):
            sender.send(f"<13>Nov 20 09:00:00 app: {text}".encode())


def verdict(file: Path) -> Verdict:
    return open_sample(file).judged(None)


@pytest.mark.parametrize(
    ("name", "form", "when", "zone"),
    [("old", "rfc3164", "no-year", "none"), ("iso", "rsyslog-iso", "pass", "pass"), ("new", "rfc5424", "pass", "pass")],
)
def test_rsyslog_is_read_in_each_of_its_formats(written: Path, name: str, form: str, when: str, zone: str) -> None:
    found = verdict(written / f"{name}.log")
    assert (found.sample.format, found.of("when").say, found.of("zone").say) == (form, when, zone)
    # the long line was cut by rsyslog, and the last says nothing; thirty say all
    assert (found.sample.lines, found.of("who").seen, found.of("object").seen, found.of("outcome").seen) == (
        32,
        30,
        30,
        30,
    )
    assert (found.of("cut").status, found.of("cut").places) == ("fail", (31,))
    assert found.of("unread").status == "pass"
    assert sum(event.outcome == "failure" for event in found.sample.events) == 3


def test_a_file_without_ends_of_lines_is_seen_as_glued(written: Path) -> None:
    found = verdict(written / "glued.log")
    assert (found.of("cut").say, found.accepted) == ("glued", False)
