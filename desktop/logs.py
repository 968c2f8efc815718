"""Guia's own log: which event, when, how many. Answers, names and texts cannot get in, by construction.

An event's name is a fixed word of the code; its fields come from a short list and are numbers; of an error only the
kind and the places in Guia's code are kept, never its message, which may quote what an owner typed.
"""

import logging
import os
import re
import time
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from desktop.paths import Paths

FIELDS: Final = frozenset({"count", "bytes", "milliseconds", "exit"})
_NAME: Final = re.compile(r"[a-z][a-z0-9]*([.-][a-z0-9]+){0,7}")
_LOG: Final = logging.getLogger("guia.events")
_SIZE: Final = 256 * 1024


def start(paths: Paths) -> None:
    """Log to a file of at most a quarter of a megabyte, with one older. On a full disk nothing is logged."""
    stop()
    os.close(os.open(paths.log, os.O_CREAT | os.O_WRONLY, 0o600))
    handler = _QuietFile(paths.log, maxBytes=_SIZE, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(_line())
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    # nothing of ours reaches other handlers, and no library's words reach our file
    _LOG.propagate = False


def stop() -> None:
    """Close the file."""
    for handler in list(_LOG.handlers):
        _LOG.removeHandler(handler)
        handler.close()


def event(name: str, /, **counts: int) -> None:
    """Log that something happened: `event("backup.made", bytes=61440)`. ValueError for what is no event or no count."""
    if not _NAME.fullmatch(name) or len(name) > 60:
        raise ValueError("not an event's name")
    if not counts.keys() <= FIELDS or not all(type(value) is int for value in counts.values()):
        raise ValueError("not a count")
    _LOG.info(" ".join([name, *(f"{field}={value}" for field, value in sorted(counts.items()))]))


def trouble(name: str, error: BaseException) -> None:
    """Log an unforeseen error: its class, and file and line of each place, innermost last."""
    if not _NAME.fullmatch(name):
        raise ValueError("not an event's name")
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    _LOG.error(" ".join([name, type(error).__name__, *places[-12:]]))


class _QuietFile(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Say nothing: a fault of the log is no fault of the owner's work."""


def _line() -> logging.Formatter:
    line = logging.Formatter("{asctime}.{msecs:03.0f}Z {levelname} {message}", "%Y-%m-%dT%H:%M:%S", style="{")
    line.converter = time.gmtime
    return line
