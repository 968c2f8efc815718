"""Where things live and how they are sent: tiers with their homes, the rules for sending, the people."""

from desktop.reports.document import Block, Bullets, Callout, Heading, Paragraph, Span, Table, Words
from desktop.reports.plan.case import Case
from desktop.reports.plan.cited import records, told, with_sources
from desktop.reports.plan.voice import joined
from wizards.governance.homes import homes_in_use
from wizards.governance.tiers import TIERS, home_of, tier_of
from wizards.interview.answers import rows
from wizards.mapping.flow import flow_of
from wizards.planning import spoken


def tiers(case: Case) -> list[Block]:
    """Tier, home and flows; then why each flow has its tier."""
    say = case.voice.say
    header = tuple(say(f"paper-tiers.{name}") for name in ("tier", "home", "flows"))
    held = {t: [flow.name for flow, _, tier in case.plan.flows if tier.id == t] for t in TIERS}
    table = tuple(
        (say(f"tier.{tier}"), home(case, tier), case.voice.listed(held[tier]) or say("map.no-flows-here"))
        for tier in TIERS
    )
    return [
        Heading(1, say("paper-tiers.title")),
        Paragraph(say("paper-tiers.lead")),
        *see(case, ("tiers", "signal", "nextcloud")),
        Table(header, table, (22, 24, 54), row_heads=True),
        *_contradictions(case),
        *_homes(case),
        *_tier_reasons(case),
        *answers_of(case, "tiers", without=tuple(f"tier-{tier}" for tier in TIERS)),
    ]


def home(case: Case, tier: str) -> str:
    """The home of a tier, in words."""
    chosen = home_of(case.answers, tier)
    return case.voice.say(f"home.{chosen}") if chosen else case.voice.say("paper-tiers.no-home")


def _contradictions(case: Case) -> list[Block]:
    """What does not fit together, each with what mends it; nothing where all fits."""
    items: list[Words] = []
    for found in case.plan.contradictions:
        said = Span(spoken.contradiction(found, case.voice.lang), strong=True)
        text = (said, Span(case.voice.say("paper.gap")), Span(case.voice.to(found.contradiction.mend)))
        items.append(with_sources(case, text, found.contradiction.sources))
    return [Callout("warning", case.voice.say("clash.title"), items=tuple(items))] if items else []


def _homes(case: Case) -> list[Block]:
    """What each home in use hides, proves and costs, and whether it is a transfer."""
    say, to = case.voice.say, case.voice.to
    used = homes_in_use(case.bank, case.answers)
    if not used:
        return []
    table = tuple(
        (
            to(home.title),
            to(home.hides),
            to(home.proves),
            joined([to(home.costs), to(home.limits)], say("paper.gap")),
            to(home.transfer),
        )
        for home in used
    )
    header = tuple(say(f"paper-homes.{name}") for name in ("home", "hides", "proves", "costs", "transfer"))
    sources = told(case, records(case, dict.fromkeys(source for home in used for source in home.sources)))
    return [
        Heading(2, say("paper-homes.title")),
        Paragraph(say("homes.choice")),
        Table(header, table, (12, 20, 20, 28, 20), row_heads=True, look="small"),
        Paragraph(case.voice.spans("paper-homes.sources", sources=sources), "small"),
    ]


def _tier_reasons(case: Case) -> list[Block]:
    """Why flows have their tier, said once for all that share it; of a chosen tier, what the owner said."""
    together: dict[tuple[str, str], list[str]] = {}
    for flow, _, tier in case.plan.flows:
        said = spoken.tier_why(case.bank, flow, tier, case.voice.lang)
        together.setdefault((tier.reason, said), []).append(flow.name)
    items: list[Words] = []
    for (reason_id, said), names in together.items():
        text = case.voice.spans("paper.term", label=(Span(case.voice.listed(names), strong=True),), text=said)
        items.append(with_sources(case, text, case.bank.reasons[reason_id].sources))
    return [Heading(2, case.voice.say("paper-tiers.reasons")), Bullets(tuple(items))] if items else []


def routing(case: Case) -> list[Block]:
    """Which kind of data goes where, from the flows and the homes; then what was said about rules."""
    say = case.voice.say
    kinds = _kinds(case)
    blocks: list[Block] = [Heading(1, say("paper-routing.title"))]
    blocks += [
        Paragraph(say("paper-routing.lead" if kinds else "paper-routing.none")),
        *see(case, ("routing", "plugins")),
    ]
    if kinds:
        header = tuple(say(f"paper-routing.{name}") for name in ("kind", "tier", "home", "now"))
        blocks.append(Table(header, kinds, (28, 14, 16, 42), row_heads=True))
    return [*blocks, *answers_of(case, "routing")]


def _kinds(case: Case) -> tuple[tuple[Words, ...], ...]:
    """A row for each kind that some flow holds: its tier when alone, that tier's home, the channels of today."""
    found: list[tuple[int, tuple[Words, ...]]] = []
    for option in case.bank.columns["flows", "kinds"].options:
        holding = [flow for flow, _, _ in case.plan.flows if option.id in (flow.kinds or ())]
        if not holding:
            continue
        alone = flow_of(case.bank, case.answers, {"id": option.id, "kinds": [option.id]})
        tier = tier_of(alone).recommended
        unknown = case.voice.say("paper-flows.unknown")
        now = dict.fromkeys(case.cell("flows", "channel", flow.row) or unknown for flow in holding)
        row = (case.voice.to(option.text), case.voice.say(f"tier.{tier}"), home(case, tier), case.voice.listed(now))
        found.append((TIERS.index(tier), row))
    return tuple(row for _, row in sorted(found, key=lambda item: -item[0]))


def people(case: Case) -> list[Block]:
    """Who does what."""
    question = case.bank.questions["people"]
    blocks: list[Block] = [Heading(1, case.voice.say("paper-people.title"))]
    listed = rows(case.answers, question.id)
    if not listed:
        return [*blocks, Paragraph(case.voice.say("paper-people.none"))]
    columns = [column for column in question.columns if column.shown]
    table = tuple(tuple(case.cell(question.id, column.id, row) or "–" for column in columns) for row in listed)
    return [*blocks, Table(tuple(case.voice.to(column.text) for column in columns), table, row_heads=True)]


def answers_of(case: Case, topic_id: str, without: tuple[str, ...] = ()) -> list[Block]:
    """The answered questions of a topic as a table; nothing where none is answered."""
    topic = next(topic for topic in case.bank.topics if topic.id == topic_id)
    table = tuple(
        (case.voice.to(question.text), case.answer(question, case.answers[question.id]))
        for question in topic.questions
        if question.id in case.answers and question.id in case.asked and question.id not in without
    )
    header = (case.voice.say("paper.asked"), case.voice.say("paper.answered"))
    return [Table(header, table, (58, 42))] if table else []


def see(case: Case, topics: tuple[str, ...]) -> list[Block]:
    """The numbers of the tasks that follow from these topics."""
    numbers = [str(number) for number in case.tasks_of(topics)]
    return [Paragraph(case.voice.say("paper.see", numbers=case.voice.listed(numbers)), "muted")] if numbers else []
