"""Builds every object of the window and hands it to the next: the only wiring."""

import contextlib
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget

from desktop import paths
from desktop.doors import Doors, Settings
from desktop.instance import Instance
from desktop.ui import theme, work
from desktop.ui.desk import Desk, Place
from desktop.ui.opening import Opening
from desktop.ui.window import Maker, Window

if TYPE_CHECKING:
    from types import TracebackType

    from desktop.session import Session
    from desktop.ui.theme import Colours
    from wizards.content.text import Text

PAGES = {
    "first-run": ("desktop.ui.first_run", "FirstRun"),
    "unlock": ("desktop.ui.unlock", "Unlock"),
    "home": ("desktop.ui.home", "Home"),
    "quick": ("desktop.ui.quick", "Quick"),
    "quick-result": ("desktop.ui.quick", "QuickResult"),
    "assessment": ("desktop.ui.steps", "Steps"),
    "page": ("desktop.ui.question_page", "QuestionPage"),
    "roster": ("desktop.ui.lists.roster_page", "RosterPage"),
    "list": ("desktop.ui.lists.list_page", "ListPage"),
    "answers": ("desktop.ui.check_answers", "CheckAnswers"),
    "map": ("desktop.ui.map.map_page", "MapPage"),
    "sheet": ("desktop.ui.sheet.sheet_page", "SheetPage"),
    "log": ("desktop.ui.log.log_page", "LogPage"),
    "trail": ("desktop.ui.log.trail_page", "TrailPage"),
    "entry": ("desktop.ui.log.entry_page", "EntryPage"),
    "box": ("desktop.ui.log.box_page", "BoxPage"),
    "sites": ("desktop.ui.log.sites_page", "SitesPage"),
    "plan": ("desktop.ui.plan_page", "PlanPage"),
    "flow": ("desktop.ui.flow_page", "FlowPage"),
    "task": ("desktop.ui.task_page", "TaskPage"),
    "guide": ("desktop.ui.guide_page", "GuidePage"),
    "sample": ("desktop.ui.acceptance.sample_page", "SamplePage"),
    "review": ("desktop.ui.review_page", "ReviewPage"),
    "nextcloud": ("desktop.ui.nextcloud.nextcloud_page", "NextcloudPage"),
    "kept": ("desktop.ui.kept_page", "KeptPage"),
    "settings": ("desktop.ui.settings_page", "SettingsPage"),
}


def guessed_language() -> str:
    """The language of the system, where it is one of Guia's; English otherwise."""
    for name in QLocale.system().uiLanguages():
        if name.startswith("zh"):
            return "zh-Hant"
        if name.startswith(("pt", "en")):
            return name[:2]
    return "en"


