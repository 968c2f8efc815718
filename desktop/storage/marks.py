"""What anchors ask of the trail in the vault: the hash of an entry, the oldest one kept, where a backup went on."""

from collections.abc import Iterable

from desktop.storage.ground import Ground
from wizards.trail.chain import RESTORED, read
from wizards.trail.judging import Oldest, Restore


class Marks(Ground):
    """The part of the store that anchors are held against. Whether the trail holds by itself is said elsewhere."""

    def hashes(self, numbers: Iterable[int]) -> dict[int, str]:
        """The hash of each of these entries that is there, by number."""
        # bytes, because who changes rows may leave what is no text
        sql = "SELECT seq, CAST(hash AS BLOB) FROM trail WHERE seq = ?"
        found = (self._rows(sql, number) for number in set(numbers))
        return {row[0]: row[1].decode("utf-8", "replace") for rows in found for row in rows}

    def oldest(self) -> Oldest:
        """The oldest entry kept; number 1 for a trail without any, or of which nothing was pruned."""
        number = self._rows("SELECT min(seq) FROM trail")[0][0]
        if number in {None, 1}:
            return Oldest(1)
        # the earliest time of all, not that of the first: a clock that once ran ahead must not make later marks old
        sql = "SELECT CAST(min(json_extract(entry, '$.at')) AS BLOB) FROM trail WHERE json_valid(entry)"
        at = self._rows(sql)[0][0]
        return Oldest(number, at.decode("utf-8", "replace") if at else "")

    def restores(self) -> list[Restore]:
        """The entries that say that a backup was put in place, oldest first."""
        # canonical entries begin with their action
        begun = f'{{"action":"{RESTORED}"*'
        rows = self._rows("SELECT seq, CAST(entry AS BLOB) FROM trail WHERE entry GLOB ? ORDER BY seq", begun)
        entries = ((seq, read(text)) for seq, text in rows)
        return [Restore(seq, entry.at) for seq, entry in entries if entry]
