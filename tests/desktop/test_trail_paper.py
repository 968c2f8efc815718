"""The trail as a paper: what it says of itself, the entries of a period, notes only when asked, a mark that holds."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop.app import App
from desktop.content import words
from desktop.exported import verify_file
from desktop.reports import papers
from desktop.reports.plan.case import Case
from desktop.reports.plan.voice import voice_of
from desktop.reports.trail_paper import MOST
from desktop.session import Session
from desktop.ui.desk import Place
from desktop.ui.fields.choices import Box
from desktop.ui.log.trail_shown import shown
from tests.desktop.hands import Hands, Key
from tests.desktop.log_owner import BLINK, longest_gap, session_of
from tests.desktop.pages import PASSPHRASE, go
from tests.desktop.pdf_reading import failures, scanned, spoken, text_of
from wizards.content.text import LANGUAGES
from wizards.trail.anchor import Anchor
from wizards.trail.anchor_code import code, long_code, read_code
from wizards.trail.chain import Deed, append
from wizards.trail.export import Form

NOTE = "王小明 joined the front desk"
every_language = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(autouse=True)
def macao(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This computer's clock is Macao's."""
    with monkeypatch.context() as there:
        there.setenv("TZ", "Asia/Macau")
        time.tzset()
        yield
    time.tzset()


def paper(session: Session, lang: str, months: int = 0, *, notes: bool = False) -> tuple[bytes, Anchor]:
    mark = session.anchors.mark("trail")
    case = Case(session.bank, dict(session.answers), session.plan(), voice_of(lang, words()), anchor=mark)
    return papers.trail(case, shown(session, case.voice, mark, months, notes=notes)), mark


def grown(session: Session, count: int, at: str) -> None:
    """So many entries at a moment, made as the vault makes them."""
    store = session._store
    with store._writing() as connection:
        link, links = store._last_link(), []
        for number in range(count):
            link = append(link, at, "answer.given", f"q{number}", "ab" * 32, Deed(data="answers"), "owner")
            links.append(link)
        connection.executemany("INSERT INTO trail (seq, entry, hash) VALUES (?, ?, ?)", links)
        store._head = link


def said(lang: str, word: str, **values: str) -> str:
    """A word as `text_of` gives it: without blanks."""
    return "".join(words()[word].fill(lang, **values).split())


@pytest.fixture
def session(hands: Hands) -> Session:
    """A business with a name, a mark taken earlier, and an entry by hand with a note."""
    session = session_of(hands)
    session.answer("business-name", "Casa da Baía")
    session.trail.write("joined", Deed(who="hr", data="health", channel="email", outcome="open"), NOTE)
    return session


@every_language
def test_it_says_what_it_is_what_was_found_and_every_entry(session: Session, lang: str) -> None:
    pdf, mark = paper(session, lang)
    text = text_of(pdf)
    assert failures(pdf) == []
    assert "CasadaBaía" in text
    for word in ("a-copy", "keeper", "lawyer", "months-0", "check-4"):
        assert said(lang, f"trail-paper.{word}") in text, word
    for word in ("proves", "no-mark", "not-proven"):
        assert said(lang, f"trail-verdict.{word}") in text, word
    aloud = "".join(spoken(pdf).split())
    trail = session.bank.trail
    names = {act.id: act.text.to(lang) for act in trail.acts} | {act.id: act.text.to(lang) for act in trail.actions}
    for listed in session.trail.entries(50, mark.count + 1):
        action = listed.entry.action.removeprefix("hand.")
        assert "".join(names[action].split()) in aloud, listed.entry
    for option in (*session.bank.trail.outcomes, *session.bank.trail.channels):
        if option.id in {"open", "email"}:
            assert "".join(option.text.to(lang).split()) in aloud
    assert said(lang, "role.hr") in text
    assert "UTC+08:00" in text
    assert "{" not in text


@every_language
def test_its_mark_is_scanned_and_is_its_newest_entry(session: Session, lang: str) -> None:
    pdf, mark = paper(session, lang)
    assert scanned(pdf) == [long_code(mark)]
    assert code(mark) in text_of(pdf)
    assert said(lang, "mark.at-trail") in text_of(pdf)
    assert said(lang, "trail-paper.check-3", count=str(mark.count)) in text_of(pdf)


@every_language
def test_notes_are_on_it_only_when_asked_for(session: Session, lang: str) -> None:
    without, with_them = text_of(paper(session, lang)[0]), text_of(paper(session, lang, notes=True)[0])
    assert "王小明" not in without
    assert "".join(NOTE.split()) in with_them
    assert said(lang, "trail-paper.notes-lead") in with_them


def test_the_longest_notes_are_whole(session: Session) -> None:
    for number in range(3):
        session.trail.write("other", Deed(who="owner"), f"begins{number} " + "a note \u202e王 " * 360 + f"ends{number}")
    pdf, _ = paper(session, "zh-Hant", notes=True)
    text = text_of(pdf)
    assert failures(pdf) == []
    assert all(f"{edge}{number}" in text for edge in ("begins", "ends") for number in range(3))


def test_a_trail_that_does_not_hold_is_said_not_to(session: Session) -> None:
    connection = session._store._connection
    connection.execute("DROP TRIGGER trail_no_update")
    connection.execute("UPDATE trail SET entry = replace(entry, 'owner', 'it') WHERE seq = 2")
    text = text_of(paper(session, "en", notes=True)[0])
    assert said("en", "trail-verdict.edited", seq="2") in text
    assert said("en", "trail-paper.notes-lead-broken") in text
    assert said("en", "trail-verdict.proves") not in text


