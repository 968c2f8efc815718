"""What the tests of the kept trail share: a vault with a key of no worth, a session, and a year of entries."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.doors import Doors
from desktop.paths import Paths
from desktop.session import Session
from desktop.storage import envelope
from desktop.storage.store import Store, make_vault, open_store
from tests.desktop.pages import PASSPHRASE

KEY = bytes(range(32))


def month(number: int) -> str:
    """A moment in the middle of a month of 2026."""
    return f"2026-{number:02d}-15T10:00:00.000000Z"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    made = Paths(tmp_path / "home")
    made.home.mkdir()
    make_vault(made, KEY)
    return made


@pytest.fixture
def store(paths: Paths) -> Iterator[Store]:
    with open_store(paths, KEY, "owner") as opened:
        yield opened


@pytest.fixture
def session(app_doors: Doors) -> Iterator[Session]:
    opened = app_doors.create(PASSPHRASE, use_keychain=False)
    yield opened
    opened.close()


@pytest.fixture
def app_doors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Doors:
    real = envelope.Slow
    monkeypatch.setattr(envelope, "Slow", lambda salt: real(salt=salt, memory_kib=8 * 1024, iterations=1, lanes=1))
    home = tmp_path / "doors"
    home.mkdir()
    return Doors(Paths(home))


def a_year(store: Store) -> None:
    for number in range(1, 13):
        store.save({"people": number}, month(number), "answer.given")
