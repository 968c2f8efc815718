"""Templates of the folder: places are written @NAME@, by which neither the shell nor rsyslog means anything.

A value never carries a sign that either of them obeys: who fills a template has its names judged first
(`wizards.logbox.names`), and this looks once more.
"""

import re
from collections.abc import Mapping
from typing import Final

PLACE: Final = re.compile(r"@([A-Z][A-Z_]*)@")
# letters and digits of any language; no line break, quote mark of the shell, $, %, `, \, ; or the like
_HARMLESS: Final = re.compile(r'[\w ./:,"\[\]-]*')


class NotHarmless(ValueError):
    """A value with a sign that a shell or a configuration might obey. Names the place, never the value."""


def fill(template: str, values: Mapping[str, str | int]) -> str:
    """`template` with each place filled. KeyError for a place without value; NotHarmless for one that may be obeyed."""

    def of(found: re.Match[str]) -> str:
        said = str(values[found[1]])
        if not _HARMLESS.fullmatch(said):
            raise NotHarmless(found[1])
        return said

    return PLACE.sub(of, template)


def listed(names: tuple[str, ...]) -> str:
    """Names as a list of rsyslog: ["one","two"]."""
    return "[" + ",".join(f'"{name}"' for name in names) + "]"
