"""An anchor: how many entries a trail had and the hash of the last, kept where its keeper cannot change it."""

from msgspec import Struct


class Anchor(Struct, frozen=True):
    """`count` entries, the last of which has the SHA-256 `head` in hex; taken `at` (UTC).

    One that was read from a short code has only the first 25 hex digits of the head, and "" for the time.
    """

    count: int
    head: str
    at: str
