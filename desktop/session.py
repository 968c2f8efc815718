"""The verbs of Guia: answer, undo, plan, tick, review. Holds an open vault; knows no widget and words nothing.

Whoever shows things calls these; each verb is durable when it returns.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, Final

from desktop import clock, plain
from desktop.anchors import Anchors
from desktop.logbox.kept import Box
from desktop.nextcloud import Nextcloud
from desktop.storage import backups
from desktop.storage.snapshots import Snapshot
from desktop.storage.store import Store
from desktop.storage.tasks import Done, Proof
from desktop.storage.values import ABSENT, Absent, Json
from desktop.storage.whole import write_whole
from desktop.trail import Trail
from wizards.content.bank import Bank
from wizards.content.samples import preset_rows
from wizards.content.shapes import Question, Sentence
from wizards.content.text import Text
from wizards.interview import walk
from wizards.interview.answers import Row, Value, rows
from wizards.interview.mistakes import LONGEST_FILE
from wizards.interview.reading import SCHEMA, read
from wizards.interview.validity import check_value
from wizards.planning import paper, quick
from wizards.planning.plan import Plan, Task, plan_of
from wizards.review import quarter

FIRST_GUESS: Final = 25.0
"""Seconds for a page before the owner's own pace is known."""
_PACE: Final = "pace"
_DISMISSED: Final = "dismissed"


def answers_file(answers: Mapping[str, Value]) -> bytes:
    """The answers as a file that `import` takes."""
    document = {"schema": SCHEMA, "answers": dict(answers)}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


