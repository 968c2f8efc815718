"""Which groups have both +853 and +86 members: a list of groups joined with the member list while both are read.

Only the names of groups and whether they are mixed come out; nothing about a single person does.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from wizards.mapping.cells import Cell, Sheet, folded, text
from wizards.mapping.lists import roster, table
from wizards.mapping.lists.dialling import Kind, kind_of
from wizards.mapping.lists.table import Layout
from wizards.mapping.lists.vocabulary import Role, Vocabulary

_BETWEEN: Final = re.compile(r"[,;、，；|/\n\t]+")
_MEMBER: Final[tuple[Role, ...]] = ("user-id", "mobile", "phone", "members", "name")
_MIX: Final[frozenset[Kind]] = frozenset({"+853", "+86"})


class Group(Struct, frozen=True):
    """A group by its name. `mixed` is None where a member could not be found in the member list and none decides."""

    name: str
    mixed: bool | None


class NoGroups(Exception):
    """There is no table of groups in the file."""


def mixed(
    groups: Sequence[Sheet], people: Sequence[Sheet], tables: Sequence[Layout], words: Vocabulary
) -> tuple[Group, ...]:
    """Each group of the list, in its order; raises NoGroups where there is no column of groups with one of members."""
    known = _Known(people, tables, words)
    kinds: dict[str, set[Kind]] = defaultdict(set)
    names: dict[str, str] = {}
    any_table = False
    for number, sheet in enumerate(groups):
        layout = table.find(sheet, number, words, {"group"})
        if layout is None or not set(_MEMBER) & set(layout.columns):
            continue
        any_table = True
        for name, member in _pairs(sheet, layout):
            names.setdefault(folded(name), name)
            kinds[folded(name)] |= known.kinds(member)
    if not any_table:
        raise NoGroups
    return tuple(Group(name, _is_mixed(kinds[key])) for key, name in names.items())


def _is_mixed(kinds: set[Kind]) -> bool | None:
    if kinds >= _MIX:
        return True
    return None if "unknown" in kinds or not kinds else False


def _pairs(sheet: Sheet, layout: Layout) -> Iterator[tuple[str, Cell]]:
    """Group and member, one by one. A group is written once and holds for the rows below it too."""
    name = ""
    column = layout.columns["group"]
    for row in range(layout.header + 1, len(sheet.rows)):
        name = text(sheet.at(row, column)) or name
        role = next((r for r in _MEMBER if r in layout.columns and text(sheet.at(row, layout.columns[r]))), None)
        if not name or role is None:
            continue
        cell = sheet.at(row, layout.columns[role])
        if isinstance(cell, str):
            yield from ((name, part.strip()) for part in _BETWEEN.split(cell) if part.strip())
        else:
            yield name, cell


class _Known:
    """The kinds of the members by user id, number and name. Dropped with the files."""

    def __init__(self, people: Sequence[Sheet], tables: Sequence[Layout], words: Vocabulary) -> None:
        self._by: dict[str, set[Kind]] = defaultdict(set)
        for member in roster.each(people, tables, words):
            for key in {member.user_id, member.name, member.number} - {""}:
                self._by[key].add(member.kind)

    def kinds(self, cell: Cell) -> set[Kind]:
        """The kind of a member; two of one name and different kinds are not known."""
        said = text(cell)
        digits = "".join(sign for sign in said if sign.isdigit())
        bare = re.sub(r"\(.*?\)|（.*?）", "", said)
        found = next((self._by[key] for key in (folded(said), folded(bare), digits) if key in self._by), set())
        if not found:
            found = {kind_of(cell)[0] or "unknown"}
        return found if len(found) == 1 else {"unknown"}
