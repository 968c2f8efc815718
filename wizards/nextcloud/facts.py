"""What is known of a Nextcloud: each fact is seen, or unseen for a reason. Nothing is guessed from what is missing."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias, TypeVar

from msgspec import Struct

T = TypeVar("T")

Why = Literal["no-account", "needs-admin", "no-app", "not-said", "garbled", "maintenance", "broken-off", "signed-out"]
"""No account was given; only an administrator sees it; the app that tells it is off; the server does not say;
it said something else than is known of version 31; it is under maintenance; the answer did not come whole; the
server suddenly turned the account away."""

Level = Literal["none", "user", "admin"]


class Unseen(Struct, frozen=True):
    """A fact that could not be told, and why."""

    why: Why


Told: TypeAlias = T | Unseen
Replies: TypeAlias = Mapping[str, object]
"""What each question got, by its id: JSON as Python values, or Unseen. A question that was not asked is not there."""


class Audit(Struct, frozen=True):
    """What a file of the audit log shows: how many entries of the audit app, of how many lines; first and last day."""

    entries: int
    lines: int
    first: date | None = None
    last: date | None = None


class Expiry(Struct, frozen=True):
    """When public links end: whether at all, whether nobody may leave it out, after how many days (0: not said)."""

    on: bool
    enforced: bool
    days: int


class Passwords(Struct, frozen=True):
    """The rules for passwords of accounts."""

    shortest: int
    common_refused: bool


class SecondFactor(Struct, frozen=True):
    """Whether all must use it, and for how many groups that is so or not so."""

    enforced: bool
    only_groups: int
    but_groups: int


class Facts(Struct, frozen=True, kw_only=True):
    """Everything that the findings rest on. `certificate_until` is None without encryption.

    `delay` is by how many milliseconds wrong attempts from this computer are slowed down just now.
    """

    https: bool
    own_authority: bool
    level: Level
    certificate_until: Told[date | None]
    major: Told[int]
    version: Told[str]
    extended_support: Told[bool]
    maintenance: Told[bool]
    needs_upgrade: Told[bool]
    app_password: Told[bool]
    audit_app: Told[bool]
    audit: Told[Audit]
    open_links: Told[int]
    links_allowed: Told[bool]
    link_password: Told[bool]
    link_expiry: Told[Expiry]
    passwords: Told[Passwords]
    second_factor: Told[SecondFactor]
    delay: Told[int]
    exempt: Told[bool]
    federation: Told[bool]
    versioning: Told[bool]
    access_rules: Told[int]
    retention_rules: Told[int]
    tags: Told[tuple[str, ...]]
