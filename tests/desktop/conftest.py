"""The real window in this process, for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import content
from desktop.app import App
from desktop.doors import Settings
from desktop.storage import envelope
from desktop.ui import work
from desktop.ui.desk import Place
from tests.desktop.hands import Hands
from tests.desktop.pages import PASSPHRASE, SECTOR, go
from wizards.content.samples import sample_answers

if TYPE_CHECKING:
    from tests.nextcloud_server import Authority, Standin


@pytest.fixture
def app(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """The program after its content was read; a vault's key file costs as little work as it may."""
    real = envelope.Slow
    monkeypatch.setattr(envelope, "Slow", lambda salt: real(salt=salt, memory_kib=8 * 1024, iterations=1, lanes=1))
    app = App(qapp)
    app.words.update(content.words())
    app.settings = Settings("en", "light", 100)
    qtbot.addWidget(app.window)
    app.dress()
    app.window.show()
    yield app
    work.wait()
    QApplication.processEvents()
    app.close()
    qapp.setStyleSheet("")


@pytest.fixture
def hands(app: App) -> Hands:
    """At home in a new vault."""
    app.entered(app.doors.create(PASSPHRASE, use_keychain=False))
    hands = Hands(app)
    hands.until(QApplication.focusWidget)
    return hands


@pytest.fixture
def busy(hands: Hands) -> Hands:
    """At home in a business that has answered everything its sample does, and printed a plan."""
    session = hands.app.session
    assert session is not None
    session.replace_answers(sample_answers(content.bank().sectors[SECTOR], "en"))
    session.keep_plan(hands.app.words, "en")
    hands.app.dress(Place("home"))
    hands.rest()
    return hands


@pytest.fixture
def at_map(busy: Hands) -> Hands:
    """On the page of the map, in a business with eight flows."""
    go(busy, Place("map"))
    return busy


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> "Authority":
    """An office's own authority."""
    from tests.nextcloud_server import Authority

    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def certificate(authority: "Authority") -> Path:
    """The certificate of a server of this computer, with its key."""
    return authority.certificate()


@pytest.fixture
def standin(tmp_path: Path, certificate: Path, loopback: None) -> Iterator["Standin"]:
    """A Nextcloud on this computer, for one test."""
    from tests.nextcloud_server import Standin, served

    del loopback
    with served(Standin(tmp_path / "files"), certificate) as running:
        yield running
