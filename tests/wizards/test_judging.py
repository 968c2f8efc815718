"""What became of a mark: met, or why not; a restore explains only what it can explain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizards.trail.anchor import Anchor
from wizards.trail.judging import Fate, Oldest, Restore, fate

HASHES = {number: f"{number:064x}" for number in range(11, 21)}
"""A trail whose first ten entries were pruned."""
EARLY, LATE = "2026-11-23T10:00:00.000000Z", "2026-11-24T10:00:00.000000Z"


def mark(count: int, at: str = EARLY, head: str = "") -> Anchor:
    return Anchor(count, head or f"{count:064x}", at)


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        (mark(11), "met"),
        (mark(20), "met"),
        (mark(15, head="0" * 25), "met"),
        (mark(15, head="f" * 64), "other"),
        (mark(10), "old"),
        (mark(21), "cut"),
    ],
)
def test_without_a_restore(anchor: Anchor, expected: Fate) -> None:
    assert fate(anchor, HASHES, Oldest(11), []) == expected


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        (mark(18, head="f" * 64), "before-restore"),  # another entry 18 was there before
        (mark(25), "before-restore"),
        (mark(17, head="f" * 64), "before-restore"),  # the restore itself has that number now
        (mark(16, head="f" * 64), "other"),  # the backup had entry 16 already
        (mark(25, LATE), "cut"),  # taken after the restore
        (mark(18, LATE, "f" * 64), "other"),
        (mark(25, ""), "cut"),  # a short code tells no time, so nothing is excused
        (mark(12), "met"),
    ],
)
def test_with_a_restore_at_seventeen(anchor: Anchor, expected: Fate) -> None:
    assert fate(anchor, HASHES, Oldest(11), [Restore(17, "2026-11-23T18:00:00.000000Z")]) == expected


@given(st.integers(11, 20), st.text("0123456789abcdef", max_size=64), st.booleans())
def test_a_mark_is_met_only_by_its_own_entry(count: int, head: str, restored: bool) -> None:  # noqa: FBT001
    restores = [Restore(1, LATE)] if restored else []
    found = fate(Anchor(count, head, EARLY), HASHES, Oldest(11), restores) == "met"
    assert found == (len(head) >= 20 and HASHES[count].startswith(head))


def test_a_mark_whose_head_is_too_short_is_met_by_nothing() -> None:
    whole = HASHES[12]
    assert [Anchor(12, whole[:digits], EARLY).names(whole) for digits in (0, 1, 19, 20, 64)] == [False] * 3 + [True] * 2


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        (mark(25), "old"),  # of a trail before a restore; what told of that restore is pruned by now
        (mark(18, head="f" * 64), "old"),
        (mark(12), "met"),
        (mark(25, LATE), "cut"),
        (mark(18, LATE, "f" * 64), "other"),
        (mark(25, ""), "cut"),
    ],
)
def test_a_mark_older_than_all_that_is_kept_accuses_nobody(anchor: Anchor, expected: Fate) -> None:
    assert fate(anchor, HASHES, Oldest(11, "2026-11-23T18:00:00.000000Z"), []) == expected
