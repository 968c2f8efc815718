"""The small closed vocabulary in which content says when something holds. Evaluation: interview.truth."""

from msgspec import Struct, field


class Condition(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename="kebab"):
    """One of: all, any, not; a test of a question, a column of the row at hand, or a fact; some row of a table.

    A test names exactly one of `question`, `column`, `fact` and at most one of `is`, `one-of`, `at-least`;
    none of the three means "is true". For a question of kind many, `is` and `one-of` look among what was ticked;
    for rows and counts, `at-least` counts. `some` with `where` holds if the condition holds for a row of that table.
    """

    all: tuple["Condition", ...] | None = None
    any: tuple["Condition", ...] | None = None
    not_: "Condition | None" = field(name="not", default=None)
    some: str | None = None
    where: "Condition | None" = None
    question: str | None = None
    column: str | None = None
    fact: str | None = None
    is_: str | int | bool | None = field(name="is", default=None)
    one_of: tuple[str, ...] | None = None
    at_least: int | None = None


NEVER = Condition(any=())
"""Holds for nobody."""
