"""The PDF of every sample in every language: time from the command to the file, against loading ReportLab alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.benchmarks.measure import Ratio, alternating, program, thrown_away

LANGUAGES: Final = ("en", "zh-Hant", "pt")
ROUNDS: Final = 2


def measure() -> Iterator[Ratio]:
    with thrown_away() as place:
        home = str(place)
        loaded = program("-c", "import reportlab.platypus", home=home)
        for name in program("-m", "desktop", "sample", "--list", home=home)().split():
            for lang in LANGUAGES:
                answers, out = place / f"{name}-{lang}.json", place / f"{name}-{lang}.pdf"
                sample = program("-m", "desktop", "sample", name, "--lang", lang, home=home)
                answers.write_text(sample(), "utf-8")
                made = program("-m", "desktop", "plan", str(answers), "--lang", lang, "--out", str(out), home=home)
                ratio, ours, _ = alternating(made, loaded, ROUNDS)
                told = f"{ours:.2f} s, {out.stat().st_size / 1000:.0f} kB, {pages(out)} pages"
                yield Ratio(f"plan of {name}, {lang}", ratio, "loading ReportLab", told=told)


def pages(paper: Path) -> int:
    import pikepdf

    with pikepdf.open(paper) as opened:
        return len(opened.pages)
