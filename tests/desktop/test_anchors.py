"""Marks that leave: listed beside the vault, and by them an old copy, a changed trail and a restore are told apart."""

import os
import re
import shutil
from pathlib import Path

import pytest
from msgspec import json

from desktop import clock, vault
from desktop.anchors import Anchors, ListUnreadable
from desktop.connect import stamp
from desktop.connect.watch import Watch
from desktop.paths import Paths
from desktop.storage import backups, envelope
from desktop.storage.faults import VaultError
from desktop.storage.store import Store, make_vault, open_store
from tests.desktop.authority import Authority, handing_on, served
from wizards.trail.verdict import Unbroken

PASSPHRASE = "harbour quiet lantern stone"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    real = envelope.Slow
    monkeypatch.setattr(envelope, "Slow", lambda salt: real(salt=salt, memory_kib=8 * 1024, iterations=1, lanes=1))


@pytest.fixture
def place(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "guia")


@pytest.fixture
def key(place: Paths) -> bytes:
    made = vault.create(place, PASSPHRASE, use_keychain=False)
    with open_store(place, made) as store:
        live(store)
    return made


def live(store: Store, times: int = 5) -> None:
    for number in range(times):
        store.record(clock.now(), "answer.given", f"q{number}", None)


def fates(store: Store) -> list[str]:
    return [fate for _, fate in Anchors(store).check().fates]


def test_what_was_given_is_listed_and_met(place: Paths, key: bytes) -> None:
    with open_store(place, key) as store:
        anchors = Anchors(store)
        first = anchors.give("accountant")
        live(store)
        second = anchors.give("plan")
    with open_store(place, key) as store:
        anchors = Anchors(store)
        assert [(kept.anchor, kept.where) for kept in anchors.known()] == [(first, "accountant"), (second, "plan")]
        assert fates(store) == ["met", "met"]
        assert anchors.check().well
        assert anchors.binding() == (first, second)
    assert place.anchors.stat().st_mode & 0o777 == 0o600


def test_a_mark_that_never_left_is_not_listed(place: Paths, key: bytes) -> None:
    with open_store(place, key) as store:
        Anchors(store).mark("plan")
        assert Anchors(store).known() == ()
        assert Anchors(store).check().well
    assert not place.anchors.exists()


def test_an_old_copy_of_the_vault_is_found(place: Paths, key: bytes, tmp_path: Path) -> None:
    with open_store(place, key) as store:
        Anchors(store).give("accountant")
    shutil.copy(place.vault, tmp_path / "old")
    with open_store(place, key) as store:
        live(store)
        late = Anchors(store).give("plan")
    shutil.copy(tmp_path / "old", place.vault)
    with open_store(place, key) as store:
        assert isinstance(store.verify(), Unbroken)  # by itself it holds
        assert fates(store) == ["met", "cut"]
        assert not Anchors(store).check().well
        live(store, 20)  # the old copy goes on, past the place
        assert fates(store) == ["met", "other"]
        assert late in Anchors(store).binding()


def test_a_trail_written_anew_is_found(place: Paths, key: bytes, tmp_path: Path) -> None:
    with open_store(place, key) as store:
        Anchors(store).give("accountant")
    _write_anew(place, key, tmp_path)
    with open_store(place, key) as store:
        live(store, 20)
        store.record(clock.now(), "vault.restored", "to hide it", None)  # explains nothing that is older than itself
        assert isinstance(store.verify(), Unbroken)
        assert fates(store) == ["other"]
        assert not Anchors(store).check().well


def _write_anew(place: Paths, key: bytes, folder: Path) -> None:
    other = Paths(folder / "other")
    other.home.mkdir()
    make_vault(other, key)
    shutil.copy(other.vault, place.vault)


