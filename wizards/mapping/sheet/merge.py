"""Three-way comparison of rows: as they were sent, as they are here now, as they came back. Pure.

What changed in the sheet alone is taken, what changed here alone is kept, what changed in both to different values is a
conflict for the owner. Where it is not known what was sent, nobody can say who changed it: every difference is one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, Literal

from msgspec import UNSET, Struct

from wizards.interview.answers import Row, Value, named
from wizards.mapping.sheet.wording import Given, same

WHOLE: Final = ""
"""In place of a column: the conflict is about the row itself, removed on one side and changed on the other."""
Point = tuple[str, str]
"""Where a conflict is: row id and column id, or WHOLE."""


class Edit(Struct, frozen=True):
    """One cell that changed in the sheet."""

    column: str
    before: Given
    after: Given


class Touched(Struct, frozen=True):
    """One row that the sheet changes, adds or removes. `content` is the row as the sheet has it, or had it."""

    row: str
    kind: Literal["changed", "new", "removed"]
    content: Row
    edits: tuple[Edit, ...] = ()


class Conflict(Struct, frozen=True):
    """Both sides changed the same to different values. A row that is not there is None, an open cell UNSET.

    `unknown` is whether nobody knows what was sent; `base` says nothing then.
    """

    row: str
    column: str
    name: str
    base: Value
    ours: Value
    theirs: Value
    unknown: bool = False

    @property
    def kind(self) -> Literal["cell", "cell-unknown", "removed", "gone", "only-here", "only-there"]:
        """What happened: to a cell, or to a row removed there, gone here, or of which nobody knows on which side."""
        if self.column:
            return "cell-unknown" if self.unknown else "cell"
        if self.theirs is None:
            return "only-here" if self.unknown else "removed"
        return "only-there" if self.unknown else "gone"

    @property
    def point(self) -> Point:
        """Where it is."""
        return self.row, self.column


class Merged(Struct, frozen=True):
    """What the sheet changes, and what only the owner can decide.

    `strange` is whether rows were sent and none of them is here: the sheet may belong to somebody else.
    """

    touched: tuple[Touched, ...]
    conflicts: tuple[Conflict, ...]
    strange: bool = False

    @property
    def cells(self) -> int:
        """How many cells change."""
        return sum(len(row.edits) for row in self.touched)

    def count(self, kind: str) -> int:
        """How many rows are changed, new or removed."""
        return sum(row.kind == kind for row in self.touched)


def merge(
    columns: Sequence[str],
    base: Sequence[Row] | None,
    ours: Sequence[Row],
    theirs: Sequence[Row],
    fresh: Collection[str] = frozenset(),
) -> Merged:
    """Compare the rows in these columns. `fresh` are ids that the sheet did not have: rows added there."""
    sent, here, there = _by_id(base or ()), _by_id(ours), _by_id(theirs)
    touched: list[Touched] = []
    conflicts: list[Conflict] = []
    for row_id in dict.fromkeys((*here, *sent, *there)):
        known = sent.get(row_id)
        found: Iterator[Touched | Conflict]
        if base is None and row_id not in fresh:
            found = _unknown(columns, row_id, here.get(row_id), there.get(row_id))
        elif known is None:
            found = _added(row_id, here.get(row_id), there.get(row_id))
        else:
            found = _both(columns, known, here.get(row_id), there.get(row_id))
        for one in found:
            if isinstance(one, Touched):
                touched.append(one)
            else:
                conflicts.append(one)
    return Merged(tuple(touched), tuple(conflicts), bool(sent) and sent.keys().isdisjoint(here))


def resolved(
    ours: Sequence[Row],
    merged: Merged,
    without: Collection[str] = frozenset(),
    theirs: Collection[Point] = frozenset(),
) -> list[dict[str, Given]]:
    """The rows after the merge: all that the sheet changes but the rows `without`; of the conflicts what is `theirs`.

    Rows keep their order; new ones come last.
    """
    taken = {row.row: row for row in merged.touched if row.row not in without}
    decided: dict[str, list[Conflict]] = {}
    for conflict in merged.conflicts:
        if conflict.point in theirs:
            decided.setdefault(conflict.row, []).append(conflict)
    made: list[dict[str, Given]] = []
    for row in ours:
        change, won = taken.get(str(row["id"])), decided.get(str(row["id"]), ())
        gone = (change is not None and change.kind == "removed") or any(c.column == WHOLE for c in won)
        if not gone:
            cells = {edit.column: edit.after for edit in change.edits} if change else {}
            made.append(_with(row, cells | {conflict.column: conflict.theirs for conflict in won}))
    made += [dict(row.content) for row in taken.values() if row.kind == "new"]
    back = (conflict for conflict in merged.conflicts if conflict.column == WHOLE and conflict.ours is None)
    return [*made, *({**conflict.theirs} for conflict in back if conflict.point in theirs)]


def _both(columns: Sequence[str], base: Row, ours: Row | None, theirs: Row | None) -> Iterator[Touched | Conflict]:
    """A row that was sent."""
    row_id = str(base["id"])
    if ours is None or theirs is None:
        remaining = ours or theirs
        if remaining is not None and not _alike(columns, base, remaining):
            yield Conflict(row_id, WHOLE, named(remaining), dict(base), ours, theirs)
        elif ours is not None:
            yield Touched(row_id, "removed", base)
        return
    edits = []
    for column in columns:
        sent, here, there = (row.get(column, UNSET) for row in (base, ours, theirs))
        if same(there, sent) or same(there, here):
            continue
        if same(here, sent):
            edits.append(Edit(column, here, there))
        else:
            yield Conflict(row_id, column, named(ours), sent, here, there)
    if edits:
        yield Touched(row_id, "changed", ours, tuple(edits))


def _added(row_id: str, ours: Row | None, theirs: Row | None) -> Iterator[Touched | Conflict]:
    """A row that was not sent. One that is here already was added here, or came in with this sheet before."""
    if ours is None and theirs is not None:
        yield Touched(row_id, "new", theirs)


def _unknown(columns: Sequence[str], row_id: str, ours: Row | None, theirs: Row | None) -> Iterator[Touched | Conflict]:
    """A row of which nobody knows what was sent."""
    if ours is None or theirs is None:
        remaining = ours or theirs or {"id": row_id}
        yield Conflict(row_id, WHOLE, named(remaining), UNSET, ours, theirs, unknown=True)
        return
    for column in columns:
        here, there = ours.get(column, UNSET), theirs.get(column, UNSET)
        if not same(here, there):
            yield Conflict(row_id, column, named(ours), UNSET, here, there, unknown=True)


def _alike(columns: Sequence[str], one: Row, other: Row) -> bool:
    return all(same(one.get(column, UNSET), other.get(column, UNSET)) for column in columns)


def _with(row: Row, cells: Mapping[str, Given]) -> dict[str, Given]:
    made = {**row, **cells}
    return {column: value for column, value in made.items() if value is not UNSET}


def _by_id(rows: Sequence[Row]) -> dict[str, Row]:
    return {str(row["id"]): row for row in rows}
