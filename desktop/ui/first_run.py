"""The first run: language, how the answers are protected, or a sample business to look around."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit

from desktop.content import bank
from desktop.session import Session
from desktop.ui import work
from desktop.ui.desk import Desk
from desktop.ui.fields.choices import Box
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, chooser, clear, column, label, row
from desktop.ui.save_paper import save_recovery
from desktop.ui.unlock import ask_passphrase, said_of
from wizards.content.text import LANGUAGES


class FirstRun(Page):
    """What stands before the first question. Nothing is made before the owner presses the button that makes it."""

    def __init__(self, desk: Desk, _: str) -> None:
        super().__init__(desk.say("first.title"))
        self._desk = desk
        self.under.addWidget(label(desk.say("first.lead"), "muted"))
        self._body = column(spacing=14)
        self.main.addLayout(self._body)
        self._choose()

    def _choose(self) -> None:
        """Language, and the three ways to begin."""
        desk = self._desk
        clear(self._body)
        languages = [
            Button(
                desk.say(f"language.{lang}"), partial(self._speak, lang), "primary" if lang == desk.lang else "plain"
            )
            for lang in LANGUAGES
        ]
        self._body.addWidget(card(label(desk.say("first.language"), "heading"), row(*languages, None, spacing=6)))
        begin = Button(desk.say("first.begin"), self._protect, kind="primary")
        self.first(begin)
        points = [label(desk.say(f"first.point-{n}")) for n in (1, 2, 3)]
        self._body.addWidget(card(label(desk.say("first.own"), "heading"), *points, row(begin, None)))
        self._samples = chooser(desk.say("first.sample"))
        for sector in bank().sectors.values():
            self._samples.addItem(desk.text(sector.title), sector.id)
        look = Button(desk.say("first.look"), self._sample)
        self._body.addWidget(
            card(
                label(desk.say("first.sample"), "heading"),
                label(desk.say("first.sample-text"), "muted"),
                row(self._samples, None),
                row(look, None),
            )
        )
        restore = Button(desk.say("first.restore"), self._restore, kind="link")
        self._body.addLayout(row(restore, None))
        begin.setFocus()

    def _speak(self, lang: str) -> None:
        self._desk.app.change(replace(self._desk.app.settings, lang=lang))

    def _sample(self) -> None:
        desk, sector = self._desk, str(self._samples.currentData())
        self._busy(desk.say("first.opening-sample"))
        work.run(
            lambda: desk.app.doors.sample(sector, desk.lang),
            lambda session: desk.app.entered(session, sample=True),
            self._failed,
        )

    def _protect(self) -> None:
        """Find out whether a keychain works, then show the recovery passphrase."""
        desk = self._desk
        self._busy(desk.say("first.asking-keychain"))
        doors = desk.app.doors
        work.run(
            lambda: (doors.keychain_works(), doors.new_passphrase()),
            lambda found: self._passphrase(*found),
            self._failed,
        )

    def _passphrase(self, keychain: bool, passphrase: str) -> None:  # noqa: FBT001  # handed over by the worker
        if not work.awaits(self):
            return
        desk = self._desk
        clear(self._body)
        self._keychain, self._phrase = keychain, passphrase
        said = desk.say("first.keychain-yes" if keychain else "first.keychain-no")
        self._typed = QLineEdit()
        self._typed.setAccessibleName(desk.say("first.own-phrase"))
        self._typed.setPlaceholderText(desk.say("first.own-phrase"))
        self._kept = Box(desk.say("first.kept"))
        self._make = Button(desk.say("first.make"), self._create, kind="primary")
        self._make.setEnabled(False)
        self._kept.toggled.connect(self._make.setEnabled)
        sheet = Button(desk.say("first.sheet"), self._save_sheet)
        code = label(passphrase, "code")
        code.setAccessibleName(desk.say("first.phrase-is", phrase=passphrase))
        self._body.addWidget(card(label(desk.say("first.protect"), "heading"), label(said)))
        self._body.addWidget(
            card(
                label(desk.say("first.phrase"), "heading"),
                label(desk.say("first.phrase-text"), "muted"),
                code,
                row(sheet, None),
                label(desk.say("first.own-phrase-text"), "muted"),
                self._typed,
                self._kept,
                kind="accent",
            )
        )
        back = Button(desk.say("page.back"), self._choose)
        self._problem = column()
        self._body.addLayout(self._problem)
        self._body.addLayout(row(self._make, back, None))
        sheet.setFocus()

    def _chosen(self) -> str:
        return self._typed.text().strip() or self._phrase

    def _save_sheet(self) -> None:
        save_recovery(self._desk, self, self._chosen())

    def _create(self) -> None:
        desk, phrase, keychain = self._desk, self._chosen(), self._keychain
        self._make.setEnabled(False)
        clear(self._problem)
        work.run(lambda: desk.app.doors.create(phrase, use_keychain=keychain), self._made, self._refused)

    def _made(self, session: Session) -> None:
        self._desk.app.entered(session)

    def _refused(self, error: Exception) -> None:
        if not work.awaits(self):
            return
        self._make.setEnabled(self._kept.isChecked())
        self._problem.addWidget(label(said_of(self._desk, error), "error"))

    def _restore(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self._desk.say("first.restore"), "", "Guia (*.guia-backup)")
        if chosen:
            ask_passphrase(self._desk, self._body, partial(self._restored, Path(chosen)))

    def _restored(self, backup: Path, passphrase: str) -> None:
        desk = self._desk
        self._busy(desk.say("first.restoring"))
        work.run(lambda: desk.app.doors.restored(backup, passphrase), desk.app.entered, self._failed)

    def _busy(self, text: str) -> None:
        clear(self._body)
        self._body.addWidget(card(label(text, "muted")))

    def _failed(self, error: Exception) -> None:
        if not work.awaits(self):
            return
        self._choose()
        self._body.insertWidget(0, label(said_of(self._desk, error), "error"))
