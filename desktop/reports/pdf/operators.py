"""Drawing in the words of PDF: colours, points, boxes, strings. Pure; far faster than asking the canvas for each."""

import re
from functools import lru_cache

_KAPPA = 0.5523
_LETTERS = bytes(range(32, 127))
_ESCAPED = re.compile(r"[^ -~]|[\\()]")


@lru_cache(maxsize=64)
def ink(colour: str) -> str:
    """The operands of a colour written as #RRGGBB."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.4g}" for at in (1, 3, 5))


def point(x: float, y: float) -> str:
    """The operands of a point; hundredths are finer than any printer."""
    return f"{x:.2f} {y:.2f}"


def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """The path of a box with its lower left corner at x, y."""
    if not radius:
        return f"{point(x, y)} {point(width, height)} re"
    right, top, k = x + width, y + height, radius * (1 - _KAPPA)
    return (
        f"{point(x + radius, y)} m {point(right - radius, y)} l "
        f"{point(right - k, y)} {point(right, y + k)} {point(right, y + radius)} c {point(right, top - radius)} l "
        f"{point(right, top - k)} {point(right - k, top)} {point(right - radius, top)} c {point(x + radius, top)} l "
        f"{point(x + k, top)} {point(x, top - k)} {point(x, top - radius)} c {point(x, y + radius)} l "
        f"{point(x, y + k)} {point(x + k, y)} {point(x + radius, y)} c h"
    )


def shown(codes: bytes) -> str:
    """A string of character codes: in letters with some escaped where that is shorter, else in hexadecimal."""
    if len(codes.translate(None, _LETTERS)) * 3 > len(codes):
        return f"<{codes.hex()}>"
    return f"({_ESCAPED.sub(_escape, codes.decode('latin-1'))})"


def _escape(found: re.Match[str]) -> str:
    return f"\\{found[0]}" if found[0] in "\\()" else f"\\{ord(found[0]):03o}"
