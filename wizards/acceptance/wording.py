"""The words of the checks, as people write them in `resources/acceptance/checks.toml`: one entry a check."""

import tomllib
from collections.abc import Mapping

import msgspec
from msgspec import Struct

from wizards.acceptance.finding import Finding
from wizards.acceptance.verdict import CHECKS, Verdict
from wizards.content.text import Text


class CheckWords(Struct, frozen=True, forbid_unknown_fields=True):
    """A check: the task that it speaks to, what it may say, and what to ask of whoever keeps the log."""

    id: str
    duty: str
    title: Text
    says: Mapping[str, Text]
    remedy: Text
    settles: bool = False


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    checks: tuple[CheckWords, ...]


class Wording:
    """The words of every check; ValueError where a check has none, or words have no check."""

    def __init__(self, raw: bytes) -> None:
        read = msgspec.convert(tomllib.loads(raw.decode()), type=_File)
        self.checks = {one.id: one for one in read.checks}
        differ = sorted(self.checks.keys() ^ CHECKS.keys())
        if differ or len(self.checks) != len(read.checks):
            raise ValueError(f"acceptance/checks.toml: {differ or 'an id twice'}: each check has one entry")

    @property
    def duties(self) -> frozenset[str]:
        """The tasks to which a check speaks."""
        return frozenset(check.duty for check in self.checks.values())

    def said(self, found: Finding, lang: str) -> str:
        """What was found, as a sentence."""
        values = {"seen": str(found.seen), "of": str(found.of), **found.values}
        return self.checks[found.id].says[found.say].fill(lang, **values)

    def settled(self, verdict: Verdict) -> list[str]:
        """The tasks that an accepted sample settles: those of which every check that must pass does."""
        if not verdict.accepted:
            return []
        due: dict[str, bool] = {}
        for check in self.checks.values():
            if check.settles:
                due[check.duty] = due.get(check.duty, True) and verdict.of(check.id).status == "pass"
        return [duty for duty, passed in due.items() if passed]
