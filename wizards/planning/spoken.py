"""Says a plan in one language: titles, reasons and answers as texts. Knows no words of its own."""

import re
from collections.abc import Sequence
from typing import Final

from wizards.content.bank import Bank
from wizards.content.shapes import Column, Question
from wizards.governance.contradictions import Found
from wizards.governance.tiers import Tier
from wizards.interview.answers import Value, named
from wizards.mapping.flow import Flow
from wizards.mapping.routes import Why
from wizards.planning.plan import Task

MOST_NAMES: Final = 6
"""Rows that are named one by one; of the others it is said how many there are."""
LONGEST_NAME: Final = 100
"""Characters of a name among others."""
_PLACES: Final = re.compile(r"\{(row|question|step)\}")


def title(bank: Bank, task: Task, lang: str) -> str:
    """The title of a task with its row, question or step filled in."""
    return task.duty.title.fill(lang, **_filled(bank, task, lang))


def filled(bank: Bank, task: Task, lang: str, text: str) -> str:
    """`text` of the task's duty with `{row}`, `{question}` and `{step}` filled in."""
    values = _filled(bank, task, lang)
    # in one pass: a row may be called "{step}"
    return _PLACES.sub(lambda found: values[found[1]], text)


def _filled(bank: Bank, task: Task, lang: str) -> dict[str, str]:
    question = bank.questions.get(task.question)
    step = next((s for s in bank.steps if s.id == task.step), None)
    return {
        "row": task.row_name,
        "question": question.text.to(lang) if question else "",
        "step": step.title.to(lang) if step else "",
    }


def why(bank: Bank, reason: Why, lang: str) -> str:
    """The sentence of a route's reason."""
    option = bank.option("flows", "place", reason.place) if reason.place else None
    place = reason.name or (option.text.to(lang) if option else "")
    return bank.reasons[reason.reason].text.fill(lang, place=place)


def tier_why(bank: Bank, flow: Flow, tier: Tier, lang: str) -> str:
    """Why a flow has its tier; of a chosen one, what the owner said and what would have been recommended."""
    option = bank.option("flows", "tier", tier.recommended)
    recommended = option.text.to(lang) if option else tier.recommended
    return bank.reasons[tier.reason].text.fill(lang, tier=recommended, why=flow.why_tier)


def contradiction(found: Found, lang: str) -> str:
    """What does not fit together, with the names of its first rows."""
    return found.contradiction.text.fill(lang, row=names(found.rows, lang))


def names(rows: Sequence[str], lang: str) -> str:
    """The first of several names, and how many more there are."""
    more = len(rows) - MOST_NAMES
    return _listed([_short(name) for name in rows[:MOST_NAMES]], lang) + (f" (+{more})" if more > 0 else "")


def answer(item: Question | Column, value: Value, lang: str, unknown: str, words: dict[bool, str]) -> str:
    """An answer as the owner would read it. `unknown` stands for "I do not know", `words` for yes and no."""
    if value is None:
        return unknown
    texts = {option.id: option.text.to(lang) for option in item.options}
    match item.kind:
        case "yes-no":
            return words[bool(value)]
        case "choice":
            return texts.get(value, str(value))
        case "many":
            return _listed([texts.get(v, str(v)) for v in value], lang) or "–"
        case "counts":
            colon = "：" if lang == "zh-Hant" else ": "
            return _listed([f"{texts.get(k, k)}{colon}{n}" for k, n in value.items() if n], lang) or "–"
        case "rows":
            return _listed([named(row) for row in value], lang) or "–"
        case _:
            return str(value)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def _listed(parts: list[str], lang: str) -> str:
    return ("、" if lang == "zh-Hant" else ", ").join(parts)
