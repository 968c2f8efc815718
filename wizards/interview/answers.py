"""What the owner said: values by question id. Absent is not answered yet; None is "I do not know"."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Value: TypeAlias = Any
"""A JSON value of the question's kind: str, int, bool, list of option ids, counts by option id, or list of rows."""

Answers: TypeAlias = Mapping[str, Value]
Row: TypeAlias = Mapping[str, Value]


def rows(answers: Answers, question: str) -> tuple[Row, ...]:
    """The rows given to a rows question; none where it is unanswered or unknown."""
    value = answers.get(question)
    return tuple(value) if isinstance(value, list | tuple) else ()


def named(row: Row) -> str:
    """The row's own name, or its id where the owner gave none that can be seen."""
    name = str(row.get("name") or "")
    return name if any(sign.isprintable() and not sign.isspace() for sign in name) else str(row["id"])


def each_row(answers: Answers, question: str) -> Iterator[tuple[str, Row]]:
    """Each row with its id."""
    for row in rows(answers, question):
        yield str(row["id"]), row
