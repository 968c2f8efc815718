"""Why a spreadsheet is not read. Worded in resources, by `sheets.<code>`."""

from collections.abc import Callable
from typing import TypeAlias

Step: TypeAlias = Callable[[float], object]
"""Told now and then how much is read, from 0 to 1. It stops the reading by giving False, or by raising."""


class SheetRefused(Exception):
    """The file is not read: `code` says why, `values` what to fill in (the file's name, the limit passed)."""

    def __init__(self, code: str, **values: str) -> None:
        self.code, self.values = code, values
        super().__init__(f"{code} {values}")


class Cancelled(Exception):
    """Whoever asked for the file no longer wants it."""


def go_on(step: Step | None, share: float) -> None:
    """Tell how far the reading is; raises Cancelled where it is no longer wanted."""
    if step is not None and step(share) is False:
        raise Cancelled
