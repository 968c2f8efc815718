"""The sockets below the HTTP client: none of their steps outlasts the deadline, and each hears at once of giving up.

A library's own time-outs begin anew with every byte, so a server that drips would be waited for without end.
"""

import contextlib
import errno
import selectors
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final, TypeVar

import httpcore

from desktop.connect.terms import NoAnswer
from desktop.connect.watch import Watch

T = TypeVar("T")
_SLICE: Final = 0.1
"""Seconds between two looks at whether the work was given up."""
_CERTIFICATE: Final = {9: "expired", 10: "expired", 62: "name", 64: "name"} | dict.fromkeys((7, 18, 19, 20), "unknown")
"""What OpenSSL found wrong: X509_V_ERR_..., where an owner can do something about it."""


class Pace:
    """The deadline of one answer, and whether anybody still waits for it."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._until = 0.0
        self._seconds = 0.0
        self.cut_off = False
        """Whether the other side closed the line."""

    def begin(self, seconds: float) -> None:
        """From now on there are so many seconds."""
        self._seconds, self._until, self.cut_off = seconds, time.monotonic() + seconds, False

    def check(self) -> float:
        """Seconds to wait until the next look; NoAnswer after the deadline, GivenUp where it was given up."""
        self._watch.check()
        left = self._until - time.monotonic()
        if left <= 0:
            raise NoAnswer("slow", seconds=f"{self._seconds:.0f}")
        return min(left, _SLICE)


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
        refused = NoAnswer("name", host=host)
        for family, kind, protocol, _, where in self._addresses(host, port):
            plain = socket.socket(family, kind, protocol)
            plain.settimeout(0)
            try:
                _connect(plain, where, self._pace)
            except OSError as error:
                plain.close()
                code = "nobody" if error.errno == errno.ECONNREFUSED else "unreachable"
                refused = NoAnswer(code, host=host, port=str(port))
            except BaseException:
                plain.close()
                raise
            else:
                return Line(plain, self._pace, host)
        raise refused

    def _addresses(self, host: str, port: int) -> list[Any]:
        """What the name stands for. Nothing can interrupt that question, so it is left behind where it takes long."""
        answers: SimpleQueue[list[Any]] = SimpleQueue()

        def ask() -> None:
            found: list[Any] = []
            with contextlib.suppress(OSError, UnicodeError):
                found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(found)

        Thread(target=ask, name="name", daemon=True).start()
        while True:
            with contextlib.suppress(Empty):
                return answers.get(timeout=self._pace.check())


class Line(httpcore.NetworkStream):
    """One line to a server, plain or encrypted."""

    def __init__(self, plain: socket.socket, pace: Pace, host: str) -> None:
        self._socket, self._pace, self._host = plain, pace, host

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes, none at the end."""
        del timeout
        with self._told():
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
            with self._told():
                sent = self._patiently(some, selectors.EVENT_WRITE)
            rest = rest[sent:]

    def close(self) -> None:
        """Let the line go."""
        with contextlib.suppress(OSError):
            self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same line, encrypted, to a server whose certificate is right for that name."""
        del timeout
        line = Line(
            ssl_context.wrap_socket(self._socket, server_hostname=server_hostname, do_handshake_on_connect=False),
            self._pace,
            self._host,
        )
        try:
            line.greet()
        except BaseException:
            line.close()
            raise
        return line

    def greet(self) -> None:
        """Agree on the encryption; NoAnswer where the certificate is not right or the other side speaks otherwise."""
        try:
            if isinstance(self._socket, ssl.SSLSocket):
                self._patiently(self._socket.do_handshake, selectors.EVENT_READ)
        except ssl.SSLCertVerificationError as error:
            raise NoAnswer(f"certificate-{_CERTIFICATE.get(error.verify_code, 'other')}", host=self._host) from error
        except OSError as error:
            spoke = isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError)
            raise NoAnswer("no-tls" if spoke else "vanished", host=self._host) from error

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  # as the library has it
        """The encryption of the line, by the library's name for it."""
        return self._socket if info == "ssl_object" and isinstance(self._socket, ssl.SSLSocket) else None

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise NoAnswer("vanished", host=self._host) from error

    def _patiently(self, act: Callable[[], T], direction: int) -> T:
        """Do it as soon as the line is ready."""
        while True:
            wait = self._pace.check()
            try:
                return act()
            except ssl.SSLWantReadError:
                _ready(self._socket, selectors.EVENT_READ, wait)
            except ssl.SSLWantWriteError:
                _ready(self._socket, selectors.EVENT_WRITE, wait)
            except BlockingIOError:
                _ready(self._socket, direction, wait)


def _connect(plain: socket.socket, where: Any, pace: Pace) -> None:  # noqa: ANN401  # an address of any family
    """Connect to one address; OSError says why not."""
    begun = plain.connect_ex(where)
    if begun not in (0, errno.EINPROGRESS, errno.EWOULDBLOCK):
        raise OSError(begun, "connect")
    while not _ready(plain, selectors.EVENT_WRITE, pace.check()):
        pass
    if failed := plain.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
        raise OSError(failed, "connect")


def _ready(line: socket.socket, direction: int, seconds: float) -> bool:
    """Whether the line became ready to be read or written within so many seconds."""
    with selectors.DefaultSelector() as selector:
        selector.register(line, direction)
        return bool(selector.select(seconds))
