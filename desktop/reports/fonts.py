"""The faces of a paper: which one its text needs, opened once, embedded so that its text can be copied and read aloud.

The only place that reads resources/fonts. Imports ReportLab, so it is imported only when a PDF is made.
"""

from collections.abc import Collection
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

# smallest first; each covers all that the one before it covers
FAMILIES = ("latin-", "common-", "")


class Embedded(TTFont):
    """A face whose embedded parts name their characters rightly, above U+FFFF too, and never name U+0000."""

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401, N802  # as ReportLab has it
        """Called by ReportLab as the file is closed: write each part (of up to 256 characters) of this face."""
        parts = [list(part) for part in self.state[doc].subsets]
        super().addObjects(doc)
        maps = [obj for name, obj in doc.idToObject.items() if name.startswith("toUnicodeCMap:")][-len(parts) :]
        for stream, part in zip(maps, parts, strict=True):
            stream.content = _unicode_map(part)


def _unicode_map(part: list[int]) -> str:
    """The ToUnicode table of one part. ReportLab 5.1 writes those above U+FFFF in five digits, which names others."""
    pairs = [(code, chr(char).encode("utf-16-be").hex().upper()) for code, char in enumerate(part) if char]
    blocks = []
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        lines = "\n".join(f"<{code:02X}> <{text}>" for code, text in block)
        blocks.append(f"{len(block)} beginbfchar\n{lines}\nendbfchar")
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def",
            "1 begincodespacerange\n<00> <FF>\nendcodespacerange",
            *blocks,
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend",
        )
    )


class Face:
    """One weight: the name the canvas knows it by, and the widths of its characters in thousandths of the size."""

    def __init__(self, name: str, widths: dict[int, float]) -> None:
        self.name, self.widths = name, widths
        self._sized: dict[tuple[float, float], Sized] = {}

    def sized(self, size: float, spread: float) -> "Sized":
        """How wide each character is at that size, with that much room added."""
        found = self._sized.get((size, spread))
        if found is None:
            found = self._sized[size, spread] = Sized(self.widths, size, spread)
        return found


class Sized(dict[str, float]):
    """Widths of characters in points, worked out when first asked for; a line break has none."""

    def __init__(self, widths: dict[int, float], size: float, spread: float) -> None:
        super().__init__({"\n": 0.0})
        self._widths, self._size, self._spread = widths, size / 1000, spread

    def __missing__(self, char: str) -> float:
        width = self[char] = self._widths[ord(char)] * self._size + self._spread
        return width


class Faces(NamedTuple):
    """The two weights of a paper; both hold the same characters."""

    regular: Face
    bold: Face


@cache
def _face(family: str, weight: str) -> Face:
    name = f"NotoSansTC-{family}{weight}"
    font = Embedded(name, BytesIO(files("resources").joinpath("fonts", f"{name}.ttf").read_bytes()))
    # ReportLab takes faces of one inner name for one face, and the small faces have the name of the full one
    font.face.name = name.encode()
    pdfmetrics.registerFont(font)
    return Face(name, font.face.charWidths)


def faces_for(characters: Collection[str]) -> Faces:
    """The smallest faces that hold all of `characters`; the largest when none does."""
    codes = set(map(ord, characters))
    family = next((name for name in FAMILIES if codes <= _face(name, "Regular").widths.keys()), FAMILIES[-1])
    return Faces(_face(family, "Regular"), _face(family, "Bold"))
