"""The code of an anchor: a short one to print, read over the telephone and type, and a long one for a QR code. Pure.

Short: `GUIA-NNNNN-HHHHH-HHHHH-HHHHH-HHHHH-CCCCC` in Crockford's Base32, which has no I, L, O and U. N is the count, H
the first 100 bits of the head, C a check over both: a Reed-Solomon code over the field of 32 elements, so that one or
two mistyped characters are not only found but located. Long: the short one, the whole head and the time, with `/`
between them.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import reduce
from itertools import combinations, pairwise
from typing import Final, Literal

from wizards.trail.anchor import Anchor

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP: Final = 5
GROUPS: Final = 6
SHORT_HEAD: Final = 25
"""Hex digits of the head that a short code carries: 100 bits."""
MOST: Final = 32**GROUP - 1
"""The largest count that a code can carry, 33 million."""

_LENGTH: Final = GROUP * GROUPS
_ALIKE: Final = str.maketrans("OIL", "011")
_PREFIX: Final = re.compile(r"\AGU[I1]A(?=[\W_]|[^\W_]{26})")
_BETWEEN: Final = re.compile(r"[\s\-‐-―−_.]+")
_LONG: Final = re.compile(r"(GUIA[0-9A-Z-]+)/([0-9A-F]{64})/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)")

Mistake = Literal["empty", "length", "group", "groups", "letter", "check", "head"]


class Mistyped(ValueError):
    """A text that is no code. `groups` names the groups, from 1, in which the mistake is, where that can be told.

    `how`: nothing there ("empty"), too many or too few characters ("length"), a group too long or too short ("group"),
    a character that codes do not use ("letter"), characters that differ ("groups"), more of them than can be located
    ("check"), a long code whose parts do not belong together ("head").
    """

    def __init__(self, how: Mistake, groups: tuple[int, ...] = ()) -> None:
        self.how, self.groups = how, groups
        super().__init__(f"no code of a trail: {how} {groups}")


def code(anchor: Anchor) -> str:
    """The short code. ValueError: a count beyond `MOST`, or a head shorter than 100 bits."""
    if not 1 <= anchor.count <= MOST or len(anchor.head) < SHORT_HEAD:
        raise ValueError(f"no code for an anchor of {anchor.count} entries and {len(anchor.head)} hex digits")
    number = anchor.count << 100 | int(anchor.head[:SHORT_HEAD], 16)
    values = [number >> 5 * place & 31 for place in reversed(range(_LENGTH - GROUP))]
    letters = "".join(ALPHABET[value] for value in [*values, *_check(values)])
    return "-".join(["GUIA", *(letters[at : at + GROUP] for at in range(0, _LENGTH, GROUP))])


def long_code(anchor: Anchor) -> str:
    """All of an anchor, in the capitals, digits and signs that a QR code holds best. ValueError as `code`."""
    return f"{code(anchor)}/{anchor.head.upper()}/{anchor.at}"


def read_code(text: str) -> Anchor:
    """The anchor of a short or a long code; of a short one, `head` is its first 25 hex digits and `at` is empty.

    Case, spaces, dashes, full-width letters, O for 0 and I or L for 1 do no harm. Mistyped says what
    is wrong and where.
    """
    plain = unicodedata.normalize("NFKC", text).upper().strip()
    long = _LONG.fullmatch("".join(plain.split()))
    if long is None:
        return _short(plain)
    short = _short(long[1])
    head = long[2].lower()
    if not head.startswith(short.head):
        raise Mistyped("head")
    return Anchor(short.count, head, long[3])


def _short(plain: str) -> Anchor:
    found = [part for part in _BETWEEN.split(_PREFIX.sub("", plain, count=1)) if part]
    letters = "".join(found).translate(_ALIKE)
    if not letters:
        raise Mistyped("empty")
    if len(found) == GROUPS and any(len(part) != GROUP for part in found):
        raise Mistyped("group", tuple(place for place, part in enumerate(found, 1) if len(part) != GROUP))
    if len(letters) != _LENGTH:
        raise Mistyped("length")
    strange = [place for place, letter in enumerate(letters) if letter not in ALPHABET]
    if strange:
        raise Mistyped("letter", _groups(strange))
    values = [ALPHABET.index(letter) for letter in letters]
    if any(_sums(values)):
        wrong = _located(values)
        raise Mistyped("groups" if wrong else "check", wrong)
    number = reduce(lambda sum_, value: sum_ << 5 | value, values[:-GROUP], 0)
    if not number >> 100:  # a mark is itself an entry: none is of a trail without any
        raise Mistyped("check")
    return Anchor(number >> 100, f"{number & (1 << 100) - 1:0{SHORT_HEAD}x}", "")


def _groups(places: Iterator[int] | list[int] | tuple[int, ...]) -> tuple[int, ...]:
    """The groups, from 1, of characters counted from 0."""
    return tuple(sorted({place // GROUP + 1 for place in places}))


# The check --------------------------------------------------------------------------------------------------------
# A code word is a polynomial, its first character the highest coefficient, that is 0 at the powers 0 to 4 of the
# element 2. Any two code words differ in six characters at least.


def _powers() -> Iterator[int]:
    """The powers of the element 2, modulo x^5 + x^2 + 1, in a row that comes round after 31."""
    value = 1
    for _ in range(31):
        yield value
        value <<= 1
        value ^= 0b100101 if value & 32 else 0


_POWER: Final = tuple(_powers())
_LOG: Final = {value: place for place, value in enumerate(_POWER)}


def _times(a: int, b: int) -> int:
    return _POWER[(_LOG[a] + _LOG[b]) % 31] if a and b else 0


def _check(values: list[int]) -> list[int]:
    """The five characters that make `values` a code word: the rest of a division by the product of (x - 2^k)."""
    divisor = [1]
    for k in range(GROUP):
        root = _POWER[k]
        divisor = [a ^ _times(b, root) for a, b in zip([*divisor, 0], [0, *divisor], strict=True)]
    rest = [*values, *[0] * GROUP]
    for at in range(len(values)):
        factor = rest[at]
        for place, part in enumerate(divisor):
            rest[at + place] ^= _times(factor, part)
    return rest[-GROUP:]


def _sums(values: list[int]) -> list[int]:
    """The polynomial at each of the five powers; all 0 for a code word."""
    return [reduce(lambda sum_, value: _times(sum_, _POWER[k]) ^ value, values, 0) for k in range(GROUP)]


def _located(values: list[int]) -> tuple[int, ...]:
    """The groups of the one or two characters that alone can be wrong; nothing where more are."""
    sums = _sums(values)
    for places in [(place,) for place in range(_LENGTH)] + list(combinations(range(_LENGTH), 2)):
        roots = [_POWER[_LENGTH - 1 - place] for place in places]
        if _explains(sums, roots):
            return _groups(places)
    return ()


def _explains(sums: list[int], roots: list[int]) -> bool:
    """Whether wrong characters at these places alone give these sums; each root is 2 to the power of the place."""
    for root in roots:  # what a character at this place adds goes out of the sums, one fewer each time
        sums = [_times(sum_, root) ^ after for sum_, after in pairwise(sums)]
    return not any(sums)
