"""The list of marks that left, and what became of each: shapes alone. A file of them may come from anybody."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from wizards.trail.anchor import Anchor
from wizards.trail.judging import Fate


class Token(Struct, frozen=True, forbid_unknown_fields=True):
    """A time-stamp as it is kept: the address it came from, the answer and the owner's certificates, base64."""

    url: Annotated[str, Meta(max_length=2000)]
    answer: Annotated[str, Meta(max_length=200_000)]
    authority: Annotated[str, Meta(max_length=200_000)]


class Kept(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A mark on the list: of which vault, the mark itself, and where it went ("plan", "accountant")."""

    vault: Annotated[str, Meta(max_length=64)]
    count: Annotated[int, Meta(ge=1, lt=2**53)]
    head: Annotated[str, Meta(pattern="^[0-9a-f]{64}\\Z")]
    at: Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\Z")]
    where: Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,40}\Z")]
    token: Token | None = None

    @property
    def anchor(self) -> Anchor:
        """The mark alone."""
        return Anchor(self.count, self.head, self.at)


class Stamp(Struct, frozen=True):
    """What became of a time-stamp: who says so and when, or why it does not hold."""

    kept: Kept
    by: str
    at: datetime | None
    fault: str = ""


class Checked(Struct, frozen=True):
    """The list held against the trail: each mark with its fate, and each stamp. `fault`: the list is "unreadable"."""

    fates: tuple[tuple[Kept, Fate], ...] = ()
    stamps: tuple[Stamp, ...] = ()
    restored: str = ""
    fault: Literal["", "unreadable"] = ""

    def of(self, *wanted: Fate) -> tuple[Kept, ...]:
        """The marks of these fates."""
        return tuple(kept for kept, fate in self.fates if fate in wanted)

    @property
    def well(self) -> bool:
        """Whether nothing was found wrong. A restore that the trail itself tells is no fault."""
        return not (self.fault or self.of("cut", "other") or any(stamp.fault for stamp in self.stamps))
