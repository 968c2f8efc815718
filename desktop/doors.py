"""The ways to an open session: first run, keychain, passphrase, sample, restore. No Qt; slow, so called from a worker.

Also keeps the few settings that are needed before the vault opens.
"""

import contextlib
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from desktop import clock
from desktop.paths import Paths, make_folder

if TYPE_CHECKING:
    from desktop.session import Session

OWNER: Final = "owner"
SAMPLE_WORDS: Final = "a sample business, nothing secret"


@dataclass(frozen=True)
class Settings:
    """Language, colours and text size: what the first paint needs. Never a secret. `lang` "" means not chosen yet."""

    lang: str = ""
    scheme: Literal["system", "light", "dark"] = "system"
    size: int = 100

    def understood(self) -> bool:
        """Whether each is one that Guia knows; a file that somebody edited may hold anything."""
        known = self.lang in ("", "en", "zh-Hant", "pt") and self.scheme in ("system", "light", "dark")
        return known and self.size in (100, 125, 150, 200)


class Doors:
    """Opens the vault of `paths` in one way or another, each time as a session."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths

    def settings(self) -> Settings:
        """The kept settings; the defaults where there are none or they cannot be understood."""
        try:
            raw = self.paths.settings.read_bytes()
        except OSError:
            return Settings()
        import json

        try:
            kept = json.loads(raw)
            settings = Settings(kept["lang"], kept["scheme"], kept["size"])
        except (ValueError, KeyError, TypeError):
            return Settings()
        return settings if settings.understood() else Settings()

    def keep(self, settings: Settings) -> None:
        """Keep the settings."""
        import json

        from desktop.storage.whole import write_whole

        make_folder(self.paths.home)
        write_whole(self.paths.settings, json.dumps(asdict(settings)).encode())

    def first_run(self) -> bool:
        """Whether nothing of a vault is here yet."""
        from desktop import vault

        return not vault.exists(self.paths)

    def keychain_works(self) -> bool:
        """Whether this computer has a keychain that can be trusted and answers now."""
        from desktop import vault
        from desktop.storage.faults import VaultError

        try:
            vault.probe()
        except VaultError:
            return False
        return True

    def new_passphrase(self) -> str:
        """A recovery passphrase for the sheet."""
        from desktop.storage.envelope import new_passphrase

        return new_passphrase()

    def create(self, passphrase: str, *, use_keychain: bool) -> "Session":
        """Make the vault and open it; VaultError if that fails, and then nothing was made."""
        from desktop import vault

        return self._open(vault.create(self.paths, passphrase, use_keychain=use_keychain))

    def with_keychain(self) -> "Session":
        """Open by the keychain; VaultError says why not."""
        from desktop import vault
        from desktop.storage.store import refuse_missing

        refuse_missing(self.paths)
        return self._open(vault.unlock_with_keychain(self.paths))

    def with_passphrase(self, passphrase: str) -> "Session":
        """Open by the recovery passphrase; VaultError says why not."""
        from desktop import vault

        return self._open(vault.unlock_with_passphrase(self.paths, passphrase))

    def restored(self, backup: Path, passphrase: str) -> "Session":
        """Put a backup in place and open it; VaultError says why not, and then nothing has changed."""
        from desktop import vault

        keychain = self.keychain_works()
        key = vault.restore(self.paths, backup, passphrase, clock.now(), use_keychain=keychain, who=OWNER)
        return self._open(key)

    def sample(self, sector: str, lang: str) -> "Session":
        """A sample business in a vault of its own, made anew each time and apart from the owner's."""
        import shutil

        from desktop import vault
        from desktop.content import bank
        from wizards.content.samples import sample_answers

        apart = Paths(self.paths.home / "sample")
        shutil.rmtree(apart.home, ignore_errors=True)
        key = vault.create(apart, SAMPLE_WORDS, use_keychain=False)
        session = _session(apart, key)
        session.replace_answers(sample_answers(bank().sectors[sector], lang))
        return session

    def _open(self, key: bytes) -> "Session":
        return _session(self.paths, key, backup_on=clock.today())


def _session(paths: Paths, key: bytes, backup_on: date | None = None) -> "Session":
    from desktop.content import bank
    from desktop.session import Session
    from desktop.storage import backups
    from desktop.storage.faults import VaultError
    from desktop.storage.store import open_store
    from wizards.trail.retention import after_pause

    store = open_store(paths, key, OWNER)
    store.examine()  # every page is read now: damage is met at the door, not in the middle of a sitting
    if backup_on is not None:
        last = store.newest(1)
        backups.daily(store, backup_on)
        # after the day's backup, and not at once after a long pause: the clock may be wrong
        if last and not after_pause(last[0].entry.at, clock.now()):
            with contextlib.suppress(VaultError):  # a full disk keeps nobody out; it goes another day
                store.prune(clock.now())
    return Session(bank(), store)
