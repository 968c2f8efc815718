"""Pairs in the text of a line: `user=ana action=read`, `用戶=陳 操作=刪除`, `User: ana, Path: /a`.

No pattern goes back over more than a name, so that no line, however made, takes long.
"""

import re
from collections.abc import Iterator
from typing import Final

from wizards.acceptance.reader import Reader, Said

_PAIR: Final = re.compile(r"""(?<![\w.-])([^\W\d][\w.-]{0,40}+)=("[^"]{0,2000}"|'[^']{0,2000}'|[^\s,;"']{0,500})""")
_STATED: Final = re.compile(r"(?:^|[,;，；、] ?)([^\W\d][\w ./-]{0,40}?)(?:: |：)([^,;，；、]{0,500})")
_TITLE: Final = re.compile(r"[\w ]{1,30}: (?=[\w ./-]{1,40}: )")
_LONGEST: Final = 8_000


def said(text: str, reader: Reader) -> Said:
    """What a text says by pairs; empty where fewer than two say anything."""
    found = reader.by_role(pairs(text[:_LONGEST]))
    if len(found) < 2:
        found = reader.by_role(_stated(text[:_LONGEST]))
    return found if len(found) >= 2 else {}


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """The pairs with a sign of equality, without marks of quotation."""
    for key, value in _PAIR.findall(text):
        yield key, value.strip("\"'")


def _stated(text: str) -> Iterator[tuple[str, str]]:
    """The pairs with a colon. Before the first name a program may have put its own: the last word is tried as well."""
    title = _TITLE.match(text)
    for key, value in _STATED.findall(text[title.end() :] if title else text):
        yield key, value.strip()
        yield key.rpartition(" ")[2], value.strip()
