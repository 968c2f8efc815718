"""The log pages themselves: what is said of a trail that was changed, stamps, long trails, and a window that stays."""

import re
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QPoint, QThread, QThreadPool
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from desktop import clock
from desktop.content import bank
from desktop.reports.entries_said import Naming
from desktop.ui.desk import Place
from desktop.ui.log.box_page import BoxPage
from desktop.ui.log.next_step import next_step
from desktop.ui.log.stage import Stage
from tests.desktop.authority import Authority, Quiet, handing_on, served
from tests.desktop.hands import Hands, Key
from tests.desktop.log_owner import BLINK, longest_gap, says, session_of, type_into
from tests.desktop.pages import go, with_box
from wizards.content.samples import sample_answers
from wizards.trail.anchor_code import code
from wizards.trail.chain import BARE, append
from wizards.trail.macao import in_macao

MANY: Final = 100_000


def gap(act: Callable[[], object], over: Callable[[], object]) -> float:
    """The longest stall, from `act` until it is over and every worker has ended."""
    return longest_gap(lambda: over() and QThreadPool.globalInstance().activeThreadCount() == 0, act)


@pytest.fixture
def long_trail(hands: Hands) -> Hands:
    """A trail of a hundred thousand entries, made as the vault makes them."""
    store = session_of(hands)._store
    with store._writing() as connection:
        link = store._last_link()
        links = []
        for number in range(MANY - store.last_number()):
            link = append(link, clock.now(), "answer.given", f"q{number}", "ab" * 32, BARE, "owner")
            links.append(link)
        connection.executemany("INSERT INTO trail (seq, entry, hash) VALUES (?, ?, ?)", links)
        store._head = link
    return hands


@pytest.fixture
def reading(long_trail: Hands) -> float:
    """Seconds that it takes to read the long trail: what a window would stand still for that waited for it."""
    before = time.perf_counter()
    session_of(long_trail).trail.verify()
    return time.perf_counter() - before


def calmest(act: Callable[[], object], over: Callable[[], object], again: Callable[[], object]) -> float:
    """The shortest of three longest stalls: what else the computer does meanwhile is not Guia's."""
    found = [gap(act, over)]
    for _ in range(2):
        again()
        found.append(gap(act, over))
    return min(found)


def test_a_trail_of_many_entries_is_verified_while_the_window_goes_on(long_trail: Hands, reading: float) -> None:
    hands = long_trail
    go(hands, Place("trail"))
    shown = hands.say("log-page.chip-whole")

    def again() -> None:
        go(hands, Place("log"))
        go(hands, Place("trail"))

    stall = calmest(lambda: hands.press(Key.Key_Return), lambda: shown in hands.texts(), again)
    assert stall < reading / 2, (stall, reading)


def test_whoever_leaves_while_a_long_trail_is_read_does_not_wait_for_it(long_trail: Hands, reading: float) -> None:
    window, plan = long_trail.app.window, Place("plan")
    session_of(long_trail).plan()
    go(long_trail, Place("log"))  # its modules are loaded
    go(long_trail, plan)

    def there_and_away() -> None:
        window.go(Place("log"))
        window.go(plan)  # which reads the vault too

    stall = calmest(there_and_away, lambda: long_trail.place == plan, lambda: None)
    assert stall < reading / 2 + 0.1, (stall, reading)  # two pages are built meanwhile


def test_a_trail_of_many_entries_is_paged(long_trail: Hands) -> None:
    hands = long_trail
    go(hands, Place("trail"))
    said = hands.say("trail-page.shown", first=str(MANY), last=str(MANY - 14))
    hands.until(lambda: said in hands.texts())
    hands.activate(hands.say("trail-page.older"))
    hands.until(lambda: says(hands, "trail-page.shown", first=str(MANY - 15), last=str(MANY - 29)))
    type_into(hands, "trail-page.go-to", "42")
    hands.press(Key.Key_Return)
    hands.until(lambda: says(hands, "trail-page.shown", first="42", last="28"))
    hands.activate(hands.say("trail-page.newest"))
    hands.until(lambda: said in hands.texts())


