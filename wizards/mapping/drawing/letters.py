"""How wide letters are and where a text may break: the widths of Noto Sans TC, Guia's font.

So no window measures anything and every hand gets the same lines. A test holds the table against the font.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from wizards.interview.mistakes import visible

_REGULAR: Final = (
    224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392, 555, 555, 555, 555, 555, 555, 555,
    555, 555, 555, 278, 278, 555, 555, 555, 474, 946, 608, 657, 638, 688, 589, 552, 689, 728, 293, 535, 646, 543, 812,
    723, 742, 633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338, 392, 338, 555, 559, 606, 563, 618, 510, 620,
    554, 325, 564, 607, 275, 275, 552, 284, 926, 610, 606, 620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338,
    270, 338, 555,
)  # fmt: skip
_BOLD: Final = (
    227, 370, 574, 590, 590, 963, 740, 325, 378, 378, 507, 590, 325, 370, 325, 387, 590, 590, 590, 590, 590, 590, 590,
    590, 590, 590, 325, 325, 590, 590, 590, 514, 1007, 641, 681, 656, 714, 615, 585, 717, 757, 330, 568, 686, 578, 853,
    749, 770, 667, 770, 682, 624, 625, 748, 619, 915, 627, 580, 613, 378, 387, 378, 590, 567, 626, 591, 644, 527, 644,
    581, 372, 597, 640, 304, 306, 604, 315, 964, 641, 626, 644, 644, 437, 495, 421, 637, 576, 863, 562, 574, 511, 378,
    296, 378, 590,
)  # fmt: skip
"""Thousandths of the size for the characters from space to tilde."""
_OTHERS: Final = {"–": 544, "—": 908, "«": 529, "»": 529, "ª": 403, "º": 420, "€": 590, "Ư": 767, "№": 1074}
_OTHERS_WIDE: Final = {"Ю": 1064, "Ш": 1018, "Щ": 1034, "⸺": 1702, "⸻": 2496, "ﬃ": 1024, "ﬄ": 1036}
_SQUARE: Final = 1000
_LAST_LATIN: Final = "\u024f"

_NOT_FIRST: Final = frozenset("，。、；：！？）」』】》〉…‥％,.;:!?)]}%»”’")
"""Signs that never begin a line."""
_NOT_LAST: Final = frozenset("（「『【《〈([{«“‘")
"""Signs that never end a line."""


def wide(text: str, size: float, *, bold: bool = False) -> float:
    """The width of `text` in units: what the font needs, or a little more for letters of other scripts."""
    table = _BOLD if bold else _REGULAR
    return sum(_thousandths(letter, table) for letter in text) * size / 1000


def _thousandths(letter: str, table: tuple[int, ...]) -> int:
    if " " <= letter <= "~":
        return table[ord(letter) - 32]
    found = _OTHERS.get(letter) or _OTHERS_WIDE.get(letter)
    if found:
        return found
    if letter.isalpha() and letter <= _LAST_LATIN:
        base = unicodedata.normalize("NFD", letter)[0]
        return table[ord(base) - 32] if " " <= base <= "~" else _SQUARE
    return 0 if unicodedata.category(letter) == "Mn" else _SQUARE


def _clings(letter: str) -> bool:
    """Whether it is a mark of the letter before it."""
    return unicodedata.category(letter).startswith("M")


def clean(text: str) -> str:
    """`text` on one line, with what could disturb it shown as a sign."""
    return visible(" ".join(text.split()))


@lru_cache(maxsize=2048)
def wrapped(text: str, size: float, room: float, most: int, *, bold: bool = False) -> tuple[str, ...]:
    """`text` in at most `most` lines no wider than `room`; what does not fit is cut with an ellipsis.

    Breaks at spaces and between Chinese characters; inside a word only where the word alone is too wide. The lines
    are made about equally long, so that no single character stands alone on the last. Remembered: after an answer
    nearly all names are those of the picture before.
    """
    lines = _filled(text, size, room, most, bold=bold)
    if len(lines) == 1 or lines[-1].endswith("…"):
        return lines
    least = longest(text, size, bold=bold)
    while room - size / 2 >= least:
        room -= size / 2
        closer = _filled(text, size, room, len(lines), bold=bold)
        if closer[-1].endswith("…"):
            break
        lines = closer
    return lines


def longest(text: str, size: float, *, bold: bool = False) -> float:
    """The width of the longest word, at least that of one letter."""
    return max((wide(piece.rstrip(), size, bold=bold) for piece in _words(text)), default=0.0) or size


def _filled(text: str, size: float, room: float, most: int, *, bold: bool) -> tuple[str, ...]:
    """`text` in lines that are each as full as they may be."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, size, room, bold=bold):
        if wide((line + piece).rstrip(), size, bold=bold) <= room or not line:
            line += piece
            continue
        lines.append(line.rstrip())
        line = piece.lstrip()
        if len(lines) == most:
            lines[-1] = _ended(lines[-1], size, room, bold=bold)
            return tuple(lines)
    if line.strip():
        lines.append(line.rstrip())
    return tuple(lines) or ("",)


def _ended(line: str, size: float, room: float, *, bold: bool) -> str:
    """`line` with an ellipsis, shortened until both fit."""
    while line and wide(f"{line}…", size, bold=bold) > room:
        line = line[:-1].rstrip()
        while line and _clings(line[-1]):
            line = line[:-1]
    return f"{line}…"


def _pieces(text: str, size: float, room: float, *, bold: bool) -> Iterator[str]:
    """Stretches that stay on one line, none wider than `room` (but a single letter may be)."""
    for piece in _words(text):
        if wide(piece.rstrip(), size, bold=bold) <= room:
            yield piece
            continue
        part = ""
        for letter in piece:
            if part and not _clings(letter) and wide(part + letter, size, bold=bold) > room:
                yield part
                part = ""
            part += letter
        yield part


def _words(text: str) -> Iterator[str]:
    """Words with the space behind them, and Chinese characters one by one with the signs that cling to them."""
    piece = ""
    for letter in text:
        if piece and _may_break(piece[-1], letter):
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NOT_FIRST or before in _NOT_LAST or _clings(after):
        return False
    return before == " " or _square(before) or _square(after) or before == "/"


def _square(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in {"W", "F"}
