"""What this computer keeps of a log box, in the vault: the line to it, who may send, and the day it was made."""

from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from desktop import clock
from desktop.storage.store import Store
from wizards.logbox.line import Line

if TYPE_CHECKING:  # making one is slow to import, and the window must not pay for it
    from desktop.logbox.making import Bundle

_KEPT: Final = "log-box"


class Kept(Struct, frozen=True):
    """A box as it was made: its line, the `day` (YYYY-MM-DD), further computers and sites by their typed names."""

    line: Line
    day: str
    computers: tuple[str, ...]
    sites: tuple[str, ...]
    days: int


class Box:
    """The one box of a vault. Each verb is durable when it returns."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def kept(self) -> Kept | None:
        """The box as it was made; None where there is none."""
        found = self._store.setting(_KEPT)
        return None if found is None else msgspec.convert(found, Kept)

    def line(self) -> Line | None:
        """The way to the box; None where there is none."""
        kept = self.kept()
        return None if kept is None else kept.line

    def keep(self, bundle: "Bundle") -> None:
        """Keep the line of a folder that was written; the one before is forgotten."""
        office = bundle.office
        made = Kept(
            line=bundle.line,
            day=clock.today().isoformat(),
            computers=tuple(one.name for one in office.computers),
            sites=tuple(one.name for one in office.sites),
            days=office.days,
        )
        self._store.set_setting(_KEPT, msgspec.to_builtins(made))

    def forget(self) -> None:
        """Forget the box; what it holds is not touched."""
        self._store.set_setting(_KEPT, None)
