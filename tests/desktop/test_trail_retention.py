"""How long entries are kept, what goes with them, and that nothing else can be deleted by accident."""

import contextlib
import json
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from desktop import clock
from desktop.doors import Doors
from desktop.exported import verify_file
from desktop.paths import Paths
from desktop.session import Session
from desktop.storage import backups
from desktop.storage.connection import connect
from desktop.storage.driver import dbapi2
from desktop.storage.faults import VaultError
from desktop.storage.store import Store, open_store
from tests.desktop.pages import PASSPHRASE
from tests.desktop.trails import KEY, a_year, app_doors, month, paths, session, store
from wizards.trail.anchor import Anchor
from wizards.trail.chain import PRUNED, Deed
from wizards.trail.export import Form
from wizards.trail.retention import after_pause, cutoff
from wizards.trail.verdict import Broken, Unbroken

__all__ = ["app_doors", "paths", "session", "store"]  # fixtures


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
    for day in (1, 2):  # after a pause of years, which may be a clock that is wrong, the first opening clears nothing
        later = f"2028-06-0{day}T08:00:00.000000Z"
        monkeypatch.setattr(clock, "now", partial(str, later))
        monkeypatch.setattr(clock, "today", partial(date, 2028, 6, day))
        again = app_doors.with_passphrase(PASSPHRASE)
        try:
            found = again.trail.verify()
            assert isinstance(found, Unbroken)
            assert (found.begins, found.pruned) == ((1, "") if day == 1 else (entries + 1, later))
            newest = again.trail.entries(1)[0].entry.action
            assert newest == ("backup.made" if day == 1 else "trail.pruned")
            assert len(backups.backups(app_doors.paths)) == day + 1
        finally:
            again.close()


@pytest.mark.parametrize("last", ["", "no time", "2026-11-26", "2026-01-01T00:00:00.000000Z"])
def test_a_last_entry_long_ago_or_of_no_time_is_a_pause(last: str) -> None:
    assert after_pause(last, "2026-11-26T00:00:00.000000Z")
    assert not after_pause("2026-09-01T00:00:00.000000Z", "2026-11-26T00:00:00.000000Z")


def test_a_full_disk_while_pruning_keeps_nobody_out(
    app_doors: Doors, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.close()

    def full(*_: object) -> int:
        raise VaultError("disk-full")

    monkeypatch.setattr(Store, "prune", full)
    app_doors.with_passphrase(PASSPHRASE).close()


def test_pruning_that_fails_half_way_has_changed_nothing(store: Store) -> None:
    a_year(store)
    store.write(month(1), "other", Deed(), "a note")
    store._connection.execute(
        "CREATE TEMP TRIGGER stop AFTER DELETE ON trail WHEN old.seq = 5 BEGIN SELECT RAISE(ABORT, 'stopped'); END"
    )
    before = store.trail()
    with pytest.raises(dbapi2.IntegrityError, match="stopped"):
        store.set_keep_for("2028-01-01T00:00:00.000000Z", 1)
    assert (store.trail(), store.keep_for()) == (before, None)
    assert store.newest(1)[0].note == "a note"
    assert isinstance(store.verify(), Unbroken)
    store.save({"people": 1}, month(12), "answer.given")
    assert isinstance(store.verify(), Unbroken)


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


def pruned_up_to(store: Store, last: int, action: str = PRUNED) -> None:
    """The entry that lets the oldest be deleted up to number `last`, without deleting them."""
    with store._writing():
        store._link(month(12), action, str(last), store.trail()[last - 1].hash, Deed())


def may_delete(store: Store, where: str) -> bool:
    try:
        store._connection.execute(f"DELETE FROM trail WHERE {where}")  # noqa: S608  # a text of this test
    except dbapi2.IntegrityError:
        return False
    return True


def test_deleted_is_from_the_front_and_only_up_to_what_the_newest_entry_names(store: Store) -> None:
    a_year(store)
    pruned_up_to(store, 8)
    assert not may_delete(store, "seq = 5")
    assert not may_delete(store, "seq <= 9")
    assert len(store.trail()) == 13
    assert may_delete(store, "seq <= 8")
    assert isinstance(store.verify(), Unbroken)


def test_an_entry_of_another_kind_or_one_that_is_not_the_newest_lets_nothing_be_deleted(store: Store) -> None:
    a_year(store)
    pruned_up_to(store, 8, "trail.checkpoint")
    assert not may_delete(store, "seq <= 8")
    pruned_up_to(store, 8)
    store.save({"people": 13}, month(12), "answer.given")
    assert not may_delete(store, "seq <= 8")
