"""Settings: language, colours, text size; backups; answers out and in; undo; and where everything is kept."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame

from desktop import terminal
from desktop.ui import work
from desktop.ui.desk import Desk, Place
from desktop.ui.page import Page
from desktop.ui.parts import Button, card, chooser, label, row
from desktop.ui.save_paper import tell, unwritten
from desktop.ui.theme import SIZES
from desktop.ui.unlock import said_of
from wizards.content.text import LANGUAGES
from wizards.interview.mistakes import Unreadable


class SettingsPage(Page):
    """What the owner may set, and the safety net."""

    def __init__(self, desk: Desk, _: str) -> None:
        super().__init__(desk.say("place.settings"))
        self._desk = desk
        self._said = label("", "muted")
        self.main.addWidget(self._said)
        self._said.hide()
        self.main.addWidget(self._looks())
        self.main.addWidget(self._safety())
        self.main.addWidget(self._answers())
        about = [label(desk.say(f"settings.about-{n}"), "muted") for n in (1, 2, 3)]
        facts = label(desk.say("settings.content", version=desk.open.bank.version), "muted")
        self.main.addWidget(card(label(desk.say("settings.about"), "heading"), *about, facts, spacing=6))

    def _looks(self) -> QFrame:
        desk = self._desk
        settings = desk.app.settings
        lang = self._choice("settings.language", [(v, desk.say(f"language.{v}")) for v in LANGUAGES], desk.lang)
        lang.activated.connect(lambda _: desk.app.change(replace(settings, lang=str(lang.currentData()))))
        schemes = [(v, desk.say(f"settings.{v}")) for v in ("system", "light", "dark")]
        scheme = self._choice("settings.colours", schemes, settings.scheme)
        scheme.activated.connect(lambda _: desk.app.change(replace(settings, scheme=scheme.currentData())))
        size = self._choice("settings.size", [(v, f"{v} %") for v in SIZES], settings.size)
        size.activated.connect(lambda _: desk.app.change(replace(settings, size=int(size.currentData()))))
        self.first(lang)
        boxes = [
            row(label(desk.say(n)), b)
            for n, b in (("settings.language", lang), ("settings.colours", scheme), ("settings.size", size))
        ]
        return card(label(desk.say("settings.looks"), "heading"), *boxes)

    def _choice(self, name: str, options: Sequence[tuple[object, str]], now: object) -> QComboBox:
        box = chooser(self._desk.say(name))
        for value, text in options:
            box.addItem(text, value)
        box.setCurrentIndex(next((n for n, (value, _) in enumerate(options) if value == now), 0))
        return box

    def _safety(self) -> QFrame:
        desk = self._desk
        trail = Button(desk.say("settings.trail"), lambda: desk.go(Place("trail")))
        backup = Button(desk.say("settings.backup"), self._backup)
        where = label(desk.say("settings.where", folder=str(desk.app.doors.paths.home)), "muted")
        return card(
            label(desk.say("settings.safety"), "heading"),
            label(desk.say("settings.safety-text"), "muted"),
            where,
            row(backup, trail, None),
        )

    def _answers(self) -> QFrame:
        desk = self._desk
        out = Button(desk.say("settings.export"), self._export)
        into = Button(desk.say("settings.import"), self._import)
        undo = Button(desk.say("settings.undo"), self._undo)
        return card(
            label(desk.say("settings.answers"), "heading"),
            label(desk.say("settings.answers-text"), "muted"),
            row(out, into, None),
            row(undo, None),
        )

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.show()
        self._said.setAccessibleName(text)
        self.area.verticalScrollBar().setValue(0)

    def _later(self) -> Callable[[str], None]:
        """Says what came of work that begins now: here, or in a box where the page was left meanwhile."""
        window = self.window()
        return lambda text: self._say(text) if work.awaits(self) else tell(self._desk, window, text)

    def _write(self, act: Callable[[Path], object], chosen: str) -> None:
        desk, say, out = self._desk, self._later(), Path(chosen)
        done = desk.say("save.done", file=chosen)
        work.run(lambda: act(out), lambda _: say(done), lambda error: say(unwritten(desk, out, error)))

    def _backup(self) -> None:
        desk = self._desk
        name = str(Path.home() / "guia.guia-backup")
        chosen, _ = QFileDialog.getSaveFileName(self, desk.say("settings.backup"), name, "Guia (*.guia-backup)")
        if chosen:
            self._write(desk.open.backup, chosen)

    def _export(self) -> None:
        desk = self._desk
        name = str(Path.home() / "guia-answers.json")
        chosen, _ = QFileDialog.getSaveFileName(self, desk.say("settings.export"), name, "JSON (*.json)")
        if chosen:
            self._write(desk.open.export_answers, chosen)

    def _import(self) -> None:
        desk = self._desk
        chosen, _ = QFileDialog.getOpenFileName(self, desk.say("settings.import"), "", "JSON (*.json)")
        if not chosen:
            return

        say, session, file = self._later(), desk.open, Path(chosen)

        def failed(error: Exception) -> None:
            if isinstance(error, Unreadable):
                first = error.mistakes[0]
                said = desk.say(f"mistake.{first.kind}", **first.values)
                say(f"{desk.say('cli.mistakes')} {first.shown_place}: {said}")
            elif isinstance(error, OSError):
                say(desk.say("cli.unreadable", file=file.name, why=terminal.why(error, desk.lang)))
            else:
                say(said_of(desk, error))

        def imported(count: int) -> None:
            say(desk.say("cli.imported", count=str(count)))

        work.run(lambda: session.import_answers(file), imported, failed)

    def _undo(self) -> None:
        touched = self._desk.open.undo()
        names = [
            self._desk.text(self._desk.open.bank.questions[q].text)
            for q in touched
            if q in self._desk.open.bank.questions
        ]
        said = (
            self._desk.say("settings.undone", questions=" · ".join(names[:6]))
            if names
            else self._desk.say("settings.nothing")
        )
        self._say(said)
