"""The chain of trail entries: each carries the hash of the one before. Pure functions, no clock and no key.

An entry never holds content: who reads the trail learns that a question was answered, when, and a keyed digest that
only the vault can compare. A chain alone shows edits; cutting the tail is shown only by a head kept elsewhere.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Final, Literal, NamedTuple

import msgspec
import rfc8785
from msgspec import Struct

START = "0" * 64

Fault = Literal["unreadable", "edited", "number", "link"]


class Deed(Struct, frozen=True, omit_defaults=True):
    """What an entry says besides the bare act; each an id, never content, "" where it does not apply.

    `who` did it (a role: "owner", "lead", "it"; "command" without a window, "guia" by itself), with which kind of
    `data`, through which `channel`, by which `rule`, with what `outcome` ("done", "refused", "failed"; "" is done).
    """

    who: str = ""
    data: str = ""
    channel: str = ""
    rule: str = ""
    outcome: str = ""


BARE: Final = Deed()


class Entry(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One entry. `seq` counts from 1; `at` is UTC; `subject` an id; `digest` hex or empty; `prev` the hash before.

    The rest is its deed; a part that does not apply is not written, so that entries of the first Guia still read.
    """

    seq: int
    at: str
    action: str
    subject: str
    digest: str
    prev: str
    who: str = ""
    data: str = ""
    channel: str = ""
    rule: str = ""
    outcome: str = ""


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


def append(prev: Link | None, at: str, action: str, subject: str, digest: str, deed: Deed = BARE) -> Link:
    """The next link after `prev`, the first one after None."""
    seq, head = (prev.seq + 1, prev.hash) if prev else (1, START)
    entry: dict[str, Any] = {"seq": seq, "at": at, "action": action, "subject": subject, "digest": digest, "prev": head}
    text = rfc8785.dumps(entry | msgspec.to_builtins(deed))
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
