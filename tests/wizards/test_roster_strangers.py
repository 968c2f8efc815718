"""Counting member lists as strangers keep them: other headings, other signs, lines that are no members."""

import pytest

from tests.wizards.test_roster import HEAD, counted, kinds, remarks, sheet
from wizards.mapping.cells import Valueless
from wizards.mapping.lists.dialling import Kind, kind_of


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("+853 66123456 ext 12", "+853"),
        ("+86-13912345678 转 801", "+86"),
        ("28123456 x12", "unknown"),
        ("١٣٩١٢٣٤٥٦٧٨", "+86"),
        ("+٨٥٣ ٦٦١٢٣٤٥٦", "+853"),
    ],
)
def test_extensions_and_digits_of_other_scripts(cell: str, kind: Kind) -> None:
    assert kind_of(cell)[0] == kind


def test_headings_in_two_rows_are_read_where_the_file_knows_no_merged_cells() -> None:
    rows = (("姓名", "联系方式", None, "部门"), (None, "手机号", "邮箱", None), ("Ana", None, "ana@firma.mo", "x"))
    found = counted(sheet((*rows, ("何敏", "+853 66123456", None, "x"))))
    assert kinds(found) == {"+853": 1, "email": 1}
    assert found.rows == 2


def test_of_two_columns_of_numbers_each_is_looked_at() -> None:
    head = ("姓名", "手机号(内地)", "手机号(澳门)")
    found = counted(sheet((head, ("a", "13912345678", None), ("b", None, "+853 66123456"), ("c", None, "66123456"))))
    assert kinds(found) == {"+86": 1, "+853": 1, "unknown": 1}
    assert remarks(found) == [("C4", "eight-digits")]


@pytest.mark.parametrize(
    "foot",
    [
        ("制表人：李四", "电话 13911112222"),
        ("Prepared by: HR", "+853 28123456"),
        ("Prepared by HR on 2026-11-01",),
        ("As of 1 November 2026",),
        ("Department: Kitchen",),
    ],
)
def test_what_stands_under_a_list_is_no_member(foot: tuple[str, ...]) -> None:
    assert counted(sheet((HEAD, ("陈大文", "+853 66123456"), foot))).rows == 1


def test_a_column_called_contact_holds_numbers() -> None:
    assert kinds(counted(sheet((("Employee", "Contact"), ("Ana", "+853 66123456"))))) == {"+853": 1}


def test_a_number_that_no_program_worked_out_is_not_clear_even_beside_an_address() -> None:
    lost = Valueless("#")
    rows = (HEAD, ("Ana", lost, "ana@firma.mo"), ("何敏", "+853 66123456"), (None, lost), ("合计", lost))
    found = counted(sheet(rows))
    assert kinds(found) == {"unknown": 1, "+853": 1}
    assert remarks(found) == [("B2", "no-value")]


def test_another_number_counts_only_where_there_is_no_mobile() -> None:
    head = ("Name", "Mobile", "Phone", "Email")
    found = counted(sheet((head, ("a", "66123456", "+853 28123456", "a@firma.mo"), ("b", None, "+853 28123456"))))
    assert kinds(found) == {"unknown": 1, "+853": 1}
    assert remarks(found) == [("B2", "eight-digits")]
