"""Starts the scripted owner as a program, hears what it says, and holds the vault against it afterwards."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from desktop import vault
from desktop.paths import Paths
from desktop.storage.store import Store, open_store
from desktop.storage.values import from_text, to_text
from wizards.trail.verdict import Unbroken

ROOT: Final = Path(__file__).resolve().parents[2]
Said = dict[str, Any]


def start(home: Path, sitting: str, *more: str, errors: Path) -> subprocess.Popen[str]:
    """The owner at work on a home of its own; what goes wrong in it is written to `errors`."""
    with errors.open("a") as to:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.desktop.owner", sitting, *more],
            cwd=ROOT,
            env=os.environ | {"GUIA_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=to,
            text=True,
            encoding="utf-8",
        )


def sitting(home: Path, name: str, *more: str, errors: Path) -> list[Said]:
    """A whole sitting, and everything that the owner said in it."""
    with start(home, name, *more, errors=errors) as running:
        said, _ = running.communicate(timeout=180)
    assert running.returncode == 0, errors.read_text()[-3000:]
    # a fault in a slot of Qt's does not end the program
    assert "Traceback" not in errors.read_text(), errors.read_text()[-3000:]
    return [json.loads(line) for line in said.splitlines()]


def first_of(said: list[Said], what: str) -> Any:  # noqa: ANN401 - whatever was said
    """The first thing of that name that was said."""
    return next(line[what] for line in said if what in line)


def acknowledged(said: list[Said]) -> list[tuple[str, Any]]:
    """Every answer that a page showed as given before it was left, in order."""
    return [given for line in said for given in line.get("answers", {}).items()]


@contextlib.contextmanager
def opened(home: Path, passphrase: str) -> Iterator[Store]:
    """The vault, opened by its passphrase as an owner on a new computer would."""
    paths = Paths(home)
    with open_store(paths, vault.unlock_with_passphrase(paths, passphrase)) as store:
        yield store


def lost(store: Store, given: list[tuple[str, Any]]) -> list[str]:
    """What the vault does not hold of these answers; empty is what must be.

    Each was kept and has its entry in the trail, the last one to a question still stands or a newer one does, answers
    and trail agree, and the trail holds.
    """
    answers = store.answers()
    kept: dict[str, list[str | None]] = {}
    for question, text in store._rows("SELECT question, after FROM changes ORDER BY seq"):
        kept.setdefault(question, []).append(text)
    entries: dict[str, list[str]] = {}
    for link in store.trail():
        entry = json.loads(link.text)
        entries.setdefault(entry["subject"], []).append(entry["digest"])
    problems = [] if isinstance(store.verify(), Unbroken) else ["the trail does not hold"]
    for question, value in given:
        texts = [text for text in kept.get(question, []) if text and fits(from_text(text), value)]
        if not texts:
            problems.append(f"never kept: {question} = {value}")
        elif not any(store._digest(text) in entries.get(question, []) for text in texts):
            problems.append(f"not in the trail: {question} = {value}")
    for question, value in dict(given).items():
        newest = kept.get(question, [""])[-1]
        if question not in answers or not (fits(answers[question], value) or to_text(answers[question]) == newest):
            problems.append(f"gone: {question} = {value}, there is {answers.get(question)}")
    for question, value in answers.items():
        if entries[question][-1] != store._digest(to_text(value)):
            problems.append(f"answer and trail differ: {question} = {value}")
    return problems


def fits(kept: Any, value: Any) -> bool:  # noqa: ANN401 - an answer of any kind
    """Whether what is kept is what was shown; a table shows the names of its rows."""
    if isinstance(kept, list) and kept and isinstance(kept[0], dict):
        return bool([row.get("name", "?") for row in kept] == value)
    return bool(kept == value and type(kept) is type(value))