def test_a_list_of_marks_that_cannot_be_read_is_said_first(session: Session) -> None:
    session.anchors.give("lawyer")
    session._store.paths.anchors.write_text("torn", "utf-8")
    text = text_of(paper(session, "en")[0])
    first, then = said("en", "trail-paper.marks-wrong"), said("en", "marks-told.unreadable")
    assert -1 < text.find(first) < text.find(then) < text.find("Unbroken.")


def test_what_no_entry_should_hold_is_shown_and_fits(session: Session) -> None:
    connection = session._store._connection
    connection.execute("DROP TRIGGER trail_no_update")
    connection.execute("UPDATE trail SET entry = json_replace(entry, '$.subject', ?) WHERE seq = 2", ("x" * 60_000,))
    connection.execute("UPDATE trail SET entry = CAST(x'7bff0a' AS TEXT) WHERE seq = 1")
    pdf, _ = paper(session, "en", 12)
    assert failures(pdf) == []
    assert said("en", "trail-verdict.edited", seq="1") in text_of(pdf)
    assert "number1to4" in text_of(pdf)
    assert "x" * 10_000 not in text_of(pdf)


def test_a_period_begins_with_its_oldest_entry_and_leaves_none_out(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as then:
        then.setattr("desktop.clock.now", lambda: "2020-05-05T20:00:00.000000Z")
        app.entered(app.doors.create(PASSPHRASE, use_keychain=False))
        session = session_of(Hands(app))
        session.answer("business-name", "Antiga")
        begins = session.trail.last
    session.answer("business-name", "Nova")
    grown(session, 2, "2019-01-01T00:00:00.000000Z")  # a clock that went wrong
    quarter, mark = paper(session, "en", 3)
    assert f"number{begins + 1}to{mark.count}" in text_of(quarter)
    assert text_of(quarter).count("6May2020,04:00") == 1  # since when the trail is unbroken
    assert "1January2019,08:00" in text_of(quarter)
    whole, mark = paper(session, "en")
    assert f"number1to{mark.count}" in text_of(whole)
    assert text_of(whole).count("6May2020,04:00") == 2 + begins  # its own verdict and period say it too


def test_two_thousand_of_more_are_on_it_and_the_rest_is_said_to_be_left_out(session: Session) -> None:
    grown(session, MOST + 50, "2026-11-23T10:00:00.000000Z")
    begun = time.perf_counter()
    pdf, mark = paper(session, "en")
    taken = time.perf_counter() - begun
    text = text_of(pdf)
    first = str(mark.count - MOST + 1)
    assert said("en", "trail-paper.cut", most="2,000", first=first) in text
    assert f"2,000:number{first}to{mark.count}" in text
    assert taken < 30, taken  # a computer that does other things too; two seconds on one of its own


# Through the window ---------------------------------------------------------------------------------------------------


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_an_owner_saves_it_and_the_file_of_the_trail_meets_its_mark(
    hands: Hands, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown(session, MOST, "2026-11-23T10:00:00.000000Z")
    out = tmp_path / "shown"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    go(hands, Place("trail"))
    assert hands.say("trail-card.how") in hands.texts()
    hands.tab_to_name(hands.say("trail-card.period"))
    hands.press(Key.Key_End)
    notes = hands.tab_to_name(hands.say("trail-card.notes"))
    assert isinstance(notes, Box)
    assert not notes.isChecked()
    hands.press(Key.Key_Space)
    save = hands.say("trail-card.paper-button")
    hands.tab_to_name(save)

    def over() -> bool:
        return bool(hands.seen(QMessageBox)) and QThreadPool.globalInstance().activeThreadCount() == 0

    assert longest_gap(over, lambda: hands.press(Key.Key_Return)) < BLINK
    hands.seen(QMessageBox)[0].close()
    hands.until(lambda: any(hands.say("mark.at-trail") in text and ", at entry " in text for text in hands.texts()))
    text = text_of(out.with_suffix(".pdf").read_bytes())
    (kept,) = session.anchors.known()
    assert kept.where == "trail"
    assert code(kept.anchor) in text
    assert "".join(NOTE.split()) not in text  # it is older than the newest two thousand
    newest = session.trail.entries(1)[0].entry
    assert (newest.action, newest.subject, newest.channel) == ("trail.paper-notes", "en", "file")

    file = tmp_path / "t.jsonl"
    session.trail.export(file)
    found = verify_file(file, [read_code(code(kept.anchor))])
    assert isinstance(found, Form)
    assert found.found.held == kept.count


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_a_paper_that_cannot_be_written_is_said_and_not_listed(
    hands: Hands, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "nowhere" / "t.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    go(hands, Place("trail"))
    hands.activate(hands.say("trail-card.paper-button"))
    hands.until(lambda: hands.seen(QMessageBox))
    assert str(out) in hands.seen(QMessageBox)[0].text()
    hands.seen(QMessageBox)[0].close()
    assert session.anchors.known() == ()
    assert session.trail.latest("trail.paper") is None


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_a_vault_that_is_left_while_the_trail_is_read_is_said(
    hands: Hands, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "t.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    go(hands, Place("trail"))
    real = session.trail.verify

    def late(beside: Sequence[Anchor]) -> object:
        session.close()
        return real(beside=beside)

    monkeypatch.setattr(session.trail, "verify", late)
    hands.activate(hands.say("trail-card.paper-button"))
    hands.until(lambda: hands.seen(QMessageBox))
    assert hands.seen(QMessageBox)[0].text() == hands.say("save.left", file=str(out))
    assert not out.exists()
    hands.seen(QMessageBox)[0].close()
