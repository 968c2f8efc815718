"""The box itself: what it answers, how its log is parted by days, and that a full disk loses nothing and is told of."""

import contextlib
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.logbox.making import Bundle
from desktop.logbox.templates import template
from tests.desktop.boxes import HERE, PATIENCE, free_port, listens, until
from tests.desktop.boxes import _started as started
from tests.desktop.boxes import _tool as tool
from tests.desktop.log_folders import Running, at_end, doors, line_to, message, moved, written
from wizards.logbox.receiver import Receiver, reading_program, running_program

NONCE = "probe-0123456789abcdef"


class Answers:
    """The reading program of a box whose places are below `folder`."""

    def __init__(self, folder: Path, full_kb: int = 0) -> None:
        for name in ("etc", "spool", "logs", "run"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        places = {name: str(folder / name) for name in ("etc", "spool", "logs", "run")}
        self.box = Receiver(senders=(), full_kb=full_kb, **places)  # type: ignore[arg-type]  # folders alone
        self._program = folder / "guia-log-read"
        self._program.write_text(reading_program(template("box/guia-log-read"), self.box))

    def __call__(self, asked: str, *, over_ssh: bool = True) -> list[str]:
        """The lines of the answer, without the first and the last."""
        surroundings = {"SSH_ORIGINAL_COMMAND": asked, "SSH_CONNECTION": "x"} if over_ssh else {}
        done = subprocess.run(
            ["sh", self._program, *(() if over_ssh else asked.split(" "))],
            env=surroundings,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=PATIENCE,
        )
        lines = done.stdout.splitlines()
        assert (lines[0], lines[-1], done.stderr) == ("guia-log-read 1", "end", "")
        assert (lines[1] == "refused") == (done.returncode == 2)
        return lines[1:-1]

    def status(self) -> dict[str, str]:
        """The answer to `status`, but for its complaints."""
        told = (line.split(" ", 1) for line in self("status"))
        return {name: value for name, value in told if name != "complaint"}


def kept(number: int, sender: str = "guia-pc", app: str = "guia", more: str = "") -> str:
    return f'<110>1 2026-11-26T04:00:00+00:00 {sender} {app} - trail - {{"action":"x{more}","seq":{number}}}\n'


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    return Answers(tmp_path / "box")


# What it answers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "sh",
        "status; id",
        "status x",
        "last",
        "last ",
        "last a b",
        "last -x",
        "last $(id)",
        "last " + "x" * 65,
        "find",
        "find short-nonce",
        "find " + "a" * 65,
        "find ABCDEFGHIJKLMNOPQRST",
        "find probe-0123456789abcde.",
        "find probe-0123456789\nabcdef",
        "find --version--version",
        "cat /etc/passwd",
    ],
)
def test_anything_else_is_refused(answers: Answers, asked: str) -> None:
    Path(answers.box.log).write_text(kept(1, more=NONCE))
    if asked == "find --version--version":
        assert answers(asked) == ["found 0"]  # a word like any other; no option of grep
    else:
        assert answers(asked) == ["refused"]


def test_the_same_is_answered_to_whoever_stands_before_the_box(answers: Answers) -> None:
    Path(answers.box.log).write_text(kept(1, more=NONCE))
    assert answers(f"find {NONCE}", over_ssh=False) == answers(f"find {NONCE}")
    assert answers("last guia-pc", over_ssh=False)[0] == "last 1"


def test_an_empty_log_holds_nothing(answers: Answers) -> None:
    assert answers("last guia-pc") == ["last 0", "gap 0"]
    assert answers(f"find {NONCE}") == ["found 0"]
    assert answers.status()["held-bytes"] == "0"


def test_the_last_number_is_of_this_sender_and_of_the_trail_alone(answers: Answers) -> None:
    said = [
        kept(1), kept(2), kept(3),
        kept(9, sender="other"), kept(8, app="nextcloud-audit"),
        kept(2, more=r"\",\"seq\":77,\""),
        "<110>1 2026-11-26T04:00:00+00:00 guia-pc guia - probe - seq:55 no trail\n",
    ]  # fmt: skip
    Path(answers.box.log).write_text("".join(said))
    assert answers("last guia-pc") == ["last 3", "gap 0", "line " + kept(3).strip()]


def test_a_hole_is_told_by_its_first_number(answers: Answers) -> None:
    Path(answers.box.log).write_text("".join(kept(n) for n in (5, 6, 9, 10, 12)))
    assert answers("last guia-pc")[:2] == ["last 12", "gap 7"]


def test_a_word_is_found_in_five_lines_at_most(answers: Answers) -> None:
    Path(answers.box.log).write_text("".join(kept(n, more=NONCE) for n in range(20)))
    found = answers(f"find {NONCE}")
    assert (found[0], len(found)) == ("found 5", 6)
    assert found[1] == "line " + kept(0, more=NONCE).strip()


