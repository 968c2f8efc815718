"""Reading spreadsheets: what a file is, its cells, its letters, and a plain refusal of what is too large or broken."""

import contextlib
import io
import random
import time
import tracemalloc
import zipfile
from datetime import date, datetime
from typing import Any, TypeAlias

import pytest

from desktop import content
from desktop.sheets import limits
from desktop.sheets.reading import Cancelled, SheetRefused, read
from tests.desktop.rosters import (
    HEAD,
    PEOPLE,
    compound,
    csv_text,
    forged,
    ods,
    ods_rows,
    repacked,
    table,
    xls,
    xlsx,
)
from wizards.mapping.cells import Valueless

Book: TypeAlias = Any
"""XlsxWriter ships no types."""
SHEET = "xl/worksheets/sheet1.xml"


def refused(data: bytes) -> SheetRefused:
    with pytest.raises(SheetRefused) as found:
        read(data, "list.xlsx")
    said = content.words()[f"sheets.{found.value.code}"]
    for lang in ("en", "zh-Hant", "pt"):
        filled = said.fill(lang, **found.value.values)
        assert "list.xlsx" in filled
        assert "{" not in filled
    return found.value


def test_cells_are_plain_values_at_their_own_places() -> None:
    def fill(book: Book, sheet: Book) -> None:
        sheet.write(5, 3, "x")
        sheet.write(6, 4, 85366123456)
        sheet.write(7, 3, 1.5)
        sheet.write_boolean(7, 4, True)  # noqa: FBT003  # XlsxWriter's own way
        sheet.write_formula(8, 3, '="a"&"b"', None, "ab")
        sheet.write_datetime(9, 3, datetime(2024, 1, 2), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001
        sheet.write_string(9, 4, "2024/1/2")
        sheet.merge_range(10, 3, 10, 5, "merged")

    (sheet,) = read(xlsx(fill), "f")
    assert sheet.name == "通讯录"
    assert sheet.at(5, 3) == "x"
    assert [sheet.at(6, 4), sheet.at(7, 3), sheet.at(7, 4)] == [85366123456, 1.5, True]
    assert [sheet.at(8, 3), sheet.at(9, 3), sheet.at(9, 4)] == ["ab", date(2024, 1, 2), "2024/1/2"]
    assert sheet.at(0, 0) is None
    assert sheet.at(99, 99) is None
    assert sheet.merged == ((10, 3, 10, 5),)


def test_sheets_keep_their_names_and_say_that_they_are_hidden() -> None:
    def fill(book: Book, sheet: Book) -> None:
        sheet.write(0, 0, "x")
        book.get_worksheet_by_name("lists").hide()

    found = read(xlsx(fill, "members", "lists"), "f")
    assert [(sheet.name, sheet.hidden) for sheet in found] == [("members", False), ("lists", True)]


def test_xls_and_ods_are_read_like_xlsx() -> None:
    rows = [HEAD, *PEOPLE]
    wanted = [[cell or None for cell in row] for row in rows]
    cells = [(r, c, said) for r, row in enumerate(rows) for c, said in enumerate(row) if said]
    for data in (table(rows), xls(cells), ods(ods_rows(rows))):
        (sheet,) = read(data, "f")
        assert [[sheet.at(r, c) for c in range(4)] for r in range(len(rows))] == wanted


def test_the_first_bytes_decide_and_not_the_name() -> None:
    assert read(table([HEAD]), "list.csv")[0].rows[0] == HEAD
    assert read(csv_text([HEAD]).encode(), "list.xlsx")[0].rows[0] == HEAD


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"],
)
def test_simplified_text_is_read_in_each_encoding(encoding: str) -> None:
    (sheet,) = read(csv_text([HEAD, *PEOPLE]).encode(encoding), "f")
    assert [tuple(cell or "" for cell in row) for row in sheet.rows] == [HEAD, *PEOPLE]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "big5", "big5hkscs", "gb18030"])
