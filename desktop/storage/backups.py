"""Backups: one file with the encrypted vault and its key file, so the recovery passphrase alone opens it.

Every copy takes one path: copied by SQLite, checked, written whole, read back. An unchecked copy never gets a name.
"""

import re
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from desktop import clock
from desktop.paths import Paths, make_folder, prepare
from desktop.storage.archive import ENDING, free_name, pack, unpack
from desktop.storage.connection import hold
from desktop.storage.copies import check
from desktop.storage.envelope import fits, from_bytes, unwrap
from desktop.storage.faults import VaultError, as_vault_error
from desktop.storage.moves import finish_moves, put_in_place, staging
from desktop.storage.store import Store, open_store
from wizards.trail.chain import RESTORED, Deed

DAYS, WEEKS, MONTHS, OTHERS = 7, 4, 12, 10
# after a restore nothing is thinned out for a while: the owner may find that another copy was the good one
PAUSE = timedelta(days=30)
RESTORED_ON = "restored-on"
_DAILY = re.compile(r"guia-(\d{4}-\d{2}-\d{2})" + re.escape(ENDING))


def backup_to(store: Store, out: Path) -> None:
    """Write a checked backup of an open vault to `out`, whole or not at all. VaultError if that fails."""
    _write(store, out, "chosen", Deed(data="vault", channel="file"))


def daily(store: Store, day: date) -> Path | None:
    """The day's backup, made if it is not there yet, then older ones thinned out. None if there is one already."""
    folder = store.paths.backups
    out = folder / f"guia-{day.isoformat()}{ENDING}"
    if out.exists():
        return None
    with as_vault_error():
        make_folder(folder)
    _write(store, out, "daily", Deed(who="guia", data="vault"))
    restored = store.setting(RESTORED_ON)
    if not isinstance(restored, str) or abs(day - date.fromisoformat(restored)) > PAUSE:
        thin_out(folder)
    return out


def before(store: Store, what: str, day: date) -> Path:
    """A backup before something that changes much, such as an import; never in place of another backup."""
    with as_vault_error():
        make_folder(store.paths.backups)
    out = free_name(store.paths.backups, f"guia-{day.isoformat()}-before-{what}")
    _write(store, out, f"before-{what}", Deed(data="vault"))
    return out


def _write(store: Store, out: Path, kind: str, deed: Deed) -> None:
    """Write a backup, then say so in the trail: what a copy holds, it cannot say of itself."""
    with staging(store.paths) as copy:
        store.copy_to(copy)
        pack(copy, out)
    store.record(clock.now(), "backup.made", kind, None, deed)


def backups(paths: Paths) -> list[Path]:
    """All backups in Guia's own folder, the newest first."""
    found = paths.backups.glob(f"guia-*{ENDING}")
    return sorted(found, key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)


def thin_out(folder: Path) -> None:
    """Keep 7 days, 4 weeks and 12 months of daily backups, and the last 10 made before something.

    Counted among the backups there are, not from today: a clock that is wrong removes nothing.
    """
    days = {match[1]: file for file in folder.iterdir() if (match := _DAILY.fullmatch(file.name))}
    newest = sorted(days, reverse=True)
    weeks: dict[tuple[int, int], str] = {}
    months: dict[str, str] = {}
    for day in newest:
        iso = date.fromisoformat(day).isocalendar()
        weeks.setdefault((iso.year, iso.week), day)
        months.setdefault(day[:7], day)
    kept = {*newest[:DAYS], *list(weeks.values())[:WEEKS], *list(months.values())[:MONTHS]}
    others = sorted(folder.glob(f"guia-*-before-*{ENDING}"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    # what a killed process left of a backup that it was writing; the vault's lock says that nobody is
    drafts = folder.glob(f".guia-*{ENDING}.*")
    for file in [*drafts, *(days[day] for day in newest if day not in kept), *others[OTHERS:]]:
        file.unlink(missing_ok=True)


def restore(paths: Paths, backup: Path, secret: str | bytes, at: str, who: str = "guia") -> bytes:
    """Put a backup in the place of the vault, opened by its passphrase or by the key itself; gives the key.

    All is checked first; the replaced vault goes to `replaced/`. VaultError: nothing has changed.
    """
    with as_vault_error():
        prepare(paths)
    with hold(paths.lock):
        finish_moves(paths)
        with staging(paths) as staged:
            unpack(backup, staged)
            key = _key(staged, secret)
            check(staged, key)
            with open_store(staged, key, who) as store:
                # the name that an owner gave a file is content
                store.record(at, RESTORED, "vault", backup.name, Deed(data="vault", channel="file"))
                store.set_setting(RESTORED_ON, at[:10])
            check(staged, key)
            put_in_place(paths, staged, _aside(paths, at))
    return key


def _key(staged: Paths, secret: str | bytes) -> bytes:
    envelope = from_bytes(staged.key.read_bytes())
    if isinstance(secret, str):
        return unwrap(envelope, secret)
    if not fits(envelope, secret):
        raise VaultError("wrong-key")
    return secret


def _aside(paths: Paths, at: str) -> str:
    stem = re.sub(r"\D", "", at)[:14]
    return next(name for number in count(1) if not (paths.replaced / (name := f"{stem}-{number}")).exists())
