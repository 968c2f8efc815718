"""A text as the lines of a log: cuts octet-counted streams and lines, finds what the lines are, and reads each."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final, cast

from wizards.acceptance import json_lines, plain_lines, syslog_lines
from wizards.acceptance.reader import Reader, decoded
from wizards.acceptance.shapes import Event, Format, NotALog, Sample
from wizards.acceptance.whole_json import whole

LONGEST: Final = 262_144
"""Bytes of a line that is read; a longer one is no line of a log that anybody could look at."""
MOST: Final = 300_000
"""Lines that are read; of more, the first and the last half."""
_HEADINGS: Final = 5
_NO_HEADINGS: Final = re.compile(r"[{=<]")
_SEPARATORS: Final = re.compile(r"[,;\t|]")
_TRIED: Final = 200
_COUNTED: Final = re.compile(rb"(\d{1,7}) (?=<\d{1,3}>)")
_LINE: Final = re.compile(rb"[^\n\x00]+|\x00{16,}")
"""A line, which a sender may end with NUL; a run of NUL is what a computer that lost its power leaves of lines."""
_CLOSING: Final = "closing"
_TORN: Final = "\ufffd"

Piece = tuple[int, bytes]


def sample(head: bytes, tail: bytes, reader: Reader, going: Callable[[float], object] | None = None) -> Sample | None:
    """The sample in a text, given whole as `head`, or as its beginning and its end. None: these are no lines of a log.

    `going` is told now and then how far it is; what it raises ends the reading.
    """
    pieces, parted = _pieces(head, tail)
    lost = [place for place, raw in pieces if raw.startswith(b"\0")]
    pieces = [piece for piece in pieces if not piece[1].startswith(b"\0")]
    if not pieces:
        raise NotALog("empty")
    if not tail and (found := _whole(head, reader)) is not None:
        return found
    if _headed(pieces, reader) or not _promises(pieces, reader):
        return None
    events: list[Event] = []
    unread: list[int] = []
    garbled: list[int] = []
    forms: Counter[str] = Counter()
    for number, (place, raw) in enumerate(pieces):
        if going is not None and number % 500 == 0:
            going(number / len(pieces))
        text = _text(raw)
        if _TORN in text:
            garbled.append(place)
        form, event = _event(text, place, reader) if len(raw) <= LONGEST else ("", None)
        if event is None and form == _CLOSING:
            continue
        if event is None:
            unread.append(place)
            continue
        forms[form] += 1
        events.append(event._replace(size=len(raw), mark=hash(raw)))
    if not events:
        return None
    events += (Event(place, torn=True, mark=place) for place in lost)
    read = len(events) + len(unread)
    return _told(reader, events, forms, lines=read, unread=unread, garbled=garbled, parted=parted)


def _told(
    reader: Reader,
    events: list[Event],
    forms: Counter[str],
    *,
    lines: int,
    unread: Iterable[int] = (),
    garbled: Iterable[int] = (),
    parted: int = 0,
) -> Sample:
    """The sample, with what the reader noted on the way."""
    form = cast("Format", forms.most_common(1)[0][0])
    inside = reader.inside.most_common(1)[0][0] if reader.inside else ""
    version = reader.versions.most_common(1)[0][0] if reader.versions else ""
    major = version.partition(".")[0]
    seal, broken = reader.seal()
    return Sample(
        form,
        tuple(events),
        lines,
        tuple(unread),
        tuple(garbled),
        "" if inside == form else inside,
        bool(parted),
        parted,
        seal,
        broken,
        version,
        not version or (major.isdigit() and int(major) in reader.known.tested),
        tuple(said for said, _ in reader.strange.most_common()),
    )


def _headed(pieces: list[Piece], reader: Reader) -> bool:
    """Whether one of the first lines is the headings of a list: its rows may begin with a time as lines of a log do."""
    first = (_text(raw[:1000]).strip() for _, raw in pieces[:_HEADINGS])
    rows = (_SEPARATORS.split(line) for line in first if not _NO_HEADINGS.search(line))
    roles = ({reader.words.role(cell) for cell in row} - {None} for row in rows)
    return any(len(found) >= 3 and "when" in found for found in roles)


def _promises(pieces: list[Piece], reader: Reader) -> bool:
    """Whether at least half of the first lines are lines of a log."""
    first = pieces[:_TRIED]
    trying = Reader(reader.words, reader.known, reader.latest)  # what is noted in trying is noted again in reading
    found = (_event(_text(raw), place, trying)[1] for place, raw in first if len(raw) <= LONGEST)
    return sum(event is not None and (event.at is not None or not event.torn) for event in found) * 2 >= len(first)


def _event(text: str, place: int, reader: Reader) -> tuple[str, Event | None]:
    """The form of a line, and its event; None where it says nothing to the reader."""
    bare = text.strip("\ufeff \t\r")
    if bare.startswith("{"):
        found = decoded(bare)
        if found is not None and json_lines.closes(found, place, reader):
            return _CLOSING, None
        if found is not None:
            return json_lines.kind(found), json_lines.event(found, bare, place, reader)
        return "json-lines", None if bare.endswith("}") else Event(place, torn=True)
    line = syslog_lines.cut(bare, reader)
    if line is None:
        return plain_lines.event(bare, place, reader)
    return line.form, syslog_lines.event(line, place, reader)


def _whole(head: bytes, reader: Reader) -> Sample | None:
    """A file that is JSON as a whole, as some programs export; None where it is none."""
    found = whole(head, MOST, reader)
    if found is None:
        return None
    forms = Counter(kind for kind, _ in found.read)
    return _told(reader, [e for _, e in found.read], forms, lines=found.entries, unread=found.unread)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _pieces(head: bytes, tail: bytes) -> tuple[list[Piece], int]:
    """The lines with their places, counted from 1, and the place at which the second part begins, 0 for a whole."""
    first = list(islice(_cut(head, 1), MOST + 1))
    if not tail and len(first) <= MOST:
        return first, 0
    if not tail:
        half = MOST // 2
        last = list(_cut(head[-len(head) // 3 :].partition(b"\n")[2], 0))[-half:]
        whole = head.count(b"\n")
        first = first[:half]
        begin = max(half + 1, whole - len(last) + 1)
        return first + [(begin + n, raw) for n, (_, raw) in enumerate(last)], begin
    begin = (first[-1][0] if first else 0) + 1
    last = list(islice(_cut(tail, begin), MOST))
    return first + last, begin


def _cut(data: bytes, place: int) -> Iterator[Piece]:
    """Messages of an octet-counted stream, or lines; blank ones keep their number and are passed over."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    at = 0
    if _COUNTED.match(data):
        while counted := _COUNTED.match(data, at):
            end = counted.end() + int(counted[1])
            yield place, data[counted.end() : end].rstrip(b"\r\n\x00")
            place, at = place + 1, end + (data[end : end + 1] == b"\n")
    before = at
    for found in _LINE.finditer(data, at):
        place += data.count(b"\n", before, found.start())
        before = found.start()
        if found[0].strip():
            yield place, found[0].rstrip(b"\r")
