"""Laying out the map of 80 flows after an answer, against one picture on the screen."""

from collections.abc import Iterator
from statistics import median
from typing import Final

from desktop.content import bank, words
from tests.benchmarks.measure import FRAME, Ratio, seconds
from tests.wizards.businesses import answers, drawn
from wizards.mapping.drawing.geometry import draw

FLOWS: Final = 80
ROUNDS: Final = 15


def measure() -> Iterator[Ratio]:
    flows, content, said = drawn(answers(1, FLOWS)), bank(), words()
    taken = median(seconds(lambda: draw(content, flows, "pt", said, 760)) for _ in range(ROUNDS))
    yield Ratio(
        f"map of {FLOWS} flows laid out", taken / FRAME, "a frame of 16 ms", most=2.0, told=f"{taken * 1000:.1f} ms"
    )
