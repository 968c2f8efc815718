"""The words by which an exported list is understood: kept in `resources/lists/`, handed in here as bytes."""

import re
import tomllib
from typing import Final, Literal, TypeAlias, get_args

import msgspec
from msgspec import Struct

from wizards.mapping.cells import folded

Role: TypeAlias = Literal[
    "user-id",
    "name",
    "code",
    "mobile",
    "phone",
    "email",
    "job-number",
    "department",
    "position",
    "group",
    "members",
]
ROLES: Final[tuple[Role, ...]] = get_args(Role)


class Heading(Struct, frozen=True, forbid_unknown_fields=True):
    """How the column of a role is headed: by the whole of a heading, or by a part of it."""

    has: tuple[str, ...]
    whole: tuple[str, ...] = msgspec.field(name="is")


class Signs(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Signs of rows, columns and sheets that are not about a member."""

    never: tuple[str, ...]
    sample: tuple[str, ...]
    sample_names: tuple[str, ...]
    sample_numbers: tuple[str, ...]
    hints: tuple[str, ...]
    sums: tuple[str, ...]
    nothing: tuple[str, ...]
    left: tuple[str, ...]


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    header: dict[Role, Heading]
    rows: Signs


class Vocabulary:
    """The words, folded for comparison."""

    def __init__(self, raw: bytes) -> None:
        read = msgspec.convert(tomllib.loads(raw.decode()), type=_File)
        self._whole: dict[str, Role] = {
            folded(said): role for role in reversed(ROLES) for said in read.header[role].whole
        }
        self._parts = [(folded(part), role) for role in ROLES for part in read.header[role].has]
        signs = read.rows
        self._never = tuple(map(folded, signs.never))
        self._sample = frozenset(map(folded, signs.sample))
        self._sample_starts = tuple(mark for mark in self._sample if len(mark) > 1 and not mark.isascii())
        self._perhaps_sample = _any_of(signs.sample)
        self.sample_names = frozenset(map(folded, signs.sample_names))
        self.sample_numbers = frozenset(signs.sample_numbers)
        self._hints = _any_of(signs.hints)
        self.sums = tuple(map(folded, signs.sums))
        self.nothing = frozenset(map(folded, signs.nothing))
        self.left = tuple(map(folded, signs.left))

    def role(self, heading: str) -> tuple[Role | None, int]:
        """What a column of that heading holds, and how sure that is: 2 by the whole heading, 1 by a part, 0 not."""
        bare = folded(heading)
        if not bare or len(bare) > 40:
            return None, 0
        if bare in self._whole:
            return self._whole[bare], 2
        if any(word in bare for word in self._never):
            return None, 0
        found = next((role for part, role in self._parts if part in bare), None)
        return found, 1 if found else 0

    def is_hint(self, said: str) -> bool:
        """Whether a cell explains what to fill in."""
        return self._hints.search(said) is not None

    def is_sample(self, said: str) -> bool:
        """Whether a cell is marked as an example: by a word alone or first, in front of a colon, or in brackets."""
        if not self._perhaps_sample.search(said):
            return False
        start = folded(said)
        if start.rstrip("0123456789") in self._sample or start.startswith(self._sample_starts):
            return True
        head, colon, _ = said.partition(":")
        inner = said.rpartition("(")[2].partition(")")[0] if "(" in said else ""
        return bool(colon and folded(head) in self._sample) or (bool(inner) and folded(inner) in self._sample)


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
