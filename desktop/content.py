"""Opens the packaged resources: builds the bank, and the words of window, papers and messages. Reads, never writes."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from wizards.content.bank import Bank
from wizards.content.loader import load, load_words
from wizards.content.text import Text
from wizards.interview.facts import FACTS


@cache
def bank() -> Bank:
    """The bank of this release; raises wizards.content.loader.ContentError with every mistake."""
    return load(_texts(files("resources"), ""), FACTS)


def first_words() -> dict[str, Text]:
    """The few words of the first paint; reading all of them would delay it."""
    name = "words/opening.toml"
    return load_words({name: (files("resources") / name).read_bytes()})


@cache
def words() -> dict[str, Text]:
    """Every word for people that does not belong to a topic, by `section.key`."""
    folder = files("resources") / "words"
    return load_words(
        {f"words/{item.name}": item.read_bytes() for item in folder.iterdir() if item.name.endswith(".toml")}
    )


def _texts(folder: Traversable, prefix: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for item in folder.iterdir():
        if item.is_dir() and item.name not in {"words", "fonts", "__pycache__"}:
            found.update(_texts(item, f"{prefix}{item.name}/"))
        elif item.name.endswith(".toml"):
            found[prefix + item.name] = item.read_bytes()
    return found
