"""Entries of the trail in the owner's words, in the window and on paper: what happened, to what, when, by whom."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from desktop.reports.plan.voice import Voice
from wizards.content.bank import Bank
from wizards.content.shapes import Act, Option
from wizards.interview.mistakes import visible
from wizards.planning import spoken
from wizards.planning.plan import Task
from wizards.trail.chain import BY_HAND, Entry


def moment(voice: Voice, at: str) -> str:
    """A moment in UTC as the clock on this wall had it; "" where there is none, as it stands where it is no time."""
    if not at:
        return ""
    there = _here(at)
    if there is None:
        return visible(at)
    return voice.say("log-page.moment", day=voice.day(there.date()), time=there.strftime("%H:%M"))


def day(voice: Voice, at: str) -> str:
    """The day of a moment in UTC, on this computer's calendar; what stands there where it is no time."""
    there = _here(at)
    return voice.day(there.date()) if there else visible(at)


def zone(at: str) -> str:
    """How far this computer's clock is from UTC at a moment: `UTC+08:00`; "UTC" where it is no time."""
    there = _here(at)
    return f"UTC{there.isoformat()[-6:]}" if there else "UTC"


def whom(voice: Voice, where: str) -> str:
    """Where a mark of the trail went, by its id."""
    word = voice.words.get(f"mark.to-{where}") or voice.words.get(f"mark.at-{where}")
    return voice.to(word) if word else voice.say("mark.at-other")


def _here(at: str) -> datetime | None:
    """The moment by this computer's zone. Whoever has the key may have put anything there, also a year 9999."""
    try:
        return datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError):
        return None


class Said(Struct, frozen=True):
    """What an entry says, part by part, each "" where nothing was written. What a later Guia wrote stands as its id."""

    moment: str
    act: str
    subject: str
    who: str
    data: str
    channel: str
    outcome: str

    @property
    def facts(self) -> str:
        """When, by whom, which data, through what and with what outcome, as far as it was written."""
        parts = (self.moment, self.who, self.data, self.channel, self.outcome)
        return "  ·  ".join(part for part in parts if part)


class Naming:
    """Names what entries hold by id, in one language."""

    def __init__(self, bank: Bank, voice: Voice, tasks: Callable[[], Sequence[Task]]) -> None:
        """`tasks` are those of the plan; asked for only where an entry is about one."""
        self._bank, self._voice, self._tasks = bank, voice, tasks
        columns = {column.id: column.options for column in bank.questions["flows"].columns}
        self._data = (*bank.trail.data, *columns["kinds"])
        self._channels = (*bank.trail.channels, *columns["channel"])

    def said(self, entry: Entry) -> Said:
        """All of an entry."""
        voice, names = self._voice, self._bank.trail
        who = voice.words.get(f"role.{entry.who}")
        return Said(
            moment(voice, entry.at),
            self.act(entry),
            self._subject(entry),
            voice.to(who) if who else self._named(names.who, entry.who),
            self._named(self._data, entry.data),
            self._named(self._channels, entry.channel),
            self._named(names.outcomes, entry.outcome),
        )

    def act(self, entry: Entry) -> str:
        """What happened."""
        names = self._bank.trail
        if entry.action.startswith(BY_HAND):
            return self._named(names.acts, entry.action.removeprefix(BY_HAND))
        return self._named(names.actions, entry.action)

    def _subject(self, entry: Entry) -> str:
        """What it happened to, where that has a name: a question, a task, the language of a paper, a box."""
        bank, voice, of = self._bank, self._voice, entry.subject
        kind = entry.action.partition(".")[0]
        if kind in {"answer", "answers"}:
            return voice.to(bank.questions[of].text) if of in bank.questions else ""
        if kind == "task":
            return self._task(of)
        if kind == "backup":  # why it was made is no name of anything
            return ""
        for word in (f"language.{of}", f"acceptance.format-{of}"):
            if word in voice.words:
                return voice.say(word)
        if entry.action == "trail.checkpoint":
            return whom(voice, of)
        return "" if of.isdecimal() else of

    def _task(self, of: str) -> str:
        task = next((task for task in self._tasks() if task.id == of), None)
        if task is not None:
            return spoken.title(self._bank, task, self._voice.lang)
        duty = self._bank.duties.get(of)
        return self._voice.to(duty.title) if duty else ""

    def _named(self, names: Iterable[Option | Act], of: str) -> str:
        """The name that goes with an id; the id itself where there is none."""
        return next((self._voice.to(name.text) for name in names if name.id == of), of)
