"""How long entries are kept: months counted back on the calendar. Pure; the moment is handed in."""

from calendar import monthrange
from datetime import datetime, timedelta
from typing import Final

LONGEST: Final = 600
"""Months; who wants longer keeps for ever."""
PAUSE: Final = timedelta(days=100)
"""More than a quarter without one entry: Guia was not used, or the clock is wrong."""


def cutoff(at: str, months: int) -> str:
    """The moment so many months before `at` (`2026-11-23T10:15:30.000000Z`), written alike: it compares as text."""
    year, month = divmod(int(at[:4]) * 12 + int(at[5:7]) - 1 - months, 12)
    day = min(int(at[8:10]), monthrange(year, month + 1)[1])
    return f"{year:04d}-{month + 1:02d}-{day:02d}{at[10:]}"


def after_pause(last: str, at: str) -> bool:
    """Whether so long after the last entry nothing is cleared unasked yet: a wrong clock would take all of it away.

    The time of an entry that is none counts as a pause.
    """
    try:
        return datetime.fromisoformat(at) - datetime.fromisoformat(last) > PAUSE
    except (ValueError, TypeError):
        return True
