"""The ways from a question to the pages that fill it from a file or list, and out to a spreadsheet: a row of links."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk, Place
from desktop.ui.parts import Button, column, is_large, row
from desktop.ui.sheet.send_out import send_out

_WAYS: Final = {
    "mainland-accounts": ("roster.way", Place("roster")),
    "accounts": ("roster.way", Place("roster")),
    "plugins": ("list.way", Place("list", "plugins")),
    "flows": ("list.way", Place("list", "flows")),
    "groups": ("list.way", Place("list", "groups")),
}


def ways_in(desk: Desk, question: str, page: QWidget, leave_for: Callable[[Place], object]) -> list[QWidget]:
    """The links below a question that can be filled from a list; none for another."""
    if question not in _WAYS:
        return []
    word, place = _WAYS[question]
    links = [Button(desk.say(word), lambda: leave_for(place), kind="link")]
    if question == "flows":
        links.append(Button(desk.say("sheet.bring"), lambda: leave_for(Place("sheet")), kind="link"))
        links.append(Button(desk.say("sheet.send"), lambda: send_out(desk, page), kind="link"))
    holder = QWidget()
    holder.setLayout(column(*links, spacing=6) if is_large() else row(*links, None, spacing=18))
    return [holder]
