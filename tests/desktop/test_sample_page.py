"""The page that judges the sample of a log, used by keyboard: choose, see, copy, save, keep as a proof; drop a file."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QMessageBox, QWidget

from desktop.acceptance import open_sample
from desktop.ui.acceptance.sample_page import SamplePage
from desktop.ui.acceptance.sign import Sign
from desktop.ui.desk import Place
from tests.desktop.hands import Hands, Key
from tests.desktop.log_samples import make, put, samples
from tests.desktop.pages import go
from tests.desktop.pdf_reading import failures, spoken, words_of
from wizards.trail.verdict import Unbroken

GOOD = "RFC 5424 with everything in its structured data"
POOR = "The noise of a server is no audit log"


def sample(name: str, folder: Path) -> Path:
    return make(next(one for one in samples() if one["name"] == name), folder)


def shown(hands: Hands, file: Path) -> None:
    """Go there with a file, until its verdict is on the page."""
    go(hands, Place("sample", str(file)))
    hands.until(lambda: hands.seen(Sign))


@pytest.fixture
def untested(busy: Hands) -> Hands:
    """A business whose log nobody has tested: the plan has the task that a sample settles."""
    session = busy.app.session
    assert session is not None
    session.answer_together({"log-state": "some", "log-care": ["reader"]})
    assert "log-test" in {task.id for task in session.plan().tasks}
    return busy


def answer(monkeypatch: pytest.MonkeyPatch, method: str, file: Path) -> None:
    """The system's dialog, which a test cannot press, gives this file."""
    monkeypatch.setattr(QFileDialog, method, lambda *_: (str(file), ""))


def test_a_file_is_chosen_and_every_check_is_said_by_word_and_by_shape(
    busy: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "getOpenFileName", sample(POOR, tmp_path))
    go(busy, Place("sample"))
    busy.leads_to(lambda: busy.activate(busy.say("acceptance.choose")))
    busy.until(lambda: busy.seen(Sign))
    assert busy.say("acceptance.refused") in busy.texts()
    words = {busy.say(f"acceptance.status-{status}") for status in ("pass", "warn", "fail", "unknown")}
    chips = [one.text() for one in busy.seen(QLabel) if one.property("chip")]
    assert len(chips) == 16
    assert set(chips) <= words
    assert len(busy.seen(Sign)) == 17
    assert busy.focus().accessibleName() == busy.say("acceptance.save")


def test_what_to_ask_is_copied(busy: Hands, tmp_path: Path) -> None:
    shown(busy, sample(POOR, tmp_path))
    busy.activate(busy.say("acceptance.copy"))
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(busy.say("acceptance.ask-opening"))
    assert "\n1. Who did it: " in copied
    assert busy.say("acceptance.copied") in busy.texts()


def test_a_file_that_is_no_log_is_said_calmly(busy: Hands, tmp_path: Path) -> None:
    go(busy, Place("sample", str(put(b"Dear Ana,\nregards\n", tmp_path / "letter.txt"))))
    busy.until(lambda: busy.say("acceptance.not-no-table", file="letter.txt") in busy.texts())
    go(busy, Place("sample", str(tmp_path / "missing.log")))
    busy.until(lambda: any("missing.log" in text for text in busy.texts()))
    assert busy.seen(Sign) == []


def test_what_every_line_lacks_is_said_of_all_lines_and_not_of_five(busy: Hands, tmp_path: Path) -> None:
    shown(busy, sample(POOR, tmp_path))
    whose = "No line names an account or a person in a place of its own."
    assert f"{whose} {busy.say('acceptance.places-all')}" in busy.texts()
    assert any("is not decided yet" in text for text in busy.texts())
    assert not any("that you chose" in text for text in busy.texts())


