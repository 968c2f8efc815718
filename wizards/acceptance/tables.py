"""A spreadsheet or a list of cells as events: finds the headings and reads the rows below by their columns."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import structs

from wizards.acceptance import times
from wizards.acceptance.reader import Reader, Said
from wizards.acceptance.shapes import Event, NotALog, Sample
from wizards.acceptance.vocabulary import Role, given
from wizards.mapping.cells import Cell, Sheet, Valueless, text

_LOOKED_AT: Final = 30
"""Rows among which the headings are looked for: exports put a title and a filter above them."""
_TOLD: Final = 200
"""Rows by which a column of dates is understood."""


def sample(sheets: Sequence[Sheet], reader: Reader) -> Sample:
    """The sample in these sheets; NotALog where no sheet has a table of what was done."""
    events: list[Event] = []
    unread: list[int] = []
    lines, sure, dingtalk = 0, True, False
    for one in sheets:
        found = None if one.hidden else _headings(one, reader)
        if found is None:
            continue
        header, columns, clock = found
        sheet = _unmerged(one if clock is None else _timed(one, header, columns["when"], clock), header, columns)
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
            events.append(event._replace(torn=torn, mark=hash(tuple(sheet.rows[row]))))
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


def _headings(sheet: Sheet, reader: Reader) -> tuple[int, dict[Role, int], int | None] | None:
    """The row that says most of what a log has, its columns, and the column of a clock that stands beside the day's.

    None where no row says when, or who and what.
    """
    best: tuple[int, dict[Role, int], int | None] = (0, {}, None)
    for number, row in enumerate(sheet.rows[:_LOOKED_AT]):
        columns: dict[Role, int] = {}
        clock: int | None = None
        for column, cell in enumerate(row):
            role = reader.words.role(cell) if isinstance(cell, str) else None
            if role is not None and role not in columns:
                columns[role] = column
            elif role == "when" and clock is None:
                clock = column
        if len(columns) > len(best[1]):
            best = number, columns, clock
    deeds = best[1].keys() & {"who", "what", "detail", "source"}
    timed = bool(best[1].keys() & {"when", "received"})
    return best if deeds and (timed or len(best[1]) >= 3) else None


def _timed(sheet: Sheet, header: int, first: int, second: int) -> Sheet:
    """The sheet with day and clock, which stand in two columns, joined in the first; whole times stay as they are."""
    rows: list[Sequence[Cell]] = list(sheet.rows[: header + 1])
    for number in range(header + 1, len(sheet.rows)):
        row, one, other = list(sheet.rows[number]), sheet.at(number, first), sheet.at(number, second)
        joined = times.joined(one, other) or times.joined(other, one)
        if joined:
            row += [None] * (first + 1 - len(row))
            row[first] = joined
        rows.append(row if joined else sheet.rows[number])
    return structs.replace(sheet, rows=rows)


def _unmerged(sheet: Sheet, header: int, columns: dict[Role, int]) -> Sheet:
    """The sheet with what a merged cell says in each of its rows; exports merge the cells of one person's deeds."""
    wanted = set(columns.values())
    spans = [(top, left, bottom) for top, left, bottom, _ in sheet.merged if top > header and left in wanted]
    if not spans:
        return sheet
    rows = [list(row) for row in sheet.rows]
    for top, left, bottom in spans:
        for number in range(top + 1, min(bottom + 1, len(rows))):
            row = rows[number]
            if any(cell is not None for cell in row):
                row += [None] * (left + 1 - len(row))
                row[left] = sheet.at(top, left) if row[left] is None else row[left]
    return structs.replace(sheet, rows=rows)


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
