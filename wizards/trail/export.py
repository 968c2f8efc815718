"""The trail as a file for others: a line for each entry, then a closing record. Every byte is covered.

docs/trail.md tells it to a stranger.

Lines are handed in and out; who reads and writes the file is elsewhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from wizards.trail.anchor import Anchor
from wizards.trail.chain import LARGEST, START
from wizards.trail.verdict import Broken, Fault, Unbroken
from wizards.trail.verification import ROW, Chain

FORM: Final = "guia.trail/1"
LONGEST_LINE: Final = 64 * 1024
"""Bytes; an entry has some hundred. What is longer is no entry and is not read to its end."""
MARKS: Final = (b'{"action":"', b'"prev":"', b'"seal":"', b'"closing":"', FORM.encode())
"""What stands in an export, however it was changed in one place."""
_OPENING: Final = b'{"closing":'
_ENTRY: Final = b'{"action":'


_Number = Annotated[int, Meta(ge=0, lt=LARGEST)]


class Closing(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """The last line. `count` entries after number `since`, the first with number `first` and the hash `prev` before it.

    `head` is the hash of the last entry, `prev` where there is none; `seal` the hash of this record without its seal.
    Fields stand in the order of their names, as in an entry.
    """

    closing: str
    count: _Number
    first: _Number
    head: str
    prev: str
    seal: str = ""
    since: _Number


class Form(Struct, frozen=True):
    """An export that holds as far as it goes: what was found, and after which number it was asked to begin."""

    found: Unbroken
    since: int


def lines(rows: Iterable[tuple[int, bytes, str]], since: int, before: str) -> Iterator[bytes]:
    """The lines of an export of the entries after number `since`, each with its number, text and hash, in order.

    `before` is the hash before the first.
    """
    count, first, head = 0, since + 1, before
    for seq, text, made in rows:
        first = first if count else seq
        count, head = count + 1, made
        yield text + b"\n"
    yield _sealed(Closing(closing=FORM, count=count, first=first, head=head, prev=before, since=since))


def verify_lines(given: Iterable[bytes], anchors: Sequence[Anchor] = ()) -> Form | Broken:
    """Whether the lines, each with what ended it, are a whole export. Never raises; memory does not grow."""
    end = _End()
    chain = Chain(anchors)
    broken = chain.read(end.entries(given), end.ending)
    if broken:
        return broken
    record = end.record
    if record is None:
        return Broken(chain.number + 1, end.fault)
    return _closed(chain, record)


class _End:
    """Where an export ends: its closing record once all lines were handed on, or what is wrong with it."""

    def __init__(self) -> None:
        self.record: Closing | None = None
        self.fault: Fault = "unclosed"

    def ending(self) -> tuple[str, int]:
        """The last hash and number, once all lines were handed on and the record is whole."""
        return (self.record.head, self.record.first + self.record.count - 1) if self.record else ("", 0)

    def entries(self, given: Iterable[bytes]) -> Iterator[ROW]:
        """The lines that are to be entries. The last line is held back: it closes, or what it is must be told."""
        held = b""
        for line in given:
            if held.startswith(_OPENING):
                self.fault = "after"
                return
            if held:
                yield None, held.removesuffix(b"\n"), None
            held = line
        if held.startswith(_ENTRY):
            yield None, held.removesuffix(b"\n"), None
        elif held:
            self.record, self.fault = _record(held), "closing"


def _record(line: bytes) -> Closing | None:
    """The closing record of a line, None where one byte of it is not as it was written."""
    try:
        record = msgspec.json.decode(line, type=Closing)
    except (msgspec.MsgspecError, UnicodeError):
        return None
    return record if record.closing == FORM and _sealed(msgspec.structs.replace(record, seal="")) == line else None


def _sealed(record: Closing) -> bytes:
    """The line of a closing record that has no seal yet: sealed by the hash of what it is without."""
    seal = sha256(msgspec.json.encode(record)).hexdigest()
    return msgspec.json.encode(msgspec.structs.replace(record, seal=seal)) + b"\n"


def _closed(chain: Chain, record: Closing) -> Form | Broken:
    """What is to be said of entries without a fault and their closing record."""
    last = record.first + record.count - 1
    if not chain.count and not record.count:
        chain.begins, chain.number, chain.before, chain.head = record.first, last, record.prev, record.prev
    if record.since >= record.first or (record.first == 1) != (record.prev == START):
        return Broken(chain.number + 1, "closing")
    if not chain.count and record.count:
        return Broken(record.first, "missing", last)
    if chain.begins > record.first:
        return Broken(record.first, "missing", chain.begins - 1)
    if chain.number < last:
        return Broken(chain.number + 1, "missing", last)
    if chain.begins < record.first or chain.number > last:
        place = chain.begins if chain.begins < record.first else chain.number
        return Broken(place, "inserted", place)
    if record.prev != chain.before:
        return Broken(chain.begins, "edited")
    if record.head != chain.head:
        return Broken(chain.number, "edited" if chain.count else "closing")
    chain.since = record.since
    verdict = chain.verdict()
    return verdict if isinstance(verdict, Broken) else Form(verdict, record.since)
