"""The quick result: the first sentence that holds of each list, and the three tasks of the Monday sheet."""

from wizards.content.shapes import Sentence
from wizards.interview.situation import Situation
from wizards.interview.truth import holds
from wizards.planning.plan import Plan, Task


def sentences(situation: Situation) -> tuple[Sentence, Sentence, Sentence]:
    """Where data go, the sharpest gap, what to do first."""
    quick = situation.bank.quick

    def chosen(choices: tuple[Sentence, ...]) -> Sentence:
        return next(choice for choice in choices if holds(choice.when, situation).value is True)

    return chosen(quick.where), chosen(quick.gap), chosen(quick.next)


def monday(plan: Plan) -> tuple[Task, ...]:
    """The three tasks to begin with; finishing Guia's own steps is none of them while there are others."""
    by_id = {task.id: task for task in plan.tasks}
    first = [by_id[task] for task in plan.first]
    real = [task for task in first if not task.step] + [t for t in plan.tasks if not t.step and t.id not in plan.first]
    return tuple(real[:3])
