"""What every page is handed: words in the owner's language, colours, the session, and how to go elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from desktop.doors import Doors, Settings
from desktop.ui.theme import Colours

if TYPE_CHECKING:
    from desktop.reports.plan.voice import Voice
    from desktop.session import Session
    from wizards.content.text import Text


@dataclass(frozen=True)
class Place:
    """A page of the window: its name, and what it shows (a page, step or task id, or "")."""

    name: str
    of: str = ""


class App(Protocol):
    """What a page may ask of the running program besides the session."""

    doors: Doors
    settings: Settings

    def change(self, settings: Settings) -> None:
        """Keep other settings and draw with them."""

    def entered(self, session: "Session", *, sample: bool = False) -> None:
        """A vault is open."""

    def left(self) -> None:
        """Close the sample business and begin for real."""


@dataclass(frozen=True)
class Desk:
    """The owner's desk. Made anew when the language or the colours change, so that pages are simply built again."""

    words: "Mapping[str, Text]"
    lang: str
    colours: Colours
    go: Callable[[Place], None]
    back: Callable[[], None]
    app: "App"
    session: "Session | None" = None
    sample: bool = False

    def say(self, word: str, **values: str) -> str:
        """A word of the interface by its id."""
        return self.words[word].fill(self.lang, **values)

    def text(self, text: "Text") -> str:
        """A text of the content."""
        return text.to(self.lang)

    def day(self, day: date) -> str:
        """A day as people of this language write it, on the screen as on paper."""
        return self.voice.day(day)

    def moment_in_macao(self, at: str) -> str:
        """A moment in UTC by the clock of Macao, and that it is so, as papers have it: for what leaves here."""
        return self.voice.moment(at)

    def number(self, value: float) -> str:
        """A number of at most one decimal, with this language's marks."""
        return self.voice.number(value)

    @property
    def voice(self) -> "Voice":
        """The language of the window as papers speak it."""
        from desktop.reports.plan.voice import voice_of

        return voice_of(self.lang, self.words)

    @property
    def open(self) -> "Session":
        """The session; pages that need it are only shown when there is one."""
        if self.session is None:
            raise LookupError("no vault is open")
        return self.session

    def place_of(self, question: str) -> Place:
        """The page of a question, or the steps where it is not asked now."""
        page = next((p.id for p in self.open.pages() if any(q.id == question for q in p.questions)), "")
        return Place("page", page) if page else Place("assessment")
