"""The words by which the columns and keys of a log are understood: content of `resources/lists/log.toml`."""

import re
import tomllib
from typing import Final, Literal, TypeAlias, get_args

import msgspec
from msgspec import Struct

from wizards.acceptance.shapes import Outcome
from wizards.mapping.cells import folded

Role: TypeAlias = Literal[
    "when", "received", "who", "what", "object", "outcome", "source", "number", "host", "detail", "seal", "zone"
]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
_LONGEST: Final = 60
_EMPTY: Final = frozenset(
    {"", "-", "--", "—", "null", "none", "nil", "n/a", "na", "unknown", "?", "无", "無", "未知", "空"}
)
_ADDRESS: Final = re.compile(r"[0-9a-fA-F:.]{2,45}(?:%\w+)?(?:[:/]\d{1,5})?")


class _Heading(Struct, frozen=True, forbid_unknown_fields=True):
    has: tuple[str, ...]
    whole: tuple[str, ...] = msgspec.field(name="is")


class _Words(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    success: tuple[str, ...]
    failure: tuple[str, ...]
    fails: tuple[str, ...]
    sign_in: tuple[str, ...]
    dingtalk: tuple[str, ...]
    never: tuple[str, ...]
    weak: tuple[str, ...]


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    header: dict[Role, _Heading]
    words: _Words


class Vocabulary:
    """The words, folded for comparison."""

    def __init__(self, raw: bytes) -> None:
        read = msgspec.convert(tomllib.loads(raw.decode()), type=_File)
        self._whole: dict[str, Role] = {
            folded(said): role for role in reversed(ROLES) for said in read.header[role].whole
        }
        self._parts: list[tuple[str, Role]] = [(folded(p), role) for role in ROLES for p in read.header[role].has]
        self._never = tuple(map(folded, read.words.never))
        self._success = frozenset(map(folded, read.words.success))
        self._failure = frozenset(map(folded, read.words.failure))
        self._fails = tuple(map(folded, read.words.fails))
        self._sign_in = tuple(map(folded, read.words.sign_in))
        self._dingtalk = tuple(map(folded, read.words.dingtalk))
        self._weak = frozenset(map(folded, read.words.weak))
        self._roles: dict[str, Role | None] = {}

    def role(self, heading: str) -> Role | None:
        """What stands under a heading or key; None where it says nothing that a log needs."""
        if heading not in self._roles:
            if len(self._roles) > 10_000:  # a file that never repeats a key
                self._roles.clear()
            self._roles[heading] = self._role(folded(heading[:_LONGEST]))
        return self._roles[heading]

    def _role(self, bare: str) -> Role | None:
        if bare in self._whole:
            return self._whole[bare]
        if not bare or any(word in bare for word in self._never):
            return None
        return next((role for part, role in self._parts if part in bare), None)

    def is_weak(self, key: str) -> bool:
        """Whether a key names the deed only where no better one does: `type` beside `action`."""
        return folded(key[:_LONGEST]) in self._weak

    def outcome(self, said: str) -> Outcome:
        """Whether a value states success or failure."""
        bare = folded(said[:_LONGEST])
        if bare in self._success or (len(bare) == 3 and bare.isdigit() and "200" <= bare < "400"):
            return "success"
        if bare in self._failure or (len(bare) == 3 and bare.isdigit() and "400" <= bare < "600"):
            return "failure"
        return ""

    def fails(self, deed: str) -> bool:
        """Whether a deed says of itself that it failed, somewhere in it."""
        bare = folded(deed[:200])
        return any(word in bare for word in self._fails)

    def is_sign_in(self, what: str) -> bool:
        """Whether a deed is a sign-in or sign-out, which touches no data."""
        bare = folded(what[:_LONGEST])
        return any(word in bare for word in self._sign_in)

    def is_dingtalk(self, said: str) -> bool:
        """Whether a text names DingTalk, or is a key that only its file log has."""
        bare = folded(said[:_LONGEST])
        return any(word in bare for word in self._dingtalk)


def given(said: object) -> str:
    """A value as text, "" where it stands for nothing."""
    if said is None or isinstance(said, bool):
        return "" if said is None else str(said).lower()
    text = str(said).strip()[:500]
    return "" if text.casefold() in _EMPTY else text


def address(said: str) -> str:
    """A value where it is an address in the network or the name of a computer, "" else."""
    said = said.strip().strip("[]")
    if not said or said in {"0.0.0.0", "::"}:  # noqa: S104  # an address that says nothing, compared
        return ""
    return said if _ADDRESS.fullmatch(said) or re.fullmatch(r"[\w.-]{2,253}", said) else ""
