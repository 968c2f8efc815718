"""The trail in the vault: what entries say, notes by hand, the time they are kept, and what is pruned with them."""

import contextlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop import clock
from desktop.content import bank, words
from desktop.doors import Doors
from desktop.exported import verify_file
from desktop.paths import Paths
from desktop.session import Proof, Session
from desktop.storage import backups, migrations
from desktop.storage.connection import connect
from desktop.storage.driver import dbapi2
from desktop.storage.entries import LONGEST_NOTE
from desktop.storage.store import Store, make_vault, open_store
from tests.desktop.pages import PASSPHRASE
from wizards.content.samples import sample_answers
from wizards.trail.anchor import Anchor
from wizards.trail.chain import Deed
from wizards.trail.export import Form
from wizards.trail.retention import cutoff
from wizards.trail.verdict import Broken, Unbroken

KEY = bytes(range(32))
PLAIN = frozenset({"seq", "at", "action", "subject", "digest", "prev"})


def month(number: int) -> str:
    """A moment in the middle of a month of 2026."""
    return f"2026-{number:02d}-15T10:00:00.000000Z"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    made = Paths(tmp_path / "home")
    made.home.mkdir()
    make_vault(made, KEY)
    return made


@pytest.fixture
def store(paths: Paths) -> Iterator[Store]:
    with open_store(paths, KEY, "owner") as opened:
        yield opened


@pytest.fixture
def session(app_doors: Doors) -> Iterator[Session]:
    opened = app_doors.create(PASSPHRASE, use_keychain=False)
    yield opened
    opened.close()


@pytest.fixture
def app_doors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Doors:
    from desktop.storage import envelope

    real = envelope.Slow
    monkeypatch.setattr(envelope, "Slow", lambda salt: real(salt=salt, memory_kib=8 * 1024, iterations=1, lanes=1))
    home = tmp_path / "doors"
    home.mkdir()
    return Doors(Paths(home))


def a_year(store: Store) -> None:
    for number in range(1, 13):
        store.save({"people": number}, month(number), "answer.given")


# What an entry says --------------------------------------------------------------------------------------------------


def test_every_act_of_an_owner_says_who_and_what_and_has_a_name(session: Session, tmp_path: Path) -> None:
    lines = words()
    session.replace_answers(sample_answers(bank().sectors["restaurant"], "en"))
    session.answer("staff", 12)
    session.undo()
    session.keep_plan(lines, "en")
    session.keep_plan(lines, "en", "review")
    task = session.plan().tasks[0].id
    session.tick(task, "seen", Proof("a.txt", b"proof"))
    session.untick(task)
    session.export_answers(tmp_path / "a.json")
    session.import_answers(tmp_path / "a.json")
    session.backup(tmp_path / "b.guia-backup")
    session.trail.exported("plan", "en")
    session.trail.exported("map", "en")
    session.trail.exported("monday", "en")
    session.trail.exported("flows", "en")
    session.trail.export(tmp_path / "t.jsonl")
    session.trail.checkpoint("accountant")
    session.trail.write("joined", Deed(who="hr", data="contact", channel="paper"), "One more")
    session.trail.keep_for = 24
    entries = [listed.entry for listed in session.trail.entries(1000)]
    named = {option.id for option in (*bank().trail.actions, *bank().trail.data, *bank().trail.channels)}
    kinds = {option.id for option in bank().columns["flows", "kinds"].options}
    acts = {f"hand.{act.id}" for act in bank().trail.acts}
    seen = {entry.action for entry in entries}
    assert seen - acts <= named
    # all that Guia records, but what happens only later or somewhere else
    later = {"trail.pruned", "vault.restored", "unreadable"}
    assert {option.id for option in bank().trail.actions} - seen == later
    assert [entry for entry in entries if not entry.data or entry.data not in named | kinds] == []
    assert {entry.channel for entry in entries} - named == {""}
    by = {entry.action: entry.who for entry in entries if entry.subject != "daily"}
    assert by.pop("hand.joined") == "hr"
    assert set(by.values()) == {"owner"}
    assert [entry.who for entry in entries if entry.subject == "daily"] == ["guia"]
    assert {entry.channel for entry in entries if entry.action.endswith((".export", ".imported"))} == {"file"}
    assert {entry.rule for entry in entries if entry.action == "plan.made"} == {bank().version}
    assert isinstance(session.trail.verify(), Unbroken)


def test_who_puts_a_backup_in_place_is_told_without_the_name_of_the_file(
    app_doors: Doors, session: Session, tmp_path: Path
) -> None:
    session.backup(tmp_path / "Chan Tai Man.guia-backup")
    session.close()
    again = app_doors.restored(tmp_path / "Chan Tai Man.guia-backup", PASSPHRASE)
    try:
        entries = [listed.entry for listed in again.trail.entries(10)]
        (entry,) = [entry for entry in entries if entry.action == "vault.restored"]
        assert (entry.who, entry.data, entry.channel) == ("owner", "vault", "file")
        assert not any("Chan" in str(entry) for entry in entries)
    finally:
        again.close()