def test_making_certificates_does_not_hang_the_window(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    session_of(hands).box.kept()  # its modules are loaded
    go(hands, Place("box"))
    hands.type("10.0.0.9")
    save = hands.say("box-page.save")
    assert gap(lambda: hands.activate(save), session_of(hands).box.kept) < BLINK


# Said of a trail that was changed -------------------------------------------------------------------------------------


def test_an_entry_that_was_changed_is_named_on_both_pages(hands: Hands) -> None:
    session = session_of(hands)
    for name in ("A", "B", "C"):
        session.answer("business-name", name)
    connection = session._store._connection
    connection.execute("DROP TRIGGER trail_no_update")
    connection.execute("UPDATE trail SET entry = replace(entry, 'owner', 'it') WHERE seq = 3")
    go(hands, Place("log"))
    hands.until(lambda: says(hands, "log-page.broken", at="3"))
    assert hands.say("log-page.chip-broken") in hands.texts()
    go(hands, Place("trail"))
    hands.press(Key.Key_Return)
    hands.until(lambda: says(hands, "trail-verdict.edited", seq="3"))
    assert says(hands, "trail-verdict.then")


def test_an_old_copy_put_back_is_told_by_a_mark_on_the_list(hands: Hands) -> None:
    session = session_of(hands)
    session.answer("business-name", "A")
    session.anchors.give("lawyer")
    connection = session._store._connection
    connection.execute("DROP TRIGGER trail_no_delete")
    connection.execute("DELETE FROM trail WHERE seq = (SELECT max(seq) FROM trail)")
    connection.execute("UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'trail'")
    go(hands, Place("log"))
    hands.until(lambda: hands.say("log-page.chip-broken") in hands.texts())
    go(hands, Place("trail"))
    hands.press(Key.Key_Return)
    hands.until(lambda: hands.say("log-page.chip-broken") in hands.texts())
    assert any("A mark reaches to entry" in text for text in hands.texts())


def test_times_that_are_none_are_shown_as_they_stand_and_stop_no_page(hands: Hands) -> None:
    session = session_of(hands)
    for name in ("A", "B"):
        session.answer("business-name", name)
    session.anchors.give("lawyer")
    file = session._store.paths.anchors
    known = file.read_text()
    file.write_text(re.sub(r'"at": "[^"]*"', '"at": "2026-02-31T25:00:00.000000Z"', known))
    connection = session._store._connection
    connection.execute("DROP TRIGGER trail_no_update")
    connection.execute("UPDATE trail SET entry = json_replace(entry, '$.at', 'no\nday') WHERE seq = 2")
    connection.execute("UPDATE trail SET entry = json_replace(entry, '$.at', '9999-12-31T23:59:59Z') WHERE seq = 1")
    go(hands, Place("trail"))
    hands.until(lambda: any("no\\nday" in text for text in hands.texts()))
    assert says(hands, "mark.unreadable")
    go(hands, Place("log"))
    file.write_text(re.sub(r'"at": "[^"]*"', '"at": "9999-12-31T00:00:00.000000Z"', known))
    go(hands, Place("trail"))
    go(hands, Place("log"))
    hands.until(lambda: says(hands, "log-page.broken", at="1"))


# Stamps ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def stamping(hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loopback: None) -> Authority:  # noqa: ARG001
    """On the page of the trail, with the file of an authority in every dialog."""
    authority = Authority(tmp_path / "authority", "Test TSA")
    both = tmp_path / "both.pem"
    both.write_bytes(authority.root + authority.signer)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(both), ""))
    go(hands, Place("trail"))
    return authority


def test_a_stamp_names_where_it_goes_and_is_noted(hands: Hands, stamping: Authority) -> None:
    with served(handing_on(stamping)) as url:
        type_into(hands, "mark.stamp-address", url)
        hands.activate(hands.say("mark.stamp-ask", host="127.0.0.1"))
        assert says(hands, "mark.stamp-no-file")
        hands.activate(hands.say("mark.stamp-file"), back=True)
        hands.activate(hands.say("mark.stamp-ask", host="127.0.0.1"))
        hands.until(lambda: any(text.startswith("Stamped by Test TSA on") for text in hands.texts()))
    (kept,) = session_of(hands).anchors.known()
    assert kept.where == "stamp"
    assert any(hands.say("mark.at-stamp") in text for text in hands.texts())


def test_a_stamp_that_is_none_is_not_noted(hands: Hands, stamping: Authority) -> None:
    class Chatty(Quiet):
        def reply(self) -> None:
            self.answer(b"hello")

    del stamping
    with served(Chatty) as url:
        type_into(hands, "mark.stamp-address", url)
        hands.activate(hands.say("mark.stamp-file"))
        hands.activate(hands.say("mark.stamp-ask", host="127.0.0.1"))
        hands.until(lambda: says(hands, "stamp.answer"))
    assert session_of(hands).anchors.known() == ()


# Words ----------------------------------------------------------------------------------------------------------------


def test_what_this_window_notes_has_a_name(hands: Hands) -> None:
    session = session_of(hands)
    with_box(session)
    session.box.forget()
    session.anchors.give("accountant")
    session.trail.write("shared")
    session.undo()
    naming = Naming(bank(), hands.app.desk.voice, lambda: session.plan().tasks)
    for listed in session.trail.entries(50):
        assert naming.act(listed.entry) != listed.entry.action, listed.entry
        known = {option.id for option in bank().trail.channels} | {""}
        assert listed.entry.channel in known, listed.entry


