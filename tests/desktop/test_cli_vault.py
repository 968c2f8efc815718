"""The commands that open the vault: export, import, backup, restore. Exits, and what must not change."""

import json
import os
import sqlite3
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from desktop import paths, vault
from desktop.content import bank, words
from desktop.storage import envelope
from desktop.storage.archive import unpack
from desktop.storage.connection import hold
from desktop.storage.faults import VaultError
from desktop.storage.store import Store, open_store
from tests.desktop.test_cli import Ran, guia, sample, work
from tests.wizards.test_reading import ONE, file
from wizards.content.samples import sample_answers
from wizards.content.text import LANGUAGES
from wizards.interview.reading import read
from wizards.trail.verdict import Unbroken

__all__ = ["guia", "sample", "work"]  # fixtures

PASSPHRASE = "twelve characters at least"


@pytest.fixture(autouse=True)
def quick_to_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guessing is made cheap here: the tests open a vault a hundred times."""
    monkeypatch.setattr(envelope, "Slow", partial(envelope.Slow, memory_kib=8 * 1024, iterations=1))


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The passphrase file that the environment names."""
    made = tmp_path / "passphrase"
    made.write_text(PASSPHRASE + "\nsecond line\n", encoding="utf-8")
    monkeypatch.setenv("GUIA_PASSPHRASE_FILE", str(made))
    return made


def opened() -> Store:
    """The vault, open."""
    found = paths.find()
    return open_store(found, vault.unlock_with_passphrase(found, PASSPHRASE))


def state(home: Path) -> dict[str, str]:
    """Each file of a home with its digest; the locks, which hold nothing, and the log left out."""
    return {
        str(found.relative_to(home)): sha256(found.read_bytes()).hexdigest()
        for found in sorted(home.rglob("*"))
        if found.is_file() and found.name not in {"vault.lock", "guia.log"}
    }


@pytest.mark.usefixtures("keys")
def test_an_import_makes_the_vault_and_an_export_gives_the_answers_back(
    guia: Ran, sample: Path, work: Path, home: Path
) -> None:
    code, out, err = guia("import", sample)
    assert (code, out) == (0, "")
    answers = read(sample.read_bytes(), bank())
    assert err == words()["cli.imported-first"].fill("en", count=str(len(answers))) + "\n"
    assert not (home / "backups").exists()
    code, out, err = guia("export", "--out", work / "a.json", "--lang", "zh-Hant")
    assert (code, out, err) == (0, "", words()["cli.written"].fill("zh-Hant", file=str(work / "a.json")) + "\n")
    assert read((work / "a.json").read_bytes(), bank()) == answers
    assert (work / "a.json").stat().st_mode & 0o077 == 0
    with opened() as store:
        assert [link.seq for link in store.trail()] == list(range(1, len(store.trail()) + 1))
        assert isinstance(store.verify(), Unbroken)


@pytest.mark.usefixtures("keys")
def test_a_second_import_is_one_undoable_change_with_a_backup_first(
    guia: Ran, sample: Path, home: Path, work: Path
) -> None:
    guia("import", sample)
    with opened() as store:
        before, entries = store.answers(), len(store.trail())
    (work / "clinic.json").write_text(guia("sample", "clinic", "--lang", "pt")[1], encoding="utf-8")
    code, _, err = guia("import", work / "clinic.json", "--lang", "pt")
    assert code == 0
    assert "cópia" in err
    [kept] = (home / "backups").iterdir()
    with opened() as store:
        assert store.answers() == sample_answers(bank().sectors["clinic"], "pt")
        assert len(store.trail()) > entries
        store.undo("2026-11-23T00:00:00.000000Z")
        assert store.answers() == before
    unpacked = paths.Paths(work / "unpacked")
    unpacked.home.mkdir()
    unpack(kept, unpacked)
    with open_store(unpacked, vault.unlock_with_passphrase(unpacked, PASSPHRASE)) as store:
        assert store.answers() == before


@pytest.mark.usefixtures("keys")
def test_an_import_of_the_same_answers_is_recorded_too(guia: Ran, sample: Path) -> None:
    guia("import", sample)
    with opened() as store:
        entries = len(store.trail())
    assert guia("import", sample)[0] == 0
    with opened() as store:
        assert len(store.trail()) > entries


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("name", ["NaN", "half a file", "latin-1", "id twice", "nothing"])
def test_a_bad_file_leaves_the_vault_as_it_was_byte_for_byte(
    guia: Ran, sample: Path, home: Path, work: Path, name: str
) -> None:
    (work / "bad.json").write_bytes(ONE[name][0])
    code, out, _ = guia("import", work / "bad.json")
    assert (code, out) == (2, "")
    assert not home.exists()
    guia("import", sample)
    before = state(home)
    assert guia("import", work / "bad.json")[0] == 2
    assert guia("import", work / "missing.json")[0] == 2
    assert state(home) == before


