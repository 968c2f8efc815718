"""What anchors ask of the trail in the vault: the hash of an entry, the oldest one kept, where a backup went on."""

from collections.abc import Iterable

from desktop.storage.ground import Ground
from wizards.trail.judging import Restore


class Marks(Ground):
    """The part of the store that anchors are held against. Whether the trail holds by itself is said elsewhere."""

    def hashes(self, numbers: Iterable[int]) -> dict[int, str]:
        """The hash of each of these entries that is there, by number."""
        found = (self._rows("SELECT seq, hash FROM trail WHERE seq = ?", number) for number in set(numbers))
        return {row[0]: row[1] for rows in found for row in rows}

    def oldest(self) -> int:
        """The number of the oldest entry kept; 1 for a trail without any."""
        number = self._rows("SELECT min(seq) FROM trail")[0][0]
        return number if isinstance(number, int) else 1

    def restores(self) -> list[Restore]:
        """The entries that say that a backup was put in place, oldest first."""
        rows = self._rows(
            "SELECT seq, json_extract(entry, '$.at') FROM trail"
            " WHERE json_valid(entry) AND json_extract(entry, '$.action') = 'vault.restored' ORDER BY seq"
        )
        return [Restore(seq, at) for seq, at in rows if isinstance(at, str)]
