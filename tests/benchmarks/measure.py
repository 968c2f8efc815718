"""What the measures share: a ratio with its target, the median of alternating runs, a home that is thrown away."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from msgspec import Struct

ROOT = Path(__file__).resolve().parents[2]
FRAME = 0.016
"""Seconds of one picture on a screen: what takes longer is seen."""


class Ratio(Struct, frozen=True):
    """One result: `value` times `of`, and the most it should be (None: only told)."""

    name: str
    value: float
    of: str
    most: float | None = None
    told: str = ""

    @property
    def met(self) -> bool:
        return self.most is None or self.value <= self.most

    def line(self) -> str:
        target = f"  target {self.most:.2f} {'met' if self.met else 'MISSED'}" if self.most is not None else ""
        return f"{self.name:<44} {self.value:7.2f} x {self.of}{target}{'  ' + self.told if self.told else ''}"


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def alternating(ours: Callable[[], object], yardstick: Callable[[], object], rounds: int) -> tuple[float, float, float]:
    """Medians of the ratio of each pair, of ours and of the yardstick, in seconds; the first round warms up."""
    pairs = [(seconds(ours), seconds(yardstick)) for _ in range(rounds + 1)][1:]
    return median(a / b for a, b in pairs), median(a for a, _ in pairs), median(b for _, b in pairs)


def program(*arguments: str, home: str) -> Callable[[], str]:
    """Python with arguments, without a screen or a keychain, in a home of its own; what it printed."""
    around = os.environ | {
        "GUIA_EXIT_AFTER_FIRST_PAINT": "1",
        "GUIA_HOME": home,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "QT_QPA_PLATFORM": "offscreen",
    }
    around.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed Guia is compiled; so is the yardstick

    def run() -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=around, capture_output=True, check=True, text=True, timeout=60
        )
        return done.stdout

    return run


@contextmanager
def thrown_away() -> Iterator[Path]:
    """A folder that is gone afterwards, on the disk that answers would be on."""
    with tempfile.TemporaryDirectory(prefix="guia-bench-") as place:
        yield Path(place)