def test_how_far_back_is_judged_anew(busy: Hands, tmp_path: Path) -> None:
    shown(busy, sample(GOOD, tmp_path))
    busy.tab_to(lambda widget: isinstance(widget, QComboBox), "days", back=True)
    for days in ("30", "90"):
        busy.press(Key.Key_Down)
        busy.until(lambda days=days: any(f"Whether {days} are kept" in text for text in busy.texts()))  # type: ignore[misc]
    assert isinstance(busy.focus(), QComboBox)


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_the_result_is_one_page_without_anything_of_the_lines(
    busy: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "page.pdf"
    answer(monkeypatch, "getSaveFileName", out)
    shown(busy, sample(GOOD, tmp_path))
    busy.activate(busy.say("acceptance.save"))
    busy.until(lambda: busy.seen(QMessageBox))
    busy.press(Key.Key_Return)
    pdf = out.read_bytes()
    assert {word.page for word in words_of(pdf)} == {1}
    assert failures(pdf) == []
    whole = spoken(pdf)
    for said in (busy.say("acceptance.accepted"), "not confirmed", "Can be changed unseen", "40 of 40 lines"):
        assert said in whole
    assert [secret for secret in ("ana", "bia", "/pay/", "10.0.0.5") if secret in whole.split()] == []


def test_an_accepted_sample_is_kept_as_the_proof_of_its_task(untested: Hands, tmp_path: Path) -> None:
    hands, session = untested, untested.app.session
    assert session is not None
    shown(hands, sample(GOOD, tmp_path))
    hands.activate(hands.say("acceptance.keep", task="Prove that the log really arrives"))
    hands.until(lambda: "log-test" in session.done())
    proof = session.proofs()[-1]
    assert (proof.task, proof.name[-4:]) == ("log-test", ".pdf")
    assert "40" in session.done()["log-test"].note
    hands.until(lambda: hands.say("acceptance.kept", task="Prove that the log really arrives") in hands.texts())


def test_a_sample_that_is_not_accepted_is_no_proof(untested: Hands, tmp_path: Path) -> None:
    shown(untested, sample(POOR, tmp_path))
    names = [widget.accessibleName() for widget in untested.seen(QWidget)]
    assert untested.say("acceptance.keep", task="Prove that the log really arrives") not in names


def test_the_trail_gets_what_was_read_and_nothing_of_the_lines(
    busy: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = busy.app.session
    assert session is not None
    real, recorded = session.trail.record, list[str]()

    def record(*given: Any) -> None:  # noqa: ANN401  # whatever is recorded
        recorded.append(repr(given))
        real(*given)

    monkeypatch.setattr(session.trail, "record", record)
    shown(busy, sample(GOOD, tmp_path))
    assert len(recorded) == 1
    assert "log.read" in recorded[0]
    assert [secret for secret in ("'ana'", "/clientes", "10.0.0.5") if secret in recorded[0]] == []
    assert isinstance(session.trail.verify(), Unbroken)


def test_guias_own_trail_as_it_is_exported_is_judged(busy: Hands, tmp_path: Path) -> None:
    session = busy.app.session
    assert session is not None
    session.trail.export(tmp_path / "trail.jsonl")
    shown(busy, tmp_path / "trail.jsonl")
    found = open_sample(tmp_path / "trail.jsonl").judged(None)
    assert (found.sample.format, found.sample.unread) == ("guia-trail", ())
    assert {name: found.of(name).status for name in ("seal", "numbers", "who", "what", "when", "zone", "object")} == (
        dict.fromkeys(("seal", "numbers", "who", "what", "when", "zone", "object"), "pass")
    )


def test_a_file_that_is_dropped_is_read(busy: Hands, tmp_path: Path) -> None:
    file = sample(GOOD, tmp_path)
    go(busy, Place("sample"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    page = busy.seen(SamplePage)[0]
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(9, 9), copy, data, left, none))
    QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), copy, data, left, none))
    busy.until(lambda: busy.seen(Sign))
    assert busy.place == Place("sample", str(file))


def test_the_task_of_the_log_leads_here(untested: Hands) -> None:
    go(untested, Place("task", "log-test"))
    untested.leads_to(lambda: untested.activate(untested.say("acceptance.way")))
    assert untested.place == Place("sample")
    untested.leads_to(lambda: untested.activate(untested.say("acceptance.back")))
    assert untested.place == Place("task", "log-test")


def test_the_page_of_the_log_leads_here(busy: Hands) -> None:
    go(busy, Place("log"))
    busy.leads_to(lambda: busy.activate(busy.say("acceptance.way")))
    assert busy.place == Place("sample")


def test_cancel_stops_a_long_reading(busy: Hands, tmp_path: Path) -> None:
    line = b"2026-11-20T09:00:00+08:00 box app: user=ana action=open object=/x result=ok\n"
    go(busy, Place("sample"))
    busy.app.window.go(Place("sample", str(put(line * 150_000, tmp_path / "long.log"))))
    busy.until(lambda: busy.say("list.cancel") in [widget.accessibleName() for widget in busy.seen(QWidget)])
    busy.activate(busy.say("list.cancel"))
    assert busy.seen(Sign) == []
    assert busy.focus().accessibleName() == busy.say("acceptance.other")
