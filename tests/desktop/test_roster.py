"""guia roster, and the pages that count a member list and take over other lists, by the keyboard."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLabel, QPlainTextEdit, QProgressBar, QPushButton

from desktop.content import bank
from desktop.ui.desk import Place
from tests.desktop.hands import CTRL, Hands, Key
from tests.desktop.pages import go
from tests.desktop.rosters import COUNTS, HEAD, PEOPLE, csv_text, table, xls
from wizards.interview.answers import rows

MANY = 50_000


def guia(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "desktop", *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )


# The command ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        table([("通讯录导出",), (), HEAD, *PEOPLE], at=3, column=2),
        xls([(r, c, said) for r, row in enumerate([HEAD, *PEOPLE]) for c, said in enumerate(row) if said]),
        csv_text([HEAD, *PEOPLE]).encode("gb18030"),
        csv_text([HEAD, *PEOPLE], "\t").encode("utf-16"),
    ],
    ids=["xlsx", "xls", "gb18030", "utf-16"],
)
def test_a_list_is_counted_as_the_contract_says(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "members.bin"
    file.write_bytes(data)
    done = guia("roster", str(file), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert set(found) == {"accounts", "rows", "notes"}
    assert found["accounts"] == COUNTS
    assert found["rows"] == 6
    (note,) = found["notes"]
    assert set(note) == {"sheet", "cell", "text"}
    assert note["cell"].strip("0123456789") in {"B", "D"}


def test_counts_are_told_to_people_in_their_language_without_names_and_numbers(tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text(csv_text([HEAD, *PEOPLE]), "utf-8")
    done = guia("roster", str(file), "--lang", "zh-Hant")
    assert done.returncode == 0
    assert "澳門號碼（+853）" in done.stdout
    assert "B5" in done.stderr
    assert not any(name in done.stdout + done.stderr for name, *_ in PEOPLE)
    assert "66123456" not in done.stdout + done.stderr


def test_mixed_groups_are_named(tmp_path: Path) -> None:
    people, grouped = tmp_path / "members.csv", tmp_path / "groups.csv"
    people.write_text(csv_text([HEAD, *PEOPLE]), "utf-8")
    grouped.write_text(csv_text([("群名称", "群成员"), ("前台群", "陈大文、李小明"), ("HR", "Rui")]), "utf-8")
    done = guia("roster", str(people), "--groups", str(grouped), "--json")
    assert json.loads(done.stdout)["mixed_groups"] == ["前台群"]
    assert guia("roster", str(people), "--groups", str(people), "--json").returncode == 2


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7", b"Item,Price\nTea,12\n", b"PK\x03\x04", b"a\0b", csv_text([HEAD]).encode()[:5]],
    ids=["empty", "pdf", "no people", "torn", "nul", "cut"],
)
def test_what_is_no_member_list_ends_with_2_and_names_the_file(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "members.xlsx"
    file.write_bytes(data)
    done = guia("roster", str(file), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "members.xlsx" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    assert guia("roster", str(tmp_path / "none.csv")).returncode == 2
    assert guia("roster", str(tmp_path)).returncode == 2


# The window -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """What the system's own dialog gives back."""

    def choose(file: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))

    return choose


def session(hands: Hands) -> Any:  # noqa: ANN401  # a session that is there
    return hands.app.session


def counted(hands: Hands) -> bool:
    return any(button.accessibleName() == hands.say("roster.use") for button in hands.seen(QPushButton))


def test_an_owner_counts_a_list_and_uses_the_counts(
    hands: Hands, tmp_path: Path, chosen: Callable[[Path], None]
) -> None:
    file = tmp_path / "members.xlsx"
    file.write_bytes(table([HEAD, *PEOPLE]))
    session(hands).answer("mainland-accounts", None)
    page = next(p.id for p in session(hands).pages() if any(q.id == "mainland-accounts" for q in p.questions))
    go(hands, Place("page", page))
    hands.leads_to(lambda: hands.activate(hands.say("roster.way")))
    assert hands.place == Place("roster")
    chosen(file)
    hands.activate(hands.say("roster.choose"))
    hands.until(lambda: counted(hands))
    said = "\n".join(hands.texts())
    assert bank().reasons["accounts-mainland"].text.fill("en", count="1") in said
    assert "通讯录 · B5" in said
    assert not any(name in said for name, *_ in PEOPLE)
    hands.leads_to(lambda: hands.activate(hands.say("roster.use")))
    assert session(hands).answers["accounts"] == COUNTS
    assert session(hands).answers["mainland-accounts"] is True
    assert session(hands).proofs() == []
    session(hands).undo()
    assert "accounts" not in session(hands).answers
    assert session(hands).answers["mainland-accounts"] is None


