"""The form of a backup: a zip without compression that holds exactly a vault and its key file.

Written whole and read back; a file from outside is measured before anything of it is believed. Knows no keys.
"""

import zipfile
from itertools import count
from pathlib import Path
from typing import IO, BinaryIO

from desktop.paths import Paths
from desktop.storage.connection import make_file
from desktop.storage.faults import VaultError, as_vault_error
from desktop.storage.whole import fill_whole

ENDING = ".guia-backup"
# a vault holds proofs, so it may be large; a key file has under a thousand bytes
LIMITS = {"vault.guia": 4 * 1024**3, "vault.key": 16 * 1024}
CHUNK = 1024**2
SPARE = 4096


def pack(copy: Paths, out: Path) -> None:
    """Write a checked copy as one file. VaultError if it could not be; what was at `out` before is then still there."""
    with as_vault_error():
        fill_whole(out, lambda file: _fill(file, copy))


def unpack(backup: Path, folder: Paths) -> None:
    """Read a backup's two files into an empty folder. VaultError "not-a-backup" for anything but a backup."""
    with as_vault_error():
        try:
            with backup.open("rb") as file, zipfile.ZipFile(file) as archive:
                for member in _members(archive, backup.stat().st_size):
                    _read(archive, member, folder.home / member.filename)
        except FileNotFoundError as error:
            raise VaultError("not-a-backup") from error
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
            raise VaultError("not-a-backup") from error


def free_name(folder: Path, stem: str) -> Path:
    """A name in the folder that no backup has."""
    names = (folder / f"{stem}{f'-{number}' if number > 1 else ''}{ENDING}" for number in count(1))
    return next(name for name in names if not name.exists())


def _fill(file: BinaryIO, copy: Paths) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for name in LIMITS:
            # a fixed day: the file's own name tells when it was made
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o600 << 16
            size = (copy.home / name).stat().st_size
            with (copy.home / name).open("rb") as source, archive.open(info, "w", force_zip64=size > CHUNK) as target:
                while chunk := source.read(CHUNK):
                    target.write(chunk)
    with zipfile.ZipFile(file) as archive:
        for name in LIMITS:
            with (copy.home / name).open("rb") as source, archive.open(name) as written:
                if not _same(source, written):
                    raise VaultError("disk-error")


def _same(first: IO[bytes], second: IO[bytes]) -> bool:
    while chunk := first.read(CHUNK):
        if second.read(CHUNK) != chunk:
            return False
    return not second.read(1)


def _members(archive: zipfile.ZipFile, size: int) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    if sorted(member.filename for member in members) != sorted(LIMITS):
        raise VaultError("not-a-backup")
    for member in members:
        plain = member.compress_type == zipfile.ZIP_STORED and not member.flag_bits & 1
        if not plain or member.file_size != member.compress_size or member.file_size > LIMITS[member.filename]:
            raise VaultError("not-a-backup")
    # uncompressed, the parts must add up to the file: no member may be read twice or promise more than is there
    if not 0 <= size - sum(member.file_size for member in members) <= SPARE:
        raise VaultError("not-a-backup")
    return members


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    make_file(target)
    with archive.open(member) as source, target.open("wb") as file:
        while chunk := source.read(CHUNK):
            file.write(chunk)
