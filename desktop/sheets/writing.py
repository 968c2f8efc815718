"""Writes the flows as an Excel workbook: the table, the words that may stand in it, and, hidden, what was sent.

Every text is written as a text, so nothing that somebody typed can become a formula or a link. The same sheet gives the
same bytes.
"""

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

import xlsxwriter

from wizards.interview.mistakes import MOST_ROWS
from wizards.mapping.cells import place

if TYPE_CHECKING:
    from wizards.mapping.sheet.out import Heading, Sheet

_HEAD: Final = 2
"""The line of the headings, counted from 0; title and guide stand above."""
_FONTS: Final = {"zh-Hant": "Microsoft JhengHei"}
_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_A4: Final = 9
_PAGES_WIDE: Final = 3
_LINE: Final = 15
_TALLEST: Final = 240
_GUIDE_OVER: Final = 6
_LONGEST_MESSAGE: Final = 255
_FORMULA: Final = ("=", "+", "-", "@", "\t")
_INK: Final = "#14212B"
_HEAD_GROUND: Final = "#0F6674"
_MUTED: Final = "#55646E"
_MARK_GROUND: Final = "#E1E5E7"


def xlsx(sheet: "Sheet") -> bytes:
    """The workbook's bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": sheet.title, "author": "Guia", "created": _MADE})
    looks = _Looks(book, _FONTS.get(sheet.lang, "Arial"))
    flows, lists, base = (book.add_worksheet(name) for name in (sheet.name, sheet.lists, "guia"))
    lists_at = _write_lists(lists, sheet, looks)
    _write_flows(flows, sheet, looks, lists_at)
    for line, text in enumerate(sheet.base):
        base.write_string(line, 0, text)
    base.very_hidden()
    book.close()
    return out.getvalue()


class _Looks:
    """The formats of the workbook."""

    def __init__(self, book: Any, font: str) -> None:  # noqa: ANN401  # the library ships no types
        def made(**more: Any) -> Any:  # noqa: ANN401  # the library ships no types
            return book.add_format({"font_name": font, "font_size": 11, "font_color": _INK, "valign": "top", **more})

        edge = {"border": 1, "border_color": "#C9D1D5"}
        self.title = made(bold=True, font_size=16)
        self.guide = made(font_color=_MUTED, text_wrap=True)
        self.head = made(
            bold=True, text_wrap=True, font_color="#FFFFFF", bg_color=_HEAD_GROUND, valign="vcenter", **edge
        )
        self.cell = made(text_wrap=True, **edge)
        # Excel keeps it a text also when somebody edits it
        self.quoted = made(text_wrap=True, quote_prefix=True, **edge)
        self.number = made(num_format="0", **edge)
        self.mark = made(font_size=8, font_color=_MUTED, bg_color=_MARK_GROUND, **edge)
        self.word = made()


def _write_flows(page: Any, sheet: "Sheet", looks: _Looks, lists_at: dict[int, str]) -> None:  # noqa: ANN401
    last = len(sheet.headings) - 1
    page.write_string(0, 1, sheet.title, looks.title)
    page.set_row(0, 26)
    # beside the column that is printed on every page
    page.merge_range(1, 2, 1, _GUIDE_OVER, "", looks.guide)
    page.write_string(1, 2, sheet.guide, looks.guide)
    page.set_row(1, _LINE * (sheet.guide.count("\n") + 1) + 3)
    for at, heading in enumerate(sheet.headings):
        page.set_column(at, at, heading.width)
        page.write_string(_HEAD, at, heading.text, looks.head)
    page.set_row(_HEAD, _LINE + _tall(tuple(heading.text for heading in sheet.headings), sheet.headings))
    for number, line in enumerate(sheet.lines, _HEAD + 1):
        page.set_row(number, _tall(line, sheet.headings))
        for at, cell in enumerate(line):
            _write_cell(page, (number, at), cell, looks)
    for at, heading in enumerate(sheet.headings):
        page.data_validation(_HEAD + 1, at, _HEAD + MOST_ROWS, at, _help(heading, lists_at.get(at, "")))
    page.autofilter(_HEAD, 0, _HEAD + max(len(sheet.lines), 1), last)
    page.freeze_panes(_HEAD + 1, 2)
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(0.4, 0.4, 0.5, 0.6)
    page.fit_to_pages(_PAGES_WIDE, 0)
    page.repeat_rows(_HEAD)
    page.repeat_columns(1)
    page.set_footer("&C&P / &N")
    page.hide_gridlines(2)


def _write_cell(page: Any, at: tuple[int, int], cell: str | int | None, looks: _Looks) -> None:  # noqa: ANN401
    if isinstance(cell, int):
        page.write_number(*at, cell, looks.number)
    elif cell is None:
        page.write_blank(*at, None, looks.cell)
    elif at[1] == 0:
        page.write_string(*at, cell, looks.mark)
    else:
        page.write_string(*at, cell, looks.quoted if cell.startswith(_FORMULA) else looks.cell)


def _tall(line: tuple[str | int | None, ...], headings: "tuple[Heading, ...]") -> float:
    """The height of a line in points: not every program reckons it when it opens the file."""
    lines = 1
    for cell, heading in zip(line[1:], headings[1:], strict=True):
        if isinstance(cell, str):
            lines = max(lines, sum(1 + _wide(part) // (heading.width - 2) for part in cell.split("\n")))
    return float(min(_LINE * lines + 3, _TALLEST))


def _wide(text: str) -> int:
    """How wide a text is, in letters."""
    return sum(1 + (east_asian_width(letter) in "WF") for letter in text)


def _help(heading: "Heading", listed: str) -> dict[str, object]:
    """What the program says on a cell of that column, and the words that it offers."""
    said: dict[str, object] = {"validate": "any", "input_message": heading.hint[:_LONGEST_MESSAGE]}
    if listed and heading.one_only:
        # a warning, no bar: Guia reads the other two languages as well, and names what it does not know
        said |= {"validate": "list", "source": f"={listed}", "error_type": "warning"}
    return said


def _write_lists(page: Any, sheet: "Sheet", looks: _Looks) -> dict[int, str]:  # noqa: ANN401
    """The choices of each column below its heading; where they stand. A list given in place holds 255 characters."""
    page.write_string(0, 0, sheet.lists_guide, looks.title)
    found: dict[int, str] = {}
    for at, heading in enumerate(sheet.headings):
        if not heading.choices:
            continue
        column = len(found)
        page.write_string(2, column, heading.text, looks.head)
        page.set_column(column, column, 3 + max(map(_wide, (heading.text, *heading.choices))))
        for line, word in enumerate(heading.choices, 3):
            page.write_string(line, column, word, looks.word)
        first, last = place(3, column), place(2 + len(heading.choices), column)
        letters = first.rstrip("0123456789")
        found[at] = f"'{sheet.lists}'!${letters}${first[len(letters) :]}:${letters}${last[len(letters) :]}"
    page.freeze_panes(3, 0)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(_PAGES_WIDE, 0)
    return found
