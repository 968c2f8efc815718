"""The flows spreadsheet through LibreOffice itself: changed and saved there, it comes back equal but for the change."""

from pathlib import Path
from typing import Any, Final

from desktop.content import bank, words
from desktop.sheets import reading, writing
from tests.desktop import office
from tests.desktop.sheets import FIRST, QUESTION, at, sheet
from tests.desktop.test_sheet import NASTY
from wizards.content.samples import sample_answers
from wizards.mapping.sheet.back import back
from wizards.mapping.sheet.merge import merge, resolved

EDITS: Final = """
  flows.getCellByPosition({name[1]}, {name[0]}).String = "Changed, in LibreOffice"
  flows.getCellByPosition({volume[1]}, {volume[0]}).Value = 321
  flows.getCellByPosition({kinds[1]}, {kinds[0]}).String = "薪酬和福利；銀行帳戶和銀行卡"
  flows.Rows.removeByIndex({gone}, 1)
  flows.Rows.insertByIndex({first} + 1, 1)
  flows.getCellByPosition(1, {first} + 1).String = "=Added"
  flows.getCellByPosition(2, {first} + 1).String = "Members"
  flows.Columns.getByIndex(5).IsVisible = False
  Dim field(0) As New com.sun.star.table.TableSortField
  field(0).Field = 1
  field(0).IsAscending = False
  Dim order(1) As New com.sun.star.beans.PropertyValue
  order(0).Name = "SortFields"
  order(0).Value = field()
  order(1).Name = "ContainsHeader"
  order(1).Value = False
  flows.getCellRangeByPosition(0, {first}, {columns}, {last}).sort(order())
"""


def test_changed_and_saved_by_libreoffice_it_comes_back_equal_but_for_the_change(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [dict(one) for one in sample_answers(bank().sectors["clinic"], "en")["flows"]]
    plain = len(rows)
    rows += [
        {"id": f"nasty-{number}", "name": f"{number} {text}"[:4000], "purpose": text}
        for number, text in enumerate(NASTY)
    ]
    out = tmp_path / "flows.xlsx"
    out.write_bytes(writing.xlsx(sheet(rows)))
    edits = EDITS.format(
        name=at(0, "name"),
        volume=at(1, "volume"),
        kinds=at(2, "kinds"),
        gone=FIRST + 3,
        first=FIRST,
        columns=len(QUESTION.columns),
        last=FIRST + len(rows) - 1,
    )
    saved = {tmp_path / "saved.xlsx": office.XLSX, tmp_path / "saved.ods": office.ODS}
    office.edit(tmp_path / "office", out, edits, saved)
    wanted = [dict(one) for one in rows]
    wanted[0]["name"] = "Changed, in LibreOffice"
    wanted[1]["volume"] = 321
    wanted[2]["kinds"] = ["pay", "bank"]
    del wanted[3]
    assert plain > 3
    for file in saved:
        found = back(reading.read(file.read_bytes(), file.name), bank(), words(), "en", file.name)
        changes = merge(found.columns, found.base, rows, found.rows, found.fresh)
        assert changes.conflicts == ()
        assert found.notes == ()
        made = resolved(rows, changes)
        assert made[:-1] == wanted, file.name
        assert made[-1] == {"id": made[-1]["id"], "name": "=Added", "people": "members"}
