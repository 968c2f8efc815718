"""A trail entry as a line of syslog: RFC 5424, counted in bytes (RFC 6587, RFC 5425), and back. Pure framing.

The message is the entry's own canonical JSON as it stands, so what a log box holds is verified by the code that
verifies the trail. No byte order mark before it: RFC 8259 forbids one in JSON that travels, RFC 5424 then calls the
message MSG-ANY, and rsyslog would keep the mark as part of the text that is hashed. No structured data: it would need
an enterprise number, and Guia has none.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from wizards.trail.chain import Link, read

PRIORITY: Final = 13 * 8 + 6
"""Facility 13, log audit; severity 6, informational."""

APP: Final = "guia"

LIMIT: Final = 64 * 1024
"""Bytes of a message that the box takes whole (maxMessageSize="64k"); what is longer would be cut without a word."""

_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")
_UNPRINTABLE: Final = re.compile(r"[^!-~]")
_ANY_HEADER: Final = re.compile(r"<\d{1,3}>1 [!-~]+ [!-~]+ ")
_HEADER: Final = re.compile(rf"<{PRIORITY}>1 [!-~]+ ([!-~]+) {APP} [!-~]+ [!-~]+ - ")


class TooLong(ValueError):
    """The message would be cut by the box: `size` bytes, header included; `seq` is 0 for what is no entry."""

    def __init__(self, seq: int, size: int) -> None:
        self.seq, self.size = seq, size
        super().__init__(f"entry {seq}: {size} bytes")


class Spoilt(ValueError):
    """The entry of this number cannot be read, was edited, or carries another number."""


def field(text: str, longest: int) -> str:
    """`text` as a field of the header: printable ASCII without blanks, at most `longest`; "-" where nothing is left."""
    return _UNPRINTABLE.sub("", text)[:longest] or "-"


def framed(host: str, at: str, kind: str, message: str, seq: int = 0) -> bytes:
    """A message with its header and its length before it. `at` is its time, ISO 8601; TooLong past the limit.

    A lone surrogate becomes a question mark: it has no bytes, and the chain hashes it so, too.
    """
    time = at if _TIME.fullmatch(at) else "-"
    head = f"<{PRIORITY}>1 {time} {field(host, 255)} {APP} - {field(kind, 32)} - "
    line = head.encode() + message.encode("utf-8", "replace")
    if len(line) > LIMIT:
        raise TooLong(seq, len(line))
    return b"%d %s" % (len(line), line)


def of_entry(host: str, link: Link) -> bytes:
    """An entry of the trail as a frame; its kind is the family of its action (`answer` of `answer.given`).

    TooLong past the limit; Spoilt for what is no longer the entry that was made.
    """
    entry = read(link.text)
    if entry is None or entry.seq != link.seq or sha256(link.text.encode()).hexdigest() != link.hash:
        raise Spoilt(str(link.seq))
    return framed(host, entry.at, entry.action.partition(".")[0], link.text, link.seq)


def is_kept(line: str) -> bool:
    """Whether this is a line of a log box, whatever it says."""
    return _ANY_HEADER.match(line) is not None


def entries_in(line: str, host: str = "") -> Iterator[Link]:
    """The entry that a line of the box holds, of this sender if one is named, with the hash of what is held.

    Usually one, or none for a line of something else; more as `held_in` says.
    """
    return (link for sender, link in held_in(line) if host in {"", sender})


def held_in(line: str) -> Iterator[tuple[str, Link]]:
    """Each entry that a line of the box holds, with its sender.

    A box that was killed while it wrote leaves half a line, or one without its end, and writes the next one behind it:
    each that is whole is found.
    """
    headers = [*_HEADER.finditer(line)]
    for number, header in enumerate(headers):
        rest = line[header.end() :].rstrip("\r\n")
        link = _entry(rest)
        if link is None and number + 1 < len(headers):
            link = _entry(line[header.end() : headers[number + 1].start()])
            rest = ""
        if link is not None:
            yield header[1], link
        if link is not None and rest:
            return


def _entry(text: str) -> Link | None:
    entry = read(text)
    return None if entry is None else Link(entry.seq, text, sha256(text.encode()).hexdigest())


def torn(line: str, link: Link) -> bool:
    """Whether the line holds no more than a beginning of this entry: the box was stopped while it wrote, or writes."""
    pieces = _HEADER.split(line)[2::2]
    return any(link.text.startswith(piece.rstrip("\r\n") or "-") for piece in pieces)
