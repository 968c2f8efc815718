"""What is read from a sample of a log: its lines as events, and what was seen of the file as a whole.

An event holds what people did and is kept in memory only, for as long as the sample is looked at.
"""

from datetime import datetime, timedelta, timezone
from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec import Struct

Format: TypeAlias = Literal[
    "rfc5424",
    "rfc3164",
    "rsyslog-iso",
    "web-access",
    "pairs",
    "nextcloud",
    "guia-trail",
    "json-lines",
    "dingtalk",
    "table",
]
Outcome: TypeAlias = Literal["", "success", "failure"]
Seal: TypeAlias = Literal["none", "held", "broken", "claimed"]

HERE: Final = timezone(timedelta(hours=8))
"""Macao. A time without a zone is taken for one of here where times with and without a zone are compared."""


class Stamp(NamedTuple):
    """A time as a line states it. `zoned`: its zone is said; `exact`: down to the minute; `dated`: with its year."""

    at: datetime
    zoned: bool = True
    exact: bool = True
    dated: bool = True

    def moment(self) -> datetime:
        """The same with a zone."""
        return self.at if self.zoned else self.at.replace(tzinfo=HERE)


class Event(NamedTuple):
    """One line or row. Empty where it does not say.

    `place` counts lines from 1. `prose`: the object stands somewhere in running text. `data`: the deed touches data,
    so that an object is due; a sign-in does not. `ended`: an outcome is due; an attempt whose end stands in another
    line has none. `torn`: the line ends in the middle; `closed`: it surely does not, as a whole object of JSON;
    `glued`: it holds the beginning of another. `told`: its sentence is one of those that are known. `folded`: it
    stands for several. `size`: its bytes. `mark`: equal for lines that are equal.
    """

    place: int
    who: str = ""
    what: str = ""
    object: str = ""
    outcome: Outcome = ""
    source: str = ""
    at: Stamp | None = None
    received: Stamp | None = None
    number: int | None = None
    host: str = ""
    prose: bool = False
    data: bool = True
    ended: bool = True
    torn: bool = False
    closed: bool = False
    glued: bool = False
    told: bool = True
    folded: bool = False
    size: int = 0
    mark: int = 0


class Sample(Struct, frozen=True):
    """A sample, read. `lines`: all that were there; `unread`: the places of those that mean nothing to the reader.

    `parted`: only the beginning and the end were read, the second begins at line `seam`. `inside`: what syslog lines
    carry. `garbled`: places with letters that could not be read. `version`: of the program that wrote it.
    `strange`: sentences that are not known, without their quoted values.
    """

    format: Format
    events: tuple[Event, ...]
    lines: int
    unread: tuple[int, ...] = ()
    garbled: tuple[int, ...] = ()
    inside: str = ""
    parted: bool = False
    seam: int = 0
    seal: Seal = "none"
    broken_at: int = 0
    version: str = ""
    tested: bool = True
    strange: tuple[str, ...] = ()
    day_first: bool = True


class NotALog(Exception):
    """The file is no log at all; `code` says why, worded as `acceptance.not-<code>`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
