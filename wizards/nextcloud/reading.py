"""From what a server answered to facts. Shapes are those of Nextcloud 31; anything else is unseen, never an error."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, TypeVar

from msgspec import Struct

from wizards.nextcloud.documents import within
from wizards.nextcloud.facts import Audit, Expiry, Facts, Level, Passwords, Replies, SecondFactor, Told, Unseen

T = TypeVar("T")
_TAG_NAME: Final = "http://owncloud.org/ns display-name"
_SHARING: Final = ("ocs", "data", "capabilities", "files_sharing")
# 72 characters by login flow v2 (tried on 31); five groups of five where a person makes one in the settings
_APP_PASSWORD: Final = re.compile(r"[A-Za-z0-9]{72}|[A-Za-z0-9]{5}(?:-[A-Za-z0-9]{5}){4}")


class Approach(Struct, frozen=True, kw_only=True):
    """How the server was reached: what Guia knows without being told by it."""

    https: bool
    own_authority: bool
    certificate_until: Told[date | None]
    signed_in: bool
    app_password: bool
    audit: Audit | None


def is_nextcloud(reply: object) -> bool:
    """Whether the answer of `status.php` is that of a Nextcloud: nothing secret is sent to anything else."""
    known = isinstance(within(reply, "installed"), bool) and isinstance(within(reply, "maintenance"), bool)
    return known and isinstance(within(reply, "version"), str)


def is_administrator(reply: object) -> bool:
    """Whether the answer about the account itself names it among the administrators."""
    groups = within(reply, "ocs", "data", "groups")
    return isinstance(groups, list) and "admin" in groups


def looks_like_app_password(password: str) -> bool:
    """Whether a password has the form of those that Nextcloud makes for one program."""
    return _APP_PASSWORD.fullmatch(password) is not None


def facts_of(replies: Replies, approach: Approach) -> Facts:
    """The facts; whatever the replies are, one for each question."""
    level: Level = "none"
    if approach.signed_in:
        level = "admin" if is_administrator(replies.get("user")) else "user"
    said = _Said(replies, level)
    apps = said.told(_names, "apps", "ocs", "data", "apps")
    version = said.told(_text, "status", "versionstring")
    if isinstance(version, Unseen):
        version = said.told(_text, "capabilities", "ocs", "data", "version", "string")
    return Facts(
        https=approach.https,
        own_authority=approach.own_authority,
        level=level,
        certificate_until=approach.certificate_until,
        version=version,
        major=version if isinstance(version, Unseen) else _major(version),
        extended_support=said.told(_yes, "status", "extendedSupport"),
        maintenance=said.told(_yes, "status", "maintenance"),
        needs_upgrade=said.told(_yes, "status", "needsDbUpgrade"),
        app_password=approach.app_password if approach.signed_in else Unseen("no-account"),
        audit_app=apps if isinstance(apps, Unseen) else "admin_audit" in apps,
        audit=approach.audit or Unseen("not-said"),
        open_links=said.told(_count, "serverinfo", "ocs", "data", "nextcloud", "shares", "num_shares_link_no_password"),
        links_allowed=said.told(_yes, "capabilities", *_SHARING, "public", "enabled"),
        link_password=said.told(_yes, "capabilities", *_SHARING, "public", "password", "enforced"),
        link_expiry=said.told(_expiry, "capabilities", *_SHARING, "public", "expire_date"),
        passwords=said.app(_passwords, "ocs", "data", "capabilities", "password_policy"),
        second_factor=said.told(_second_factor, "twofactor"),
        delay=said.told(_count, "capabilities", "ocs", "data", "capabilities", "bruteforce", "delay"),
        exempt=said.told(_yes, "capabilities", "ocs", "data", "capabilities", "bruteforce", "allow-listed"),
        federation=said.told(_federation, "capabilities", *_SHARING, "federation"),
        versioning=said.told(_yes, "capabilities", "ocs", "data", "capabilities", "files", "versioning"),
        access_rules=_if_on(apps, "files_accesscontrol", said.told(_access_rules, "workflows", "ocs", "data")),
        retention_rules=_if_on(apps, "files_retention", said.told(_length, "retentions", "ocs", "data")),
        tags=said.told(_tags, "tags"),
    )


class _Said:
    """Looks things up in the replies; what an account without rights cannot see is said to be for that reason."""

    def __init__(self, replies: Replies, level: Level) -> None:
        self._replies, self._level = replies, level

    def told(self, read: Callable[[object], T | None], question: str, *keys: str) -> Told[T]:
        """What stands under the keys of a reply, as `read` understands it; unseen where it does not."""
        reply = self._replies.get(question, Unseen("no-account" if self._level == "none" else "not-said"))
        if isinstance(reply, Unseen):
            return reply
        value = within(reply, *keys)
        if value is None:
            return Unseen("no-account" if self._level == "none" and question != "status" else "not-said")
        found = read(value)
        return Unseen("garbled") if found is None else found

    def app(self, read: Callable[[object], T | None], *keys: str) -> Told[T]:
        """As `told`, of something that is among the capabilities only while its app is on."""
        found = self.told(read, "capabilities", *keys)
        whole = isinstance(within(self._replies.get("capabilities"), "ocs", "data", "capabilities", "files"), dict)
        return Unseen("no-app") if found == Unseen("not-said") and whole else found


def _if_on(apps: Told[list[str]], app: str, told: Told[T]) -> Told[T]:
    return Unseen("no-app") if not isinstance(apps, Unseen) and app not in apps else told


def _yes(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= 40 and value.isprintable() else None


def _names(value: object) -> list[str] | None:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else None


def _count(value: object) -> int | None:
    """A number that is written as one or as digits; databases give either."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 12:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12 else None


