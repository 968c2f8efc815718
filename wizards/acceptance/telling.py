"""The verdict on a log in words and as JSON, for command, page and paper alike. Never any content of a line."""

from collections.abc import Callable
from typing import Any

from wizards.acceptance.finding import Finding
from wizards.acceptance.verdict import RECORD, Verdict
from wizards.acceptance.wording import Wording
from wizards.content.law import Record

Say = Callable[..., str]


def form(verdict: Verdict, say: Say) -> str:
    """What kind of log it is."""
    sample = verdict.sample
    named = say(f"acceptance.format-{sample.format}")
    if not sample.inside:
        return named
    return say("acceptance.inside", form=named, inside=say(f"acceptance.format-{sample.inside}"))


def summary(verdict: Verdict, say: Say) -> str:
    """Kind, lines and span in one sentence."""
    lines = str(verdict.sample.lines)
    if not verdict.first:
        return say("acceptance.summary-no-times", form=form(verdict, say), lines=lines)
    return say("acceptance.summary", form=form(verdict, say), lines=lines, first=verdict.first, last=verdict.last)


def result(verdict: Verdict, say: Say) -> str:
    """What the verdict means for the owner."""
    if verdict.accepted:
        return say("acceptance.accepted-text")
    return say("acceptance.refused-text", count=str(sum(found.status == "fail" for found in verdict.findings)))


def art16(verdict: Verdict, say: Say) -> str:
    """Whether the sample answers which data, when and by whom; nothing of the law."""
    parts = {name: say(f"acceptance.answer-{answer}") for name, answer in verdict.answers.items()}
    return say(
        "acceptance.two", one=say(f"acceptance.art16-{verdict.art16}"), other=say("acceptance.art16-parts", **parts)
    )


def law(record: Record, say: Say, lang: str) -> str:
    """Where the question comes from, with the reservation that its grade asks for and the place to check."""
    statement = record.versions[-1].text.to(lang)
    grade = say(f"grade.{record.grade}")
    return say(
        "acceptance.art16-law", statement=statement, citation=record.citation.to(lang), grade=grade, url=record.url
    )


def told(found: Finding, wording: Wording, say: Say, lang: str) -> str:
    """What was found, and in which lines; five numbers where every line shows it would point at five."""
    text = wording.said(found, lang)
    if not found.places or found.status == "pass":
        return text
    if found.everywhere:
        return say("acceptance.two", one=text, other=say("acceptance.places-all"))
    places = say("acceptance.comma").join(map(str, found.places))
    return say("acceptance.two", one=text, other=say("acceptance.places", places=places))


def letter(verdict: Verdict, wording: Wording, say: Say, lang: str) -> str:
    """What to ask of whoever keeps the log, worst first; empty where every check is good."""
    rank = {"fail": 0, "warn": 1, "unknown": 2}
    open_ = sorted((f for f in verdict.findings if f.status != "pass"), key=lambda found: rank[found.status])
    lines = [
        say("acceptance.line", title=check.title.to(lang), text=check.remedy.to(lang))
        for check in (wording.checks[found.id] for found in open_)
    ]
    return (
        "\n".join([say("acceptance.ask-opening"), *(f"{n}. {line}" for n, line in enumerate(lines, 1))])
        if lines
        else ""
    )


def as_json(verdict: Verdict, wording: Wording, record: Record, say: Say, lang: str) -> dict[str, Any]:
    """The shape of the contract: places and counts, never what a line says."""
    sample = verdict.sample
    return {
        "format": sample.format,
        "inside": sample.inside,
        "version": sample.version,
        "lines": sample.lines,
        "parted": sample.parted,
        "from": verdict.first,
        "to": verdict.last,
        "zone": verdict.zone,
        "checks": [
            {
                "id": found.id,
                "status": found.status,
                "seen": found.seen,
                "of": found.of,
                "text": wording.said(found, lang),
                "remedy": "" if found.status == "pass" else wording.checks[found.id].remedy.to(lang),
                "duty": wording.checks[found.id].duty,
                "places": list(found.places),
            }
            for found in verdict.findings
        ],
        "art16": {
            "answer": verdict.art16,
            **verdict.answers,
            "record": RECORD,
            "grade": record.grade,
            "text": art16(verdict, say),
            "law": law(record, say, lang),
        },
        "settles": wording.settled(verdict),
        "accepted": verdict.accepted,
    }
