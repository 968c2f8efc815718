"""Make the small faces in resources/fonts from the full ones, so that a paper opens only what its text needs.

Run by hand when the full faces or the sets below change: `python packaging/subset_fonts.py` (wants fonttools, which
Guia itself does not need). The results are in the repository; the same input gives the same bytes. Each small face
holds only characters that the full face holds, under the same name ("Source" is the reserved name of its licence,
"Noto" is not).
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
WEIGHTS = ("Regular", "Bold")
# letters with marks, punctuation, super- and subscripts, currency, letterlike, arrows, mathematics, boxes and shapes
LATIN = ((0x20, 0x24F), (0x2B0, 0x36F), (0x1E00, 0x1EFF), (0x2000, 0x22FF), (0x2500, 0x26FF), (0x2700, 0x27FF))
# Chinese punctuation, zhuyin, enclosed and full-width forms, beside the first level of Big5
CHINESE = ((0x3000, 0x303F), (0x3105, 0x312F), (0x3200, 0x33FF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))
# written every day in Macao and outside that first level
CANTONESE = (
    "咗哋唔喺嘅嘢嚟冇啲嗰咁佢乜噉囉喎咩啱揾搵攞俾畀嘥瞓嗌睇咪嗱曬晒掂"
    "唞諗屋企鎖匙靚仔冚唥嬲裏裡着峯羣啓滙凼氹仔圍街黑沙筷"
)


def spans(*ranges: tuple[int, int]) -> set[int]:
    """All code points of inclusive ranges."""
    return {code for first, last in ranges for code in range(first, last + 1)}


def big5_level_1() -> set[int]:
    """The punctuation and the 5,401 everyday characters of Big5."""
    found = set()
    for lead in range(0xA1, 0xC7):
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            if lead < 0xC6 or trail <= 0x7E:
                found.update(map(ord, bytes((lead, trail)).decode("big5", "ignore")))
    return found


def write_subset(weight: str, name: str, codes: set[int]) -> None:
    """Write resources/fonts/NotoSansTC-NAME-WEIGHT.ttf."""
    font = TTFont(FONTS / f"NotoSansTC-{weight}.ttf", recalcTimestamp=False)
    options = Options(layout_features=[], hinting=False, notdef_outline=True, glyph_names=False, recalc_timestamp=False)
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.save(FONTS / f"NotoSansTC-{name}-{weight}.ttf")


def main() -> None:
    """Write the Latin and the common Chinese face in both weights."""
    latin = spans(*LATIN)
    common = latin | spans(*CHINESE) | big5_level_1() | set(map(ord, CANTONESE))
    for weight in WEIGHTS:
        write_subset(weight, "latin", latin)
        write_subset(weight, "common", common)


if __name__ == "__main__":
    main()
