"""Reading back: over a real sshd that can do nothing else, from a file of any size, from a line that was pasted."""

import contextlib
import os
import shutil
import socket
import subprocess
import threading
import time
import tracemalloc
from pathlib import Path

import pytest

from desktop.connect import readback
from desktop.connect.delivery import deliver
from desktop.connect.private import on_disk
from desktop.connect.readback import FromFile, OverSsh, ReadFault, over_ssh
from desktop.connect.watch import GivenUp, Watch
from desktop.logbox.authority import ssh_pair
from desktop.logbox.proof import pasted, probe, prove
from tests.desktop.boxes import HERE, SENDER, Box, free_port, until
from wizards.logbox.line import Line
from wizards.logbox.receiver import Receiver

NONCE = "0123456789abcdef0123"
AT = "2026-11-23T10:15:30.000000Z"


def code(reader: OverSsh, words: str = "status") -> str:
    with pytest.raises(ReadFault) as refused:
        reader.ask(words, Watch())
    return refused.value.code


def known(line: Line, key: str) -> str:
    return f"[{line.host}]:{line.read_port} {key}"


# Over ssh -----------------------------------------------------------------------------------------------------------


def test_three_words_are_answered(box: Box) -> None:
    reader = over_ssh(box.line)
    assert reader.status(Watch())["receiver"] == "running"
    assert reader.complaint(Watch()) == ""
    assert reader.last("nobody", Watch()) == readback.Held(0, 0, "")
    assert reader.find(NONCE, Watch()) is None
    deliver(box.line, [probe(SENDER, NONCE, AT)], Watch())
    until(lambda: reader.find(NONCE, Watch()), "the line")
    assert reader.find(NONCE, Watch()) in box.lines()


@pytest.mark.parametrize(
    "words",
    [
        "sh",
        "",
        "sh -c id",
        "status; id",
        "find $(id)",
        "last a b",
        "scp -t x",
        "internal-sftp",
        "find ../../etc/passwd",
    ],
)
def test_every_other_word_is_refused(box: Box, words: str) -> None:
    assert code(over_ssh(box.line), words) in {"read-not-understood", "read-failed"}


