"""The five steps as a list of tasks, in any order, each with where it stands; and how long is left."""

from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk, Place
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, chip, column, label, row
from desktop.ui.so_far import plan_card
from wizards.content.shapes import Step
from wizards.interview.walk import Status

COLOUR: Final = {"done": "green", "in-progress": "yellow", "not-started": "blue", "cannot-start": "blue"}


class Steps(Page):
    """The list of steps."""

    def __init__(self, desk: Desk, _: str) -> None:
        super().__init__(desk.say("place.assessment"), side=True)
        session = desk.open
        left = session.minutes_left()
        self.under.addWidget(
            label(desk.say("steps.left", minutes=str(left)) if left else desk.say("steps.all"), "muted")
        )
        found = session.status()
        first: QWidget | None = None
        for number, step in enumerate(session.bank.steps, 1):
            entry = Entry(desk, number, step, found[step.id])
            self.main.addWidget(entry)
            if first is None and found[step.id] in {"in-progress", "not-started"}:
                first = entry.button
        if first is not None:
            self.first(first)
        self.side.addWidget(plan_card(desk))
        self.side.addStretch(1)


class Entry(QWidget):
    """One step: its name is the button, its status stands beside it."""

    def __init__(self, desk: Desk, number: int, step: Step, status: Status) -> None:
        super().__init__()
        session = desk.open

        def open_step() -> None:
            page = session.resume_at(step.id)
            desk.go(Place("page", page.id) if page else Place("answers", step.id))

        self.button = Button(f"{number}   {desk.text(step.title)}", open_step, kind="link")
        self.button.setEnabled(status != "cannot-start")
        said = desk.say(f"status.{status}")
        self.button.setAccessibleDescription(said)
        needs = ""
        if status == "cannot-start":
            needs = desk.say("status.needs", question=desk.text(session.bank.questions[step.needs].text))
        minutes = session.minutes_left(step.id)
        left = desk.say("steps.minutes", minutes=str(minutes)) if status in {"in-progress", "not-started"} else ""
        check = Button(desk.say("steps.check"), lambda: desk.go(Place("answers", step.id)), kind="link")
        check.setAccessibleName(f"{desk.say('steps.check')}: {desk.text(step.title)}")
        if status not in {"in-progress", "done"}:
            check.hide()
        top = row(self.button, None, chip(said, COLOUR[status]))
        text = desk.text(step.summary) + (f"  {needs}" if needs else "")
        frame = card(
            top,
            label(text, "muted"),
            row(*([label(left, "muted", wrap=False)] if left else []), check, None),
            spacing=6,
        )
        self.setLayout(column(frame))
