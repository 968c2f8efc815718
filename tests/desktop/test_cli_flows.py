"""The command `flows`: out as a spreadsheet, back as answers, whole or not at all."""

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from desktop import paths
from desktop.content import bank
from desktop.sheets import reading
from tests.desktop.rosters import repacked
from tests.desktop.sheets import FIRST, Grid, at, edited, rewritten
from tests.desktop.test_cli import Ran, guia, sample, work
from wizards.content.text import LANGUAGES
from wizards.interview.reading import SCHEMA, read

__all__ = ["guia", "sample", "work"]  # fixtures of the commands' tests


def answers(file: Path) -> dict[str, Any]:
    return read(file.read_bytes(), bank())


def written(file: Path, **flows: Any) -> Path:  # noqa: ANN401  # cells of the first flow
    """The answers with other cells in the first flow, in a file beside it."""
    document = json.loads(file.read_text("utf-8"))
    document["answers"]["flows"][0] |= flows
    made = file.with_name("ours.json")
    made.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return made


@pytest.mark.parametrize("lang", LANGUAGES)
def test_out_and_back_without_a_change_is_the_same_file(guia: Ran, sample: Path, work: Path, lang: str) -> None:
    sheet, new = work / "flows.xlsx", work / "new.json"
    assert guia("flows", sample, "--out", sheet, "--lang", lang)[:2] == (0, "")
    code, out, err = guia("flows", sample, "--in", sheet, "--out", new)
    assert (code, out) == (0, "")
    assert err.startswith("The spreadsheet changes nothing.")
    assert new.read_bytes() == sample.read_bytes()
    assert sorted(work.iterdir()) == [sheet, new]


