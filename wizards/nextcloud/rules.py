"""The shape of resources/nextcloud.toml: what is checked, how each outcome counts, and what is said of it."""

import tomllib
from datetime import date
from typing import Final, Literal

import msgspec

from wizards.content.law import Grade
from wizards.content.loader import ContentError
from wizards.content.shapes import Shape
from wizards.content.text import Text
from wizards.nextcloud.facts import Why

Status = Literal["fail", "warn", "unknown", "pass"]
STATUSES: Final[tuple[Status, ...]] = ("fail", "warn", "unknown", "pass")
"""In the order in which an owner should read them."""


class Source(Shape, frozen=True, kw_only=True):
    """Where something about Nextcloud stands, when it was read, and how sure it is."""

    id: str
    citation: Text
    url: str
    checked: date
    grade: Grade


class Release(Shape, frozen=True, kw_only=True):
    """A major version and the last day on which its maker supports it."""

    major: int
    until: date


class Outcome(Shape, frozen=True, kw_only=True):
    """What a check may find, how it counts, and what to do about it."""

    id: str
    status: Status
    text: Text
    remedy: Text | None = None


class Check(Shape, frozen=True, kw_only=True):
    """One check. `look` says where to see it oneself; `task` is the duty it belongs to.

    `proves`: the duty is done where this check, and every other of it with this mark, passes.
    """

    id: str
    title: Text
    task: str = ""
    proves: bool = False
    look: Text
    sources: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...]


class Rules(Shape, frozen=True, kw_only=True):
    """The whole file. `unseen` is what is said of a fact that could not be told, by its reason."""

    releases: tuple[Release, ...]
    sources: tuple[Source, ...]
    unseen: dict[Why, Text]
    checks: tuple[Check, ...]

    def outcome(self, check: str, outcome: str) -> Outcome:
        """One outcome of one check; LookupError where the file has none of that name."""
        found = next((o for c in self.checks if c.id == check for o in c.outcomes if o.id == outcome), None)
        if found is None:
            raise LookupError(f"{check}: {outcome}")
        return found


def read(raw: bytes) -> Rules:
    """The rules in a file; ContentError says where it does not have their shape."""
    try:
        rules = msgspec.convert(tomllib.loads(raw.decode()), type=Rules)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ContentError([f"nextcloud.toml: {error}"]) from error
    known = {source.id for source in rules.sources}
    missing = [f"nextcloud.toml: ({c.id}): no source ({s})" for c in rules.checks for s in c.sources if s not in known]
    if missing:
        raise ContentError(missing)
    return rules
