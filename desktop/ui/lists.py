"""The ways from a question to the pages that fill it from a list."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk, Place
from desktop.ui.parts import Button

_WAYS: Final = {
    "mainland-accounts": ("roster.way", Place("roster")),
    "accounts": ("roster.way", Place("roster")),
    "plugins": ("list.way", Place("list", "plugins")),
    "flows": ("list.way", Place("list", "flows")),
    "groups": ("list.way", Place("list", "groups")),
}


def ways_in(desk: Desk, question: str, leave_for: Callable[[Place], object]) -> list[QWidget]:
    """The button below a question that can be filled from a list; none for another."""
    if question not in _WAYS:
        return []
    word, place = _WAYS[question]
    return [Button(desk.say(word), lambda: leave_for(place), kind="link")]


def place_of(desk: Desk, question: str) -> Place:
    """The page of a question, or the steps where it is not asked now."""
    page = next((p.id for p in desk.open.pages() if any(q.id == question for q in p.questions)), "")
    return Place("page", page) if page else Place("assessment")
