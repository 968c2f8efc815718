"""Law records: what a source says, since when, how sure we are, and when it was last checked."""

from datetime import date
from typing import Final, Literal

from msgspec import field

from wizards.content.shapes import Shape
from wizards.content.text import Text

Grade = Literal["S", "A", "S~", "L", "N", "R", "inference", "U", "ARTICLE"]
"""S statute text, A the authority's page, S~ statute partly read, L law firm or publisher, N news, R third-party note,
inference drawn from the facts, U unconfirmed, ARTICLE claimed only by the article that started the project."""

GRADES: Final[tuple[Grade, ...]] = ("S", "A", "S~", "L", "N", "R", "inference", "U", "ARTICLE")


class Version(Shape, frozen=True, kw_only=True):
    """What the record says from a day on. Appended, never edited. `values` are its figures and lists."""

    from_: date = field(name="from")
    until: date | None = None
    text: Text
    values: dict[str, int | str | list[str]] = field(default_factory=dict)


class Record(Shape, frozen=True, kw_only=True):
    """One statement of law with where it stands.

    `section` is the place in the project's legal facts; `article` the number in Law 8/2005 or "" for another source.
    """

    id: str
    section: str
    citation: Text
    article: str = ""
    url: str
    checked: date
    grades: tuple[Grade, ...]
    versions: tuple[Version, ...]

    @property
    def grade(self) -> Grade:
        """The weakest of its grades."""
        return max(self.grades, key=GRADES.index)

    def in_force(self, day: date) -> bool:
        """Whether some version holds on `day`."""
        return any(v.from_ <= day and (v.until is None or day <= v.until) for v in self.versions)

    def on(self, day: date) -> Version:
        """The version in force on `day`; LookupError where there is none, never the nearest."""
        for version in reversed(self.versions):
            if version.from_ <= day and (version.until is None or day <= version.until):
                return version
        raise LookupError(f"{self.id}: no version in force on {day}")


class LawFile(Shape, frozen=True, kw_only=True):
    """A file of law records about one subject."""

    records: tuple[Record, ...]
