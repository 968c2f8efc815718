"""The flows as a spreadsheet: out, through other hands and other programs, and back."""

import io
import random
import re
import time
import zipfile
from datetime import date, datetime
from typing import Any, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import structs

from desktop.content import bank, words
from desktop.sheets import limits, reading, writing
from tests.desktop.sheets import COLUMNS, FIRST, QUESTION, Grid, at, edited, rewritten, sheet
from tests.wizards.valid_answers import TEXTS, row
from wizards.content.samples import sample_answers
from wizards.content.text import LANGUAGES
from wizards.interview.mistakes import MOST_ROWS, Unreadable
from wizards.mapping.cells import place
from wizards.mapping.sheet.back import Back, back
from wizards.mapping.sheet.merge import Merged, merge, resolved
from wizards.mapping.sheet.wording import Wording, fold, plain

Rows = list[dict[str, Any]]
NASTY: Final = (
    *("=1+1", "+853 6123 4567", "-5", "@name", "\t=x", "'quoted", " two\nlines\r\nand\rmore ", "_x0041_", "_x005F_"),
    *("\x1b[2J\x07", "\u202eback", "ＦＵＬＬ　ＷＩＤＴＨ", "👨‍👩‍👧", "𠝹", "\ufffe\uffff", "\x85\u2028", "\u200b"),
    *("x" * 4000, "=" * 4000, "I do not know", "我不知道", "https://example.com", "1e5", "0012", "TRUE", "2026-11-23"),
    *("{row}", "<b>&amp;", "", "  "),
)


def sample(lang: str = "en", name: str = "insurance-broker") -> Rows:
    return [dict(one) for one in sample_answers(bank().sectors[name], lang)["flows"]]


def brought(raw: bytes) -> Back:
    return back(reading.read(raw, "test.xlsx"), bank(), words(), "en", "test.xlsx")


def merged(rows: Rows, raw: bytes) -> tuple[Merged, Back]:
    found = brought(raw)
    return merge(found.columns, found.base, rows, found.rows, found.fresh), found


def after(rows: Rows, raw: bytes) -> Rows:
    """The rows once the sheet was taken over; it asks nothing."""
    changes, _ = merged(rows, raw)
    assert changes.conflicts == ()
    return resolved(rows, changes)


def mistakes(raw: bytes) -> dict[str, str]:
    """What is wrong, by place."""
    with pytest.raises(Unreadable) as refused:
        brought(raw)
    said = {one.place: words()[f"mistake.{one.kind}"].fill("en", **one.values) for one in refused.value.mistakes}
    assert len(said) == len(refused.value.mistakes)
    return said


def flows(grids: dict[str, Grid]) -> Grid:
    return grids["Flows"]


# Out and back -------------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(st.lists(row(QUESTION), max_size=3, unique_by=lambda made: str(made["id"])), st.sampled_from(LANGUAGES))
@example([{"id": f"r{number}", "name": text, "purpose": text} for number, text in enumerate(NASTY)], "en")
def test_any_flows_come_back_as_they_went(rows: Rows, lang: str) -> None:
    found = brought(writing.xlsx(sheet(rows, lang)))
    assert list(found.base or ()) == rows
    kept = [one for one in rows if one in found.rows]
    assert list(found.rows) == kept
    assert found.notes == ()
    assert after(rows, writing.xlsx(sheet(rows, lang))) == rows


@settings(max_examples=40)
@given(TEXTS)
def test_a_text_that_was_changed_comes_back_as_it_was_typed(text: str) -> None:
    rows: Rows = [{"id": "a", "name": "Old", "purpose": "old"}]
    made = after(rows, edited(rows, {(0, "purpose"): f"new {text[:99]}."}))
    assert made == [{**rows[0], "purpose": plain(f"new {text[:99]}.")}]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_answers_are_the_same_bytes(lang: str) -> None:
    first = writing.xlsx(sheet(sample(lang), lang))
    time.sleep(1.1)
    assert writing.xlsx(sheet(sample(lang), lang)) == first


def test_as_many_flows_as_there_may_be() -> None:
    rows = [{**one, "id": f"r{number}"} for number, one in enumerate(sample() * 80)][:MOST_ROWS]
    raw = writing.xlsx(sheet(rows))
    assert after(rows, raw) == rows
    assert len(raw) < limits.FILE


