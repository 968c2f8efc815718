"""Talking to a terminal: words by id on standard error, results on standard output, exits of the contract."""

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import Final, NoReturn

from wizards.interview.mistakes import LONGEST_FILE, Mistake

FOUND: Final = 1
BAD_INPUT: Final = 2
NO_SCREEN: Final = 3
NO_VAULT: Final = 5


def has_screen() -> bool:
    """Whether there is a screen to open a window on (contract: any of three names; other systems always have one)."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in names)


def utf8() -> None:
    """Standard streams speak UTF-8 whatever the system's code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def out(text: str) -> None:
    """A result, for programs and pipes."""
    sys.stdout.write(text + "\n")


def err(text: str) -> None:
    """A line for people, with control and direction marks made visible."""
    shown = "".join(c if c.isprintable() or c == "\n" else f"\\u{ord(c):04x}" for c in text)
    sys.stderr.write(shown + "\n")


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


def read_file(file: Path, lang: str) -> bytes:
    """The bytes of `file`, at most one more than the longest allowed; exit 2 where it cannot be read."""
    try:
        with file.open("rb") as opened:
            return opened.read(LONGEST_FILE + 1)
    except OSError as error:
        stop(BAD_INPUT, "cli.unreadable", lang, file=str(file), why=error.strerror or type(error).__name__)


def last_resort(error: Exception) -> None:
    """A sentence for the owner and a line in the log; neither holds an answer."""
    from desktop import logs, paths

    found = paths.find()
    with contextlib.suppress(OSError):
        paths.make_folder(found.home)
        logs.start(found)
        logs.trouble("command.failed", error)
    say("cli.fault", kind=type(error).__name__, log=str(found.log))