class App:
    """The running program: settings, the window, and the session once there is one."""

    def __init__(self, qt: QApplication) -> None:
        self.qt = qt
        self.words: dict[str, Text] = {}
        self.doors = Doors(paths.find())
        self.settings: Settings = self.doors.settings()
        self.session: Session | None = None
        self.sample = False
        self._look: tuple[Colours, int] | None = None
        makers: dict[str, Callable[[], Maker]] = {name: _lazily(*where) for name, where in PAGES.items()}
        makers["opening"] = lambda: lambda _, fault: Opening(self._fault(fault) if fault else "")
        self.window = Window(makers, self._rail)

    def _fault(self, kind: str) -> str:
        """What is said when the content itself cannot be opened: the one sentence that must not depend on it."""
        from desktop.content import first_words

        return first_words(self.lang)["fault"].replace("{kind}", kind)

    def _rail(self, desk: Desk, place: Place) -> QWidget:
        from desktop.ui.rail import Rail

        return Rail(desk, place, self.speak)

    @property
    def lang(self) -> str:
        """The chosen language, else the guessed one."""
        return self.settings.lang or guessed_language()

    def dress(self, start: Place | None = None) -> None:
        """Draw everything in the present language and colours: the present page, or `start` with nothing behind it."""
        look = (theme.colours(self.settings.scheme), self.settings.size)
        if look != self._look:  # dressing every widget anew is slow, and a language changes no colour
            theme.apply(self.qt, self.settings.scheme, self.settings.size)
            self._look = look
        self.desk = Desk(
            words=self.words,
            lang=self.lang,
            colours=look[0],
            go=self.window.go,
            back=self.window.back,
            session=self.session,
            sample=self.sample,
            app=self,
        )
        self.window.dress(self.desk, start)

    def speak(self, lang: str) -> None:
        """Change the language; the page is drawn again."""
        self.change(Settings(lang, self.settings.scheme, self.settings.size))

    def change(self, settings: Settings) -> None:
        """Keep other settings and draw with them."""
        self.settings = settings
        self.doors.keep(settings)
        self.dress()

    def entered(self, session: "Session", *, sample: bool = False) -> None:
        """A vault is open: go home."""
        if self.session is not None:
            self.session.close()
        self.session, self.sample = session, sample
        self.dress(Place("home"))

    def left(self) -> None:
        """Close the sample business and begin for real."""
        if self.session is not None:
            self.session.close()
        self.session, self.sample = None, False
        self.dress(Place("opening"))
        self.begin()

    def close(self) -> None:
        """Close the vault, if one is open."""
        if self.session is not None:
            self.session.close()
            self.session = None

    def begin(self) -> None:
        """After the first paint: find out whether there is a vault, and open it if the keychain can."""
        for weight in theme.WEIGHTS:  # whole: what owners type and their files hold has rare and simplified characters
            theme.load_font(weight, whole=True)

        def look() -> "tuple[str, Session | None, str]":
            from desktop import content, logs
            from desktop.connect.private import sweep
            from desktop.storage.faults import VaultError

            with contextlib.suppress(OSError):
                logs.start(self.doors.paths)
            sweep(self.doors.paths.home)
            content.bank()
            if self.doors.first_run():
                return "first-run", None, ""
            try:
                return "home", self.doors.with_keychain(), ""
            except VaultError as error:
                return "unlock", None, error.code

        work.run(look, lambda found: self._found(*found), self._broken)

    def _found(self, name: str, session: "Session | None", code: str) -> None:
        from desktop import content

        self.words.update(content.words())
        work.give_way()
        if session is not None:
            self.entered(session)
            return
        self.dress(Place(name, code))

    def trouble(self, _: type[BaseException], error: BaseException, __: "TracebackType | None") -> None:
        """The last resort, for what nobody foresaw: say it calmly, log where it was, and stay open."""
        from desktop.ui.save_paper import tell
        from desktop.ui.unlock import said_of

        if not isinstance(error, Exception) or not self.words:
            sys.__excepthook__(type(error), error, error.__traceback__)
            return
        said = said_of(self.desk, error)
        if self.qt.activeModalWidget() is None:  # one at a time
            tell(self.desk, self.window, said)

    def _broken(self, error: Exception) -> None:
        from desktop import logs

        logs.trouble("opening.failed", error)
        self.dress(Place("opening", type(error).__name__))


def _lazily(module: str, name: str) -> Callable[[], Maker]:
    """A page's class, imported when it is first shown."""

    def find() -> Maker:
        maker: Maker = getattr(import_module(module), name)
        return maker

    return find


def build() -> App:
    """The program, dressed and ready to be shown. Makes the one QApplication."""
    QApplication.setStyle("Fusion")
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Guia")
    theme.system_is_dark()
    theme.load_font("Regular")
    app = App(qt)
    app.dress()
    return app


def run() -> int:
    """Open the window and stay until it is closed; the exit code. A second start raises the first window instead."""
    instance = Instance(paths.find())
    if not instance.alone() and instance.raise_other():
        return 0
    app = build()
    if os.environ.get("GUIA_EXIT_AFTER_FIRST_PAINT") == "1":
        app.window.painted.connect(app.qt.quit)
    else:
        sys.excepthook = app.trouble
        app.window.painted.connect(app.begin)
        app.window.painted.connect(lambda: instance.listen(app.window.come))
    app.window.show()
    code = app.qt.exec()
    work.wait()
    app.close()
    instance.close()
    return code
