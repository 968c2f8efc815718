"""Answers and the changes that made them: saved as they are given, undone one step at a time, to the beginning."""

from collections.abc import Iterable, Mapping
from typing import Final

from desktop.storage.ground import Ground
from desktop.storage.values import Absent, Json, from_text, to_text
from wizards.trail.chain import Deed

_ANSWERS: Final = Deed(data="answers")
_FROM_FILE: Final = Deed(data="answers", channel="file")
Step = tuple[str, str | None, str | None]  # question, text before, text after


class Answers(Ground):
    """The part of the store that keeps answers."""

    def answers(self) -> dict[str, Json]:
        """All answers by question id. None is "I do not know"; an answer that is absent has no key."""
        return {question: from_text(text) for question, text in self._texts().items()}

    def save(self, changes: Mapping[str, Json | Absent], at: str, action: str) -> None:
        """Keep changed answers and one trail entry for each, in one transaction; on return they are on disk.

        ABSENT takes an answer away. An answer given again unchanged is recorded in the trail and is no step to undo.
        ValueError for a value that JSON cannot hold; VaultError if it could not be written. Either way nothing changed.
        """
        if changes:
            self._change(_texts_of(changes), at, action, _ANSWERS)

    def replace_all(self, answers: Mapping[str, Json], at: str, action: str = "answers.imported") -> None:
        """Put these answers in place of all, as one step to undo. The trail gets an entry for the whole, then each."""
        whole = to_text(dict(answers))
        with self._lock:
            texts = _texts_of(answers)
            before = self._texts()
            gone: dict[str, str | None] = dict.fromkeys(before.keys() - texts.keys())
            changed = {question: text for question, text in (gone | texts).items() if before.get(question) != text}
            self._change(changed, at, action, _FROM_FILE, whole)

    def undo(self, at: str) -> list[str]:
        """Take back the last step that still stands and tell which questions it changed; none left gives []."""
        with self._writing() as connection:
            steps = connection.execute(
                """SELECT question, after, before FROM changes WHERE undone = 0
                   AND batch = (SELECT max(batch) FROM changes WHERE undone = 0) ORDER BY seq DESC"""
            ).fetchall()
            self._apply(steps, at, "answer.undone", _ANSWERS)
            connection.execute(
                "UPDATE changes SET undone = 1 WHERE batch = (SELECT max(batch) FROM changes WHERE undone = 0)"
            )
        return [question for question, _, _ in reversed(steps)]

    def _texts(self) -> dict[str, str]:
        return dict(self._rows("SELECT question, value FROM answers"))

    def _change(
        self, texts: Mapping[str, str | None], at: str, action: str, deed: Deed, whole: str | None = None
    ) -> None:
        with self._writing() as connection:
            if whole is not None:
                self._append(at, action, "answers", whole, deed)
            ask = "SELECT value FROM answers WHERE question = ?"
            steps: list[Step] = []
            for question, text in texts.items():
                row = connection.execute(ask, (question,)).fetchone()
                steps.append((question, row[0] if row else None, text))
            self._apply(steps, at, action, deed)
            # a step is named by the trail entry that ends it: one number for both, and never one twice
            connection.executemany(
                "INSERT INTO changes (batch, at, question, before, after) VALUES (?, ?, ?, ?, ?)",
                [(self._last_number(), at, *step) for step in steps if step[1] != step[2]],
            )

    def _apply(self, steps: Iterable[Step], at: str, action: str, deed: Deed) -> None:
        for question, before, after in steps:
            if after is None:
                self._connection.execute("DELETE FROM answers WHERE question = ?", (question,))
            elif after != before:
                self._connection.execute(
                    "INSERT OR REPLACE INTO answers (question, value) VALUES (?, ?)", (question, after)
                )
            self._append(at, action, question, after, deed)


def _texts_of(changes: Mapping[str, Json | Absent]) -> dict[str, str | None]:
    return {question: None if isinstance(value, Absent) else to_text(value) for question, value in changes.items()}