def test_entries_of_the_first_guia_are_still_part_of_the_chain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = Paths(tmp_path)
    with monkeypatch.context() as before:
        before.delitem(migrations.STEPS, "0002-trail")
        make_vault(old, KEY)
        old.key.write_bytes(b"the envelope")
        with open_store(old, KEY, who="") as store:
            # neither who nor what was written then
            for number in range(1, 13):
                store.record(month(number), "answer.given", "people", number)
    with open_store(old, KEY, "owner") as store:
        store.save({"people": 1}, month(12), "answer.given")
        assert {frozenset(json.loads(link.text)) for link in store.trail()[:-1]} == {PLAIN}
        assert isinstance(store.verify(), Unbroken)
        assert store.set_keep_for(month(12), 3) == 8


def test_the_newest_entries_come_first_with_their_notes(store: Store) -> None:
    a_year(store)
    seq = store.write(month(12), "incident", Deed(who="it", outcome="failed"), "Ficheiro enviado a outro 客戶")
    first, second = store.newest(2)
    assert (first.entry.seq, first.entry.action, first.entry.who, first.entry.outcome) == (
        seq,
        "hand.incident",
        "it",
        "failed",
    )
    assert first.note == "Ficheiro enviado a outro 客戶"
    assert (second.entry.seq, second.note) == (12, "")


# Notes ---------------------------------------------------------------------------------------------------------------


def test_a_note_is_not_in_the_trail_and_cannot_be_guessed_from_it(store: Store, tmp_path: Path) -> None:
    store.write(month(1), "request", Deed(), "1234567(8)")
    store.write(month(1), "request", Deed(), "")
    with_note, without = (json.loads(link.text) for link in store.trail())
    assert without["digest"] == ""
    assert len(with_note["digest"]) == 64
    store.export_trail(tmp_path / "t.jsonl", 0)
    assert b"1234567" not in (tmp_path / "t.jsonl").read_bytes()
    other = Paths(tmp_path / "other")
    other.home.mkdir()
    make_vault(other, KEY)
    with open_store(other, KEY) as elsewhere:
        elsewhere.write(month(1), "request", Deed(), "1234567(8)")
        assert json.loads(elsewhere.trail()[0].text)["digest"] != with_note["digest"]


def test_a_note_that_is_too_long_or_no_text_writes_nothing(store: Store) -> None:
    for note in ("x" * (LONGEST_NOTE + 1), "\ud800"):
        with pytest.raises(ValueError, match=r"characters|surrogates"):
            store.write(month(1), "other", Deed(), note)
    assert store.trail() == []
    store.write(month(1), "other", Deed(), "長" * LONGEST_NOTE)
    assert isinstance(store.verify(), Unbroken)


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE notes SET note = '\"changed\"' WHERE seq = 2", 2),
        ("UPDATE notes SET note = CAST(x'ff' AS TEXT) WHERE seq = 2", 2),
        ("DELETE FROM notes WHERE seq = 2", 2),
        ("INSERT INTO notes VALUES (1, '\"invented\"')", 1),
        ("INSERT INTO notes VALUES (3, '\"invented\"')", 3),
        ("INSERT INTO notes VALUES (99, '\"invented\"')", 99),
        ("UPDATE notes SET seq = 1 WHERE seq = 2", 1),
    ],
)
def test_a_changed_note_is_found(paths: Paths, statement: str, place: int) -> None:
    with open_store(paths, KEY) as store:
        store.write(month(1), "other", Deed(), "")
        store.write(month(1), "other", Deed(), "as it was")
        store.save({"people": 1}, month(1), "answer.given")
        assert isinstance(store.verify(), Unbroken)
    with contextlib.closing(connect(paths.vault, KEY)) as connection:
        connection.execute("DROP TRIGGER notes_no_update")
        connection.execute(statement)
    with open_store(paths, KEY) as store:
        assert store.verify() == Broken(place, "note")


# How long entries are kept -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "months", "told"),
    [
        ("2026-11-23T10:00:00.000000Z", 12, "2025-11-23T10:00:00.000000Z"),
        ("2026-03-31T10:00:00.000000Z", 1, "2026-02-28T10:00:00.000000Z"),
        ("2024-03-31T10:00:00.000000Z", 1, "2024-02-29T10:00:00.000000Z"),
        ("2026-01-01T00:00:00.000000Z", 1, "2025-12-01T00:00:00.000000Z"),
        ("2026-12-31T00:00:00.000000Z", 600, "1976-12-31T00:00:00.000000Z"),
    ],
)
def test_months_are_counted_back_on_the_calendar(at: str, months: int, told: str) -> None:
    assert cutoff(at, months) == told


