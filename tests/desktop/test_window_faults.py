"""Hands that press anything, faults of disk and vault: nothing is lost, and what happened is said calmly."""

import gc
import random
from pathlib import Path
from typing import Any, get_args

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QFrame,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableWidget,
)
from pytestqt.qtbot import QtBot

from desktop import content
from desktop.app import App
from desktop.paths import Paths
from desktop.storage.connection import hold
from desktop.storage.faults import Code, VaultError
from desktop.ui import work
from desktop.ui.desk import Place
from desktop.ui.fields.field import Field
from desktop.ui.question_page import at_cell
from tests.desktop.hands import Hands, Key
from tests.desktop.pages import PASSPHRASE, controls, go, places
from tests.desktop.rosters import COUNTS, HEAD, PEOPLE, csv_text
from tests.desktop.watch import lost, opened
from wizards.interview.answers import rows
from wizards.interview.mistakes import MOST_ROWS

# said by the platform without a screen, of raising and of popups
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


# Nothing is lost ------------------------------------------------------------------------------------------------------


@pytest.fixture
def naming(hands: Hands) -> Hands:
    """On the page of the business's name, which is half typed: the pause after typing has not come yet."""
    go(hands, Place("page", "business/business-name"))
    hands.tab_to(lambda widget: isinstance(widget, QLineEdit))
    hands.type("Half a na")
    return hands


def kept(hands: Hands, home: Path) -> Any:  # noqa: ANN401 - an answer of any kind
    hands.rest()
    hands.app.close()
    with opened(home, PASSPHRASE) as store:
        return store.answers().get("business-name")


def test_closing_the_window_keeps_what_was_typed(naming: Hands, home: Path) -> None:
    naming.app.window.close()
    assert kept(naming, home) == "Half a na"


