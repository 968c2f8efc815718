"""Reads content from names and bytes into a bank, and reports every mistake with file, place and remedy."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

import msgspec
from msgspec import Struct

from wizards.content import checks
from wizards.content.bank import Bank
from wizards.content.law import LawFile, Record
from wizards.content.shapes import (
    Claim,
    Contradiction,
    Duty,
    Guide,
    Home,
    Part,
    Quick,
    Reason,
    RouteLeaf,
    RouteStep,
    Sector,
    Step,
    Topic,
    TrailNames,
)
from wizards.content.text import Text

T = TypeVar("T")


class ContentError(ValueError):
    """The content has mistakes; each line names file, place, what was expected and what to do."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


class _Steps(Struct, frozen=True, forbid_unknown_fields=True):
    steps: tuple[Step, ...]


class _Reasons(Struct, frozen=True, forbid_unknown_fields=True):
    reasons: tuple[Reason, ...]


class _Routes(Struct, frozen=True, forbid_unknown_fields=True):
    steps: tuple[RouteStep, ...]
    leaves: tuple[RouteLeaf, ...]


class _Claims(Struct, frozen=True, forbid_unknown_fields=True):
    claims: tuple[Claim, ...]


class _Parts(Struct, frozen=True, forbid_unknown_fields=True):
    parts: tuple[Part, ...]


class _Homes(Struct, frozen=True, forbid_unknown_fields=True):
    homes: tuple[Home, ...]


class _Guides(Struct, frozen=True, forbid_unknown_fields=True):
    guides: tuple[Guide, ...]


class _Contradictions(Struct, frozen=True, forbid_unknown_fields=True):
    contradictions: tuple[Contradiction, ...]


class _Open(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    find_out: Duty
    finish: Duty


class _Content(Struct, frozen=True, forbid_unknown_fields=True):
    version: str


def load(files: Mapping[str, bytes], facts: Iterable[str]) -> Bank:
    """The bank made of `files` (path below resources/ -> bytes); `facts` are the names that conditions may use.

    Raises ContentError with every mistake found, not the first alone.
    """
    mistakes: list[str] = []

    def one(path: str, shape: type[T]) -> T | None:
        if path not in files:
            mistakes.append(f"{path}: the file is missing; put it back from the last release")
            return None
        return _decode(path, files[path], shape, mistakes.append)

    def folder(name: str, shape: type[T]) -> list[tuple[str, T]]:
        paths = sorted(p for p in files if p.startswith(name + "/") and p.endswith(".toml"))
        decoded = ((p, _decode(p, files[p], shape, mistakes.append)) for p in paths)
        return [(p, value) for p, value in decoded if value is not None]

    content, steps, reasons = one("content.toml", _Content), one("steps.toml", _Steps), one("reasons.toml", _Reasons)
    claims, parts, quick = one("claims.toml", _Claims), one("exposure.toml", _Parts), one("quick.toml", Quick)
    open_, routes = one("open.toml", _Open), one("routes.toml", _Routes)
    homes, guides = one("homes.toml", _Homes), one("guides.toml", _Guides)
    contradictions, trail = one("contradictions.toml", _Contradictions), one("trail.toml", TrailNames)
    topics, law, sectors = folder("topics", Topic), folder("law", LawFile), folder("sectors", Sector)
    if not (content and steps and reasons and claims and parts and quick and open_ and routes):
        raise ContentError(mistakes)
    if not (homes and guides and contradictions and trail):
        raise ContentError(mistakes)
    rank = {step.id: place for place, step in enumerate(steps.steps)}
    records: dict[str, Record] = {}
    for path, file in law:
        for record in file.records:
            if record.id in records:
                mistakes.append(f"{path}: records ({record.id}): the id is used twice; choose another word")
            records[record.id] = record
    bank = Bank(
        version=content.version,
        steps=steps.steps,
        topics=tuple(sorted((t for _, t in topics), key=lambda t: (rank.get(t.step, 99), t.order, t.id))),
        records=records,
        reasons={reason.id: reason for reason in reasons.reasons},
        route_steps={step.id: step for step in routes.steps},
        route_leaves={leaf.id: leaf for leaf in routes.leaves},
        claims=claims.claims,
        sectors={s.id: s for _, s in sorted(sectors, key=lambda item: item[1].order)},
        quick=quick,
        parts=parts.parts,
        find_out=open_.find_out,
        finish=open_.finish,
        homes={home.id: home for home in homes.homes},
        guides={guide.id: guide for guide in guides.guides},
        contradictions=contradictions.contradictions,
        trail=trail,
    )
    mistakes += _twice("homes.toml", [home.id for home in homes.homes])
    mistakes += _twice("guides.toml", [guide.id for guide in guides.guides])
    mistakes += _twice("contradictions.toml", [one.id for one in contradictions.contradictions])
    mistakes += _named_twice(trail)
    mistakes += checks.all_mistakes(bank, {t.id: p for p, t in topics}, frozenset(facts))
    if mistakes:
        raise ContentError(mistakes)
    return bank


def _twice(path: str, ids: list[str]) -> Iterator[str]:
    for name, times in Counter(ids).items():
        if times > 1:
            yield f"{path}: ({name}): the id is used {times} times; choose another word"


def _named_twice(trail: TrailNames) -> Iterator[str]:
    for part in (trail.acts, trail.actions, trail.data, trail.channels, trail.outcomes, trail.who):
        yield from _twice("trail.toml", [name.id for name in part])


def load_words(files: Mapping[str, bytes]) -> dict[str, Text]:
    """The words of window, papers and messages: `section.key` -> Text, from files shaped as tables of texts."""
    words: dict[str, Text] = {}
    mistakes: list[str] = []
    for path in sorted(p for p in files if p.startswith("words/") and p.endswith(".toml")):
        tables = _decode(path, files[path], dict[str, dict[str, Text]], mistakes.append) or {}
        for section, entries in tables.items():
            for key, text in entries.items():
                if f"{section}.{key}" in words:
                    mistakes.append(f"{path}: [{section}] {key}: stands in two files; keep one")
                words[f"{section}.{key}"] = text
    if mistakes:
        raise ContentError(mistakes)
    return words


def _decode(path: str, raw: bytes, shape: type[T], report: Callable[[str], None]) -> T | None:
    try:
        return msgspec.convert(tomllib.loads(raw.decode()), type=shape)
    except UnicodeDecodeError as error:
        report(f"{path}: byte {error.start}: not UTF-8; save the file as UTF-8")
    except tomllib.TOMLDecodeError as error:
        report(f"{path}: {error}; check quotes, commas and brackets there")
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at ")
        report(f"{path}: {place or 'top level'}: {what}; CONTRIBUTING shows the shape of this file")
    return None
