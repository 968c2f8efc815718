"""How much room a log takes: an estimate to choose by, never a promise. Its assumptions are printed beside it."""

from math import ceil
from typing import Final

DAY_MB: Final = 3
"""Of one site of ten people: 2,000 lines of Nextcloud's audit log (some 700 bytes each) and sign-ins, doubled."""
PACKED: Final = 10
"""gzip makes such lines a tenth of their size; the last two days are kept unpacked."""
TABLE: Final = ((1, 90), (1, 365), (1, 1825), (5, 365), (5, 1825), (20, 365), (20, 1825), (50, 1825))
"""Sites and days for which the page says what to choose."""
MOST_SITES: Final = 10
"""With more, nobody finds a line in files: a store with a search is worth its work."""


def room_mb(sites: int, days: int) -> int:
    """Megabytes on the box for `sites` sites of ten people each, kept for `days`."""
    return ceil(sites * DAY_MB * (2 + days / PACKED))


def choice(sites: int) -> str:
    """What to choose, by the id of a word: the box alone, relays of the sites as well, or a central store besides."""
    if sites == 1:
        return "box"
    return "relays" if sites <= MOST_SITES else "store"
