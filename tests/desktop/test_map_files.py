"""The map as a file: `guia map`, the SVG that other programs read, the figure in the plan's PDF."""

import json
import re
from itertools import combinations
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.content import bank, words
from desktop.reports import document as d
from desktop.reports.inks import PAPER
from desktop.reports.map_svg import map_svg
from desktop.reports.pdf import build
from desktop.ui.map.painter import inks
from desktop.ui.theme import LIGHT
from tests.desktop.pdf_reading import one, run
from tests.desktop.test_cli import Ran
from tests.wizards.businesses import answers, drawn
from wizards.content.text import LANGUAGES
from wizards.mapping.drawing.geometry import draw
from wizards.mapping.drawing.picture import Picture

INKS: Final[dict[str, str]] = {str(name): colour for name, colour in PAPER.items()}
SVG: Final = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def guia(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ran:
    """The command `guia` in this process."""
    return Ran(monkeypatch, capsys)


def picture(seed: int, flows: int, lang: str = "en") -> Picture:
    return draw(bank(), drawn(answers(seed, flows, nasty=True)), lang, words(), 760)


@settings(max_examples=25)
@given(st.integers(0, 500), st.sampled_from((0, 1, 8, 80)), st.sampled_from(LANGUAGES))
def test_an_svg_is_well_formed_and_says_everything(seed: int, flows: int, lang: str) -> None:
    made = picture(seed, flows, lang)
    root = fromstring(map_svg(made, "Title & <more>", lang))  # noqa: S314  # our own file
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Title & <more>"
    groups = root.findall(f"{SVG}g")
    assert len(groups) == len(made.ribbons)
    for group, ribbon in zip(groups, made.ribbons, strict=True):
        said = group.findtext(f"{SVG}title")
        assert said is not None
        assert said.replace("\ufffd", "") == re.sub("[\ufffe\uffff]", "", ribbon.said)
    texts = root.findall(f"{SVG}text")
    assert [text.get("textLength") is not None for text in texts] == [label.width > 0 for label in made.labels]
    assert {element.tag for element in root.iter()} <= {
        SVG + n for n in ("svg", "title", "desc", "rect", "path", "g", "text")
    }


def test_the_same_map_gives_the_same_bytes() -> None:
    assert map_svg(picture(3, 20), "x", "pt") == map_svg(picture(3, 20), "x", "pt")


def light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_paper_and_the_light_window_have_the_same_inks() -> None:
    assert {ink: colour.upper() for ink, colour in inks(LIGHT).items()} == PAPER


def test_paper_inks_have_contrast() -> None:
    """Words 4.5 to 1, ribbons and signs 3 to 1 (WCAG 2.2 AA), each against every ground it may lie on."""
    for ground in ("ground", "home-lane", "away-lane", "open-lane", "node"):
        assert all(contrast(INKS[ink], INKS[ground]) >= 4.5 for ink in ("text", "muted"))
    assert contrast(INKS["mark-text"], INKS["mark"]) >= 4.5
    for ink in ("plain", "careful", "delicate", "bare", "border", "mark"):
        assert contrast(INKS[ink], INKS["ground"]) >= 3, ink
    assert all(INKS[a] != INKS[b] for a, b in combinations(("plain", "careful", "delicate", "bare"), 2))


def test_map_writes_an_svg_now_and_after(guia: Ran, tmp_path: Path) -> None:
    given = tmp_path / "a.json"
    given.write_text(guia("sample", "clinic")[1], encoding="utf-8")
    now, after = tmp_path / "now.SVG", tmp_path / "after.svg"
    assert guia("map", given, "--out", now, "--lang", "pt")[0] == 0
    assert guia("map", given, "--out", after, "--after", "--lang", "pt")[0] == 0
    assert '<title id="title">Para onde vão os dados</title>' in now.read_text("utf-8")
    assert now.read_bytes() != after.read_bytes()
    assert "Ainda não se sabe" in now.read_text("utf-8")
    assert "Ainda não se sabe" not in after.read_text("utf-8")


def test_map_of_nothing_says_so(guia: Ran, tmp_path: Path) -> None:
    given, out = tmp_path / "a.json", tmp_path / "m.svg"
    given.write_text(json.dumps({"schema": "guia.answers/1", "answers": {}}), encoding="utf-8")
    assert guia("map", given, "--out", out)[0] == 0
    assert "No flow has been entered yet" in out.read_text("utf-8")


@pytest.mark.parametrize("name", ["m.gif", "m", "svg", "m.svg.txt"])
def test_map_refuses_other_endings_and_leaves_nothing(guia: Ran, tmp_path: Path, name: str) -> None:
    given = tmp_path / "a.json"
    given.write_text(guia("sample", "clinic")[1], encoding="utf-8")
    code, said, told = guia("map", given, "--out", tmp_path / name)
    assert (code, said) == (2, "")
    assert ".svg" in told
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


def test_map_refuses_what_it_cannot_read_or_write(guia: Ran, tmp_path: Path) -> None:
    given = tmp_path / "a.svg"
    given.write_text(guia("sample", "clinic")[1], encoding="utf-8")
    before = given.read_bytes()
    assert guia("map", given, "--out", given)[0] == 2
    assert given.read_bytes() == before
    assert guia("map", given, "--out", tmp_path / "no" / "m.svg")[0] == 2
    assert guia("map", tmp_path / "none.json", "--out", tmp_path / "m.svg")[0] == 2
    (tmp_path / "bad.json").write_text('{"schema": "guia.answers/1", "answers": {"flows": 1}}', encoding="utf-8")
    assert guia("map", tmp_path / "bad.json", "--out", tmp_path / "m.svg")[0] == 2
    assert not (tmp_path / "m.svg").exists()


def test_a_map_in_a_paper_is_a_figure_that_is_said_in_words() -> None:
    made = draw(bank(), drawn(answers(2, 9)), "en", words(), 520)
    pdf = build(one(d.Heading(1, "Map"), d.Drawing(made)))
    tree = run(pdf, "pdfinfo", "-struct-text", "FILE")
    assert tree.count("Figure") == 1
    plain = run(pdf, "qpdf", "--qdf", "--object-streams=disable", "FILE", "-")
    assert made.said.encode("utf-16-be").hex() in plain.lower()
    shown = run(pdf, "pdftotext", "FILE", "-")
    assert all("".join(label.text.split()) in "".join(shown.split()) for label in made.labels)


def test_a_map_too_high_for_a_page_is_made_smaller_and_never_split() -> None:
    high = draw(bank(), drawn(answers(4, 60)), "en", words(), 420, 60)
    assert high.height > 1200
    pdf = build(one(d.Heading(1, "Map"), d.Paragraph("x"), d.Drawing(high), d.Paragraph("y")))
    pages = run(pdf, "pdftotext", "FILE", "-").split("\f")
    heads = [number for number, text in enumerate(pages) if "Whose data" in text]
    assert len(heads) == 1
    assert "Border of Macao" in pages[heads[0]]
