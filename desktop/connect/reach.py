"""Reaching a server, and waiting for it: each wait ends in time, and at once when it is given up. Sends nothing."""

import contextlib
import errno
import selectors
import socket
import time
from collections.abc import Iterator
from threading import Thread
from typing import Final

from desktop.connect.watch import Watch

SLICE: Final = 0.1
"""Seconds after which a wait looks whether it was given up."""

_UNDER_WAY: Final = {errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EAGAIN, errno.EINTR}
_UNREACHABLE: Final = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.ENETDOWN, errno.EHOSTDOWN}


class LineFault(Exception):
    """The line did not come about or broke: `code` says why, worded in resources by `send.<code>`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def reach(host: str, port: int, watch: Watch, seconds: float) -> socket.socket:
    """A connection, not blocking, to the first address of `host` that takes one; LineFault or GivenUp."""
    until = time.monotonic() + seconds
    fault = LineFault("unknown-host")
    for family, address in _addresses(host, port, watch, until):
        plain = socket.socket(family, socket.SOCK_STREAM)
        with contextlib.ExitStack() as undo:
            undo.callback(plain.close)
            plain.settimeout(0)
            code = _connect(plain, address, watch, until)
            if not code:
                undo.pop_all()
                return plain
            fault = LineFault(code)
    raise fault


def ready(plain: socket.socket, wanted: int, watch: Watch, until: float) -> bool:
    """Wait until the socket can be read or written (an event of `selectors`); False where it is too late."""
    with selectors.DefaultSelector() as selector:
        selector.register(plain, wanted)
        while True:
            watch.check()
            left = until - time.monotonic()
            if selector.select(max(0.0, min(left, SLICE))):
                return True
            if left <= 0:
                return False


def system_said(number: int | None) -> str:
    """The code for an error number of the system."""
    if number == errno.ECONNREFUSED:
        return "port-closed"
    if number == errno.ETIMEDOUT:
        return "silent"
    return "unreachable" if number in _UNREACHABLE else "closed"


def _connect(plain: socket.socket, address: tuple[object, ...], watch: Watch, until: float) -> str:
    """The code of what stood in the way, "" where nothing did."""
    number = plain.connect_ex(address)
    if number in _UNDER_WAY:
        if not ready(plain, selectors.EVENT_WRITE, watch, until):
            return "silent"
        number = plain.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    return system_said(number) if number else ""


def _addresses(
    host: str, port: int, watch: Watch, until: float
) -> Iterator[tuple[socket.AddressFamily, tuple[object, ...]]]:
    """What the system knows of the name; asked beside us, because that question has no time-out of its own."""
    found: list[tuple[socket.AddressFamily, tuple[object, ...]]] = []

    def ask() -> None:
        with contextlib.suppress(OSError, UnicodeError):
            found.extend((entry[0], entry[4]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))

    asking = Thread(target=ask, daemon=True)
    asking.start()
    while asking.is_alive() and time.monotonic() < until:
        watch.check()
        asking.join(SLICE)
    yield from list(found)
