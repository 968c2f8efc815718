"""How a paper speaks: words by id in one language, and days, amounts and lists as that language writes them.

Asks the system for no locale, so that a paper is the same on every computer.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from desktop.reports.document import Lang, Span, Words
from wizards.content.text import Text
from wizards.trail.macao import in_macao

_LANGS: Final[dict[str, Lang]] = {"en": "en", "zh-Hant": "zh-Hant", "pt": "pt"}

LONGEST: Final = 160
"""Characters of a text that is only pointed to."""

NAME: Final = 100
"""Characters of a name that an owner typed, wherever it stands."""


class Voice(Struct, frozen=True):
    """A language and the words of it."""

    lang: Lang
    words: Mapping[str, Text]

    def say(self, word: str, **values: str) -> str:
        """The words called `section.key` with their places filled in."""
        return self.words[word].fill(self.lang, **values)

    def to(self, text: Text) -> str:
        """A text of the content."""
        return text.to(self.lang)

    def spans(self, word: str, **values: Words) -> tuple[Span, ...]:
        """As `say`, where values may be stretches with links or strong letters."""
        found: list[Span] = []
        for place, part in enumerate(self.words[word].to(self.lang).split("{")):
            name, closed, rest = part.partition("}")
            if place and closed and name in values:
                found += stretches(values[name])
                part = rest  # noqa: PLW2901  # what stands behind the place
            elif place:
                part = "{" + part  # noqa: PLW2901
            found.append(Span(part))
        return tuple(span for span in found if span.text)

    def day(self, day: date) -> str:
        """A day written out."""
        month = self.say(f"month.m{day.month}")
        return self.say("paper.date", day=str(day.day), month=month, year=str(day.year))

    def moment(self, at: str) -> str:
        """A moment in UTC as day and time by the clock of Macao, and that it is so. ValueError where it is none."""
        there = in_macao(at)
        return self.say("log-mark.moment", day=self.day(there.date()), time=there.strftime("%H:%M"))

    def number(self, value: float) -> str:
        """A number of at most one decimal, with this language's marks."""
        shown = f"{round(value, 1):,.10g}"
        whole, _, rest = shown.partition(".")
        whole = whole.replace(",", self.say("paper.thousands"))
        return f"{whole}{self.say('paper.decimal')}{rest}" if rest else whole

    def money(self, amount: int) -> str:
        """An amount in patacas."""
        return self.say("paper.mop", amount=self.number(amount))

    def listed(self, parts: Iterable[str]) -> str:
        """Parts one after the other. One longer than a line is cut: a list points to what stands whole elsewhere."""
        return self.say("paper.comma").join(cut(part, LONGEST) for part in parts)


def voice_of(lang: str, words: Mapping[str, Text]) -> Voice:
    """The voice of `lang`, one of en, zh-Hant, pt; KeyError names any other."""
    return Voice(_LANGS[lang], words)


def stretches(words: Words) -> tuple[Span, ...]:
    """Words as stretches."""
    return (Span(words),) if isinstance(words, str) else words


def joined(parts: Iterable[Words], between: str) -> tuple[Span, ...]:
    """Stretches of several parts with `between` between them."""
    found: list[Span] = []
    for part in parts:
        if found:
            found.append(Span(between))
        found += stretches(part)
    return tuple(found)


def cut(text: str, most: int) -> str:
    """`text`, or as much of it as `most` characters hold, with an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
