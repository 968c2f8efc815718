"""How a paper falls into pages: nothing cut, nothing alone, one page when one page is asked for."""

import gc
import re
import time

import pytest

from desktop.reports import document as d
from desktop.reports.document import DoesNotFit
from desktop.reports.pdf import build
from desktop.reports.pdf.look import PAGE_WIDTH
from tests.desktop.pdf_reading import LANGS, failures, one, run, sample, spoken, task, words_of

FILLER = d.Paragraph("A line of text that says little but takes its room on the page. " * 3)


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    return run(pdf, "pdftotext", "-layout", "FILE", "-").split("\f")[:-1]


@pytest.mark.parametrize("count", range(8, 22))
def test_a_heading_is_never_the_last_on_its_page(count: int) -> None:
    table = d.Table(("Head", "B"), (("a", "b"),) * 12, caption="Caption")
    pdf = build(one(*[FILLER] * count, d.Heading(2, "Lonely"), table))
    (sheet,) = [text for text in pages(pdf) if "Lonely" in text]
    after = sheet[sheet.index("Lonely") :]
    assert "Caption" in after
    assert "a  " in after


@pytest.mark.parametrize("count", range(9, 16))
def test_a_short_card_stays_whole(count: int) -> None:
    pdf = build(one(*[FILLER] * count, task("en", 7)))
    assert sum("Claims photographs" in text for text in pages(pdf)) == 1


@pytest.mark.parametrize("count", range(9, 22))
def test_a_card_never_leaves_its_title_alone(count: int) -> None:
    points = tuple(("–", f"point{at} says what to do") for at in range(30))
    pdf = build(one(*[FILLER] * count, d.TaskCard("Long", "7", main=("Do", "this first"), points=points)))
    (first,) = [text for text in pages(pdf) if "this first" in text]
    assert "Long" in first
    assert "point2" in first
    assert failures(pdf) == []


def test_a_register_is_read_down_the_left_column_then_down_the_right() -> None:
    entries = tuple((f"term{at:03}", "what it says, in a line or two of the column " * 2) for at in range(200))
    pdf = build(one(d.Register((("Group", entries[:90]), ("Other", entries[90:])))))
    terms = [word for word in words_of(pdf) if word.text.startswith("term")]
    placed = sorted(terms, key=lambda word: (word.page, word.left > PAGE_WIDTH / 2, word.top))
    assert [word.text for word in placed] == [term for term, _ in entries]
    assert re.findall(r"term\d+", spoken(pdf)) == [term for term, _ in entries]
    assert failures(pdf) == []


def test_a_long_card_goes_on() -> None:
    fields = tuple((f"Label{at}", "text " * 120) for at in range(12))
    pdf = build(one(d.TaskCard("Long", fields=fields)))
    sheets = pages(pdf)
    assert len(sheets) > 1
    assert all(any(f"Label{at}" in text for text in sheets) for at in range(12))
    assert failures(pdf) == []


def test_a_row_taller_than_a_page_is_split() -> None:
    pdf = build(one(d.Table(("A", "B"), (("x", "y"), ("long " * 3000, "short"), ("p", "q")))))
    assert run(pdf, "pdftotext", "FILE", "-").count("long") == 3000
    assert failures(pdf) == []


def test_five_hundred_rows() -> None:
    rows = tuple((f"row{at}", "資料 text " * 4, "x") for at in range(500))
    start = time.perf_counter()
    pdf = build(one(d.Table(("A", "B", "C"), rows, (1, 3, 1))))
    assert time.perf_counter() - start < 5
    found = {word.text for word in words_of(pdf)}
    assert {f"row{at}" for at in range(500)} <= found


def test_page_numbers_draft_and_title() -> None:
    sheets = pages(build(sample("en", footer="Page {page} of {pages}", draft="DRAFT")))
    assert all("DRAFT" in text for text in sheets)
    for number, text in enumerate(sheets[1:], 2):
        assert f"Page {number} of {len(sheets)}" in text
        assert "Plan for Harbour Brokers" in text


def test_a_new_page_begins_one() -> None:
    assert len(pages(build(one(FILLER, d.Heading(1, "A", new_page=True), d.Heading(1, "B", new_page=True))))) == 3


def test_a_row_with_too_many_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="cells"):
        build(one(d.Table(("A",), (("a", "b"),))))


@pytest.mark.parametrize("lang", LANGS)
def test_one_page_is_one_page(lang: d.Lang) -> None:
    blocks: tuple[d.Block, ...] = (d.Heading(1, "A"), *[task(lang, at) for at in range(1, 7)])
    assert len(pages(build(d.Document(title="T", lang=lang, blocks=blocks)))) == 2
    pdf = build(d.Document(title="T", lang=lang, blocks=blocks, one_page=True))
    assert len(pages(pdf)) == 1
    assert failures(pdf) == []


def test_one_page_that_cannot_be() -> None:
    assert gc.isenabled()
    with pytest.raises(DoesNotFit):
        build(d.Document(title="T", lang="en", blocks=(FILLER,) * 60, one_page=True))
    assert gc.isenabled(), "the collector rests only while a paper is made"


def test_an_empty_paper_is_a_page() -> None:
    pdf = build(one())
    assert len(pages(pdf)) == 1
    assert failures(pdf) == []


@pytest.mark.parametrize(
    "block",
    [
        d.Bullets(()),
        d.Facts(()),
        d.Table(("A", "B"), ()),
        d.Table(("", ""), (("", ""),)),
        d.Paragraph(""),
        d.Callout("note", ""),
        d.TaskCard("", chips=("",), fields=(("", ""),)),
        d.TaskCard("", main=("", ""), points=(("", ""),) * 3),
        d.Register(()),
        d.Register((("", ()), ("", (("", ""),)))),
        d.Facts((("", ""),)),
        d.Cover(""),
        d.Heading(1, ""),
        d.Code(""),
    ],
)
def test_empty_blocks_break_nothing(block: d.Block) -> None:
    assert failures(build(one(block, FILLER))) == []