def test_the_file_is_kept_only_when_its_box_is_ticked(
    hands: Hands, tmp_path: Path, chosen: Callable[[Path], None]
) -> None:
    file = tmp_path / "members.csv"
    file.write_text(csv_text([HEAD, PEOPLE[0]]), "utf-8")
    go(hands, Place("roster"))
    chosen(file)
    hands.activate(hands.say("roster.choose"))
    hands.until(lambda: counted(hands))
    box = next(box for box in hands.seen(QCheckBox) if box.accessibleName() == hands.say("roster.keep"))
    assert not box.isChecked()
    hands.tab_to_name(hands.say("roster.keep"), back=True)
    hands.press(Key.Key_Space)
    hands.leads_to(lambda: hands.activate(hands.say("roster.use")))
    assert [(proof.task, proof.name) for proof in session(hands).proofs()] == [("accounts-list", "members.csv")]
    assert session(hands).answers["mainland-accounts"] is False


def test_a_corrected_column_changes_the_counts(hands: Hands, tmp_path: Path, chosen: Callable[[Path], None]) -> None:
    file = tmp_path / "members.csv"
    file.write_text(csv_text([("姓名", "手机", "备用"), ("陈", "", "+85366123456")]), "utf-8")
    go(hands, Place("roster"))
    chosen(file)
    hands.activate(hands.say("roster.choose"))
    hands.until(lambda: counted(hands))
    unclear = hands.say("roster.note-nothing")
    assert any(unclear in said for said in hands.texts())
    hands.tab_to_name(hands.say("roster.role-mobile"))
    hands.press(Key.Key_Down)
    hands.until(lambda: counted(hands) and not any(unclear in said for said in hands.texts()))
    hands.leads_to(lambda: hands.activate(hands.say("roster.use")))
    assert session(hands).answers["accounts"]["+853"] == 1


@pytest.mark.parametrize("data", [b"", b"Item,Price\nTea,12\n"])
def test_a_file_that_cannot_be_counted_is_explained_on_the_page(
    hands: Hands, tmp_path: Path, chosen: Callable[[Path], None], data: bytes
) -> None:
    file = tmp_path / "members.xlsx"
    file.write_bytes(data)
    go(hands, Place("roster"))
    chosen(file)
    hands.activate(hands.say("roster.choose"))
    hands.until(lambda: any("members.xlsx" in said and "Nothing was changed" in said for said in hands.texts()))


def test_fifty_thousand_rows_are_counted_while_the_window_lives(
    hands: Hands, tmp_path: Path, chosen: Callable[[Path], None]
) -> None:
    file = tmp_path / "members.xlsx"
    file.write_bytes(
        table([HEAD, *((f"人{n}", f"+853-6{n:07d}" if n % 2 else "", "a@b.mo", "x") for n in range(MANY))])
    )
    go(hands, Place("roster"))
    chosen(file)
    ticks: list[float] = []
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    shares: set[int] = set()
    hands.activate(hands.say("roster.choose"))
    timer.start()

    def seen() -> bool:
        shares.update(bar.value() for bar in hands.seen(QProgressBar))
        return counted(hands)

    hands.until(seen, 60)
    timer.stop()
    gaps = [after - before for before, after in pairwise(ticks)]
    print(f"{MANY} rows: {len(ticks)} turns of the window, longest gap {1000 * max(gaps):.0f} ms")  # noqa: T201
    assert len(shares) > 2
    assert len(ticks) > 20
    assert any(str(MANY) in said for said in hands.texts())


@pytest.fixture
def reading_many(hands: Hands, tmp_path: Path, chosen: Callable[[Path], None]) -> None:
    """A long list has been chosen, and its reading has begun."""
    file = tmp_path / "members.csv"
    file.write_text(csv_text([HEAD] + [("人", "+853-66123456", "", "x")] * MANY), "utf-8")
    go(hands, Place("roster"))
    chosen(file)
    hands.activate(hands.say("roster.choose"))


@pytest.mark.usefixtures("reading_many")
def test_cancel_stops_the_reading_and_leaves_the_page_as_it_was(hands: Hands) -> None:
    hands.activate(hands.say("list.cancel"))
    hands.until(lambda: hands.focus().accessibleName() == hands.say("roster.choose"))
    assert hands.seen(QProgressBar) == []
    for _ in range(200):
        hands.rest()
        time.sleep(0.005)
    assert not counted(hands)
    assert "accounts" not in session(hands).answers


@pytest.mark.usefixtures("reading_many")
def test_leaving_the_page_while_it_reads_harms_nothing(hands: Hands) -> None:
    go(hands, Place("home"))
    for _ in range(100):
        hands.rest()
        time.sleep(0.005)
    assert hands.place == Place("home")


