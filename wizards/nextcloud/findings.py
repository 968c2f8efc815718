"""From facts to findings: for each check one outcome, or that it could not be told. Knows no words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from wizards.nextcloud.facts import Facts, Unseen
from wizards.nextcloud.rules import STATUSES, Check, Outcome, Rules, Status

Values = Mapping[str, str | int | date]
SOON: Final = timedelta(days=60)
"""Before the end of support, an owner has to plan the step to the next version."""
CERTIFICATE_SOON: Final = timedelta(days=14)
FRESH: Final = timedelta(days=7)
"""An audit log whose last entry is older has probably stopped."""
LONGEST_LINK: Final = 14
"""Days after which a public link should end at the latest, as the plan says."""
SHORTEST_PASSWORD: Final = 10


class Case(Struct, frozen=True):
    """What a check is told: the facts, today, the rules, and the names of the tags that each tier in use may have."""

    facts: Facts
    day: date
    rules: Rules
    tier_tags: tuple[tuple[str, ...], ...] = ()


class Said(Struct, frozen=True):
    """The outcome of a check, by its id, with what fills its text."""

    outcome: str
    values: Values = {}


class Finding(Struct, frozen=True):
    """What one check found. `said` is its outcome; None where it could not be told, and `unseen` says why."""

    check: Check
    status: Status
    said: Outcome | None
    values: Values
    unseen: Unseen = Unseen("not-said")


def findings(case: Case) -> tuple[Finding, ...]:
    """One finding for each check of the rules, the most urgent first."""
    found = [_finding(case, check) for check in case.rules.checks]
    return tuple(sorted(found, key=lambda finding: STATUSES.index(finding.status)))


def proven(found: Sequence[Finding]) -> frozenset[str]:
    """The duties that this result proves done: every check that counts for them passes."""
    counted = [finding for finding in found if finding.check.proves]
    open_ = {finding.check.task for finding in counted if finding.status != "pass"}
    return frozenset(finding.check.task for finding in counted) - open_


def _finding(case: Case, check: Check) -> Finding:
    told = CHECKS[check.id](case)
    if isinstance(told, Unseen):
        return Finding(check, "unknown", None, {}, told)
    outcome = case.rules.outcome(check.id, told.outcome)
    return Finding(check, outcome.status, outcome, told.values)


# The checks ---------------------------------------------------------------------------------------------------------


def _https(case: Case) -> Said | Unseen:
    facts = case.facts
    if not facts.https:
        return Said("plain")
    until = facts.certificate_until
    if not isinstance(until, Unseen) and until is not None and until <= case.day + CERTIFICATE_SOON:
        return Said("ends-soon", {"day": until})
    return Said("own" if facts.own_authority else "public")


def _version(case: Case) -> Said | Unseen:
    major, version = case.facts.major, case.facts.version
    if isinstance(major, Unseen):
        return major
    if isinstance(version, Unseen):
        return version
    known = {release.major: release.until for release in case.rules.releases}
    until = known.get(major)
    values: Values = {"version": version, "major": major}
    if until is None:
        newest = max(known)
        if major > newest:
            return Said("newer", {**values, "newest": newest, "day": known[newest]})
        return Said("long-ended", values)
    values = {**values, "day": until}
    if case.day <= until:
        return Said("ends-soon" if case.day > until - SOON else "supported", values)
    return Said("extended" if case.facts.extended_support is True else "ended", values)


def _maintenance(case: Case) -> Said | Unseen:
    return _either(case.facts.maintenance, "on", "off")


def _upgrade(case: Case) -> Said | Unseen:
    return _either(case.facts.needs_upgrade, "pending", "none")


def _sign_in(case: Case) -> Said | Unseen:
    return _either(case.facts.app_password, "app-password", "password")


def _audit_app(case: Case) -> Said | Unseen:
    return _either(case.facts.audit_app, "on", "off")


def _audit_file(case: Case) -> Said | Unseen:
    audit = case.facts.audit
    if isinstance(audit, Unseen):
        return Said("not-given")
    if audit.entries == 0:
        return Said("strange" if audit.lines else "empty")
    if audit.first is None or audit.last is None:
        return Said("strange")
    values: Values = {"count": audit.entries, "first": audit.first, "last": audit.last}
    if audit.last < case.day - FRESH or audit.last > case.day + timedelta(days=1):
        return Said("stopped", values)
    return Said("filled", values)


def _links_open(case: Case) -> Said | Unseen:
    count = case.facts.open_links
    if isinstance(count, Unseen):
        return count
    return Said("some", {"count": count}) if count else Said("none")


def _link_password(case: Case) -> Said | Unseen:
    if case.facts.links_allowed is False:
        return Said("links-off")
    return _either(case.facts.link_password, "must", "may")


def _link_expiry(case: Case) -> Said | Unseen:
    expiry = case.facts.link_expiry
    if case.facts.links_allowed is False:
        return Said("links-off")
    if isinstance(expiry, Unseen):
        return expiry
    if not expiry.on:
        return Said("never")
    if not expiry.enforced:
        return Said("may")
    if not expiry.days:
        return Said("days-not-said")
    return Said("must" if expiry.days <= LONGEST_LINK else "long", {"days": expiry.days})


def _passwords(case: Case) -> Said | Unseen:
    rules = case.facts.passwords
    if isinstance(rules, Unseen):
        return _app_off(rules)
    good = rules.shortest >= SHORTEST_PASSWORD and rules.common_refused
    return Said("good" if good else "weak", {"length": rules.shortest, "wanted": SHORTEST_PASSWORD})


def _second_factor(case: Case) -> Said | Unseen:
    factor = case.facts.second_factor
    if isinstance(factor, Unseen):
        return factor
    if not factor.enforced:
        return Said("off")
    return Said("some" if factor.only_groups or factor.but_groups else "all")


def _attempts(case: Case) -> Said | Unseen:
    if case.facts.exempt is True:
        return Said("exempt")
    delay = case.facts.delay
    if isinstance(delay, Unseen):
        return delay
    return Said("slowed" if delay else "not-shown")


def _federation(case: Case) -> Said | Unseen:
    return _either(case.facts.federation, "on", "off")


def _versioning(case: Case) -> Said | Unseen:
    return _either(case.facts.versioning, "on", "off")


def _access_rules(case: Case) -> Said | Unseen:
    return _counted(case.facts.access_rules)


def _retention(case: Case) -> Said | Unseen:
    return _counted(case.facts.retention_rules)


def _tags(case: Case) -> Said | Unseen:
    tags = case.facts.tags
    if isinstance(tags, Unseen):
        return tags
    if not case.tier_tags:
        return Said("some", {"count": len(tags)}) if tags else Said("none")
    there = sum(any(name in tags for name in names) for names in case.tier_tags)
    values: Values = {"there": there, "wanted": len(case.tier_tags)}
    return Said("each" if there == len(case.tier_tags) else "missing", values)


def _either(fact: bool | Unseen, yes: str, no: str) -> Said | Unseen:  # noqa: FBT001  # a fact
    return fact if isinstance(fact, Unseen) else Said(yes if fact else no)


def _counted(fact: int | Unseen) -> Said | Unseen:
    if isinstance(fact, Unseen):
        return _app_off(fact)
    return Said("some", {"count": fact}) if fact else Said("none")


def _app_off(unseen: Unseen) -> Said | Unseen:
    return Said("app-off") if unseen.why == "no-app" else unseen


CHECKS: Final[Mapping[str, Callable[[Case], Said | Unseen]]] = {
    "https": _https,
    "version": _version,
    "maintenance": _maintenance,
    "upgrade": _upgrade,
    "sign-in": _sign_in,
    "audit-app": _audit_app,
    "audit-file": _audit_file,
    "links-open": _links_open,
    "link-password": _link_password,
    "link-expiry": _link_expiry,
    "passwords": _passwords,
    "second-factor": _second_factor,
    "attempts": _attempts,
    "federation": _federation,
    "versioning": _versioning,
    "access-rules": _access_rules,
    "retention": _retention,
    "tags": _tags,
}
"""By the ids of resources/nextcloud.toml."""
