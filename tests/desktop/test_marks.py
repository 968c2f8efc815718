"""Marks in words: what `guia trail verify` says of the marks that left, without being asked for them."""

import json
import shutil
from functools import partial
from pathlib import Path

import pytest

from desktop import clock, paths, vault
from desktop.anchors import Anchors
from desktop.connect.watch import Watch
from desktop.content import words
from desktop.storage import backups, envelope
from desktop.storage.store import Store, open_store
from tests.desktop.authority import Authority, handing_on, served
from tests.desktop.test_cli import Ran, guia, work
from tests.desktop.test_cli_vault import PASSPHRASE, keys
from wizards.content.text import LANGUAGES
from wizards.trail.anchor_code import code

__all__ = ["guia", "keys", "work"]  # fixtures


@pytest.fixture
def key(keys: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    assert keys.exists()
    monkeypatch.setattr(envelope, "Slow", partial(envelope.Slow, memory_kib=8 * 1024, iterations=1))
    made = vault.create(paths.find(), PASSPHRASE, use_keychain=False)
    with open_store(paths.find(), made) as store:
        live(store)
    return made


def live(store: Store) -> None:
    for number in range(5):
        store.record(clock.now(), "answer.given", f"q{number}", None)


def told(guia: Ran, lang: str = "en") -> tuple[int, list[str]]:
    exit_code, out, _ = guia("trail", "verify", "--json", "--lang", lang)
    found = json.loads(out)
    assert found["ok"] == (exit_code == 0)
    return exit_code, found["text"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_marks_that_left_are_taken_without_being_asked(guia: Ran, key: bytes, lang: str) -> None:
    with open_store(paths.find(), key) as store:
        Anchors(store).give("accountant")
        last = Anchors(store).give("plan")
    exit_code, lines = told(guia, lang)
    assert exit_code == 0
    assert lines[-1] == words()["marks-told.met"].fill(lang, count="2", last=f"{last.at[:10]} {last.at[11:16]} UTC")


def test_an_old_copy_put_back_is_found_without_a_code(guia: Ran, key: bytes, tmp_path: Path) -> None:
    place = paths.find()
    shutil.copy(place.vault, tmp_path / "old")
    with open_store(place, key) as store:
        mark = Anchors(store).give("accountant")
    shutil.copy(tmp_path / "old", place.vault)
    exit_code, lines = told(guia)
    assert exit_code == 1
    assert any(f"taken at entry {mark.count}, does not fit" in line for line in lines)


def test_after_a_restore_it_says_so_and_which_marks_are_lost(guia: Ran, key: bytes, tmp_path: Path) -> None:
    place = paths.find()
    with open_store(place, key) as store:
        backups.backup_to(store, tmp_path / "copy.guia-backup")
        live(store)
        lost = Anchors(store).give("accountant")
    backups.restore(place, tmp_path / "copy.guia-backup", PASSPHRASE, clock.now())
    exit_code, lines = told(guia)
    assert exit_code == 0
    assert any(line.startswith("The trail says that on ") and "could have written this too" in line for line in lines)
    assert lines[-1].startswith("– the mark of ")
    assert f"at entry {lost.count}" in lines[-1]
    # whoever holds the code outside is told that it does not fit
    exit_code, out, _ = guia("trail", "verify", "--anchor", code(lost))
    assert exit_code == 1
    assert f"A mark reaches to entry {lost.count};" in out


def test_a_torn_list_is_said(guia: Ran, key: bytes) -> None:
    assert key
    paths.find().anchors.write_text("{")
    exit_code, lines = told(guia)
    assert exit_code == 1
    assert lines[-1] == words()["marks-told.unreadable"].to("en")


@pytest.mark.usefixtures("loopback")
def test_a_time_stamp_is_told_and_so_is_one_that_does_not_hold(guia: Ran, key: bytes, tmp_path: Path) -> None:
    office = Authority(tmp_path / "office", "Office Time")
    with open_store(paths.find(), key) as store, served(handing_on(office)) as url:
        Anchors(store).stamp(url, office.root, Watch())
    exit_code, lines = told(guia)
    assert exit_code == 0
    assert lines[-1].startswith("Office Time stamped the mark of entry 6 on ")
    kept = paths.find().anchors
    kept.write_bytes(kept.read_bytes().replace(b'"answer": "MI', b'"answer": "MJ'))
    exit_code, lines = told(guia)
    assert exit_code == 1
    assert lines[-1].endswith(words()["stamp-held.answer"].to("en"))


def test_nothing_is_exported_over_the_list(guia: Ran, key: bytes) -> None:
    with open_store(paths.find(), key) as store:
        Anchors(store).give("accountant")
    before = paths.find().anchors.read_bytes()
    exit_code, _, _ = guia("trail", "export", "--out", paths.find().anchors)
    assert exit_code == 2
    assert paths.find().anchors.read_bytes() == before


def month(number: int) -> str:
    return f"2026-{number:02d}-15T10:00:00.000000Z"


def test_a_restore_is_no_fault_when_its_entry_was_pruned_either(
    guia: Ran, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = paths.find()
    with open_store(place, key) as store:
        backups.backup_to(store, tmp_path / "copy.guia-backup")
        for _ in range(20):
            live(store)
        monkeypatch.setattr(clock, "now", lambda: "2026-11-26T10:00:00.000000Z")
        lost = Anchors(store).give("accountant")
    backups.restore(place, tmp_path / "copy.guia-backup", PASSPHRASE, "2026-11-27T10:00:00.000000Z")
    with open_store(place, key) as store:
        monkeypatch.setattr(clock, "now", lambda: "2027-11-28T10:00:00.000000Z")
        live(store)
        assert store.set_keep_for(clock.now(), 12) > 0
    exit_code, lines = told(guia)
    assert exit_code == 0
    assert lines[-1] == words()["marks-told.old"].fill("en", count="1")
    # whoever holds the code is still told, in words that accuse nobody
    exit_code, out, _ = guia("trail", "verify", "--anchor", code(lost))
    assert exit_code == 1
    assert "or the mark is not of this trail" in out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_beside_the_vault_vouches_for_nothing(guia: Ran, key: bytes, lang: str) -> None:
    # somebody with the key wrote all anew, and a list that fits
    with open_store(paths.find(), key) as store:
        mark = Anchors(store).give("accountant")
    exit_code, out, _ = guia("trail", "verify", "--json", "--lang", lang)
    found = json.loads(out)
    assert (exit_code, found["held"]) == (0, 0)
    assert words()["trail-verdict.no-mark"].to(lang) in found["text"]
    held = words()["trail-verdict.held"].fill(lang, held=str(mark.count))
    assert held not in found["text"]
    exit_code, out, _ = guia("trail", "verify", "--json", "--lang", lang, "--anchor", code(mark))
    assert (exit_code, json.loads(out)["held"]) == (0, mark.count)
    assert held in json.loads(out)["text"]


@pytest.mark.usefixtures("loopback")
def test_a_time_stamp_of_another_trail_does_not_vouch_for_this_one(guia: Ran, key: bytes, tmp_path: Path) -> None:
    office = Authority(tmp_path / "office", "Office Time")
    place = paths.find()
    shutil.copy(place.vault, tmp_path / "old")
    with open_store(place, key) as store, served(handing_on(office)) as url:
        Anchors(store).stamp(url, office.root, Watch())
    shutil.copy(tmp_path / "old", place.vault)
    exit_code, lines = told(guia)
    assert exit_code == 1
    assert "does not show that mark" in lines[-1]
