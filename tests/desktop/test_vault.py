"""The vault's key: made once, opened by the recovery passphrase, never overwritten."""

import contextlib
import json
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from desktop import vault
from desktop.paths import Paths
from desktop.storage import envelope
from desktop.storage.faults import VaultError
from desktop.storage.moves import STAGED
from desktop.storage.store import open_store
from desktop.storage.whole import write_whole

PASSPHRASE = "correct horse battery"
AT = "2026-11-23T10:15:30.000000Z"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least work a key file may name, so that these tests are quick; one test looks at the real figures."""
    real = envelope.Slow
    monkeypatch.setattr(envelope, "Slow", lambda salt: real(salt=salt, memory_kib=8 * 1024, iterations=1, lanes=1))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "home" / "guia")


@contextlib.contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(VaultError) as caught:
        yield
    assert caught.value.code == code


def test_a_vault_is_made_and_opened_by_its_passphrase(paths: Paths) -> None:
    assert not vault.exists(paths)
    key = vault.create(paths, PASSPHRASE, use_keychain=False)
    assert vault.exists(paths)
    assert len(key) == 32
    assert vault.unlock_with_passphrase(paths, PASSPHRASE) == key
    with open_store(paths, key) as store:
        assert store.answers() == {}
    assert sorted(file.name for file in paths.home.iterdir()) == ["vault.guia", "vault.key", "vault.lock"]
    assert {file.stat().st_mode & 0o777 for file in paths.home.iterdir()} == {0o600}
    assert paths.home.stat().st_mode & 0o777 == 0o700


def test_the_key_file_shows_no_secret_and_is_fresh_each_time(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        paths = Paths(tmp_path / name)
        key = vault.create(paths, PASSPHRASE, use_keychain=False)
        content = paths.key.read_bytes()
        assert key not in content
        assert key.hex().encode() not in content
        assert PASSPHRASE.encode() not in content
        files.append(json.loads(content))
    first, second = files
    assert first["slow"]["salt"] != second["slow"]["salt"]
    for part in ("vault", "check", "nonce", "wrapped"):
        assert first[part] != second[part]


def test_guessing_is_made_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    made = envelope.wrap(bytes(32), PASSPHRASE)
    assert (made.slow.memory_kib, made.slow.iterations, made.slow.lanes) == (65536, 3, 4)
    assert envelope.unwrap(envelope.from_bytes(envelope.to_bytes(made)), PASSPHRASE) == bytes(32)


@pytest.mark.parametrize(
    "wrong", ["correct horse batterx", "Correct horse battery", "", " " * 20, "correct horse  battery"]
)
def test_a_wrong_passphrase_opens_nothing(paths: Paths, wrong: str) -> None:
    vault.create(paths, PASSPHRASE, use_keychain=False)
    before = {file.name: file.read_bytes() for file in paths.home.iterdir()}
    with refused("wrong-passphrase"):
        vault.unlock_with_passphrase(paths, wrong)
    assert {file.name: file.read_bytes() for file in paths.home.iterdir()} == before


@pytest.mark.parametrize("weak", ["", "elevenchars", "    short      "])
def test_a_weak_passphrase_makes_nothing(paths: Paths, weak: str) -> None:
    with refused("weak-passphrase"):
        vault.create(paths, weak, use_keychain=False)
    assert not paths.home.exists()


def test_a_passphrase_may_be_typed_in_either_form_of_its_letters(paths: Paths) -> None:
    key = vault.create(paths, "  recuperação é minha ", use_keychain=False)
    assert vault.unlock_with_passphrase(paths, unicodedata.normalize("NFD", "recuperação é minha")) == key


def test_a_recovery_code_may_be_typed_in_any_way(paths: Paths) -> None:
    code = vault.new_passphrase()
    key = vault.create(paths, code, use_keychain=False)
    for typed in (code.lower(), code.replace("-", ""), code.replace("-", " "), f"\n{code} "):
        assert vault.unlock_with_passphrase(paths, typed) == key


def test_recovery_codes_are_readable_and_never_the_same() -> None:
    codes = {vault.new_passphrase() for _ in range(200)}
    assert len(codes) == 200
    letters = set("".join(codes))
    assert not letters & set("01ILO")
    assert all([len(group) for group in code.split("-")] == [4] * 6 for code in codes)


def test_nothing_that_is_there_is_overwritten(paths: Paths) -> None:
    key = vault.create(paths, PASSPHRASE, use_keychain=False)
    before = paths.vault.read_bytes(), paths.key.read_bytes()
    with refused("vault-exists"):
        vault.create(paths, "another passphrase", use_keychain=False)
    assert (paths.vault.read_bytes(), paths.key.read_bytes()) == before
    for lost in (paths.key, paths.vault):
        other = paths.vault if lost == paths.key else paths.key
        content = lost.read_bytes()
        lost.unlink()
        with refused("vault-exists"):
            vault.create(paths, "another passphrase", use_keychain=False)
        with refused("key-gone" if lost == paths.key else "vault-gone"):
            vault.unlock_with_passphrase(paths, PASSPHRASE)
        assert not lost.exists()
        assert other.exists()
        lost.write_bytes(content)
    assert vault.unlock_with_passphrase(paths, PASSPHRASE) == key


def test_no_vault_and_an_empty_vault_are_told_apart(paths: Paths) -> None:
    with refused("no-vault"):
        vault.unlock_with_passphrase(paths, PASSPHRASE)
    with refused("no-vault"):
        vault.unlock_with_keychain(paths)
    vault.create(paths, PASSPHRASE, use_keychain=False)
    paths.vault.write_bytes(b"")
    with refused("vault-gone"):
        vault.unlock_with_passphrase(paths, PASSPHRASE)


def test_a_changed_key_file_opens_nothing(paths: Paths) -> None:
    vault.create(paths, PASSPHRASE, use_keychain=False)
    good = json.loads(paths.key.read_bytes())
    slow = good["slow"]
    changes: list[tuple[dict[str, object], str]] = [
        ({"vault": "another"}, "wrong-passphrase"),
        ({"wrapped": good["nonce"]}, "wrong-passphrase"),
        ({"check": "00" * 32}, "damaged"),
        ({"format": 2}, "newer"),
        ({"format": "1"}, "damaged"),
        ({"more": 1}, "damaged"),
        ({"slow": slow | {"memory_kib": 2**31}}, "damaged"),
        ({"slow": slow | {"iterations": 10**6}}, "damaged"),
        ({"slow": slow | {"salt": ""}}, "damaged"),
    ]
    for change, code in changes:
        paths.key.write_bytes(msgspec.json.encode(good | change))
        with refused(code):
            vault.unlock_with_passphrase(paths, PASSPHRASE)
    for content in (b"", b"{", b"\xff\xfe", b"[]", b"[" * 100000):
        paths.key.write_bytes(content)
        with refused("damaged"):
            vault.unlock_with_passphrase(paths, PASSPHRASE)


@pytest.mark.parametrize("moved", [[], ["vault.guia"], ["vault.guia", "vault.key"]])
def test_a_vault_whose_making_was_cut_short_is_finished(paths: Paths, moved: list[str]) -> None:
    key = vault.create(paths, PASSPHRASE, use_keychain=False)
    # the disk as it was after some of the moves
    staged = paths.home / f"{STAGED}abcd"
    staged.mkdir()
    for name in {"vault.guia", "vault.key"} - set(moved):
        (paths.home / name).rename(staged / name)
    write_whole(paths.moves, msgspec.json.encode({"staged": staged.name, "aside": "nothing"}))
    assert vault.exists(paths)
    assert vault.unlock_with_passphrase(paths, PASSPHRASE) == key
    with open_store(paths, key) as store:
        store.save({"a": 1}, AT, "answer.given")
    assert not staged.exists()
    assert not paths.moves.exists()


@pytest.mark.parametrize("text", [b"", b"{}", b'{"staged":"../x","aside":"y"}', b'{"staged":"x","aside":".."}'])
def test_moves_that_lead_elsewhere_are_refused(paths: Paths, text: bytes) -> None:
    key = vault.create(paths, PASSPHRASE, use_keychain=False)
    paths.moves.write_bytes(text)
    with refused("damaged"):
        open_store(paths, key)
    assert paths.vault.exists()


def test_passphrases_tried_at_the_same_time_wait_for_each_other() -> None:
    # several lanes, as in earnest: OpenSSL shares their threads
    sheet = msgspec.structs.replace(envelope.Slow(salt=b"a salt of 16 byt"), lanes=4)
    with ThreadPoolExecutor(4) as pool:
        tried = [pool.submit(envelope._cipher, PASSPHRASE, sheet) for _ in range(24)]
        assert all(one.result(timeout=60) for one in tried)
