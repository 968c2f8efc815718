"""What is known of the homes: which one an option means, with the kind that the other answers say."""

from typing import Final

from wizards.content.bank import Bank
from wizards.content.shapes import Home
from wizards.governance.tiers import TIERS, home_of
from wizards.interview.answers import Answers

TIER_QUESTIONS: Final = tuple(f"tier-{tier}" for tier in TIERS)


def asks_for_home(bank: Bank, question: str) -> bool:
    """Whether the options of a question are homes, or kinds of one."""
    return question in TIER_QUESTIONS or any(home.question == question for home in bank.homes.values())


def home_meant(bank: Bank, answers: Answers, question: str, option: str) -> Home | None:
    """The home that an option of such a question means; None where it means none, such as *not decided yet*."""
    if question in TIER_QUESTIONS:
        return kind_of(bank, answers, option)
    return next((h for h in bank.homes.values() if h.question == question and option in h.options), None)


def kind_of(bank: Bank, answers: Answers, home: str) -> Home | None:
    """The home of that name; its kind, where the answers say which."""
    kinds = [h for h in bank.homes.values() if h.home == home]
    said = [h for h in kinds if h.question and answers.get(h.question) in h.options]
    return next(iter([*said, *(h for h in kinds if not h.question)]), None)


def homes_in_use(bank: Bank, answers: Answers) -> tuple[Home, ...]:
    """The homes that the owner gave to the tiers, each once, from the highest tier down."""
    chosen = dict.fromkeys(home for tier in reversed(TIERS) if (home := home_of(answers, tier)))
    return tuple(found for name in chosen if (found := kind_of(bank, answers, name)))


def homes_beside(bank: Bank, question: str) -> tuple[Home, ...]:
    """The homes to compare beside a question, in the order of the content."""
    wanted = "" if question in TIER_QUESTIONS else question
    return tuple(home for home in bank.homes.values() if home.question == wanted)
