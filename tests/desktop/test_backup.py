"""Backups open with the passphrase alone, are thinned out with care, and restore whole or not at all."""

import contextlib
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop import vault
from desktop.paths import Paths
from desktop.storage import archive, backups, copies, envelope, moves
from desktop.storage.faults import VaultError
from desktop.storage.store import Store, open_store
from wizards.trail.verdict import Unbroken

PASSPHRASE = "correct horse battery"
AT = "2026-11-23T10:15:30.000000Z"
DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    real = envelope.Slow
    monkeypatch.setattr(envelope, "Slow", lambda salt: real(salt=salt, memory_kib=8 * 1024, iterations=1, lanes=1))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "guia")


@pytest.fixture
def key(paths: Paths) -> bytes:
    made = vault.create(paths, PASSPHRASE, use_keychain=False)
    with open_store(paths, made) as store:
        store.save({"company": "陳記", "people": None}, AT, "answer.given")
    return made


@pytest.fixture
def backup(paths: Paths, key: bytes, tmp_path: Path) -> Path:
    with open_store(paths, key) as store:
        backups.backup_to(store, tmp_path / "copy.guia-backup")
        store.save({"company": "later"}, AT, "answer.given")
    return tmp_path / "copy.guia-backup"


@contextlib.contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(VaultError) as caught:
        yield
    assert caught.value.code == code


