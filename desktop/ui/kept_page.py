"""A plan or review as it was kept: what it said then, by the content that made it. Nothing here can be changed."""

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk, Place
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, chip, column, label, row
from desktop.ui.so_far import PHASE_COLOUR
from wizards.content.shapes import PHASES


class KeptPage(Page):
    """`of` is the number under which it is kept."""

    def __init__(self, desk: Desk, of: str) -> None:
        kept = desk.open.kept(int(of))
        plan: dict[str, Any] = kept.plan if isinstance(kept.plan, dict) else {}
        title = desk.say("kept.title", kind=desk.say(f"review.kind-{kept.kind}"), day=str(plan["as_of"]))
        super().__init__(title, desk.say("place.review"))
        self.under.addWidget(label(desk.say("kept.made-by", content=kept.content_version), "muted"))
        reasons = [label("•  " + reason) for reason in plan["verdict"]["reasons"]]
        verdict = label(desk.say(f"verdict.{plan['verdict']['id']}"), "heading")
        self.main.addWidget(card(verdict, *reasons, kind="accent", spacing=6))
        for phase in PHASES:
            tasks = [_task(desk, task) for task in plan["tasks"] if task["phase"] == phase]
            if tasks:
                self.main.addWidget(card(label(desk.say(f"phase-long.{phase}"), "strong"), *tasks, spacing=6))
        if plan["flows"]:
            flows = [_flow(desk, flow) for flow in plan["flows"]]
            self.main.addWidget(card(label(desk.say("kept.flows"), "heading"), *flows, spacing=6))
        back = Button(desk.say("page.back"), lambda: desk.go(Place("review")))
        self.first(back)
        self.main.addLayout(row(back, None))


def _task(desk: Desk, task: dict[str, Any]) -> QWidget:
    holder = QWidget()
    facts = desk.say("plan.entry", who=task["who"], day=task["due"], hours=desk.number(task["effort_hours"]))
    made = row(
        chip(desk.say(f"phase.{task['phase']}"), PHASE_COLOUR[task["phase"]]),
        column(label(task["title"], "strong"), label(facts, "muted"), spacing=2),
    )
    made.setStretch(1, 1)
    holder.setLayout(made)
    return holder


def _flow(desk: Desk, flow: dict[str, Any]) -> QWidget:
    said = desk.say(f"leaves.{flow['leaves']}") + "  ·  " + desk.say(f"route.{flow['route']}")
    holder = QWidget()
    holder.setLayout(column(label(flow["name"], "strong"), label(said, "muted"), spacing=2))
    return holder
