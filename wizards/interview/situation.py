"""Everything a condition may look at: the bank, the answers, the day, and the row at hand."""

from datetime import date
from functools import cached_property

from msgspec import Struct

from wizards.content.bank import Bank
from wizards.governance.tiers import Tier, tier_of
from wizards.interview.answers import Answers, each_row
from wizards.mapping.after import flow_after
from wizards.mapping.around import Around, around_of
from wizards.mapping.flow import Flow, flow_of
from wizards.mapping.routes import Route, route_of


class Situation(Struct, frozen=True, dict=True):
    """The answers of a business on a day. Flows and their routes are worked out once and kept."""

    bank: Bank
    answers: Answers
    day: date

    @cached_property
    def answered(self) -> frozenset[str]:
        """The questions with an answer other than "I do not know"."""
        return frozenset(question for question, value in self.answers.items() if value is not None)

    @cached_property
    def flows(self) -> dict[str, Flow]:
        """Every flow by row id, in the owner's order."""
        return {i: flow_of(self.bank, self.answers, row) for i, row in each_row(self.answers, "flows")}

    @cached_property
    def personal_flows(self) -> tuple[Flow, ...]:
        """The flows that concern people."""
        return tuple(flow for flow in self.flows.values() if flow.personal)

    @cached_property
    def around(self) -> Around:
        """What the answers beside the flows say about every flow."""
        return around_of(self.bank, self.answers, self.day)

    @cached_property
    def routes(self) -> dict[str, Route]:
        """The transfer route of every flow."""
        return {i: route_of(self.bank, flow, self.day, self.around) for i, flow in self.flows.items()}

    @cached_property
    def tiers(self) -> dict[str, Tier]:
        """The tier of every flow."""
        return {i: tier_of(flow) for i, flow in self.flows.items()}

    @cached_property
    def later(self) -> dict[str, Flow]:
        """Every flow as it will be once the plan is carried out."""
        return {i: flow_after(self.bank, self.answers, flow, self.tiers[i]) for i, flow in self.flows.items()}

    @cached_property
    def later_routes(self) -> dict[str, Route]:
        """The transfer route of every flow once the plan is carried out."""
        return {i: route_of(self.bank, flow, self.day, self.around) for i, flow in self.later.items()}

    @cached_property
    def facts(self) -> dict[tuple[str, str], str | bool | int | None]:
        """Facts already worked out, by name and row id."""
        return {}
