"""The window and the flows spreadsheet: out, back, each conflict decided by hand, one change that Undo takes back."""

import re
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QRadioButton, QWidget

from desktop.sheets import reading
from desktop.storage.faults import VaultError
from desktop.ui import work
from desktop.ui.desk import Place
from desktop.ui.sheet.cards import Choices
from tests.desktop.hands import Hands, Key
from tests.desktop.pages import go
from tests.desktop.sheets import edited
from wizards.interview.mistakes import Mistake
from wizards.mapping.sheet import wording

# said by the platform without a screen, of raising and of popups
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that every dialog answers with."""
    chosen = tmp_path / "flows.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(chosen), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(chosen), ""))
    return chosen


def rows(hands: Hands) -> list[dict[str, Any]]:
    assert hands.app.session is not None
    return [dict(one) for one in hands.app.session.answers["flows"]]


def put(hands: Hands, given: list[dict[str, Any]]) -> None:
    assert hands.app.session is not None
    hands.app.session.answer("flows", given)


def bring(hands: Hands) -> None:
    """From the page of the flows by the keyboard to what the file brings."""
    go(hands, Place("page", "flows/flows"))
    hands.leads_to(lambda: hands.activate(hands.say("sheet.bring")))
    hands.leads_to(lambda: hands.activate(hands.say("sheet.choose")))
    hands.until(lambda: hands.seen(QWidget) and not any("Reading" in text for text in hands.texts()))


def button(hands: Hands, word: str) -> QPushButton:
    return next(one for one in hands.seen(QPushButton) if one.accessibleName() == hands.say(word))


def choose(hands: Hands, named: str) -> None:
    """Choose the radio button whose name has `named` in it, by the keyboard."""
    wanted = next(one for one in hands.seen(QRadioButton) if named in one.accessibleName())
    group = {one for one in hands.seen(QRadioButton) if one.parentWidget() is wanted.parentWidget()}
    hands.tab_to(lambda widget: widget in group, named)
    if hands.focus() is not wanted:
        hands.press(Key.Key_Down if hands.focus().y() < wanted.y() else Key.Key_Up)
    if not wanted.isChecked():
        hands.press(Key.Key_Space)
    assert wanted.isChecked()


def test_the_flows_go_out_and_come_back_as_they_are(busy: Hands, file: Path) -> None:
    go(busy, Place("page", "flows/flows"))
    busy.activate(busy.say("sheet.send"))
    busy.until(lambda: busy.seen(QMessageBox))
    assert str(file) in busy.seen(QMessageBox)[0].text()
    busy.press(Key.Key_Return)
    busy.until(lambda: not busy.seen(QMessageBox))
    busy.app.window.activateWindow()  # a window manager does this; without a screen there is none
    before = rows(busy)
    bring(busy)
    assert busy.say("sheet.nothing") in busy.texts()
    assert busy.say("sheet.take-over") not in [one.accessibleName() for one in busy.seen(QPushButton)]
    busy.leads_to(lambda: busy.activate(busy.say("sheet.back-to")))
    assert busy.place == Place("page", "flows/flows")
    assert rows(busy) == before


def test_each_conflict_is_decided_and_all_is_one_change_that_undo_takes_back(busy: Hands, file: Path) -> None:
    sent = rows(busy)
    file.write_bytes(
        edited(sent, {(0, "name"): "Theirs", (0, "volume"): 7, (1, "purpose"): "Offers", (2, "purpose"): "Not this"})
    )
    ours = [{**sent[0], "name": "Mine", "volume": 8}, *sent[1:]]
    put(busy, ours)
    bring(busy)
    assert busy.focus() is busy.seen(QRadioButton)[0]
    take = button(busy, "sheet.take-over")
    assert not take.isEnabled()
    # nothing is chosen beforehand where both sides changed
    assert [one.isChecked() for one in busy.seen(QRadioButton)] == [False] * 4 + [False, True] * 2
    choose(busy, busy.say("sheet.mine", value="Mine"))
    assert busy.say("sheet.to-decide", count="1") in busy.texts()
    assert not take.isEnabled()
    choose(busy, busy.say("sheet.theirs", value="7"))
    assert take.isEnabled()
    choose(busy, f"{sent[2]['name']}: {busy.say('sheet.keep-as-is')}")
    busy.activate(busy.say("sheet.take-over"))
    assert rows(busy) == [{**ours[0], "volume": 7}, {**ours[1], "purpose": "Offers"}, *ours[2:]]
    assert busy.say("sheet.done") in busy.texts()
    busy.leads_to(lambda: busy.activate(busy.say("page.undo")))
    assert busy.place == Place("page", "flows/flows")
    assert rows(busy) == ours


def test_all_conflicts_at_once_those_not_shown_yet_as_well(busy: Hands, file: Path) -> None:
    sent: list[dict[str, Any]] = [{"id": f"r{n}", "name": f"Flow {n}", "volume": 1} for n in range(70)]
    file.write_bytes(edited(sent, {(n, "volume"): 2 for n in range(70)}))
    put(busy, [{**one, "volume": 3} for one in sent])
    bring(busy)
    assert len(busy.seen(Choices)) == 30
    busy.activate(busy.say("sheet.show-more", count="30"))
    assert len(busy.seen(Choices)) == 60
    busy.activate(busy.say("sheet.all-theirs"), back=True)
    busy.activate(busy.say("sheet.show-more", count="10"))
    assert all(one.findChildren(QRadioButton)[1].isChecked() for one in busy.seen(Choices))
    busy.activate(busy.say("sheet.take-over"))
    assert {one["volume"] for one in rows(busy)} == {2}


def test_rows_that_are_new_removed_or_in_conflict_are_shown(busy: Hands, file: Path) -> None:
    sent = rows(busy)
    kept = [one for one in sent if one["id"] != sent[1]["id"]]
    file.write_bytes(
        edited(sent, {(0, "name"): None} | {(0, c): None for c in sent[0] if c not in {"id", "origin", "name"}})
    )
    put(busy, [{**one, "volume": 1} if one is sent[0] else one for one in kept])
    bring(busy)
    assert busy.say("sheet.case-removed") in busy.texts()
    choose(busy, busy.say("sheet.theirs", value=busy.say("sheet.row-gone")))
    busy.activate(busy.say("sheet.take-over"))
    assert rows(busy) == kept[1:]


def test_mistakes_are_listed_with_their_cells_and_change_nothing(busy: Hands, file: Path) -> None:
    before = rows(busy)
    file.write_bytes(edited(before, {(n, "volume"): "many" for n in range(len(before))}))
    bring(busy)
    assert busy.say("sheet.refused") in busy.texts()
    assert 'Flows!E4: "many" is not a whole number' in busy.texts()
    assert rows(busy) == before
    file.write_bytes(b"%PDF-1.7 not a spreadsheet")
    busy.activate(busy.say("sheet.another"))
    busy.until(lambda: busy.say("sheet.refused") not in busy.texts() and busy.seen(QPushButton))
    work.wait()
    busy.rest()
    assert any("flows.xlsx" in text for text in busy.texts())
    file.unlink()
    go(busy, Place("sheet", str(file)))
    assert any(str(file) in text for text in busy.texts())


def test_reading_can_be_given_up_while_the_window_lives(
    busy: Hands, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(edited(rows(busy), {}))
    begun, ended = threading.Event(), threading.Event()

    def slow(_: bytes, __: str, step: Any) -> None:  # noqa: ANN401  # as reading.Step
        begun.set()
        try:
            while step(0.5):
                ended.wait(0.01)
        finally:
            ended.set()
        raise reading.Cancelled

    monkeypatch.setattr(reading, "read", slow)
    busy.app.window.go(Place("sheet", str(file)))
    busy.until(begun.is_set)
    busy.leads_to(lambda: busy.activate(busy.say("list.cancel")))
    busy.until(ended.is_set)
    work.wait()
    busy.rest()
    assert busy.say("sheet.choose") in [one.accessibleName() for one in busy.seen(QPushButton)]


def test_a_disk_that_does_not_take_it_leaves_the_choices_and_says_so(
    busy: Hands, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(busy)
    file.write_bytes(edited(before, {(0, "volume"): 7}))
    bring(busy)

    def full(*_: object) -> None:
        raise VaultError("disk-full")

    with monkeypatch.context() as patched:
        patched.setattr(type(busy.app.session), "answer", full)
        busy.activate(busy.say("sheet.take-over"))
        assert busy.say("vault.disk-full") in busy.texts()
    busy.activate(busy.say("sheet.take-over"))
    assert rows(busy)[0]["volume"] == 7


def test_there_are_words_for_every_mistake_and_remark_and_no_others(busy: Hands) -> None:
    folder = Path(wording.__file__).parent
    named = "".join((folder / name).read_text("utf-8") for name in ("wording.py", "back.py"))
    kinds = set(re.findall(r'"(sheet-[a-z-]+)"', named))
    assert kinds == {word.partition(".")[2] for word in busy.app.words if word.startswith("mistake.sheet-")}
    for kind in kinds:
        found = Mistake("Flows!A1", kind, {"name": "x", "first": "Flows!A2"}, "x", ("xy",))
        assert "{" not in busy.say(f"mistake.{kind}", **found.values)
