"""What this computer keeps of a log box, in the vault: the line to it, who may send, and what was proven of it."""

from typing import TYPE_CHECKING, Final, TypeVar

import msgspec
from msgspec import Struct

from desktop import clock
from desktop.storage.store import Store
from wizards.logbox.line import Line
from wizards.trail.chain import Deed, Link

if TYPE_CHECKING:  # what makes, proves and sends is slow to import, and the window must not pay for it
    from desktop.logbox.making import Bundle
    from desktop.logbox.proof import Proof
    from desktop.logbox.sending import Shipped

T = TypeVar("T")
_KEPT: Final = "log-box"
_PROVEN: Final = "log-box-proven"
_SENT: Final = "log-box-sent"


class Kept(Struct, frozen=True):
    """A box as it was made: its line, the `day` (YYYY-MM-DD), further computers and sites by their typed names."""

    line: Line
    day: str
    computers: tuple[str, ...]
    sites: tuple[str, ...]
    days: int


class Sent(Struct, frozen=True):
    """What a box was seen to hold of the trail: up to number `held` of `whole`, `at` which time (UTC)."""

    held: int
    whole: int
    at: str


class Box:
    """The one box of a vault, as `session.box`. Each verb is durable when it returns, with an entry in the trail."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def kept(self) -> Kept | None:
        """The box as it was made; None where there is none."""
        return self._setting(_KEPT, Kept)

    def line(self) -> Line | None:
        """The way to the box; None where there is none."""
        kept = self.kept()
        return None if kept is None else kept.line

    def keep(self, bundle: "Bundle") -> None:
        """Keep the line of a folder that was written; the one before is forgotten, with what was proven of it."""
        office = bundle.office
        made = Kept(
            line=bundle.line,
            day=clock.today().isoformat(),
            computers=tuple(one.name for one in office.computers),
            sites=tuple(one.name for one in office.sites),
            days=office.days,
        )
        self._forget_proofs()
        self._store.keep(_KEPT, msgspec.to_builtins(made), clock.now(), "log-box.made", office.reach)

    def forget(self) -> None:
        """Forget the box; what it holds is not touched."""
        self._forget_proofs()
        self._store.keep(_KEPT, None, clock.now(), "log-box.forgotten", "")

    def proven(self) -> "Proof | None":
        """The last test that was found again on this box; None where none was."""
        from desktop.logbox.proof import Proof

        return self._setting(_PROVEN, Proof)

    def tested(self, host: str, proof: "Proof") -> None:
        """Keep what came of a test. One that was not found again takes no earlier proof away: it has its own day."""
        deed = Deed(channel="log-box", outcome="done" if proof.result == "logged" else "failed")
        if proof.result == "logged":
            self._store.keep(_PROVEN, msgspec.to_builtins(proof), clock.now(), "log-box.tested", host, deed)
        else:
            self._store.record(clock.now(), "log-box.tested", host, msgspec.to_builtins(proof), deed)

    def links(self) -> list[Link]:
        """The trail as it goes to a box."""
        return self._store.trail()

    def sent(self) -> Sent | None:
        """What the box was seen to hold of the trail when it was last sent; None where it never was."""
        return self._setting(_SENT, Sent)

    def shipped(self, host: str, shipped: "Shipped") -> None:
        """Keep what a box was seen to hold of the trail; where nothing was read, what was seen before stays."""
        deed = Deed(data="trail", channel="log-box", outcome="failed" if shipped.code else "done")
        if shipped.unread:
            self._store.record(clock.now(), "log-box.sent", host, msgspec.to_builtins(shipped), deed)
            return
        sent = Sent(shipped.held, shipped.whole, clock.now())
        self._store.keep(_SENT, msgspec.to_builtins(sent), clock.now(), "log-box.sent", host, deed)

    def _forget_proofs(self) -> None:
        for key in (_PROVEN, _SENT):
            if self._store.setting(key) is not None:
                self._store.set_setting(key, None)

    def _setting(self, key: str, shape: type[T]) -> T | None:
        found = self._store.setting(key)
        return None if found is None else msgspec.convert(found, shape)
