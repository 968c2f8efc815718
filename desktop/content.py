"""Opens the packaged resources: builds the bank, and the words of window, papers and messages. Reads, never writes."""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wizards.content.bank import Bank
    from wizards.content.text import Text
    from wizards.mapping.lists.proposals import Guesses
    from wizards.mapping.lists.vocabulary import Vocabulary
    from wizards.nextcloud.rules import Rules


@cache
def bank() -> "Bank":
    """The bank of this release; raises wizards.content.loader.ContentError with every mistake."""
    from wizards.content.loader import load
    from wizards.interview.facts import FACTS

    return load(_texts(files("resources"), ""), FACTS)


def first_words(lang: str) -> dict[str, str]:
    """The words of the first page in `lang`, by key; they are read even where the others cannot be."""
    tables = tomllib.loads((files("resources") / "words" / "opening.toml").read_text("utf-8"))
    return {key: said[lang] for key, said in tables["opening"].items()}


@cache
def words() -> "dict[str, Text]":
    """Every word for people that does not belong to a topic, by `section.key`."""
    from wizards.content.loader import load_words

    folder = files("resources") / "words"
    return load_words(
        {f"words/{item.name}": item.read_bytes() for item in folder.iterdir() if item.name.endswith(".toml")}
    )


def vocabulary() -> "Vocabulary":
    """The words by which exported lists are understood."""
    from wizards.mapping.lists.vocabulary import Vocabulary

    return Vocabulary((files("resources") / "lists" / "roster.toml").read_bytes())


def guesses() -> "Guesses":
    """The words by which pasted lists become rows."""
    from wizards.mapping.lists.proposals import guesses as read

    return read((files("resources") / "lists" / "lists.toml").read_bytes())


@cache
def nextcloud_rules() -> "Rules":
    """What the Nextcloud check looks at and says; ContentError where the file has a mistake."""
    from wizards.nextcloud.rules import read

    return read((files("resources") / "nextcloud.toml").read_bytes())


def _texts(folder: Traversable, prefix: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for item in folder.iterdir():
        if item.is_dir() and item.name not in {"words", "fonts", "lists", "acceptance", "__pycache__"}:
            found.update(_texts(item, f"{prefix}{item.name}/"))
        elif item.name.endswith(".toml"):
            found[prefix + item.name] = item.read_bytes()
    return found
