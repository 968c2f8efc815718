"""The one next step of a business: by how far its log must reach, and by what is there and proven. No widget."""

from datetime import date, datetime, timedelta
from typing import Final, Literal

from desktop import clock
from desktop.anchors import ListUnreadable
from desktop.session import Session

Step = Literal["ask", "box", "sites", "test", "again", "missed", "mark", "nothing"]
SCOPE: Final = "log-scope"
QUARTER: Final = timedelta(days=92)
MONTH: Final = timedelta(days=31)
SOON: Final = 60
"""Days before the end of certificates from which the pages warn."""
MARK: Final = "mark"
"""What the page of the trail begins with for whoever comes to give a mark away."""
CODE: Final = "code"
"""The same for whoever comes to check one."""
WRITTEN: Final = "written"
"""The same for whoever has just written an entry by hand."""


def next_step(session: Session) -> Step:
    """What to do now; "nothing" where all that is due is done."""
    scope = session.answers.get(SCOPE)
    box = session.box
    kept, proven = box.kept(), box.proven()
    if kept is not None and proven is None:
        return "test"
    if SCOPE not in session.answers:
        return "ask"
    if kept is None and scope in {"one-office", "many-sites"}:
        return "box" if scope == "one-office" else "sites"
    if proven is not None and older(proven.at, QUARTER):
        return "again"
    return "mark" if clock.today() >= next_mark(session) else "nothing"


def next_mark(session: Session) -> date:
    """The day on which the next mark is due: a month after the last; today where there is none."""
    last = last_mark(session)
    if last is None:
        return clock.today()
    return min(_day(last[0]), date.max - MONTH) + MONTH  # the list may say any day


def last_mark(session: Session) -> tuple[str, str, int] | None:
    """When the last mark left, where it went, and of how many entries; None without any."""
    try:
        known = session.anchors.known()
    except ListUnreadable:
        return None
    return (known[-1].at, known[-1].where, known[-1].count) if known else None


def older(at: str, than: timedelta) -> bool:
    """Whether a moment in UTC is longer ago."""
    return clock.today() - _day(at) > than


def _day(at: str) -> date:
    return datetime.fromisoformat(at).astimezone().date()
