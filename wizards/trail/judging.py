"""Whether a trail is still the one that anchors were taken of, and what a restore of a backup explains. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from wizards.trail.anchor import Anchor

Fate = Literal["met", "old", "before-restore", "cut", "other"]


class Restore(Struct, frozen=True):
    """An entry of the trail that says: from here on, a backup that was put in place goes on; made `at` (UTC)."""

    seq: int
    at: str


class Oldest(Struct, frozen=True):
    """The number of the oldest entry kept, and the earliest time of any (UTC), "" where nothing was pruned."""

    seq: int
    at: str = ""


def fate(anchor: Anchor, hashes: Mapping[int, str], first: Oldest, restores: Iterable[Restore]) -> Fate:
    """What became of one anchor. `hashes` has the hash of each entry by number.

    It is met; or "old", older than all that was not pruned; or the trail is an older copy, put back "before-restore"
    as the trail itself says; else the end was "cut" off, or the entries are "other" ones.
    """
    if anchor.names(hashes.get(anchor.count, "")):
        return "met"
    if any(anchor.count >= restore.seq and anchor.at < restore.at for restore in restores if anchor.at):
        return "before-restore"
    # by its time as well: the entry that told of a restore is pruned one day, the marks that it explained are not
    if anchor.count < first.seq or "" < anchor.at < first.at:
        return "old"
    return "other" if anchor.count in hashes else "cut"


def fates(
    anchors: Sequence[Anchor], hashes: Mapping[int, str], first: Oldest, restores: Sequence[Restore]
) -> tuple[tuple[Anchor, Fate], ...]:
    """Each anchor with what became of it, in their order."""
    return tuple((anchor, fate(anchor, hashes, first, restores)) for anchor in anchors)