def test_the_same_answers_give_the_same_file(guia: Ran, sample: Path, work: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        assert guia("flows", sample, "--out", work / name)[0] == 0
    assert (work / "a.xlsx").read_bytes() == (work / "b.xlsx").read_bytes()


def test_what_was_changed_there_is_in_the_new_file_and_counted(guia: Ran, sample: Path, work: Path) -> None:
    guia("flows", sample, "--out", work / "out.xlsx")

    def change(grids: dict[str, Grid]) -> None:
        grid = grids["Flows"]
        for cell, value in ((at(0, "name"), "=Renamed"), (at(0, "volume"), 5), (at(1, "people"), "Doentes")):
            grid[cell[0]][cell[1]] = value
        del grid[FIRST + 2]
        grid.append([None, "Raffle"])

    (work / "back.xlsx").write_bytes(rewritten((work / "out.xlsx").read_bytes(), change))
    code, out, err = guia("flows", sample, "--in", work / "back.xlsx", "--out", work / "new.json")
    assert (code, out) == (0, "")
    assert "Cells changed: 3, in rows: 2. New rows: 1. Removed rows: 1." in err
    before, made = answers(sample), answers(work / "new.json")
    rows = before["flows"]
    wanted = [{**rows[0], "name": "=Renamed", "volume": 5}, {**rows[1], "people": "patients"}, *rows[3:]]
    assert made["flows"][:-1] == wanted
    assert made["flows"][-1]["name"] == "Raffle"
    assert made | {"flows": 0} == before | {"flows": 0}


def test_mistakes_are_named_with_their_cells_and_nothing_is_written(guia: Ran, sample: Path, work: Path) -> None:
    rows = answers(sample)["flows"]
    sheet = work / "back.xlsx"
    sheet.write_bytes(edited(rows, {(0, "people"): "Custmers\x1b[2J", (1, "volume"): "many"}))
    code, out, err = guia("flows", sample, "--in", sheet, "--out", work / "new.json")
    assert (code, out) == (2, "")
    assert 'Flows!C4: "Custmers\\u001b[2J" is none of the choices; nearest: "Customers"' in err
    assert 'Flows!E5: "many" is not a whole number' in err
    assert "\x1b" not in err
    assert sorted(work.iterdir()) == [sheet]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_conflicts_are_named_and_nothing_is_written(guia: Ran, sample: Path, work: Path, lang: str) -> None:
    rows = answers(sample)["flows"]
    sheet = work / "back.xlsx"
    sheet.write_bytes(edited(rows, {(0, "name"): "Theirs", (1, "volume"): 7}))
    ours = written(sample, name="Ours")
    code, out, err = guia("flows", ours, "--in", sheet, "--out", work / "new.json", "--lang", lang)
    assert (code, out) == (2, "")
    line = next(line for line in err.split("\n") if "Flows!B4" in line)
    assert all(said in line for said in ("Ours", "Theirs", str(rows[0]["name"])))
    assert "{" not in err
    assert sorted(work.iterdir()) == [sheet]


def test_rows_in_conflict_are_named_for_what_happened_to_them(guia: Ran, sample: Path, work: Path) -> None:
    document = json.loads(sample.read_text("utf-8"))
    rows = document["answers"]["flows"]
    guia("flows", sample, "--out", work / "out.xlsx")

    def change(grids: dict[str, Grid]) -> None:
        grids["Flows"][FIRST + 1][1] = "Changed there"
        del grids["Flows"][FIRST]

    (work / "back.xlsx").write_bytes(rewritten((work / "out.xlsx").read_bytes(), change))
    document["answers"]["flows"] = [{**rows[0], "name": "Changed here"}, *rows[2:]]
    (work / "ours.json").write_text(json.dumps(document), encoding="utf-8")
    code, _, err = guia("flows", work / "ours.json", "--in", work / "back.xlsx", "--out", work / "new.json")
    assert code == 2
    assert "Changed here: removed in the spreadsheet, changed in the file." in err
    assert "Flows!A4: Changed there: changed in the spreadsheet, removed in the file." in err
    assert not (work / "new.json").exists()


def test_where_nobody_knows_what_was_sent_the_differences_are_named(guia: Ran, sample: Path, work: Path) -> None:
    guia("flows", sample, "--out", work / "out.xlsx")

    def change(grids: dict[str, Grid]) -> None:
        del grids["guia"]
        grids["Flows"][FIRST][1] = "Renamed"
        grids["Flows"][FIRST + 1][0] = "other-mark"

    (work / "back.xlsx").write_bytes(rewritten((work / "out.xlsx").read_bytes(), change))
    code, _, err = guia("flows", sample, "--in", work / "back.xlsx", "--out", work / "new.json")
    assert code == 2
    assert "no longer holds what Guia sent out" in err
    assert "Flows!B4: " in err
    assert "only in the file, not in the spreadsheet" in err
    assert "Flows!A5: " in err
    assert "only in the spreadsheet, not in the file" in err
    assert not (work / "new.json").exists()


def test_unanswered_and_unknown_flows_go_out_as_an_empty_table_and_stay_what_they_are(guia: Ran, work: Path) -> None:
    sheet, new = work / "flows.xlsx", work / "new.json"
    for number, given in enumerate(({}, {"flows": None}, {"flows": []})):
        file = work / f"{number}.json"
        file.write_text(json.dumps({"schema": "guia.answers/1", "answers": given}), encoding="utf-8")
        assert guia("flows", file, "--out", sheet)[0] == 0
        assert guia("flows", file, "--in", sheet, "--out", new)[0] == 0
        assert answers(new) == given
    sheet.write_bytes(rewritten(sheet.read_bytes(), lambda grids: grids["Flows"].append([None, "First flow"])))
    assert guia("flows", work / "0.json", "--in", sheet, "--out", new)[0] == 0
    assert [one["name"] for one in answers(new)["flows"]] == ["First flow"]


def test_more_flows_than_there_may_be_are_refused(guia: Ran, sample: Path, work: Path) -> None:
    document = json.loads(sample.read_text("utf-8"))
    sheet = work / "back.xlsx"
    sheet.write_bytes(
        rewritten(edited(document["answers"]["flows"], {}), lambda grids: grids["Flows"].append([None, "One more"]))
    )
    document["answers"]["flows"] += [{"id": f"r{n}"} for n in range(500 - len(document["answers"]["flows"]))]
    (work / "ours.json").write_text(json.dumps(document), encoding="utf-8")
    code, out, err = guia("flows", work / "ours.json", "--in", sheet, "--out", work / "new.json")
    assert (code, out) == (2, "")
    assert "more than 500 rows" in err
    assert not (work / "new.json").exists()


def test_no_file_that_is_read_or_is_the_vaults_is_written_over(guia: Ran, sample: Path, work: Path, home: Path) -> None:
    sheet = work / "flows.xlsx"
    assert guia("flows", sample, "--out", sheet)[0] == 0
    before = {file: file.read_bytes() for file in (sample, sheet)}
    link = work / "link.json"
    link.symlink_to(sample)
    home.mkdir(parents=True)
    refused: tuple[list[str | Path], ...] = (
        ["--out", sample],
        ["--out", link],
        ["--in", sheet, "--out", sample],
        ["--in", sheet, "--out", sheet],
        ["--out", paths.find().vault],
        ["--in", sheet, "--out", paths.find().vault],
    )
    for arguments in refused:
        code, out, err = guia("flows", sample, *arguments)
        assert (code, out, err.count("\n")) == (2, "", 1)
    assert {file: file.read_bytes() for file in before} == before
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"%PDF-1.7", b"\x00\xff" * 40])
def test_what_is_no_spreadsheet_is_refused_in_each_language(
    guia: Ran, sample: Path, work: Path, content: bytes
) -> None:
    (work / "bad.xlsx").write_bytes(content)
    for lang in LANGUAGES:
        code, out, err = guia("flows", sample, "--in", work / "bad.xlsx", "--out", work / "n.json", "--lang", lang)
        assert (code, out) == (2, "")
        assert err.strip()
        assert "{" not in err
    for missing in (work / "missing.xlsx", work, Path("/dev/null")):
        assert guia("flows", sample, "--in", missing, "--out", work / "n.json")[0] == 2
    assert [file.name for file in work.iterdir()] == ["bad.xlsx"]


