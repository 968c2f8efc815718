"""Where lines may end, for Latin and Chinese text in one line. Pure: widths are given.

A small part of Unicode's line breaking (UAX 14): at spaces, and around Chinese characters, but never before closing
punctuation nor after opening punctuation, and never inside a Latin word that fits a line.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

_HAN = (
    "\u2e80-\u2fdf\u2ff0-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U00016fe0-\U000323af"
)
_OPEN = "（「『《〈【〔［｛〖“‘([{«¿¡￥$€"
_CLOSE = "，。、；：？！）」』》〉】〕］｝〗”’…—～‧・·ー々,.;:?!)\\]}»%％‰°"
_UNIT = re.compile(
    rf"([{re.escape(_OPEN)}]*"
    rf"(?:[{_HAN}]|[^ {_HAN}\n]*[^ {_HAN}{re.escape(_OPEN)}\n])?"
    rf"[{_CLOSE}]*) *"
)
# inside a word longer than a line: after these first, anywhere if need be
_SOFT = frozenset("/-_.?&=,:;@+#%|\\~")
_HAIR = 0.01


def _chop(text: str, sums: Sequence[float], start: int, end: int, room: float) -> list[int]:
    """The places at which a unit too long for a line is cut, in order; each piece but the last fills a line."""
    cuts = []
    while sums[end] - sums[start] > room:
        stop = max(start + 1, bisect_right(sums, sums[start] + room, start, end + 1) - 1)
        soft = next((at for at in range(stop, start + (stop - start) // 2, -1) if text[at - 1] in _SOFT), stop)
        cuts.append(soft)
        start = soft
    return cuts


def break_lines(text: str, sums: Sequence[float], room: float) -> list[tuple[int, int]]:
    """The lines of `text`, as (start, end). Newlines end a line and belong to none; spaces at an end stay.

    `sums[i]` is the width of the first i characters (one entry more than there are characters); `room` that of a line.
    """
    room += _HAIR
    lines = []
    at = 0
    for hard in text.split("\n"):
        lines += _fill(hard, sums[at : at + len(hard) + 1], at, room)
        at += len(hard) + 1
    return lines


@lru_cache(maxsize=2048)
def _units(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where the units of a paragraph begin (and the last ends), and where each ends without its spaces."""
    found = [match for match in _UNIT.finditer(text) if match[0]]
    return (*(match.start() for match in found), len(text)), tuple(match.end(1) for match in found)


def _fill(text: str, sums: Sequence[float], first: int, room: float) -> list[tuple[int, int]]:
    """The lines of one paragraph without newlines, counted from `first`; an empty one has one empty line."""
    begins, blacks = _units(text)
    widths = [sums[black] for black in blacks]
    cuts = [0]
    unit = 0
    while True:
        start = cuts[-1]
        unit = bisect_right(widths, sums[start] + room, unit)
        if unit == len(widths):
            break
        if begins[unit] > start:
            cuts.append(begins[unit])
        else:
            cuts += _chop(text, sums, start, blacks[unit], room)
            unit += 1
    return [(first + start, first + end) for start, end in pairwise([*cuts, len(text)])]
