"""The log in the plan: what to set up, what each control gets from it, the mark to keep elsewhere, what to choose."""

from collections.abc import Iterator
from typing import Final

from desktop.reports.document import Block, Facts, Heading, Paragraph, Scan, Span, Table, Words
from desktop.reports.plan.case import BoxProof, Case
from desktop.reports.plan.cited import cited, records, with_sources
from desktop.reports.plan.homes import answers_of, see
from desktop.reports.plan.voice import NAME, cut
from wizards.logbox.sizes import LINE, LINES, PLAIN_DAYS, SHOWN, storage
from wizards.trail.anchor_code import code, long_code
from wizards.trail.macao import in_macao

_WHY: Final = ("pdpa-14", "pdpa-15")
_LIST: Final = ("pdpa-16-list", "pdpa-16-introduction")
_SERVED: Final = {
    "insertion": "in-part", "use": "in-part", "access": "in-part", "transmission": "in-part", "introduction": "fully",
}  # fmt: skip
"""What a log does for each control of the list; nothing for the others."""
_MARK: Final = ("log-anchor",)
_STORES: Final = {
    "rsyslog": "rsyslog-memory",
    "victorialogs": "victorialogs-maker",
    "loki": "loki-memory",
    "opensearch": "opensearch-memory",
}
_UNITS: Final = ((10**9, "GB"), (10**6, "MB"))


def log(case: Case) -> list[Block]:
    """What was decided, what to set up, what is recorded; the controls for sensitive data; the mark."""
    say = case.voice.say
    return [
        Heading(1, say("paper-log.title")),
        Paragraph(with_sources(case, say("log-paper.lead"), _WHY)),
        *see(case, ("log",)),
        *(answers_of(case, "log") or [Paragraph(say("paper-log.none"))]),
        Facts(tuple(_set_up(case))),
        *_controls(case),
        *mark(case),
    ]


def _set_up(case: Case) -> Iterator[tuple[str, Words]]:
    say = case.voice.say
    scope, state = case.answers.get("log-scope"), case.answers.get("log-state")
    parts = [say(f"log-paper.setup-{scope or 'unknown'}")]
    if case.box is not None:
        parts += _proven(case, case.box)
    elif state is not None:
        parts.append(say(f"log-paper.state-{state}"))
    care = case.bank.questions["log-care"]
    if care.id in case.asked:
        done = case.answers.get(care.id) or ()
        left = [case.voice.to(option.text) for option in care.options if option.id not in done]
        if left:
            parts.append(say("log-paper.open", items=say("paper.semicolon").join(left)))
    yield say("log-paper.setup"), say("paper.gap").join(parts)
    for name in ("recorded", "never", "proves"):
        yield say(f"log-paper.{name}"), say(f"log-paper.{name}-text")


def _proven(case: Case, box: BoxProof) -> Iterator[str]:
    """What a test showed of the log box; where the answer of the assessment is behind it, that too."""
    say, voice = case.voice.say, case.voice
    yield say("log-paper.box-proven", day=voice.day(in_macao(box.at).date()), host=cut(box.host, NAME))
    if box.failed:
        yield say("log-paper.box-failed", day=voice.day(in_macao(box.failed).date()))
    else:
        yield say("log-paper.box-repeat")
    if case.answers.get("log-state") in {"none", "some"}:
        yield say("log-paper.box-answer")


def _controls(case: Case) -> list[Block]:
    """The measures that sensitive data require, which is sure; each control of the list, which is not."""
    say, day = case.voice.say, case.plan.as_of
    required, listed = case.bank.records["pdpa-16-required"], case.bank.records[_LIST[0]].on(day)
    holds = any(flow.marked("sensitive") is True for flow, _, _ in case.plan.flows)
    sure = with_sources(case, case.voice.to(required.on(day).text), (required.id,))
    unsure = case.voice.spans(
        "log-control.list", text=case.voice.to(listed.text), sources=cited(case, records(case, _LIST))
    )
    rows = [_control(case, number, str(name)) for number, name in enumerate(_named(listed.values), 1)]
    header = tuple(say(f"log-control.{name}") for name in ("control", "does", "does-not"))
    said = say("log-control.yours" if holds else "log-control.yours-not")
    return [
        Heading(2, say("log-control.title")),
        Paragraph((*_spans(sure), Span(say("paper.gap")), Span(said))),
        Paragraph(unsure),
        Table(header, tuple(rows), (20, 38, 42), row_heads=True, look="small"),
    ]


