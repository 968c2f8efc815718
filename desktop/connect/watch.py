"""Work on the network, watched: which step it is at, and whether the owner has given it up."""

from collections.abc import Callable
from threading import Event


class GivenUp(Exception):
    """The owner pressed Cancel."""


class Watch:
    """Handed to each piece of work. `step` is called between its steps; any thread may call `give_up`."""

    def __init__(self, tell: Callable[[str, int, int], object] = lambda *_: None) -> None:
        """`tell(word, done, whole)` hears of each step; `whole` is 0 where nobody knows how many there are."""
        self._tell = tell
        self._given_up = Event()

    def step(self, word: str, done: int = 0, whole: int = 0) -> None:
        """Say where the work is, by the id of a word; GivenUp where the owner has given it up."""
        self.check()
        self._tell(word, done, whole)

    def check(self) -> None:
        """GivenUp where the owner has given the work up; called in loops that wait."""
        if self._given_up.is_set():
            raise GivenUp

    def wait(self, seconds: float) -> None:
        """Sleep, and wake at once with GivenUp."""
        if self._given_up.wait(seconds):
            raise GivenUp

    def give_up(self) -> None:
        """Have the work stop at its next step."""
        self._given_up.set()
