"""The legal route by which a flow may leave Macao: the steps on the way to one end. Facts: legal sections 2.1 to 2.7.

Each step is a question with what was found: yes, no, or not known yet, which is never a silent no. The words of steps
and ends stand in resources/routes.toml, the reasons in resources/reasons.toml.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final, Literal

from msgspec import Struct

from wizards.content.bank import Bank
from wizards.content.shapes import LeafId, StepId
from wizards.mapping.around import NOTHING_SAID, Around
from wizards.mapping.flow import Flow

Outcome = Literal["stays", "adequacy", "derogation", "authorisation", "none", "unknown"]
Found = Literal["yes", "no", "unknown"]

NECESSITY: Final[dict[str, tuple[LeafId, LeafId]]] = {
    "contract-with-person": ("contract-with-person", "contract-with-person-not-needed"),
    "contract-for-person": ("contract-for-person", "contract-for-person-not-needed"),
    "public-or-legal-claim": ("public-or-legal-claim", "public-or-legal-claim-not-needed"),
    "vital-interest": ("vital-interest", "vital-interest-not-needed"),
}
"""Cases of Art. 20(1) that ask for necessity: where each ends if it is necessary, and if it is not."""

OUTCOMES: Final[dict[LeafId, Outcome]] = {
    "not-personal": "stays",
    "in-macao": "stays",
    "place-unknown": "unknown",
    "place-told": "unknown",
    "adequate": "adequacy",
    "consent": "derogation",
    "contract-with-person": "derogation",
    "contract-for-person": "derogation",
    "public-or-legal-claim": "derogation",
    "vital-interest": "derogation",
    "public-register": "derogation",
    "authorised": "authorisation",
    "no-ground": "none",
    "ground-unknown": "none",
    "notice-only": "none",
    "consent-not-free": "none",
    "consent-not-shown": "none",
    "consent-unknown": "none",
    "contract-with-person-not-needed": "none",
    "contract-for-person-not-needed": "none",
    "public-or-legal-claim-not-needed": "none",
    "vital-interest-not-needed": "none",
    "necessity-unknown": "none",
    "not-notified": "none",
    "notice-unknown": "none",
}
"""Every end of the tree, and what it means for the flow."""

BESIDE: Final = frozenset({"bay-area", "sensitive", "credit", "combined", "returned"})
"""Steps that change no end: what is owed besides the route, and what may show safeguards."""


class Why(Struct, frozen=True):
    """A reason id with the values its sentence needs; `name` is what the owner calls a place Guia has no name for."""

    reason: str
    place: str = ""
    name: str = ""


class Step(Struct, frozen=True):
    """One question on the way, what was found, and why."""

    id: StepId
    found: Found
    reasons: tuple[Why, ...] = ()


class Route(Struct, frozen=True):
    """The end that a flow comes to and the steps that lead there, in the order a person would follow them."""

    leaf: LeafId
    steps: tuple[Step, ...]

    @property
    def outcome(self) -> Outcome:
        """What the end means for the flow."""
        return OUTCOMES[self.leaf]

    @property
    def reasons(self) -> tuple[Why, ...]:
        """Every reason on the way, each once."""
        return tuple(dict.fromkeys(why for step in self.steps for why in step.reasons))

    @property
    def ground_holds(self) -> bool:
        """Whether a ground of Art. 20(1) is named and holds."""
        asked = {step.id: step.found for step in self.steps}
        conditions = (asked.get(step, "yes") for step in ("consent-free", "consent-proof", "necessary"))
        return asked.get("ground") == "yes" and all(found == "yes" for found in conditions)

    @property
    def not_known(self) -> tuple[StepId, ...]:
        """The steps whose answer is not known yet."""
        return tuple(step.id for step in self.steps if step.found == "unknown")


def route_of(bank: Bank, flow: Flow, day: date, around: Around = NOTHING_SAID) -> Route:
    """The transfer route of `flow` under the content in force on `day`."""
    if not flow.personal:
        return Route("not-personal", (Step("people", "no", (Why("not-personal"),)),))
    people = Step("people", "yes") if flow.kinds is not None else Step("people", "unknown", (Why("kinds-unknown"),))
    first = (people, _place(flow))
    if flow.leaves == "no":
        return Route("in-macao", first)
    owed = tuple(_owed(flow, around))
    if flow.leaves == "unknown":
        return Route("place-told" if flow.place else "place-unknown", (*first, *owed))
    if flow.place in adequate_places(bank, day):
        return Route("adequate", (*first, Step("recognised", "yes", (Why("adequate"),)), *owed))
    leaf, way = _without_adequacy(flow)
    return Route(leaf, (*first, Step("recognised", "no", (Why("no-adequate-place"),)), *way, *owed))


def adequate_places(bank: Bank, day: date) -> frozenset[str]:
    """The places recognised as adequate on `day`: a list in the law record, so that a decision is one edit there."""
    record = bank.records.get("adequacy-list")
    places = record.on(day).values.get("places", []) if record else []
    return frozenset(places if isinstance(places, list) else ())


def _place(flow: Flow) -> Step:
    """Whether it leaves Macao. Signal and a Nextcloud rented abroad are transfers like any other."""
    if flow.leaves == "no":
        return Step("place", "no", (Why("stays-in-macao"),))
    by = {"signal": (Why("signal-leaves"),), "nextcloud": (Why("nextcloud-leaves"),)}.get(flow.channel or "", ())
    if flow.leaves == "unknown":
        return Step("place", "unknown", (Why("place-told-only" if flow.place else "place-unknown"), *by))
    return Step("place", "yes", (Why("leaves-to", str(flow.place), flow.place_name), *by))


def _without_adequacy(flow: Flow) -> tuple[LeafId, tuple[Step, ...]]:
    """The way on where the place is not recognised: a ground with notice, or an authorisation."""
    leaf, holds, ground = _ground(flow)
    told = _known(flow, "notified")
    if flow.row.get("authorised") is True:
        return "authorised", (*ground, Step("authorised", "yes", (Why("authorised"),)))
    if holds:
        said = {"yes": "ground-notified", "no": "ground-not-notified", "unknown": "notice-unknown"}[told]
        ends: dict[Found, LeafId] = {"yes": leaf, "no": "not-notified", "unknown": "notice-unknown"}
        return ends[told], (*ground, Step("told", told, (Why(said),)))
    notice = (Step("told", "yes", (Why("notice-without-ground"),)),) if told == "yes" else ()
    ask = Step("authorised", _known(flow, "authorised"), (Why("authorisation-possible"),))
    return "notice-only" if notice and leaf == "no-ground" else leaf, (*ground, *notice, ask)


def _ground(flow: Flow) -> tuple[LeafId, bool, tuple[Step, ...]]:
    """Where the named ground of Art. 20(1) ends, whether it holds, and the steps. Cheaper is not necessity."""
    ground = flow.row.get("ground")
    if ground is None:
        return "ground-unknown", False, (Step("ground", "unknown", (Why("ground-unknown"),)),)
    if ground == "none":
        return "no-ground", False, (Step("ground", "no", (Why("ground-none"),)),)
    if ground == "public-register":
        return "public-register", True, (Step("ground", "yes", (Why("ground-register"),)),)
    named = Step("ground", "yes", (Why(f"case-{ground}"),))
    if ground == "consent":
        leaf, steps = _consent(flow)
        return leaf, leaf == "consent", (named, *steps)
    needed = _known(flow, "only-way")
    held, failed = NECESSITY[ground]
    said = {"yes": "ground-necessity", "no": "necessity-fails", "unknown": "necessity-unknown"}[needed]
    ends: dict[Found, LeafId] = {"yes": held, "no": failed, "unknown": "necessity-unknown"}
    return ends[needed], needed == "yes", (named, Step("necessary", needed, (Why(said),)))


def _consent(flow: Flow) -> tuple[LeafId, tuple[Step, ...]]:
    """Consent carries a transfer where it is free and where it can be shown: two points, each asked apart."""
    free, shown = _known(flow, "consent-free"), _known(flow, "consent-proof")
    said = {"yes": "consent-is-free", "no": "consent-not-free", "unknown": "consent-free-unknown"}[free]
    proof = {"yes": "ground-consent", "no": "consent-not-shown", "unknown": "consent-proof-unknown"}[shown]
    staff = (Why("consent-staff"),) if flow.row.get("people") == "staff" else ()
    steps = (Step("consent-free", free, (Why(said), *staff)), Step("consent-proof", shown, (Why(proof),)))
    if free == "no":
        return "consent-not-free", steps
    if shown == "no":
        return "consent-not-shown", steps
    return "consent" if free == shown == "yes" else "consent-unknown", steps


def _owed(flow: Flow, around: Around) -> Iterator[Step]:
    """What is owed besides the route, and what may help to show safeguards."""
    yield from _bay_area(flow)
    yield _held("sensitive", flow.marked("sensitive"), "sensitive-extra")
    authorised = around.credit_authorised is True
    yield _held("credit", flow.marked("credit"), "credit-held" if authorised else "credit-extra")
    joined = True if flow.channel == "plugin" and around.joined_by_plugin else around.combines
    yield _held("combined", joined, "combined-held" if around.combining_authorised is True else "combined-extra")
    if flow.place in {"gba-nine", "mainland"}:
        yield _returned(flow, around)


def _held(step: StepId, found: bool | None, reason: str) -> Step:  # noqa: FBT001  # the finding itself
    """A step that owes something where it is found."""
    if found is None:
        return Step(step, "unknown")
    return Step(step, "yes", (Why(reason),)) if found else Step(step, "no")


def _bay_area(flow: Flow) -> Iterator[Step]:
    """The contract of the Greater Bay Area: why it fits or does not. It is a safeguard to show, never a route.

    Who receives what an add-on reads is the firm that makes it, not DingTalk.
    """
    if flow.on_dingtalk and flow.channel != "plugin" and flow.place in {"gba-nine", "mainland"}:
        yield Step("bay-area", "no", (Why("gba-not-dingtalk"),))
    elif flow.place == "gba-nine":
        state = flow.row.get("gba-contract")
        signed = state in {"signed", "filed"}
        said = f"gba-{state}" if signed else "gba-contract-fits"
        yield Step("bay-area", "yes" if signed else "unknown", (Why(said),))
    elif flow.place in {"mainland", "hong-kong"}:
        yield Step("bay-area", "no", (Why(f"gba-not-{flow.place}"),))


def _returned(flow: Flow, around: Around) -> Step:
    """What mainland law asks where data come back from there."""
    if flow.on_dingtalk:
        return Step("returned", "unknown", (Why("returned-transit"),))
    if around.returned is None:
        return Step("returned", "unknown", (Why("returned-unknown"),))
    return Step("returned", "no" if around.returned == "nothing" else "yes", (Why(f"returned-{around.returned}"),))


def _known(flow: Flow, column: str) -> Found:
    """A cell of yes and no; what nobody answered is not known yet."""
    said = flow.row.get(column)
    return "unknown" if said is None else "yes" if said else "no"
