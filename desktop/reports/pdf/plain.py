"""Text made safe to draw, and addresses allowed as links. Pure: knows no font, only which characters have a shape."""

import re
import unicodedata
from collections.abc import Container, Iterable
from functools import lru_cache

ALLOWED_LINK = re.compile(r"(?:https?://|mailto:)[\x21-\x7e]+", re.IGNORECASE)
NEWLINES = re.compile("\r\n|[\r\u2028\u2029\x85]")
# a letter and its marks that one character can say; Chinese compatibility forms are left as they were typed
MARKED = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@lru_cache(maxsize=8192)
def _sign(char: str) -> str:
    """What stands for a character that may not be obeyed or has no shape."""
    return " " if char == "\t" or unicodedata.category(char) == "Zs" else f"[U+{ord(char):04X}]"


@lru_cache(maxsize=8192)
def _unseen(char: str) -> bool:
    return unicodedata.category(char) in UNSEEN


def _composed(text: str) -> str:
    return MARKED.sub(lambda match: unicodedata.normalize("NFC", match[0]), NEWLINES.sub("\n", text))


def characters(texts: Iterable[str]) -> set[str]:
    """Every character that a face must hold to draw these texts, newlines left out."""
    return {char for char in set(_composed("\n".join(texts))) if not _unseen(char)}


def visible(text: str, shapes: Container[int]) -> str:
    """`text` with every character either drawable or named, as [U+202E]. Line breaks become newlines and stay."""
    text = _composed(text)
    for char in sorted(set(text)):
        if char != "\n" and (ord(char) not in shapes or _unseen(char)):
            text = text.replace(char, _sign(char))
    return text


def allowed_link(url: str) -> str:
    """The address when a paper may open it (https, http or mailto, no spaces or control characters), else nothing."""
    return url if len(url) <= 2000 and ALLOWED_LINK.fullmatch(url) else ""
