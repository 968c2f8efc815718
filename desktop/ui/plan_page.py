"""The plan: verdict, the six things to do first, then all tasks by phase, with a filter and a tick for what is done."""

from collections.abc import Mapping

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.storage.tasks import Done
from desktop.ui.clashes import clash_list
from desktop.ui.desk import Desk, Place
from desktop.ui.homes_panel import guide_links
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, chip, chooser, clear, column, is_large, label, line, row
from desktop.ui.save_paper import save_plan
from desktop.ui.so_far import PHASE_COLOUR
from wizards.content.shapes import PHASES
from wizards.content.text import LANGUAGES
from wizards.planning import paper, spoken
from wizards.planning.plan import Plan, Task


class PlanPage(Page):
    """All tasks."""

    def __init__(self, desk: Desk, _: str) -> None:
        super().__init__(desk.say("place.plan"))
        session = desk.open
        session.keep_first_seen()
        self._desk, self._plan, self._done = desk, session.plan(), session.done()
        self._numbers = {task.id: number for number, task in enumerate(self._plan.tasks, 1)}
        proven = sum(is_done(self._done, task.id) for task in self._plan.tasks)
        count = desk.say("plan.count", tasks=str(len(self._plan.tasks)), done=str(proven))
        self.under.addWidget(label(count, "muted"))
        self.head.addLayout(self._export())
        if self._plan.draft:
            self.main.addWidget(self._draft())
        self.main.addWidget(self._verdict())
        for clash in clash_list(desk):
            self.main.addWidget(clash)
        self.main.addWidget(self._six())
        for guides in self._guides():
            self.main.addWidget(guides)
        self.main.addLayout(self._filters())
        self._list = QVBoxLayout()
        self._list.setSpacing(14)
        self.main.addLayout(self._list)
        self._show()

    def _export(self) -> QVBoxLayout:
        desk = self._desk
        self._lang = chooser(desk.say("plan.language"))
        for lang in LANGUAGES:
            self._lang.addItem(desk.say(f"language.{lang}"), lang)
        self._lang.setCurrentIndex(LANGUAGES.index(desk.lang))
        save = Button(
            desk.say("plan.save"), lambda: save_plan(desk, self, str(self._lang.currentData())), kind="primary"
        )
        self.first(save)
        return column(row(self._lang, save))

    def _draft(self) -> QFrame:
        desk = self._desk
        steps = [desk.text(step.title) for step in desk.open.bank.steps if step.id in self._plan.open_steps]
        return card(label(desk.say("plan.draft", steps=" · ".join(steps))), kind="notice")

    def _verdict(self) -> QFrame:
        desk, plan = self._desk, self._plan
        reasons = [label("•  " + text) for text in paper.verdict_reasons(desk.open.bank, plan, desk.lang)]
        neutral = label(desk.say("plan.neutral"), "muted")
        see = row(Button(desk.say("map-page.see"), lambda: desk.go(Place("map"))), None)
        return card(
            label(desk.say(f"verdict.{plan.verdict.id}"), "heading"), *reasons, neutral, see, kind="accent", spacing=6
        )

    def _six(self) -> QFrame:
        desk = self._desk
        by_id = {task.id: task for task in self._plan.tasks}
        entries = [self._entry(by_id[task], first=True) for task in self._plan.first]
        return card(label(desk.say("plan.first"), "heading"), *entries, spacing=6)

    def _guides(self) -> list[QFrame]:
        """Links to the guides of which some task is in the plan."""
        duties = {task.duty.id for task in self._plan.tasks}
        guides = [g for g in self._desk.open.bank.guides.values() if not duties.isdisjoint(g.duties)]
        links = [link for home in dict.fromkeys(g.home for g in guides) for link in guide_links(self._desk, home)]
        return [card(label(self._desk.say("guide.title"), "heading"), *links, spacing=6)] if links else []

    def _filters(self) -> QVBoxLayout:
        desk = self._desk
        self._phase = chooser(desk.say("plan.filter-phase"))
        self._who = chooser(desk.say("plan.filter-who"))
        self._state = chooser(desk.say("plan.filter-state"))
        self._phase.addItem(desk.say("plan.every-phase"), "")
        for phase in PHASES:
            self._phase.addItem(desk.say(f"phase-long.{phase}"), phase)
        self._who.addItem(desk.say("plan.everybody"), "")
        for who in dict.fromkeys(task.duty.who for task in self._plan.tasks):
            self._who.addItem(desk.say(f"role.{who}"), who)
        for state in ("every-state", "open", "done"):
            self._state.addItem(desk.say(f"plan.{state}"), "" if state == "every-state" else state)
        for box in (self._phase, self._who, self._state):
            box.currentIndexChanged.connect(lambda _: self._show())
        boxes = (self._phase, self._who, self._state)
        return column(label(desk.say("plan.all"), "heading"), column(*boxes) if is_large() else row(*boxes, None))

    def _wanted(self, task: Task) -> bool:
        state = str(self._state.currentData())
        finished = is_done(self._done, task.id)
        return (
            self._phase.currentData() in ("", task.phase)
            and self._who.currentData() in ("", task.duty.who)
            and (not state or finished == (state == "done"))
        )

    def _show(self) -> None:
        clear(self._list)
        shown = 0
        for phase in PHASES:
            tasks = [t for t in self._plan.tasks if t.phase == phase and self._wanted(t)]
            shown += len(tasks)
            if tasks:
                entries = [self._entry(task, first=False) for task in tasks]
                self._list.addWidget(card(label(self._desk.say(f"phase-long.{phase}"), "strong"), *entries, spacing=4))
        if not shown:
            self._list.addWidget(label(self._desk.say("plan.nothing"), "muted"))

    def _entry(self, task: Task, *, first: bool) -> QWidget:
        """A task under its number in the plan, which is that of the printed plan too."""
        desk = self._desk
        numbered = f"{self._numbers[task.id]}.  {spoken.title(desk.open.bank, task, desk.lang)}"
        open_task = Button(numbered, lambda: desk.go(Place("task", task.id)), kind="link")
        who = desk.say(f"role.{task.duty.who}")
        details = label(
            desk.say("plan.entry", who=who, day=desk.day(task.due), hours=desk.number(task.duty.effort_hours)), "muted"
        )
        chips = [chip(desk.say(f"phase.{task.phase}"), PHASE_COLOUR[task.phase])] if first else []
        if is_done(self._done, task.id):
            chips.append(chip(desk.say("plan.is-done"), "green"))
        holder = QWidget()
        holder.setLayout(column(row(open_task, None, *chips), details, line(), spacing=2))
        return holder


def is_done(done: Mapping[str, Done], task: str) -> bool:
    """Whether the task was ticked."""
    return task in done


def find(plan: Plan, task_id: str) -> Task | None:
    """The task of that id, while the plan has it."""
    return next((task for task in plan.tasks if task.id == task_id), None)
