"""The only place that asks what time it is. Everything else is handed a day or a moment, so it can be tested."""

from datetime import UTC, date, datetime


def today() -> date:
    """The day on this computer's calendar."""
    return datetime.now().astimezone().date()


def now() -> str:
    """This moment in UTC, ISO 8601 with microseconds: `2026-11-23T10:15:30.000000Z`. Sorts as text."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
