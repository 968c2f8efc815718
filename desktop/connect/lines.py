"""The sockets below the HTTP client: none of their steps outlasts the deadline, and each hears at once of giving up.

A library's own time-outs begin anew with every byte, so a server that drips would be waited for without end.
"""

import contextlib
import selectors
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar

import httpcore

from desktop.connect.reach import LineFault, reach
from desktop.connect.terms import NoAnswer
from desktop.connect.tls import encrypted, patiently
from desktop.connect.watch import Watch

T = TypeVar("T")
_TOLD: Final = {
    "unknown-host": "name",
    "port-closed": "nobody",
    "unreachable": "unreachable",
    "silent": "unreachable",
    "expired": "certificate-expired",
    "not-yet": "certificate-expired",
    "wrong-name": "certificate-name",
    "wrong-authority": "certificate-unknown",
    "bad-certificate": "certificate-other",
    "no-tls": "no-tls",
    "client-refused": "no-tls",
}
"""What a fault of a line is called where an answer was asked for; of any other, that the server vanished."""


class Pace:
    """The deadline of one answer, and whether anybody still waits for it."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.until = 0.0
        """By the clock of `time.monotonic`."""
        self._seconds = 0.0
        self.cut_off = False
        """Whether the other side closed the line."""

    def begin(self, seconds: float) -> None:
        """From now on there are so many seconds."""
        self._seconds, self.until, self.cut_off = seconds, time.monotonic() + seconds, False

    @contextlib.contextmanager
    def told(self, host: str, port: int = 0) -> Iterator[None]:
        """A fault of the line as NoAnswer: "slow" after the deadline, whatever it was."""
        try:
            yield
        except (LineFault, OSError) as error:
            if time.monotonic() >= self.until:
                raise NoAnswer("slow", seconds=f"{self._seconds:.0f}") from error
            code = error.code if isinstance(error, LineFault) else ""
            raise NoAnswer(_TOLD.get(code, "vanished"), host=host, port=str(port)) from error


class Lines(httpcore.NetworkBackend):
    """Opens lines that keep to `pace`."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # the pace rules
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A line to the first address of `host` that takes one."""
        del timeout, local_address, socket_options
        pace = self._pace
        with pace.told(host, port):
            return Stream(reach(host, port, pace.watch, pace.until - time.monotonic()), pace, host)


class Stream(httpcore.NetworkStream):
    """One line to a server, plain or encrypted."""

    def __init__(self, connection: socket.socket, pace: Pace, host: str) -> None:
        self._socket, self._pace, self._host = connection, pace, host

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes, none at the end."""
        del timeout
        got = self._patiently(lambda: self._socket.recv(max_bytes), selectors.EVENT_READ)
        self._pace.cut_off = self._pace.cut_off or not got
        return got

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of `buffer`."""
        del timeout
        rest = memoryview(buffer)

        def some() -> int:
            return self._socket.send(rest)

        while rest:
            rest = rest[self._patiently(some, selectors.EVENT_WRITE) :]

    def close(self) -> None:
        """Let the line go."""
        with contextlib.suppress(OSError):
            self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same line, encrypted, to a server whose certificate is right for that name."""
        del timeout
        pace = self._pace
        with pace.told(self._host):
            made = encrypted(self._socket, server_hostname or self._host, ssl_context, pace.watch, pace.until)
        return Stream(made, pace, self._host)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  # as the library has it
        """The encryption of the line, by the library's name for it."""
        return self._socket if info == "ssl_object" and isinstance(self._socket, ssl.SSLSocket) else None

    def _patiently(self, act: Callable[[], T], wanted: int) -> T:
        """Do it as soon as the line is ready, and in time."""
        pace = self._pace
        with pace.told(self._host):
            if time.monotonic() >= pace.until:  # a server that drips is always ready
                raise LineFault("slow")
            return patiently(self._socket, act, pace.watch, pace.until, "slow", wanted)
