"""The verbs of the trail: record, verify. Holds an open vault; knows no widget and words nothing."""

from desktop import clock
from desktop.storage.store import Store
from desktop.storage.values import Json
from wizards.trail.chain import BARE, Broken, Deed, Unbroken


class Trail:
    """The trail of one vault, as `session.trail`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record(self, action: str, subject: str, deed: Deed = BARE, content: Json = None) -> None:
        """An entry for something that is no answer, such as an export; of `content` only a keyed digest is kept."""
        self._store.record(clock.now(), action, subject, content, deed)

    def verify(self) -> Unbroken | Broken:
        """Whether all entries hold."""
        return self._store.verify()
