"""Reads back what the log box holds: over the system's ssh, which may run one program there, or from a file.

The owner's own ssh settings, agent, keys and list of known hosts are neither used nor touched.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path
from threading import Thread
from typing import IO, Final, Protocol

from msgspec import Struct

from desktop import plain
from desktop.connect.private import on_disk
from desktop.connect.watch import Watch
from wizards.logbox.line import Line

READER: Final = "guia-read"
"""The user of the box whose key can do nothing else."""

SECONDS: Final = 10
"""For reaching the box."""
DEADLINE: Final = 60.0
"""For a whole answer: the box may have to look through years of files."""

_GREETING: Final = "guia-log-read 1"
_MOST: Final = 1024 * 1024
"""Bytes of an answer; five lines of the longest kind are a third of that."""
_CHUNK: Final = 1024 * 1024
_ALONE: Final = ("SSH_AUTH_SOCK", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "DISPLAY", "WAYLAND_DISPLAY")

# what OpenSSH says, in the order of looking
_SAID: Final = (
    ("host key verification failed", "read-host-key"),
    ("permission denied", "read-key-refused"),
    ("too many authentication failures", "read-key-refused"),
    ("could not resolve hostname", "read-unreachable"),
    ("connection refused", "read-port-closed"),
    ("timed out", "read-silent"),
    ("no route to host", "read-unreachable"),
    ("network is unreachable", "read-unreachable"),
    ("error in libcrypto", "read-bad-key"),
    ("invalid format", "read-bad-key"),
)


class ReadFault(Exception):
    """Nothing could be read back: `code` says why, worded in resources by `send.<code>`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Held(Struct, frozen=True):
    """What the box holds of a sender's trail: its highest number, 0 for none, and the line that carries it.

    `gap` is the first number that is missing below it, 0 where none is.
    """

    last: int
    gap: int
    line: str


class Reader(Protocol):
    """Where a line is looked for."""

    def find(self, nonce: str, watch: Watch) -> str | None:
        """The line that carries `nonce`, None where there is none yet; ReadFault, GivenUp."""

    def complaint(self, watch: Watch) -> str:
        """The code of why the place may not take lines ("full", "stopped"), "" where it says nothing."""


class OverSsh:
    """Asks the program of the box: `status`, `last SENDER`, `find NONCE`."""

    def __init__(self, host: str, port: int, key: str, known_hosts: str) -> None:
        """`key` is an OpenSSH private key; `known_hosts` the content of a file of that name."""
        self._host, self._port, self._key, self._known = host, port, key, known_hosts

    def find(self, nonce: str, watch: Watch) -> str | None:
        """The first line with `nonce` in it."""
        return next(iter(self.lines(nonce, watch)), None)

    def lines(self, word: str, watch: Watch) -> list[str]:
        """The first few lines with `word` in it: 16 to 64 small letters and digits."""
        said = self.ask(f"find {word}", watch)
        return [line.removeprefix("line ") for line in said if line.startswith("line ") and word in line]

    def last(self, sender: str, watch: Watch) -> Held:
        """What is held of the trail of `sender`."""
        said = self.ask(f"last {sender}", watch)
        values = dict(line.partition(" ")[::2] for line in said)
        try:
            return Held(int(values["last"]), int(values["gap"]), values.get("line", ""))
        except (KeyError, ValueError) as error:
            raise ReadFault("read-not-understood") from error

    def complaint(self, watch: Watch) -> str:
        """Either "full" or "stopped"; "" where lines can be written."""
        verdict = self.status(watch).get("verdict", "")
        return verdict if verdict in {"full", "stopped"} else ""

    def status(self, watch: Watch) -> dict[str, str]:
        """What the box says of itself, by its own words: verdict, clock, receiver, free-kb and more."""
        return dict(line.partition(" ")[::2] for line in self.ask("status", watch))

    def ask(self, words: str, watch: Watch) -> list[str]:
        """The lines of an answer between its greeting and its end; ReadFault, GivenUp."""
        program = shutil.which("ssh")
        if program is None:
            raise ReadFault("read-no-ssh")
        try:
            with on_disk({"key": self._key.strip() + "\n", "known_hosts": self._known.strip() + "\n"}) as folder:
                code, out, err = _run([program, *self._arguments(folder), words], watch)
        except OSError as error:
            raise ReadFault("no-folder") from error
        lines = out.decode("utf-8", "replace").split("\n")
        if code not in {0, 2}:
            raise ReadFault(next((kind for said, kind in _SAID if said in err.lower()), "read-failed"))
        if lines[0] != _GREETING or lines[-2:] != ["end", ""] or lines[1] == "refused":
            raise ReadFault("read-not-understood")
        return lines[1:-2]

    def _arguments(self, folder: Path) -> list[str]:
        # a path in an option is taken apart at blanks and percent signs
        def path(name: str) -> str:
            return '"' + (folder / name).as_posix().replace("%", "%%") + '"'

        options = {
            "BatchMode": "yes",
            "CanonicalizeHostname": "no",
            "ClearAllForwardings": "yes",
            "ConnectTimeout": str(SECONDS),
            "ControlMaster": "no",
            "ControlPath": "none",
            "ForwardAgent": "no",
            "GlobalKnownHostsFile": "none",
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "IdentityFile": path("key"),
            "LogLevel": "ERROR",
            "PreferredAuthentications": "publickey",
            "RequestTTY": "no",
            "StrictHostKeyChecking": "yes",
            "UpdateHostKeys": "no",
            "UserKnownHostsFile": path("known_hosts"),
        }
        said = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
        return ["-F", "none", "-T", "-x", *said, "-p", str(self._port), "-l", READER, "--", self._host]


