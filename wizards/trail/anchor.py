"""An anchor: how many entries a trail had and the hash of the last, kept where its keeper cannot change it."""

from typing import Final

from msgspec import Struct

SHORTEST_HEAD: Final = 20
"""Hex digits; a shorter beginning of a hash can be met by trying."""


class Anchor(Struct, frozen=True):
    """`count` entries, the last of which has the SHA-256 `head` in hex; taken `at` (UTC).

    One that was read from a short code has only the first 25 hex digits of the head, and "" for the time.
    """

    count: int
    head: str
    at: str

    def names(self, found: str) -> bool:
        """Whether `found`, the hash of the entry that it counts up to, is its head or begins as it does."""
        return len(self.head) >= SHORTEST_HEAD and found.startswith(self.head)