@pytest.mark.parametrize(
    "rows",
    [
        (("姓名", "手機"), ("陳大文", "66123456"), ("黃佩珊", "")),
        (("潘鈺瑩",), ("麥穎欣",), ("歐陽嘉慧",)),
        (("Name", "Mobile"), ("何淑儀", "66112233")),
        (("請假申請",), ("報銷申請",), ("採購申請",)),
    ],
    ids=["headed", "names alone", "one name", "forms"],
)
def test_traditional_text_is_read_in_each_encoding(rows: tuple[tuple[str, ...], ...], encoding: str) -> None:
    (sheet,) = read(csv_text(rows).encode(encoding), "f")
    assert [tuple(cell or "" for cell in row) for row in sheet.rows] == [*rows]


def test_big5_with_characters_of_hong_kong_is_read() -> None:
    rows = (("姓名", "手機"), ("陳嘅", "66123456"), ("鍾𨋢", ""))
    (sheet,) = read(csv_text(rows).encode("big5hkscs"), "f")
    assert [row[0] for row in sheet.rows] == ["姓名", "陳嘅", "鍾𨋢"]


def test_portuguese_text_as_windows_writes_it_is_read() -> None:
    rows = (("Nome", "Telemóvel"), ("João Conceição", "+853 66123456"), ("Inês", ""))
    (sheet,) = read(csv_text(rows, ";").encode("cp1252"), "f")
    assert sheet.rows[1] == ("João Conceição", "+853 66123456")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_sign_between_cells_is_found(separator: str) -> None:
    (sheet,) = read(csv_text([HEAD, *PEOPLE], separator).encode(), "f")
    assert sheet.rows[0] == HEAD


def test_quoted_cells_hold_separators_and_lines() -> None:
    (sheet,) = read('姓名,备注\r\n陈,"一, 二\n三"\r\n'.encode(), "f")
    assert sheet.rows[1] == ("陈", "一, 二\n三")


# Refusals -------------------------------------------------------------------------------------------------------------


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "x")
        packed.writestr("xl/workbook.xml", "x")
        with packed.open(SHEET, "w") as part:
            for _ in range(150):
                part.write(bytes(1_000_000))
    begun = time.process_time()
    tracemalloc.start()
    assert refused(made.getvalue()).code == "unpacked-too-much"
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.process_time() - begun < 2
    assert most < 300_000_000


def test_a_bomb_of_many_ordinary_parts_is_refused() -> None:
    part = (random.Random(1).randbytes(2_000) + bytes(100_000)) * 10  # noqa: S311  # packs to a fortieth
    data = repacked(table([HEAD]), {f"xl/media/{n}": part for n in range(110)})
    assert len(data) < limits.FILE
    assert refused(data).code == "unpacked-too-large"


def test_a_forged_size_is_refused() -> None:
    assert refused(forged(table([HEAD, *PEOPLE]), SHEET)).code == "damaged"


def test_too_many_parts_are_refused() -> None:
    parts = {f"xl/media/{n}": b"" for n in range(limits.ENTRIES)}
    assert refused(repacked(table([HEAD]), parts)).code == "too-many-entries"


@pytest.mark.parametrize(
    ("cell", "code"),
    [("A200001", "too-many-rows"), ("SG1", "too-many-columns"), ("SF200000", "too-many-cells")],
)
def test_one_far_cell_is_refused_before_a_table_is_made_for_it(cell: str, code: str) -> None:
    row = "".join(sign for sign in cell if sign.isdigit())
    far = f'</row><row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
    data = table([HEAD])
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        part = opened.read(SHEET).replace(b"</row></sheetData>", far)
    assert refused(repacked(data, {SHEET: part})).code == code


def test_one_cell_repeated_over_a_whole_ods_sheet_is_refused() -> None:
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="400"><text:p>x</text:p>'
    rows = f'<table:table-row table:number-rows-repeated="190000">{cell}</table:table-cell></table:table-row>'
    assert refused(ods(rows)).code == "too-many-cells"


