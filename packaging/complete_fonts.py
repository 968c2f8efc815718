"""Complete the full faces in resources/fonts with the simplified characters of GB 2312 that they lack.

Member lists, groups and forms exported from DingTalk are often written in simplified characters; a plan must print
them. Noto Sans TC lacks about a third of them, Noto Sans SC of the same design and size has them. Run by hand, once for
each new edition, before subset_fonts.py: `python packaging/complete_fonts.py FOLDER` (wants fonttools), where FOLDER
holds the static NotoSansSC_400Regular.ttf and NotoSansSC_700Bold.ttf (npm package @expo-google-fonts/noto-sans-sc).
Whatever a face holds already stays as it is.
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FACES = {"Regular": "NotoSansSC_400Regular.ttf", "Bold": "NotoSansSC_700Bold.ttf"}


def gb2312() -> set[int]:
    """The characters of GB 2312, both levels."""
    pairs = (bytes((lead, trail)) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF))
    return {ord(char) for pair in pairs for char in pair.decode("gb2312", "ignore")}


def complete(face: TTFont, donor: TTFont, codes: set[int]) -> int:
    """Give `face` the outlines of `donor` for those of `codes` that it lacks; how many there were."""
    if face["head"].unitsPerEm != donor["head"].unitsPerEm:
        raise SystemExit("The two faces have different sizes; nothing was written.")
    have, known = face.getBestCmap(), donor.getBestCmap()
    lacking = sorted(code for code in codes - have.keys() if code in known)
    order = list(face.getGlyphOrder())
    for code in lacking:
        glyph, name = donor["glyf"][known[code]], f"gb{code:04X}"
        if glyph.isComposite():
            raise SystemExit(f"U+{code:04X} is made of other glyphs; nothing was written.")
        order.append(name)
        face["glyf"].glyphs[name] = glyph
        face["hmtx"][name] = donor["hmtx"][known[code]]
        if "vmtx" in face:
            face["vmtx"][name] = donor["vmtx"][known[code]]
        for table in face["cmap"].tables:
            if table.isUnicode() and table.format != 14:  # that one is of variants
                table.cmap[code] = name
    face.setGlyphOrder(order)
    face["glyf"].setGlyphOrder(order)
    return len(lacking)


def main() -> None:
    """Complete both weights in place."""
    folder = Path(sys.argv[1])
    for weight, name in FACES.items():
        file = FONTS / f"NotoSansTC-{weight}.ttf"
        face = TTFont(file, recalcTimestamp=False)
        added = complete(face, TTFont(folder / name), gb2312())
        face.save(file)
        print(f"{file.name}: {added} characters added")


if __name__ == "__main__":
    main()
