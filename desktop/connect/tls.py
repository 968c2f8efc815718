"""Encrypted lines: who is trusted, and a connection that gives up in time. TLS 1.2 or newer, names always checked."""

import contextlib
import selectors
import socket
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from desktop.connect.private import on_disk
from desktop.connect.reach import LineFault, reach, ready, system_said
from desktop.connect.watch import Watch

SECONDS = 10.0
"""For reaching a server, and for each answer of it."""

T = TypeVar("T")

# what OpenSSL says of a certificate (x509_vfy.h); what is not listed is "bad-certificate"
_VERIFY: Final = {
    7: "wrong-authority",
    9: "not-yet",
    10: "expired",
    18: "wrong-authority",
    19: "wrong-authority",
    20: "wrong-authority",
    21: "wrong-authority",
    62: "wrong-name",
    64: "wrong-name",
}


def trusting(authority: Path | None) -> ssl.SSLContext:
    """Trust the office's own authority alone; the authorities of the system where None. OSError for no CA file."""
    return ssl.create_default_context(cafile=authority)


def both_known(ca: str, cert: str, key: str) -> ssl.SSLContext:
    """Trust `ca` alone and show `cert`; each is PEM. ssl.SSLError where they are none or the key does not fit.

    Python loads a key from files only: one in a folder of the owner alone holds it for as long as that takes.
    """
    # the usual context trusts the system where `ca` is empty, and writes secrets where the surroundings ask for it
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cadata=ca or "-")
    with on_disk({"cert.pem": cert, "key.pem": key}) as folder:
        # without a passphrase of its own OpenSSL would ask the terminal for one
        context.load_cert_chain(folder / "cert.pem", folder / "key.pem", password=lambda: "")
    return context


def open_line(host: str, port: int, context: ssl.SSLContext, watch: Watch, seconds: float) -> ssl.SSLSocket:
    """An encrypted line, not blocking, to a server whose certificate is right for `host`; LineFault or GivenUp."""
    return encrypted(reach(host, port, watch, seconds), host, context, watch, time.monotonic() + seconds)


def encrypted(plain: socket.socket, host: str, context: ssl.SSLContext, watch: Watch, until: float) -> ssl.SSLSocket:
    """The same line, encrypted, where the certificate is right for `host`; LineFault or GivenUp, and it is closed."""
    with contextlib.ExitStack() as undo:
        undo.enter_context(contextlib.closing(plain))
        try:
            line = context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
            undo.enter_context(contextlib.closing(line))
            patiently(line, line.do_handshake, watch, until, "hung")
        except (OSError, ValueError) as error:  # ValueError: what can be no server's name
            raise LineFault(_why(error)) from error
        undo.pop_all()
        return line


def patiently(
    line: socket.socket,
    act: Callable[[], T],
    watch: Watch,
    until: float,
    late: str,
    wanted: int = selectors.EVENT_READ,
) -> T:
    """Do `act` until it goes through; LineFault(`late`) where the other side keeps it waiting after `until`.

    `wanted` is what a line without encryption waits for; with it OpenSSL says so.
    """
    while True:
        watch.check()
        try:
            return act()
        except ssl.SSLWantReadError:
            due = selectors.EVENT_READ
        except ssl.SSLWantWriteError:
            due = selectors.EVENT_WRITE
        except BlockingIOError:
            due = wanted
        if not ready(line, due, watch, until):
            raise LineFault(late)


def said_no(error: Exception) -> bool:
    """Whether the other side refused by an alert of TLS, which says that it does not accept our certificate."""
    reason = (error.reason or "") if isinstance(error, ssl.SSLError) else ""
    return "ALERT" in reason and "PROTOCOL_VERSION" not in reason


def _why(error: OSError | ValueError) -> str:
    """The code of what the system or OpenSSL says."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _VERIFY.get(error.verify_code, "bad-certificate")
    if said_no(error):
        return "client-refused"
    if isinstance(error, ssl.SSLEOFError):
        return "closed"
    if isinstance(error, ssl.SSLError):
        return "no-tls"
    return system_said(error.errno) if isinstance(error, OSError) else "wrong-name"
