"""One answer as a cell of a spreadsheet, and back. What is written in one language is read in any of the three."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final, TypeAlias

from msgspec import UNSET, UnsetType

from wizards.content.shapes import Column
from wizards.content.text import LANGUAGES, Text
from wizards.interview.answers import Value
from wizards.mapping.cells import Cell

Given: TypeAlias = Value | UnsetType
"""An answer; UNSET where there is none yet. None is "I do not know"."""
Words: TypeAlias = Mapping[str, Text]

_LINE_ENDS: Final = re.compile("\r\n?")
_BLANKS: Final = re.compile(r"\s+")
_APART: Final = re.compile(r" ?[,;、] ?")
UNSAFE: Final = (
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""What XML cannot hold, and what would turn the order of letters on the screen: written as \\uXXXX."""
_UNSAFE: Final = re.compile(UNSAFE)
_PARTS: Final = re.compile("[,;、，；\n]")
_GROUPED: Final = re.compile(r"\d{1,3}(?:([,. '])\d{3})(?:\1\d{3})*")
_LONGEST_NAME: Final = 80
_LONGEST_SAID: Final = 600


class Misread(ValueError):
    """A cell that is no answer to its column: the kind of mistake, what stood there, and what may."""

    def __init__(self, kind: str, name: str = "", known: tuple[str, ...] = ()) -> None:
        super().__init__(kind)
        self.kind, self.name, self.known = kind, name, known


class Wording:
    """How the answers of one column are written, and read again."""

    def __init__(self, column: Column, words: Words) -> None:
        self.column = column
        self._words = words
        self._unknown = _names(words["answer.unknown"])
        self._none = _names(words["answer.none"])
        self._known: dict[str, Value] = {}
        if column.kind == "yes-no":
            for value, word in ((True, "yes"), (False, "no")):
                names = {word, word[0], str(value).casefold()} | _names(words[f"answer.{word}"])
                self._known |= dict.fromkeys(names, value)
        for option in column.options:
            self._known |= dict.fromkeys(_names(option.text) | {fold(option.id)}, option.id)

    def choices(self, lang: str) -> tuple[str, ...]:
        """The words that may stand in a cell besides free text and numbers, in the order of the question."""
        words = self._words
        texts = [option.text.to(lang) for option in self.column.options]
        if self.column.kind == "yes-no":
            texts = [words["answer.yes"].to(lang), words["answer.no"].to(lang)]
        if self.column.kind == "many":
            texts.append(words["answer.none"].to(lang))
        return (*texts, words["answer.unknown"].to(lang))

    def shown(self, value: Given, lang: str) -> str | int | None:
        """The cell for `value`; None is an empty one."""
        words, texts = self._words, {option.id: option.text for option in self.column.options}
        if value is UNSET:
            return None
        if value is None:
            return words["answer.unknown"].to(lang)
        match self.column.kind:
            case "yes-no":
                return words["answer.yes" if value else "answer.no"].to(lang)
            case "choice":
                return texts[value].to(lang)
            case "many":
                return words["sheet.between"].to(lang).join(texts[one].to(lang) for one in value) or words[
                    "answer.none"
                ].to(lang)
            case "number":
                return int(value)
            case _:
                return plain(value) or None

    def read(self, cell: Cell, lang: str) -> Given:
        """The answer that stands in `cell`; `lang` is the language in which a mistake names the choices."""
        if blank(cell):
            return UNSET
        if fold(plain(cell)) in self._unknown:
            return None
        match self.column.kind:
            case "number":
                return _number(cell)
            case "yes-no" | "choice":
                return self._one(plain(cell), lang)
            case "many":
                return self._several(plain(cell), lang)
            case _:
                return plain(cell).strip()

    def _one(self, text: str, lang: str) -> Value:
        found = self._known.get(fold(text))
        if found is None:
            raise Misread("sheet-option", _short(text), self._nameable(lang))
        return found

    def _several(self, text: str, lang: str) -> list[str]:
        """The options in `text`. Their own texts have commas too, so the longest that fits is taken each time."""
        written = [part.strip() for part in _PARTS.split(text) if part.strip()]
        parts = [fold(part) for part in written]
        if ",".join(parts) in self._none:
            return []
        found: dict[str, None] = {}
        while parts:
            fits = (n for n in range(len(parts), 0, -1) if ",".join(parts[:n]) in self._known)
            length = next(fits, 0)
            if not length:
                alone = parts[0] in self._none | self._unknown
                raise Misread("sheet-alone" if alone else "sheet-option", _short(written[0]), self._nameable(lang))
            found[self._known[",".join(parts[:length])]] = None
            del parts[:length], written[:length]
        return list(found)

    def _nameable(self, lang: str) -> tuple[str, ...]:
        """The choices that somebody may have meant."""
        return self.choices(lang)[: len(self.column.options) or 2]


def said(wording: Wording, value: Given, lang: str, words: Words) -> str:
    """An answer in a sentence, cut where it is long; an open one says so."""
    text = plain(wording.shown(value, lang)).strip()
    return _short(text, _LONGEST_SAID) if text else words["sheet.unanswered"].to(lang)


def plain(cell: Cell) -> str:
    r"""A cell as text: one kind of line end, whole numbers without a point, what cannot be shown as \uXXXX."""
    match cell:
        case None:
            return ""
        case str():
            return _UNSAFE.sub(escaped, _LINE_ENDS.sub("\n", cell))
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def escaped(found: re.Match[str]) -> str:
    r"""The character that was found as \uXXXX."""
    return f"\\u{ord(found[0]):04x}"


def even(cell: Cell) -> str:
    """A cell as text without what programs lose in saving: tabs, doubled blanks, blanks at the ends."""
    return "\n".join(" ".join(line.replace("\t", "").split()) for line in plain(cell).strip().split("\n"))


def blank(cell: Cell) -> bool:
    """Whether there is nothing to read in `cell`."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def fold(text: str) -> str:
    """`text` without what is changed in passing: case, width, blanks, the shape of commas and quotes."""
    even = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("\n", ",")
    return _APART.sub(",", _BLANKS.sub(" ", even)).strip(" ,")


def same(one: Given, other: Given) -> bool:
    """Whether two answers say the same; the order of several choices says nothing."""
    if isinstance(one, list) and isinstance(other, list):
        return set(one) == set(other)
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _names(text: Text) -> set[str]:
    return {fold(text.to(lang)) for lang in LANGUAGES}


def _number(cell: Cell) -> int:
    if isinstance(cell, str):
        text = " ".join(unicodedata.normalize("NFKC", cell).split())
        grouped = _GROUPED.fullmatch(text)
        digits = text.replace(grouped[1], "") if grouped else text
        if digits.isascii() and digits.isdigit() and len(digits) < 20:
            return int(digits)
    elif isinstance(cell, int | float) and not isinstance(cell, bool) and float(cell).is_integer():
        return int(cell)
    raise Misread("sheet-number", _short(plain(cell)))


def _short(text: str, most: int = _LONGEST_NAME) -> str:
    return text if len(text) <= most else text[:most] + "…"


def columns_of(columns: Sequence[Column], words: Words) -> dict[str, Wording]:
    """The wording of each column, by its id."""
    return {column.id: Wording(column, words) for column in columns}


def names_of(texts: Iterable[Text], *more: str) -> set[str]:
    """Every way to write one heading, folded, without its question mark."""
    said: list[Any] = [text.to(lang) for text in texts for lang in LANGUAGES]
    return {fold(name).rstrip("?") for name in (*said, *more)}
