"""Every page of the window, and what stands on one."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton, QWidget

from desktop.app import App
from desktop.ui.desk import Place
from tests.desktop.hands import Hands
from wizards.mapping.lists import QUESTIONS

PASSPHRASE: Final = "a passphrase for tests"
SECTOR: Final = "insurance-broker"


def places(app: App) -> list[Place]:
    """Every page there is."""
    session = app.session
    assert session is not None
    steps = [step.id for step in session.bank.steps]
    return [
        *(
            Place(name)
            for name in ("first-run", "unlock", "home", "quick-result", "assessment", "map", "plan", "review")
        ),
        Place("settings"),
        Place("unlock", "in-use"),
        Place("kept", "1"),
        Place("flow", str(session.answers["flows"][0]["id"])),
        Place("roster"),
        *(Place("list", question) for question in QUESTIONS if question in session.bank.questions),
        Place("task", session.plan().tasks[0].id),
        *(Place("guide", guide) for guide in session.bank.guides),
        *(Place("quick", str(number)) for number in range(1, 10)),
        *(Place("answers", step) for step in steps),
        *(Place("page", page.id) for page in session.pages()),
    ]


def go(hands: Hands, place: Place) -> None:
    hands.app.window.go(place)
    hands.rest()


def controls(window: QWidget) -> list[QWidget]:
    """What Tab should reach: everything shown that takes it. Of a group of radio buttons, one."""
    found: list[QWidget] = []
    groups: set[int] = set()
    for widget in window.findChildren(QWidget):
        if not (widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus):
            continue
        if isinstance(widget, QRadioButton):
            group = id(widget.parentWidget())
            if group in groups:
                continue
            groups.add(group)
        found.append(widget)
    return found
