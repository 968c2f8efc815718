"""The script of docs/trail.md, as a stranger runs it, and trails to try it on."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from wizards.trail.chain import START, Deed, Link, append
from wizards.trail.export import lines

PAGE: Final = Path(__file__).parents[2] / "docs" / "trail.md"
AT: Final = "2026-11-23T10:00:00.000000Z"


def script() -> str:
    """The one script on the page."""
    (found,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return str(found)


def stranger() -> Callable[[bytes], bool]:
    """Whether the script says that the content of a file is unbroken."""
    functions: dict[str, Any] = {}
    *defined, last = script().rstrip().split("\n")
    assert last.startswith("print(verify(")
    exec("\n".join(defined), functions)  # noqa: S102 - it is the page that is tried

    def agreed(content: bytes) -> bool:
        try:
            functions["verify"](split(content))
        except (ValueError, LookupError, RecursionError, TypeError):
            return False
        return True

    return agreed


def split(content: bytes) -> list[bytes]:
    """The lines of a file with what ended them, as Python reads them from a file open for bytes."""
    return content.splitlines(keepends=True) if b"\r" not in content else re.findall(rb"[^\n]*\n|[^\n]+\Z", content)


def links(count: int, after: Iterable[tuple[str, str, str]] = ()) -> list[Link]:
    """So many entries, then more with (action, subject, digest)."""
    made: list[Link] = []
    deeds = (Deed(who="owner", data="answers"), Deed(), Deed(channel="file", outcome="refused"))
    for number in range(count):
        prev = made[-1] if made else None
        made.append(append(prev, AT, "answer.given", f"問題-ç-{number}", "ab" * 32, deeds[number % 3]))
    for action, subject, digest in after:
        made.append(append(made[-1] if made else None, AT, action, subject, digest))
    return made


def exported(chain: list[Link], since: int = 0, begins: int = 1) -> bytes:
    """The export of a chain of which the entries from `begins` on are there."""
    rows = [(link.seq, link.text.encode(), link.hash) for link in chain if link.seq > since and link.seq >= begins]
    number = rows[0][0] - 1 if rows else since
    return b"".join(lines(rows, since, chain[number - 1].hash if number else START))
