"""What can go wrong with a vault, by id. The words for people are found by id elsewhere."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from desktop.storage.driver import dbapi2

Code = Literal[
    "no-vault",  # nothing was made here yet
    "vault-exists",  # a new one was to be made where one is
    "vault-gone",  # the key file is here, the vault is missing or empty
    "key-gone",  # the vault is here, its key file is missing
    "wrong-passphrase",
    "weak-passphrase",
    "keychain-missing",  # no keychain that can be trusted
    "keychain-locked",
    "keychain-hung",  # no answer in time
    "keychain-empty",  # a keychain, but this vault's key is not in it
    "wrong-key",  # the keychain holds something else under this vault's name
    "newer",  # written by a newer Guia
    "damaged",
    "in-use",
    "read-only",
    "disk-full",
    "disk-error",
    "not-a-backup",
]


class VaultError(Exception):
    """A vault could not be made, opened, written or restored; nothing was overwritten. `code` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code


_BY_NAME: dict[str, Code] = {
    "SQLITE_FULL": "disk-full",
    "SQLITE_BUSY": "in-use",
    "SQLITE_LOCKED": "in-use",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "damaged",
    "SQLITE_ERROR": "damaged",  # a table that should be there is not
    "SQLITE_READONLY": "read-only",
    "SQLITE_CANTOPEN": "read-only",
    "SQLITE_PERM": "read-only",
}
_BY_NUMBER: dict[int | None, Code] = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EFBIG: "disk-full",
    errno.EROFS: "read-only",
    errno.EACCES: "read-only",
    errno.EPERM: "read-only",
}


@contextmanager
def as_vault_error() -> Iterator[None]:
    """Turn errors of the driver and of the system into a VaultError. A broken promise of ours is passed on as it is."""
    try:
        yield
    except dbapi2.Error as error:
        raise VaultError(_code_of(error)) from error
    except OSError as error:
        raise VaultError(_BY_NUMBER.get(error.errno, "disk-error")) from error


def _code_of(error: dbapi2.Error) -> Code:
    if isinstance(error, dbapi2.IntegrityError | dbapi2.ProgrammingError | dbapi2.InterfaceError):
        raise error  # our own mistake: hiding it as a fault of the disk would mislead
    name = str(getattr(error, "sqlite_errorname", ""))
    # extended names such as SQLITE_IOERR_WRITE begin with the plain one
    return next((code for plain, code in _BY_NAME.items() if name.startswith(plain)), "disk-error")
