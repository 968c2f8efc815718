"""A line of syslog as an event: RFC 5424, RFC 3164, and what rsyslog writes into files, with and without year and zone.

Why no library reads these lines is said in `docs/decisions/0022-acceptance-of-a-log.md`.
"""

import re
from typing import Final, NamedTuple

from wizards.acceptance import json_lines, pairs, times
from wizards.acceptance.reader import Reader, decoded, merged
from wizards.acceptance.shapes import Event, Format, Stamp
from wizards.acceptance.vocabulary import address, given

_NEW: Final = re.compile(
    r"(?:\d{1,7} )?(?:<\d{1,3}>)?1 (?P<at>-|\d{4}-\d\d-\d\dT\S{8,30}) (?P<host>\S{1,255}) (?P<app>\S{1,64})"
    r" (?P<pid>\S{1,128}) (?P<id>\S{1,64}) (?P<rest>[-\[].*)",
    re.ASCII | re.DOTALL,
)
_ELEMENT: Final = re.compile(r'\[([^\s=\]"]{1,64})((?: [^\s=\]"]{1,64}="(?:[^"\\\]]|\\.)*")*)\]', re.DOTALL)
_PARAM: Final = re.compile(r' ([^\s=\]"]{1,64})="((?:[^"\\\]]|\\.)*)"', re.DOTALL)
_PRI: Final = re.compile(r"<\d{1,3}>", re.ASCII)
_BEFORE: Final = re.compile(r"(?:\d{1,10}: |[A-Z]{4,8}:? (?=[\[\d]))?[*.\[]?", re.ASCII)
"""What stands before a time: Cisco's number, and its mark of a clock that is not set; a level; a bracket."""
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)
_HEAD: Final = re.compile(
    r" (?P<host>[\w.:%@/-]{1,255}) (?P<tag>[\w./@%()-]{1,64})(?:\[[\w.-]{1,20}\])?: ?(?P<text>.*)", re.DOTALL
)
_BARE_HEAD: Final = re.compile(r":? (?P<host>[\w.:%@/-]{1,255})? ?(?P<tag>)(?P<text>.*)", re.DOTALL)
_TIMED_HEAD: Final = re.compile(r" (?P<host>[\w.:%@/-]{1,255})(?P<tag>) (?P<text>.*)", re.DOTALL)
_ONLY_TEXT: Final = re.compile(r" (?P<host>)(?P<tag>)(?P<text>(?![+-]\d).*)", re.DOTALL)
_REPEATED: Final = re.compile(r"message repeated (\d{1,9}) times|last message repeated")
_ANOTHER: Final = re.compile(r"<\d{1,3}>(?:1 )?(?:\d{4}-\d\d-\d\dT|[A-Z][a-z]{2} [ \d]\d \d\d:)", re.ASCII)
_BOM: Final = "\ufeff"


class Line(NamedTuple):
    """The parts of a line: its form, time, host, structured data as pairs, and message."""

    form: Format
    at: Stamp | None
    host: str
    pairs: tuple[tuple[str, str], ...]
    text: str
    torn: bool = False


def cut(text: str, reader: Reader) -> Line | None:
    """The parts of a line; None where it is no syslog."""
    new = _NEW.match(text)
    if new is not None:
        return _new(new)
    pri = _PRI.match(text)
    before = _BEFORE.match(text, pri.end() if pri else 0)
    start = before.end() if before else 0
    iso = _ISO.match(text, start)
    if iso is not None:
        found: tuple[Stamp, int] | None = None
        stamp = times.read(iso[0])
        if stamp is not None:
            found = stamp, iso.end()
        form: Format = "rsyslog-iso"
    else:
        rest = text[start : start + 60]
        found, form = times.leading(rest, reader.latest), "rfc3164"
        if found is None:
            found, form = times.beginning(rest), "rsyslog-iso"
        found = found and (found[0], found[1] + start)
    if found is None:
        return None
    # a list may begin with a time too
    hosted = iso is not None and not (before and before[0])
    bare = (_TIMED_HEAD if hosted else _ONLY_TEXT) if form == "rsyslog-iso" else _BARE_HEAD
    end = found[1] + (text[found[1] : found[1] + 1] == "]")
    head = _HEAD.match(text, end) or bare.match(text, end)
    if head is None:
        return None
    return Line(form, found[0], head["host"] or "", (), head["text"])


def _new(found: re.Match[str]) -> Line:
    rest, at, pairs, torn = found["rest"], 1, [], False
    if rest.startswith("["):
        at = 0
        while element := _ELEMENT.match(rest, at):
            at = element.end()
            pairs += [(_key(element[1], key), _plain(value)) for key, value in _PARAM.findall(element[2])]
        torn = at == 0
    text = rest[at:].removeprefix(" ").removeprefix(_BOM)
    return Line("rfc5424", times.read(found["at"]), given(found["host"]), tuple(pairs), text, torn)


def _key(element: str, key: str) -> str:
    """A parameter's name; those of the standard's own elements with the name of the element."""
    return key if "@" in element else f"{element} {key}"


def _plain(value: str) -> str:
    return re.sub(r"\\([\"\\\]])", r"\1", value)


def event(line: Line, place: int, reader: Reader) -> Event:
    """The event of a line, with what its message says of itself."""
    said = reader.by_role(line.pairs)
    first = reader.event(place, said)._replace(at=line.at, host=line.host, torn=line.torn)
    text = line.text.strip()
    if _ANOTHER.search(text):
        return first._replace(what=text[:500], glued=True)
    if _REPEATED.search(text[:200]):
        return first._replace(what=text[:500], folded=True)
    opening = text.find("{") if text[-1:] == "}" or text[:1] == "{" else -1
    if 0 <= opening < 40:
        inner = _carried(text[opening:], place, reader)
        if inner is not None:
            return merged(first, inner)
        if text[:1] == "{":
            return first._replace(what=first.what or text[:500], torn=True)
    return _spoken(text, first, reader)


def _carried(text: str, place: int, reader: Reader) -> Event | None:
    """An event that a syslog line carries as JSON."""
    found = decoded(text)
    return None if found is None else json_lines.event(found, text, place, reader)


def _spoken(text: str, first: Event, reader: Reader) -> Event:
    """What a message in words, or in pairs, says."""
    meaning = reader.known.syslog.find(text)
    if meaning is not None:
        sentence, said = meaning
        return first._replace(
            who=first.who or said.get("who", ""),
            what=first.what or said.get("what", sentence.what),
            object=first.object or said.get("object", ""),
            outcome=first.outcome or sentence.outcome,
            source=first.source or address(said.get("source", "")),
            data=sentence.data,
        )
    paired = pairs.said(text, reader)
    if paired:
        inner = reader.event(first.place, paired)
        return merged(first, inner._replace(what=inner.what or text[:500]))
    deed = first.what or text[:500]
    outcome = first.outcome or reader.outcome("", deed)
    return first._replace(what=deed, outcome=outcome, data=not reader.words.is_sign_in(deed))
