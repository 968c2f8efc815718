"""A business larger than most: a sample whose flows are repeated until there are enough."""

from itertools import cycle, islice
from typing import Any

from desktop.content import bank
from wizards.content.samples import sample_answers


def with_flows(count: int, sector: str = "insurance-broker") -> dict[str, Any]:
    """The answers of a sample business, with `count` flows, each under an id of its own."""
    answers = sample_answers(bank().sectors[sector], "en")
    repeated = islice(cycle(answers["flows"]), count)
    answers["flows"] = [{**flow, "id": f"flow-{place}"} for place, flow in enumerate(repeated)]
    return answers
