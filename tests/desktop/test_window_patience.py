"""What an owner does too often, too much at once or with a file that is none: the window goes on, nothing piles up."""

import gc
import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from desktop.acceptance import Opened
from desktop.connect.watch import GivenUp, Watch
from desktop.storage.entries import LONGEST_NOTE
from desktop.ui.desk import Place
from desktop.ui.lines import LONGEST, Lines
from desktop.ui.log.box_after import SendTrail
from desktop.ui.log.box_test import BoxTest
from tests.desktop.hands import CTRL, Hands, Key
from tests.desktop.log_owner import says, session_of, type_into
from tests.desktop.pages import go, with_box
from wizards.trail.verdict import Unbroken

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

W = TypeVar("W", bound=QWidget)


@pytest.mark.parametrize(
    ("place", "word"),
    [(Place("entry"), "hand.note"), (Place("box", "sites"), "box-page.sites"), (Place("task", ""), "task.note")],
    ids=["note", "sites", "task"],
)
def test_a_paste_as_long_as_a_book_does_not_hang_the_window(busy: Hands, place: Place, word: str) -> None:
    place = Place("task", session_of(busy).plan().tasks[0].id) if place.name == "task" else place
    go(busy, place)
    QApplication.clipboard().setText("a line\n" * 300_000)
    busy.tab_to_name(busy.say(word))
    busy.press(Key.Key_V, CTRL)
    field = busy.focus()
    assert isinstance(field, Lines)
    assert len(field.toPlainText()) == LONGEST


def test_a_note_that_was_cut_while_pasted_is_still_too_long(hands: Hands) -> None:
    go(hands, Place("entry"))
    QApplication.clipboard().setText("長" * 3_000_000)
    hands.tab_to_name(hands.say("hand.note"))
    hands.press(Key.Key_V, CTRL)
    hands.activate(hands.say("hand.write"))
    assert says(hands, "hand.too-long", count=str(LONGEST), most=str(LONGEST_NOTE))
    assert hands.place == Place("entry")


def test_whoever_leaves_the_page_of_the_log_leaves_no_reading_behind(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = Event(), Event()

    def reads_for_ever(*, beside: object, going: Callable[[], object]) -> Unbroken:
        del beside
        begun.set()
        while True:
            try:
                going()
            except GivenUp:
                ended.set()
                raise
            time.sleep(0.001)

    with monkeypatch.context() as slow:
        slow.setattr(session_of(hands).trail, "verify", reads_for_ever)
        hands.app.window.go(Place("log"))
        hands.until(begun.is_set)
        hands.app.window.go(Place("home"))
        hands.rest()  # the page that was left goes
        hands.until(ended.is_set)
    hands.until(lambda: QThreadPool.globalInstance().activeThreadCount() == 0)
    assert hands.place == Place("home")


def test_a_reading_that_was_given_up_leaves_the_vault_free(hands: Hands) -> None:
    session = session_of(hands)
    session.answer("staff", 3)
    watch = Watch()
    watch.give_up()
    with pytest.raises(GivenUp):
        session.trail.verify(going=watch.check)
    session.answer("staff", 4)
    assert isinstance(session.trail.verify(), Unbroken)


def test_another_test_does_not_end_the_sending_of_the_trail(hands: Hands) -> None:
    with_box(session_of(hands))
    proof = session_of(hands).box.proven()
    assert proof is not None
    go(hands, Place("box"))
    sending = found(hands, SendTrail)
    given_up = Event()

    def act(watch: Watch) -> None:
        try:
            watch.wait(20)
        except GivenUp:
            given_up.set()
            raise

    sending._waiting.begin(act, lambda _: None, lambda _: None)
    found(hands, BoxTest)._show(proof)
    hands.rest()
    assert found(hands, SendTrail) is sending
    assert says(hands, "waiting.beginning")
    assert not given_up.is_set()
    sending._waiting.give_up()
    hands.until(given_up.is_set)


def found(hands: Hands, kind: type[W]) -> W:
    (one,) = hands.seen(kind)
    return one


def test_a_folder_that_cannot_be_looked_into_is_said_calmly(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    unseen = f"/{'x' * 300}"  # longer than any disk takes, so that asking for it fails for everybody
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: unseen)
    go(hands, Place("box"))
    type_into(hands, "box-page.host", "192.168.1.20")
    hands.activate(hands.say("box-page.save"))
    assert any(unseen in text for text in hands.texts())
    assert not hands.seen(QMessageBox)
    assert session_of(hands).box.kept() is None


@pytest.mark.parametrize("kind", ["gone", "folder", "pipe"])
def test_answers_that_cannot_be_read_are_said_and_change_nothing(
    busy: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    session, file = session_of(busy), tmp_path / "answers.json"
    before = dict(session.answers)
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe" and hasattr(os, "mkfifo"):
        os.mkfifo(file)  # whoever opened it would wait for ever
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(file), ""))
    go(busy, Place("settings"))
    busy.activate(busy.say("settings.import"))
    busy.until(lambda: any("answers.json" in text for text in busy.texts()))
    assert session.answers == before


def test_what_was_read_for_a_page_goes_with_it(busy: Hands, tmp_path: Path) -> None:
    sample = tmp_path / "sample.log"
    sample.write_text("Nov 20 09:00:00 box app: ana opened a file\n" * 30, "utf-8")
    for _ in range(3):
        go(busy, Place("sample", str(sample)))
        busy.until(lambda: says(busy, "acceptance.refused"))
        go(busy, Place("home"))
    busy.until(lambda: not opened_samples())


def opened_samples() -> list[Opened]:
    gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, Opened)]
