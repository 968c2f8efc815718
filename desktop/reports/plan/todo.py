"""The tasks: the six to begin with, then all by phase, each with why, how, proof and sources."""

import re
from datetime import date
from typing import Final

from msgspec import structs

from desktop.reports.document import Block, Heading, Paragraph, Span, TaskCard, Words
from desktop.reports.plan.because import because
from desktop.reports.plan.case import Case
from desktop.reports.plan.cited import records, reservation
from desktop.reports.plan.cited import told as told_sources
from desktop.reports.plan.voice import cut, stretches
from wizards.content.shapes import PHASES
from wizards.planning import spoken
from wizards.planning.plan import Task

_POINT: Final = re.compile(r"\d+[.)]|[一二三四五六七八九十]+、|[-–•]")


def first_six(case: Case) -> list[Block]:
    """At most six short cards."""
    first = [task for task in case.plan.tasks if task.id in case.plan.first]
    say = case.voice.say
    if not first:
        return []
    cards = [
        structs.replace(card, fields=((say("paper-tasks.why"), _plain_why(case, task)), *card.fields))
        for task in first
        for card in [short_card(case, task)]
    ]
    return [Heading(1, say("paper-tasks.first"), new_page=True), *cards]


def all_tasks(case: Case) -> list[Block]:
    """Every task in full, under the heading of its phase."""
    say = case.voice.say
    blocks: list[Block] = [Heading(1, say("paper-tasks.all"), new_page=True)]
    if not case.plan.tasks:
        return [*blocks, Paragraph(say("paper-tasks.none"))]
    blocks.append(Paragraph(say("paper-tasks.all-lead")))
    told: dict[tuple[str, str], int] = {}
    for phase in PHASES:
        tasks = [task for task in case.plan.tasks if task.phase == phase]
        if tasks:
            blocks.append(Heading(2, say(f"phase-long.{phase}")))
        blocks += [_card(case, task, told) for task in tasks]
    return blocks


def short_card(case: Case, task: Task, number: int = 0, longest: int = 0) -> TaskCard:
    """A card with the one sentence of what to do.

    `number`: its number, 0 for that of the plan. `longest`: where its texts are cut, in characters; 0 for nowhere.
    """
    how = spoken.filled(case.bank, task, case.voice.lang, task.duty.how.short.to(case.voice.lang))
    title = case.title(task)
    if longest:
        title, how = cut(title, longest), cut(how, 2 * longest)
    return TaskCard(
        title=title,
        number=str(number or case.numbers[task.id]),
        done=task.id in case.ticked,
        chips=_chips(case, task),
        fields=((case.voice.say("paper-tasks.how"), how),),
    )


def _card(case: Case, task: Task, told: dict[tuple[str, str], int]) -> TaskCard:
    """The whole card. `told`: the steps already printed, by duty and text, with the number of their task."""
    say, lang, duty = case.voice.say, case.voice.lang, task.duty
    number = case.numbers[task.id]
    steps, letter = steps_and_letter(case, task)
    before = told.setdefault((duty.id, steps), number)
    points = _points(steps) if before == number else (("–", say("paper-tasks.as-in", number=str(before))),)
    if letter:
        points = (*points, ("–", say("paper-letters.see")))
    short = Span(spoken.filled(case.bank, task, lang, duty.how.short.to(lang)), strong=True)
    fields: list[tuple[str, Words]] = [
        (say("paper-tasks.why"), _why(case, task)),
        (say("paper-tasks.because"), because(case, task)),
        (say("paper-tasks.proof"), case.voice.to(duty.proof)),
    ]
    sources = told_sources(case, records(case, duty.sources))
    return TaskCard(
        title=case.title(task),
        number=str(number),
        done=task.id in case.ticked,
        chips=_chips(case, task),
        main=(say("paper-tasks.how"), (short,)),
        points=points,
        fields=(*fields, *([(say("paper-tasks.sources"), sources)] if sources else [])),
    )


def steps_and_letter(case: Case, task: Task) -> tuple[str, str]:
    """What to do in full, a step a line; and the ready letter that may follow it after an empty line."""
    lang = case.voice.lang
    steps, _, letter = spoken.filled(case.bank, task, lang, task.duty.how.full.to(lang)).partition("\n\n")
    return steps, letter


def _points(steps: str) -> tuple[tuple[str, Words], ...]:
    """Each step with its own sign or number, or a dash, so that it is seen where it begins."""
    found: list[tuple[str, Words]] = []
    for line in steps.splitlines():
        sign = _POINT.match(line)
        found.append((sign[0], line[sign.end() :].lstrip()) if sign else ("–", line))
    return tuple(found)


def _plain_why(case: Case, task: Task) -> str:
    return spoken.filled(case.bank, task, case.voice.lang, task.duty.why.to(case.voice.lang))


def _why(case: Case, task: Task) -> Words:
    text = _plain_why(case, task)
    reserved = reservation(case, task.duty.sources)
    return (*stretches(text), Span(case.voice.say("paper.gap")), *reserved) if reserved else text


def _chips(case: Case, task: Task) -> tuple[str, ...]:
    say = case.voice.say
    chips = [
        say(f"phase.{task.phase}"),
        say("paper-tasks.due", day=case.voice.day(task.due)),
        say(f"role.{task.duty.who}"),
        say("paper-tasks.effort", hours=case.voice.number(task.duty.effort_hours)),
    ]
    if task.id in case.ticked:
        chips.append(say("paper-tasks.done-on", day=case.voice.day(date.fromisoformat(case.ticked[task.id]))))
    return tuple(chips)
