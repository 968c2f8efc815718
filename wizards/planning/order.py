"""The order of tasks: by phase, then weight, never before what must come first; and the few to begin with."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from wizards.content.shapes import PHASES

if TYPE_CHECKING:
    from wizards.planning.plan import Task


def ordered(tasks: Iterable["Task"], duties: Sequence[str]) -> tuple["Task", ...]:
    """The tasks by phase and weight. A task that comes `after` another in the same phase stands behind it."""
    places = {duty: place for place, duty in enumerate(duties)}
    waiting = sorted(tasks, key=lambda t: (PHASES.index(t.phase), -t.duty.weight, places.get(t.duty.id, 10**6), t.due))
    done: list[Task] = []
    while waiting:
        open_now = {(task.duty.id, task.phase) for task in waiting}
        ready = next((t for t in waiting if not any((a, t.phase) in open_now for a in t.duty.after)), waiting[0])
        waiting.remove(ready)
        done.append(ready)
    return tuple(done)


def first(tasks: Iterable["Task"], most: int) -> tuple[str, ...]:
    """The ids of the first tasks to do: one of each duty, so that one subject does not fill the list."""
    chosen: dict[str, str] = {}
    for task in tasks:
        if task.duty.id not in chosen and task.phase != "ongoing":
            chosen[task.duty.id] = task.id
    return tuple(chosen.values())[:most]
