"""The key file: a vault's key wrapped under the recovery passphrase, and what recognises the right key.

Argon2id makes guessing slow; AES-GCM wraps. Salt and nonce are fresh in every file. Nothing here reads a keyring, and
`cryptography` is imported when a passphrase is typed: a start by the keychain does without it.
"""

import hmac
import secrets
import unicodedata
from threading import Lock
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from msgspec import Struct

from desktop.storage.connection import KEY_BYTES
from desktop.storage.faults import VaultError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MINIMUM_CHARACTERS = 12
FORMAT: Final = 1
# no 0 and O, no 1, I and L: a code is read from paper
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, GROUP = 6, 4  # 31 letters, 24 places: 118 bits

# OpenSSL shares its threads among derivations: two at once fail with MemoryError, or never come back
_ONE_AT_A_TIME: Final = Lock()


class Slow(Struct, frozen=True, forbid_unknown_fields=True):
    """How Argon2id was run. Bounds, because a key file may come from a stranger's backup."""

    salt: bytes
    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        """ValueError for what would stop the computer or protect nothing."""
        within = 8 * 1024 <= self.memory_kib <= 1024 * 1024 and 1 <= self.iterations <= 16 and 1 <= self.lanes <= 16
        if not within or len(self.salt) < 16:
            raise ValueError("Argon2id out of bounds")


class Keychain(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the computer's keychain holds the key: keyring's name for the backend, and the name of the entry."""

    backend: str
    slot: str


class Envelope(Struct, frozen=True, forbid_unknown_fields=True):
    """The key file. `check` recognises the key without showing it; `vault` is this vault's own name."""

    format: Literal[1]
    vault: str
    check: str
    slow: Slow
    nonce: bytes
    wrapped: bytes
    keychain: Keychain | None = None


def new_passphrase() -> str:
    """A recovery code to write down: six groups of four letters, 118 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def wrap(key: bytes, passphrase: str) -> Envelope:
    """A new envelope for a key. VaultError "weak-passphrase" under 12 characters."""
    plain = _normal(passphrase)
    if len(plain) < MINIMUM_CHARACTERS:
        raise VaultError("weak-passphrase")
    vault, nonce, slow = secrets.token_hex(8), secrets.token_bytes(12), Slow(salt=secrets.token_bytes(16))
    wrapped = _cipher(plain, slow).encrypt(nonce, key, _bound(vault))
    return Envelope(FORMAT, vault, _check(key), slow, nonce, wrapped)


def unwrap(envelope: Envelope, passphrase: str) -> bytes:
    """The key. VaultError "wrong-passphrase"; "damaged" if the envelope holds another key than it says."""
    from cryptography.exceptions import InvalidTag

    cipher = _cipher(_normal(passphrase), envelope.slow)
    try:
        key = cipher.decrypt(envelope.nonce, envelope.wrapped, _bound(envelope.vault))
    except InvalidTag as error:
        raise VaultError("wrong-passphrase") from error
    if not fits(envelope, key):
        raise VaultError("damaged")
    return key


def fits(envelope: Envelope, key: bytes) -> bool:
    """Whether this is the vault's key."""
    return len(key) == KEY_BYTES and hmac.compare_digest(_check(key), envelope.check)


def to_bytes(envelope: Envelope) -> bytes:
    """The key file's content."""
    return msgspec.json.format(msgspec.json.encode(envelope), indent=1)


def from_bytes(content: bytes) -> Envelope:
    """The envelope in a key file. VaultError "newer" for a later format, "damaged" for anything else."""
    try:
        return msgspec.json.decode(content, type=Envelope)
    except msgspec.MsgspecError as error:
        raise VaultError("newer" if _later(content) else "damaged") from error


def _later(content: bytes) -> bool:
    class Head(Struct):
        format: int

    try:
        return msgspec.json.decode(content, type=Head).format > FORMAT
    except msgspec.MsgspecError:
        return False


def _normal(passphrase: str) -> str:
    """One passphrase for what an owner may type: composed letters; a code in any case, with or without hyphens."""
    plain = unicodedata.normalize("NFC", passphrase).strip()
    code = "".join(plain.upper().replace("-", " ").split())
    return code if len(code) == GROUPS * GROUP and set(code) <= set(ALPHABET) else plain


def _cipher(plain: str, slow: Slow) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    derivation = Argon2id(
        salt=slow.salt, length=32, iterations=slow.iterations, lanes=slow.lanes, memory_cost=slow.memory_kib
    )
    with _ONE_AT_A_TIME:
        return AESGCM(derivation.derive(plain.encode()))


def _bound(vault: str) -> bytes:
    return f"guia vault key {FORMAT} {vault}".encode()


def _check(key: bytes) -> str:
    return hmac.digest(key, b"guia vault key check 1", "sha256").hex()
