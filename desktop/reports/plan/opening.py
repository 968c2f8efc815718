"""The first pages: the cover, and where the business stands, on one page."""

from collections import Counter

from desktop.reports.document import Block, Callout, Cover, Heading, Register, Span, Table, Words
from desktop.reports.plan.case import Case
from desktop.reports.plan.cited import UNCONFIRMED, graded, records, with_sources
from desktop.reports.plan.voice import joined
from wizards.planning.exposure import Exposure


def cover(case: Case) -> list[Block]:
    """Business, day, content version, and what makes it a draft."""
    say = case.voice.say
    checked = max(record.checked for record in case.bank.records.values())
    sector = case.bank.sectors.get(str(case.answers.get("sector")))
    lines = [
        (say("paper-cover.day"), case.voice.day(case.plan.as_of)),
        (say("paper-cover.sector"), case.voice.to(sector.title) if sector else ""),
        (say("paper-cover.content"), case.plan.content),
        (say("paper-cover.checked"), case.voice.day(checked)),
        (say("paper-cover.state"), say("paper-cover.is-draft") if case.plan.draft else ""),
    ]
    return [
        Cover(
            title=say("paper.title"),
            subtitle=say("paper-cover.subtitle"),
            business=case.business,
            lines=tuple((label, value) for label, value in lines if value),
            note=say("paper-cover.note"),
        )
    ]


def standing(case: Case) -> list[Block]:
    """The verdict with its reasons, the key figures, the exposure, and what is still open."""
    blocks: list[Block] = [
        Heading(1, case.voice.say("paper-standing.title"), new_page=True),
        Callout("verdict", case.voice.say(f"verdict.{case.plan.verdict.id}"), items=_reasons(case)),
    ]
    if case.plan.draft:
        blocks.append(_open(case))
    blocks.append(_figures(case))
    return [*blocks, *_exposure(case)]


def _reasons(case: Case) -> tuple[Words, ...]:
    found: list[Words] = []
    for ground in case.plan.verdict.reasons:
        reason = case.bank.reasons[ground.reason]
        text = reason.text.fill(case.voice.lang, count=case.voice.number(ground.count))
        found.append(with_sources(case, text, reason.sources))
    return tuple(found)


def _open(case: Case) -> Callout:
    steps = [case.voice.to(step.title) for step in case.bank.steps if step.id in case.plan.open_steps]
    say = case.voice.say
    return Callout("warning", say("paper-standing.draft"), say("paper-standing.open", steps=case.voice.listed(steps)))


def _figures(case: Case) -> Table:
    flows = case.plan.flows
    leaves = Counter(flow.leaves for flow, _, _ in flows)
    hours = sum(task.duty.effort_hours for task in case.plan.tasks)
    figures = {
        "flows": len(flows),
        "leave": leaves["yes"],
        "no-route": sum(route.outcome == "none" for _, route, _ in flows),
        "place-unknown": leaves["unknown"],
        "tasks": len(case.plan.tasks),
        "done": sum(task.id in case.ticked for task in case.plan.tasks),
        "hours": round(hours),
    }
    row = tuple((Span(case.voice.number(figure), strong=True),) for figure in figures.values())
    header = tuple(case.voice.say(f"paper-standing.{name}") for name in figures)
    return Table(header, (row,), look="figures")


def _exposure(case: Case) -> list[Block]:
    """The amounts with the grade of what they rest on."""
    say = case.voice.say
    if not case.plan.exposure:
        return []
    header = tuple(say(f"paper-standing.{name}") for name in ("part", "low", "likely", "high", "grade"))
    rows = tuple(
        (
            case.voice.to(exposed.part.title),
            *(case.voice.money(amount) for amount in (exposed.low, exposed.likely, exposed.high)),
            _sure(case, exposed),
        )
        for exposed in case.plan.exposure
    )
    return [Table(header, rows, (27, 15, 15, 15, 28), say("paper-standing.exposure"), row_heads=True)]


def _sure(case: Case, exposed: Exposure) -> Words:
    """The words of the weakest grade, with the addresses to check where it is not confirmed."""
    if exposed.grade is None:
        return case.voice.say("paper-standing.own")
    alike = [r for r in records(case, exposed.part.sources) if r.grade == exposed.grade]
    return joined([graded(case, r) for r in alike], "\n") if exposed.grade in UNCONFIRMED else graded(case, alike[0])


def basis(case: Case) -> list[Block]:
    """What each amount rests on, with its sources."""
    if not case.plan.exposure:
        return []
    entries = tuple(
        (case.voice.to(exposed.part.title), with_sources(case, case.voice.to(exposed.part.basis), exposed.part.sources))
        for exposed in case.plan.exposure
    )
    return [Heading(2, case.voice.say("paper-basis.title")), Register((("", entries),))]
