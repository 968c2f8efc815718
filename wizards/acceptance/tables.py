"""A spreadsheet or a list of cells as events: finds the headings and reads the rows below by their columns."""

from collections.abc import Iterator, Sequence
from typing import Final

from wizards.acceptance import times
from wizards.acceptance.reader import Reader, Said
from wizards.acceptance.shapes import Event, NotALog, Sample
from wizards.acceptance.vocabulary import Role, given
from wizards.mapping.cells import Sheet, Valueless, text

_LOOKED_AT: Final = 30
"""Rows among which the headings are looked for: exports put a title and a filter above them."""
_TOLD: Final = 200
"""Rows by which a column of dates is understood."""


def sample(sheets: Sequence[Sheet], reader: Reader) -> Sample:
    """The sample in these sheets; NotALog where no sheet has a table of what was done."""
    events: list[Event] = []
    unread: list[int] = []
    lines, sure, dingtalk = 0, True, False
    for sheet in sheets:
        found = None if sheet.hidden else _headings(sheet, reader)
        if found is None:
            continue
        header, columns = found
        dingtalk = dingtalk or _names_dingtalk(sheet, header, reader)
        order = (
            times.day_first(text(sheet.at(row, columns["when"])) for row in _rows(sheet, header))
            if ("when" in columns)
            else True
        )
        sure = sure and order is not None
        for row in range(header + 1, len(sheet.rows)):
            if not any(cell is not None for cell in sheet.rows[row]):
                continue
            lines += 1
            said = _said(sheet, row, columns)
            if not said.keys() & {"when", "who", "what", "detail"}:
                unread.append(row + 1)
                continue
            event = reader.event(row + 1, said, day_first=order is not False)
            torn = any(isinstance(value, Valueless) for value in said.values())
            events.append(event._replace(torn=torn, mark=hash(sheet.rows[row])))
    if not events:
        raise NotALog("no-table")
    seal, broken = reader.seal()
    return Sample(
        "dingtalk" if dingtalk else "table",
        tuple(events),
        lines,
        tuple(unread),
        seal=seal,
        broken_at=broken,
        day_first=sure,
    )


def _rows(sheet: Sheet, header: int) -> range:
    return range(header + 1, min(len(sheet.rows), header + 1 + _TOLD))


def _headings(sheet: Sheet, reader: Reader) -> tuple[int, dict[Role, int]] | None:
    """The row that says most of what a log has, and its columns; None where none says when, or who and what."""
    best: tuple[int, dict[Role, int]] = (0, {})
    for number, row in enumerate(sheet.rows[:_LOOKED_AT]):
        columns: dict[Role, int] = {}
        for column, cell in enumerate(row):
            role = reader.words.role(cell) if isinstance(cell, str) else None
            if role is not None and role not in columns:
                columns[role] = column
        if len(columns) > len(best[1]):
            best = number, columns
    deeds = best[1].keys() & {"who", "what", "detail", "source"}
    timed = bool(best[1].keys() & {"when", "received"})
    return best if deeds and (timed or len(best[1]) >= 3) else None


def _said(sheet: Sheet, row: int, columns: dict[Role, int]) -> Said:
    return {
        role: cell for role, column in columns.items() if (cell := sheet.at(row, column)) is not None and given(cell)
    }


def _names_dingtalk(sheet: Sheet, header: int, reader: Reader) -> bool:
    """Whether the name of the sheet, what stands above the headings or the headings themselves name DingTalk."""
    return any(map(reader.words.is_dingtalk, (sheet.name, *_above(sheet, header))))


def _above(sheet: Sheet, header: int) -> Iterator[str]:
    for row in sheet.rows[: header + 1]:
        yield from (cell for cell in row if isinstance(cell, str))
