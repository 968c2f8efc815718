"""A paper as other programs see it: norms, tags, fonts, outline, links, tick boxes; the same bytes each time."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from msgspec import structs

from desktop.reports import document as d
from desktop.reports.pdf import build
from tests.desktop.pdf_reading import LANGS, LAW, WORDS, failures, one, run, sample, text_of


@pytest.mark.parametrize("lang", LANGS)
def test_follows_the_norms(lang: d.Lang) -> None:
    pdf = build(sample(lang))
    assert failures(pdf, "ua1") == []
    assert failures(pdf, "3a") == []
    assert "No syntax or stream encoding errors" in run(pdf, "qpdf", "--check", "FILE")


@pytest.mark.parametrize("lang", LANGS)
def test_says_all_its_words(lang: d.Lang) -> None:
    found = text_of(build(sample(lang)))
    for words in WORDS[lang]:
        assert "".join(words.split()) in found


@pytest.mark.parametrize("lang", LANGS)
def test_fonts_are_inside(lang: d.Lang) -> None:
    lines = run(build(sample(lang)), "pdffonts", "FILE").splitlines()[2:]
    assert lines
    assert all(re.search(r"\+NotoSansTC\S* .* yes yes yes ", line) for line in lines)


def test_tags_are_in_reading_order() -> None:
    tree = run(build(sample("en")), "pdfinfo", "-struct", "FILE")
    kinds = re.findall(r"^ *([A-Z]\w*)", tree, re.MULTILINE)
    assert kinds[:3] == ["Document", "Sect", "P"]
    for kind in (
        "H1",
        "H2",
        "H3",
        "H4",
        "P",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "Caption",
        "TR",
        "TH",
        "TD",
        "Link",
        "Form",
        "Figure",
    ):
        assert kind in kinds, kind
    assert kinds.count("TR") == 61
    assert "/Scope /Column" in tree
    assert "/Scope /Row" in tree


def test_the_head_of_a_table_is_tagged_once_and_drawn_on_each_page() -> None:
    pdf = build(one(d.Table(("Headword", "B"), (("a", "b"),) * 90)))
    assert run(pdf, "pdfinfo", "-struct-text", "FILE").count("Headword") == 1
    pages = run(pdf, "pdftotext", "FILE", "-").split("\f")
    assert len(pages) > 3
    assert all("Headword" in text for text in pages[:-1])


def test_title_language_and_day() -> None:
    pdf = build(sample("pt", day=date(2026, 11, 23)))
    info = run(pdf, "pdfinfo", "-isodates", "FILE")
    assert "Plano da Harbour, Corretores" in info
    assert "2026-11-23T00:00:00" in info
    plain = run(pdf, "qpdf", "--qdf", "--object-streams=disable", "FILE", "-")
    for part in ("/Lang (pt-PT)", "/DisplayDocTitle true", "/Marked true", "/Tabs /S"):
        assert part in plain


def test_outline_never_skips_a_level() -> None:
    pdf = build(one(d.Heading(2, "First"), d.Heading(3, "Under"), d.Heading(1, "Top"), d.Heading(3, "Deep")))
    assert failures(pdf) == []
    plain = run(pdf, "qpdf", "--qdf", "--object-streams=disable", "FILE", "-")
    assert plain.count("/Title") >= 4


def test_links_lead_out_and_only_where_allowed() -> None:
    good = (LAW, "http://example.mo/(a)", "mailto:dpo@example.mo")
    bad = ("javascript:alert(1)", "file:///etc/passwd", "https://a b", "https://x\n", "data:text/html,x", "HTTPS:")
    spans = tuple(d.Span(f"word{at} ", url=url) for at, url in enumerate(good + bad))
    pdf = build(one(d.Paragraph(spans)))
    assert failures(pdf) == []
    plain = run(pdf, "qpdf", "--qdf", "--object-streams=disable", "FILE", "-")
    assert plain.count("/URI (") == len(good)
    assert plain.count("/S /URI") == len(good)
    assert LAW in plain
    assert "javascript" not in plain
    assert "word8" in text_of(pdf)


def test_tick_boxes_are_fields_with_a_name() -> None:
    card = d.TaskCard("Move it", "1")
    pdf = build(one(card, structs.replace(card, done=True), structs.replace(card, tick=False)))
    plain = run(pdf, "qpdf", "--qdf", "--object-streams=disable", "FILE", "-")
    assert plain.count("/FT /Btn") == 2
    assert plain.count("/AS /Yes") == 1
    assert plain.count("/TU") == 2
    assert failures(pdf) == []


def test_same_paper_same_bytes_in_any_thread() -> None:
    papers = [sample(lang) for lang in LANGS]
    first = [build(paper) for paper in papers]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(build, papers)) == first
    assert build(sample("en", title="Other")) != first[0]


def test_same_bytes_in_another_process() -> None:
    script = "import sys; from tests.desktop.pdf_reading import sample; from desktop.reports.pdf import build;"
    script += "sys.stdout.buffer.write(build(sample('zh-Hant')))"
    env = {"PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1", "TZ": "Asia/Macau"}
    other = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, env=env, timeout=30)
    assert other.stdout == build(sample("zh-Hant"))


def test_nothing_heavy_is_imported_before_a_paper_is_made() -> None:
    script = "import sys, desktop.reports.document, desktop.reports.pdf; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=30).returncode == 0
