"""The DingTalk footing: accounts and their contracts, the groups that mix them, and how the rest is known."""

from desktop.reports.document import Block, Bullets, Heading, Paragraph, Table
from desktop.reports.plan.case import Case
from desktop.reports.plan.cited import with_sources
from desktop.reports.plan.homes import see
from desktop.reports.plan.voice import NAME, cut
from wizards.interview.answers import named, rows
from wizards.mapping.footing import Contract, contracts, known_of


def footing(case: Case) -> list[Block]:
    """The contracts, then a line for each thing that the supplier decides."""
    say = case.voice.say
    known = known_of(case.answers)
    edition = "unknown" if case.answers.get("edition") is None else "no-matter"
    table = (
        (say("paper-footing.edition"), _answer(case, "edition"), say(f"known-by.{edition}")),
        *((say(f"paper-footing.{about}"), _what(case, about), say(f"known-by.{how}")) for about, how in known.items()),
    )
    header = (say("paper-footing.what"), say("paper-footing.answer"), say("paper-footing.how"))
    return [
        Heading(1, say("paper-footing.title")),
        Paragraph(say("paper-footing.lead")),
        *see(case, ("footing",)),
        *_accounts(case),
        Table(header, table, (34, 44, 22), row_heads=True),
        *_letter(case),
    ]


def _letter(case: Case) -> list[Block]:
    number = case.numbers.get("ask-hosting")
    return [Paragraph(case.voice.say("paper-footing.letter", number=str(number)), "muted")] if number else []


def _accounts(case: Case) -> list[Block]:
    """Each contract with its accounts, the groups that mix them, and where it says so."""
    say, found = case.voice.say, contracts(case.answers)
    if not found:
        return [Paragraph(say("paper-footing.accounts-unknown"))]
    items = [_contract(case, contract) for contract in found]
    mixed = [cut(named(row), NAME) for row in rows(case.answers, "groups") if row.get("mixed") is True]
    if mixed and "groups" in case.asked:
        items.append(say("paper-footing.mixed", groups=case.voice.listed(mixed)))
    sources = dict.fromkeys(source for contract in found for source in case.bank.reasons[contract.reason].sources)
    return [Bullets(tuple(items)), Paragraph(with_sources(case, say("paper-footing.follows"), sources), "small")]


def _contract(case: Case, contract: Contract) -> str:
    """How many accounts; of which kinds where there can be several."""
    reason = case.bank.reasons[contract.reason]
    said = reason.text.fill(case.voice.lang, count=case.voice.number(contract.number))
    if contract.party != "singapore" or not contract.kinds:
        return said
    kinds = {kind: case.answers["accounts"][kind] for kind in contract.kinds}
    return case.voice.say("paper-footing.kinds", text=said, kinds=case.answer(case.bank.questions["accounts"], kinds))


def _what(case: Case, about: str) -> str:
    """What the owner answered, without how it is known."""
    match about:
        case "hosting":
            named_place = case.answers.get("hosting-where") if case.answers.get("hosting-place") == "elsewhere" else ""
            return cut(str(named_place), NAME) if named_place else _answer(case, "hosting-place")
        case "retention":
            said = case.answers.get("retention-said")
            return (
                cut(str(said), 160)
                if said and "retention-said" in case.asked
                else case.voice.say("paper-footing.unsaid")
            )
        case "ai-training":
            answer = case.answers.get("ai-training")
            return case.voice.say(f"paper-footing.training-{'unknown' if answer is None else _yes(answer)}")
        case _:
            on = case.answers.get("ai-switches")
            return case.voice.say("paper-footing.off") if on == [] else _answer(case, "ai-switches")


def _yes(answer: object) -> str:
    return "yes" if answer == "yes" else "no"


def _answer(case: Case, question: str) -> str:
    """An answer in words; not known where there is none."""
    value = case.answers.get(question)
    return case.voice.say("known-by.unknown") if value is None else case.answer(case.bank.questions[question], value)