def tree(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_a_backup_opens_elsewhere_with_the_passphrase_alone(backup: Path, key: bytes, tmp_path: Path) -> None:
    elsewhere = Paths(tmp_path / "another computer")
    assert vault.restore(elsewhere, backup, PASSPHRASE, AT, use_keychain=False) == key
    assert vault.unlock_with_passphrase(elsewhere, PASSPHRASE) == key
    with open_store(elsewhere, key) as store:
        assert store.answers() == {"company": "陳記", "people": None}
        assert isinstance(store.verify(), Unbroken)
        assert json.loads(store.trail()[-1].text)["action"] == "vault.restored"
        assert store.undo(AT) == ["company", "people"]


def test_a_backup_is_encrypted_private_and_made_while_the_vault_is_open(backup: Path) -> None:
    content = backup.read_bytes()
    for word in (b"SQLite format", "陳記".encode(), b"company"):
        assert word not in content
    assert backup.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(backup) as opened:
        assert opened.namelist() == ["vault.guia", "vault.key"]


def test_the_replaced_vault_is_kept_aside(paths: Paths, backup: Path, key: bytes) -> None:
    backups.restore(paths, backup, key, AT)
    with open_store(paths, key) as store:
        assert store.answers()["company"] == "陳記"
    (aside,) = paths.replaced.iterdir()
    with open_store(Paths(aside), key) as replaced:
        assert replaced.answers()["company"] == "later"
    backups.restore(paths, backup, PASSPHRASE, AT)
    assert len(list(paths.replaced.iterdir())) == 2
    assert not list(paths.home.glob(".*"))


def test_what_a_crash_left_beside_the_replaced_vault_goes_with_it(paths: Paths, backup: Path, key: bytes) -> None:
    with open_store(paths, key) as store:
        store.save({"company": "in the file beside"}, AT, "answer.given")
        images = tree(paths.home)
    for name, content in images.items():
        (paths.home / name).write_bytes(content)
    assert "vault.guia-wal" in images
    backups.restore(paths, backup, key, AT)
    with open_store(paths, key) as store:
        assert store.answers()["company"] == "陳記"
    (aside,) = paths.replaced.iterdir()
    with open_store(Paths(aside), key) as replaced:
        assert replaced.answers()["company"] == "in the file beside"


def test_a_vault_that_is_open_is_not_replaced(paths: Paths, backup: Path, key: bytes) -> None:
    with open_store(paths, key) as store:
        with refused("in-use"):
            backups.restore(paths, backup, key, AT)
        assert store.answers()["company"] == "later"


def test_a_lost_vault_is_brought_back(paths: Paths, backup: Path, key: bytes) -> None:
    paths.vault.write_bytes(b"")
    vault.restore(paths, backup, PASSPHRASE, AT, use_keychain=False)
    with open_store(paths, key) as store:
        assert store.answers()["company"] == "陳記"


def test_the_wrong_passphrase_or_key_restores_nothing(paths: Paths, backup: Path) -> None:
    before = tree(paths.home)
    with refused("wrong-passphrase"):
        backups.restore(paths, backup, "not this passphrase", AT)
    with refused("wrong-key"):
        backups.restore(paths, backup, bytes(32), AT)
    assert tree(paths.home) == before


def zipped(*members: tuple[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as opened:
        for name, content in members:
            opened.writestr(zipfile.ZipInfo(name), content, compression)
    return file.getvalue()


def hostile(good: bytes) -> dict[str, tuple[bytes, str]]:
    with zipfile.ZipFile(io.BytesIO(good)) as opened:
        store, key = opened.read("vault.guia"), opened.read("vault.key")
    flipped = bytearray(store)
    flipped[9000] ^= 1
    forged = bytearray(good)
    forged[good.index(b"vault.guia") - 4] ^= 0xFF
    return {
        "empty": (b"", "not-a-backup"),
        "no zip": (b"PK\x03\x04 nothing", "not-a-backup"),
        "cut short": (good[:-1000], "not-a-backup"),
        "changed inside": (good.replace(store[9000:9100], bytes(100)), "not-a-backup"),
        "forged header": (bytes(forged), "not-a-backup"),
        "one file": (zipped(("vault.guia", store)), "not-a-backup"),
        "one more": (zipped(("vault.guia", store), ("vault.key", key), ("x", b"")), "not-a-backup"),
        "one twice": (zipped(("vault.key", key), ("vault.kex", key)).replace(b".kex", b".key"), "not-a-backup"),
        "slip": (zipped(("../vault.guia", store), ("vault.key", key)), "not-a-backup"),
        "absolute": (zipped(("/vault.guia", store), ("vault.key", key)), "not-a-backup"),
        "folder": (zipped(("vault.guia/", b""), ("vault.key", key)), "not-a-backup"),
        "bomb": (
            zipped(("vault.guia", bytes(50_000_000)), ("vault.key", key), compression=zipfile.ZIP_DEFLATED),
            "not-a-backup",
        ),
        "large key file": (zipped(("vault.guia", store), ("vault.key", key + b" " * 20000)), "not-a-backup"),
        "something behind": (good + bytes(10000), "not-a-backup"),
        "no envelope": (zipped(("vault.guia", store), ("vault.key", b"{}")), "damaged"),
        "no vault": (zipped(("vault.guia", b""), ("vault.key", key)), "damaged"),
        "another vault": (zipped(("vault.guia", os.urandom(8192)), ("vault.key", key)), "damaged"),
        "half a vault": (zipped(("vault.guia", store[: len(store) // 8192 * 4096]), ("vault.key", key)), "damaged"),
        "flipped bit": (zipped(("vault.guia", bytes(flipped)), ("vault.key", key)), "damaged"),
    }


def test_broken_and_hostile_files_are_refused_and_nothing_changes(paths: Paths, backup: Path, key: bytes) -> None:
    before = tree(paths.home.parent)
    bad = backup.with_name("bad")
    for name, (content, code) in hostile(backup.read_bytes()).items():
        bad.write_bytes(content)
        with pytest.raises(VaultError) as caught:
            backups.restore(paths, bad, key, AT)
        bad.unlink()
        assert (name, caught.value.code) == (name, code)
        assert tree(paths.home.parent) == before, name
    with refused("not-a-backup"):
        backups.restore(paths, bad, key, AT)
    with pytest.raises(VaultError):
        backups.restore(paths, paths.home, key, AT)


def test_a_backup_by_a_newer_guia_is_refused(paths: Paths, key: bytes, tmp_path: Path) -> None:
    with open_store(paths, key) as store:
        store._connection.execute("PRAGMA user_version = 99")
        # no check of the copy: it is what a later Guia would have written
        folder = Paths(tmp_path / "newer")
        folder.home.mkdir()
        store._connection.execute("VACUUM INTO ?", (str(folder.vault),))
        folder.key.write_bytes(paths.key.read_bytes())
        archive.pack(folder, tmp_path / "newer.guia-backup")
    before = tree(paths.home)
    with refused("newer"):
        backups.restore(paths, tmp_path / "newer.guia-backup", key, AT)
    assert tree(paths.home) == before


@pytest.mark.parametrize("step", range(1, 9))
def test_a_restore_cut_short_anywhere_is_finished_or_never_began(
    paths: Paths, backup: Path, key: bytes, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cut(BaseException):
        """The power is gone."""

    done = 0
    real = os.replace

    def cut(old: Path, new: Path) -> None:
        nonlocal done
        done += 1
        if done == step:
            raise Cut
        real(old, new)

    monkeypatch.setattr(os, "replace", cut)
    with contextlib.suppress(Cut):
        backups.restore(paths, backup, key, AT)
    monkeypatch.undo()
    intended = paths.moves.exists() or paths.replaced.exists()
    assert vault.exists(paths)
    with open_store(paths, vault.unlock_with_passphrase(paths, PASSPHRASE)) as store:
        assert store.answers()["company"] == ("陳記" if intended else "later")
        assert isinstance(store.verify(), Unbroken)
    if intended:
        (aside,) = paths.replaced.iterdir()
        with open_store(Paths(aside), key) as replaced:
            assert replaced.answers()["company"] == "later"
    assert not paths.moves.exists()


@pytest.mark.parametrize("fails", ["copy", "differs", "pack", "rename"])
def test_a_backup_that_fails_leaves_the_older_one(
    paths: Paths, backup: Path, key: bytes, fails: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    def other(*_given: object) -> copies.Contents:
        return copies.Contents({"answers": 0}, Unbroken(0, "", "", ""))

    places: dict[str, tuple[object, str, Callable[..., object]]] = {
        "copy": (copies, "make_file", broken),
        "differs": (copies, "check", other),
        "pack": (archive, "_fill", broken),
        "rename": (os, "replace", broken),
    }
    before = backup.read_bytes()
    with open_store(paths, key) as store:
        monkeypatch.setattr(*places[fails])
        with refused("damaged" if fails == "differs" else "disk-full"):
            backups.backup_to(store, backup)
        monkeypatch.undo()
        assert backup.read_bytes() == before
        assert not list(backup.parent.glob(".*"))
        assert not list(paths.home.glob(".*"))
        store.save({"still": "works"}, AT, "answer.given")


def test_once_a_day(paths: Paths, key: bytes) -> None:
    with open_store(paths, key) as store:
        made = backups.daily(store, DAY)
        assert made == paths.backups / "guia-2026-11-23.guia-backup"
        assert backups.daily(store, DAY) is None
        first = backups.before(store, "import", DAY)
        second = backups.before(store, "import", DAY)
    assert [first.name, second.name] == [
        "guia-2026-11-23-before-import.guia-backup",
        "guia-2026-11-23-before-import-2.guia-backup",
    ]
    assert set(backups.backups(paths)) == {made, first, second}


def test_old_backups_are_thinned_out_to_days_weeks_and_months(tmp_path: Path) -> None:
    for back in range(500):
        (tmp_path / f"guia-{DAY - timedelta(days=back)}.guia-backup").touch()
    for number in range(15):
        kept = tmp_path / f"guia-2026-11-{number + 1:02}-before-import.guia-backup"
        kept.touch()
        os.utime(kept, (number, number))
    (tmp_path / ".guia-2026-11-23.guia-backup.abcd").touch()
    (tmp_path / "owner's own.guia-backup").touch()
    backups.thin_out(tmp_path)
    names = sorted(file.name for file in tmp_path.iterdir())
    daily = [name[5:15] for name in names if "before" not in name and name.startswith("guia")]
    assert [day for day in daily if day > "2026-11-16"] == [f"2026-11-{day}" for day in range(17, 24)]
    assert {"2026-11-22", "2026-11-15", "2026-11-08"} <= set(daily), "the newest of each of the last four weeks"
    assert daily[:11] == [
        *("2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"),
        *("2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31"),
    ]
    assert len(daily) == 11 + 2 + 7
    assert [name[5:15] for name in names if "before" in name] == [f"2026-11-{day:02}" for day in range(6, 16)]
    assert "owner's own.guia-backup" in names
    assert not [name for name in names if name.startswith(".")]


def test_after_a_restore_nothing_is_thinned_out_for_a_month(
    paths: Paths, backup: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    thinned: list[Path] = []
    monkeypatch.setattr(backups, "thin_out", thinned.append)
    backups.restore(paths, backup, key, AT)
    with open_store(paths, key) as store:
        backups.daily(store, DAY + timedelta(days=30))
        assert thinned == []
        backups.daily(store, DAY + timedelta(days=31))
        assert thinned == [paths.backups]


def test_a_large_vault_is_backed_up_and_restored(paths: Paths, key: bytes, tmp_path: Path) -> None:
    with open_store(paths, key) as store:
        store.save({f"q{number}": os.urandom(40000).hex() for number in range(40)}, AT, "answer.given")
        answers = store.answers()
        backups.backup_to(store, tmp_path / "large")
    assert (tmp_path / "large").stat().st_size > 3_000_000
    backups.restore(paths, tmp_path / "large", PASSPHRASE, AT)
    with open_store(paths, key) as store:
        assert store.answers() == answers


def test_a_killed_backup_leaves_nothing_for_long(paths: Paths, key: bytes, tmp_path: Path) -> None:
    left = paths.home / f"{moves.STAGED}dead"
    left.mkdir()
    (left / "vault.guia").write_bytes(b"half")
    with open_store(paths, key) as store:
        backups.backup_to(store, tmp_path / "copy")
    assert not left.exists()


def test_the_store_copies_itself_only_while_nobody_writes(paths: Paths, key: bytes, tmp_path: Path) -> None:
    from threading import Thread

    def save(store: Store) -> None:
        for number in range(40):
            store.save({"n": number}, AT, "answer.given")

    with open_store(paths, key) as store:
        writers = [Thread(target=save, args=(store,)) for _ in range(2)]
        for writer in writers:
            writer.start()
        for number in range(3):
            backups.backup_to(store, tmp_path / f"copy{number}")
        for writer in writers:
            writer.join()
        assert len(store.trail()) == 85  # and each backup
        assert isinstance(store.verify(), Unbroken)
    for number in range(3):
        backups.restore(paths, tmp_path / f"copy{number}", key, AT)
