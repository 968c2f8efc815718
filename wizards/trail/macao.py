"""The clock of Macao, for papers: who holds one compares it with what the window of this business showed."""

from datetime import datetime, timedelta, timezone
from typing import Final

MACAO: Final = timezone(timedelta(hours=8))
"""Eight hours ahead of UTC, all year round. The zone needs no table of zones, which not every computer has."""


def in_macao(at: str) -> datetime:
    """A moment in UTC, as entries and marks have it, by the clock of Macao. ValueError where it is no moment."""
    return datetime.fromisoformat(at).astimezone(MACAO)
