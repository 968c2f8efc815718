"""The plan after an answer, for a business with many flows, against one picture on the screen."""

from collections.abc import Iterator
from datetime import date
from statistics import median
from typing import Final

from desktop.content import bank
from tests.benchmarks.businesses import with_flows
from tests.benchmarks.measure import FRAME, Ratio, seconds
from wizards.planning.plan import plan_of

FLOWS: Final = 80
ROUNDS: Final = 15
DAY: Final = date(2026, 11, 23)


def measure() -> Iterator[Ratio]:
    answers, content = with_flows(FLOWS), bank()
    taken = median(seconds(lambda: plan_of(content, answers, DAY)) for _ in range(ROUNDS))
    yield Ratio(f"plan of {FLOWS} flows", taken / FRAME, "a frame of 16 ms", most=1.0, told=f"{taken * 1000:.1f} ms")
