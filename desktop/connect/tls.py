"""Encrypted lines: who is trusted, and a connection that gives up in time. TLS 1.2 or newer, names always checked."""

import socket
import ssl
from pathlib import Path

SECONDS = 10.0
"""For reaching a server, and for each answer of it."""


def trusting(authority: Path | None) -> ssl.SSLContext:
    """Trust the office's own authority alone; the authorities of the system where None. OSError for no CA file."""
    return ssl.create_default_context(cafile=authority)


def open_line(host: str, port: int, context: ssl.SSLContext, seconds: float = SECONDS) -> ssl.SSLSocket:
    """An encrypted line to a server whose certificate is right for `host`. OSError (also ssl.SSLError) says why not."""
    plain = socket.create_connection((host, port), timeout=seconds)
    try:
        return context.wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise
