"""What entries say, notes by hand, and the trail as a file, by the doors of the window."""

import contextlib
import json
import tracemalloc
from pathlib import Path

import pytest

from desktop.content import bank, words
from desktop.doors import Doors
from desktop.exported import verify_file
from desktop.paths import Paths
from desktop.session import Proof, Session
from desktop.storage import migrations
from desktop.storage.connection import connect
from desktop.storage.driver import dbapi2
from desktop.storage.entries import LONGEST_NOTE
from desktop.storage.store import Store, make_vault, open_store
from desktop.trail import Trail
from tests.desktop.pages import PASSPHRASE
from tests.desktop.trails import KEY, a_year, app_doors, month, paths, session, store
from wizards.content.samples import sample_answers
from wizards.trail.chain import Deed
from wizards.trail.export import Form
from wizards.trail.verdict import Broken, Unbroken

__all__ = ["app_doors", "paths", "session", "store"]  # fixtures
PLAIN = frozenset({"seq", "at", "action", "subject", "digest", "prev"})


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
    session.anchors.mark("accountant")
    session.trail.write("joined", Deed(who="hr", data="contact", channel="paper"), "One more")
    session.trail.keep_for = 24
    entries = [listed.entry for listed in session.trail.entries(1000)]
    named = {option.id for option in (*bank().trail.actions, *bank().trail.data, *bank().trail.channels)}
    kinds = {option.id for option in bank().columns["flows", "kinds"].options}
    acts = {f"hand.{act.id}" for act in bank().trail.acts}
    seen = {entry.action for entry in entries}
    assert seen - acts <= named
    # what a log box, a Nextcloud, a sample of a log and a paper of the trail leave in it is tried where they are
    tried = ("log", "nextcloud.", "anchors.", "trail.paper")
    elsewhere = {option.id for option in bank().trail.actions if option.id.startswith(tried)}
    later = {"trail.pruned", "vault.restored", "unreadable"}
    assert {option.id for option in bank().trail.actions} - seen - elsewhere == later
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
    rest = verify_file(tmp_path / "rest.jsonl", [session.anchors.mark("accountant")])
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


def test_an_export_is_written_entry_by_entry(store: Store, tmp_path: Path) -> None:
    with store._writing():
        for number in range(5000):
            store._append(month(1), "answer.given", f"q{number}", None)
    tracemalloc.start()
    try:
        store.export_trail(tmp_path / "t.jsonl", 0)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < (tmp_path / "t.jsonl").stat().st_size / 2
    assert isinstance(verify_file(tmp_path / "t.jsonl"), Form)


def test_an_export_of_which_no_entry_can_say_leaves_no_file(store: Store, tmp_path: Path) -> None:
    a_year(store)
    store._connection.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON trail BEGIN SELECT RAISE(ABORT, 'stopped'); END"
    )
    before = store.trail()
    with pytest.raises(dbapi2.IntegrityError, match="stopped"):
        Trail(store).export(tmp_path / "t.jsonl")
    assert [file.name for file in tmp_path.iterdir()] == ["home"]
    assert store.trail() == before
