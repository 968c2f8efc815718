"""The bank: all content of Guia, loaded, checked and easy to look up. Holds no answers."""

from functools import cached_property

from msgspec import Struct

from wizards.content.law import Record
from wizards.content.shapes import (
    Claim,
    Column,
    Contradiction,
    Duty,
    Guide,
    Home,
    Option,
    Part,
    Question,
    Quick,
    Reason,
    RouteLeaf,
    RouteStep,
    Sector,
    Step,
    Topic,
    TrailNames,
)


class Bank(Struct, frozen=True, dict=True):
    """Steps in order, topics in the order they are asked, and everything they lean on."""

    version: str
    steps: tuple[Step, ...]
    topics: tuple[Topic, ...]
    records: dict[str, Record]
    reasons: dict[str, Reason]
    route_steps: dict[str, RouteStep]
    route_leaves: dict[str, RouteLeaf]
    claims: tuple[Claim, ...]
    sectors: dict[str, Sector]
    quick: Quick
    parts: tuple[Part, ...]
    find_out: Duty
    finish: Duty
    homes: dict[str, Home]
    guides: dict[str, Guide]
    contradictions: tuple[Contradiction, ...]
    trail: TrailNames

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by id, in the order of the interview."""
        return {question.id: question for topic in self.topics for question in topic.questions}

    @cached_property
    def topic_of(self) -> dict[str, Topic]:
        """The topic of each question and of each duty, by their ids (which never coincide across kinds of lookup)."""
        return {question.id: topic for topic in self.topics for question in topic.questions}

    @cached_property
    def home_of_duty(self) -> dict[str, Topic]:
        """The topic that holds each duty."""
        return {duty.id: topic for topic in self.topics for duty in topic.duties}

    @cached_property
    def duties(self) -> dict[str, Duty]:
        """Every duty by id, in the order of the topics."""
        return {duty.id: duty for topic in self.topics for duty in topic.duties}

    @cached_property
    def columns(self) -> dict[tuple[str, str], Column]:
        """Every column by (question id, column id)."""
        return {(q.id, column.id): column for q in self.questions.values() for column in q.columns}

    @cached_property
    def _marks(self) -> dict[tuple[str, str, str], frozenset[str]]:
        found: dict[tuple[str, str, str], frozenset[str]] = {}
        for question in self.questions.values():
            for option in question.options:
                found[question.id, "", option.id] = frozenset(option.marks)
            for column in question.columns:
                for option in column.options:
                    found[question.id, column.id, option.id] = frozenset(option.marks)
        return found

    def marks(self, question: str, column: str, option: str) -> frozenset[str]:
        """The marks of an option; empty for an unknown one. `column` is "" for the question's own options."""
        return self._marks.get((question, column, option), frozenset())

    def option(self, question: str, column: str, option: str) -> Option | None:
        """The option itself, or None."""
        owner: Question | Column | None = (
            self.columns.get((question, column)) if column else self.questions.get(question)
        )
        return next((o for o in owner.options if o.id == option), None) if owner else None

    @cached_property
    def quick_questions(self) -> tuple[Question, ...]:
        """The questions of the quick check, in its order."""
        return tuple(sorted((q for q in self.questions.values() if q.quick), key=lambda q: q.quick))
