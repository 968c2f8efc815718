"""The legal route by which a flow may leave Macao, with every reason on the way. Facts: legal sections 2.1 to 2.6."""

from collections.abc import Iterator
from datetime import date
from typing import Final, Literal

from msgspec import Struct

from wizards.content.bank import Bank
from wizards.mapping.flow import Flow

Outcome = Literal["stays", "adequacy", "derogation", "authorisation", "none", "unknown"]

NECESSITY: Final = frozenset({"contract-with-person", "contract-for-person", "public-or-legal-claim", "vital-interest"})


class Why(Struct, frozen=True):
    """A reason id with the values its sentence needs."""

    reason: str
    place: str = ""


class Route(Struct, frozen=True):
    """The outcome for one flow and the reasons, in the order a person would follow them."""

    outcome: Outcome
    reasons: tuple[Why, ...]
    ground_holds: bool = False


def route_of(bank: Bank, flow: Flow, day: date) -> Route:
    """The transfer route of `flow` under the content in force on `day`."""
    if not flow.personal:
        return Route("stays", (Why("not-personal"),))
    first = (Why("kinds-unknown"),) if flow.kinds is None else ()
    if flow.leaves == "no":
        return Route("stays", (*first, Why("stays-in-macao")))
    if flow.leaves == "unknown":
        told = Why("place-told-only" if flow.place else "place-unknown")
        return Route("unknown", (*first, told, *_on_top(flow)))
    leaving = (*first, Why("leaves-to", str(flow.place)))
    if flow.place in adequate_places(bank, day):
        return Route("adequacy", (*leaving, Why("adequate"), *_on_top(flow)))
    return _without_adequacy(flow, (*leaving, Why("no-adequate-place")))


def adequate_places(bank: Bank, day: date) -> frozenset[str]:
    """The places recognised as adequate on `day`: a list in the law record, so that a decision is one edit there."""
    record = bank.records.get("adequacy-list")
    places = record.on(day).values.get("places", []) if record else []
    return frozenset(places if isinstance(places, list) else ())


def _without_adequacy(flow: Flow, so_far: tuple[Why, ...]) -> Route:
    told = flow.row.get("notified") is True
    holds, why = _ground(flow)
    reasons = (*so_far, *why)
    if flow.row.get("authorised") is True:
        return Route("authorisation", (*reasons, Why("authorised"), *_on_top(flow)), holds)
    if holds and told:
        return Route("derogation", (*reasons, Why("ground-notified"), *_on_top(flow)), holds)
    if holds:
        return Route("none", (*reasons, Why("ground-not-notified"), *_on_top(flow)), holds)
    notice = (Why("notice-without-ground"),) if told else ()
    return Route("none", (*reasons, *notice, Why("authorisation-possible"), *_on_top(flow)), holds)


def _ground(flow: Flow) -> tuple[bool, tuple[Why, ...]]:
    """Whether the named ground of Art. 20(1) holds. Cheaper is not necessity; consent must be free and provable."""
    ground = flow.row.get("ground")
    if ground in (None, "none"):
        return False, (Why("ground-none"),)
    if ground == "consent":
        shown = flow.row.get("consent-proof") is True
        return shown, (Why("ground-consent" if shown else "consent-not-shown"),)
    if ground in NECESSITY:
        needed = flow.row.get("only-way") is True
        return needed, (Why("ground-necessity" if needed else "necessity-fails"),)
    return True, (Why("ground-register"),)


def _on_top(flow: Flow) -> Iterator[Why]:
    """What is owed besides the route."""
    if "sensitive" in flow.marks:
        yield Why("sensitive-extra")
    if "credit" in flow.marks:
        yield Why("credit-extra")
    if flow.place == "gba-nine" and not flow.on_dingtalk:
        yield Why("gba-contract-fits")
    elif flow.on_dingtalk and flow.place in {"gba-nine", "mainland"}:
        yield Why("gba-not-dingtalk")
