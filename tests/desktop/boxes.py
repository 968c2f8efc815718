"""A log box at work: rsyslogd and sshd of the distribution with the configuration that Guia makes, on this computer.

Only for tests. Nothing is asked of the network here: whether a port is open is read from the system's own table.
"""

import contextlib
import datetime as dt
import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec
import pytest
from cryptography import x509

from desktop.connect.watch import Watch
from desktop.logbox.authority import _BOTH, Pair, ssh_pair
from desktop.logbox.authority import Authority as Office
from desktop.logbox.making import this_computer
from desktop.logbox.templates import template
from wizards.logbox.line import Line
from wizards.logbox.receiver import Receiver, reading_conf, reading_program, receiver_conf
from wizards.trail.chain import Link
from wizards.trail.wire import entries_in

HERE: Final = "127.0.0.1"
MEMORY: Final = Path("/dev/shm")  # noqa: S108  # a folder of its own is made in it
SENDER: Final = "guia-pc01"
PATIENCE: Final = 15.0


class Authority(Office):
    """The office's own authority, which can also sign what Guia never would."""

    def __init__(self, name: str = "") -> None:
        super().__init__(dt.datetime.now(dt.UTC))
        if name:
            self._name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])

    def pair(self, name: str, *others: str, begun: int = -1, ends: int = 30) -> Pair:
        """A certificate for a name, and for other names or addresses, good from so many days on until so many."""
        now = dt.datetime.now(dt.UTC)
        self._from, self.until = now + dt.timedelta(days=begun), now + dt.timedelta(days=ends)
        return self._signed((name, *others), _BOTH)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind((HERE, 0))
        return int(asked.getsockname()[1])


def until(holds: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"never came: {what}"
        time.sleep(0.01)


def listens(port: int) -> bool:
    """Whether somebody listens on the port, by the system's own table."""
    rows = (row.split() for row in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:])
    return any(row[1].endswith(f":{port:04X}") and row[3] == "0A" for row in rows)