def test_going_elsewhere_keeps_what_was_typed_and_shows_it(naming: Hands, home: Path) -> None:
    naming.press(Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert naming.place == Place("home")
    assert "Half a na" in naming.texts()
    assert kept(naming, home) == "Half a na"


def test_another_language_keeps_what_was_typed(naming: Hands, home: Path) -> None:
    naming.app.speak("pt")
    naming.rest()
    assert [line.text() for line in naming.seen(QLineEdit)] == ["Half a na"]
    assert kept(naming, home) == "Half a na"


def test_pause_keeps_what_was_typed(naming: Hands, qtbot: QtBot) -> None:
    session = naming.app.session
    assert session is not None
    qtbot.waitUntil(lambda: session.answers.get("business-name") == "Half a na", timeout=3000)


def test_answer_that_hides_others_says_so_and_undo_brings_them_back(busy: Hands) -> None:
    session = busy.app.session
    assert session is not None
    assert session.answers["mainland-accounts"] is True
    counts = session.answers["accounts"]
    hidden = content.bank().questions["accounts"].text.en
    go(busy, Place("page", "footing/mainland-accounts"))
    (field,) = [field for field in busy.fields() if isinstance(field, Field)]
    busy.give(field, value=False)
    assert any(hidden in text for text in busy.texts())
    assert session.answers["accounts"] == counts
    assert any(hidden in frame.accessibleName() for frame in busy.seen(QFrame))
    busy.activate(busy.say("page.undo"))
    assert session.answers["mainland-accounts"] is True
    assert not any(hidden in text for text in busy.texts())
    assert [page.id for page in session.pages() if page.id == "footing/accounts"] == ["footing/accounts"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_anything_pressed_raises_nothing_and_loses_nothing(
    busy: Hands, home: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr("desktop.ui.so_far.QDesktopServices.openUrl", lambda _: True)
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    keys = (Key.Key_Tab, Key.Key_Backtab, Key.Key_Space, Key.Key_Return, Key.Key_Down, Key.Key_Up, Key.Key_Escape)
    targets = places(busy.app)[2:]
    for turn in range(40):
        if turn % 8 == 0:
            go(busy, chance.choice(targets))
        for _ in range(2):
            QTest.keyClick(busy.app.window.windowHandle(), chance.choice(keys))
        if chance.random() < 0.3 and isinstance(QApplication.focusWidget(), QLineEdit):
            busy.type(chance.choice(["12", "2027-01-31", "Ana", "何小姐", "-", " "]))
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        shown = [w for w in controls(busy.app.window) if not isinstance(w, QComboBox)]
        QTest.mouseClick(chance.choice(shown), Qt.MouseButton.LeftButton)
        busy.rest()
    work.wait()  # what was ticked last is kept, and shown, before the vault is closed
    busy.rest()
    session = busy.app.session
    assert session is not None
    last = dict(session.answers)
    busy.app.window.close()
    last |= {question: value for question, value in session.answers.items() if question in last}
    busy.app.close()
    with opened(home, PASSPHRASE) as store:
        assert lost(store, []) == []
        assert {question: store.answers()[question] for question in last} == last


# Faults ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", get_args(Code))
def test_fault_of_the_vault_is_said_calmly(app: App, monkeypatch: pytest.MonkeyPatch, code: Code) -> None:
    def refuse(_: str) -> None:
        raise VaultError(code)

    monkeypatch.setattr(app.doors, "with_passphrase", refuse)
    app.dress(Place("unlock"))
    hands = Hands(app)
    try_passphrase(hands)
    hands.until(lambda: hands.say(f"vault.{code}") in hands.texts())
    assert hands.place.name == "unlock"
    assert hands.seen(QLineEdit)


def test_fault_that_nobody_foresaw_is_said_calmly(
    app: App, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def break_down(_: str) -> None:
        raise OSError(5, "Input/output error", "/secret/path")

    monkeypatch.setattr(app.doors, "with_passphrase", break_down)
    app.dress(Place("unlock"))
    hands = Hands(app)
    try_passphrase(hands)
    said = hands.say("cli.fault", kind="OSError", log=str(app.doors.paths.log))
    hands.until(lambda: said in hands.texts())
    assert "/secret/path" not in " ".join(hands.texts())
    assert "Traceback" not in capfd.readouterr().err


def test_last_resort_speaks_once_and_the_window_stays(busy: Hands) -> None:
    for _ in range(3):
        busy.app.trouble(ZeroDivisionError, ZeroDivisionError("of Ana"), None)
    busy.rest()
    (box_,) = busy.seen(QMessageBox)
    assert box_.text() == busy.say("cli.fault", kind="ZeroDivisionError", log=str(busy.app.doors.paths.log))
    box_.close()


def test_vault_in_use_is_said_and_opens_when_the_other_has_gone(hands: Hands, home: Path) -> None:
    app = hands.app
    app.close()
    app.dress(Place("unlock"))
    with hold(Paths(home).lock):
        try_passphrase(hands)
        hands.until(lambda: hands.say("vault.in-use") in hands.texts())
    try_passphrase(hands)
    hands.until(lambda: hands.place.name == "home")


def test_answer_that_the_disk_does_not_take_stays_and_is_tried_again(
    naming: Hands, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = naming.app.session
    assert session is not None

    with monkeypatch.context() as broken:
        broken.setattr(session._store, "save", full_disk)
        naming.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert naming.say("vault.disk-full") in naming.texts()
        assert naming.say("vault.disk-full") in [frame.accessibleName() for frame in naming.seen(QFrame)]
        assert [line.text() for line in naming.seen(QLineEdit)] == ["Half a na"]
        assert naming.place == Place("page", "business/business-name")
    naming.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert naming.place != Place("page", "business/business-name")
    assert kept(naming, home) == "Half a na"


def test_row_that_the_disk_does_not_take_stays_in_its_form_and_is_tried_again(
    busy: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = busy.app.session
    assert session is not None
    before = rows(session.answers, "flows")
    go(busy, at_cell("flows/flows", "name", str(before[0]["id"])))
    with monkeypatch.context() as broken:
        broken.setattr(session._store, "save", full_disk)
        busy.type("Another name")
        busy.activate(busy.say("rows.done"))
        assert busy.say("vault.disk-full") in busy.texts()
        assert next(line.text() for line in busy.seen(QLineEdit)) == "Another name"
        assert rows(session.answers, "flows") == before
    busy.activate(busy.say("rows.done"))
    assert busy.place == Place("flow", str(before[0]["id"]))
    assert rows(session.answers, "flows") == ({**before[0], "name": "Another name"}, *before[1:])


def test_counts_that_the_disk_does_not_take_stay_on_the_page_and_are_tried_again(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = hands.app.session
    assert session is not None
    file = tmp_path / "members.csv"
    file.write_text(csv_text([HEAD, *PEOPLE]), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    go(hands, Place("roster"))
    hands.activate(hands.say("roster.choose"))
    hands.until(lambda: hands.focus().accessibleName() == hands.say("roster.use"))
    hands.tab_to_name(hands.say("roster.keep"))
    hands.press(Key.Key_Space)
    with monkeypatch.context() as broken:
        broken.setattr(session._store, "save", full_disk)
        hands.activate(hands.say("roster.use"))
        hands.until(lambda: hands.say("vault.disk-full") in hands.texts())
        assert hands.place == Place("roster")
    assert "accounts" not in session.answers
    hands.leads_to(lambda: hands.activate(hands.say("roster.use")))
    assert session.answers["accounts"] == COUNTS
    assert [proof.name for proof in session.proofs()] == ["members.csv"]


def test_full_table_says_so_and_offers_nothing_that_it_cannot_take(busy: Hands) -> None:
    session = busy.app.session
    assert session is not None

    def filled(number: int) -> None:
        session.answer("flows", [{"id": f"r{n}", "name": f"Flow {n}"} for n in range(number)])
        go(busy, Place("page", "flows/flows"))

    filled(1)
    offered = len(session.suggestions("flows", "en"))
    everything = busy.say("suggestions.all", count=str(offered))
    full = busy.say("rows.full", limit=str(MOST_ROWS))
    filled(MOST_ROWS - offered)
    assert everything in [button.accessibleName() for button in busy.seen(QPushButton)]
    filled(MOST_ROWS - offered + 1)
    assert everything not in [button.accessibleName() for button in busy.seen(QPushButton)]
    assert full not in busy.texts()
    filled(MOST_ROWS)
    assert full in busy.texts()
    assert isinstance(busy.focus(), QTableWidget)
    go(busy, Place("list", "flows"))
    busy.type("One form more")
    busy.until(lambda: full in busy.texts())
    assert len(rows(session.answers, "flows")) == MOST_ROWS


def test_pages_that_were_left_leave_nothing_behind(busy: Hands) -> None:
    session = busy.app.session
    assert session is not None
    kinds = ("home", "map", "roster", "sheet", "plan", "assessment", "review", "settings")
    flow = str(rows(session.answers, "flows")[0]["id"])
    visited = [*map(Place, kinds), Place("map", "both"), Place("flow", flow), Place("list", "flows")]
    visited += [*(Place("page", page.id) for page in session.pages()), Place("guide", next(iter(session.bank.guides)))]

    def after_a_round() -> int:
        for place in visited:
            go(busy, place)
        go(busy, Place("home"))
        gc.collect()
        busy.rest()
        return len(QApplication.allWidgets())

    first = after_a_round()
    assert [after_a_round() for _ in range(2)] == [first, first]


@pytest.mark.parametrize(
    ("place", "word"),
    [
        (Place("roster"), "roster.choose"),
        (Place("list", "groups"), "list.choose"),
        (Place("sheet"), "sheet.choose"),
    ],
    ids=lambda one: one.name if isinstance(one, Place) else "",
)
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7"], ids=["empty", "pdf"])
def test_file_that_cannot_be_used_leaves_the_keyboard_where_another_is_chosen(
    busy: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: Place, word: str, content: bytes
) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(content)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    go(busy, place)
    busy.activate(busy.say(word))
    busy.until(lambda: busy.say("list.cancel") not in [b.accessibleName() for b in busy.seen(QPushButton)])
    work.wait()
    busy.rest()
    assert any("list.xlsx" in text for text in busy.texts())
    assert any("list.xlsx" in frame.accessibleName() for frame in busy.seen(QFrame))
    assert busy.focus().accessibleName() in {busy.say(word), busy.say("sheet.another")}


# Pages that are left while their work goes on -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "word", "said"),
    [
        (Place("map"), "map-page.save", "save.done"),
        (Place("page", "flows/flows"), "sheet.send", "sheet.saved"),
        (Place("home"), "home.export", "save.done"),
        (Place("settings"), "settings.export", "save.done"),
    ],
    ids=lambda one: one.name if isinstance(one, Place) else "",
)
@pytest.mark.parametrize("folder", ["", "gone"])
def test_what_came_of_saving_is_said_on_the_page_one_has_gone_to(
    busy: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: Place, word: str, said: str, folder: str
) -> None:
    endings = {"map-page.save": ".png", "sheet.send": ".xlsx", "home.export": ".pdf", "settings.export": ".json"}
    out = tmp_path / folder / f"out{endings[word]}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    go(busy, place)
    busy.activate(busy.say(word))
    busy.app.window.go(Place("review"))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # as a running event loop does: it is gone
    busy.until(lambda: busy.seen(QMessageBox))
    (box,) = busy.seen(QMessageBox)
    assert out.exists() == (not folder)
    why = busy.say("cause.missing", system="")
    unwritten = busy.say("cli.unwritable", file=str(out), why=why)
    assert box.text() == (unwritten if folder else busy.say(said, file=str(out)))
    box.close()
    assert busy.place == Place("review")


def test_vault_that_was_left_while_a_paper_is_made_is_no_fault(
    busy: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "plan.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    busy.activate(busy.say("home.export"))
    busy.app.left()
    busy.until(lambda: busy.seen(QMessageBox))
    (box,) = busy.seen(QMessageBox)
    assert box.text() == busy.say("save.done", file=str(out))
    box.close()
    busy.until(lambda: busy.place.name == "unlock")


def test_task_that_is_kept_later_does_not_call_its_owner_back(busy: Hands) -> None:
    session = busy.app.session
    assert session is not None
    task = session.plan().tasks[0].id
    go(busy, Place("task", task))
    busy.activate(busy.say("task.tick"))
    busy.app.window.go(Place("review"))
    work.wait()
    busy.rest()
    assert busy.place == Place("review")
    assert task in session.done()


def full_disk(*_: object) -> None:
    raise VaultError("disk-full")


def try_passphrase(hands: Hands) -> None:
    hands.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    hands.type(PASSPHRASE)
    hands.press(Key.Key_Return)