def test_the_key_opens_no_other_door(box: Box, tmp_path: Path) -> None:
    port, copied = box.line.port, tmp_path / "copied"
    with on_disk({"key": box.line.read_key, "known_hosts": known(box.line, box.line.host_key)}) as folder:
        said = {
            "BatchMode": "yes",
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "IdentityFile": str(folder / "key"),
            "Port": str(box.line.read_port),
            "StrictHostKeyChecking": "yes",
            "User": readback.READER,
            "UserKnownHostsFile": str(folder / "known_hosts"),
        }
        options = ["-F", "none", *(part for name, value in said.items() for part in ("-o", f"{name}={value}"))]

        def ran(*words: str, feed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
            command = [words[0], *options, *words[1:]]
            return subprocess.run(command, input=feed, capture_output=True, check=False, timeout=20)

        assert ran("ssh", HERE, "status").stdout.startswith(b"guia-log-read 1\nverdict ok\n")
        assert b"forwarding failed" in ran("ssh", "-W", f"{HERE}:{port}", HERE).stderr
        wanted = ["-o", "ExitOnForwardFailure=yes", "-R", f"{free_port()}:{HERE}:{port}"]
        assert ran("ssh", *wanted, HERE, "status").returncode == 255
        assert b"uid=" not in ran("ssh", "-tt", HERE, feed=b"id\nexit\n").stdout
        assert ran("ssh", "-s", HERE, "sftp").returncode == 255
        for way in ("-O", "-s"):
            assert ran("scp", way, f"{HERE}:{box.folder}/etc/server.key", str(copied)).returncode != 0
        assert not copied.exists()


def test_another_host_key_is_refused_before_anything_is_asked(box: Box) -> None:
    line = box.line
    assert code(OverSsh(HERE, line.read_port, line.read_key, known(line, ssh_pair()[1]))) == "read-host-key"
    assert code(OverSsh(HERE, line.read_port, line.read_key, "")) == "read-host-key"


def test_another_key_is_refused(box: Box) -> None:
    line = box.line
    assert code(OverSsh(HERE, line.read_port, ssh_pair()[0], known(line, line.host_key))) == "read-key-refused"
    assert code(OverSsh(HERE, line.read_port, "no key", known(line, line.host_key))) in {
        "read-bad-key",
        "read-key-refused",
    }


@pytest.mark.usefixtures("as_me")
def test_a_closed_port_and_a_computer_without_ssh_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = OverSsh(HERE, free_port(), ssh_pair()[0], "")
    assert code(reader) == "read-port-closed"
    monkeypatch.setenv("PATH", "")
    assert shutil.which("ssh") is None
    assert code(reader) == "read-no-ssh"


@pytest.mark.usefixtures("as_me")
def test_an_answer_that_is_none_or_never_ends_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "ssh"
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    for body in ("echo hello", "echo 'guia-log-read 1'; echo verdict ok", "exec yes"):
        fake.write_text(f"#!/bin/sh\n{body}\n")
        fake.chmod(0o700)
        assert code(over_ssh(_nowhere())) == "read-not-understood"


@pytest.mark.usefixtures("as_me")
def test_the_settings_agent_and_keys_of_the_owner_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake, told = tmp_path / "ssh", tmp_path / "told"
    fake.write_text(f'#!/bin/sh\nenv > "{told}"; echo "$@" >> "{told}"\n')
    fake.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("SSH_AUTH_SOCK", "/nowhere/agent")
    code(over_ssh(_nowhere()))
    said = told.read_text()
    assert "SSH_AUTH_SOCK" not in said
    for option in ("-F none", "StrictHostKeyChecking=yes", "BatchMode=yes", "IdentitiesOnly=yes", "IdentityAgent=none"):
        assert option in said


def _nowhere() -> Line:
    return Line(HERE, 1, 2, "", "", "", ssh_pair()[0], ssh_pair()[1], SENDER, "")


@pytest.mark.usefixtures("as_me")
def test_an_sshd_that_hangs_is_left_in_time_and_given_up_at_once(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    with socket.socket() as listening:
        listening.bind((HERE, 0))
        listening.listen()
        port = listening.getsockname()[1]
        reader = OverSsh(HERE, port, ssh_pair()[0], "")
        monkeypatch.setattr(readback, "DEADLINE", 0.5)
        assert code(reader) == "read-silent"
        monkeypatch.setattr(readback, "DEADLINE", 60.0)
        monkeypatch.setattr(readback, "SECONDS", 1)
        assert code(reader) == "read-silent"
        monkeypatch.setattr(readback, "SECONDS", 10)
        watch, ended = Watch(), list[float]()

        def run() -> None:
            with pytest.raises(GivenUp):
                reader.find(NONCE, watch)
            ended.append(time.monotonic())

        thread = threading.Thread(target=run)
        thread.start()
        until(lambda: _programs(port), "ssh")
        begun = time.monotonic()
        watch.give_up()
        thread.join(10)
    assert ended[0] - begun < 1.0
    assert _programs(port) == []
    assert list(home.iterdir()) == []


def _programs(port: int) -> list[bytes]:
    """The ssh programs that want this port."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = file.read_bytes().split(b"\0")
            found += [words[0]] if words[0].endswith(b"ssh") and b"%d" % port in words else []
    return found


def test_the_reader_is_the_user_whom_the_box_makes() -> None:
    assert Receiver(senders=()).reader == readback.READER


# From a file --------------------------------------------------------------------------------------------------------


def test_a_test_is_found_in_the_file_itself(box: Box) -> None:
    deliver(box.line, [probe(SENDER, "f" * 20, AT)], Watch())
    until(box.lines, "the first line")
    proof = prove(box.line, FromFile(box.log), Watch())
    assert proof.result == "logged"
    assert proof.line in box.lines()


def test_of_a_huge_file_only_what_came_since_is_read(tmp_path: Path) -> None:
    log = tmp_path / "audit.log"
    log.write_bytes(NONCE.encode() + b"\n")
    os.truncate(log, 20 * 2**30)  # takes no room: nothing was ever written there
    reader = FromFile(log)
    assert reader.find(NONCE, Watch()) is None
    with log.open("ab") as file:
        file.write(b"\n<110>1 one\n<110>1 half of " + NONCE[:7].encode())
    assert reader.find(NONCE, Watch()) is None
    with log.open("ab") as file:
        file.write(NONCE[7:].encode() + b" the rest")
    assert reader.find(NONCE, Watch()) is None  # a line is one when it ends
    with log.open("ab") as file:
        file.write(b"\n")
    assert reader.find(NONCE, Watch()) == f"<110>1 half of {NONCE} the rest"


def test_what_never_ends_as_a_line_takes_little_memory(tmp_path: Path) -> None:
    log = tmp_path / "audit.log"
    log.touch()
    reader = FromFile(log)
    os.truncate(log, 200 * 2**20)
    tracemalloc.start()
    assert reader.find(NONCE, Watch()) is None
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 8 * 2**20


def test_a_file_that_was_turned_over_or_emptied_is_read_from_its_beginning(tmp_path: Path) -> None:
    log = tmp_path / "audit.log"
    log.write_text("old\n" * 100)
    reader = FromFile(log)
    log.rename(tmp_path / "audit.log.1")
    log.write_text(f"new {NONCE}\n")
    assert reader.find(NONCE, Watch()) == f"new {NONCE}"
    log.write_text("x\n")
    assert reader.find(NONCE, Watch()) is None
    log.unlink()
    with pytest.raises(ReadFault, match="read-file"):
        reader.find(NONCE, Watch())


def test_what_is_no_plain_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "", "missing"):
        with pytest.raises(OSError):  # noqa: PT011  # each for another reason
            FromFile(tmp_path / name)


# A pasted line ------------------------------------------------------------------------------------------------------

LINE = probe(SENDER, NONCE, AT).decode().partition(" ")[2]
WRAPPED = "\n".join(LINE[at : at + 38] for at in range(0, len(LINE), 38))


@pytest.mark.parametrize(
    "text",
    [
        LINE,
        f"line {LINE}\nend\n",
        f"  {WRAPPED}  ",
        WRAPPED.replace("\n", "\r\n   "),
        "\n".join(f"> {part}" for part in WRAPPED.split("\n")),
        f"'{LINE}'",
        LINE.replace('"', "”"),
        LINE.replace(NONCE, f"\x1b[01;31m\x1b[K{NONCE}\x1b[m\x1b[K"),
        "something before\n" + LINE.upper(),
    ],
)
def test_a_pasted_line_is_taken_however_a_terminal_shows_it(text: str) -> None:
    proof = pasted(text, NONCE)
    assert (proof.result, proof.nonce) == ("logged", NONCE)
    assert "\n" not in proof.line


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "paste-other"),
        ("hello", "paste-other"),
        (NONCE, "paste-half"),
        (f"sudo guia-log-read find {NONCE}", "paste-half"),
        (LINE.partition(',"answer"')[0], "paste-half"),
        (LINE.replace(NONCE, NONCE[:-1]), "paste-cut"),
        (LINE[: LINE.index(NONCE) + 5], "paste-cut"),
        (probe(SENDER, "f" * 20, AT).decode(), "paste-stale"),
        (LINE.replace(NONCE, "f" * 20), "paste-cut"),
    ],
)
def test_a_pasted_text_without_the_whole_line_proves_nothing(text: str, why: str) -> None:
    proof = pasted(text, NONCE)
    assert (proof.result, proof.code, proof.line) == ("not-found", why, "")
