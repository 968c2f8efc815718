"""The verdict on a sample: every check, whether it answers which data, when and by whom, and accepted or not.

The rule: a log is accepted where no check fails. What warns or could not be told is a question to the supplier, and
stays on the page; it refuses nothing.
"""

from collections.abc import Callable
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from wizards.acceptance.checks import clocks, presence, rhythm, soundness
from wizards.acceptance.finding import Around, Finding, Status, span_of
from wizards.acceptance.shapes import Sample

Answer: TypeAlias = Literal["yes", "part", "no"]
Check: TypeAlias = Callable[[Sample, Around], Finding]

CHECKS: Final[dict[str, Check]] = {
    "who": presence.who,
    "what": presence.what,
    "when": presence.when,
    "zone": presence.zone,
    "object": presence.object_,
    "outcome": presence.outcome,
    "source": presence.source,
    "gaps": rhythm.gaps,
    "numbers": rhythm.numbers,
    "order": rhythm.order,
    "clock": clocks.clock,
    "reach": rhythm.reach,
    "copies": soundness.copies,
    "cut": soundness.cut,
    "unread": soundness.unread,
    "seal": soundness.seal,
}
"""In the order in which they are told."""
ART16: Final[dict[str, tuple[str, ...]]] = {
    "which": ("object", "what"),
    "when": ("when", "zone", "clock"),
    "whom": ("who",),
}
"""What the control over introduction seems to ask, and the checks that tell it."""
RECORD: Final = "pdpa-16-introduction"
_RANK: Final[dict[Status, int]] = {"pass": 0, "unknown": 1, "warn": 1, "fail": 2}


class Verdict(Struct, frozen=True):
    """`first` and `last`: the span of times in figures, "" without any. `zone`: `stated`, `part`, `none`."""

    sample: Sample
    findings: tuple[Finding, ...]
    answers: dict[str, Answer]
    art16: Answer
    accepted: bool
    first: str
    last: str
    zone: str

    def of(self, name: str) -> Finding:
        """The finding of a check."""
        return next(found for found in self.findings if found.id == name)


def judge(sample: Sample, around: Around) -> Verdict:
    """The verdict. Never raises, whatever the sample holds."""
    findings = tuple(check(sample, around) for check in CHECKS.values())
    status = {found.id: found.status for found in findings}
    answers: dict[str, Answer] = {name: _answer([status[c] for c in checks]) for name, checks in ART16.items()}
    parts = set(answers.values())
    whole: Answer = "no" if "no" in parts else "part" if "part" in parts else "yes"
    span = span_of(sample)
    zoned = {event.at.zoned for event in sample.events if event.at is not None}
    return Verdict(
        sample,
        findings,
        answers,
        whole,
        all(found.status != "fail" for found in findings),
        *span,
        "stated" if zoned == {True} else "part" if len(zoned) == 2 else "none",
    )


def _answer(found: list[Status]) -> Answer:
    return ("yes", "part", "no")[max(_RANK[status] for status in found)]
