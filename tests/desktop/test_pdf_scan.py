"""A QR code on a page: another program reads it, a screen reader hears what it is, and it is never cut in two."""

import io
import re

import pikepdf
import pytest

from desktop.reports import document as d
from desktop.reports.pdf import build
from desktop.reports.pdf.square import Square
from desktop.reports.pdf.tagging import Node
from tests.desktop.pdf_reading import LANGS, SCAN, WORDS, one, run, sample, scanned, words_of


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_printed_is_scanned(lang: d.Lang) -> None:
    assert scanned(build(sample(lang))) == [SCAN]


def test_it_is_a_figure_that_is_said_in_words() -> None:
    pdf = build(one(d.Scan(SCAN, "A code to scan", "Title", "LINE", ("Item",))))
    assert re.search(r"Figure:\n +/Placement /Block\n +/BBox", run(pdf, "pdfinfo", "-struct", "FILE"))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        tags = [tag for tag in opened.objects if isinstance(tag, pikepdf.Dictionary) and tag.get("/S") == "/Figure"]
        assert [str(tag.Alt) for tag in tags] == ["A code to scan"]
    text = run(pdf, "pdfinfo", "-struct-text", "FILE")
    assert text.index("Title") < text.index("LINE") < text.index("Item")


def test_it_moves_to_the_next_page_whole() -> None:
    for lines in range(40, 60):
        pdf = build(one(*[d.Paragraph("x")] * lines, d.Scan(SCAN, "A", "Title", "LINE", (WORDS["en"][1],) * 3)))
        assert len({word.page for word in words_of(pdf) if word.text in {"Title", "LINE", "Claims"}}) == 1


def test_only_plain_text_becomes_one() -> None:
    with pytest.raises(ValueError, match="ASCII"):
        Square("日誌", Node("Figure"))
