"""What the owner did: when a task was first seen, when it was done, and the proof. Proofs are never deleted."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from msgspec import Struct

from desktop.storage.ground import Ground
from desktop.storage.values import to_text
from wizards.trail.chain import Deed

_TASK: Final = Deed(data="task")


class Proof(Struct, frozen=True):
    """A file kept as proof: its name as the owner gave it, and its bytes."""

    name: str
    content: bytes


class Done(Struct, frozen=True):
    """A task's record. Days as YYYY-MM-DD; `done_on` None while it is open; `proof_id` None without proof."""

    first_seen: str
    done_on: str | None
    note: str
    proof_id: int | None


class KeptProof(Struct, frozen=True):
    """A proof in the vault, without its bytes. `at` is when it was added."""

    id: int
    task: str
    name: str
    sha256: str
    size: int
    at: str


class Tasks(Ground):
    """The part of the store that keeps tasks and proofs."""

    def tasks(self) -> dict[str, Done]:
        """The record of every task that was ever seen, by task id."""
        rows = self._rows("SELECT id, first_seen, done_on, note, proof_id FROM tasks")
        return {task: Done(*rest) for task, *rest in rows}

    def first_seen(self, tasks: Iterable[str], day: str) -> dict[str, str]:
        """The day each task was first seen; a task not seen before is given `day`. No day is ever changed."""
        known = dict(self._rows("SELECT id, first_seen FROM tasks"))
        asked = list(tasks)
        new = dict.fromkeys(task for task in asked if task not in known)
        if new:
            with self._writing() as connection:
                connection.executemany(
                    "INSERT OR IGNORE INTO tasks (id, first_seen) VALUES (?, ?)", [(task, day) for task in new]
                )
        return {task: known.get(task, day) for task in asked}

    def tick(self, task: str, day: str, at: str, note: str = "", proof: Proof | None = None) -> None:
        """Keep that a task was done on `day`, with its proof and a trail entry. An earlier proof stays in the vault."""
        with self._writing() as connection:
            digest = sha256(proof.content).hexdigest() if proof else ""
            proof_id = self._keep(task, at, proof, digest) if proof else None
            connection.execute(
                """INSERT INTO tasks (id, first_seen, done_on, note, proof_id) VALUES (?, ?, ?, ?, ?)
                   ON CONFLICT (id) DO UPDATE SET done_on = excluded.done_on, note = excluded.note,
                   proof_id = coalesce(excluded.proof_id, proof_id)""",
                (task, day, day, note, proof_id),
            )
            self._append(at, "task.done", task, to_text({"day": day, "note": note, "proof": digest}), _TASK)

    def untick(self, task: str, at: str) -> None:
        """Keep that a task is open after all. Its note and proof stay."""
        with self._writing() as connection:
            connection.execute("UPDATE tasks SET done_on = NULL WHERE id = ?", (task,))
            self._append(at, "task.reopened", task, None, _TASK)

    def proofs(self) -> list[KeptProof]:
        """Every proof in the vault, oldest first."""
        return [
            KeptProof(*row)
            for row in self._rows("SELECT id, task, name, sha256, length(content), added_at FROM proofs ORDER BY id")
        ]

    def proof(self, number: int) -> Proof:
        """One proof with its bytes. KeyError if there is none of that number."""
        rows = self._rows("SELECT name, content FROM proofs WHERE id = ?", number)
        if not rows:
            raise KeyError(number)
        return Proof(*rows[0])

    def _keep(self, task: str, at: str, proof: Proof, digest: str) -> int:
        row: dict[str, object] = {
            "task": task,
            "name": proof.name,
            "sha256": digest,
            "content": proof.content,
            "added_at": at,
        }
        return self._insert("proofs", row)
