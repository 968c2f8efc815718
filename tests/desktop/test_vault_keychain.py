"""Keychains that are missing, refused, locked, hung or wrong: said in time, and nothing is overwritten."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import keyring.backend
import keyring.core
import keyring.errors
import pytest

from desktop import vault
from desktop.paths import Paths
from desktop.storage import envelope
from desktop.storage.faults import VaultError

PASSPHRASE = "correct horse battery"
ROOT = Path(__file__).parents[2]


class Keychain:
    """A keychain in memory, with the faults that real ones have."""

    priority = 5.0

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        self.fault: Exception | None = None
        self.delay = 0.0
        self.forgets = False

    def set_password(self, service: str, _user: str, password: str) -> None:
        self._meet()
        if not self.forgets:
            self.held[service] = password

    def get_password(self, service: str, _user: str) -> str | None:
        self._meet()
        return self.held.get(service)

    def delete_password(self, service: str, _user: str) -> None:
        self._meet()
        self.held.pop(service, None)

    def _meet(self) -> None:
        time.sleep(self.delay)
        if self.fault:
            raise self.fault


class PlainFile(Keychain):
    """Not on the list of what can be trusted, though it puts itself first."""

    priority = 50.0


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch) -> Keychain:
    found = Keychain()
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    monkeypatch.setattr(keyring.core, "load_config", lambda: None)
    monkeypatch.setattr(keyring.backend, "get_all_keyring", lambda: [PlainFile(), found])
    monkeypatch.setattr(vault, "TRUSTED", {f"{__name__}.Keychain"})
    monkeypatch.setattr(vault, "DEADLINE_SECONDS", 0.4)
    real = envelope.Slow
    monkeypatch.setattr(envelope, "Slow", lambda salt: real(salt=salt, memory_kib=8 * 1024, iterations=1, lanes=1))
    return found


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "guia")


@contextlib.contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(VaultError) as caught:
        yield
    assert caught.value.code == code


def test_the_keychain_holds_the_key_under_a_name_of_this_vault(paths: Paths, keychain: Keychain) -> None:
    assert vault.probe() == f"{__name__}.Keychain"
    assert keychain.held == {}, "the probe leaves nothing behind"
    key = vault.create(paths, PASSPHRASE, use_keychain=True)
    assert list(keychain.held.values()) == [key.hex()]
    assert vault.unlock_with_keychain(paths) == key
    other = Paths(paths.home.parent / "other")
    vault.create(other, PASSPHRASE, use_keychain=True)
    assert len(keychain.held) == 2
    assert vault.unlock_with_keychain(paths) == key


def test_a_vault_made_without_a_keychain_asks_for_none(paths: Paths, keychain: Keychain) -> None:
    vault.create(paths, PASSPHRASE, use_keychain=False)
    assert keychain.held == {}
    with refused("keychain-empty"):
        vault.unlock_with_keychain(paths)


@pytest.mark.parametrize("fault", ["hung", "locked", "dismissed", "lost", "broken", "forgets"])
def test_a_keychain_that_fails_makes_no_vault_and_is_named(paths: Paths, keychain: Keychain, fault: str) -> None:
    code = {"hung": "keychain-hung", "locked": "keychain-locked", "dismissed": "keychain-locked"}
    faults: dict[str, Exception] = {
        "locked": keyring.errors.KeyringLocked("locked"),
        "dismissed": keyring.errors.InitError("Prompt dismissed"),
        "lost": keyring.errors.NoKeyringError("none"),
        "broken": OSError(1783, "stub received bad data"),
    }
    keychain.fault = faults.get(fault)
    keychain.delay = 5.0 if fault == "hung" else 0.0
    keychain.forgets = fault == "forgets"
    began = time.monotonic()
    with refused(code.get(fault, "keychain-missing")):
        vault.probe()
    with refused(code.get(fault, "keychain-missing")):
        vault.create(paths, PASSPHRASE, use_keychain=True)
    assert time.monotonic() - began < 3
    assert not vault.exists(paths)
    assert not list(paths.home.glob(".staged*"))
    # the way without a keychain stays open
    vault.create(paths, PASSPHRASE, use_keychain=False)


def test_the_deadline_is_five_seconds() -> None:
    assert vault.DEADLINE_SECONDS == 5


def test_a_keychain_with_another_key_is_recognised_and_left_as_it_is(paths: Paths, keychain: Keychain) -> None:
    key = vault.create(paths, PASSPHRASE, use_keychain=True)
    (slot,) = keychain.held
    for wrong in ("00" * 32, "not hex", "", "ab"):
        keychain.held[slot] = wrong
        with refused("wrong-key"):
            vault.unlock_with_keychain(paths)
    assert vault.unlock_with_passphrase(paths, PASSPHRASE) == key
    vault.keep_in_keychain(paths, key)
    assert keychain.held[slot] == "ab", "what is there is never overwritten"
    assert vault.unlock_with_keychain(paths) == key
    assert vault.unlock_with_passphrase(paths, PASSPHRASE) == key


def test_a_key_that_left_the_keychain_is_put_back_once(paths: Paths, keychain: Keychain) -> None:
    key = vault.create(paths, PASSPHRASE, use_keychain=True)
    keychain.held.clear()
    with refused("keychain-empty"):
        vault.unlock_with_keychain(paths)
    vault.keep_in_keychain(paths, key)
    vault.keep_in_keychain(paths, key)
    assert list(keychain.held.values()) == [key.hex()]
    assert vault.unlock_with_keychain(paths) == key


def test_a_key_of_another_vault_is_not_kept(paths: Paths, keychain: Keychain) -> None:
    vault.create(paths, PASSPHRASE, use_keychain=False)
    before = paths.key.read_bytes()
    with refused("wrong-key"):
        vault.keep_in_keychain(paths, bytes(32))
    assert keychain.held == {}
    assert paths.key.read_bytes() == before


def test_a_place_that_does_not_encrypt_counts_as_none(
    paths: Paths, keychain: Keychain, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = PlainFile()
    monkeypatch.setattr(keyring.backend, "get_all_keyring", lambda: [plain])
    with refused("keychain-missing"):
        vault.probe()
    monkeypatch.setattr(keyring.core, "load_config", lambda: plain)
    monkeypatch.setattr(keyring.backend, "get_all_keyring", lambda: [keychain])
    with refused("keychain-missing"):
        vault.create(paths, PASSPHRASE, use_keychain=True)
    assert plain.held == {}
    assert not vault.exists(paths)


@pytest.mark.parametrize(
    "named", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring", "no.such.place", "nonsense"]
)
def test_the_environment_may_name_a_keychain_within_the_list(
    paths: Paths, keychain: Keychain, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    key = vault.create(paths, PASSPHRASE, use_keychain=True)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", named)
    with refused("keychain-missing"):
        vault.probe()
    with refused("keychain-missing"):
        vault.unlock_with_keychain(paths)
    assert vault.unlock_with_passphrase(paths, PASSPHRASE) == key
    assert list(keychain.held.values()) == [key.hex()]


def test_a_computer_without_a_session_has_no_keychain(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if "DBUS" not in name and "KEYRING" not in name}
    program = "from desktop import vault\ntry: vault.probe()\nexcept vault.VaultError as error: print(error.code)"
    shown = subprocess.run(
        [sys.executable, "-c", program],
        env=environment | {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert shown.stdout == "keychain-missing\n"


def test_keyring_is_not_imported_before_it_is_asked_for() -> None:
    program = "import sys; from desktop import vault; print({'keyring', 'cryptography'} & sys.modules.keys() or 'no')"
    shown = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout == "no\n"


def test_a_secret_of_another_server_is_kept_under_its_own_name_and_given_back(keychain: Keychain) -> None:
    first, second = vault.keep_secret("nextcloud", "aB3" * 24), vault.keep_secret("nextcloud", "other")
    assert first.slot != second.slot
    assert first.slot.startswith("guia-nextcloud-")
    assert (vault.secret(first), vault.secret(second)) == ("aB3" * 24, "other")
    vault.forget_secret(first)
    assert list(keychain.held) == [second.slot]
    with pytest.raises(VaultError, match="keychain-empty"):
        vault.secret(first)


def test_a_secret_is_not_kept_where_the_keychain_forgets_or_hangs(keychain: Keychain) -> None:
    keychain.forgets = True
    with pytest.raises(VaultError, match="keychain-missing"):
        vault.keep_secret("nextcloud", "a password")
    keychain.delay = 2.0
    with pytest.raises(VaultError, match="keychain-hung"):
        vault.keep_secret("nextcloud", "a password")
