"""One flow: by which route it may leave Macao, step by step, now and after the move; its tier, and its tasks."""

from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QWidget

from desktop import clock
from desktop.ui.desk import Desk, Place
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, chip, column, is_large, is_wide, label, line, row, scale
from desktop.ui.question_page import at_cell
from desktop.ui.so_far import source_line
from wizards.content.law import GRADES
from wizards.interview.truth import holds
from wizards.interview.walk import settle
from wizards.mapping.flow import Flow
from wizards.mapping.routes import BESIDE, Route, Step
from wizards.planning import spoken
from wizards.planning.concerns import concerning
from wizards.planning.routed import change_at

FLOWS: Final = "flows/flows"
_OUTCOME: Final = {"none": "red", "unknown": "yellow"}
_HEAD: Final = 32
"""Pixels of the line on which a step stands; what is beside the question is in its middle."""
_SAID: Final = frozenset({"people", "ground", "bay-area"})
"""Steps whose answer says more than yes or no."""


class FlowPage(Page):
    """`of` is the flow's row id."""

    def __init__(self, desk: Desk, of: str) -> None:
        session = desk.open
        self._desk = desk
        self._out: Button | None = None
        self._there = settle(session.bank, session.answers, clock.today())
        flow = self._there.flows.get(of)
        super().__init__(flow.name if flow else desk.say("flow.gone"), desk.say("flow.over"), side=True)
        self._pages = {question.id: page.id for page in session.pages() for question in page.questions}
        back = Button(desk.say("flow.to-list"), lambda: desk.go(Place("page", FLOWS)))
        self.first(back)
        if flow is None:
            self.main.addWidget(card(label(desk.say("flow.gone-text"))))
        else:
            self._show(flow)
        self.main.addLayout(row(back, None))

    def _show(self, flow: Flow) -> None:
        later = self._there.later[flow.id]
        moves = later != flow
        self.main.addWidget(self._way(flow, self._there.routes[flow.id], "flow.now" if moves else "", change=True))
        if moves:
            self.main.addWidget(self._way(later, self._there.later_routes[flow.id], "flow.later", change=False))
        self.side.addWidget(self._tier(flow))
        self.side.addWidget(self._tasks(flow))
        self.side.addStretch(1)

    # The way --------------------------------------------------------------------------------------------------------

    def _way(self, flow: Flow, route: Route, title: str, *, change: bool) -> QFrame:
        """The verdict, the steps that lead to it, and what is owed besides."""
        desk, bank = self._desk, self._desk.open.bank
        said = chip(desk.say(f"route.{route.outcome}"), _OUTCOME.get(route.outcome, "green"))
        top = row(said, label(desk.say(title) if title else "", "muted"))
        top.setStretch(1, 1)
        verdict = label(desk.text(bank.route_leaves[route.leaf].text), "heading")
        items: list[QWidget | QLayout] = [top, verdict, label(self._whereabouts(flow), "muted")]
        if change and route.outcome in _OUTCOME:
            items += self._way_out(flow)
        if not change:
            items += [label(desk.say("flow.later-hint")), self._to("flow.tiers", "tier-routine")]
        items.append(line())
        way = [step for step in route.steps if step.id not in BESIDE]
        beside = [step for step in route.steps if step.id in BESIDE]
        for number, step in enumerate(way, 1):
            items.append(self._step(flow, step, number, last=step is way[-1], change=change))
        if beside:
            items += [line(), label(desk.say("flow.beside"), "strong")]
        for number, step in enumerate(beside, len(way) + 1):
            items.append(self._step(flow, step, number, last=step is beside[-1], change=change))
        return card(*items, kind="accent" if change else "plain", spacing=8)

    def _way_out(self, flow: Flow) -> list[QWidget]:
        """The first task, for a narrow page: there the card of the tasks stands below all steps."""
        tasks = concerning(self._desk.open.plan(), self._there, flow.id)
        if not tasks:
            return []
        title = spoken.title(self._desk.open.bank, tasks[0], self._desk.lang)
        words = self._desk.say("flow.first-task", task=title)
        self._out = Button(words, partial(self._desk.go, Place("task", tasks[0].id)), kind="link")
        return [self._out]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Show the way out at the top where the tasks are not beside it."""
        super().resizeEvent(event)
        if self._out is not None:
            self._out.setVisible(not is_wide(event.size().width()))

    def _step(self, flow: Flow, step: Step, number: int, *, last: bool, change: bool) -> QWidget:
        desk, bank = self._desk, self._desk.open.bank
        question, found = desk.text(bank.route_steps[step.id].question), desk.say(f"found.{step.found}")
        said = chip(found, "yellow" if step.found == "unknown" else "blue")
        button = self._change(flow, step) if change else None
        asked = label(question, "strong")
        asked.setContentsMargins(0, round((_HEAD * scale() - asked.fontMetrics().height()) / 2), 0, 0)
        end = row(*([button] if button is not None else []), said, spacing=12)
        end.addStrut(round(_HEAD * scale()))
        head: QBoxLayout
        if not is_large():
            head = row(asked, end, spacing=12)
            head.setStretch(0, 1)
            for part in (asked, end):
                head.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        else:  # beside them the question would be narrower than its longest word
            end.addStretch(1)
            head = column(asked, end, spacing=4)
        parts: list[QWidget] = []
        if change and (answer := self._answer(flow, step)):
            parts.append(label(desk.say("flow.answer", answer=answer), "muted"))
        parts += [label(spoken.why(bank, why, desk.lang)) for why in step.reasons]
        records = [bank.records[source] for why in step.reasons for source in bank.reasons[why.reason].sources]
        # one citation may carry several statements: it stands once, with the weakest grade
        firmest_first = sorted(records, key=lambda record: GRADES.index(record.grade))
        parts += [source_line(desk, record) for record in {desk.text(r.citation): r for r in firmest_first}.values()]
        body = QWidget()
        body.setLayout(column(head, *parts, spacing=4))
        body.setContentsMargins(0, 0, 0, 12)
        holder = QWidget()
        holder.setAccessibleName(desk.say("flow.step-named", number=str(number), question=question, found=found))
        whole = row(Trunk(number, desk.colours.accent, desk.colours.accent_ink, last=last), body, spacing=12)
        whole.setStretch(1, 1)
        holder.setLayout(whole)
        return holder

    def _answer(self, flow: Flow, step: Step) -> str:
        """The owner's answer, where it says more than what was found."""
        name = self._desk.open.bank.route_steps[step.id].column
        if step.id not in _SAID or flow.row.get(name) is None:
            return ""
        cell = self._desk.open.bank.columns["flows", name]
        return spoken.answer(cell, flow.row[name], self._desk.lang, "", {})

    def _change(self, flow: Flow, step: Step) -> Button | None:
        """A way to the cell or the question that answers the step, where it is asked."""
        desk, bank = self._desk, self._desk.open.bank
        name, question = change_at(flow, step, bank)
        if name:
            asked = holds(bank.columns["flows", name].when, self._there, "flows", flow.row).value is True
            place = at_cell(FLOWS, name, flow.id) if asked else None
        else:
            place = Place("page", self._pages[question]) if question in self._pages else None
        if place is None:
            return None
        button = Button(desk.say("flow.change"), partial(desk.go, place), kind="link")
        button.setAccessibleName(desk.say("flow.change-named", step=desk.text(bank.route_steps[step.id].name)))
        return button

    def _whereabouts(self, flow: Flow) -> str:
        """Channel, place, and whether it leaves."""
        desk, bank = self._desk, self._desk.open.bank
        through = bank.option("flows", "channel", flow.channel or "")
        kept = bank.option("flows", "place", flow.place or "")
        unknown = desk.say("found.unknown")
        return desk.say(
            "flow.way",
            channel=desk.text(through.text) if through else unknown,
            place=flow.place_name or (desk.text(kept.text) if kept else unknown),
            leaves=desk.say(f"leaves.{flow.leaves}"),
        )

    def _to(self, word: str, question: str) -> Button:
        place = Place("page", self._pages[question]) if question in self._pages else Place("assessment")
        return Button(self._desk.say(word), lambda: self._desk.go(place), kind="link")

    # Beside it ------------------------------------------------------------------------------------------------------

    def _tier(self, flow: Flow) -> QFrame:
        desk, bank, tier = self._desk, self._desk.open.bank, self._there.tiers[flow.id]
        reason = bank.reasons[tier.reason]
        change = Button(desk.say("flow.change"), lambda: desk.go(at_cell(FLOWS, "tier", flow.id)), kind="link")
        change.setAccessibleName(desk.say("flow.change-named", step=desk.say("flow.tier")))
        sources = [source_line(desk, bank.records[source]) for source in reason.sources]
        said = label(desk.say(f"tier.{tier.id}"), "strong")
        why = label(desk.text(reason.text), "muted")
        return card(label(desk.say("flow.tier"), "heading"), said, why, *sources, change, spacing=6)

    def _tasks(self, flow: Flow) -> QFrame:
        desk, session = self._desk, self._desk.open
        items: list[QWidget] = [label(desk.say("flow.tasks"), "heading")]
        tasks = concerning(session.plan(), self._there, flow.id)
        for task in tasks:
            title = spoken.title(session.bank, task, desk.lang)
            items.append(Button(title, partial(desk.go, Place("task", task.id)), kind="link"))
        if not tasks:
            items.append(label(desk.say("flow.no-tasks"), "muted"))
        return card(*items, spacing=6)


class Trunk(QWidget):
    """The tree beside a step: its number in a circle, and the line on to the next. The words stand in the step."""

    def __init__(self, number: int, ground: str, ink: str, *, last: bool) -> None:
        super().__init__()
        self._number, self._last = str(number), last
        self._ground, self._ink = QColor(ground), QColor(ink)
        self._size = round(24 * scale())
        self._top = round((_HEAD - 24) / 2 * scale())
        self.setFixedWidth(self._size + 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = (self._size + 2) / 2
        if not self._last:
            painter.setPen(QPen(self._ground, 2))
            painter.drawLine(round(middle), self._top + self._size, round(middle), self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground)
        circle = QRectF(1, self._top, self._size, self._size)
        painter.drawEllipse(circle)
        painter.setPen(self._ink)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self._number)
        painter.end()
