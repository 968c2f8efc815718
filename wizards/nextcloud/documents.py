"""Reading what comes from a server: JSON that is strict about itself, lists of a WebDAV answer, lines of an audit log.

Whatever the bytes are, the outcome is a value or None; nothing in them can make it raise or take long.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Final, NoReturn
from xml.parsers import expat

from wizards.nextcloud.facts import Audit

DAV: Final = "DAV:"
_DEEPEST: Final = 30
_WHOLE: Final = True
_LONGEST_TEXT: Final = 4000


class _Garbled(Exception):
    """Not what it should be."""


def json_in(body: bytes) -> object | None:
    """The value of a JSON text; None where it is none, a key stands twice, or a number is none. `null` is None too."""
    try:
        found: object = json.loads(body.decode("utf-8-sig"), object_pairs_hook=_once_each, parse_constant=_refuse)
    except (ValueError, RecursionError, _Garbled):
        return None
    return found


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Garbled
    return made


def _refuse(_: str) -> NoReturn:
    raise _Garbled


def within(value: object, *keys: str) -> object | None:
    """What stands under these keys, one inside the other; None where anything on the way is not there."""
    for key in keys:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def responses_in(body: bytes) -> list[dict[str, str]] | None:
    """Each response of a WebDAV list: text by name (`{namespace}name`), the address as `href`; None for anything else.

    A text that declares a document type is refused: with it go all entities, so none can grow or point outside.
    """
    reader = _Responses()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.EntityDeclHandler = reader.refuse
    parser.ExternalEntityRefHandler = reader.refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(body, _WHOLE)
    except (expat.ExpatError, _Garbled, ValueError):
        return None
    return reader.found if reader.is_list else None


class _Responses:
    """Gathers what stands in each response."""

    def __init__(self) -> None:
        self.found: list[dict[str, str]] = []
        self.is_list = False
        self._path: list[str] = []
        self._said: list[str] = []

    def refuse(self, *_: object) -> NoReturn:
        """A declaration."""
        raise _Garbled

    def start(self, name: str, _: object) -> None:
        """An element begins."""
        if not self._path:
            self.is_list = name == f"{DAV} multistatus"
        self._path.append(name)
        self._said = []
        if len(self._path) > _DEEPEST:
            raise _Garbled
        if len(self._path) == 2 and name == f"{DAV} response":
            self.found.append({})

    def end(self, name: str) -> None:
        """An element ends; the last one inside that had a text of its own keeps it."""
        self._path.pop()
        if self.found and len(self._path) > 1:
            self.found[-1][name.removeprefix(f"{DAV} ")] = "".join(self._said)[:_LONGEST_TEXT].strip()
        self._said = []

    def text(self, said: str) -> None:
        """Characters inside an element."""
        self._said.append(said)


def audit_in(lines: Iterable[str]) -> Audit:
    """What the lines of an audit log hold. A line of a log box is taken from its first brace on."""
    entries, seen, days = 0, 0, list[date]()
    for line in lines:
        if not line.strip():
            continue
        seen += 1
        entry = json_in(line[line.find("{") :].encode("utf-8", "replace")) if "{" in line else None
        if within(entry, "app") != "admin_audit" or not isinstance(within(entry, "message"), str):
            continue
        entries += 1
        try:
            days.append(date.fromisoformat(str(within(entry, "time"))[:10]))
        except ValueError:
            continue
    return Audit(entries, seen, min(days, default=None), max(days, default=None))
