"""The first picture comes without what is slow to load. How fast it comes is measured by `make bench`."""

from pathlib import Path

from tests.benchmarks.guard import loaded_too_early


def test_nothing_heavy_is_loaded_before_the_first_paint(home: Path) -> None:
    assert loaded_too_early(str(home)) == []
