"""Home: where the business stands, what to do next, the next review, and the first button to press."""

from functools import partial

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop import clock
from desktop.ui.desk import Desk, Place
from desktop.ui.page import Page
from desktop.ui.parts import Button, Ring, card, chip, column, label, line, row
from desktop.ui.save_paper import save_plan
from desktop.ui.so_far import PHASE_COLOUR
from wizards.planning import paper, spoken


class Home(Page):
    """The first page of every sitting."""

    def __init__(self, desk: Desk, _: str) -> None:
        session = desk.open
        name = session.answers.get("business-name")
        super().__init__(str(name) if name else desk.say("home.welcome"))
        self._desk = desk
        day = session.next_review()
        if day is not None:
            left = (day - clock.today()).days
            text = (
                desk.say("home.review-on", day=desk.day(day), days=str(left))
                if left > 0
                else desk.say("home.review-now")
            )
            self.under.addWidget(label(text, "muted"))
        if desk.sample:
            self.main.addWidget(self._sample_notice())
        resume = self._main_button()
        self.first(resume)
        if session.answers:
            self.head.addWidget(Button(desk.say("home.export"), lambda: save_plan(desk, self)))
            self.head.addWidget(resume)
            self.main.addWidget(self._standing())
            self.main.addWidget(self._next())
        else:
            self.main.addWidget(self._start(resume))

    def _sample_notice(self) -> QFrame:
        desk = self._desk
        leave = Button(desk.say("home.leave-sample"), desk.app.left)
        said = row(label(desk.say("home.sample")), leave)
        said.setStretch(0, 1)
        return card(said, kind="notice")

    def _main_button(self) -> Button:
        """Where the owner left off: the one obvious thing to press."""
        desk, session = self._desk, self._desk.open
        if not session.answers:
            return Button(desk.say("home.quick"), lambda: desk.go(Place("quick", "1")), kind="primary")
        day = session.next_review()
        if day is not None and day <= clock.today():
            return Button(desk.say("home.start-review"), lambda: desk.go(Place("review")), kind="primary")
        page = session.resume_at()
        if page is not None:
            return Button(desk.say("home.resume"), lambda: desk.go(Place("page", page.id)), kind="primary")
        return Button(desk.say("home.to-plan"), lambda: desk.go(Place("plan")), kind="primary")

    def _start(self, quick: Button) -> QWidget:
        desk = self._desk
        whole = Button(desk.say("home.assess"), lambda: desk.go(Place("assessment")))
        ready = [label("•  " + desk.say(f"home.ready-{n}")) for n in (1, 2, 3)]
        holder = QWidget()
        holder.setLayout(
            column(
                card(
                    label(desk.say("home.quick-title"), "heading"),
                    label(desk.say("home.quick-text"), "muted"),
                    row(quick, None),
                ),
                card(
                    label(desk.say("home.assess-title"), "heading"),
                    label(desk.say("home.assess-text"), "muted"),
                    row(whole, None),
                ),
                card(label(desk.say("home.ready"), "heading"), *ready),
                spacing=14,
            )
        )
        return holder

    def _standing(self) -> QFrame:
        desk, session = self._desk, self._desk.open
        plan, done = session.plan(), session.done()
        proven = sum(task.id in done for task in plan.tasks)
        no_route = sum(route.outcome == "none" for _, route, _ in plan.flows)
        not_known = sum(flow.personal and not flow.settled for flow, _, _ in plan.flows)
        unknown = sum(u.said for u in plan.unknowns)
        figures = QGridLayout()
        figures.setVerticalSpacing(8)
        lines = (("home.no-route", no_route), ("home.place-unknown", not_known), ("home.unknown", unknown))
        for place, (word, count) in enumerate(lines):
            figures.addWidget(label(desk.say(word)), place * 2, 0)
            figures.addWidget(chip(str(count), "green" if count == 0 else "yellow"), place * 2, 1)
            figures.addWidget(line(), place * 2 + 1, 0, 1, 2)
        figures.setColumnStretch(0, 1)
        reasons = paper.verdict_reasons(session.bank, plan, desk.lang)
        verdict = column(
            label(desk.say("home.verdict"), "muted"),
            label(desk.say(f"verdict.{plan.verdict.id}"), "heading"),
            *[label(reason, "muted") for reason in reasons[:2]],
            figures,
            Button(desk.say("map-page.see"), lambda: desk.go(Place("map")), kind="link"),
            None,
            spacing=6,
        )
        ring = Ring(proven, len(plan.tasks), desk.say("home.proven"), desk.colours)
        body = row(ring, verdict, spacing=24)
        body.setStretch(1, 1)
        return card(label(desk.say("home.where"), "heading"), body)

    def _next(self) -> QFrame:
        desk, session = self._desk, self._desk.open
        done = session.done()
        open_tasks = [t for t in session.plan().tasks if t.id not in done]
        by_first = {task: place for place, task in enumerate(session.plan().first)}
        order = sorted(open_tasks, key=lambda t: by_first.get(t.id, 99))
        items: list[QWidget] = [label(desk.say("home.next"), "heading")]
        for task in order[:4]:
            title = spoken.title(session.bank, task, desk.lang)
            entry = QWidget()
            open_task = Button(title, partial(desk.go, Place("task", task.id)), kind="link")
            who = desk.say("home.who-when", who=desk.say(f"role.{task.duty.who}"), day=desk.day(task.due))
            entry.setLayout(
                row(
                    chip(desk.say(f"phase.{task.phase}"), PHASE_COLOUR[task.phase]),
                    column(open_task, label(who, "muted"), spacing=0),
                )
            )
            items += [entry, line()]
        items.append(Button(desk.say("home.all-tasks"), lambda: desk.go(Place("plan")), kind="link"))
        return card(*items, spacing=8)
