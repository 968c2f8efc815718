"""What a check of the list of marks found, in words: for the window and the command alike. The words are handed in."""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from wizards.content.text import Text
from wizards.interview.mistakes import visible
from wizards.trail.marks import Checked, Stamp
from wizards.trail.spoken import day, moment


class Told(Struct, frozen=True):
    """Whether nothing was found wrong, and a sentence for each thing found."""

    fine: bool
    lines: tuple[str, ...]


def told(
    checked: Checked,
    words: Mapping[str, Text],
    lang: str,
    *,
    unbroken: bool,
    when: Callable[[str], str] = moment,
) -> Told:
    """What a check of the list of marks found, for window and command. Nothing to say where no mark has left yet.

    `unbroken`: whether the trail holds by itself; that a mark fits one which does not is no good news. `when` writes
    its times.
    """
    return Told(checked.well, tuple(_lines(checked, words, lang, when, unbroken=unbroken)))


def _lines(
    checked: Checked, words: Mapping[str, Text], lang: str, when: Callable[[str], str], *, unbroken: bool
) -> Iterator[str]:
    def say(word: str, **values: str) -> str:
        return words[f"marks-told.{word}"].fill(lang, **values)

    if checked.fault:
        yield say("unreadable")
    met, wrong = checked.of("met"), checked.of("cut", "other")
    if met and unbroken:
        yield say("met", count=str(len(met)), last=when(met[-1].at))
    for kept in wrong:
        yield say("wrong", at=when(kept.at), count=str(kept.count))
    lost = checked.of("before-restore")
    if lost:
        yield say("restored", day=day(checked.restored))
        for kept in lost:
            yield say("lost", at=when(kept.at), count=str(kept.count))
    old = checked.of("old")
    if old:
        yield say("old", count=str(len(old)))
    for stamp in checked.stamps:
        yield _stamped(stamp, words, lang, when, shown=unbroken and stamp.kept in met)


def _stamped(stamp: Stamp, words: Mapping[str, Text], lang: str, when: Callable[[str], str], *, shown: bool) -> str:
    """Who stamped a mark and when, or why its time-stamp does not hold. `shown`: the mark fits the trail."""
    count = str(stamp.kept.count)
    if stamp.at is None:
        why = words[f"stamp-held.{stamp.fault}"].to(lang)
        return words["marks-told.stamp-fault"].fill(lang, at=when(stamp.kept.at), count=count, why=why)
    word = "marks-told.stamp" if shown else "marks-told.stamp-alone"
    return words[word].fill(lang, by=visible(stamp.by), at=when(stamp.at.isoformat()), count=count)
