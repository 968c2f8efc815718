"""Marks of the trail that leave: taken, listed beside the vault, stamped, and held against the trail again. No words.

The list is a plain file, so that putting an old copy of the vault in place is found while the list is there. It holds
no secret. Whoever can change the vault can change the list too: only a mark in other hands convinces a stranger.
"""

import base64
import binascii
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from msgspec import Struct

from desktop import clock, plain
from desktop.storage.envelope import from_bytes
from desktop.storage.faults import as_vault_error
from desktop.storage.store import Store
from desktop.storage.whole import write_whole
from wizards.trail.anchor import Anchor
from wizards.trail.anchor_code import long_code
from wizards.trail.judging import fates
from wizards.trail.marks import Checked, Kept, Stamp, Token

if TYPE_CHECKING:
    from desktop.connect.watch import Watch

LARGEST: Final = 8 * 1024 * 1024
"""Bytes of the list; more is no list of Guia's."""
MOST: Final = 1000
"""Marks on the list: one that is met vouches for all before it, so the oldest go first."""


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal["guia.anchors/1"]
    anchors: tuple[Kept, ...]


class ListUnreadable(Exception):
    """The list of marks is torn, or is not one of Guia's."""


class Anchors:
    """The marks of one vault, as `session.anchors`."""

    def __init__(self, store: Store) -> None:
        self._store, self._paths = store, store.paths

    def mark(self, where: str) -> Anchor:
        """A mark of the trail as it is now, for something that is about to leave; `keep` it once it has left."""
        return self._store.checkpoint(clock.now(), where)

    def keep(self, anchor: Anchor, where: str, token: Token | None = None) -> Kept:
        """Put a mark that has left on the list. VaultError where the list cannot be written."""
        with as_vault_error():
            added = Kept(self._vault(), anchor.count, anchor.head, anchor.at, where, token)
            whole = _File("guia.anchors/1", tuple([*self._listed(), added][-MOST:]))
            write_whole(self._paths.anchors, msgspec.json.format(msgspec.json.encode(whole), indent=1))
        return added

    def give(self, where: str) -> Anchor:
        """A mark that leaves at once, such as a code that is copied: taken and listed."""
        anchor = self.mark(where)
        self.keep(anchor, where)
        return anchor

    def known(self) -> tuple[Kept, ...]:
        """The marks of this vault on the list, oldest first; none without a list. ListUnreadable where it is torn."""
        own = self._vault()
        return tuple(kept for kept in _read(self._paths.anchors) if kept.vault == own)

    def stamp(self, url: str, authority: bytes, watch: "Watch") -> Stamp:
        """Have a mark of the trail as it is now stamped by the authority at `url`, and put it on the list.

        `authority` is the PEM of the owner's file. stamp.StampRefused or GivenUp: then nothing was listed.
        """
        from desktop.connect import stamp

        anchor = self.mark("stamp")
        answer = stamp.ask(url, long_code(anchor).encode(), authority, watch)
        token = Token(url, base64.b64encode(answer).decode(), base64.b64encode(authority).decode())
        return _stamp(self.keep(anchor, "stamp", token), token)

    def check(self) -> Checked:
        """All marks of this vault held against its trail. Whether the trail holds by itself, `Trail.verify` says."""
        try:
            known = self.known()
        except ListUnreadable:
            return Checked(fault="unreadable")
        restores = self._store.restores()
        hashes = self._store.hashes(kept.count for kept in known)
        found = fates([kept.anchor for kept in known], hashes, self._store.oldest(), restores)
        return Checked(
            tuple((kept, fate) for kept, (_, fate) in zip(known, found, strict=True)),
            tuple(_stamp(kept, kept.token) for kept in known if kept.token is not None),
            restores[-1].at if restores else "",
        )

    def binding(self) -> tuple[Anchor, ...]:
        """The marks that the trail must meet: all but those from before a restore, and those older than what is kept.

        None where the list is torn.
        """
        return tuple(kept.anchor for kept, fate in self.check().fates if fate not in {"before-restore", "old"})

    def _vault(self) -> str:
        """This vault's own name: a list stays through a restore, and the backup may be of another business."""
        with as_vault_error():
            return from_bytes(self._paths.key.read_bytes()).vault

    def _listed(self) -> tuple[Kept, ...]:
        """What is on the list. One that cannot be read is put aside, never overwritten, and the trail says so."""
        try:
            return _read(self._paths.anchors)
        except ListUnreadable:
            aside = f"{self._paths.anchors.name}-unreadable-{re.sub(r'[^0-9]', '', clock.now())}"
            self._paths.anchors.replace(self._paths.anchors.with_name(aside))
            self._store.record(clock.now(), "anchors.unreadable", "anchors", None)
            return ()


def _read(file: Path) -> tuple[Kept, ...]:
    """The marks in a file, of whichever vault; none where there is no file. ListUnreadable."""
    try:
        content = plain.beginning(file, LARGEST + 1)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ListUnreadable from error
    try:
        if len(content) > LARGEST:
            raise ListUnreadable
        marks = msgspec.json.decode(content, type=_File).anchors
        for kept in marks:
            datetime.fromisoformat(kept.at).astimezone()  # a month 13 has the form of a time and is none
    except (msgspec.MsgspecError, ValueError, OverflowError) as error:
        raise ListUnreadable from error
    return marks


def _stamp(kept: Kept, token: Token) -> Stamp:
    """What a kept time-stamp says today."""
    from desktop.connect import stamp

    try:
        answer, authority = (base64.b64decode(part, validate=True) for part in (token.answer, token.authority))
        found = stamp.check(answer, long_code(kept.anchor).encode(), authority)
    except binascii.Error:
        return Stamp(kept, "", None, "answer")
    except stamp.StampRefused as refused:
        return Stamp(kept, "", None, refused.code)
    return Stamp(kept, found.by, found.at)
