"""A file that is JSON as a whole: one list of entries, an object that holds the list, or objects over several lines."""

import json
from typing import Final

from wizards.acceptance import json_lines
from wizards.acceptance.reader import Reader
from wizards.acceptance.shapes import Event

_BLANK: Final = " \t\r\n,"
_OPENING: Final = 64
Entry = tuple[int, dict[str, object]]


class Whole:
    """What was read: forms and events, the places of what means nothing, and how many entries there were."""

    def __init__(self) -> None:
        self.read: list[tuple[str, Event]] = []
        self.unread: list[int] = []
        self.entries = 0


def whole(head: bytes, most: int, reader: Reader) -> Whole | None:
    """The entries of such a file, at most `most`; None where it is none, as one object to each line."""
    opening = head[:_OPENING].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not opening.startswith((b"[", b"{")) or _by_line(head):
        return None
    entries, torn = _entries(head.decode("utf-8-sig", "replace"), most)
    found = Whole()
    for place, entry in entries:
        text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        found.entries += 1
        if json_lines.closes(entry, place, reader):
            continue
        event = json_lines.event(entry, text, place, reader)
        if event is None:
            found.unread.append(place)
        else:
            size = len(text.encode("utf-8", "replace"))
            found.read.append((json_lines.kind(entry), event._replace(size=size, mark=hash(text))))
    if not found.read or len(found.read) * 2 < found.entries:
        return None
    if torn:
        found.entries += 1
        found.read.append((found.read[-1][0], Event(torn, torn=True)))
    return found


def _by_line(head: bytes) -> bool:
    """Whether the first line is an object of its own, and not one around all entries."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    try:
        found = json.loads(first[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and (bool(first[2].strip()) or _inner(found) is None)


def _entries(text: str, most: int) -> tuple[list[Entry], int]:
    """The objects with their places, and the place of one that is not closed, 0 for none."""
    decoder = json.JSONDecoder()
    found: list[Entry] = []
    at, line = 0, 1
    while len(found) < most:
        start = at
        while at < len(text) and text[at] in _BLANK:
            at += 1
        line += text.count("\n", start, at)
        if at == len(text):
            break
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return found, line if found else 0
        inner = value if isinstance(value, list) else _inner(value) if isinstance(value, dict) else []
        if inner is None:
            found.append((line, value))
        else:
            found += [(n, one) for n, one in enumerate(inner[:most], 1) if isinstance(one, dict)]
        line += text.count("\n", at, end)
        at = end
    return found, 0


def _inner(value: dict[str, object]) -> list[object] | None:
    """The list of entries that an object is only the frame of; None where it is an entry itself."""
    lists = [one for one in value.values() if isinstance(one, list) and one and isinstance(one[0], dict)]
    framed = all(isinstance(one, str | int | float | bool | None) or one in lists for one in value.values())
    return lists[0] if len(lists) == 1 and framed and len(lists[0]) > 1 and len(value) <= 8 else None