def test_a_sheet_of_another_business_is_said_to_be_one(guia: Ran, sample: Path, work: Path) -> None:
    (work / "other.xlsx").write_bytes(edited([{"id": "elsewhere", "name": "Of somebody else"}], {}))
    code, _, err = guia("flows", sample, "--in", work / "other.xlsx", "--out", work / "new.json")
    assert code == 0
    assert "may belong to another business" in err
    assert answers(work / "new.json") == answers(sample)


def test_usage(guia: Ran, sample: Path, work: Path) -> None:
    assert guia("flows", sample)[0] == 2
    assert guia("flows", sample, "--in", sample)[0] == 2
    assert guia("flows", work / "missing.json", "--out", work / "a.xlsx")[0] == 2
    assert guia("flows", sample, "--out", work / "no" / "a.xlsx")[0] == 2
    assert list(work.iterdir()) == []


def test_the_sheet_is_written_in_the_language_that_was_asked_for(guia: Ran, sample: Path, work: Path) -> None:
    names = set()
    for lang in LANGUAGES:
        guia("flows", sample, "--out", work / "a.xlsx", "--lang", lang)
        names.add(reading.read((work / "a.xlsx").read_bytes(), "a.xlsx")[0].name)
    assert names == {"Flows", "資料流向", "Fluxos"}


def test_a_cell_whose_value_nobody_knows_is_named_and_erases_nothing(guia: Ran, sample: Path, work: Path) -> None:
    out, back = work / "out.xlsx", work / "back.xlsx"
    guia("flows", sample, "--out", out)
    part = "xl/worksheets/sheet1.xml"
    page = zipfile.ZipFile(out).read(part)
    place = re.search(rb'<c r="(E\d+)" s="\d+"><v>\d+</v></c>', page)
    assert place is not None
    torn = page.replace(place[0], b'<c r="' + place[1] + b'"><f>1000+200</f><v></v></c>')
    back.write_bytes(repacked(out.read_bytes(), {part: torn}))
    code, said, err = guia("flows", sample, "--in", back, "--out", work / "new.json")
    assert (code, said) == (2, "")
    assert f"Flows!{place[1].decode()}: the cell holds a formula without a result" in err
    assert not (work / "new.json").exists()


def test_the_largest_spreadsheet_that_guia_writes_comes_back(guia: Ran, work: Path) -> None:
    rows = [{"id": f"f{number}", "name": "名" * 4000, "purpose": "x" * 4000} for number in range(500)]
    (work / "full.json").write_text(json.dumps({"schema": SCHEMA, "answers": {"flows": rows}}), encoding="utf-8")
    assert guia("flows", work / "full.json", "--out", work / "out.xlsx")[0] == 0
    code, _, err = guia("flows", work / "full.json", "--in", work / "out.xlsx", "--out", work / "new.json")
    assert (code, err.split("\n")[0]) == (0, "The spreadsheet changes nothing.")
    assert answers(work / "new.json")["flows"] == rows


def test_a_spreadsheet_is_not_written_under_the_name_of_something_else(guia: Ran, sample: Path, work: Path) -> None:
    code, out, err = guia("flows", sample, "--out", work / "flows.csv")
    assert (code, out) == (2, "")
    assert ".xlsx" in err
    assert not (work / "flows.csv").exists()
