"""Mistakes in what comes from outside: a place, an id for the words, and values for the words. No words here."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Final

from msgspec import Struct

LONGEST_FILE: Final = 20_000_000
LONGEST_TEXT: Final = 4_000
MOST_ROWS: Final = 500
MOST_TOLD: Final = 1_000
"""Mistakes that are told one by one; of the others the number."""
_LONGEST_STEP: Final = 80
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class Mistake(Struct, frozen=True):
    """One mistake: where, which kind (word `mistake.<kind>`), and what its sentence needs.

    `name` is what stood there and `known` what may stand there; the nearest is looked for only when it is told.
    """

    place: str
    kind: str
    given: Mapping[str, str] = {}
    name: str = ""
    known: tuple[str, ...] = ()

    @property
    def values(self) -> Mapping[str, str]:
        """The values of the sentence."""
        if not self.known:
            return self.given
        return {**self.given, "nearest": nearest(self.name, self.known), "options": ", ".join(self.known)}

    @property
    def shown_place(self) -> str:
        """The place with anything that could disturb a terminal made visible."""
        return visible(self.place)


class Unreadable(ValueError):
    """A file that is refused whole: the first mistakes, and how many `more` there are."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        found = iter(mistakes)
        self.mistakes = tuple(islice(found, MOST_TOLD))
        self.more = sum(1 for _ in found)
        super().__init__(f"{len(self.mistakes) + self.more} mistakes")


def below(place: str, key: str) -> str:
    """The place of `key` in the object at `place`. A long key is cut: a place is to be read."""
    return f"{place}.{key}" if len(key) <= _LONGEST_STEP else f"{place}.{key[:_LONGEST_STEP]}…"


def visible(text: str) -> str:
    r"""`text` with control characters, direction marks and broken characters as \uXXXX: seen, never obeyed."""
    if text.isprintable():
        return text
    return "".join(json.dumps(c)[1:-1] if unicodedata.category(c) in _UNSEEN else c for c in text)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`; the first where none is like it."""
    names = list(known)
    near = get_close_matches(name[:_LONGEST_STEP], names, n=1, cutoff=0.3)
    return near[0] if near else (names[0] if names else "")