# Days ---------------------------------------------------------------------------------------------------------------


@contextmanager
def at_work(folder: Path) -> Iterator[tuple[Running, Bundle, Answers]]:
    """A receiver with settings of a folder, and its reading program."""
    made = written(folder / "folder")
    port = free_port()
    box = Running(
        moved(
            folder / "folder" / "box", folder / "box", "guia-log", {6514: port, 6515: free_port(), 6517: free_port()}
        ),
        port,
    )
    answers = Answers(folder / "box")
    with at_end(box):
        box.start()
        yield box, made, answers


@pytest.mark.usefixtures("loopback")
def test_days_are_parted_without_losing_a_line(tmp_path: Path) -> None:
    lines = 300
    with at_work(tmp_path) as (box, made, answers):
        settings = tmp_path / "logrotate.conf"
        rules = (tmp_path / "folder" / "box" / "guia-log.logrotate").read_text("utf-8")
        assert "rotate 30" in rules
        assert "maxage 30" in rules
        rules = rules.replace("/run/guia-log/rsyslogd.pid", str(tmp_path / "box" / "run" / "rsyslogd.pid"))
        rules = rules.replace("/run/guia-log", str(tmp_path / "box" / "run"))
        rules = rules.replace("/var/log/guia", str(tmp_path / "box" / "logs"))
        # whoever runs the tests is the user of the log
        rules = rules.replace("    su guia-log guia-log\n", "").replace("0640 guia-log guia-log", "0640")
        settings.write_text(rules)
        settings.chmod(0o644)
        # an earlier folder kept the log for longer
        logs = tmp_path / "box" / "logs"
        for name, age in {"audit.log.400.gz": 400, "audit.log.27.gz": 27, "audit.log.31.gz": 31}.items():
            (logs / name).write_bytes(b"")
            then = time.time() - age * 86400 - 3600
            os.utime(logs / name, (then, then))
        with line_to(box.port, made, tmp_path) as line:
            for day in range(3):
                for number in range(day * 100 + 1, day * 100 + 101):
                    line.sendall(message(number, NONCE if number == 50 else "x"))
                    if number % 100 == 50:  # in the middle of what comes in
                        until(box.numbers, "the first lines of the day")
                        rotate = [tool("logrotate"), "-f", "-s", str(tmp_path / "state"), str(settings)]
                        told = subprocess.run(rotate, check=True, capture_output=True, text=True)
                        assert told.stderr == ""
            until(lambda: answers("last guia-pc")[0] == f"last {lines}", "the last line")
        assert answers("last guia-pc")[1] == "gap 0"
        assert answers(f"find {NONCE}")[0] == "found 1"
        names = {file.name for file in (tmp_path / "box" / "logs").iterdir()}
    assert names == {"audit.log", "audit.log.1", "audit.log.2.gz", "audit.log.3.gz", "audit.log.30.gz"}
    assert (tmp_path / "box" / "logs" / "audit.log").stat().st_mode & 0o777 == 0o640


# Who may say what ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("loopback")
def test_nobody_else_writes_into_the_trail_of_guia(tmp_path: Path) -> None:
    made = written(tmp_path / "folder")
    own, others = free_port(), free_port()
    box = Running(moved(tmp_path / "folder" / "box", tmp_path / "box", "guia-log", doors(own, others)), own)
    answers = Answers(tmp_path / "box")
    with at_end(box):
        box.start()
        with line_to(own, made, tmp_path) as line:
            line.sendall(message(1) + message(3))
            until(lambda: answers("last guia-pc")[0] == "last 3", "Guia's own")
        with line_to(others, made, tmp_path, "nextcloud") as line:
            # as Guia in the field of the name, behind an empty one, behind a line break; and as itself
            shifted = b'<110>1 2026-11-26T04:00:00Z  guia-pc guia - - {"seq":2}'
            broken = b'<110>1 2026-11-26T04:00:00Z nextcloud x - - - \n<110>1 - guia-pc guia - t - {"seq":2}'
            huge = b'<110>1 2026-11-26T04:00:00Z nextcloud guia - t - {"seq":9999999999999999}'
            line.sendall(message(2) + message(99))
            line.sendall(b"".join(b"%d %s" % (len(said), said) for said in (shifted, broken, huge)))
            line.sendall(message(7, sender="nextcloud"))
            until(lambda: answers("last nextcloud")[0] == "last 7", "the other's own")
        assert answers("last guia-pc")[:2] == ["last 3", "gap 2"]
        assert answers("last claims-to-be-guia-pc")[0] == "last 99"
        # the door of Guia is not open to it
        with line_to(own, made, tmp_path, "nextcloud") as line, contextlib.suppress(ConnectionError):
            line.sendall(message(4))
            assert line.recv(1) == b""
        assert answers("last guia-pc")[0] == "last 3"