class Session:
    """An owner at work on one vault."""

    def __init__(self, bank: Bank, store: Store) -> None:
        self.bank = bank
        self._store = store
        self.trail = Trail(store)
        self.anchors = Anchors(store)
        self.nextcloud = Nextcloud(store)
        self.box = Box(store)
        self.answers: dict[str, Value] = dict(store.answers())
        self._plan: Plan | None = None
        self.is_open = True
        """Until it is closed; work that was begun before may end after."""

    # Answers --------------------------------------------------------------------------------------------------------

    def answer(self, question: str, value: Value | Absent) -> tuple[Question, ...]:
        """Keep one answer; durable on return. The answered questions that it hides; their answers are kept.

        ValueError if the value does not fit the question.
        """
        if not isinstance(value, Absent):
            self._refuse_misfit(question, value)
        self._store.save({question: value}, clock.now(), "answer.given")
        before = self.answers
        after = {q: given for q, given in before.items() if q != question}
        self._take(after if isinstance(value, Absent) else {**after, question: value})
        return walk.hidden_by(self.bank, before, self.answers, clock.today())

    def answer_together(self, given: Mapping[str, Value]) -> None:
        """Keep several answers as one change, which one undo takes back; ValueError as `answer`."""
        for question, value in given.items():
            self._refuse_misfit(question, value)
        self._store.save(given, clock.now(), "answer.given")
        self._take({**self.answers, **given})

    def _refuse_misfit(self, question: str, value: Value) -> None:
        mistakes = list(check_value(self.bank.questions[question], value, question))
        if mistakes:
            raise ValueError(mistakes[0])

    def undo(self) -> list[str]:
        """Take back the last change; the questions that it touched."""
        touched = self._store.undo(clock.now())
        self._reload()
        return touched

    def replace_answers(self, answers: Mapping[str, Value]) -> None:
        """Put other answers in place of all, as one undoable change."""
        self._store.replace_all(answers, clock.now())
        self._reload()

    def _reload(self) -> None:
        self._take(dict(self._store.answers()))

    def _take(self, answers: dict[str, Value]) -> None:
        self.answers, self._plan = answers, None

    # Rows -----------------------------------------------------------------------------------------------------------

    def suggestions(self, question: str, lang: str) -> list[dict[str, Any]]:
        """The sector's usual rows that the owner has neither taken nor turned down."""
        sector = self.bank.sectors.get(str(self.answers.get("sector")))
        if sector is None:
            return []
        taken = {row.get("origin") for row in rows(self.answers, question)} | set(self._dismissed(question))
        return [row for row in preset_rows(sector, question, lang) if row["origin"] not in taken]

    def dismiss(self, question: str, origin: str) -> None:
        """Turn a suggested row down; it is not shown again."""
        kept = self._store.setting(_DISMISSED)
        others = kept if isinstance(kept, dict) else {}
        self._store.set_setting(_DISMISSED, {**others, question: [*self._dismissed(question), origin]})

    def _dismissed(self, question: str) -> list[str]:
        found = self._store.setting(_DISMISSED)
        listed = found.get(question) if isinstance(found, dict) else None
        return [str(origin) for origin in listed] if isinstance(listed, list) else []

    def put_row(self, question: str, row: Mapping[str, Value]) -> str:
        """Add a row, or replace the one with its id; the row's id. An id is made here once and never used again."""
        row_id = str(row.get("id") or secrets.token_hex(5))
        kept = {**row, "id": row_id}
        current = list(rows(self.answers, question))
        places = [place for place, old in enumerate(current) if old["id"] == row_id]
        if places:
            current[places[0]] = kept
        else:
            current.append(kept)
        self.answer(question, [dict(r) for r in current])
        return row_id

    def add_rows(self, question: str, added: Sequence[Mapping[str, Value]], there: Sequence[Row] | None = None) -> None:
        """Add rows, each with an id, as one change that one undo takes back; `there` replaces what is there."""
        kept = [dict(row) for row in (rows(self.answers, question) if there is None else there)]
        self.answer(question, kept + [{**row, "id": secrets.token_hex(5)} for row in added])

    def take_all(self, question: str, lang: str) -> int:
        """Take every suggested row as it stands, as one change; how many there were."""
        offered = self.suggestions(question, lang)
        self.add_rows(question, offered)
        return len(offered)

    def remove_row(self, question: str, row_id: str) -> None:
        """Take a row out; undo brings it back under the same id."""
        self.answer(question, [dict(row) for row in rows(self.answers, question) if row["id"] != row_id])

    # The walk -------------------------------------------------------------------------------------------------------

    def pages(self) -> tuple[walk.Page, ...]:
        """All pages that apply now."""
        return walk.pages(self.bank, self.answers, clock.today())

    def status(self) -> dict[str, walk.Status]:
        """Where each step stands."""
        return walk.status(self.bank, self.answers, clock.today())

    def resume_at(self, step: str = "") -> walk.Page | None:
        """The first page with an open question."""
        return walk.resume_at(self.bank, self.answers, clock.today(), step)

    def took(self, seconds: float) -> None:
        """Remember how long a page took, for the time left. More than five minutes is a pause and no pace."""
        if 0 < seconds < 300:
            self._store.set_setting(_PACE, list[Json]([*self._pace(), round(seconds, 1)][-30:]))

    def minutes_left(self, step: str = "") -> int:
        """Minutes for the open pages of a step, or of all, at the owner's own pace; 0 when nothing is open."""
        pace = self._pace()
        each = median(pace) if len(pace) > 2 else FIRST_GUESS
        still = [
            page
            for page in self.pages()
            if (not step or page.step == step) and any(q.id not in self.answers for q in page.questions)
        ]
        return -int(-len(still) * each // 60)

    def _pace(self) -> list[float]:
        kept = self._store.setting(_PACE)
        return [float(s) for s in kept if isinstance(s, int | float)] if isinstance(kept, list) else []

    # Plan and tasks -------------------------------------------------------------------------------------------------

    def plan(self) -> Plan:
        """The plan of today. Tasks seen for the first time are remembered, so that their due days do not slide."""
        day = clock.today()
        if self._plan is None or self._plan.as_of != day:
            known = {task: date.fromisoformat(done.first_seen) for task, done in self._store.tasks().items()}
            plan = plan_of(self.bank, self.answers, day, known)
            self._plan = plan
        return self._plan

    def keep_first_seen(self) -> None:
        """Remember the day of the tasks that are new in the plan; called when the owner has seen them."""
        self._store.first_seen([task.id for task in self.plan().tasks], clock.today().isoformat())
        self._plan = None

    def done(self) -> dict[str, Done]:
        """The record of each task that is done and still counts today, by task id."""
        day, records = clock.today(), self._store.tasks()
        return {
            task.id: record
            for task in self.plan().tasks
            if (record := records.get(task.id)) is not None
            and record.done_on is not None
            and quarter.counts_still(task.phase, date.fromisoformat(record.done_on), day)
        }

    def tick(self, task: str, note: str, proof: Proof | None = None) -> None:
        """Keep that a task is done, with its proof."""
        self._store.tick(task, clock.today().isoformat(), clock.now(), note, proof)

    def untick(self, task: str) -> None:
        """Keep that a task is open after all."""
        self._store.untick(task, clock.now())

    def proofs(self) -> Sequence[Any]:
        """Every proof in the vault."""
        return self._store.proofs()

    def quick_result(self) -> tuple[Sentence, Sentence, Sentence]:
        """The three sentences of the quick check."""
        return quick.sentences(walk.settle(self.bank, self.answers, clock.today()))

    def monday(self) -> tuple[Task, ...]:
        """The three tasks of the Monday sheet."""
        return quick.monday(self.plan())

    # The quarter ----------------------------------------------------------------------------------------------------

    def keep_plan(self, words: Mapping[str, Text], lang: str, kind: str = "plan") -> None:
        """Keep the plan of today whole, with the answers and the content version that made it."""
        made = paper.as_json(self.bank, self.answers, self.plan(), lang, words)
        self._store.snapshot(
            "review" if kind == "review" else "plan", clock.now(), self.bank.version, self.answers, made
        )

    def next_review(self) -> date | None:
        """The day of the next review; None before there was a plan."""
        heads = self._store.snapshots()
        last = [date.fromisoformat(head.at[:10]) for head in heads if head.kind == "review"]
        started = [date.fromisoformat(head.at[:10]) for head in heads]
        return quarter.next_review(last[-1] if last else None, started[0] if started else None)

    def agenda(self) -> quarter.Agenda:
        """What a review asks today."""
        return quarter.agenda(self.bank, self.answers, clock.today())

    def past(self) -> list[Any]:
        """Every plan and review kept, oldest first, without their contents."""
        return list(self._store.snapshots())

    def kept(self, number: int) -> Snapshot:
        """One plan or review as it was kept; KeyError if there is none of that number."""
        return self._store.read_snapshot(number)

    def since_last(self, words: Mapping[str, Text], lang: str) -> quarter.Difference | None:
        """What changed since the last plan or review that was kept; None where there is none."""
        heads = self._store.snapshots()
        if not heads:
            return None
        before = self._store.read_snapshot(heads[-1].id).plan
        if not isinstance(before, dict):
            return None
        return quarter.difference(before, paper.as_json(self.bank, self.answers, self.plan(), lang, words))

    # Files and safety -----------------------------------------------------------------------------------------------

    def export_answers(self, out: Path) -> None:
        """Write the answers to a file, whole or not at all, with an entry in the trail."""
        write_whole(out, answers_file(self.answers))
        self.trail.exported("answers", "answers")

    def import_answers(self, file: Path) -> int:
        """Replace the answers by those of a file, as one undoable change after a backup; how many there are now.

        Raises Unreadable with every mistake, OSError where the file cannot be read.
        """
        answers = read(plain.beginning(file, LONGEST_FILE + 1), self.bank)
        if self.answers:
            backups.before(self._store, "import", clock.today())
        self.replace_answers(answers)
        return len(answers)

    def backup(self, out: Path) -> None:
        """Write a checked backup."""
        backups.backup_to(self._store, out)

    def close(self) -> None:
        """Close the vault."""
        self.is_open = False
        self._store.close()


__all__ = ["ABSENT", "Proof", "Session"]