def test_a_restore_is_told_and_is_no_fault(place: Paths, key: bytes, tmp_path: Path) -> None:
    with open_store(place, key) as store:
        early = Anchors(store).give("accountant")
        backups.backup_to(store, tmp_path / "copy.guia-backup")
        live(store)
        lost = Anchors(store).give("plan")
    at = clock.now()
    backups.restore(place, tmp_path / "copy.guia-backup", PASSPHRASE, at)
    with open_store(place, key) as store:
        live(store, 20)
        after = Anchors(store).give("stamp")
        checked = Anchors(store).check()
        assert [(kept.anchor, fate) for kept, fate in checked.fates] == [
            (early, "met"),
            (lost, "before-restore"),
            (after, "met"),
        ]
        assert (checked.well, checked.restored) == (True, at)
        assert Anchors(store).binding() == (early, after)


def test_a_backup_carries_no_list_and_a_new_computer_begins_without_one(
    place: Paths, key: bytes, tmp_path: Path
) -> None:
    with open_store(place, key) as store:
        Anchors(store).give("accountant")
        backups.backup_to(store, tmp_path / "copy.guia-backup")
    elsewhere = Paths(tmp_path / "elsewhere")
    backups.restore(elsewhere, tmp_path / "copy.guia-backup", PASSPHRASE, clock.now())
    with open_store(elsewhere, key) as store:
        assert Anchors(store).known() == ()
        assert Anchors(store).check().well


def test_the_backup_of_another_business_is_not_held_against_this_list(place: Paths, key: bytes, tmp_path: Path) -> None:
    other = Paths(tmp_path / "other")
    with open_store(other, vault.create(other, PASSPHRASE, use_keychain=False)) as store:
        live(store, 20)
        backups.backup_to(store, tmp_path / "other.guia-backup")
    with open_store(place, key) as store:
        own = Anchors(store).give("accountant")
        backups.backup_to(store, tmp_path / "own.guia-backup")
    foreign = backups.restore(place, tmp_path / "other.guia-backup", PASSPHRASE, clock.now())
    with open_store(place, foreign) as store:
        assert Anchors(store).known() == ()
        Anchors(store).give("plan")
        assert fates(store) == ["met"]
    backups.restore(place, tmp_path / "own.guia-backup", PASSPHRASE, clock.now())
    with open_store(place, key) as store:  # and back: nothing of the list was lost
        assert [kept.anchor for kept in Anchors(store).known()] == [own]
        assert fates(store) == ["met"]


GOOD = b'{"vault":"v","count":1,"head":"' + b"0" * 64 + b'","at":"2026-11-26T04:12:16.123456Z","where":"plan"}'
HOSTILE = (
    b"",
    b"{",
    b"null",
    b"\xff\xfe",
    b'{"schema":"guia.anchors/2","anchors":[]}',
    b'{"schema":"guia.anchors/1","anchors":[' + GOOD[:-1],
    b'{"schema":"guia.anchors/1","anchors":[' + GOOD.replace(b'"count":1', b'"count":-1') + b"]}",
    b'{"schema":"guia.anchors/1","anchors":[' + GOOD.replace(b'"count":1', b'"count":1e400') + b"]}",
    b'{"schema":"guia.anchors/1","anchors":[' + GOOD.replace(b'"plan"', b'"../../x"') + b"]}",
    b'{"schema":"guia.anchors/1","anchors":[' + GOOD.replace(b'16.123456Z"', b'16.123456Z\\n"') + b"]}",
    b"[" * 100_000,
    b" " * (8 * 1024 * 1024 + 1),
)


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_a_torn_or_hostile_list_is_said_and_put_aside_never_overwritten(
    place: Paths, key: bytes, content: bytes
) -> None:
    place.anchors.write_bytes(content)
    with open_store(place, key) as store:
        anchors = Anchors(store)
        assert anchors.check().fault == "unreadable"
        assert not anchors.check().well
        assert anchors.binding() == ()
        with pytest.raises(ListUnreadable):
            anchors.known()
        assert place.anchors.read_bytes() == content
        given = anchors.give("plan")
        assert [kept.anchor for kept in anchors.known()] == [given]
        aside = list(place.home.glob("vault.anchors-unreadable-*"))
        assert [file.read_bytes() for file in aside] == [content]
        assert "anchors.unreadable" in store.trail()[-1].text


