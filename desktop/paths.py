"""Where Guia's files are. Asks the environment and makes folders; reads and writes no file's content."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Paths:
    """Guia's files, all in one folder `home`. A staged copy of a vault is a home of its own, with the same names."""

    home: Path

    @property
    def vault(self) -> Path:
        """Answers, trail, tasks and proofs, encrypted by SQLCipher."""
        return self.home / "vault.guia"

    @property
    def key(self) -> Path:
        """The envelope: the vault's key wrapped under the recovery passphrase. JSON, no secret in the clear."""
        return self.home / "vault.key"

    @property
    def anchors(self) -> Path:
        """Marks of the trail that were given away, by which an old copy of the vault is known. JSON, no secret."""
        return self.home / "vault.anchors"

    @property
    def lock(self) -> Path:
        """Held by the one process that has the vault open."""
        return self.home / "vault.lock"

    @property
    def window(self) -> Path:
        """Held by the one process that shows a window on this folder."""
        return self.home / "window.lock"

    @property
    def moves(self) -> Path:
        """Names a checked vault that is being put in place; after a crash the moves are finished from it."""
        return self.home / "vault.moves"

    @property
    def settings(self) -> Path:
        """What is needed before the vault opens: language and theme. Never secrets."""
        return self.home / "settings.json"

    @property
    def backups(self) -> Path:
        """Backups made by Guia itself."""
        return self.home / "backups"

    @property
    def replaced(self) -> Path:
        """Vaults that a restore put aside, each in a folder of its own. Guia never deletes them."""
        return self.home / "replaced"

    @property
    def log(self) -> Path:
        """Events and counts, never answers."""
        return self.home / "guia.log"


def find() -> Paths:
    """Guia's folder: `GUIA_HOME`, else the platform's place for an application's files. Nothing is made."""
    moved = os.environ.get("GUIA_HOME")
    return Paths(Path(moved).expanduser().absolute() if moved else _platform_folder())


def prepare(paths: Paths) -> None:
    """Make the folder, for its owner alone. OSError if that cannot be done."""
    make_folder(paths.home)


def make_folder(folder: Path) -> None:
    """Make one folder, and those above it, for its owner alone; one that is there is closed to others."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077 and os.name == "posix":
        folder.chmod(0o700)


def _platform_folder() -> Path:
    user = Path.home()
    if sys.platform == "darwin":
        return user / "Library" / "Application Support" / "Guia"
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or user / "AppData" / "Roaming") / "Guia"
    shared = os.environ.get("XDG_DATA_HOME", "")
    # the specification says a relative path is to be ignored
    return (Path(shared) if Path(shared).is_absolute() else user / ".local" / "share") / "guia"
