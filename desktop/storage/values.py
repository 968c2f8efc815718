"""JSON values as the store keeps them: one text for one value, so equal values are equal bytes."""

import json
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final, TypeAlias

import msgspec

Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None


class Absent(Enum):
    """The type of `ABSENT`."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
"""No answer was given. Not the same as None, which is the answer "I do not know"."""


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode


def to_text(value: Json) -> str:
    """The value as compact JSON with sorted keys. ValueError for what JSON cannot hold: NaN, a lone surrogate.

    The standard library's writer, because the others make null of NaN, and null is an answer here.
    """
    text = _encode(value)
    text.encode()
    return text


def from_text(text: str) -> Json:
    """The value that `to_text` wrote."""
    value: Json = msgspec.json.decode(text)
    return value
