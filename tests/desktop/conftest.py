"""The real window in this process, for the tests of this folder."""

import getpass
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop import content
from desktop.app import App
from desktop.connect import readback
from desktop.doors import Settings
from desktop.storage import envelope
from desktop.ui import work
from desktop.ui.desk import Place
from tests.desktop.boxes import Box, at_work
from tests.desktop.hands import Hands
from tests.desktop.old_pc import OldPc, old_pc
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


class Shared:
    """One log box for the tests of a module, started by the first that wants it."""

    def __init__(self, stack: ExitStack, folders: pytest.TempPathFactory) -> None:
        self._stack, self._folders = stack, folders
        self._box: Box | None = None

    def box(self) -> Box:
        if self._box is None:
            self._box = self._stack.enter_context(at_work(self._folders.mktemp("box") / "box"))
        return self._box


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """Where the box of a module is kept; ended with the module."""
    with ExitStack() as stack:
        yield Shared(stack, tmp_path_factory)


@pytest.fixture
def as_me(loopback: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001  # its address may be reached
    """On a box of a test, whoever runs the tests is its reader."""
    monkeypatch.setattr(readback, "READER", getpass.getuser())


@pytest.fixture
def box(shared: Shared, as_me: None) -> Box:  # noqa: ARG001  # its reader
    """A real log box on this computer: rsyslogd and sshd, as Guia configures them. Shared by the tests of a module."""
    return shared.box()


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


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A USB stick that every dialog for a folder chooses."""
    place = tmp_path / "stick"
    place.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(place))
    return place


@pytest.fixture
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loopback: None) -> Iterator[OldPc]:  # noqa: ARG001  # its port
    with old_pc(tmp_path / "pc", monkeypatch) as made:
        yield made
