"""The flows: where each goes and by which route, and the reasons, said once for all flows that share them."""

from collections.abc import Iterable

from desktop.reports.document import Block, Bullets, Heading, Paragraph, Table, Words
from desktop.reports.plan.case import Case
from desktop.reports.plan.cited import with_sources
from desktop.reports.plan.voice import NAME, cut
from wizards.mapping.flow import Flow
from wizards.mapping.routes import Route, Why


def flows(case: Case) -> list[Block]:
    """The table of all flows, then the reasons that it points to by number."""
    say = case.voice.say
    blocks: list[Block] = [Heading(1, say("paper-flows.title"))]
    if not case.plan.flows:
        return [*blocks, Paragraph(say("paper-flows.none"))]
    columns = ("name", "whose", "channel", "place", "route", "tier")
    header = tuple(say(f"paper-flows.{name}") for name in columns)
    numbers = _numbers(case)
    rows = tuple(
        (
            flow.name,
            case.cell("flows", "people", flow.row) or say("paper-flows.unknown"),
            case.cell("flows", "channel", flow.row) or say("paper-flows.unknown"),
            f"{place(case, flow)}\n{say(f'leaves.{flow.leaves}')}",
            _route(case, route, numbers),
            say(f"tier.{tier.id}"),
        )
        for flow, route, tier in case.plan.flows
    )
    blocks += [
        Paragraph(say("paper-flows.lead")),
        Table(header, rows, (20, 11, 19, 20, 18, 12), row_heads=True),
        Heading(2, say("paper-flows.reasons")),
        Bullets(tuple(_reason(case, reason, places) for reason, places in _reasons(case).items()), numbered=True),
    ]
    return blocks


def place(case: Case, flow: Flow) -> str:
    """Where a flow is kept, in words."""
    option = case.bank.option("flows", "place", flow.place) if flow.place else None
    known = case.voice.to(option.text) if option else case.voice.say("paper-flows.unknown")
    return cut(flow.place_name, NAME) or known


def _reasons(case: Case) -> dict[str, dict[Why, None]]:
    """Every reason once, in the order of the flows, with each place that its flows go to."""
    found: dict[str, dict[Why, None]] = {}
    for why in (why for _, route, _ in case.plan.flows for why in route.reasons):
        found.setdefault(why.reason, {}).update({why: None} if why.place else {})
    return found


def _place(case: Case, why: Why) -> str:
    """The place of a reason: the owner's own name for it, else Guia's."""
    option = case.bank.option("flows", "place", why.place)
    return cut(why.name, NAME) or (case.voice.to(option.text) if option else "")


def _numbers(case: Case) -> dict[str, int]:
    return {reason: number for number, reason in enumerate(_reasons(case), 1)}


def _route(case: Case, route: Route, numbers: dict[str, int]) -> Words:
    """The route, the numbers of its reasons, and which steps on the way are not known yet."""
    named = case.voice.listed(str(numbers[why.reason]) for why in route.reasons)
    said = f"{case.voice.say(f'route.{route.outcome}')}\n{case.voice.say('paper-flows.see', numbers=named)}"
    if not route.not_known:
        return said
    steps = case.voice.listed(case.voice.to(case.bank.route_steps[step].name) for step in route.not_known)
    return f"{said}\n{case.voice.say('routes.not-known', steps=steps)}"


def _reason(case: Case, reason: str, places: Iterable[Why]) -> Words:
    text = case.bank.reasons[reason].text
    named = case.voice.listed(dict.fromkeys(_place(case, why) for why in places))
    return with_sources(case, text.fill(case.voice.lang, place=named), case.bank.reasons[reason].sources)
