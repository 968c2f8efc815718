"""Sends lines to the log box over mutual TLS. It can say that a line was not sent; that it was logged it never knows.

A receiver that refuses us may do so after all was sent, or without a word: TLS 1.3 lets the client finish first, and
TCP has no receipt. Only reading back (desktop.connect.readback) shows what the box holds.
"""

import contextlib
import ssl
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final, Literal

from desktop.connect.reach import SLICE, LineFault
from desktop.connect.tls import SECONDS, both_known, open_line, patiently, said_no
from desktop.connect.watch import Watch
from wizards.logbox.line import Line

Ended = Literal["quiet", "hung-up", "client-refused"]
"""How the line ended: nothing was heard; the box closed it before we did; the box refused our certificate."""

_CHUNK: Final = 64 * 1024
_CLOSING: Final = 2.0
"""Seconds for the box to close its side. A line cut earlier could take with it what the box has not yet read."""


def deliver(line: Line, frames: Iterable[bytes], watch: Watch, linger: float = 0.0) -> Ended:
    """Hand the frames over, in their order, on one connection; then listen `linger` seconds for a refusal.

    LineFault says why not all were handed over; GivenUp.
    """
    connection = open_line(line.host, line.port, _shown(line), watch, SECONDS)
    with contextlib.closing(connection):
        try:
            for chunk in _chunks(frames):
                _send(connection, chunk, watch)
        except OSError as error:
            raise LineFault("client-refused" if said_no(error) else "closed") from error
        ended = _listen(connection, watch, linger)
        return _close(connection, watch) if ended == "quiet" else ended


def _shown(line: Line) -> ssl.SSLContext:
    """The two sides of the line; LineFault where what this computer has to show is of no use."""
    from cryptography.x509 import load_pem_x509_certificate

    try:
        mine = load_pem_x509_certificate(line.cert.encode())
        context = both_known(line.ca, line.cert, line.key)
    except (ssl.SSLError, ValueError) as error:
        raise LineFault("bad-keys") from error
    except OSError as error:
        raise LineFault("no-folder") from error
    if not mine.not_valid_before_utc <= datetime.now(UTC) <= mine.not_valid_after_utc:
        raise LineFault("own-expired")
    return context


def _chunks(frames: Iterable[bytes]) -> Iterator[bytes]:
    """The frames in larger pieces: a record of TLS for each short line would cost more than the line."""
    held = bytearray()
    for frame in frames:
        held += frame
        if len(held) >= _CHUNK:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def _send(connection: ssl.SSLSocket, chunk: bytes, watch: Watch) -> None:
    left = memoryview(chunk)
    while left:
        until = time.monotonic() + SECONDS
        sent = patiently(connection, lambda part=left: connection.send(part), watch, until, "slow")  # type: ignore[misc]
        left = left[sent:]


def _listen(connection: ssl.SSLSocket, watch: Watch, seconds: float) -> Ended:
    """Whether the box, which has nothing to say, ends the line within so many seconds."""
    until = time.monotonic() + seconds
    while True:
        try:
            if not connection.recv(1):
                return "hung-up"
        except ssl.SSLWantReadError:
            pass  # tickets of TLS 1.3, or nothing
        except OSError as error:
            return "client-refused" if said_no(error) else "hung-up"
        left = until - time.monotonic()
        if left <= 0:
            return "quiet"
        watch.wait(min(left, SLICE / 2))


def _close(connection: ssl.SSLSocket, watch: Watch) -> Ended:
    """Say that we are done and wait for the other side. GnuTLS just ends the line, which is no fault."""
    try:
        patiently(connection, connection.unwrap, watch, time.monotonic() + _CLOSING, "slow")
    except LineFault:
        return "quiet"
    except OSError as error:
        return "client-refused" if said_no(error) else "quiet"
    return "quiet"
