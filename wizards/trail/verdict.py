"""What a check of the trail finds: unbroken since when, or which entry and how. Values only."""

from typing import Literal

from msgspec import Struct

Fault = Literal[
    "edited",  # the entry is not the one that was written
    "unreadable",  # no entry at all
    "not-canonical",  # an entry, written otherwise than Guia writes it
    "missing",  # from `seq` to `other` there is none
    "inserted",  # one with the number `other` stands where `seq` is due, and does not belong there
    "swapped",  # `seq` and `other` stand in each other's place
    "number",  # the store has it under another number, `other`
    "link",  # this entry or the one before was changed; nothing follows that could say which
    "start",  # entries before `seq` are gone, and no entry says that they were pruned
    "cut",  # the store has given numbers up to `other`, and nothing from `seq` on is there
    "counter",  # the store's own count of numbers was changed
    "short",  # a mark kept elsewhere names `seq` entries, `other` are there: cut, or an old copy put back
    "rewritten",  # a mark kept elsewhere says that entry `seq` was another one
    "note",  # the note to this entry is not the one that was written
    "unclosed",  # an export without its closing record
    "closing",  # an export whose closing record does not fit
    "after",  # something follows the closing record of an export
]


class Unbroken(Struct, frozen=True):
    """All entries hold. `first` and `last` are the times of the first and last entry, empty if there is none.

    `count` entries are there, from number `begins` on; `pruned` is when those before were pruned, "" if none were.
    `held` is the number up to which a mark kept elsewhere vouches, 0 without; `past` marks name what was pruned.
    """

    count: int
    first: str
    last: str
    head: str
    begins: int = 1
    pruned: str = ""
    held: int = 0
    past: int = 0


class Broken(Struct, frozen=True):
    """What does not hold: the entry `seq`, `how`, and a second number where that needs one.

    `restored` is when an older backup was put in place that explains it, "" if none does. `held` as in Unbroken.
    """

    seq: int
    how: Fault
    other: int = 0
    restored: str = ""
    held: int = 0
