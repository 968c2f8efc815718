"""What a plan paper is made from: the plan, the answers and content behind it, and the voice that says it."""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct, structs

from desktop.reports.plan.voice import LONGEST, NAME, Voice, cut
from wizards.content.bank import Bank
from wizards.content.shapes import Column, Question
from wizards.interview import walk
from wizards.interview.answers import Answers, Row, Value, each_row
from wizards.mapping.flow import Flow
from wizards.planning import spoken
from wizards.planning.plan import Plan, Task
from wizards.trail.anchor import Anchor


def brief(plan: Plan) -> Plan:
    """The plan with names that an owner typed cut where they would fill a page; the answers have them whole."""
    tasks = tuple(structs.replace(task, row_name=cut(task.row_name, NAME)) for task in plan.tasks)
    flows = tuple((_brief(flow), *rest) for flow, *rest in plan.flows)
    return structs.replace(plan, tasks=tasks, flows=flows)


def _brief(flow: Flow) -> Flow:
    said = {"tier-why": cut(flow.why_tier, LONGEST)} if flow.why_tier else {}
    return structs.replace(flow, name=cut(flow.name, NAME), row={**flow.row, **said})


class BoxProof(Struct, frozen=True):
    """That a test word was found again on the log box `host`, at `at` (UTC).

    `failed`: when the last test after it did not find its word, in UTC; "" where none failed.
    """

    host: str
    at: str
    failed: str = ""


class Case(Struct, frozen=True, dict=True):
    """One business on one day in one language. `ticked`: the day of each task that is done, YYYY-MM-DD, by task id.

    `anchor`: a mark of the trail, and `box`: what was proven of the log box, where the paper is made from a vault.
    """

    bank: Bank
    answers: Answers
    plan: Plan
    voice: Voice
    ticked: Mapping[str, str] = {}
    anchor: Anchor | None = None
    box: BoxProof | None = None

    @property
    def business(self) -> str:
        """The name of the business, or words for one without a name."""
        return str(self.answers.get("business-name") or self.voice.say("paper.no-name"))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each task, from 1, in the plan's order."""
        return {task.id: number for number, task in enumerate(self.plan.tasks, 1)}

    @cached_property
    def rows(self) -> dict[tuple[str, str], Row]:
        """Every row by (question id, row id)."""
        tables = (q.id for q in self.bank.questions.values() if q.kind == "rows")
        return {(table, row_id): row for table in tables for row_id, row in each_row(self.answers, table)}

    @cached_property
    def asked(self) -> frozenset[str]:
        """The ids of the questions that apply."""
        return frozenset(q.id for q in walk.asked(self.bank, self.answers, self.plan.as_of))

    def answer(self, item: Question | Column, value: Value) -> str:
        """An answer in words."""
        yes_no = {True: self.voice.say("answer.yes"), False: self.voice.say("answer.no")}
        return spoken.answer(item, value, self.voice.lang, self.voice.say("answer.unknown"), yes_no)

    def cell(self, question: str, column: str, row: Row) -> str:
        """A cell of a row in words, cut where it was typed and is long; "" where it was left empty."""
        value, shape = row.get(column), self.bank.columns[question, column]
        if value is None:
            return ""
        return cut(value, LONGEST) if shape.kind == "text" else self.answer(shape, value)

    def title(self, task: Task) -> str:
        """The title of a task."""
        return spoken.title(self.bank, task, self.voice.lang)

    def tasks_of(self, topics: tuple[str, ...]) -> tuple[int, ...]:
        """The numbers of the tasks that follow from these topics."""
        homes = self.bank.home_of_duty
        return tuple(
            self.numbers[task.id]
            for task in self.plan.tasks
            if task.duty.id in homes and homes[task.duty.id].id in topics
        )
