"""How long the window stands still at most: while an answer is kept, and while a plan is printed in a worker."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Final

from tests.benchmarks.businesses import with_flows
from tests.benchmarks.measure import FRAME, Ratio, thrown_away

FLOWS: Final = 80
ANSWERS: Final = 20
# the calmest of them: what else the computer does in that second is not Guia's stall
ROUNDS: Final = 3


def measure() -> Iterator[Ratio]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop import vault
    from desktop.content import bank
    from desktop.paths import Paths
    from desktop.session import Session
    from desktop.storage.store import open_store
    from desktop.ui import work

    application = QApplication.instance() or QApplication([])
    with thrown_away() as place:
        paths = Paths(place / "home")
        key = vault.create(paths, "a passphrase for measuring alone", use_keychain=False)
        session = Session(bank(), open_store(paths, key))
        session.replace_answers(with_flows(FLOWS))
        session.plan()
        work.give_way()  # as the window does once it is open
        number = count()
        gaps = [
            longest_gap(lambda: session.answer("business-name", f"Business {next(number)}"), ANSWERS)
            for _ in range(ROUNDS)
        ]
        yield told(f"{ANSWERS} answers, {FLOWS} flows", min(gaps))
        session.close()
        answers = place / "answers.json"
        answers.write_text(json.dumps({"schema": "guia.answers/1", "answers": with_flows(FLOWS)}), "utf-8")
        with redirect_stderr(StringIO()):
            gaps = [longest_gap(lambda: print_in_worker(answers), 1) for _ in range(ROUNDS)]
        if not answers.with_suffix(".pdf").exists():
            raise RuntimeError("no plan was printed")
        yield told(f"a plan printed, {FLOWS} flows", min(gaps))
    del application


def told(name: str, gap: float) -> Ratio:
    return Ratio(f"longest stall, {name}", gap / FRAME, "a frame of 16 ms", most=1.0, told=f"{gap * 1000:.0f} ms")


def print_in_worker(answers: Path) -> None:
    """Start what the command for a plan does, on a worker thread as the window does."""
    from desktop.cli import guia
    from desktop.ui import work

    arguments = ["plan", str(answers), "--out", str(answers.with_suffix(".pdf"))]
    work.run(lambda: guia.main(arguments, standalone_mode=False), lambda _: None, lambda _: None)


def longest_gap(act: Callable[[], object], times: int) -> float:
    """Seconds between two turns of the event loop at most, while `act` is done `times` times and until workers end."""
    from PySide6.QtCore import QCoreApplication, QThreadPool

    longest, before = 0.0, time.perf_counter()
    for turn in range(1_000_000):
        if turn < times:
            act()
        QCoreApplication.processEvents()
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
        if turn >= times and QThreadPool.globalInstance().waitForDone(1):
            break
    return longest
