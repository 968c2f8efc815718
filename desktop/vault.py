"""The vault's key: made, kept in the keychain, got back by the recovery passphrase. The only door to keyring.

`keyring` is imported when it is asked for, in a thread of its own with a deadline: a hung service would block for ever.
No existing key, vault or keychain entry is ever overwritten or deleted here, but for the secret of
another server that its owner gives back.
"""

import contextlib
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from desktop.paths import Paths, prepare
from desktop.storage import backups
from desktop.storage.connection import KEY_BYTES, hold
from desktop.storage.envelope import (
    Envelope,
    Keychain,
    fits,
    from_bytes,
    new_passphrase,
    to_bytes,
    unwrap,
    wrap,
)
from desktop.storage.faults import Code, VaultError, as_vault_error
from desktop.storage.moves import finish_moves, put_in_place, staging
from desktop.storage.store import make_vault, refuse_missing
from desktop.storage.whole import write_whole

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

__all__ = [
    "VaultError",
    "create",
    "exists",
    "forget_secret",
    "keep_in_keychain",
    "keep_secret",
    "new_passphrase",
    "probe",
    "restore",
    "secret",
    "unlock_with_keychain",
    "unlock_with_passphrase",
]

# places that encrypt; anything else, a plain file above all, counts as no keychain
TRUSTED = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)
DEADLINE_SECONDS = 5.0
# one service name for each vault: on Windows a second user under one service renames the first
USER = "key"

T = TypeVar("T")


def exists(paths: Paths) -> bool:
    """Whether anything of a vault is here, whole or not; then none is made in its place."""
    return paths.moves.exists() or paths.vault.exists() or paths.key.exists()


def create(paths: Paths, passphrase: str, *, use_keychain: bool) -> bytes:
    """Make an empty vault and its key; gives the key. With `use_keychain` the keychain takes it, or nothing is made.

    VaultError: "vault-exists", "weak-passphrase", a keychain's or a disk's fault.
    """
    key = secrets.token_bytes(KEY_BYTES)
    envelope = wrap(key, passphrase)
    with as_vault_error():
        prepare(paths)
    with hold(paths.lock):
        finish_moves(paths)
        if exists(paths):
            raise VaultError("vault-exists")
        with staging(paths) as staged:
            make_vault(staged, key)
            if use_keychain:
                envelope = replace(envelope, keychain=_in_time(lambda: _store(envelope, key)))
            with as_vault_error():
                write_whole(staged.key, to_bytes(envelope))
            put_in_place(paths, staged, aside="nothing")
    return key


def unlock_with_passphrase(paths: Paths, passphrase: str) -> bytes:
    """The key, by the recovery passphrase; takes a fifth of a second. VaultError if it does not open."""
    return unwrap(_envelope(paths), passphrase)


def unlock_with_keychain(paths: Paths) -> bytes:
    """The key, from the keychain. VaultError "keychain-..." or "wrong-key": then ask for the passphrase."""
    envelope = _envelope(paths)
    place = envelope.keychain
    if place is None:
        raise VaultError("keychain-empty")
    key = _in_time(lambda: _fetch(place))
    if not fits(envelope, key):
        raise VaultError("wrong-key")
    return key


def keep_in_keychain(paths: Paths, key: bytes) -> None:
    """Have the keychain hold the key again, for example after a restore or a change of desktop.

    What the keychain holds under the old name stays as it is: a new name is taken. VaultError if there is no keychain.
    """
    envelope = _envelope(paths)
    if not fits(envelope, key):
        raise VaultError("wrong-key")
    with contextlib.suppress(VaultError):
        if unlock_with_keychain(paths) == key:
            return
    place = _in_time(lambda: _store(envelope, key))
    with as_vault_error():
        write_whole(paths.key, to_bytes(replace(envelope, keychain=place)))


def restore(
    paths: Paths, backup: Path, secret: str | bytes, at: str, *, use_keychain: bool, who: str = "guia"
) -> bytes:
    """Put a backup in the vault's place and, if wished, its key in the keychain; gives the key.

    VaultError: nothing was replaced. A keychain that fails afterwards undoes nothing: the passphrase opens the vault.
    """
    key = backups.restore(paths, backup, secret, at, who)
    if use_keychain:
        with contextlib.suppress(VaultError):
            keep_in_keychain(paths, key)
    return key


def probe() -> str:
    """The name of a keychain that can be trusted and works now: a random value was written, read and deleted.

    VaultError "keychain-missing", "keychain-locked" or "keychain-hung". Call it off the window's thread.
    """
    return _in_time(lambda: _name(_tried(_trusted())))


