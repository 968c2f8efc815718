"""Answers and plan as they stood when a plan or a review was made. Kept for comparison, never changed."""

from typing import Literal

from msgspec import Struct

from desktop.storage.ground import Ground
from desktop.storage.values import Json, from_text, to_text
from wizards.trail.chain import Deed

Kind = Literal["plan", "review"]


class SnapshotHead(Struct, frozen=True):
    """A snapshot without its answers and plan."""

    id: int
    at: str
    kind: Kind
    content_version: str


class Snapshot(Struct, frozen=True):
    """A snapshot: the answers, and the plan made from them by that version of the content."""

    id: int
    at: str
    kind: Kind
    content_version: str
    answers: Json
    plan: Json


class Snapshots(Ground):
    """The part of the store that keeps snapshots."""

    def snapshot(self, kind: Kind, at: str, content_version: str, answers: Json, plan: Json) -> int:
        """Keep a snapshot with a trail entry over its plan; gives its number."""
        text = to_text(plan)
        row: dict[str, object] = {
            "at": at,
            "kind": kind,
            "content_version": content_version,
            "answers": to_text(answers),
            "plan": text,
        }
        with self._writing():
            number = self._insert("snapshots", row)
            # by which rules: those of this version of the content
            self._append(at, f"{kind}.made", str(number), text, Deed(data=kind, rule=content_version))
        return number

    def snapshots(self) -> list[SnapshotHead]:
        """All snapshots, oldest first, without answers and plans."""
        return [
            SnapshotHead(*row) for row in self._rows("SELECT id, at, kind, content_version FROM snapshots ORDER BY id")
        ]

    def read_snapshot(self, number: int) -> Snapshot:
        """One snapshot in full. KeyError if there is none of that number."""
        rows = self._rows("SELECT id, at, kind, content_version, answers, plan FROM snapshots WHERE id = ?", number)
        if not rows:
            raise KeyError(number)
        found, at, kind, version, answers, plan = rows[0]
        return Snapshot(found, at, kind, version, from_text(answers), from_text(plan))
