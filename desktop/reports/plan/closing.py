"""The last pages: sources, what is not known, claims in circulation, questions for a lawyer, what this paper is not."""

from collections.abc import Iterator

from desktop.reports.document import Block, Bullets, Heading, Paragraph, Register, Span, Table, Words
from desktop.reports.plan.case import Case
from desktop.reports.plan.cited import UNCONFIRMED, address, graded, with_sources
from desktop.reports.plan.log import foot, log_sources
from desktop.reports.plan.todo import steps_and_letter
from desktop.reports.plan.voice import joined
from wizards.content.law import GRADES, Grade, Record
from wizards.governance.homes import homes_in_use
from wizards.mapping.footing import contracts
from wizards.planning.paper import lawyer_questions
from wizards.planning.unknowns import Unknown


def every_source(case: Case) -> tuple[Record, ...]:
    """Every record that this plan cites, each once, in the order of the bank."""
    used = frozenset(_cited_ids(case))
    return tuple(record for record in case.bank.records.values() if record.id in used)


def _cited_ids(case: Case) -> Iterator[str]:
    plan, reasons = case.plan, case.bank.reasons
    for task in plan.tasks:
        yield from task.duty.sources
    for part in plan.exposure:
        yield from part.part.sources
    for ground in plan.verdict.reasons:
        yield from reasons[ground.reason].sources
    for _, route, tier in plan.flows:
        yield from reasons[tier.reason].sources
        for why in route.reasons:
            yield from reasons[why.reason].sources
    for contract in contracts(case.answers):
        yield from reasons[contract.reason].sources
    for found in plan.contradictions:
        yield from found.contradiction.sources
    for home in homes_in_use(case.bank, case.answers):
        yield from home.sources
    yield from log_sources(case)
    for claim in case.bank.claims:
        yield from claim.sources


def sources(case: Case) -> list[Block]:
    """For each grade, firmest first: citation and what it says in the version in force."""
    say = case.voice.say
    found = every_source(case)
    if not found:
        return []
    by_grade = ((grade, [record for record in found if record.grade == grade]) for grade in GRADES)
    groups = tuple(_of_grade(case, grade, alike) for grade, alike in by_grade if alike)
    return [Heading(1, say("paper-sources.title")), Paragraph(say("paper-sources.lead")), Register(groups)]


def _of_grade(case: Case, grade: Grade, found: list[Record]) -> tuple[str, tuple[tuple[Words, Words], ...]]:
    """The words of the grade, and an entry for each citation. A day of checking shared by all is said once."""
    say = case.voice.say
    days = sorted({case.voice.day(record.checked) for record in found})
    same = say("paper-sources.sure", grade=say(f"grade.{grade}"), day=days[0]) if len(days) == 1 else ""
    together: dict[tuple[str, str, str], list[Record]] = {}
    for record in found:
        together.setdefault((record.citation.en, record.url, record.checked.isoformat()), []).append(record)
    entries = tuple(_entry(case, alike, dated=not same) for alike in together.values())
    return say("paper-sources.group", grade=same or say(f"grade.{grade}")), entries


def _entry(case: Case, found: list[Record], *, dated: bool) -> tuple[Words, Words]:
    """The citation; the address to check where it is not confirmed, and the statements on the day of the plan."""
    first = found[0]
    said: list[Words] = [case.voice.to(record.on(case.plan.as_of).text) for record in found]
    if first.grade in UNCONFIRMED:
        said.append((Span("("), *graded(case, first), Span(")")))
    if dated:
        said.append(case.voice.say("paper-sources.dated", day=case.voice.day(first.checked)))
    return (Span(case.voice.to(first.citation), url=address(first)),), joined(said, case.voice.say("paper.gap"))


