"""The verbs of the trail: record, write by hand, look, check, keep for a time, send out. Knows no widget."""

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop import clock
from desktop.storage.entries import Listed
from desktop.storage.store import Store
from desktop.storage.values import Json
from wizards.trail.anchor import Anchor
from wizards.trail.chain import BARE, Deed, Entry
from wizards.trail.verdict import Broken, Unbroken


class Trail:
    """The trail of one vault, as `session.trail`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record(self, action: str, subject: str, deed: Deed = BARE, content: Json = None) -> None:
        """An entry for something that is no answer, such as an export; of `content` only a keyed digest is kept."""
        self._store.record(clock.now(), action, subject, content, deed)

    def exported(self, what: str, subject: str) -> None:
        """An entry that the answers, a plan, a map or the like went into a file; `subject` is its language or part."""
        self.record(f"{what}.export", subject, Deed(data=what, channel="file"))

    def write(self, act: str, deed: Deed = BARE, note: str = "") -> int:
        """An entry by hand, of an act in resources/trail.toml that Guia does not see; its number.

        `deed.who` is the role that did it. The note stays encrypted in the vault, in the trail only its keyed digest.
        """
        return self._store.write(clock.now(), act, deed, note)

    def entries(self, newest: int, before: int = 2**62) -> list[Listed]:
        """The newest entries with a number below `before`, at most `newest`, the newest first, each with its note."""
        return self._store.newest(newest, before)

    def latest(self, action: str) -> Entry | None:
        """The newest entry of an action, such as "nextcloud.checked"; None where there is none."""
        return self._store.latest(action)

    @property
    def last(self) -> int:
        """The number of the newest entry; 0 before there is one."""
        return self._store.last_number()

    def verify(
        self,
        anchors: Sequence[Anchor] = (),
        beside: Sequence[Anchor] = (),
        going: Callable[[], object] = lambda: None,
    ) -> Unbroken | Broken:
        """Whether all entries hold, and whether they are those of the anchors in other hands and `beside` the vault.

        Those beside it must fit too, but only the others vouch: who can change the vault can change its list. `going`
        is called now and then; what it raises ends the reading.
        """
        return self._store.verify(anchors, beside, going)

    @property
    def keep_for(self) -> int | None:
        """Months that entries are kept, None for ever. Setting it prunes what is past; ValueError outside 1 to 600."""
        return self._store.keep_for()

    @keep_for.setter
    def keep_for(self, months: int | None) -> None:
        self._store.set_keep_for(clock.now(), months)

    def past(self, months: int) -> int:
        """How many entries would be taken away at once if they were kept for so many months."""
        return self._store.past(clock.now(), months)

    def export(self, out: Path, since: int = 0) -> None:
        """Write the entries after number `since` to a file that a stranger can verify, with an entry that says so.

        Whole or not at all: OSError if it could not be written, VaultError if no entry could say so, ValueError if the
        trail has no such number yet.
        """
        self._store.export_trail(out, since, lambda: self.exported("trail", str(since)))
