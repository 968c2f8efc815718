"""How much room a log takes and what to choose for it: an estimate to choose by, with its assumptions. Pure arithmetic.

A line as it is kept was measured: Nextcloud's audit lines with a browser's long name have 400 to 530 bytes, an entry of
Guia's trail 240 to 340, the heading of RFC 5424 adds about 100 (`tests/wizards/test_sizes.py` measures again). How many
lines people cause is an assumption, and a generous one: an office that opens many files.
"""

from typing import Final, Literal

from msgspec import Struct

LINES: Final = 200
"""Lines a day for each person: files opened, changed and shared, sign-ins, entries of Guia's trail."""
LINE: Final = 600
"""Bytes of a line as it is kept."""
RESERVE: Final = 2
"""Times the room that is reckoned: a busy day, a programme that runs wild."""
PACKED: Final = 5
"""Times smaller by gzip. The hashes and numbers of the lines cannot be packed."""
PLAIN_DAYS: Final = 2
"""Days that are kept unpacked."""
INDEXED: Final = 1.5
"""Times larger with an index of OpenSearch, as a maker reckons it; other stores take less."""
MOST_SITES: Final = 10
"""With more, or with more lines than `MOST_BYTES`, nobody finds anything in files: a search is worth its work."""
MOST_BYTES: Final = 50 * 10**9
ALONE: Final = 3
"""People at one site for whom Guia's own trail is enough, as long as they share no server."""

SHOWN: Final = ((1, 10, 365), (1, 10, 1825), (3, 30, 365), (10, 100, 365), (10, 100, 1825), (30, 300, 1825))
"""Sites, people in all and days for which papers say what to choose."""

Choice = Literal["trail", "box", "relays", "store"]


class Storage(Struct, frozen=True):
    """What to choose, and room in bytes.

    `a_day` of plain lines; `plain` for all days; `files` on the disk of a box, packed and with reserve; `search` on the
    disk of a store with a search, with reserve.
    """

    choice: Choice
    a_day: int
    plain: int
    files: int
    search: int


def storage(sites: int, people: int, days: int) -> Storage:
    """For so many sites with so many people in all, kept for so many days; each at least 1, else ValueError."""
    if min(sites, people, days) < 1:
        raise ValueError("sites, people and days are at least 1")
    a_day = people * LINES * LINE
    plain = a_day * days
    unpacked = min(days, PLAIN_DAYS)
    files = RESERVE * a_day * (unpacked + (days - unpacked) / PACKED)
    return Storage(_choice(sites, people, plain), a_day, plain, round(files), round(RESERVE * plain * INDEXED))


def _choice(sites: int, people: int, plain: int) -> Choice:
    if sites == 1 and people <= ALONE:
        return "trail"
    if sites > MOST_SITES or plain > MOST_BYTES:
        return "store"
    return "box" if sites == 1 else "relays"
