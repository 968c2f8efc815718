"""Which tasks of a plan concern one flow: those of its row, those it brought about, those of the way it will take."""

from collections.abc import Iterator
from typing import Final

from wizards.content.condition import Condition
from wizards.interview.situation import Situation
from wizards.interview.truth import holds
from wizards.planning.plan import Plan, Task
from wizards.planning.routed import change_at

ON_THE_WAY: Final = {"signal": "signal-notice", "nextcloud": "nextcloud-rented"}
"""The task that goes with a channel whose server stands abroad."""


def concerning(plan: Plan, situation: Situation, flow: str) -> tuple[Task, ...]:
    """The tasks that concern the flow of that row id, in the order of the plan."""
    return tuple(task for task in plan.tasks if _concerns(task, situation, flow))


def _concerns(task: Task, situation: Situation, flow: str) -> bool:
    if task.row:
        return task.duty.for_each == "flows" and task.row == flow
    here = situation.flows[flow]
    open_questions = set(_open_questions(situation, flow))
    asked = {situation.bank.questions[question].ask for question in open_questions}
    asked |= {situation.bank.duties[ask].instead for ask in asked if ask}  # the letter is out: its reminder
    if task.question in open_questions or task.duty.id in asked:
        return True
    ways = (here, situation.later[flow])
    if task.duty.id in {ON_THE_WAY.get(way.channel or "") for way in ways if way.leaves != "no"}:
        return True
    return any(holds(part.where, situation, "flows", here.row).value is True for part in _about_flows(task.duty.when))


def _open_questions(situation: Situation, flow: str) -> Iterator[str]:
    """The questions of the interview that steps of its route wait for."""
    for step in situation.routes[flow].steps:
        _, question = change_at(situation.flows[flow], step, situation.bank)
        if step.found == "unknown" and question:
            yield question


def _about_flows(condition: Condition | None) -> Iterator[Condition]:
    """The parts of a condition that ask for some flow."""
    if condition is None:
        return
    if condition.some == "flows":
        yield condition
    for part in (*(condition.all or ()), *(condition.any or ())):
        yield from _about_flows(part)
