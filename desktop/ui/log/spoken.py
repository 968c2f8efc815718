"""Entries of the trail in the owner's words: what happened, to what, when, by whom. Wording only."""

from collections.abc import Iterable
from datetime import datetime

from desktop.ui.desk import Desk
from wizards.content.shapes import Act, Option
from wizards.interview.mistakes import visible
from wizards.planning import spoken
from wizards.trail.chain import BY_HAND, Entry


def moment(desk: Desk, at: str) -> str:
    """A moment in UTC as the clock on this wall had it; "" where there is none, as it stands where it is no time."""
    if not at:
        return ""
    there = _here(at)
    if there is None:
        return visible(at)
    return desk.say("log-page.moment", day=desk.day(there.date()), time=there.strftime("%H:%M"))


def day(desk: Desk, at: str) -> str:
    """The day of a moment in UTC, on this computer's calendar; what stands there where it is no time."""
    there = _here(at)
    return desk.day(there.date()) if there else visible(at)


def _here(at: str) -> datetime | None:
    """The moment by this computer's zone. Whoever has the key may have put anything there, also a year 9999."""
    try:
        return datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError):
        return None


def act(desk: Desk, entry: Entry) -> str:
    """What happened. What a later Guia wrote is shown by its id."""
    names = desk.open.bank.trail
    if entry.action.startswith(BY_HAND):
        return _named(desk, names.acts, entry.action.removeprefix(BY_HAND))
    return _named(desk, names.actions, entry.action)


def subject(desk: Desk, entry: Entry) -> str:
    """What it happened to, where that has a name: a question, a task, the language of a paper, a box."""
    bank, of = desk.open.bank, entry.subject
    kind = entry.action.partition(".")[0]
    if kind in {"answer", "answers"}:
        return desk.text(bank.questions[of].text) if of in bank.questions else ""
    if kind == "task":
        return _task(desk, of)
    if kind == "backup":  # why it was made is no name of anything
        return ""
    for word in (f"language.{of}", f"acceptance.format-{of}"):
        if word in desk.words:
            return desk.say(word)
    if entry.action == "trail.checkpoint":
        return whom(desk, of)
    return "" if of.isdecimal() else of


def whom(desk: Desk, where: str) -> str:
    """Where a mark of the trail went, by its id."""
    word = desk.words.get(f"mark.to-{where}") or desk.words.get(f"mark.at-{where}")
    return word.to(desk.lang) if word else desk.say("mark.at-other")


def facts(desk: Desk, entry: Entry) -> str:
    """When, by whom, which data, through what and with what outcome, as far as it was written."""
    names, bank = desk.open.bank.trail, desk.open.bank
    columns = {column.id: column.options for column in bank.questions["flows"].columns}
    who = desk.words.get(f"role.{entry.who}")
    said = [
        moment(desk, entry.at),
        who.to(desk.lang) if who else _named(desk, names.who, entry.who),
        _named(desk, (*names.data, *columns["kinds"]), entry.data),
        _named(desk, (*names.channels, *columns["channel"]), entry.channel),
        _named(desk, names.outcomes, entry.outcome),
    ]
    return "  ·  ".join(part for part in said if part)


def _named(desk: Desk, names: Iterable[Option | Act], of: str) -> str:
    """The name that goes with an id; the id itself where there is none."""
    return next((desk.text(name.text) for name in names if name.id == of), of)


def _task(desk: Desk, of: str) -> str:
    bank = desk.open.bank
    task = next((task for task in desk.open.plan().tasks if task.id == of), None)
    if task is not None:
        return spoken.title(bank, task, desk.lang)
    duty = bank.duties.get(of)
    return desk.text(duty.title) if duty else ""