def test_nothing_is_pruned_until_a_time_is_chosen(store: Store) -> None:
    a_year(store)
    assert store.keep_for() is None
    assert store.prune("2099-01-01T00:00:00.000000Z") == 0
    assert len(store.trail()) == 12


def test_what_is_past_the_time_goes_and_the_rest_verifies_and_says_since_when(store: Store, tmp_path: Path) -> None:
    a_year(store)
    kept = store.trail()
    assert store.set_keep_for(month(12), 3) == 8
    assert store.keep_for() == 3
    assert [link.seq for link in store.trail()] == [9, 10, 11, 12, 13, 14]
    found = store.verify([Anchor(8, kept[7].hash, month(8)), Anchor(2, kept[1].hash, month(2))])
    assert found == Unbroken(6, month(9), month(12), store.trail()[-1].hash, 9, month(12), 8, 1)
    chosen, pruned = (json.loads(link.text) for link in store.trail()[-2:])
    assert (chosen["action"], chosen["subject"]) == ("trail.retention", "3")
    assert (pruned["action"], pruned["subject"], pruned["digest"]) == ("trail.pruned", "8", kept[7].hash)
    assert (pruned["who"], pruned["rule"]) == ("guia", "retention")
    # another mark of the same place is another trail
    assert store.verify([Anchor(8, "ab" * 32, month(8))]) == Broken(8, "rewritten")
    store.export_trail(tmp_path / "t.jsonl", 0)
    form = verify_file(tmp_path / "t.jsonl")
    assert isinstance(form, Form)
    assert (form.found.begins, form.found.pruned) == (9, month(12))


def test_pruning_again_and_again_leaves_one_whole_trail(store: Store) -> None:
    a_year(store)
    store.set_keep_for(month(12), 6)
    for number in range(1, 9):
        at = f"2027-{number:02d}-15T10:00:00.000000Z"
        store.save({"people": number}, at, "answer.given")
        assert store.prune(at) > 0
        assert store.prune(at) == 0
        found = store.verify()
        assert isinstance(found, Unbroken)
        assert found.pruned == at
        assert found.first >= cutoff(at, 6)
    assert store.prune("2099-01-01T00:00:00.000000Z") > 0
    # the entry that says so is never pruned by itself
    assert [json.loads(link.text)["action"] for link in store.trail()] == ["trail.pruned"]
    assert isinstance(store.verify(), Unbroken)
    store.save({"people": 1}, month(1), "answer.given")
    assert isinstance(store.verify(), Unbroken)


def test_a_clock_that_ran_ahead_once_keeps_what_came_after(store: Store) -> None:
    store.save({"people": 1}, month(1), "answer.given")
    store.save({"people": 2}, "2036-01-01T00:00:00.000000Z", "answer.given")
    store.save({"people": 3}, month(2), "answer.given")
    # only from the front, and only up to the first that is not past its time
    assert store.set_keep_for(month(12), 1) == 1
    assert [link.seq for link in store.trail()] == [2, 3, 4, 5]


def test_undo_and_answers_do_not_need_the_entries_that_are_gone(store: Store) -> None:
    a_year(store)
    store.set_keep_for(month(12), 1)
    assert store.answers() == {"people": 12}
    undone = 0
    while store.undo(month(12)):
        undone += 1
    assert (undone, store.answers()) == (12, {})
    store.save({"people": 1}, month(12), "answer.given")
    assert store.undo(month(12)) == ["people"]
    assert isinstance(store.verify(), Unbroken)


def test_notes_go_with_their_entries(store: Store) -> None:
    store.write(month(1), "other", Deed(), "old")
    store.write(month(12), "other", Deed(), "new")
    assert store.set_keep_for(month(12), 6) == 1
    assert [listed.note for listed in store.newest(9)] == ["", "", "new"]
    assert isinstance(store.verify(), Unbroken)
    store.close()
    with contextlib.closing(connect(store.paths.vault, KEY)) as connection:
        assert connection.execute("SELECT count(*) FROM notes").fetchone() == (1,)


def test_a_trail_that_does_not_hold_is_evidence_and_is_not_pruned(paths: Paths) -> None:
    with open_store(paths, KEY) as store:
        a_year(store)
    with contextlib.closing(connect(paths.vault, KEY)) as connection:
        connection.execute("DROP TRIGGER trail_no_update")
        connection.execute("UPDATE trail SET entry = replace(entry, 'given', 'taken') WHERE seq = 11")
    with open_store(paths, KEY) as store:
        assert store.set_keep_for(month(12), 1) == 0
        assert len(store.trail()) == 13
        assert store.verify() == Broken(11, "edited")


