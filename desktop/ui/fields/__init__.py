"""One hand-made widget for each kind of answer; `make` chooses it."""

from desktop.ui.desk import Desk
from desktop.ui.fields.choices import Choice, Many
from desktop.ui.fields.field import Field
from desktop.ui.fields.typed import Counts, Typed
from wizards.content.shapes import Column, Question
from wizards.interview.answers import Value


def make(desk: Desk, item: Question | Column, value: Value, *, answered: bool) -> Field:
    """The field for a question or column that is not a table; `answered` tells "I do not know" from no answer."""
    match item.kind:
        case "yes-no" | "choice":
            return Choice(desk, item, value, answered=answered)
        case "many":
            return Many(desk, item, value, answered=answered)
        case "counts":
            return Counts(desk, item, value, answered=answered)
        case _:
            return Typed(desk, item, value, answered=answered)