@pytest.mark.usefixtures("loopback")
@pytest.mark.filterwarnings("ignore:.*TLSVersion.TLSv1.*:DeprecationWarning")
def test_tls_of_old_is_refused(tmp_path: Path) -> None:
    with at_work(tmp_path) as (box, made, _):
        old = ssl.TLSVersion.TLSv1_1
        with pytest.raises((ssl.SSLError, ConnectionError)), line_to(box.port, made, tmp_path, newest=old):
            pass
        with line_to(box.port, made, tmp_path) as line:
            line.sendall(message(1))
            until(box.numbers, "a line by what is spoken today")


@pytest.mark.usefixtures("loopback")
def test_complaints_never_fill_the_memory(tmp_path: Path) -> None:
    out = tmp_path / "folder"
    written(out)
    for conf in out.glob("*/rsyslog.conf"):
        text = conf.read_text("utf-8")
        assert text.count("complaints.log") == 2, conf
        assert 'rotation.sizeLimit="1000000"' in text
    told = (out / "box" / "rsyslog.conf").read_text("utf-8").replace("1000000", "3000")
    (out / "box" / "rsyslog.conf").write_text(told, "utf-8")
    port = free_port()
    box = Running(moved(out / "box", tmp_path / "box", "guia-log", doors(port)), port)
    complaints = tmp_path / "box" / "run" / "complaints.log"
    with at_end(box):
        box.start()
        for _ in range(60):  # strangers
            socket.create_connection((HERE, port), PATIENCE).close()
            with socket.create_connection((HERE, port), PATIENCE) as stranger:
                stranger.sendall(b"GET / HTTP/1.0\r\n\r\n")
                with contextlib.suppress(ConnectionError):
                    stranger.recv(100)
        until(lambda: complaints.exists() and complaints.stat().st_size > 0, "complaints")
        assert complaints.stat().st_size < 6000


# A full disk --------------------------------------------------------------------------------------------------------


def runner(folder: Path, full_kb: int) -> list[str]:
    """The program that runs rsyslog while there is room; below `folder`, with another measure of room."""
    answers = Answers(folder, full_kb)
    program = folder / "guia-log-run"
    program.write_text(running_program(template("box/guia-log-run"), answers.box))
    return ["sh", str(program)]


@pytest.mark.usefixtures("loopback")
def test_without_room_the_box_takes_nothing_and_says_so(tmp_path: Path) -> None:
    with at_work(tmp_path) as (box, made, _):
        box.stop()
        log = tmp_path / "box" / "logs" / "audit.log"
        log.write_text('<110>1 2026-11-26T04:00:00+00:00 guia-pc guia - trail - {"seq":1,"te')
        without = started(runner(tmp_path / "box", 10**12))
        try:
            until(lambda: Answers(tmp_path / "box", 10**12).status()["verdict"] == "full", "the word")
            assert not listens(box.port)
            assert Answers(tmp_path / "box", 10**12).status()["receiver"] == "stopped"
        finally:
            without.terminate()
            without.wait(PATIENCE)
        with_room = started(runner(tmp_path / "box", 1))
        try:
            until(lambda: listens(box.port), "the box, with room")
            with line_to(box.port, made, tmp_path) as line:
                line.sendall(message(2))
                until(lambda: len(box.numbers()) == 2, "a line")
            assert Answers(tmp_path / "box", 1).status()["receiver"] == "running"
        finally:
            with_room.terminate()
            with_room.wait(PATIENCE)
        assert not listens(box.port)
        # what was torn is ended, so the next line stands alone
        assert [line.count("<110>1 ") for line in box.lines()] == [1, 1]


@pytest.mark.usefixtures("loopback")
def test_a_disk_that_fills_up_at_once_is_told_of_and_recovers(tmp_path: Path) -> None:
    if os.geteuid() != 0 and not os.environ.get("CI"):
        pytest.skip("only root can make a small disk")
    small = tmp_path / "box" / "logs"
    small.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "none", small], check=True)
    try:
        with at_work(tmp_path) as (box, made, answers):
            assert answers.status()["verdict"] == "low"
            with line_to(box.port, made, tmp_path) as line:
                line.sendall(b"".join(message(number, "x" * 900) for number in range(1, 301)))
                until(lambda: answers.status()["verdict"] == "full", "the word")
            assert any("No space left" in said for said in answers("status"))
            held = int(answers("last guia-pc")[0].split()[1])
            assert 0 < held < 300
            subprocess.run(["mount", "-o", "remount,size=4m", small], check=True)
            with line_to(box.port, made, tmp_path) as line:
                # Guia reads back what is held, and sends again from there
                line.sendall(b"".join(message(number, "x") for number in range(held, 301)))
                until(lambda: answers("last guia-pc")[0] == "last 300", "the rest")
            until(lambda: answers.status()["verdict"] == "low", "the word of room")
    finally:
        subprocess.run(["umount", "-l", small], check=True)
