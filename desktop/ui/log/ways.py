"""From a task of the plan to the page of Guia on which it is done."""

from typing import Final

from desktop.ui.desk import Desk, Place
from desktop.ui.parts import Button

_WAYS: Final = {
    "log-start": ("log-way.trail", Place("trail")),
    "log-retention": ("log-way.trail", Place("trail")),
    "log-anchor": ("log-way.mark", Place("trail", "mark")),
    "log-box": ("log-way.box", Place("box")),
    "log-sites": ("log-way.sites", Place("sites")),
    "log-test": ("log-way.test", Place("box")),
}
"""By duty: the word of the button, and where it leads."""


def way_of(desk: Desk, duty: str) -> Button | None:
    """The button that leads from a task to its page; None where a task is done elsewhere."""
    if duty not in _WAYS:
        return None
    word, place = _WAYS[duty]
    return Button(desk.say(word), lambda: desk.go(place), kind="primary")