def test_long_texts_in_every_flow() -> None:
    chance = random.Random(1)  # noqa: S311  # a text that packs no better than what people write
    letters = "資料流向客戶員工甲乙丙丁 ,.abcdefghij_"
    rows: Rows = [{"id": f"r{n}", "purpose": "".join(chance.choices(letters, k=4000))} for n in range(MOST_ROWS)]
    assert after(rows, writing.xlsx(sheet(rows, "zh-Hant"))) == rows


# What the file is ---------------------------------------------------------------------------------------------------


def part(raw: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return packed.read(name).decode()


def test_nothing_that_was_typed_is_a_formula_or_a_link() -> None:
    rows: Rows = [{"id": f"r{number}", "name": text, "purpose": text} for number, text in enumerate(NASTY)]
    raw = writing.xlsx(sheet(rows))
    table = part(raw, "xl/worksheets/sheet1.xml")
    assert "<f>" not in table
    assert "hyperlink" not in table
    assert 'quotePrefix="1"' in part(raw, "xl/styles.xml")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_choices_stand_on_the_second_sheet_and_are_offered(lang: str) -> None:
    raw = writing.xlsx(sheet(sample(lang), lang))
    flows_sheet, lists, base = reading.read(raw, "x")
    assert (flows_sheet.hidden, lists.hidden, base.hidden) == (False, False, True)
    table = part(raw, "xl/worksheets/sheet1.xml")
    offered = {
        found[2]: found[1]
        for found in re.finditer(
            r'<dataValidation type="list"[^>]* sqref="([A-Z]+)[^>]*><formula1>([^<]+)</formula1>', table
        )
    }
    choosing = [c for c in QUESTION.columns if c.kind in {"choice", "yes-no"}]
    assert len(offered) == len(choosing)
    assert max(map(len, offered)) < 255
    for source, letters in offered.items():
        found = re.fullmatch(r"'(.+)'!\$([A-Z]+)\$(\d+):\$\2\$(\d+)", source)
        assert found is not None
        assert found[1] == lists.name
        column = next(c for n, c in enumerate(QUESTION.columns, 1) if place(0, n)[:-1] == letters)
        at_column = next(n for n in range(40) if place(0, n)[:-1] == found[2])
        listed = [lists.at(line, at_column) for line in range(int(found[3]) - 1, int(found[4]))]
        assert listed == list(Wording(column, words()).choices(lang))


def test_every_word_of_a_column_means_one_thing() -> None:
    for column in QUESTION.columns:
        meant: dict[str, object] = {}
        for option in column.options:
            for name in {fold(option.id), *(fold(option.text.to(lang)) for lang in LANGUAGES)}:
                assert meant.setdefault(name, option.id) == option.id, column.id
        for word in ("answer.unknown", "answer.none"):
            assert meant.keys().isdisjoint(fold(words()[word].to(lang)) for lang in LANGUAGES)


# Other words for the same -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "typed", "means"),
    [
        ("people", "客戶", "customers"),
        ("people", " ＣＵＳＴＯＭＥＲＳ ", "customers"),
        ("people", "Clientes", "customers"),
        ("people", "customers", "customers"),
        ("people", "Não sei", None),
        ("kinds", "Identity cards, passports, work permits, Pay and benefits", ["id-document", "pay"]),
        ("kinds", "pay;contact\nHealth (sick notes, diagnoses, injuries);", ["pay", "contact", "health"]),
        ("kinds", "薪酬和福利、身份證、護照、工作證件", ["pay", "id-document"]),
        ("kinds", "Pay and benefits; pay", ["pay"]),
        ("kinds", "nenhum destes", []),
        ("kinds", "我不知道", None),
        ("volume", "1,200", 1200),
        ("volume", "１２", 12),
        ("volume", "1 200", 1200),
        ("volume", 12.0, 12),
        ("volume", "I DO NOT KNOW", None),
        ("must-keep", "是", True),
        ("must-keep", "no", False),
        ("must-keep", "NÃO", False),
        ("must-keep", True, True),
        ("name", 12, "12"),
        ("name", date(2026, 11, 23), "2026-11-23"),
        ("name", datetime(2026, 11, 23), "2026-11-23"),  # noqa: DTZ001  # cells have no zone
        ("name", "  Sick notes\r\n", "Sick notes"),
        ("name", "a\u202eb\x07", "a\\u202eb\\u0007"),
    ],
)
def test_what_people_type_is_understood(column: str, typed: object, means: object) -> None:
    rows: Rows = [{"id": "a", "name": "Old", "people": "staff", "volume": 7}]
    line, place_of = at(0, column)

    def change(grids: dict[str, Grid]) -> None:
        flows(grids)[line][place_of] = typed  # type: ignore[call-overload]

    assert after(rows, rewritten(writing.xlsx(sheet(rows)), change)) == [{**rows[0], column: means}]


