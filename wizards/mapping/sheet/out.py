"""The flows as a spreadsheet goes out: what stands in which cell, and what was sent, for the comparison on return.

Says nothing of file formats; whoever writes the file is handed a Sheet.
"""

import json
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from msgspec import UNSET, Struct

from wizards.content.shapes import Question
from wizards.interview.answers import Row
from wizards.interview.reading import SCHEMA
from wizards.mapping.sheet.wording import UNSAFE, Words, columns_of, escaped

BASE: Final = "guia.flows/1"
"""The first cell of the sheet that holds what was sent."""
_CHUNK: Final = 16_000
"""Characters in a cell; Excel holds 32,767 and counts some of them twice."""
_DELICATE: Final = re.compile(rf"{UNSAFE}|[_\s]")
_WIDTHS: Final = {"text": 30, "many": 38, "choice": 26, "number": 14, "yes-no": 16, "date": 14}


class Heading(Struct, frozen=True):
    """One column: its heading, what its cells are about, its width in letters, the words that may stand in it."""

    text: str
    hint: str
    width: int
    choices: tuple[str, ...] = ()
    one_only: bool = False


class Sheet(Struct, frozen=True):
    """All that is written. The first heading is the row's own id; `lines` have a cell for each heading.

    `lists` is the name of the sheet with the choices, `base` the cells of the hidden one.
    """

    name: str
    title: str
    guide: str
    headings: tuple[Heading, ...]
    lines: tuple[tuple[str | int | None, ...], ...]
    lists: str
    lists_guide: str
    base: tuple[str, ...]
    lang: str


def sheet_of(question: Question, rows: Sequence[Row], lang: str, words: Words) -> Sheet:
    """The spreadsheet of the rows of `question`, in `lang`."""
    wordings = columns_of(question.columns, words)
    headings = [Heading(words["sheet.id"].to(lang), words["sheet.id-hint"].to(lang), 6)]
    for column in question.columns:
        hint = column.hint.to(lang) if column.hint else ""
        if column.kind == "many":
            hint = f"{hint}\n{words['sheet.many-hint'].to(lang)}"
        choices = wordings[column.id].choices(lang) if column.kind in {"choice", "yes-no", "many"} else ()
        heading = column.text.to(lang).rstrip("?？")
        headings.append(Heading(heading, hint, _WIDTHS[column.kind], choices, one_only=column.kind != "many"))
    lines = [
        (str(row["id"]), *(wordings[c.id].shown(row.get(c.id, UNSET), lang) for c in question.columns)) for row in rows
    ]
    return Sheet(
        name=words["sheet.name"].to(lang),
        title=words["sheet.title"].to(lang),
        guide=words["sheet.guide"].to(lang),
        headings=tuple(headings),
        lines=tuple(lines),
        lists=words["sheet.lists"].to(lang),
        lists_guide=words["sheet.lists-guide"].to(lang),
        base=_base(question.id, rows, lang),
        lang=lang,
    )


def _base(question: str, rows: Sequence[Row], lang: str) -> tuple[str, ...]:
    """What was sent, in cells: the mark, the language, the digest, and an answers file as canonical JSON in pieces.

    Without blanks and underscores: no program that saves the file may find anything in it to trim or to unescape.
    """
    document = {"schema": SCHEMA, "answers": {question: [dict(row) for row in rows]}}
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    text = _DELICATE.sub(escaped, text)
    pieces = [text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK)]
    return (BASE, lang, digest(text), *pieces)


def digest(text: str) -> str:
    """The mark by which a base is known to be whole, and by which a sheet is known again."""
    return sha256(text.encode()).hexdigest()
