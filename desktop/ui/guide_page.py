"""A guide: what to know first, what the home gives and costs, then its tasks in the order in which they are done."""

from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.desk import Desk, Place
from desktop.ui.homes_panel import home_lines
from desktop.ui.nextcloud.entry import entry
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, chip, column, label, line, row
from desktop.ui.so_far import PHASE_COLOUR, cited, source_line
from wizards.content.shapes import Duty, Guide
from wizards.governance.homes import kind_of
from wizards.planning.plan import Task


class GuidePage(Page):
    """`of` is the guide's id."""

    def __init__(self, desk: Desk, of: str) -> None:
        session = desk.open
        guide = session.bank.guides[of]
        super().__init__(desk.text(guide.title), desk.say("guide.title"), side=True)
        self._desk = desk
        self._done = session.done()
        tasks = {task.duty.id: task for task in session.plan().tasks}
        own = [tasks[duty] for duty in guide.duties if duty in tasks]
        if own:
            count = sum(task.id in self._done for task in own)
            self.under.addWidget(label(desk.say("guide.done", done=str(count), tasks=str(len(own))), "muted"))
        self.main.addWidget(card(*[label(text) for text in desk.text(guide.intro).splitlines()], spacing=6))
        if guide.home == "nextcloud":
            self.main.addWidget(card(label(desk.say("nextcloud.intro"), "muted"), entry(desk), spacing=8))
        self.main.addWidget(self._tasks(guide, tasks, own))
        if guide.money is not None:
            self.main.addWidget(self._money(guide, own))
        back = Button(desk.say("guide.back"), desk.back)
        self.main.addLayout(row(back, None))
        self.first(back)
        home = kind_of(session.bank, session.answers, guide.home)
        if home is not None:
            self.side.addWidget(card(label(desk.say("homes.choice")), *home_lines(desk, home, narrow=True), spacing=8))
        sources = [
            source_line(desk, record) for record in cited(desk, [*guide.sources, *(home.sources if home else ())])
        ]
        self.side.addWidget(card(label(desk.say("guide.sources"), "heading"), *sources))
        self.side.addStretch(1)

    def _tasks(self, guide: Guide, tasks: dict[str, Task], own: list[Task]) -> QFrame:
        desk, bank = self._desk, self._desk.open.bank
        entries = [
            self._entry(number, bank.duties[duty], tasks.get(duty), alone=not own)
            for number, duty in enumerate(guide.duties, 1)
        ]
        none = [] if own else [label(desk.say("guide.none"), "muted")]
        return card(label(desk.say("guide.tasks"), "heading"), *none, *entries, spacing=6)

    def _entry(self, number: int, duty: Duty, task: Task | None, *, alone: bool) -> QWidget:
        """A task; `alone` where none of the guide is in the plan, which the card has said for all."""
        desk = self._desk
        title = f"{number}.  {desk.text(duty.title)}"
        short = label(desk.text(duty.how.short), "muted")
        holder = QWidget()
        if task is None:
            away = short if alone else label(desk.say("guide.not-now"), "muted")
            holder.setLayout(column(label(title), away, line(), spacing=2))
            return holder
        chips = [chip(desk.say(f"phase.{task.phase}"), PHASE_COLOUR[task.phase])]
        if task.id in self._done:
            chips.append(chip(desk.say("plan.is-done"), "green"))
        link = Button(title, partial(desk.go, Place("task", task.id)), kind="link")
        who, day = desk.say(f"role.{duty.who}"), desk.day(task.due)
        facts = label(desk.say("plan.entry", who=who, day=day, hours=desk.number(duty.effort_hours)), "muted")
        holder.setLayout(column(row(link, None, *chips), short, facts, line(), spacing=2))
        return holder

    def _money(self, guide: Guide, own: list[Task]) -> QFrame:
        """The parts of the price to ask for, and what the owner's own hours come to."""
        desk = self._desk
        text = desk.text(guide.money) if guide.money else ""
        items = [label(desk.say("guide.money"), "heading"), *[label(said) for said in text.splitlines()]]
        hours, rate = sum(task.duty.effort_hours for task in own), desk.open.answers.get("hour-cost")
        if own and rate:
            said = desk.say(
                "guide.own", hours=desk.number(hours), rate=desk.number(rate), sum=desk.number(round(hours * rate))
            )
            items.append(label(said, "strong"))
        elif own:
            items.append(label(desk.say("guide.hours", hours=desk.number(hours)), "strong"))
        return card(*items, spacing=6)