def test_an_empty_cell_is_an_answer_taken_back() -> None:
    rows = sample()
    assert after(rows, edited(rows, {(0, "people"): None, (0, "kinds"): " "})) == [
        {key: value for key, value in rows[0].items() if key not in {"people", "kinds"}},
        *rows[1:],
    ]


def test_a_cell_merged_over_lines_says_the_same_in_each() -> None:
    rows = sample()
    line, column = at(0, "people")
    sheets = [
        structs.replace(one, merged=((line, column, line + 1, column),)) if one.name == "Flows" else one
        for one in reading.read(edited(rows, {(0, "people"): "Visitors and passers-by", (1, "people"): None}), "f")
    ]
    found = back(sheets, bank(), words(), "en", "f")
    assert [row.get("people") for row in found.rows[:3]] == ["visitors", "visitors", rows[2].get("people")]


# Mistakes -----------------------------------------------------------------------------------------------------------


def test_every_mistake_is_named_with_its_cell() -> None:
    rows = sample()
    said = mistakes(
        edited(
            rows,
            {
                (0, "people"): "Custmers",
                (1, "kinds"): "Names and contact details; Pay and benefit",
                (2, "volume"): "about 30",
                (3, "volume"): 10_000_001,
                (4, "must-keep"): "perhaps",
                (5, "name"): "x" * 4001,
                (6, "kinds"): "Pay and benefits; None of these",
                (7, "volume"): "1.5",
            },
        )
    )
    assert said == {
        "Flows!C4": '"Custmers" is none of the choices; nearest: "Customers"',
        "Flows!D5": '"Pay and benefit" is none of the choices; nearest: "Pay and benefits"',
        "Flows!E6": '"about 30" is not a whole number',
        "Flows!E7": "a number from 0 to 10000000 is expected",
        f"Flows!{place(*at(4, 'must-keep'))}": '"perhaps" is none of the choices; nearest: "Yes"',
        "Flows!B9": "the text is longer than 4000 characters",
        "Flows!D10": '"None of these" stands beside other choices; keep the one or the others',
        "Flows!E11": '"1.5" is not a whole number',
    }


def test_a_sheet_in_chinese_names_its_own_words() -> None:
    said = mistakes(edited(sample("zh-Hant"), {(0, "people"): "客户"}, "zh-Hant"))
    assert said == {"資料流向!C4": '"客户" is none of the choices; nearest: "客戶"'}


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda grid: [line.pop(0) for line in grid if line], "the grey column"),
        (lambda grid: grid.clear(), "no table of flows"),
        (lambda grid: grid[FIRST - 1].__setitem__(3, grid[FIRST - 1][2]), "stands twice"),
        (lambda grid: grid.extend([[None, f"Row {n}"] for n in range(MOST_ROWS)]), "more than 500 rows"),
    ],
)
def test_a_table_that_is_none_is_refused(change: Any, kind: str) -> None:  # noqa: ANN401
    raw = rewritten(writing.xlsx(sheet(sample())), lambda grids: change(flows(grids)))
    said = mistakes(raw)
    assert len(said) == 1
    assert kind in next(iter(said.values()))


def test_sorted_without_the_grey_column_it_is_refused() -> None:
    def change(grids: dict[str, Grid]) -> None:
        grid = flows(grids)
        own = [line[0] for line in grid[FIRST:]]
        grid[FIRST:] = sorted(grid[FIRST:], key=lambda line: str(line[1]))
        for line, mark in zip(grid[FIRST:], own, strict=True):
            line[0] = mark

    said = mistakes(rewritten(writing.xlsx(sheet(sample())), change))
    assert len(said) > 1
    assert all(name.startswith("Flows!A") and "sorted without" in text for name, text in said.items())


def test_two_lines_that_changed_places_without_their_ids_are_refused() -> None:
    def change(grids: dict[str, Grid]) -> None:
        upper, lower = flows(grids)[FIRST : FIRST + 2]
        upper[1:], lower[1:] = lower[1:], upper[1:]

    said = mistakes(rewritten(writing.xlsx(sheet(sample())), change))
    assert list(said) == [f"Flows!A{FIRST + 1}", f"Flows!A{FIRST + 2}"]


