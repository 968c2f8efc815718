"""The chain of trail entries: each carries the hash of the one before. Pure functions, no clock and no key.

An entry never holds content: who reads the trail learns that a question was answered, when, and a keyed digest that
only the vault can compare. A chain alone shows edits; cutting the tail is shown only by a head kept elsewhere.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Literal, NamedTuple

import msgspec
import rfc8785
from msgspec import Struct

START = "0" * 64

Fault = Literal["unreadable", "edited", "number", "link"]


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """One entry. `seq` counts from 1; `at` is UTC; `subject` an id; `digest` hex or empty; `prev` the hash before."""

    seq: int
    at: str
    action: str
    subject: str
    digest: str
    prev: str


class Link(NamedTuple):
    """An entry as it is kept: its number, its canonical JSON, and the SHA-256 of that text in hex.

    A plain tuple, so rows of a store are links without being copied.
    """

    seq: int
    text: str
    hash: str


class Unbroken(Struct, frozen=True):
    """All entries hold. `first` and `last` are the times of the first and last entry, empty if there is none."""

    count: int
    first: str
    last: str
    head: str


class Broken(Struct, frozen=True):
    """The entry in place `seq` does not hold: unreadable, edited, not the number due, or with a wrong link back."""

    seq: int
    how: Fault


def append(prev: Link | None, at: str, action: str, subject: str, digest: str) -> Link:
    """The next link after `prev`, the first one after None."""
    seq, head = (prev.seq + 1, prev.hash) if prev else (1, START)
    entry = Entry(seq=seq, at=at, action=action, subject=subject, digest=digest, prev=head)
    text = rfc8785.dumps(msgspec.to_builtins(entry))
    return Link(seq, text.decode(), sha256(text).hexdigest())


def verify(links: Iterable[tuple[int, str, str]]) -> Unbroken | Broken:
    """Whether the entries, in their order, are one whole chain from number 1. Never raises; memory does not grow."""
    decode = msgspec.json.Decoder(Entry).decode
    count, head, first, last = 0, START, "", ""
    for seq, text, digest in links:
        count += 1
        content = text.encode("utf-8", "replace")
        if sha256(content).hexdigest() != digest:
            return Broken(count, "edited")
        try:
            entry = decode(content)
        except msgspec.MsgspecError:
            return Broken(count, "unreadable")
        if entry.seq != count or seq != count:
            return Broken(count, "number")
        if entry.prev != head:
            return Broken(count, "link")
        head, last = digest, entry.at
        first = first or entry.at
    return Unbroken(count, first, last, head)
