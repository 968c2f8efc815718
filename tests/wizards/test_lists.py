"""Pasted lists and columns of names become rows: add-ons, approval forms, groups."""

from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import content
from wizards.interview.mistakes import MOST_ROWS
from wizards.mapping.cells import Cell, Sheet
from wizards.mapping.lists import proposals

GUESSES = content.guesses()
CELLS = st.one_of(
    st.none(), st.integers(), st.text(max_size=12), st.sampled_from(["Name", "审批", "群名称", "- a", "1. b"])
)


def proposed(question: proposals.Question, said: str, there: Sequence[dict[str, str]] = ()) -> list[dict[str, object]]:
    return [dict(one.row) for one in proposals.proposals(question, (proposals.pasted(said),), there, GUESSES)]


@pytest.mark.parametrize(
    "said",
    [
        "CRM\nPayroll Pro",
        "1. CRM\n2. Payroll Pro",
        "• CRM\n\n• Payroll Pro",
        "- CRM\n- Payroll Pro",
        "應用名稱\nCRM\nPayroll Pro",
    ],
)
def test_pasted_names_lose_bullets_numbers_and_their_heading(said: str) -> None:
    assert [row["name"] for row in proposed("plugins", said)] == ["CRM", "Payroll Pro"]


def test_a_pasted_table_gives_name_and_maker() -> None:
    said = "App name\tVendor\nCRM\tFirma Lda\n"
    assert proposed("plugins", said) == [{"name": "CRM", "vendor": "Firma Lda"}]


def test_what_is_there_is_not_proposed_twice() -> None:
    assert proposed("plugins", "ＣＲＭ\ncrm\nOther\nOTHER", [{"id": "1", "name": "Crm"}]) == [{"name": "Other"}]


def test_functions_of_dingtalk_itself_are_not_ticked() -> None:
    found = proposals.proposals("plugins", (proposals.pasted("考勤打卡\nCRM"),), (), GUESSES)
    assert [(one.name, one.ticked) for one in found] == [("考勤打卡", False), ("CRM", True)]


@pytest.mark.parametrize(
    ("name", "people", "kinds_"),
    [
        ("请假申请", "staff", ["attendance"]),
        ("請假申請", "staff", ["attendance"]),
        ("Leave request", "staff", ["attendance"]),
        ("病假", "staff", ["attendance", "health"]),
        ("Expense reimbursement", "staff", ["contact", "bank"]),
        ("報銷", "staff", ["contact", "bank"]),
        ("採購申請", None, None),
        ("Sleaves cover", None, None),
    ],
)
def test_a_form_says_whose_data_it_holds_only_where_that_is_sure(
    name: str, people: str | None, kinds_: list[str] | None
) -> None:
    (row,) = proposed("flows", name)
    assert row["channel"] == "dingtalk-approval"
    assert (row.get("people"), row.get("kinds")) == (people, kinds_)


def test_guesses_are_options_of_the_question() -> None:
    columns = {column.id: {o.id for o in column.options} for column in content.bank().questions["flows"].columns}
    for form in GUESSES.forms:
        assert form.people in columns["people"]
        assert set(form.kinds) <= columns["kinds"]
    assert "dingtalk-approval" in columns["channel"]


def test_no_more_is_proposed_than_a_question_takes() -> None:
    there = [{"id": str(n), "name": f"App {n}"} for n in range(450)]
    assert len(proposed("plugins", "\n".join(f"New {n}" for n in range(400)), there)) == 50


@given(st.integers(0, 3))
def test_no_more_is_proposed_than_there_is_room_for(room: int) -> None:
    there = [{"id": f"r{n}", "name": f"There {n}"} for n in range(MOST_ROWS - room)]
    assert len(proposed("groups", "A\nB\nC\nD", there)) == room


@given(st.lists(st.lists(CELLS, max_size=4), max_size=40), st.sampled_from(get_args(proposals.Question)))
def test_a_list_of_anything_gives_named_rows_or_none(rows: list[list[Cell]], question: proposals.Question) -> None:
    found = proposals.proposals(question, (Sheet("S", rows),), (), GUESSES)
    assert all(one.name.strip() for one in found)
    assert len({one.name.casefold() for one in found}) == len(found)
