"""Hands that press anything on the log pages, with a hung box and a Nextcloud: no fault, no loss, no call unasked."""

import random
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QMessageBox, QPlainTextEdit

from desktop.connect import signing_in
from desktop.connect.terms import Account
from desktop.connect.watch import Watch
from desktop.nextcloud import Server
from desktop.ui import work
from desktop.ui.desk import Place
from desktop.ui.parts import Button
from tests.desktop.boxes import HERE, free_port
from tests.desktop.hands import Hands, Key
from tests.desktop.log_owner import session_of
from tests.desktop.pages import PASSPHRASE, controls, with_box
from tests.desktop.watch import lost, opened
from wizards.content.text import LANGUAGES

if TYPE_CHECKING:
    from tests.nextcloud_server import Authority, Standin

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PLACES: Final = (
    *(Place(name) for name in ("log", "trail", "entry", "sites", "box", "nextcloud", "sample")),
    Place("box", "anew"),
    Place("trail", "mark"),
)
KEYS: Final = (Key.Key_Tab, Key.Key_Backtab, Key.Key_Space, Key.Key_Return, Key.Key_Down, Key.Key_Up, Key.Key_Escape)
TYPED: Final = ("12", "GUIA-", "何小姐", "-", "https://127.0.0.1:1/", "\u202e\x07", "", "a" * 300)


class Calls:
    """Who was called, and which buttons had been pressed before."""

    def __init__(self) -> None:
        self.pressed: list[str] = []
        self.made: list[tuple[str, list[str]]] = []
        self.listens = True
        sys.addaudithook(self._heard)

    def _heard(self, event: str, args: tuple[object, ...]) -> None:
        if self.listens and event == "socket.connect" and isinstance(args[1], tuple):
            self.made.append((str(args[1][0]), list(self.pressed)))


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[Calls]:
    """Heard below every library; a button is noted before it acts."""
    heard, made = Calls(), Button.__init__

    def build(self: Button, text: str, action: Callable[[], object], kind: str = "plain") -> None:
        made(self, text, action, kind)
        self.pressed.connect(lambda: heard.pressed.append(self.accessibleName()))

    monkeypatch.setattr(Button, "__init__", build)
    yield heard
    heard.listens = False


@pytest.fixture
def hung_box(busy: Hands, monkeypatch: pytest.MonkeyPatch, loopback: None) -> Iterator[socket.socket]:  # noqa: ARG001
    """A box that takes each call and never says a word."""
    with socket.create_server((HERE, free_port()), backlog=200) as server:
        monkeypatch.setattr("desktop.logbox.making.PORT", server.getsockname()[1])
        with_box(session_of(busy), HERE)
        yield server


@pytest.fixture
def dialogs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> random.Random:
    """Every dialog gives something else: a log, a file that has gone, nothing, a folder."""
    chance = random.Random()  # noqa: S311  # no secret hangs on it
    sample = tmp_path / "sample.log"
    sample.write_text("Nov 20 09:00:00 box app: ana opened a file\n" * 30, "utf-8")
    chosen = [str(sample), str(tmp_path / "gone"), "", str(tmp_path)]
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_, **__: (chance.choice(chosen), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: chance.choice(chosen))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    monkeypatch.setattr(signing_in, "PAUSE", 0.02)
    return chance


@pytest.mark.usefixtures("hung_box")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_anything_pressed_on_the_log_pages_is_no_fault_and_calls_nobody_unasked(
    busy: Hands, home: Path, signed_in: "Standin", calls: Calls, dialogs: random.Random, seed: int
) -> None:
    dialogs.seed(seed)
    calls.made.clear()
    for turn in range(80):
        if turn % 5 == 0:
            busy.app.window.go(dialogs.choice(PLACES))
        if turn % 17 == 16:
            busy.app.speak(dialogs.choice(LANGUAGES))
        anything(busy, dialogs, [*TYPED, signed_in.address])
    busy.app.window.close()
    work.wait()
    busy.rest()
    for host, pressed in calls.made:
        assert any(host in name or "localhost" in name for name in pressed), (host, pressed)
    busy.app.close()
    with opened(home, PASSPHRASE) as store:
        assert lost(store, []) == []


@pytest.fixture
def signed_in(busy: Hands, standin: "Standin", authority: "Authority") -> "Standin":
    """A Nextcloud that Guia is signed in to."""
    server = Server(standin.address, authority.file)
    session_of(busy).nextcloud.typed(server, Account("admin", standin.passwords["admin"]), Watch())
    return standin


def anything(hands: Hands, chance: random.Random, typed: list[str]) -> None:
    """A key, perhaps a text, and a press, without waiting for what they bring about."""
    window = hands.app.window.windowHandle()
    assert window is not None
    QTest.keyClick(window, chance.choice(KEYS))
    if isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit) and chance.random() < 0.5:
        hands.type(chance.choice(typed))
    if (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    shown = [widget for widget in controls(hands.app.window) if not isinstance(widget, QComboBox)]
    QTest.mouseClick(chance.choice(shown), Qt.MouseButton.LeftButton)
    for box in hands.seen(QMessageBox):
        assert str(hands.app.doors.paths.log) not in box.text(), box.text()  # only what nobody foresaw names it
        box.close()
    for _ in range(chance.choice([0, 1, 6])):
        hands.rest()
