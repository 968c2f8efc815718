"""What a check of the trail found, in words: for the window and the command alike. The words are handed in."""

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from msgspec import Struct

from wizards.content.text import Text
from wizards.interview.mistakes import visible
from wizards.trail.export import Form
from wizards.trail.verdict import Broken, Unbroken


class Told(Struct, frozen=True):
    """Whether all is well, what was found in a sentence, and what else is to be said: what it proves, what to do."""

    fine: bool
    found: str
    more: tuple[str, ...]


class _Say(Protocol):
    def __call__(self, word: str, **values: int | str) -> str: ...


def moment(at: str) -> str:
    """A time of an entry for people, to the minute, in UTC: who reads it may live elsewhere.

    Whoever wrote the entry may have put anything there: it is shown, never obeyed.
    """
    return f"{day(at)} {visible(at[11:16])} UTC"


def day(at: str) -> str:
    """The day of a time of an entry, as `moment`."""
    return visible(at[:10])


def told(
    found: Unbroken | Broken | Form,
    words: Mapping[str, Text],
    lang: str,
    *,
    then: str = "then",
    when: Callable[[str], str] = moment,
) -> Told:
    """A verdict on the trail of the vault or of a file, in `lang`; `when` writes its times.

    `then` names the words for what to do where it does not hold.
    """

    def say(word: str, **values: int | str) -> str:
        filled = {name: str(value) for name, value in values.items()}
        return words[f"trail-verdict.{word}"].fill(lang, **filled)

    if isinstance(found, Broken):
        more = [say("held", held=found.held)] if found.held else []
        more += [say("restored", day=day(found.restored))] if found.restored else []
        more.append(say(then))
        return Told(fine=False, found=say(found.how, seq=found.seq, other=found.other), more=tuple(more))
    whole = found.found if isinstance(found, Form) else found
    since = found.since if isinstance(found, Form) else 0
    # a mark that somebody asks about and that cannot be compared is no good news, whoever is to blame for it
    fine = not whole.past
    return Told(fine=fine, found=_unbroken(whole, since, say, when), more=tuple(_limits(whole, since, say)))


def _unbroken(found: Unbroken, since: int, say: _Say, when: Callable[[str], str]) -> str:
    if not found.count:
        return say("none-since", since=since) if since else say("empty")
    ends = found.begins + found.count - 1
    first, last = when(found.first), when(found.last)
    return say("unbroken", count=found.count, begins=found.begins, ends=ends, first=first, last=last)


def _limits(found: Unbroken, since: int, say: _Say) -> Iterator[str]:
    """Where it begins, which marks fit, and what all this does and does not prove."""
    if since and found.count:
        yield say("since", since=since)
    if found.pruned:
        yield say("pruned", begins=found.begins, day=day(found.pruned))
    if found.held:
        yield say("held", held=found.held)
    if found.past:
        yield say("past", past=found.past)
    if found.count:
        yield say("proves")
        if not found.held:
            yield say("no-mark")
        elif found.held < found.begins + found.count - 1:
            yield say("after-mark", held=found.held)
        yield say("not-proven")