def test_a_pasted_list_becomes_rows_but_for_what_was_unticked(hands: Hands) -> None:
    session(hands).answer_together({"plugins-known": True})
    session(hands).put_row("plugins", {"name": "CRM"})
    page = next(p.id for p in session(hands).pages() if any(q.id == "plugins" for q in p.questions))
    go(hands, Place("page", page))
    hands.leads_to(lambda: hands.activate(hands.say("list.way")))
    hands.tab_to(lambda widget: isinstance(widget, QPlainTextEdit))
    hands.type("• crm\n• Payroll Pro\n• Old thing")
    hands.until(lambda: len(hands.seen(QCheckBox)) == 2)
    hands.tab_to_name("Old thing")
    hands.press(Key.Key_Space)
    hands.leads_to(lambda: hands.activate(hands.say("list.add")))
    assert hands.place.name == "page"
    assert [row["name"] for row in rows(session(hands).answers, "plugins")] == ["CRM", "Payroll Pro"]
    hands.press(Key.Key_Z, CTRL)
    assert [row["name"] for row in rows(session(hands).answers, "plugins")] == ["CRM"]


def test_forms_from_a_file_become_flows(hands: Hands, tmp_path: Path, chosen: Callable[[Path], None]) -> None:
    file = tmp_path / "forms.csv"
    file.write_text("编号,审批名称\n1,病假\n2,採購申請\n", "utf-8")
    go(hands, Place("list", "flows"))
    chosen(file)
    hands.activate(hands.say("list.choose"))
    hands.until(lambda: len(hands.seen(QCheckBox)) == 2)
    hands.leads_to(lambda: hands.activate(hands.say("list.add")))
    made = rows(session(hands).answers, "flows")
    assert [(row["name"], row.get("kinds")) for row in made] == [("病假", ["attendance", "health"]), ("採購申請", None)]
    assert {row["channel"] for row in made} == {"dingtalk-approval"}


def test_mixed_groups_are_named_on_the_page(hands: Hands, tmp_path: Path, chosen: Callable[[Path], None]) -> None:
    people, grouped = tmp_path / "members.csv", tmp_path / "groups.csv"
    people.write_text(csv_text([HEAD, *PEOPLE]), "utf-8")
    grouped.write_text(csv_text([("群名称", "群成员"), ("前台群", "陈大文、李小明"), ("HR", "Rui")]), "utf-8")
    go(hands, Place("roster"))
    chosen(people)
    hands.activate(hands.say("roster.choose"))
    hands.until(lambda: counted(hands))
    chosen(grouped)
    hands.activate(hands.say("roster.choose-groups"))
    wanted = hands.say("roster.mixed", groups="前台群")
    hands.until(lambda: wanted in [shown.text() for shown in hands.seen(QLabel)])
    assert len(hands.seen(QComboBox)) == 7


def test_groups_become_rows_once_and_one_undo_takes_them_back(
    hands: Hands, tmp_path: Path, chosen: Callable[[Path], None]
) -> None:
    people, grouped = tmp_path / "members.csv", tmp_path / "groups.csv"
    people.write_text(csv_text([HEAD, *PEOPLE]), "utf-8")
    grouped.write_text(
        csv_text([("群名称", "群成员"), ("前台群", "陈大文、李小明"), ("HR", "Rui"), ("外人", "王五")]), "utf-8"
    )
    session(hands).answer_together({"groups": [{"id": "a", "name": "hr"}]})
    go(hands, Place("roster"))
    chosen(people)
    hands.activate(hands.say("roster.choose"))
    hands.until(lambda: counted(hands))
    chosen(grouped)
    hands.activate(hands.say("roster.choose-groups"))
    hands.until(lambda: hands.say("roster.mixed", groups="前台群") in hands.texts())
    hands.activate(hands.say("roster.take-groups"))
    made = [(row["name"], row.get("mixed")) for row in rows(session(hands).answers, "groups")]
    assert made == [("hr", False), ("前台群", True), ("外人", None)]
    assert hands.say("roster.groups-taken", count="2") in hands.texts()
    session(hands).undo()
    assert session(hands).answers["groups"] == [{"id": "a", "name": "hr"}]


def test_a_list_without_headings_is_counted_once_the_owner_says_which_column_holds_the_numbers(
    hands: Hands, tmp_path: Path, chosen: Callable[[Path], None]
) -> None:
    file = tmp_path / "members.csv"
    file.write_text(csv_text([("陈大文", "+85366123456"), ("李明", "13912345678")]), "utf-8")
    go(hands, Place("roster"))
    chosen(file)
    hands.activate(hands.say("roster.choose"))
    hands.until(lambda: hands.say("roster.no-people", file="members.csv") in hands.texts())
    assert not counted(hands)
    hands.tab_to_name(hands.say("roster.role-mobile"))
    hands.press(Key.Key_End)
    hands.until(lambda: hands.say("roster.found", count="2") in hands.texts())
    hands.leads_to(lambda: hands.activate(hands.say("roster.use")))
    assert session(hands).answers["accounts"] | COUNTS == COUNTS | {"+853": 1, "+86": 1}
