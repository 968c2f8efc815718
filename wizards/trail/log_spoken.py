"""What a check of a log found of a trail, in words. The words are handed in."""

from collections.abc import Iterator, Mapping
from typing import Final

from wizards.content.text import Text
from wizards.interview.mistakes import visible
from wizards.trail.export import Form
from wizards.trail.pieces import OnLog
from wizards.trail.spoken import Told, told
from wizards.trail.verdict import Broken, Unbroken

_GAPS: Final = 20
"""Gaps that are named one by one."""


def told_of_log(log: OnLog, words: Mapping[str, Text], lang: str) -> Told:
    """What was found, what of the log that is about, and what a log cannot show."""
    if log.disorder:
        return Told(fine=False, found=words["trail-log.disorder"].to(lang), more=())
    form = Form(log.found, log.begins - 1) if isinstance(log.found, Unbroken) else log.found
    lost = isinstance(log.found, Broken) and log.found.how in {"missing", "short"}
    said = told(form, words, lang, then="then-log" if lost else "then-log-spoilt")
    return Told(said.fine, said.found, (*_about(log, words, lang), *said.more))


def _about(log: OnLog, words: Mapping[str, Text], lang: str) -> Iterator[str]:
    def say(word: str, **values: int | str) -> str:
        return words[f"trail-log.{word}"].fill(lang, **{name: str(value) for name, value in values.items()})

    yield say("holds", sender=visible(log.sender), begins=log.begins, ends=log.ends)
    if len(log.gaps) > 1 or (log.gaps and isinstance(log.found, Broken) and log.found.how != "missing"):
        numbers = [str(first) if first == last else f"{first}–{last}" for first, last in log.gaps[:_GAPS]]
        yield say("gaps", numbers=", ".join([*numbers, *(["…"] if len(log.gaps) > _GAPS else [])]))
    if log.again:
        yield say("again", count=log.again)
    if log.aside:
        yield say("aside", count=log.aside)
    if log.others:
        yield say("others", names=", ".join(map(visible, log.others)))
    if log.found.held < log.ends:
        yield say("no-end", ends=log.ends)
