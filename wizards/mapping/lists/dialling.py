"""The kind of account by which a member signs in, from what stands in a cell. Why own rules: decision 10."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Final, Literal, TypeAlias

from wizards.mapping.cells import Cell, Valueless, text

Kind: TypeAlias = Literal["+853", "+852", "+86", "other", "email", "unknown"]
KINDS: Final[tuple[Kind, ...]] = ("+853", "+852", "+86", "other", "email", "unknown")
Doubt: TypeAlias = Literal[
    "", "eight-digits", "no-code", "wrong-length", "no-such-code", "digits-lost", "no-value", "several"
]
"""Why a number is not known, or `several` where a cell holds more than one and the first was taken."""

# calling codes in use (ITU E.164), but for those that have a kind of their own
_ONE: Final = ("1", "7")
_TWO: Final = re.compile("2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[124]|9[0-58]")
_THREE: Final = re.compile(
    "21[1-368]|22[0-9]|23[0-9]|24[0-9]|25[0-8]|26[0-9]|29[01789]|35[0-9]|37[0-8]|38[0-35-79]|42[013]|50[0-9]|59[0-9]|"
    "67[02-9]|68[0-35-9]|69[0-2]|85[056]|87[0-38]|88[0-36]|96[0-8]|97[0-79]|99[2-68]"
)
_FIRST: Final = re.compile(r"[+\d]")
_NEXT: Final = re.compile(r"[,;、|\n/]|\bor\b|\bou\b|或")
_POINT: Final = re.compile(r"\d+\.0+")
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_CODE_FIRST: Final = re.compile(r"\(?(\d{1,4})\)?\s*[-–—]\s*(\d[\d\s-]*)")
_EMAIL: Final = re.compile(r"[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>().]{2,}")
_EXTENSION: Final = re.compile(
    r"\s*(?:\b(?:ext(?:ension)?|ramal)\b|\bx|分机|分機|內線|内线|转|轉|#)[\s.:]*\d{1,6}\s*$", re.IGNORECASE
)
_FEWEST: Final = 5
_LONGEST: Final = 15


def is_email(cell: Cell) -> bool:
    """Whether an e-mail address stands in the cell."""
    return isinstance(cell, str) and _EMAIL.search(text(cell)) is not None


def kind_of(cell: Cell, code: Cell = None) -> tuple[Kind | None, Doubt]:
    """The kind of a number, and what is doubtful; None where no number stands there.

    `code` is the cell of a column of its own for the dialling code.
    """
    if isinstance(cell, Valueless):
        return "unknown", "no-value"
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None, ""
    if isinstance(cell, float) and not cell.is_integer():
        return None, ""
    said = cell.replace("\n", ";") if isinstance(cell, str) else cell
    digits = _digits(_plain(text(code)))
    found = [one for part in _parts(_plain(text(said))) if (one := _one(part, digits))[0] is not None]
    if not found:
        return None, ""
    known = next((one for one in found if one[0] != "unknown"), found[0])
    return (known[0], "several") if len(found) > 1 and known[0] != "unknown" else known


def _plain(said: str) -> str:
    """Digits of other scripts as ours."""
    if said.isascii():
        return said
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in said)


def _parts(said: str) -> list[str]:
    """The numbers of a cell, one by one; a blank or a slash inside a number parts nothing."""
    parts: list[str] = []
    for part in _NEXT.split(said):
        apart = part.split()
        long = len(_digits(part)) > _LONGEST and all(len(_digits(one)) >= 8 for one in apart)
        parts += apart if long else [part.strip()]
    return [part for part in parts if len(_digits(part)) >= 8] or [said]


def _one(said: str, code: str) -> tuple[Kind | None, Doubt]:
    exact = _spelled_out(_EXTENSION.sub("", said))
    if exact is None:
        return "unknown", "digits-lost"
    said = exact.replace("*", "0")
    digits = _digits(said)
    if len(digits) < _FEWEST:
        return None, ""
    if (first := _FIRST.search(said)) is not None and first[0] == "+":
        return _with_code(digits.removeprefix("00"))
    if digits.startswith("00"):
        return _with_code(digits[2:])
    if code and not (len(digits) > len(code) and digits.startswith(code) and _with_code(digits)[0] != "unknown"):
        return _with_code(code.removeprefix("00") + digits)
    return _without_code(digits, said)


def _spelled_out(said: str) -> str | None:
    """The number in full where a spreadsheet shortened it to 8.5E+10; None where digits were lost by that."""
    if _POINT.fullmatch(said):
        return said.partition(".")[0]
    if not _SCIENTIFIC.fullmatch(said):
        return said
    mantissa, exponent = re.split("[eE]", said)
    if len(_digits(mantissa)) <= int(exponent) - 1:
        return None
    try:
        return f"{Decimal(said):.0f}"
    except (InvalidOperation, ValueError):
        return None


def _with_code(digits: str) -> tuple[Kind, Doubt]:
    """A number that begins with its dialling code."""
    if digits.startswith(("853", "852")):
        kind: Kind = "+853" if digits.startswith("853") else "+852"
        return (kind, "") if len(digits) == 11 else ("unknown", "wrong-length")
    if digits.startswith("86"):
        return ("+86", "") if 9 <= len(digits) <= 14 else ("unknown", "wrong-length")
    if not (digits.startswith(_ONE) or _TWO.match(digits) or _THREE.match(digits)):
        return "unknown", "no-such-code"
    return ("other", "") if 7 <= len(digits) <= _LONGEST else ("unknown", "wrong-length")


def _without_code(digits: str, said: str) -> tuple[Kind, Doubt]:
    """A number without a sign for its code: only what can be nothing else is told apart."""
    if len(digits) == 8:
        return "unknown", "eight-digits"
    if len(digits) == 11 and digits.startswith("1"):
        return "+86", ""
    if len(digits) == 13 and digits.startswith("861"):
        return "+86", ""
    if len(digits) == 11 and digits.startswith(("853", "852")):
        return _with_code(digits)
    first = _CODE_FIRST.fullmatch(said.strip())  # as DingTalk exports it: 351-912345678
    if first is not None:
        found = _with_code(first[1] + _digits(first[2]))
        code_alone = first[1] in (*_ONE, "86") or _TWO.fullmatch(first[1]) or _THREE.fullmatch(first[1])
        if code_alone and found[0] != "unknown":
            return found
    return "unknown", "no-code"


def _digits(said: str) -> str:
    return "".join(sign for sign in said if sign.isascii() and sign.isdigit())
