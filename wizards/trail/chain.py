"""The chain of trail entries: each carries the hash of the one before. Pure functions, no clock and no key.

An entry never holds content: who reads the trail learns that a question was answered, when, and a keyed digest that
only the vault can compare. A chain alone shows edits; cutting the tail is shown only by a head kept elsewhere.
"""

from hashlib import sha256
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta, Struct

LARGEST: Final = 2**53
"""No number is larger: RFC 8785 knows none beyond."""
START: Final = "0" * 64
PRUNED: Final = "trail.pruned"
CHECKPOINT: Final = "trail.checkpoint"
RESTORED: Final = "vault.restored"
BY_HAND: Final = "hand."
"""How the actions begin that a person wrote down, to be told from what Guia saw itself."""


class Deed(Struct, frozen=True, omit_defaults=True):
    """What an entry says besides the bare act; each an id, never content, "" where it does not apply.

    `who` did it (a role: "owner", "lead", "it"; "command" without a window, "guia" by itself), with which kind of
    `data`, through which `channel`, by which `rule`, with what `outcome` ("done", "refused", "failed", "open"; "" is
    done).
    """

    who: str = ""
    data: str = ""
    channel: str = ""
    rule: str = ""
    outcome: str = ""


BARE: Final = Deed()


class Entry(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """One entry. `seq` counts from 1; `at` is UTC; `subject` an id; `digest` hex or empty; `prev` the hash before.

    The rest is its deed; a part that does not apply is not written, so that entries of the first Guia still read.
    Fields stand in the order of their names: written down in turn, without blanks, they are canonical (RFC 8785).
    """

    action: str
    at: str
    channel: str = ""
    data: str = ""
    digest: str
    outcome: str = ""
    prev: str
    rule: str = ""
    seq: Annotated[int, Meta(ge=1, lt=LARGEST)]
    subject: str
    who: str = ""


class Link(NamedTuple):
    """An entry as it is kept: its number, its canonical JSON, and the SHA-256 of that text in hex.

    A plain tuple, so rows of a store are links without being copied.
    """

    seq: int
    text: str
    hash: str


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Entry).decode


def append(
    prev: Link | None, at: str, action: str, subject: str, digest: str, deed: Deed = BARE, who: str = ""
) -> Link:
    """The next link after `prev`, the first one after None; by `who` where the deed does not say.

    UnicodeEncodeError for half a character.
    """
    seq, head = (prev.seq + 1, prev.hash) if prev else (1, START)
    text = _encode(
        Entry(
            action=action,
            at=at,
            channel=deed.channel,
            data=deed.data,
            digest=digest,
            outcome=deed.outcome,
            prev=head,
            rule=deed.rule,
            seq=seq,
            subject=subject,
            who=deed.who or who,
        )
    )
    return Link(seq, text.decode(), sha256(text).hexdigest())


def read(text: bytes | str) -> Entry | None:
    """The entry of a text; None for anything else. Canonical or not: `canonical` says."""
    try:
        return _decode(text)
    except (msgspec.MsgspecError, UnicodeError):
        return None


def canonical(entry: Entry) -> bytes:
    """The one text of an entry."""
    return _encode(entry)