def keep_secret(subject: str, value: str) -> Keychain:
    """Have the keychain hold a secret of another server under a name of its own; where it is. VaultError if it cannot.

    `value` has at most 1,280 characters: that is what the keychain of Windows takes.
    """

    def store() -> Keychain:
        backend = _tried(_trusted())
        place = Keychain(_name(backend), f"guia-{subject}-{secrets.token_hex(8)}")
        backend.set_password(place.slot, USER, value)
        if backend.get_password(place.slot, USER) != value:
            raise VaultError("keychain-missing")
        return place

    return _in_time(store)


def secret(place: Keychain) -> str:
    """A secret that the keychain holds. VaultError "keychain-...": it is not there, locked, or does not answer."""

    def fetch() -> str:
        held = _trusted(place.backend).get_password(place.slot, USER)
        if held is None:
            raise VaultError("keychain-empty")
        return held

    return _in_time(fetch)


def forget_secret(place: Keychain) -> None:
    """Take a secret of another server out of the keychain. VaultError where it does not answer."""
    _in_time(lambda: _trusted(place.backend).delete_password(place.slot, USER))


def _envelope(paths: Paths) -> Envelope:
    if paths.moves.exists():
        with hold(paths.lock):
            finish_moves(paths)
    refuse_missing(paths)
    with as_vault_error():
        try:
            return from_bytes(paths.key.read_bytes())
        except FileNotFoundError as error:
            raise VaultError("key-gone") from error


def _store(envelope: Envelope, key: bytes) -> Keychain:
    backend = _tried(_trusted())
    # a new name each time, so an entry that is there is never overwritten
    place = Keychain(_name(backend), f"guia-vault-{envelope.vault}-{secrets.token_hex(4)}")
    backend.set_password(place.slot, USER, key.hex())
    if backend.get_password(place.slot, USER) != key.hex():
        raise VaultError("keychain-missing")
    return place


def _fetch(place: Keychain) -> bytes:
    backend = _trusted(place.backend)
    held = backend.get_password(place.slot, USER)
    if held is None:
        raise VaultError("keychain-empty")
    try:
        return bytes.fromhex(held)
    except ValueError as error:
        raise VaultError("wrong-key") from error


def _trusted(recorded: str = "") -> "KeyringBackend":
    """The keychain named by the environment, else the one recorded, else the best; only if it can be trusted."""
    import keyring.backend
    from keyring import core

    named = core.load_env() or core.load_config()
    if named is not None:
        if _name(named) not in TRUSTED:
            raise VaultError("keychain-missing")
        return named
    # not keyring's own choice: that may join several keychains, a plain file among them
    found = [backend for backend in keyring.backend.get_all_keyring() if _name(backend) in TRUSTED]
    found.sort(key=lambda backend: (_name(backend) == recorded, backend.priority), reverse=True)
    if not found:
        raise VaultError("keychain-missing")
    return found[0]


def _tried(backend: "KeyringBackend") -> "KeyringBackend":
    slot, value = f"guia-probe-{secrets.token_hex(4)}", secrets.token_hex(KEY_BYTES)
    backend.set_password(slot, USER, value)
    held = backend.get_password(slot, USER)
    backend.delete_password(slot, USER)
    if held != value:
        raise VaultError("keychain-missing")
    return backend


def _name(backend: "KeyringBackend") -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _in_time(ask: Callable[[], T]) -> T:
    """The answer of a keychain, asked in a thread that may be left behind. Every fault comes out as a VaultError."""
    answers: SimpleQueue[tuple[T] | VaultError] = SimpleQueue()

    def run() -> None:
        try:
            with _as_keychain_error():
                answers.put((ask(),))
        except VaultError as error:
            answers.put(error)

    Thread(target=run, name="keychain", daemon=True).start()
    try:
        answer = answers.get(timeout=DEADLINE_SECONDS)
    except Empty as error:
        raise VaultError("keychain-hung") from error
    if isinstance(answer, VaultError):
        raise answer
    return answer[0]


@contextlib.contextmanager
def _as_keychain_error() -> Iterator[None]:
    try:
        yield
    except VaultError:
        raise
    except Exception as error:  # backends raise what their platform raises: D-Bus, ctypes, import errors
        from keyring.errors import InitError, KeyringLocked

        code: Code = "keychain-locked" if isinstance(error, KeyringLocked | InitError) else "keychain-missing"
        raise VaultError(code) from error