def test_without_a_passphrase_nothing_is_made_or_opened(guia: Ran, sample: Path, home: Path, work: Path) -> None:
    for lang in LANGUAGES:
        code, out, err = guia("import", sample, "--lang", lang)
        assert (code, out, err) == (5, "", words()["cli.no-passphrase"].to(lang) + "\n")
    assert not home.exists()
    for command in (("export", "--out", work / "x"), ("backup", "--out", work / "x")):
        code, out, err = guia(*command)
        assert (code, out) == (5, "")
        assert err == words()["vault.no-vault"].en + "\n"
    assert guia("restore", sample)[0] == 5
    assert list(work.iterdir()) == []


def test_a_vault_whose_keychain_is_gone_says_how_to_open_it(
    guia: Ran, sample: Path, work: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guia("import", sample)
    monkeypatch.delenv("GUIA_PASSPHRASE_FILE")
    code, out, err = guia("export", "--out", work / "x")
    assert (code, out) == (5, "")
    assert "GUIA_PASSPHRASE_FILE" in err
    assert keys.exists()
    assert list(work.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"eleven char", 5),
        (b"", 5),
        (b"\n" + PASSPHRASE.encode(), 5),
        (b"\xff\xfe" + PASSPHRASE.encode("utf-16-le"), 5),
        (PASSPHRASE.encode() + b"\r\n", 0),
        (b"\xef\xbb\xbf" + PASSPHRASE.encode(), 0),
        (PASSPHRASE.encode() + b"\n" + "字".encode() * 3000, 0),
    ],
)
def test_the_first_line_of_the_passphrase_file_counts(
    guia: Ran, sample: Path, home: Path, keys: Path, content: bytes, code: int
) -> None:
    keys.write_bytes(content)
    assert guia("import", sample)[0] == code
    assert vault.exists(paths.find()) == (code == 0)
    if code == 0:
        opened().close()
    else:
        assert not home.exists() or state(home) == {}


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_a_passphrase_file_that_is_none_is_said_and_not_waited_for(
    guia: Ran, sample: Path, keys: Path, kind: str
) -> None:
    keys.unlink()
    if kind == "folder":
        keys.mkdir()
    elif kind == "pipe":
        os.mkfifo(keys)
    code, _, err = guia("import", sample)
    assert code == 5
    assert str(keys) in err


def test_the_wrong_passphrase_opens_nothing(guia: Ran, sample: Path, home: Path, keys: Path, work: Path) -> None:
    guia("import", sample)
    before = state(home)
    keys.write_text("another passphrase")
    for command in (("export", "--out", work / "x"), ("backup", "--out", work / "x"), ("import", sample)):
        code, out, err = guia(*command)
        assert (code, out, err) == (5, "", words()["vault.wrong-passphrase"].en + "\n")
    assert state(home) == before
    assert list(work.iterdir()) == []


@pytest.mark.usefixtures("keys")
def test_a_vault_in_use_newer_damaged_or_half_gone_stays_as_it_is(
    guia: Ran, sample: Path, home: Path, work: Path
) -> None:
    guia("import", sample)
    found = paths.find()
    commands = (("export", "--out", work / "x"), ("backup", "--out", work / "x"), ("import", sample))

    def all_say(word: str) -> None:
        before = state(home)
        for command in commands:
            assert guia(*command) == (5, "", words()[f"vault.{word}"].en + "\n")
        assert state(home) == before

    with hold(found.lock):
        all_say("in-use")
    whole, key = found.vault.read_bytes(), found.key.read_bytes()
    found.key.write_bytes(key.replace(b'"format": 1', b'"format": 2'))
    assert found.key.read_bytes() != key
    all_say("newer")
    found.key.write_bytes(b"{}")
    all_say("damaged")
    found.key.unlink()
    all_say("key-gone")
    found.key.write_bytes(key)
    found.vault.write_bytes(os.urandom(len(whole)))
    all_say("damaged")
    found.vault.write_bytes(b"")
    all_say("vault-gone")
    found.vault.unlink()
    all_say("vault-gone")
    found.vault.write_bytes(whole)
    assert guia("export", "--out", work / "x")[0] == 0