def over_ssh(line: Line) -> OverSsh:
    """The reader of a box, by what this computer keeps of it."""
    known = f"{line.host},[{line.host}]:{line.read_port} {line.host_key}"
    return OverSsh(line.host, line.read_port, line.read_key, known)


class FromFile:
    """The log as a file: of a disk that is shared, or of this computer. Only what is written from now on is read."""

    def __init__(self, file: Path) -> None:
        """OSError for what is no plain file that can be read."""
        self._file, self._cut = file, b""
        with plain.opened(file) as opened:
            state = os.fstat(opened.fileno())
            self._id, self._at = (state.st_dev, state.st_ino), state.st_size

    def find(self, nonce: str, watch: Watch) -> str | None:
        """The first whole line with `nonce` in it among those written since; ReadFault, GivenUp."""
        wanted = nonce.encode()
        try:
            with plain.opened(self._file) as opened:
                state = os.fstat(opened.fileno())
                now = (state.st_dev, state.st_ino)
                if now != self._id or state.st_size < self._at:  # a new file took its place, or it was emptied
                    self._id, self._at, self._cut = now, 0, b""
                opened.seek(self._at)
                while chunk := opened.read(_CHUNK):
                    watch.check()
                    self._at += len(chunk)
                    *lines, self._cut = (self._cut + chunk).split(b"\n")
                    found = next((line for line in lines if wanted in line), None)
                    if found is not None:
                        return found.decode("utf-8", "replace")
                    self._cut = self._cut[-_CHUNK:]  # of what never ends as a line, only so much is kept
        except OSError as error:
            raise ReadFault("read-file") from error
        return None

    def complaint(self, watch: Watch) -> str:  # noqa: ARG002  # a file tells nothing of the box
        """Nothing: a file does not know."""
        return ""


def _run(command: list[str], watch: Watch) -> tuple[int, bytes, str]:
    """Run a program that needs nobody: its exit, what it said, what it complained of. Killed when late or given up."""
    around = {name: value for name, value in os.environ.items() if name not in _ALONE} | {"LC_ALL": "C"}
    until = time.monotonic() + DEADLINE
    process = subprocess.Popen(  # noqa: S603  # fixed words, an address and a name that were judged before
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=around,
        bufsize=0,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    said, complained = _Taken(process.stdout), _Taken(process.stderr)
    try:
        while said.is_alive() or complained.is_alive() or process.poll() is None:
            watch.wait(0.02)
            if time.monotonic() > until:
                raise ReadFault("read-silent")
        if len(said.taken) > _MOST:
            raise ReadFault("read-not-understood")
        return process.wait(), bytes(said.taken), complained.taken.decode("utf-8", "replace")
    finally:
        process.kill()
        process.wait()


class _Taken(Thread):
    """Takes what a program says, a little more than the most that is wanted; then the program is told to stop."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        super().__init__(daemon=True)
        self.taken = bytearray()
        self._stream = stream
        self.start()

    def run(self) -> None:
        if self._stream is not None:
            with self._stream:
                while len(self.taken) <= _MOST and (part := self._stream.read(64 * 1024)):
                    self.taken += part
