"""The flows: where each goes and by which route, and the reasons, said once for all flows that share them."""

from desktop.reports.document import Block, Heading, Paragraph, Span, Table, Words
from desktop.reports.plan.case import Case
from desktop.reports.plan.cited import with_sources
from desktop.reports.plan.voice import joined
from wizards.mapping.flow import Flow
from wizards.mapping.routes import Route, Why
from wizards.planning import spoken


def flows(case: Case) -> list[Block]:
    """The table of all flows, then the reasons."""
    say = case.voice.say
    blocks: list[Block] = [Heading(1, say("paper-flows.title"))]
    if not case.plan.flows:
        return [*blocks, Paragraph(say("paper-flows.none"))]
    columns = ("name", "whose", "channel", "place", "route", "tier")
    header = tuple(say(f"paper-flows.{name}") for name in columns)
    rows = tuple(
        (
            flow.name,
            case.cell("flows", "people", flow.row) or say("paper-flows.unknown"),
            case.cell("flows", "channel", flow.row) or say("paper-flows.unknown"),
            f"{place(case, flow)}\n{say(f'leaves.{flow.leaves}')}",
            say(f"route.{route.outcome}"),
            say(f"tier.{tier.id}"),
        )
        for flow, route, tier in case.plan.flows
    )
    blocks += [
        Paragraph(say("paper-flows.lead")),
        Table(header, rows, (20, 15, 19, 17, 15, 14), row_heads=True),
        Heading(2, say("paper-flows.reasons")),
        _reasons(case),
    ]
    return blocks


def place(case: Case, flow: Flow) -> str:
    """Where a flow is kept, in words."""
    option = case.bank.option("flows", "place", flow.place) if flow.place else None
    return case.voice.to(option.text) if option else case.voice.say("paper-flows.unknown")


def _reasons(case: Case) -> Table:
    """One row for each set of reasons: the flows it holds for, then the route and the reasons."""
    together: dict[Route, list[str]] = {}
    for flow, route, _ in case.plan.flows:
        together.setdefault(route, []).append(flow.name)
    say = case.voice.say
    rows: list[tuple[Words, ...]] = []
    for route, names in together.items():
        lines: list[Words] = [(Span(say(f"route.{route.outcome}"), strong=True),)]
        lines += [_reason(case, why) for why in route.reasons]
        rows.append((case.voice.listed(names), joined(lines, "\n")))
    return Table((say("paper-flows.flows"), say("paper-flows.why")), tuple(rows), (30, 70), row_heads=True)


def _reason(case: Case, why: Why) -> Words:
    text = spoken.why(case.bank, why, case.voice.lang)
    return with_sources(case, text, case.bank.reasons[why.reason].sources)
