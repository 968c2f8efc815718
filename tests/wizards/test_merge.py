"""Three ways: as sent, as it is here, as it came back. What one side changed is kept, what both changed is asked."""

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.content import bank
from tests.wizards.valid_answers import cell, row
from wizards.interview.answers import Row
from wizards.mapping.sheet.merge import WHOLE, Conflict, Merged, Touched, merge, resolved
from wizards.mapping.sheet.wording import same

QUESTION: Final = bank().questions["flows"]
COLUMNS: Final = tuple(column.id for column in QUESTION.columns)
ROWS: Final = st.lists(row(QUESTION), max_size=5, unique_by=lambda made: str(made["id"]))
FEWER: Final = settings(max_examples=50)
BASE: Final[list[Row]] = [
    {"id": "a", "name": "Bookings", "people": "customers", "volume": 10, "origin": "bookings"},
    {"id": "b", "name": "Pay", "people": "staff", "must-keep": True},
    {"id": "c", "name": "Photos", "kinds": ["photo", "contact"], "keep": None},
]


def changed(rows: list[Row], row_id: str, **cells: Any) -> list[Row]:  # noqa: ANN401
    """The rows with other cells in one of them; UNSET-like None is "I do not know"."""
    return [{**one, **cells} if one["id"] == row_id else one for one in rows]


def without(rows: list[Row], row_id: str, *columns: str) -> list[Row]:
    """The rows without that one, or with these cells of it empty."""
    if not columns:
        return [one for one in rows if one["id"] != row_id]
    return [{k: v for k, v in one.items() if one["id"] != row_id or k not in columns} for one in rows]


def after(ours: list[Row], theirs: list[Row]) -> list[dict[str, Any]]:
    """The rows after a merge that asks nothing."""
    merged = merge(COLUMNS, BASE, ours, theirs)
    assert merged.conflicts == ()
    return resolved(ours, merged)


@FEWER
@given(ROWS)
def test_nothing_changed_is_nothing_to_do(rows: list[Row]) -> None:
    merged = merge(COLUMNS, rows, rows, rows)
    assert merged == Merged((), ())
    assert resolved(rows, merged) == rows


@FEWER
@given(ROWS, ROWS)
def test_what_the_sheet_alone_changed_is_taken(base: list[Row], theirs: list[Row]) -> None:
    merged = merge(COLUMNS, base, base, theirs)
    assert merged.conflicts == ()
    made = {one["id"]: one for one in resolved(base, merged)}
    wanted = {one["id"]: one for one in theirs}
    assert set(made) == set(wanted)
    for row_id, one in made.items():
        for column in COLUMNS:
            assert (column in one) == (column in wanted[row_id])
            assert same(one.get(column), wanted[row_id].get(column))


@FEWER
@given(ROWS, ROWS)
def test_what_was_changed_here_alone_is_kept(base: list[Row], ours: list[Row]) -> None:
    merged = merge(COLUMNS, base, ours, base)
    assert (merged.touched, merged.conflicts) == ((), ())
    assert resolved(ours, merged) == ours


@FEWER
@given(st.data())
def test_changes_in_different_cells_both_stand(data: st.DataObject) -> None:
    base = data.draw(st.lists(row(QUESTION), min_size=1, max_size=5, unique_by=lambda made: str(made["id"])))
    ours, theirs = [dict(one) for one in base], [dict(one) for one in base]
    wanted = [dict(one) for one in base]
    for place in range(len(base)):
        mine = data.draw(st.sets(st.sampled_from(COLUMNS), max_size=4))
        other = data.draw(st.sets(st.sampled_from(COLUMNS), max_size=4)) - mine
        for columns, side in ((mine, ours), (other, theirs)):
            for column in columns:
                value = data.draw(cell(bank().columns["flows", column]))
                if not same(base[place].get(column), value) or column not in base[place]:
                    side[place][column] = wanted[place][column] = value
    merged = merge(COLUMNS, base, ours, theirs)
    assert merged.conflicts == ()
    assert resolved(ours, merged) == wanted


@FEWER
@given(base=ROWS, ours=ROWS, theirs=ROWS, known=st.booleans())
def test_every_conflict_is_decided_by_one_side_and_the_order_stays(
    base: list[Row], ours: list[Row], theirs: list[Row], *, known: bool
) -> None:
    merged = merge(COLUMNS, base if known else None, ours, theirs)
    points = [conflict.point for conflict in merged.conflicts]
    assert len(set(points)) == len(points)
    mine = resolved(ours, merged, without={touched.row for touched in merged.touched})
    assert mine == ours
    made = resolved(ours, merged, theirs=points)
    kept = [one["id"] for one in made if one["id"] in {our["id"] for our in ours}]
    assert kept == [one["id"] for one in ours if one["id"] in kept]
    assert merge(COLUMNS, base if known else None, made, theirs).conflicts == ()


