"""Where lines may end, for Latin and Chinese text in one line. Pure: widths are given.

A small part of Unicode's line breaking (UAX 14): at spaces, and around Chinese characters, but never before closing
punctuation nor after opening punctuation, and never inside a Latin word that fits a line.
"""

import re
from collections.abc import Sequence

_HAN = (
    "\u2e80-\u2fdf\u2ff0-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U00016fe0-\U000323af"
)
_OPEN = "（「『《〈【〔［｛〖“‘([{«¿¡￥$€"
_CLOSE = "，。、；：？！）」』》〉】〕］｝〗”’…—～‧・·ー々,.;:?!)\\]}»%％‰°"
_UNIT = re.compile(
    rf"[{re.escape(_OPEN)}]*"
    rf"(?:[{_HAN}]|[^ {_HAN}\n]*[^ {_HAN}{re.escape(_OPEN)}\n])?"
    rf"[{_CLOSE}]* *"
)
# inside a word longer than a line: after these first, anywhere if need be
_SOFT = frozenset("/-_.?&=,:;@+#%|\\~")
_HAIR = 0.01


def _chop(text: str, sums: Sequence[float], start: int, end: int, room: float) -> list[int]:
    """The places at which a unit too long for a line is cut, in order; each piece but the last fills a line."""
    cuts = []
    while sums[end] - sums[start] > room:
        stop = start + 1
        while stop < end and sums[stop + 1] - sums[start] <= room:
            stop += 1
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
        stop = at + len(hard)
        lines += _fill(text, sums, at, stop, room)
        at = stop + 1
    return lines


def _fill(text: str, sums: Sequence[float], first: int, stop: int, room: float) -> list[tuple[int, int]]:
    """The lines of one paragraph without newlines; an empty one has one empty line."""
    lines = []
    start = at = first
    while at < stop:
        match = _UNIT.match(text, at, stop)
        end = match.end() if match else at
        end = end if end > at else at + 1
        black = at + len(text[at:end].rstrip(" "))
        if sums[black] - sums[start] > room and at > start:
            lines.append((start, at))
            start = at
        for cut in _chop(text, sums, start, black, room):
            lines.append((start, cut))
            start = cut
        at = end
    lines.append((start, stop))
    return lines