@pytest.mark.usefixtures("keys")
def test_an_empty_vault_gives_an_empty_file(guia: Ran, work: Path) -> None:
    vault.create(paths.find(), PASSPHRASE, use_keychain=False)
    assert guia("export", "--out", work / "a.json")[0] == 0
    assert read((work / "a.json").read_bytes(), bank()) == {}
    assert json.loads((work / "a.json").read_text()) == {"schema": "guia.answers/1", "answers": {}}
    assert guia("import", work / "a.json")[0] == 0


@pytest.mark.usefixtures("keys")
def test_nothing_is_left_where_an_export_or_a_backup_cannot_be_written(
    guia: Ran, sample: Path, home: Path, work: Path
) -> None:
    guia("import", sample)
    before = state(home)
    pipe = work / "pipe"
    os.mkfifo(pipe)
    own = [
        home / name
        for name in ("vault.guia", "vault.key", "vault.lock", "vault.guia-wal", "vault.moves", "settings.json")
    ]
    (work / "link").symlink_to(home / "vault.guia")
    for out in (
        work / "no" / "x",
        work,
        pipe,
        Path("/dev/full"),
        sample / "x",
        work / ("x" * 300),
        work / "link",
        *own,
    ):
        for command in ("export", "backup"):
            code, said, err = guia(command, "--out", out)
            assert (code, said) == (2, ""), (command, out)
            assert err.count("\n") == 1
            assert str(out) in err or "…" in err
    assert state(home) == before
    assert sorted(found.name for found in work.iterdir()) == ["link", "pipe"]


@pytest.mark.usefixtures("keys")
def test_a_backup_is_restored_into_an_empty_home_and_over_another_vault(
    guia: Ran, sample: Path, work: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guia("import", sample)
    answers = read(sample.read_bytes(), bank())
    code, out, err = guia("backup", "--out", work / "b.guia-backup")
    assert (code, out) == (0, "")
    assert "b.guia-backup" in err
    assert b"restaurant" not in (work / "b.guia-backup").read_bytes()
    monkeypatch.setenv("GUIA_HOME", str(work / "elsewhere"))
    assert guia("restore", work / "b.guia-backup", "--lang", "pt") == (0, "", words()["cli.restored-first"].pt + "\n")
    with opened() as store:
        assert store.answers() == answers
    monkeypatch.setenv("GUIA_HOME", str(home))
    (work / "other.json").write_bytes(file('"staff": 3'))
    guia("import", work / "other.json")
    code, _, err = guia("restore", work / "b.guia-backup")
    assert code == 0
    assert str(home / "replaced") in err
    with opened() as store:
        assert store.answers() == answers
        assert isinstance(store.verify(), Unbroken)


def test_what_is_no_backup_is_refused_and_the_vault_untouched(
    guia: Ran, sample: Path, home: Path, keys: Path, work: Path
) -> None:
    guia("import", sample)
    guia("backup", "--out", work / "good")
    before = state(home)
    good = (work / "good").read_bytes()
    (work / "cut").write_bytes(good[: len(good) // 2])
    (work / "bent").write_bytes(good[:5000] + bytes([good[5000] ^ 1]) + good[5001:])
    (work / "empty").write_bytes(b"")
    (work / "text").write_text("hello")
    with sqlite3.connect(work / "sqlite") as plain:
        plain.execute("CREATE TABLE a (b)")
    plain.close()
    for name in ("cut", "bent", "empty", "text", "sqlite"):
        code, out, err = guia("restore", work / name)
        assert (code, out, err) == (2, "", words()["vault.not-a-backup"].en + "\n"), name
    os.mkfifo(work / "pipe")
    for other in (work, work / "missing", work / "pipe", sample / "x"):
        code, out, _ = guia("restore", other)
        assert (code, out) == (2, "")
    keys.write_text("another passphrase")
    assert guia("restore", work / "good")[0] == 5
    assert state(home) == before


@pytest.mark.usefixtures("keys")
def test_a_full_disk_during_an_import_is_said_and_changes_nothing(
    guia: Ran, sample: Path, home: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guia("import", sample)
    before = state(home)
    (work / "other.json").write_bytes(file('"staff": 3'))

    def fail(*_: object) -> None:
        raise VaultError("disk-full")

    monkeypatch.setattr("desktop.storage.backups.pack", fail)
    assert guia("import", work / "other.json") == (2, "", words()["vault.disk-full"].en + "\n")
    assert state(home) == before
