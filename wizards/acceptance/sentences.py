"""Sentences by which programs tell what happened, known as patterns with places: `Failed password for {who} from …`.

Patterns are content (`resources/acceptance/sentences.toml`). They are looked for from left to right without ever going
back, so that no line, however made, takes long.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

import msgspec
from msgspec import Struct

from wizards.acceptance.shapes import Outcome

PLACES: Final = frozenset({"who", "object", "source", "what", ""})
_PLACE: Final = re.compile(r"\{([a-z]*)\}")
_LONGEST: Final = 4_000
_QUOTED: Final = re.compile(r'"[^"]*"')
_KEY: Final = 4


class Sentence(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence with places; `data = false`: it touches no data, such as a sign-in."""

    text: str
    what: str
    outcome: Outcome = "success"
    data: bool = True


class _Set(Struct, frozen=True, forbid_unknown_fields=True):
    program: Literal["nextcloud", "syslog"]
    sentences: tuple[Sentence, ...]
    version: int = 0
    tested: bool = False


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    sets: tuple[_Set, ...]


class Meaning(NamedTuple):
    """What a sentence says."""

    sentence: Sentence
    said: Mapping[str, str]


class Sentences:
    """The patterns of one program."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._by_start: dict[str, list[tuple[Sentence, list[str], list[str]]]] = {}
        for sentence in sentences:
            parts = _PLACE.split(sentence.text)
            literals, places = parts[::2], parts[1::2]
            self._by_start.setdefault(literals[0][:_KEY], []).append((sentence, literals, places))
        self._starts = sorted({len(start) for start in self._by_start}, reverse=True)

    def find(self, text: str) -> Meaning | None:
        """The meaning of a sentence; None where it is not known."""
        if len(text) > _LONGEST:
            return None
        for length in self._starts:
            for sentence, literals, places in self._by_start.get(text[:length], ()):
                said = _filled(text, literals, places)
                if said is not None:
                    return Meaning(sentence, said)
        return None


def _filled(text: str, literals: list[str], places: list[str]) -> dict[str, str] | None:
    """What stands at the places; None where the text is another."""
    if not text.startswith(literals[0]):
        return None
    if not places:
        return {} if text == literals[0] else None
    said: dict[str, str] = {}
    at, last = len(literals[0]), len(literals) - 1
    for number, literal in enumerate(literals[1:], 1):
        if number == last:
            found = len(text) - len(literal)
            if found < at or not text.endswith(literal):
                return None
        else:
            found = text.find(literal, at)
            if found < 0:
                return None
        if places[number - 1]:
            said[places[number - 1]] = text[at:found]
        at = found + len(literal)
    return said


class Known(Struct, frozen=True):
    """Every set of sentences: Nextcloud's by major version, and those of programs that speak syslog."""

    nextcloud: Mapping[int, Sentences]
    tested: frozenset[int]
    syslog: Sentences

    def of_version(self, major: int) -> Sentences:
        """The sentences of that version, else of the nearest one that is known."""
        return self.nextcloud[min(self.nextcloud, key=lambda known: (abs(known - major), -known))]


def known(raw: bytes) -> Known:
    """The sentences of a file; ValueError (also msgspec's) names what is wrong in it."""
    sets = msgspec.convert(tomllib.loads(raw.decode()), type=_File).sets
    for one in sets:
        for sentence in one.sentences:
            odd = set(_PLACE.findall(sentence.text)) - PLACES
            if odd:
                raise ValueError(f"{sentence.text}: {odd} is no place; known are {sorted(PLACES)}")
    clouds = {one.version: Sentences(one.sentences) for one in sets if one.program == "nextcloud"}
    tested = frozenset(one.version for one in sets if one.program == "nextcloud" and one.tested)
    plain = tuple(sentence for one in sets if one.program == "syslog" for sentence in one.sentences)
    return Known(clouds, tested, Sentences(plain))


def bare(text: str) -> str:
    """A sentence without its quoted values."""
    return _QUOTED.sub('"…"', text)[:200]