def unknowns(case: Case) -> list[Block]:
    """What the owner did not know, then what was not asked yet, each with the task that settles it."""
    say = case.voice.say
    blocks: list[Block] = [Heading(1, say("paper-unknown.title"))]
    for said, name in ((True, "said"), (False, "open")):
        table = _unknown_rows(case, [u for u in case.plan.unknowns if u.said is said])
        if table:
            header = (say("paper-unknown.what"), say("paper-unknown.task"))
            blocks += [Heading(2, say(f"paper-unknown.{name}")), Table(header, table, (62, 38))]
    return blocks if len(blocks) > 1 else [*blocks, Paragraph(say("paper-unknown.none"))]


def _unknown_rows(case: Case, found: list[Unknown]) -> tuple[tuple[Words, ...], ...]:
    """One row for each question; for a column of a table, the rows in which it is not known."""
    together: dict[tuple[str, str, str], list[str]] = {}
    for unknown in found:
        names = together.setdefault((unknown.question, unknown.column, unknown.task), [])
        if unknown.row:
            names.append(unknown.row_name)
    rows: list[tuple[Words, ...]] = []
    for (question, column, task), names in together.items():
        text = case.voice.to(case.bank.columns[question, column].text if column else case.bank.questions[question].text)
        if names:
            text = case.voice.say("paper.term", label=text, text=case.voice.listed(names))
        rows.append((text, _settled_by(case, task)))
    return tuple(rows)


def _settled_by(case: Case, task_id: str) -> str:
    tasks = [task for task in case.plan.tasks if task_id in {task.id, task.duty.id}]
    if not tasks:
        return "–"
    if len(tasks) == 1:
        number, title = str(case.numbers[tasks[0].id]), case.title(tasks[0])
        return case.voice.say("paper-unknown.settled", number=number, title=title)
    numbers = case.voice.listed(str(case.numbers[task.id]) for task in tasks)
    return case.voice.say("paper-unknown.settled-many", numbers=numbers)


def heard(case: Case) -> list[Block]:
    """Claims in circulation beside what the law says."""
    say = case.voice.say
    table = tuple(
        (
            case.voice.say("paper-heard.quoted", claim=case.voice.to(claim.heard)),
            with_sources(case, case.voice.to(claim.truth), claim.sources),
        )
        for claim in case.bank.claims
    )
    header = (say("paper-heard.claim"), say("paper-heard.truth"))
    return [Heading(1, say("paper-heard.title")), Table(header, table, (30, 70), look="small")] if table else []


def lawyer(case: Case) -> list[Block]:
    """The questions for a lawyer, numbered."""
    asked = lawyer_questions(case.bank, case.plan, case.voice.lang)
    blocks: list[Block] = [Heading(1, case.voice.say("paper-lawyer.title"))]
    if not asked:
        return [*blocks, Paragraph(case.voice.say("paper-lawyer.none"))]
    return [*blocks, Paragraph(case.voice.say("paper-lawyer.lead")), Bullets(tuple(asked), numbered=True)]


def letters(case: Case) -> list[Block]:
    """The ready letters of the tasks, each once."""
    found: dict[str, int] = {}
    for task in case.plan.tasks:
        letter = steps_and_letter(case, task)[1]
        if letter:
            found.setdefault(letter, case.numbers[task.id])
    say = case.voice.say
    blocks: list[Block] = [Heading(1, say("paper-letters.title"))] if found else []
    for letter, number in found.items():
        title = case.title(case.plan.tasks[number - 1])
        blocks += [Heading(2, say("paper-letters.for", number=str(number), title=title)), Paragraph(letter)]
    return blocks


def disclaimer(case: Case) -> list[Block]:
    """What this paper is, and what it is not. Said here and nowhere else."""
    made = case.voice.say("paper-end.made", content=case.plan.content, day=case.voice.day(case.plan.as_of))
    return [
        Heading(1, case.voice.say("paper-end.title")),
        Paragraph(case.voice.say("paper-end.text")),
        Paragraph(made, "muted"),
        *foot(case),
    ]
