"""What a paper of the trail shows: verified now, in words, and the entries of a period up to the paper's own mark."""

from functools import partial

from desktop import clock
from desktop.reports.entries_said import moment
from desktop.reports.plan.voice import Voice
from desktop.reports.trail_paper import MOST, Shown
from desktop.session import Session
from wizards.trail import marks_spoken, spoken
from wizards.trail.anchor import Anchor
from wizards.trail.retention import cutoff


def shown(session: Session, voice: Voice, mark: Anchor, months: int, *, notes: bool) -> Shown:
    """The entries of the last `months` (0: all) before the mark and its own. For a worker: it reads all of the trail.

    Numbers order entries, clocks may go wrong: all after the oldest one of the period are shown, whatever their time.
    One whose time cannot be read may be of the period.
    """
    found, checked = session.trail.verify(beside=session.anchors.binding()), session.anchors.check()
    at = clock.now()
    when = partial(moment, voice)
    verdict = spoken.told(found, voice.words, voice.lang, when=when)
    marks = marks_spoken.told(checked, voice.words, voice.lang, unbroken=verdict.fine, when=when)
    title, more = verdict.found, (*verdict.more, *marks.lines)
    if verdict.fine and not marks.fine:
        title, more = voice.say("trail-paper.marks-wrong"), (*marks.lines, verdict.found, *verdict.more)
    newest = session.trail.entries(MOST + 1, mark.count + 1)[::-1]
    begins = cutoff(mark.at, months) if months else ""
    first = next(place for place, one in enumerate(newest) if not one.entry.at or one.entry.at >= begins)
    within = newest[first:]
    return Shown(
        entries=tuple((one.entry, one.note if notes else "") for one in within[-MOST:]),
        months=months,
        left_out=len(within) > MOST,
        at=at,
        holds=verdict.fine and marks.fine,
        found=title,
        more=more,
        notes=notes,
    )
