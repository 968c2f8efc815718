"""Finds the cells of an xlsx that hold no value: a formula that no program worked out, and an error such as #N/A.

The library hands them over as empty. An empty cell says something of its own, so they must be told apart.
"""

import html
import io
import posixpath
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Final
from zipfile import BadZipFile, ZipFile

_SHEET: Final = re.compile(r"<(?:\w+:)?sheet\b[^<>]*>")
_RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\b[^<>]*>")
_ATTRIBUTE: Final = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"'<>]*)[\"']")
_ERROR: Final = re.compile(rb"<c\b[^<>]*\bt=[\"']e[\"'][^<>]*>")
_NO_RESULT: Final = re.compile(
    rb"(<c\b[^<>]*>)\s*(?:<f\b[^<>]*/>|<f\b[^<>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_TEXT: Final = re.compile(rb"\bt=[\"']str[\"']")
_PLACE: Final = re.compile(rb"\br=[\"']([A-Z]{1,3}\d{1,7})[\"']")


def valueless(data: bytes) -> Mapping[str, frozenset[str]]:
    """The cells without a value, by the name of their sheet. Call it with a file that was looked into already."""
    found: dict[str, frozenset[str]] = {}
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            for name, part in _parts(packed):
                if cells := frozenset(_cells(packed.read(part))):
                    found[name] = cells
    except (BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, RuntimeError):  # torn, and yet read
        return {}
    return found


def _parts(packed: ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet, and the part that holds it."""
    if "xl/workbook.xml" not in packed.namelist():
        return
    related = {}
    for tag in _RELATION.findall(packed.read("xl/_rels/workbook.xml.rels").decode()):
        said = dict(_ATTRIBUTE.findall(tag))
        related[said.get("Id")] = posixpath.join("/xl", said.get("Target", "")).lstrip("/")
    for tag in _SHEET.findall(packed.read("xl/workbook.xml").decode()):
        said = dict(_ATTRIBUTE.findall(tag))
        part = related.get(next((value for name, value in said.items() if name.endswith(":id")), None), "")
        if part in packed.namelist():
            yield html.unescape(said.get("name", "")), part


def _cells(text: bytes) -> Iterator[str]:
    """A formula whose result is a text without letters has a value: nothing."""
    heads = [tag for tag in _NO_RESULT.findall(text) if not _TEXT.search(tag)] if b"<f" in text else []
    for head in (*_ERROR.findall(text), *heads):
        if place := _PLACE.search(head):
            yield place[1].decode()
