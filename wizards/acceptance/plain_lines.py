"""Lines that no syslog framed: access logs of web servers, and pairs that hold their own time (firewalls, auditd)."""

import re
from typing import Final

from wizards.acceptance import times
from wizards.acceptance.pairs import pairs
from wizards.acceptance.reader import Reader
from wizards.acceptance.shapes import Event, Stamp
from wizards.acceptance.vocabulary import address, given

_ACCESS: Final = re.compile(
    r"(?:[\w.-]{1,253}:\d{1,5} )?(?P<source>[\w.:%-]{1,253}) \S{1,100} (?P<who>\S{1,200}) \[(?P<at>[^\]]{1,40})\]"
    r' "(?P<what>[A-Z]{3,20}) (?P<object>[^" ]{1,8000})[^"]{0,20}" (?P<status>\d{3})(?: |$)'
)
_PRI: Final = re.compile(r"<\d{1,3}>", re.ASCII)
_BEGINS: Final = re.compile(r"[a-z_]{2,20}=\S", re.IGNORECASE | re.ASCII)
_AUDIT: Final = re.compile(r"audit\((\d{10})\.(\d{3}):(\d{1,15})\)")


def event(text: str, place: int, reader: Reader) -> tuple[str, Event | None]:
    """The form of a line and its event; None where it is neither, or states no time."""
    if (found := _ACCESS.match(text)) is not None:
        return "web-access", _access(found, place, reader)
    pri = _PRI.match(text)
    begin = pri.end() if pri else 0
    if _BEGINS.match(text, begin) is None:
        return "", None
    return "pairs", _paired(text[begin : begin + 8_000], place, reader)


def _access(found: re.Match[str], place: int, reader: Reader) -> Event:
    return Event(
        place,
        who=given(found["who"]),
        what=found["what"],
        object=found["object"][:500],
        outcome=reader.words.outcome(found["status"]),
        source=address(found["source"]),
        at=times.read(found["at"]),
    )


def _paired(text: str, place: int, reader: Reader) -> Event | None:
    said = list(pairs(text))
    made = reader.event(place, reader.by_role(said))
    audited = _AUDIT.search(text[:200])
    if audited is not None:
        return made._replace(at=times.read(f"{audited[1]}.{audited[2]}"), number=int(audited[3]))
    at = _apart(dict(said)) or made.at
    return None if at is None else made._replace(at=at)


def _apart(said: dict[str, str]) -> Stamp | None:
    """The time of `date=… time=… tz=…`."""
    day, clock = said.get("date", ""), said.get("time", "")
    return times.read(f"{times.joined(day, clock)} {said.get('tz', '')}".strip()) if day and clock else None