def test_the_next_step_follows_answers_and_proofs(hands: Hands) -> None:
    session = session_of(hands)
    assert next_step(session) == "ask"
    session.answer("log-scope", None)
    assert next_step(session) == "mark"
    session.answer("log-scope", "many-sites")
    assert next_step(session) == "sites"
    session.answer("log-scope", "one-office")
    assert next_step(session) == "box"
    with_box(session, proven=False)
    assert next_step(session) == "test"
    with_box(session)
    assert next_step(session) == "mark"
    session.anchors.give("accountant")
    assert next_step(session) == "nothing"


def test_a_proof_of_a_quarter_ago_is_not_green_any_more(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    session = session_of(hands)
    session.answer("log-scope", "one-office")
    with monkeypatch.context() as spring:
        spring.setattr("desktop.clock.now", lambda: "2026-03-01T00:00:00.000000Z")
        with_box(session)
    go(hands, Place("log"))
    assert says(hands, "log-page.box-old")
    assert says(hands, "log-page.next-again")


@pytest.mark.parametrize(("after", "word"), [(-365, "until"), (-10, "ends-soon"), (1, "ended")])
def test_the_end_of_certificates_is_told_in_time(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, after: int, word: str
) -> None:
    with_box(session_of(hands))
    kept = session_of(hands).box.kept()
    assert kept is not None
    ends = date.fromisoformat(kept.line.until)
    monkeypatch.setattr("desktop.clock.today", lambda: ends + timedelta(days=after))
    go(hands, Place("box"))
    assert says(hands, f"box-page.{word}", day=hands.app.desk.day(ends))


# What is handed over --------------------------------------------------------------------------------------------------


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_one_letter_that_is_copied_and_saved_is_one_mark(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, out = session_of(hands), tmp_path / "letter.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    session.answer("business-name", "Baía")
    go(hands, Place("trail", "mark"))
    hands.activate(hands.say("mark.copy"))
    hands.activate(hands.say("mark.save"))
    hands.until(lambda: says(hands, "mark.saved", file=str(out)))
    assert out.read_text("utf-8") == QApplication.clipboard().text()
    (kept,) = session.anchors.known()
    assert code(kept.anchor) in out.read_text("utf-8")
    # for other hands, or after something was entered, it is another letter
    hands.tab_to_name(hands.say("mark.whom"))
    hands.press(Key.Key_Down)
    hands.activate(hands.say("mark.copy"))
    assert [one.where for one in session.anchors.known()] == ["accountant", "lawyer"]
    session.answer("staff", 4)
    hands.activate(hands.say("mark.copy"))
    assert len(session.anchors.known()) == 3


def test_the_letter_is_dated_as_papers_are_and_says_what_it_holds(hands: Hands) -> None:
    session_of(hands).answer("business-name", "Baía")
    go(hands, Place("trail", "mark"))
    hands.activate(hands.say("mark.copy"))
    (kept,) = session_of(hands).anchors.known()
    title, *_ = letter = QApplication.clipboard().text().splitlines()
    assert "Baía" in title
    assert title.endswith(f"{in_macao(kept.at).strftime('%H:%M')} Macao time")
    assert hands.say("mark.letter-keep") in letter
    assert "no data of the business" not in "\n".join(letter)


def test_a_proof_is_kept_by_a_worker_and_once(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    session = session_of(hands)
    session.replace_answers(sample_answers(bank().sectors["clinic"], "en"))
    session.answer_together({"log-scope": "one-office", "log-state": "some", "log-care": []})
    with_box(session)
    task = next(task for task in session.plan().tasks if task.duty.id == "log-test")
    real, threads = session.tick, []

    def tick(*given: Any) -> None:  # noqa: ANN401  # what the page hands over
        threads.append(QThread.isMainThread())
        real(*given)

    monkeypatch.setattr(session, "tick", tick)
    go(hands, Place("box"))
    name = hands.say("box-page.proof-keep", task=task.duty.title.en)
    hands.tab_to_name(name)
    for _ in range(2):
        hands.press(Key.Key_Return)
    hands.until(lambda: says(hands, "box-page.proof-kept", task=task.duty.title.en))
    assert threads == [False]
    assert len([proof for proof in session.proofs() if proof.task == task.id]) == 1


@pytest.mark.parametrize("width", [1200, 520])
def test_what_is_needed_stands_above_the_steps_where_it_does_not_fit_beside(hands: Hands, width: int) -> None:
    above = width < 600
    hands.app.window.resize(width, 800)
    go(hands, Place("box"))
    page = hands.seen(BoxPage)[0]
    (heading,) = (one for one in hands.seen(QLabel) if one.text() == hands.say("box-page.needs"))
    needs, step = heading.mapTo(page, QPoint(0, 0)), hands.seen(Stage)[0].mapTo(page, QPoint(0, 0))
    assert (needs.y() < step.y()) == above
    assert (needs.x() > step.x() + 200) != above
