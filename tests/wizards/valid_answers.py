"""Hypothesis strategies for answers that are valid for the real bank, made from its questions; none is listed here."""

from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from desktop.content import bank
from wizards.content.shapes import Column, Question
from wizards.interview.validity import FIRST_DAY, HIGHEST, LAST_DAY

DAY = date(2026, 11, 23)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12) | st.sampled_from(
    ["\u202eright to left", "\x1b[2J", "<b>&amp;", "{row} {step}", "𠝹😀👨‍👩‍👧", "  ", "x" * 4000]
)
IDS = st.text("abcdefghij-0123456789", min_size=1, max_size=6)
DAYS = (st.dates(date(2020, 1, 1), date(2030, 12, 31)) | st.dates(FIRST_DAY, LAST_DAY)).map(date.isoformat)


def cell(item: Question | Column) -> st.SearchStrategy[Any]:
    """Values of one question that is no table, or of one column; None is "I do not know"."""
    return st.none() | _known(item)


def _known(item: Question | Column) -> st.SearchStrategy[Any]:
    options = [option.id for option in item.options]
    low, high = (item.minimum, item.maximum) if isinstance(item, Question) else (0, HIGHEST)
    match item.kind:
        case "yes-no":
            return st.booleans()
        case "choice":
            return st.sampled_from(options)
        case "many":
            return st.lists(st.sampled_from(options), unique=True, max_size=4)
        case "number":
            return st.integers(low, high)
        case "date":
            return DAYS
        case "counts":
            return st.dictionaries(st.sampled_from(options), st.integers(0, HIGHEST))
        case _:
            return TEXTS


def row(question: Question) -> st.SearchStrategy[dict[str, Any]]:
    """Rows of a table, each cell given or left out."""
    columns = {column.id: cell(column) for column in question.columns}
    return st.fixed_dictionaries({"id": IDS}, optional={**columns, "origin": TEXTS})


def value(question: Question) -> st.SearchStrategy[Any]:
    """Values of one question."""
    if question.kind != "rows":
        return cell(question)
    return st.none() | st.lists(row(question), max_size=4, unique_by=lambda made: str(made["id"]))


@cache
def answers() -> st.SearchStrategy[dict[str, Any]]:
    """Valid answers: any questions answered, in any order."""
    return st.fixed_dictionaries({}, optional={question.id: value(question) for question in bank().questions.values()})