def test_a_far_cell_of_an_xls_is_refused() -> None:
    assert refused(xls([(0, 0, "姓名"), (60_000, 400, "x")])).code == "too-many-cells"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"%PDF-1.7 x", "other-format"),
        (b"\x89PNG\r\n\x1a\n\0\0", "other-format"),
        (b"PK\x03\x04 torn", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 torn", "damaged"),
        (b"name,mobile\nAna\0,1\n", "no-text"),
        (bytes(range(256)) * 4, "no-text"),
        (b"x" * (limits.FILE + 1), "too-large"),
        (b'name\n"' + b"x" * 40_000, "cell-too-long"),
        (b'name,mobile\n"Ana,13912345678\nRui,66123456\n', "quote-open"),
        (b"x\n" * (limits.ROWS + 1), "too-many-rows"),
        (b"," * limits.COLUMNS + b"\n", "too-many-columns"),
        (compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "locked"),
        (compound({"WordDocument": b"x"}), "other-format"),
        (xls([(0, 0, "x")], locked=True), "locked"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert refused(data).code == code


def test_an_archive_with_a_spreadsheet_in_it_is_no_spreadsheet() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("list.xlsx", table([HEAD]))
    assert refused(made.getvalue()).code == "archive"


def test_an_entry_under_a_password_is_refused() -> None:
    data = bytearray(table([HEAD]))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refused(bytes(data)).code == "locked"


def test_torn_files_are_refused_or_read_and_never_fail_otherwise(capfd: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(7)  # noqa: S311  # the same each time
    whole = [
        table([HEAD, *PEOPLE]),
        ods(ods_rows([HEAD, *PEOPLE])),
        xls([(r, c, said) for r, row in enumerate(PEOPLE) for c, said in enumerate(row) if said]),
        csv_text([HEAD, *PEOPLE]).encode("gb18030"),
    ]
    for data in whole:
        for _ in range(120):
            torn = bytearray(data)
            for _ in range(chance.randint(1, 6)):
                torn[chance.randrange(len(torn))] = chance.randrange(256)
            cut = bytes(torn[: chance.randint(1, len(torn))]) if chance.random() < 0.3 else bytes(torn)
            with contextlib.suppress(SheetRefused):
                read(cut, "f")
    assert "panicked" not in capfd.readouterr().err


# Progress -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [True, False], ids=["xlsx", "csv"])
def test_reading_tells_how_far_it_is_and_stops_when_told(*, packed: bool) -> None:
    rows = [HEAD, *((f"人{n}", f"+853-6{n:07d}", "", "x") for n in range(8_000))]
    data = table(rows) if packed else csv_text(rows).encode()
    shares: list[float] = []

    def seen(share: float) -> bool:
        shares.append(share)
        return True

    read(data, "f", seen)
    assert shares == sorted(shares)
    assert len([share for share in shares if 0.3 < share < 1]) > 5
    told: list[float] = []

    def enough(share: float) -> bool:
        told.append(share)
        return share < 0.5

    with pytest.raises(Cancelled):
        read(data, "f", enough)
    assert len([share for share in told if share >= 0.5]) == 1


def test_a_formula_without_a_result_and_an_error_are_told_from_an_empty_cell() -> None:
    def fill(_: Book, sheet: Book) -> None:
        sheet.write_row(0, 0, ("a", "b", "c", "d", "e"))
        sheet.write_formula(1, 1, '="a"&"b"', None, "ab")
        sheet.write_formula(1, 2, "=1+1", None, 7)
        sheet.write_formula(1, 3, '=IF(A1="a","","x")', None, "")
        sheet.write_formula(1, 4, "=A1/0", None, "#DIV/0!")

    made = xlsx(fill)
    torn = zipfile.ZipFile(io.BytesIO(made)).read(SHEET).replace(b"<v>7</v>", b"<v/>")
    torn = torn.replace(b'<c r="D2">', b'<c r="D2" t="str">')  # as Excel says that the result is no letters
    (sheet,) = read(repacked(made, {SHEET: torn}), "f")
    assert [isinstance(sheet.at(1, column), Valueless) for column in range(5)] == [False, False, True, False, True]
    assert sheet.at(1, 1) == "ab"
