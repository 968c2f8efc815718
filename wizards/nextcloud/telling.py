"""What is said of a finding: its text, the remedy, and the same as JSON."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from wizards.content.text import Text
from wizards.nextcloud.findings import Finding
from wizards.nextcloud.rules import Rules

Show = Callable[[date], str]
"""Writes a day as people of the language do."""


def text(finding: Finding, rules: Rules, lang: str, show: Show) -> str:
    """What was found, or why it could not be told."""
    if finding.said is None:
        return rules.unseen[finding.unseen.why].to(lang)
    return _filled(finding.said.text, finding, lang, show)


def remedy(finding: Finding, lang: str, show: Show) -> str:
    """What to do; where it could not be told, where to look oneself; "" where all is well."""
    if finding.said is None:
        return finding.check.look.to(lang)
    return _filled(finding.said.remedy, finding, lang, show) if finding.said.remedy is not None else ""


def as_lines(  # what is said, and in which words
    server: str,
    version: str,
    found: Iterable[Finding],
    rules: Rules,
    words: Mapping[str, Text],
    lang: str,
    show: Show,
) -> list[str]:
    """The whole result as lines to read: the server, then each finding with its status, text and remedy."""
    known = version or words["nextcloud.version-unknown"].to(lang)
    lines = [words["nextcloud.server-line"].fill(lang, server=server, version=known)]
    for finding in found:
        status = words[f"nextcloud.status-{finding.status}"].to(lang)
        lines += ["", f"[{status}] {finding.check.title.to(lang)}", f"  {text(finding, rules, lang, show)}"]
        todo = remedy(finding, lang, show)
        lines += [f"  → {todo}"] if todo else []
    return lines


def as_json(finding: Finding, rules: Rules, lang: str, show: Show) -> dict[str, Any]:
    """A finding for programs; `why` is "" unless it could not be told."""
    sources = [source for source in rules.sources if source.id in finding.check.sources]
    return {
        "id": finding.check.id,
        "status": finding.status,
        "title": finding.check.title.to(lang),
        "text": text(finding, rules, lang, show),
        "remedy": remedy(finding, lang, show),
        "task": finding.check.task,
        "why": finding.unseen.why if finding.said is None else "",
        "sources": [
            {
                "id": source.id,
                "citation": source.citation.to(lang),
                "url": source.url,
                "checked": source.checked.isoformat(),
                "grade": source.grade,
            }
            for source in sources
        ],
    }


def _filled(said: Text, finding: Finding, lang: str, show: Show) -> str:
    values = {name: show(value) if isinstance(value, date) else str(value) for name, value in finding.values.items()}
    return said.fill(lang, **values)
