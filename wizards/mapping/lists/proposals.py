"""Makes proposed rows of a list: pasted text, one a line, or a sheet. Add-ons, approval forms, groups.

Proposes only what is not there already, under the same name but for capitals and width. Guesses what a name says for
sure, and nothing more: what is left open is asked in the row's own form.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

import msgspec
from msgspec import Struct

from wizards.interview.answers import Row, Value, named
from wizards.interview.mistakes import MOST_ROWS
from wizards.mapping.cells import Sheet, folded, text

Question: TypeAlias = Literal["plugins", "flows", "groups"]
MOST: Final = 300
"""Rows proposed from one list."""
_LONGEST: Final = 120
_FIRST_ROWS: Final = 30
_BULLET: Final = re.compile(
    r"^\s*(?:[-*+•·●○▪◦‣–—✓☑□■◆]\s*|[\(（]?\d{1,3}[.)、．）]\s*|[\(（][一二三四五六七八九十]+[\)）]\s*|[一二三四五六七八九十]+、\s*)+"
)


class _Form(Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]
    people: str
    kinds: tuple[str, ...]


class Guesses(Struct, frozen=True, forbid_unknown_fields=True):
    """The file of words: headings by question (and of a maker), DingTalk's own add-ons, and what names of forms say."""

    headings: Mapping[str, tuple[str, ...]]
    own: Mapping[str, tuple[str, ...]]
    forms: tuple[_Form, ...]


class Proposal(Struct, frozen=True):
    """A row as it would be added, without an id; `ticked` unless it is likely not wanted."""

    row: Mapping[str, Value]
    ticked: bool = True

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.row["name"])


def guesses(raw: bytes) -> Guesses:
    """The words of `resources/lists/lists.toml`."""
    return msgspec.convert(tomllib.loads(raw.decode()), type=Guesses)


def pasted(said: str) -> Sheet:
    """Pasted text as a sheet: a row a line, a cell a tab, without bullets and numbers in front."""
    rows = tuple(tuple(line.split("\t")) for line in said.splitlines())
    return Sheet("", tuple((_BULLET.sub("", row[0], count=1), *row[1:]) for row in rows))


def proposals(
    question: Question, sheets: Sequence[Sheet], there: Iterable[Row], words: Guesses
) -> tuple[Proposal, ...]:
    """The rows that the list proposes for a question, in its order, at most MOST."""
    rows = list(there)
    taken, most = {folded(named(row)) for row in rows}, min(MOST, MOST_ROWS - len(rows))
    own = {folded(name) for name in words.own.get(question, ())}
    found: list[Proposal] = []
    for name, vendor in _named(question, sheets, words):
        if len(found) >= most:
            break
        key = folded(name)
        if not key or key in taken:
            continue
        taken.add(key)
        found.append(Proposal(_row(question, name, vendor, words), ticked=key not in own))
    return tuple(found)


def _named(question: Question, sheets: Sequence[Sheet], words: Guesses) -> Iterator[tuple[str, str]]:
    """Each name of the list with its maker, where a column says it."""
    for sheet in sheets:
        if sheet.hidden:
            continue
        header, column, vendor = _columns(question, sheet, words)
        for row in range(header + 1, len(sheet.rows)):
            name = _BULLET.sub("", text(sheet.at(row, column)), count=1).strip()
            if 0 < len(name) <= _LONGEST and any(sign.isalpha() for sign in name):
                yield name, text(sheet.at(row, vendor))[:_LONGEST] if vendor is not None else ""


def _columns(question: Question, sheet: Sheet, words: Guesses) -> tuple[int, int, int | None]:
    """The row of headings (-1 where there is none), the column of names, and that of makers."""
    heads = {folded(head) for head in words.headings[question]}
    makers = {folded(head) for head in words.headings["vendor"]}
    begun = False
    for row in range(min(_FIRST_ROWS, len(sheet.rows))):
        said = [folded(text(cell)) for cell in sheet.rows[row]]
        alone, begun = begun and sum(map(bool, said)) < 2, begun or any(said)
        if alone:  # a form may be called *Approval*; a list of one column is headed by its first line alone
            continue
        column = next((place for place, head in enumerate(said) if head in heads), None)
        if column is not None:
            return row, column, next((place for place, head in enumerate(said) if head in makers), None)
    filled = [place for row in sheet.rows[:_FIRST_ROWS] for place, cell in enumerate(row) if _is_name(text(cell))]
    return -1, max(sorted(set(filled)), key=filled.count, default=0), None


def _is_name(said: str) -> bool:
    return any(sign.isalpha() for sign in said)


def _row(question: Question, name: str, vendor: str, words: Guesses) -> dict[str, Value]:
    row: dict[str, Value] = {"name": name}
    if question == "plugins" and vendor:
        row["vendor"] = vendor
    if question == "flows":
        row["channel"] = "dingtalk-approval"
        form = next((form for form in words.forms if _says(name, form.words)), None)
        if form is not None:
            row |= {"people": form.people, "kinds": list(form.kinds)}
    return row


def _says(name: str, words: Iterable[str]) -> bool:
    """Whether a name holds one of the words; a word in letters must begin one of the name's."""
    low = name.casefold()
    return any(re.search((r"\b" if word.isascii() else "") + re.escape(word.casefold()), low) for word in words)
