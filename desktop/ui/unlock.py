"""The vault is locked: say why the keychain did not open it, ask for the passphrase. Never offers to delete."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout

from desktop import logs
from desktop.storage.faults import VaultError
from desktop.ui import work
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, clear, column, label, row


class Unlock(Page):
    """`of` is the code of what stood in the way."""

    def __init__(self, desk: Desk, of: str) -> None:
        super().__init__(desk.say("unlock.title"))
        self._desk, self._code = desk, of
        self._body = column(spacing=14)
        self.main.addLayout(self._body)
        self._ask(desk.say(f"vault.{of}") if of else "")

    def _ask(self, problem: str) -> None:
        desk = self._desk
        ask_passphrase(desk, self._body, self._open)
        if problem:
            self._body.insertWidget(0, card(label(problem), kind="notice"))
        again = Button(desk.say("unlock.again"), self._again)
        restore = Button(desk.say("first.restore"), self._restore, kind="link")
        self._body.addLayout(row(again, None, restore))

    def _open(self, passphrase: str) -> None:
        desk = self._desk
        self._busy()
        work.run(lambda: desk.app.doors.with_passphrase(passphrase), desk.app.entered, self._failed)

    def _again(self) -> None:
        desk = self._desk
        self._busy()
        work.run(desk.app.doors.with_keychain, desk.app.entered, self._failed)

    def _restore(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self._desk.say("first.restore"), "", "Guia (*.guia-backup)")
        if chosen:
            ask_passphrase(self._desk, self._body, partial(self._restored, Path(chosen)))

    def _restored(self, backup: Path, passphrase: str) -> None:
        desk = self._desk
        self._busy()
        work.run(lambda: desk.app.doors.restored(backup, passphrase), desk.app.entered, self._failed)

    def _busy(self) -> None:
        clear(self._body)
        self._body.addWidget(card(label(self._desk.say("opening.text"), "muted")))

    def _failed(self, error: Exception) -> None:
        if not work.awaits(self):
            return
        self._ask(said_of(self._desk, error))


def said_of(desk: Desk, error: BaseException) -> str:
    """What happened, what is safe and what to do, for an error of the vault; calm words for any other."""
    if isinstance(error, VaultError):
        return desk.say(f"vault.{error.code}")
    logs.trouble("window.failed", error)
    return desk.say("cli.fault", kind=type(error).__name__, log=str(desk.app.doors.paths.log))


def ask_passphrase(desk: Desk, into: QVBoxLayout, then: Callable[[str], None]) -> None:
    """Ask for the passphrase in place of what stands there, then go on with it."""
    clear(into)
    typed = QLineEdit()
    typed.setEchoMode(QLineEdit.EchoMode.Password)
    typed.setAccessibleName(desk.say("unlock.phrase"))
    go_on = Button(desk.say("unlock.open"), lambda: then(typed.text()), kind="primary")
    typed.returnPressed.connect(go_on.click)
    into.addWidget(
        card(
            label(desk.say("unlock.phrase"), "heading"),
            label(desk.say("unlock.text"), "muted"),
            typed,
            row(go_on, None),
        )
    )
    typed.setFocus()
