"""Entries of the trail in the owner's words: what happened, to what, when, by whom. Wording only."""

from datetime import datetime

from desktop.ui.desk import Desk
from wizards.content.shapes import Column
from wizards.content.text import Text
from wizards.planning import spoken
from wizards.trail.chain import Entry


def moment(desk: Desk, at: str) -> str:
    """A moment in UTC as the clock on this wall had it; "" where there is none."""
    if not at:
        return ""
    there = datetime.fromisoformat(at).astimezone()
    return desk.say("log-page.moment", day=desk.day(there.date()), time=there.strftime("%H:%M"))


def day(desk: Desk, at: str) -> str:
    """The day of a moment in UTC, on this computer's calendar."""
    return desk.day(datetime.fromisoformat(at).astimezone().date())


def act(desk: Desk, entry: Entry) -> str:
    """What happened. What a later Guia wrote is shown by its id."""
    return _word(desk, desk.words.get(f"act.{entry.action.replace('.', '-')}"), entry.action)


def subject(desk: Desk, entry: Entry) -> str:
    """What it happened to, where that has a name: a question, a task, the language of a paper."""
    bank, of = desk.open.bank, entry.subject
    kind = entry.action.partition(".")[0]
    if kind in {"answer", "answers"} and of in bank.questions:
        return desk.text(bank.questions[of].text)
    if kind == "task":
        task = next((task for task in desk.open.plan().tasks if task.id == of), None)
        duty = bank.duties.get(of.partition(":")[0])
        if task is not None:
            return spoken.title(bank, task, desk.lang)
        return desk.text(duty.title) if duty and ":" not in of else ""
    if f"language.{of}" in desk.words:
        return desk.say(f"language.{of}")
    return "" if of == "answers" or of.isdecimal() else of


def facts(desk: Desk, entry: Entry) -> str:
    """When, by whom, which data, through what and with what outcome, as far as it was written."""
    columns = {column.id: column for column in desk.open.bank.questions["flows"].columns}
    said = [
        moment(desk, entry.at),
        _word(desk, desk.words.get(f"role.{entry.who}"), entry.who),
        _option(desk, columns["kinds"], entry.data),
        _option(desk, columns["channel"], entry.channel),
        _word(desk, desk.words.get(f"outcome.{entry.outcome}"), entry.outcome),
    ]
    return "  ·  ".join(part for part in said if part)


def _word(desk: Desk, word: Text | None, of: str) -> str:
    return word.to(desk.lang) if word else of


def _option(desk: Desk, column: Column, of: str) -> str:
    return next((desk.text(option.text) for option in column.options if option.id == of), of)
