"""Opens the packaged resources: builds the bank, and the words of window, papers and messages. Reads, never writes."""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from wizards.content.text import Text

if TYPE_CHECKING:
    from wizards.content.bank import Bank


@cache
def bank() -> "Bank":
    """The bank of this release; raises wizards.content.loader.ContentError with every mistake."""
    from wizards.content.loader import load
    from wizards.interview.facts import FACTS

    return load(_texts(files("resources"), ""), FACTS)


def first_words() -> dict[str, Text]:
    """The few words of the first paint; reading all of them would delay it."""
    tables = tomllib.loads((files("resources") / "words" / "opening.toml").read_text("utf-8"))
    return {
        f"{section}.{key}": Text(en=said["en"], zh_hant=said["zh-Hant"], pt=said["pt"])
        for section, entries in tables.items()
        for key, said in entries.items()
    }


@cache
def words() -> dict[str, Text]:
    """Every word for people that does not belong to a topic, by `section.key`."""
    from wizards.content.loader import load_words

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