@pytest.mark.parametrize("months", [0, -1, 601])
def test_a_time_that_makes_no_sense_changes_nothing(store: Store, months: int) -> None:
    with pytest.raises(ValueError, match="months"):
        store.set_keep_for(month(1), months)
    assert (store.keep_for(), store.trail()) == (None, [])


def test_the_owner_may_change_the_mind(store: Store) -> None:
    store.set_keep_for(month(1), 12)
    store.set_keep_for(month(2), None)
    assert store.keep_for() is None
    assert [json.loads(link.text)["subject"] for link in store.trail()] == ["12", "for-ever"]


def test_opening_the_window_prunes_after_the_days_backup(
    app_doors: Doors, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.trail.keep_for = 12
    entries = session.trail.last
    session.close()
    later = "2028-06-01T08:00:00.000000Z"
    monkeypatch.setattr(clock, "now", lambda: later)
    monkeypatch.setattr(clock, "today", lambda: date(2028, 6, 1))
    again = app_doors.with_passphrase(PASSPHRASE)
    try:
        found = again.trail.verify()
        assert isinstance(found, Unbroken)
        assert (found.begins, found.pruned) == (entries + 1, later)
        assert [listed.entry.action for listed in again.trail.entries(9)] == ["trail.pruned", "backup.made"]
        assert len(backups.backups(app_doors.paths)) == 2
    finally:
        again.close()


# What the vault itself refuses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail SET entry = '{}' WHERE seq = 2",
        "DELETE FROM trail WHERE seq = 1",
        "DELETE FROM trail WHERE seq = 14",
        "DELETE FROM trail WHERE seq <= 8",
        "DELETE FROM trail",
        "INSERT OR REPLACE INTO trail VALUES (12, '{}', 'x')",
        "REPLACE INTO trail VALUES (9, '{}', 'x')",
        "UPDATE notes SET note = '\"other\"' WHERE seq = 14",
        "DELETE FROM trail WHERE seq = 9",
    ],
)
def test_by_accident_nothing_is_changed(store: Store, statement: str) -> None:
    a_year(store)
    store.set_keep_for(month(12), None)
    store.write(month(12), "other", Deed(), "a note")
    with pytest.raises(dbapi2.IntegrityError):
        store._connection.execute(statement)


def test_even_right_after_pruning_nothing_else_can_be_deleted(store: Store) -> None:
    a_year(store)
    store.set_keep_for(month(12), 3)
    for seq in (9, 10, 13, 14):
        with pytest.raises(dbapi2.IntegrityError, match="append only"):
            store._connection.execute("DELETE FROM trail WHERE seq = ?", (seq,))


def test_an_entry_that_names_another_hash_lets_nothing_be_deleted(store: Store) -> None:
    a_year(store)
    store.record(month(12), "trail.pruned", "8", "no hash of an entry")
    with pytest.raises(dbapi2.IntegrityError, match="append only"):
        store._connection.execute("DELETE FROM trail WHERE seq <= 8")


# The file ------------------------------------------------------------------------------------------------------------


def test_the_export_of_the_owner_stands_in_the_trail_after_it(session: Session, tmp_path: Path) -> None:
    last = session.trail.last
    session.trail.export(tmp_path / "t.jsonl")
    form = verify_file(tmp_path / "t.jsonl")
    assert isinstance(form, Form)
    assert form.found.count == last
    entry = session.trail.entries(1)[0].entry
    assert (entry.action, entry.subject, entry.data, entry.channel) == ("trail.export", "0", "trail", "file")
    session.trail.export(tmp_path / "rest.jsonl", since=last)
    rest = verify_file(tmp_path / "rest.jsonl", [session.trail.checkpoint("accountant")])
    assert rest == Broken(last + 3, "short", last + 1)


def test_an_export_that_cannot_be_written_leaves_nothing_and_no_entry(session: Session, tmp_path: Path) -> None:
    last = session.trail.last
    with pytest.raises(FileNotFoundError):
        session.trail.export(tmp_path / "nowhere" / "t.jsonl")
    with pytest.raises(ValueError, match="no entry"):
        session.trail.export(tmp_path / "t.jsonl", since=last + 1)
    assert session.trail.last == last
    assert list(tmp_path.glob("*.jsonl")) == []


def test_a_trail_that_does_not_hold_can_be_exported_and_does_not_hold_there(paths: Paths, tmp_path: Path) -> None:
    with open_store(paths, KEY) as store:
        a_year(store)
    with contextlib.closing(connect(paths.vault, KEY)) as connection:
        connection.execute("DROP TRIGGER trail_no_update")
        connection.execute("UPDATE trail SET entry = CAST(x'7bff0a' AS TEXT) WHERE seq = 1")
    with open_store(paths, KEY) as store:
        store.export_trail(tmp_path / "t.jsonl", 0)
    assert verify_file(tmp_path / "t.jsonl") == Broken(1, "unreadable")