def test_a_change_on_each_side_of_one_row() -> None:
    made = after(changed(BASE, "a", volume=11), changed(BASE, "a", name="Table bookings"))
    assert made[0] == {**BASE[0], "volume": 11, "name": "Table bookings"}


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    ours = changed(BASE, "c", kinds=["contact", "health"])
    assert after(ours, changed(BASE, "c", kinds=["health", "contact"])) == ours


def test_different_changes_of_one_cell_are_asked() -> None:
    merged = merge(COLUMNS, BASE, changed(BASE, "a", volume=11), changed(BASE, "a", volume=None))
    assert merged == Merged((), (Conflict("a", "volume", "Bookings", 10, 11, None),))
    ours = changed(BASE, "a", volume=11)
    assert resolved(ours, merged)[0]["volume"] == 11
    assert resolved(ours, merged, theirs={("a", "volume")})[0]["volume"] is None


def test_a_cell_that_is_emptied_there_loses_its_answer() -> None:
    theirs = without(BASE, "b", "must-keep")
    assert "must-keep" not in after(BASE, theirs)[1]


def test_rows_removed_and_added() -> None:
    theirs = [*without(BASE, "b"), {"id": "n", "name": "New"}]
    merged = merge(COLUMNS, BASE, BASE, theirs, fresh={"n"})
    assert [(one.row, one.kind) for one in merged.touched] == [("b", "removed"), ("n", "new")]
    assert [one["id"] for one in resolved(BASE, merged)] == ["a", "c", "n"]
    assert [one["id"] for one in resolved(BASE, merged, without={"b", "n"})] == ["a", "b", "c"]


def test_removed_on_both_sides_is_fine() -> None:
    assert after(without(BASE, "b"), without(BASE, "b")) == without(BASE, "b")


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        (changed(BASE, "b", name="Wages"), without(BASE, "b"), "removed"),
        (without(BASE, "b"), changed(BASE, "b", name="Wages"), "gone"),
    ],
)
def test_removed_on_one_side_and_changed_on_the_other_is_asked(ours: list[Row], theirs: list[Row], kind: str) -> None:
    merged = merge(COLUMNS, BASE, ours, theirs)
    assert [(one.point, one.kind) for one in merged.conflicts] == [(("b", WHOLE), kind)]
    assert resolved(ours, merged) == ours
    decided = resolved(ours, merged, theirs={("b", WHOLE)})
    assert ("b" in {one["id"] for one in decided}) == (kind == "gone")


def test_a_new_row_that_came_in_before_does_not_come_in_twice_nor_undo_what_was_done_since() -> None:
    ours = [*BASE, {"id": "n", "name": "New, and better since"}]
    merged = merge(COLUMNS, BASE, ours, [*BASE, {"id": "n", "name": "New"}], fresh={"n"})
    assert merged == Merged((), ())


def test_columns_that_are_not_in_the_sheet_are_left_alone() -> None:
    theirs = [{"id": "a", "name": "Table bookings"}, *BASE[1:]]
    merged = merge(("name",), BASE, BASE, theirs)
    assert resolved(BASE, merged)[0] == {**BASE[0], "name": "Table bookings"}


def test_where_nobody_knows_what_was_sent_each_difference_is_asked() -> None:
    theirs: list[Row] = [
        {**BASE[0], "volume": 11},
        BASE[1],
        {"id": "x", "name": "Elsewhere"},
        {"id": "n", "name": "New"},
    ]
    merged = merge(COLUMNS, None, BASE, theirs, fresh={"n"})
    kinds = {one.point: one.kind for one in merged.conflicts}
    assert kinds == {("a", "volume"): "cell-unknown", ("c", WHOLE): "only-here", ("x", WHOLE): "only-there"}
    assert [(one.row, one.kind) for one in merged.touched] == [("n", "new")]


def test_what_changes_is_counted() -> None:
    theirs = changed(changed(BASE, "a", volume=1, name="X"), "b", people=None)
    merged = merge(COLUMNS, BASE, BASE, [*without(theirs, "c"), {"id": "n"}], fresh={"n"})
    assert (merged.cells, merged.count("changed"), merged.count("new"), merged.count("removed")) == (3, 2, 1, 1)
    assert isinstance(merged.touched[0], Touched)


def test_a_sheet_of_another_business_is_known_for_one() -> None:
    ours: list[Row] = [{"id": "x", "name": "Other"}]
    assert merge(COLUMNS, BASE, ours, BASE).strange
    assert not merge(COLUMNS, BASE, without(BASE, "a"), BASE).strange
    assert not merge(COLUMNS, (), ours, ()).strange
