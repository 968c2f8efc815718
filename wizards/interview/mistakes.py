"""Mistakes in what comes from outside: a place, an id for the words, and values for the words. No words here."""

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

LONGEST_FILE: Final = 20_000_000
LONGEST_TEXT: Final = 4_000
MOST_ROWS: Final = 500


class Mistake(Struct, frozen=True):
    """One mistake: where, which kind (word `mistake.<kind>`), and what its sentence needs."""

    place: str
    kind: str
    values: Mapping[str, str] = {}

    @property
    def shown_place(self) -> str:
        """The place with anything that could disturb a terminal made visible."""
        return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in self.place)


class Unreadable(ValueError):
    """A file that is refused whole, with every mistake."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(f"{len(self.mistakes)} mistakes")