def test_a_line_pasted_over_others_is_a_change_of_theirs() -> None:
    rows = sample()

    def change(grids: dict[str, Grid]) -> None:
        grid = flows(grids)
        for line in grid[FIRST + 1 : FIRST + 3]:
            line[1:] = grid[FIRST][1:]

    made = after(rows, rewritten(writing.xlsx(sheet(rows)), change))
    assert [one["name"] for one in made] == [rows[0]["name"]] * 3 + [one["name"] for one in rows[3:]]
    assert [one["id"] for one in made] == [one["id"] for one in rows]


# Shapes -------------------------------------------------------------------------------------------------------------


def test_columns_moved_added_and_taken_out_lines_sorted_and_pushed_down() -> None:
    rows = sample()
    line, name_at = at(0, "name")

    def change(grids: dict[str, Grid]) -> None:
        grid = flows(grids)
        grid[line][name_at] = "Renamed"
        body = sorted(grid[FIRST - 1 :], key=lambda one: (one is not grid[FIRST - 1], str(one[1])))
        gone = body[0].index("How confidential is it")
        for one in body:
            del one[gone]
            one[:] = [one[5], one[0], "mine" if one is body[0] else 7, *one[6:], *one[1:5]]
        grid[:] = [["A note of ours"], [], ["=SUM(A1)"], [], *grid[:2], *body, [None] * 9]

    raw = rewritten(writing.xlsx(sheet(rows)), change)
    found = brought(raw)
    assert after(rows, raw) == [{**rows[0], "name": "Renamed"}, *rows[1:]]
    assert {note.kind for note in found.notes} == {"sheet-column-unknown", "sheet-column-missing"}
    assert set(COLUMNS) - set(found.columns) == {"tier"}


def test_lines_added_removed_and_copied() -> None:
    rows = sample()

    def change(grids: dict[str, Grid]) -> None:
        grid = flows(grids)
        copy = list(grid[FIRST])
        copy[1] = "A copy, changed"
        grid.insert(FIRST, copy)
        del grid[FIRST + 2]
        grid.append([None, "Birthday cards", "Customers"])
        grid.append(["made-up", "Raffle"])

    raw = rewritten(writing.xlsx(sheet(rows)), change)
    changes, found = merged(rows, raw)
    made = resolved(rows, changes)
    assert made[:-3] == [rows[0], *rows[2:]]
    assert [one["name"] for one in made[-3:]] == ["A copy, changed", "Birthday cards", "Raffle"]
    assert made[-2] == {"id": made[-2]["id"], "name": "Birthday cards", "people": "customers"}
    assert len({one["id"] for one in made}) == len(made)
    assert {note.place: note.kind for note in found.notes} == {
        "Flows!A4": "sheet-copy",
        "Flows!A13": "sheet-id-unknown",
    }
    again, _ = merged(made, raw)
    assert again == Merged((), ())


def test_a_line_that_was_emptied_is_gone() -> None:
    rows = sample()

    def change(grids: dict[str, Grid]) -> None:
        flows(grids)[FIRST][1:] = [None] * len(COLUMNS)

    assert after(rows, rewritten(writing.xlsx(sheet(rows)), change)) == rows[1:]


@pytest.mark.parametrize("how", ["gone", "damaged"])
def test_without_what_was_sent_each_difference_is_asked(how: str) -> None:
    rows = sample()
    line, name_at = at(2, "name")

    def change(grids: dict[str, Grid]) -> None:
        flows(grids)[line][name_at] = "Renamed"
        if how == "gone":
            del grids["guia"]
        else:
            grids["guia"][3][0] = str(grids["guia"][3][0]).replace("name", "nmae", 1)

    changes, found = merged(rows, rewritten(writing.xlsx(sheet(rows)), change))
    assert found.base is None
    assert [note.kind for note in found.notes] == [f"sheet-base-{how}"]
    assert [one.point for one in changes.conflicts] == [(rows[2]["id"], "name")]
    assert changes.touched == ()


def test_what_was_changed_here_meanwhile_stays() -> None:
    sent = sample()
    ours: Rows = [{**sent[0], "volume": 99}, *sent[1:-1], {"id": "later", "name": "Added here"}]
    made = after(ours, edited(sent, {(0, "purpose"): "Offers"}))
    assert made == [{**ours[0], "purpose": "Offers"}, *ours[1:]]
