"""Talking to a terminal: words by id on standard error, results on standard output, exits of the contract.

Never waits: files that are no plain files are refused, not opened and waited for.
"""

import contextlib
import errno
import io
import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from desktop import plain
from wizards.interview.mistakes import LONGEST_FILE, Mistake, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

FOUND: Final = 1
BAD_INPUT: Final = 2
NO_SCREEN: Final = 3
NO_VAULT: Final = 5

_WHY: Final = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EISDIR: "folder",
    errno.ENXIO: "not-plain",
    errno.EACCES: "refused",
    errno.EPERM: "refused",
    errno.EROFS: "refused",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.ENAMETOOLONG: "long-name",
    errno.ELOOP: "missing",
}


def utf8() -> None:
    """Standard streams speak UTF-8 whatever the system's code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def out(text: str, lang: str = "en") -> None:
    """A result, for programs and pipes; exit 2 where it cannot be written. A reader that has enough is no fault."""
    if sys.stdout is None:  # closed by whoever started us
        stop(BAD_INPUT, "cli.unwritable", lang, file="stdout", why=why(OSError(errno.ENOENT, ""), lang))
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except OSError as error:
        _leave_output()
        if not isinstance(error, BrokenPipeError):
            stop(BAD_INPUT, "cli.unwritable", lang, file="stdout", why=why(error, lang))


def out_json(value: Any, lang: str = "en", indent: int | None = None) -> None:  # noqa: ANN401  # JSON of any shape
    """A result as JSON. What a terminal might obey is escaped inside its strings; the value is the same."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    out("\n".join(visible(line) for line in text.split("\n")), lang)


def _leave_output() -> None:
    """Let what is still waiting go nowhere, or the interpreter would fail on it once more at its end."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def err(text: str) -> None:
    """A line for people, with control and direction marks made visible."""
    with contextlib.suppress(OSError, AttributeError):
        sys.stderr.write(visible(text) + "\n")


def say(word: str, lang: str = "en", **values: str) -> None:
    """The sentence `word` on standard error."""
    from desktop.content import words

    err(words()[word].fill(lang, **values))


def stop(code: int, word: str, lang: str = "en", **values: str) -> NoReturn:
    """Say why, and end with `code`."""
    say(word, lang, **values)
    sys.exit(code)


def mistake(found: Mistake, lang: str) -> str:
    """The sentence of one mistake."""
    from desktop.content import words

    return words()[f"mistake.{found.kind}"].fill(lang, **found.values)


def why(error: OSError, lang: str) -> str:
    """What stood in the way of a file, in a few words."""
    from desktop.content import words

    # without a number it is our own refusal of what is no plain file
    kind = "not-plain" if error.errno is None else _WHY.get(error.errno, "other")
    return words()[f"cause.{kind}"].fill(lang, system=error.strerror or "")


def read_file(file: Path, lang: str) -> bytes:
    """The bytes of `file`, at most one more than the longest allowed; exit 2 where it cannot be read."""
    try:
        return plain.beginning(file, LONGEST_FILE + 1)
    except OSError as error:
        stop(BAD_INPUT, "cli.unreadable", lang, file=str(file), why=why(error, lang))


@contextlib.contextmanager
def orderly() -> "Iterator[None]":
    """Told to end while in here, what was begun is taken back first: SystemExit with what shells expect, 128 and more.

    For what would leave keys behind; called on the main thread, as Python asks of whoever hears signals.
    """

    def end(number: int, _: object) -> NoReturn:
        sys.exit(128 + number)

    heard = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, end) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def last_resort(error: Exception) -> None:
    """A sentence for the owner and a line in the log; neither holds an answer."""
    from desktop import logs, paths
    from wizards.content.loader import ContentError

    log = "–"
    with contextlib.suppress(OSError, RuntimeError):  # a home that cannot be found or made
        found = paths.find()
        log = str(found.log)
        paths.make_folder(found.home)
        logs.start(found)
        logs.trouble("command.failed", error)
    if isinstance(error, ContentError):
        # the reader is whoever has just edited a file of resources/: each mistake with file, place and remedy
        for line in error.mistakes:
            err(line)
        return
    say("cli.fault", kind=type(error).__name__, log=log)
