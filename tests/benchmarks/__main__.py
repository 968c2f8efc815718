"""`make bench`: every measure in turn, each as a ratio of two things done on this computer in the same minute.

Absolute times drift by half from run to run, so the ratios are what to keep.
"""

from collections.abc import Callable, Iterator
from typing import Final

from tests.benchmarks import autosave, mapping, painting, paper, planning, sending, stalls, startup, trail
from tests.benchmarks.measure import Ratio

MEASURES: Final[tuple[Callable[[], Iterator[Ratio]], ...]] = (
    startup.measure,
    planning.measure,
    mapping.measure,
    painting.measure,
    paper.measure,
    autosave.measure,
    trail.measure,
    stalls.measure,
    sending.measure,
)


def main() -> None:
    over = []
    for measure in MEASURES:
        for ratio in measure():
            print(ratio.line(), flush=True)
            over += [ratio.name] * (not ratio.met)
    print(f"Over their target: {', '.join(over)}." if over else "All within their targets.")


if __name__ == "__main__":
    main()
