"""Counting a member list: where the table is, who is a member, and what kind of account each has."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import content
from wizards.mapping.cells import Cell, Sheet, place
from wizards.mapping.lists import groups, roster, table
from wizards.mapping.lists.dialling import KINDS, Kind, kind_of

WORDS = content.vocabulary()
Rows = Sequence[Sequence[Cell]]
HEAD = ("姓名", "手机号", "邮箱", "部门")


def sheet(rows: Rows, name: str = "S", merged: tuple[tuple[int, int, int, int], ...] = ()) -> Sheet:
    return Sheet(name, rows, merged)


def counted(*sheets: Sheet) -> roster.Count:
    return roster.count(sheets, roster.layouts(sheets, WORDS), WORDS)


def kinds(found: roster.Count) -> dict[Kind, int]:
    return {kind: number for kind, number in found.accounts.items() if number}


def remarks(found: roster.Count) -> list[tuple[str, str]]:
    return [(note.cell, note.about) for note in found.notes]


# Numbers --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("+853 6612 3456", "+853"),
        ("+853-66123456", "+853"),
        ("(+853) 6612-3456", "+853"),
        ("(853)66123456", "+853"),
        ("00853 66123456", "+853"),
        ("853-66123456", "+853"),
        ("85366123456", "+853"),
        (85366123456, "+853"),
        (85366123456.0, "+853"),
        ("85366123456.0", "+853"),
        ("8.5366123456E+10", "+853"),
        ("＋８５３　６６１２３４５６", "+853"),
        ("'+85366123456", "+853"),
        ("\u202a+85366123456\u202c", "+853"),
        ("Tel: +853 66123456", "+853"),
        ("+85291234567", "+852"),
        ("852 9123 4567", "+852"),
        ("13800138000", "+86"),
        ("138-0013-8000", "+86"),
        ("138****8000", "+86"),
        ("8613800138000", "+86"),
        ("86 138 0013 8000", "+86"),
        ("+86 138 0013 8000", "+86"),
        ("0086-13800138000", "+86"),
        ("+86-10-62512345", "+86"),
        ("+86 (0755) 8601 2345", "+86"),
        ("+00853 66123456", "+853"),
        (13800138000.0, "+86"),
        ("+351 912 345 678", "other"),
        ("351-912345678", "other"),
        ("+1 212 555 0123", "other"),
        ("00886912345678", "other"),
        ("+65 8123 4567", "other"),
        ("66123456", "unknown"),
        ("6612 3456", "unknown"),
        (66123456, "unknown"),
        ("28123456", "unknown"),
        ("+853 6612345", "unknown"),
        ("+853 661234567", "unknown"),
        ("+999 12345678", "unknown"),
        ("912345678", "unknown"),
        ("01062512345", "unknown"),
        ("0351-912345678", "unknown"),
        ("8675586012345", "unknown"),
        ("8.5366E+10", "unknown"),
        ("8.53661234E+10", "unknown"),
        ("", None),
        (None, None),
        ("无", None),
        ("-", None),
        (True, None),
        (date(2024, 1, 2), None),
        (0, None),
    ],
)
def test_the_kind_of_a_number(cell: Cell, kind: Kind | None) -> None:
    assert kind_of(cell)[0] == kind


@pytest.mark.parametrize("cell", ["66123456 / +853 66123456", "+853 66123456、13800138000", "85366123456 13800138000"])
def test_of_several_numbers_the_first_clear_one_counts_and_it_is_said(cell: str) -> None:
    assert kind_of(cell) == ("+853", "several")


def test_a_dialling_code_may_stand_in_a_column_of_its_own() -> None:
    rows: Rows = [("Name", "Country code", "Mobile"), ("Ana", "+853", "66123456"), ("Li", 86, "13912345678"), ("Bo",)]
    assert kinds(counted(sheet(rows))) == {"+853": 1, "+86": 1, "unknown": 1}
    rows = [("Name", "Country code", "Mobile"), ("Ana", "+853", "8531 2345"), ("Rui", "+853", "853 8531 2345")]
    assert kinds(counted(sheet(rows))) == {"+853": 2}
    rows = [("姓名", "手机号国家码", "手机号"), ("陈", "+86", "13912345678"), ("何", "+853", "66123456")]
    assert kinds(counted(sheet(rows))) == {"+853": 1, "+86": 1}


# Tables ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        ("姓名", "手机号码", "邮箱", "部门"),
        ("姓名（必填）", "手机号（必填，含区号）", "企业邮箱", "所属部门"),
        ("*姓名", "登录手机号", "电子邮箱", "主部门"),
        ("員工姓名", "手提電話", "電郵", "部門"),
        ("姓 名", "流動電話號碼", "電郵地址", "部門"),
        ("Full name", "Mobile Phone No.", "E-mail", "Department"),
        ("NAME", "ＭＯＢＩＬＥ", "EMAIL", "Dept"),
        ("Nome", "N.º de telemóvel", "Endereço de e-mail", "Departamento"),
    ],
)
def test_headings_of_each_script_are_known(head: tuple[str, ...]) -> None:
    rows = [head, ("Ana", "+853 66123456", "", "x"), ("Li", "13912345678", "", "x"), ("Bo", "", "bo@x.mo", "x")]
    assert kinds(counted(sheet(rows))) == {"+853": 1, "+86": 1, "email": 1}


def test_title_instructions_samples_sums_and_headings_again_are_no_people() -> None:
    rows: Rows = [
        ("某某公司通讯录", None, None, None),
        (),
        ("填写说明：1. 手机号必填，境外号码格式 +853-66123456", None, None, None),
        HEAD,
        ("必填", "必填，如 +85366123456", "选填，如 a@b.com", "必填"),
        ("张三", "13800138000", "zhangsan@example.com", "销售部"),
        ("示例：李四", "+86-13912345678", None, "销售部"),
        (None, None, None, None),
        ("陈大文", "+853-66123456", None, "前台"),
        ("前台", None, None, None),
        HEAD,
        ("李小明", "13912345678", None, "仓库"),
        ("合计：2", None, None, None),
        ("Total", "2", None, None),
        ("导出时间：2026-11-20", None, None, None),
    ]
    found = counted(sheet(rows, merged=((0, 0, 0, 3), (9, 0, 9, 3))))
    assert kinds(found) == {"+853": 1, "+86": 1}
    assert found.rows == 2
    assert remarks(found) == [("A6", "sample"), ("A7", "sample")]


def test_a_real_member_called_like_the_example_counts() -> None:
    rows = [
        HEAD,
        ("张三", "+853 66123456", "", "x"),
        ("李四", "13912399999", "", "x"),
        ("Lei Kun", "13800138000", "", "x"),
        ("王五", "13800138000", "", "x"),
    ]
    assert counted(sheet(rows)).rows == 4


@pytest.mark.parametrize(
    "row",
    [
        ("张三", "13800138000", "", "x"),
        ("张三（示例）", "+853 66998877", "", "x"),
        ("例：陈大文", "+853 66998877", "", "x"),
        ("示例1", "13912345678", "", "x"),
        ("Sample Person", "+853 66998877", "", "x"),
        ("John Doe", "", "john@example.com", "x"),
        ("陈大文", "13912345678", "", "x", "示例，导入前请删除"),
        ("Ana", "+853 66998877", "", "x", "(sample)"),
    ],
)
def test_the_example_of_a_template_is_named_and_not_counted(row: tuple[str, ...]) -> None:
    found = counted(sheet([(*HEAD, "备注"), row, ("李明", "13988887777", "", "x")]))
    assert kinds(found) == {"+86": 1}
    assert remarks(found) == [("A2", "sample")]


def test_a_department_called_sample_holds_people() -> None:
    rows = [("Name", "Mobile", "Department"), ("Ana", "+853 66123456", "Sample")]
    assert counted(sheet(rows)).rows == 1


def test_headings_in_two_rows_with_merged_cells_are_read() -> None:
    rows: Rows = [
        ("2026 年名單", None, None, None),
        ("姓名", "聯絡資料", None, "部門"),
        (None, "手機", "電郵", None),
        ("陳大文", "+85366123456", None, "前台"),
        ("Ana", None, "a@x.mo", "前台"),
    ]
    found = counted(sheet(rows, merged=((0, 0, 0, 3), (1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 2, 3))))
    assert kinds(found) == {"+853": 1, "email": 1}


def test_blank_columns_custom_columns_and_other_peoples_numbers_do_not_mislead() -> None:
    head = ("", "紧急联系人电话", "姓名", "", "分机号", "手机", "直属主管", "自定义：球衣号码", "是否部门主管")
    rows = [head, ("", "+85366000000", "陈", "", "8001", "13912345678", "+85366111111", "10", "否")]
    assert kinds(counted(sheet(rows))) == {"+86": 1}


def test_the_headings_may_stand_far_down() -> None:
    rows: list[Sequence[Cell]] = [("说明", None)] * 25
    rows += [("Name", "Mobile"), ("Ana", "+85366123456")]
    assert counted(sheet(rows)).rows == 1


def test_each_doubt_names_its_sheet_and_cell() -> None:
    rows = [HEAD, ("何", "66123456", "h@x.mo", "x"), ("Wu", "", "", "x"), ("Li", "+853 123", "", "x")]
    found = counted(sheet(rows, "名單"))
    assert kinds(found) == {"unknown": 3}
    assert remarks(found) == [("B2", "eight-digits"), ("B3", "nothing"), ("B4", "wrong-length")]
    assert {note.sheet for note in found.notes} == {"名單"}


def test_the_shape_of_the_contract() -> None:
    found = roster.as_json(counted(sheet([HEAD, ("何", "66123456", "", "x")])), lambda about, _: about)
    assert found == {
        "accounts": {"+853": 0, "+852": 0, "+86": 0, "other": 0, "email": 0, "unknown": 1},
        "rows": 1,
        "notes": [{"sheet": "S", "cell": "B2", "text": "eight-digits"}],
    }
    assert list(KINDS) == ["+853", "+852", "+86", "other", "email", "unknown"]


def test_one_member_of_several_departments_counts_once_by_the_user_id_alone() -> None:
    head = ("员工UserID", "姓名", "手机号", "部门")
    rows = [
        head,
        ("u1", "陈", "13912345678", "前台"),
        ("u1", "陈", "13912345678", "仓库"),
        ("u2", "陈", "13912345678", "x"),
    ]
    found = counted(sheet(rows))
    assert kinds(found) == {"+86": 2}
    assert remarks(found) == [("C3", "twice")]


def test_without_user_ids_each_row_counts() -> None:
    rows = [HEAD, ("陈", "13912345678", "", "前台"), ("陈", "13912345678", "", "仓库")]
    assert counted(sheet(rows)).rows == 2


def test_all_sheets_with_members_count_but_not_those_who_left_nor_hidden_ones() -> None:
    one, two = [HEAD, ("陈", "13912345678", "", "x")], [HEAD, ("Ana", "+85366123456", "", "x")]
    found = counted(sheet(one, "前台"), sheet(two, "仓库"), sheet(two, "离职员工"), Sheet("h", two, hidden=True))
    assert kinds(found) == {"+853": 1, "+86": 1}
    assert [(note.sheet, note.about) for note in found.notes if note.about == "sheet-not-counted"]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("Item", "Price"), ("Tea", 12)],
        [("Name", "Price"), ("Tea", 12)],
        [("Report of 2026",), ("Nothing here",)],
        [("电话",), ("请致电前台",)],
    ],
)
def test_what_is_no_table_of_people_is_refused(rows: Rows) -> None:
    with pytest.raises(roster.NoPeople):
        roster.layouts((sheet(rows),), WORDS)


def test_the_owner_corrects_a_column_and_the_count_follows() -> None:
    rows = [("姓名", "手机", "备用"), ("陈", "", "+85366123456"), ("Ana", "", "13912345678")]
    (found,) = roster.layouts((sheet(rows),), WORDS)
    assert kinds(roster.count((sheet(rows),), (found,), WORDS)) == {"unknown": 2}
    mended = found.given("mobile", 2)
    assert kinds(roster.count((sheet(rows),), (mended,), WORDS)) == {"+853": 1, "+86": 1}
    assert kinds(roster.count((sheet(rows),), (mended.given("mobile", None),), WORDS)) == {"unknown": 2}


def test_another_row_of_headings_can_be_chosen() -> None:
    rows = [("Name", "Mobile"), ("Nome", "Telemóvel"), ("Ana", "+85366123456")]
    chosen = table.on_row(sheet(rows), 0, 1, WORDS)
    assert roster.count((sheet(rows),), (chosen,), WORDS).rows == 1


def test_columns_are_called_as_spreadsheets_call_them() -> None:
    assert [place(0, column) for column in (0, 25, 26, 701, 702)] == ["A1", "Z1", "AA1", "ZZ1", "AAA1"]


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True, allow_infinity=True),
    st.dates(),
    st.text(max_size=12),
    st.sampled_from(
        [*HEAD, "Name", "Mobile", "UserID", "示例", "合计", "必填", "+853 66123456", "13912345678", "a@b.mo"]
    ),
    st.from_regex(r"\+?[0-9]{4,14}", fullmatch=True),
)
MERGED = st.lists(st.tuples(*[st.integers(0, 8)] * 4), max_size=3).map(tuple)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=12), MERGED)
def test_counts_always_add_up_and_nothing_fails(
    rows: list[list[Cell]], merged: tuple[tuple[int, int, int, int], ...]
) -> None:
    made = sheet(rows, merged=tuple((min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in merged))
    try:
        tables = roster.layouts((made,), WORDS)
    except roster.NoPeople:
        return
    found = roster.count((made,), tables, WORDS)
    assert sum(found.accounts.values()) == found.rows <= len(rows)
    assert list(found.accounts) == list(KINDS)


# Groups ---------------------------------------------------------------------------------------------------------------

PEOPLE = sheet(
    [HEAD, ("陈大文", "+853-66123456", "", "x"), ("李明", "13912345678", "", "x"), ("Ana", "", "a@x.mo", "x")]
)


def mixed(rows: Rows) -> dict[str, bool | None]:
    tables = roster.layouts((PEOPLE,), WORDS)
    return {group.name: group.mixed for group in groups.mixed((sheet(rows),), (PEOPLE,), tables, WORDS)}


def test_groups_with_a_cell_of_members() -> None:
    rows = [("群名称", "群成员"), ("前台", "陈大文、李明"), ("老板", "陈大文,Ana"), ("外人", "陈大文；王五")]
    assert mixed(rows) == {"前台": True, "老板": False, "外人": None}


def test_groups_with_a_row_for_each_member_by_name_or_number() -> None:
    rows = [("Group", "Member"), ("Front", "陈大文"), ("", "13912345678"), ("Back", "Ana")]
    assert mixed(rows) == {"Front": True, "Back": False}


def test_a_list_without_groups_is_refused() -> None:
    with pytest.raises(groups.NoGroups):
        mixed([("Item", "Price"), ("Tea", "12")])