class Box:
    """One box in a folder. `line` is the way of the one computer that it lists."""

    def __init__(self, folder: Path, authority: Authority, wide: int = 0) -> None:
        """`wide`: bytes that a file may have there, 0 for any number; stands for a full disk."""
        self.folder, self.authority, self._wide = folder, authority, wide
        for name in ("etc", "spool", "run"):
            (folder / name).mkdir(parents=True)
        # in memory where there is such a folder: each line is to be on the disk before the next, and disks are shared
        self._logs = Path(tempfile.mkdtemp(prefix="guia-box-", dir=MEMORY if MEMORY.is_dir() else folder))
        self._sweeper = _sweeper(self._logs)
        self._place = Receiver(
            senders=("others",),
            owner=SENDER,
            etc=str(folder / "etc"),
            spool=str(folder / "spool"),
            logs=str(self._logs),
            run=str(folder / "run"),
            address=HERE,
            port=free_port(),
            forward_port=free_port(),
            read_port=free_port(),
            reader=getpass.getuser(),
            program=str(folder / "guia-log-read"),
        )
        self.log = Path(self._place.log)
        self._receiver: subprocess.Popen[bytes] | None = None
        self._reading: subprocess.Popen[bytes] | None = None
        self.line = self._written()

    def _written(self) -> Line:
        etc = self.folder / "etc"
        server, mine = self.authority.pair("guia-log", HERE), self.authority.pair(SENDER)
        read_key, read_public = ssh_pair()
        host_key, host_public = ssh_pair()
        for name, text in {
            "ca.pem": self.authority.pem,
            "server.pem": server.cert,
            "server.key": server.key,
            "read_host_key": host_key,
            "read_authorized_keys": f"restrict {read_public}\n",
            "rsyslog.conf": receiver_conf(template("box/rsyslog.conf"), "", self._place),
            "sshd_config": reading_conf(template("box/sshd_config"), self._place),
        }.items():
            (etc / name).write_text(text)
            (etc / name).chmod(0o600)
        program = Path(self._place.program)
        program.write_text(reading_program(template("box/guia-log-read"), self._place))
        program.chmod(0o700)
        return Line(
            host=HERE,
            port=self._place.port,
            read_port=self._place.read_port,
            ca=self.authority.pem,
            cert=mine.cert,
            key=mine.key,
            read_key=read_key,
            host_key=host_public,
            sender=SENDER,
            until="2030-01-01",
        )

    def other(self, **changes: object) -> Line:
        """The line with something changed."""
        return msgspec.structs.replace(self.line, **changes)

    def start(self) -> None:
        """Start the receiver."""
        etc, run = self.folder / "etc", self.folder / "run"
        command = [_tool("rsyslogd"), "-n", "-f", str(etc / "rsyslog.conf"), "-i", str(run / "rsyslogd.pid")]
        if self._wide:
            command = ["prlimit", f"--fsize={self._wide}:", *command]
        (run / "rsyslogd.pid").unlink(missing_ok=True)
        self._receiver = _started(command)
        until(lambda: listens(self.line.port), "rsyslogd")

    def widen(self) -> None:
        """Make room on its disk."""
        assert self._receiver is not None
        subprocess.run(["prlimit", f"--pid={self._receiver.pid}", "--fsize=unlimited:"], check=True)

    def kill(self) -> None:
        """SIGKILL: what it had in memory is gone."""
        assert self._receiver is not None
        self._receiver.kill()
        self._receiver.wait(PATIENCE)

    def open_reading(self) -> None:
        """Start the service that reads back."""
        if os.geteuid() == 0:  # the package's own service makes it; only root's sshd asks for it
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        # folders of tests lie below one that everybody writes
        config = ["-f", str(self.folder / "etc" / "sshd_config"), "-o", "StrictModes=no"]
        self._reading = _started([_tool("sshd"), "-D", "-e", *config])
        until(lambda: listens(self.line.read_port), "sshd")

    def answer(self, command: list[str], _: Watch) -> tuple[int, bytes, str]:
        """What its program answers to a command of ssh, without the way there, which takes longer than the answer."""
        around = {"SSH_CONNECTION": "here", "SSH_ORIGINAL_COMMAND": command[-1]}
        done = subprocess.run([self._place.program], env=around, capture_output=True, check=False, timeout=PATIENCE)
        return done.returncode, done.stdout, done.stderr.decode()

    def close(self) -> None:
        """End what was started."""
        for process in (self._receiver, self._reading):
            if process is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait(PATIENCE)
        self._sweeper.communicate(b"now\n", PATIENCE)

    def lines(self) -> list[str]:
        """The whole lines of the log; a line ends with a newline and nothing else."""
        content = self.log.read_bytes() if self.log.exists() else b""
        return [line.decode() for line in content.split(b"\n")[:-1]]

    def holds(self, text: str) -> bool:
        """Whether a whole line of the log has this in it."""
        return any(text in line for line in self.lines())

    def trail(self, sender: str) -> list[Link]:
        """The entries of a sender, in the order of their numbers; of what stands there twice the first."""
        held: dict[int, Link] = {}
        for line in self.lines():
            for link in entries_in(line, sender):
                held.setdefault(link.seq, link)
        return [held[number] for number in sorted(held)]

    def messages(self) -> list[str]:
        """The messages of the log, without what stands before them."""
        return [line.split(" ", 7)[7] for line in self.lines()]


def _tool(name: str) -> str:
    """A program of the distribution; in CI it must be there."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if found is None and not os.environ.get("CI"):
        pytest.skip(f"{name} is not installed")
    assert found is not None, f"{name} is not installed"
    return found


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    """A service that the kernel ends with this process, however this one ends."""
    quiet = subprocess.DEVNULL
    bound = [_tool("setpriv"), "--pdeathsig", "KILL", *command]
    return subprocess.Popen(bound, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)


def _sweeper(folder: Path) -> subprocess.Popen[bytes]:
    """Removes a folder in memory when told so, or when this process has ended without a word and its services too."""
    command = ["sh", "-c", 'read _ || sleep 1; rm -rf -- "$1"', "sh", str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)


@contextlib.contextmanager
def at_work(folder: Path, *, reading: bool = True, wide: int = 0) -> Iterator[Box]:
    """A box that runs, and ends whatever happens."""
    box = Box(folder, Authority(), wide)
    try:
        box.start()
        if reading:
            box.open_reading()
        yield box
    finally:
        box.close()


def as_files(folder: Path, line: Line) -> list[str]:
    """The arguments of `guia log test` for a line, in the files that the folder of a box has for this computer."""
    for file in this_computer(line):
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(file.text)
    mine = folder / "this-computer"
    named = {"ca": "ca.pem", "cert": "client.pem", "key": "client.key"}
    files = [part for option, name in named.items() for part in (f"--{option}", str(mine / name))]
    return ["--to", f"{line.host}:{line.port}", *files]


def reading(folder: Path, line: Line) -> list[str]:
    """The arguments for reading back over ssh, by the files that `as_files` wrote."""
    mine = folder / "this-computer"
    files = ["--read-key", str(mine / "read.key"), "--known-hosts", str(mine / "known_hosts")]
    return [*files, "--read-port", str(line.read_port)]
