"""What passes between the network and those who ask for it. Light, because the window imports it."""

from collections.abc import Mapping
from typing import Literal, NamedTuple


class NoAnswer(Exception):
    """What came instead of an answer: `code` is the id of a word under `http`, `values` fill it; never a secret."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code, self.values = code, values


class Account(NamedTuple):
    """Who signs in. Its words show no password."""

    user: str
    password: str

    def __repr__(self) -> str:
        return "Account(...)"


class Answer(NamedTuple):
    """What a server answered. `url` is where it came from in the end; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


class Begun(NamedTuple):
    """A sign-in that waits for the owner's word in the browser. `login` is the page to open."""

    login: str
    endpoint: str
    token: str

    def __repr__(self) -> str:
        return "Begun(...)"


class Item(NamedTuple):
    """A folder or a tag of a Nextcloud, by its name."""

    kind: Literal["folder", "tag"]
    name: str


State = Literal["new", "there", "made", "forbidden", "failed"]
"""What is or became of an item."""