def _named(values: object) -> list[str]:
    found = values.get("controls") if isinstance(values, dict) else None
    return [str(name) for name in found] if isinstance(found, list | tuple) else []


def _spans(words: Words) -> tuple[Span, ...]:
    return (Span(words),) if isinstance(words, str) else words


def _control(case: Case, number: int, name: str) -> tuple[Words, ...]:
    """A row: the control, what a log answers about it, what it does not."""
    say = case.voice.say
    served = _SERVED.get(name)
    does = say("log-control.not-at-all")
    if served:
        how = say(f"log-control.{served}")
        does = say("log-control.answers", how=how, text=say(f"log-control.{name}-does"))
    title = say("log-control.named", number=str(number), name=say(f"log-control.{name}"))
    return title, does, say(f"log-control.{name}-not")


def mark(case: Case) -> list[Block]:
    """The mark of the trail as code and QR code, and what it is for; nothing where there is no trail."""
    if case.anchor is None:
        return []
    say, anchor = case.voice.say, case.anchor
    short = code(anchor)
    items: tuple[Words, ...] = (
        with_sources(case, say("log-mark.what", count=case.voice.number(anchor.count)), _MARK),
        say("log-mark.whom"),
        say("log-mark.check"),
    )
    title = say("log-mark.taken", moment=case.voice.moment(anchor.at))
    return [
        Heading(2, say("log-mark.title")),
        Scan(long_code(anchor), say("log-mark.alt", code=short), title, short, items),
    ]


def foot(case: Case) -> list[Block]:
    """The short code at the end of a paper that was made from a vault, and when the mark was taken."""
    if case.anchor is None:
        return []
    moment = case.voice.moment(case.anchor.at)
    return [Paragraph(case.voice.say("log-mark.foot", moment=moment, code=code(case.anchor)), "muted")]


def choosing(case: Case) -> list[Block]:
    """What to choose by number of sites and days, for whom one computer is not enough."""
    if not _calls_for_choosing(case):
        return []
    say = case.voice.say
    figures = {"lines": LINES, "bytes": LINE, "plain": PLAIN_DAYS}
    lead = say("log-choose.lead", **{name: case.voice.number(value) for name, value in figures.items()})
    sizes = tuple(say(f"log-choose.{name}") for name in ("sites", "people", "kept", "day", "choose", "files", "search"))
    stores = tuple(say(f"log-choose.{name}") for name in ("with-what", "when", "memory"))
    return [
        Heading(2, say("log-choose.title")),
        Paragraph(lead),
        Table(sizes, tuple(_row(case, *size) for size in SHOWN), (9, 10, 9, 12, 32, 14, 14), look="small"),
        Table(
            stores, tuple(_store(case, *store) for store in _STORES.items()), (14, 38, 48), row_heads=True, look="small"
        ),
    ]


def _calls_for_choosing(case: Case) -> bool:
    return case.answers.get("log-scope") in {"one-office", "many-sites"}


def _row(case: Case, sites: int, people: int, days: int) -> tuple[Words, ...]:
    say, number, room = case.voice.say, case.voice.number, storage(sites, people, days)
    counted = [number(value) for value in (sites, people, days)]
    chosen = say(f"log-choose.{room.choice}")
    return (*counted, _bytes(case, room.a_day), chosen, _bytes(case, room.files), _bytes(case, room.search))


def _bytes(case: Case, size: int) -> str:
    """A size in megabytes or gigabytes, of two figures: more would pretend to know."""
    unit, name = next(((unit, name) for unit, name in _UNITS if size >= unit), _UNITS[-1])
    return f"{case.voice.number(float(f'{size / unit:.2g}'))} {name}"


def _store(case: Case, name: str, record: str) -> tuple[Words, ...]:
    """What there is to choose from, with what is known of the memory it needs."""
    told = case.voice.to(case.bank.records[record].on(case.plan.as_of).text)
    titles = {"rsyslog": "rsyslog", "victorialogs": "VictoriaLogs", "loki": "Grafana Loki", "opensearch": "OpenSearch"}
    return titles[name], case.voice.say(f"log-choose.{name}-when"), with_sources(case, told, (record,))


def log_sources(case: Case) -> Iterator[str]:
    """The records that this page rests on."""
    yield from (*_WHY, "pdpa-16-required", *_LIST)
    if case.anchor is not None:
        yield from _MARK
    if _calls_for_choosing(case):
        yield from _STORES.values()