def test_the_good_line_of_the_hostile_ones_is_good(place: Paths, key: bytes) -> None:
    place.anchors.write_bytes(b'{"schema":"guia.anchors/1","anchors":[' + GOOD + b"]}")
    with open_store(place, key) as store:
        assert Anchors(store).check().well


def test_a_pipe_in_the_place_of_the_list_is_not_waited_for(place: Paths, key: bytes) -> None:
    os.mkfifo(place.anchors)
    with open_store(place, key) as store:
        assert Anchors(store).check().fault == "unreadable"


def test_a_list_that_cannot_be_written_is_a_fault_of_the_disk(place: Paths, key: bytes, tmp_path: Path) -> None:
    with open_store(place, key) as store:
        place.anchors.symlink_to(tmp_path / "nowhere" / "file")
        with pytest.raises(VaultError):
            Anchors(store).give("plan")


def test_the_list_forgets_the_oldest(place: Paths, key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.anchors.MOST", 3)
    with open_store(place, key) as store:
        given = [Anchors(store).give("plan") for _ in range(5)]
        assert [kept.anchor for kept in Anchors(store).known()] == given[2:]


@pytest.mark.usefixtures("loopback")
def test_a_stamp_is_kept_and_checked_each_time(place: Paths, key: bytes, tmp_path: Path) -> None:
    office = Authority(tmp_path / "office", "Office Time")
    with open_store(place, key) as store, served(handing_on(office)) as url:
        got = Anchors(store).stamp(url, office.root, Watch())
        assert (got.by, got.fault) == ("Office Time", "")
    with open_store(place, key) as store:  # and now without the authority
        checked = Anchors(store).check()
        assert checked.stamps == (got,)
        assert checked.well
        place.anchors.write_bytes(place.anchors.read_bytes().replace(got.kept.at.encode(), clock.now().encode()))
        assert [one.fault for one in Anchors(store).check().stamps] == ["other"]
        assert not Anchors(store).check().well


@pytest.mark.usefixtures("loopback")
def test_a_stamp_that_was_not_got_leaves_no_mark(place: Paths, key: bytes, tmp_path: Path) -> None:
    office = Authority(tmp_path / "office", "Office Time")
    with open_store(place, key) as store:
        with pytest.raises(stamp.StampRefused):
            Anchors(store).stamp("http://127.0.0.1:1/", office.root, Watch())
        assert Anchors(store).known() == ()


def test_a_stamp_that_somebody_spoiled_is_said(place: Paths, key: bytes) -> None:
    token = b',"token":{"url":"http://x","answer":"?","authority":""}}'
    with open_store(place, key) as store:
        Anchors(store).give("stamp")
        kept = json.encode(Anchors(store).known()[0])
        place.anchors.write_bytes(b'{"schema":"guia.anchors/1","anchors":[' + kept[:-1] + token + b"]}")
        assert [one.fault for one in Anchors(store).check().stamps] == ["answer"]


def test_a_clock_that_ran_ahead_once_excuses_no_mark(place: Paths, key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = ["2036-01-01T10:00:00.000000Z", "2026-11-26T10:00:00.000000Z"]
    with open_store(place, key) as store:
        store.set_keep_for(moments[0], 12)  # all goes, and the oldest entry kept is of 2036
        monkeypatch.setattr(clock, "now", lambda: moments[1])
        live(store)
        Anchors(store).give("accountant")
        assert store.oldest().seq > 1
    written = place.anchors.read_text()
    place.anchors.write_text(re.sub(r'"head": "[0-9a-f]+"', '"head": "' + "ab" * 32 + '"', written))
    with open_store(place, key) as store:
        assert fates(store) == ["other"]