def _major(version: str) -> Told[int]:
    first = version.split(".", maxsplit=1)[0]
    return int(first) if first.isascii() and first.isdecimal() and len(first) <= 3 else Unseen("garbled")


def _expiry(value: object) -> Expiry | None:
    on = _yes(within(value, "enabled"))
    if on is None:
        return None
    return Expiry(on, within(value, "enforced") is True, _count(within(value, "days")) or 0)


def _passwords(value: object) -> Passwords | None:
    shortest = _count(within(value, "minLength"))
    return None if shortest is None else Passwords(shortest, within(value, "enforceNonCommonPassword") is True)


def _second_factor(value: object) -> SecondFactor | None:
    enforced = _yes(within(value, "enforced"))
    if enforced is None:
        return None
    only, but = within(value, "enforcedGroups"), within(value, "excludedGroups")
    return SecondFactor(enforced, _size(only), _size(but))


def _size(value: object) -> int:
    return len(value) if isinstance(value, list | dict) else 0


def _federation(value: object) -> bool | None:
    out, in_ = _yes(within(value, "outgoing")), _yes(within(value, "incoming"))
    return None if out is None or in_ is None else out or in_


def _access_rules(value: object) -> int | None:
    """How many rules refuse files by their tag. Without any, PHP writes an empty list in place of an object."""
    if isinstance(value, list) and not value:
        return 0
    if not isinstance(value, dict):
        return None
    rules = [
        rule for kind, all_ in value.items() if kind.endswith("\\FilesAccessControl\\Operation") for rule in _list(all_)
    ]
    return sum(_refuses_by_tag(rule) for rule in rules)


def _refuses_by_tag(rule: object) -> bool:
    classes = [within(check, "class") for check in _list(within(rule, "checks"))]
    return within(rule, "operation") == "deny" and any(str(name).endswith("\\FileSystemTags") for name in classes)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else list(value.values()) if isinstance(value, Mapping) else []


def _length(value: object) -> int | None:
    return len(value) if isinstance(value, list) else None


def _tags(value: object) -> tuple[str, ...] | None:
    return tag_names(value) if isinstance(value, list) else None


def tag_names(listed: Iterable[object]) -> tuple[str, ...]:
    """Names of system tags, from a WebDAV list that was read into texts by name."""
    names = (within(one, _TAG_NAME) for one in listed)
    return tuple(name for name in names if isinstance(name, str) and name)
