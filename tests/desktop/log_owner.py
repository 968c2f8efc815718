"""What scripted owners of the log pages have in common: their eyes, how long a window may stand still, a box set up.

Only for tests.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from desktop.logbox.instructions import FOLDER
from desktop.session import Session
from desktop.ui.desk import Place
from desktop.ui.log.verbatim import Verbatim
from tests.desktop.boxes import HERE
from tests.desktop.hands import Hands
from tests.desktop.old_pc import OldPc
from tests.desktop.pages import go

BLINK: Final = 1.0
"""Seconds that the window may stand still at most on a computer that does other things too; a hang takes ten."""


def longest_gap(over: Callable[[], object], act: Callable[[], object] = lambda: None) -> float:
    """Seconds between two turns of the event loop at most, from `act` until it is `over`."""
    longest, before, last = 0.0, time.perf_counter(), time.perf_counter() + 30
    act()
    longest, before = time.perf_counter() - before, time.perf_counter()
    while not over():
        assert time.perf_counter() < last
        QApplication.processEvents()
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
        time.sleep(0.001)
    return longest


def session_of(hands: Hands) -> Session:
    assert hands.app.session is not None
    return hands.app.session


def says(hands: Hands, word: str, **values: str) -> bool:
    return hands.say(word, **values) in hands.texts()


def verbatim(hands: Hands) -> list[str]:
    """What is shown to be typed or copied exactly."""
    return [text.toPlainText() for text in hands.seen(Verbatim)]


def type_into(hands: Hands, name: str, text: str) -> None:
    hands.tab_to_name(hands.say(name))
    hands.type(text)


def set_up(hands: Hands, stick: Path, pc: OldPc) -> None:
    """A box that was made from the window and runs."""
    go(hands, Place("box"))
    type_into(hands, "box-page.host", HERE)
    hands.activate(hands.say("box-page.save"))
    hands.until(lambda: hands.place.of == str(stick / FOLDER))  # and not only kept: the keyboard is still on "Save"
    pc.install(stick / FOLDER)


def button_of(hands: Hands) -> str:
    return hands.say("box-page.test", host=HERE)
