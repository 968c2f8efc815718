"""Reading PDFs with other programs' eyes (poppler, a validator), and a small paper in each language. No tests here."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import page
import pytest
from msgspec import structs

from desktop.content import bank, words
from desktop.reports import document as d
from tests.wizards.businesses import answers, drawn
from wizards.mapping.drawing.geometry import draw

CODE = "tulip-harbor-4821-quiet-stone-lantern"
SCAN = "GUIA-TEST/0123456789ABCDEF:2026-11-26T04:12:16.123456Z"
LAW = "https://bo.io.gov.mo/bo/i/2005/34/lei08.asp"
WORDS = {
    "en": ("Plan for Harbour Brokers", "Claims photographs leave Macao (Article 7). Move them home.", "Why"),
    "zh-Hant": ("海港保險經紀的計劃", "賠償相片離開澳門（第七條）。請搬回Nextcloud，再寫低日期。", "原因"),
    "pt": (
        "Plano da Harbour, Corretores",
        "As fotografias saem de Macau (artigo 7.º). À saída, não há via: acção já.",
        "Porquê",
    ),
}
LANGS: tuple[d.Lang, ...] = ("en", "zh-Hant", "pt")


def sample(lang: d.Lang, **changes: object) -> d.Document:
    """A paper with every kind of block."""
    title, text, label = WORDS[lang]
    blocks: tuple[d.Block, ...] = (
        d.Cover(title, subtitle=text, business=label, lines=((label, "2026-11-23"),), note=text),
        d.Heading(1, label, new_page=True, lead="1"),
        d.Paragraph(text, "lead"),
        d.Callout("verdict", title, text, (text, text)),
        d.Callout("warning", title, text),
        d.Callout("note", title),
        d.Heading(2, title),
        d.Paragraph((d.Span(text), d.Span(title, strong=True), d.Span(" "), d.Span(label, url=LAW), d.Span(text))),
        d.Bullets((text, title)),
        d.Bullets((text, title), numbered=True),
        d.Heading(3, text),
        d.Facts(((label, text), (title, "1"))),
        d.Paragraph(text, "small"),
        d.Paragraph(text, "muted"),
        d.Rule(),
        d.Table((label, title), tuple((f"{number}", text) for number in range(60)), (1, 4), title, row_heads=True),
        d.Register(((title, ((label, text), ((d.Span(title, url=LAW),), text))), ("", ((text, title),)))),
        task(lang, 1),
        task(lang, 2, done=True),
        d.Drawing(draw(bank(), drawn(answers(7, 12, nasty=True)), lang, words(), 520)),
        d.Code(CODE),
        d.Scan(SCAN, text, title, CODE, (text, title)),
    )
    plain = d.Document(
        title=title, lang=lang, blocks=blocks, business=label, subject=text, keywords=(label,), draft="X"
    )
    return structs.replace(plain, **changes)


def task(lang: d.Lang, number: int, *, done: bool = False) -> d.TaskCard:
    """A card with all its parts."""
    title, text, label = WORDS[lang]
    fields = ((label, text), (label, text * 3))
    return d.TaskCard(
        title=title,
        number=f"{number}",
        done=done,
        chips=(label, "2026"),
        main=(label, text),
        points=(("–", text), ("1.", title), ("–", text)),
        fields=(*fields, (label, (d.Span(title, url=LAW), d.Span(label, url=LAW)))),
    )


def one(*blocks: d.Block, lang: d.Lang = "en") -> d.Document:
    """A paper with just these blocks."""
    return d.Document(title="T", lang=lang, blocks=blocks)


def failures(pdf: bytes, profile: str = "ua1") -> list[str]:
    """What a validator finds against a norm."""
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile(profile))
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def run(pdf: bytes, *command: str) -> str:
    """What a program of poppler or qpdf says of a PDF; FILE stands for it in the command."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "paper.pdf")
        file.write_bytes(pdf)
        fixed = [str(file) if word == "FILE" else word for word in command]
        return subprocess.run(fixed, check=True, capture_output=True, timeout=30).stdout.decode("utf-8", "replace")


def text_of(pdf: bytes) -> str:
    """All its text without white space, in the order it is written."""
    return "".join(run(pdf, "pdftotext", "-raw", "FILE", "-").split())


def spoken(pdf: bytes) -> str:
    """What its tags hold, as a screen reader goes through it: spaces and all, header and footer left out."""
    lines = run(pdf, "pdfinfo", "-struct-text", "FILE").splitlines()
    return "".join("".join(re.findall(r'^ *"(.*)"$', line)) for line in lines)


def scanned(pdf: bytes) -> list[str]:
    """What a telephone would read: the text of each QR code, page after page, as printed at 150 dots an inch.

    The test is left out where there is no program for it, but never where everything is tested (CI).
    """
    if shutil.which("zbarimg") is None:
        if os.environ.get("CI"):
            pytest.fail("zbarimg is missing: packaging/system.sh test installs it")
        pytest.skip("zbarimg is not here: it reads the QR codes of this test")
    with TemporaryDirectory() as folder:
        file = Path(folder, "paper.pdf")
        file.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", "150", "-gray", file, Path(folder, "page")], check=True, timeout=30)
        pictures = sorted(Path(folder).glob("page*"))
        command = ["zbarimg", "--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", *map(str, pictures)]
        found = subprocess.run(command, check=False, capture_output=True, timeout=60)
    assert found.returncode in {0, 4}, found.stderr  # 4: no code in any picture
    return found.stdout.decode().splitlines()


class Word(NamedTuple):
    """A word where it stands: page (from 1), edges in points from the top left."""

    page: int
    left: float
    top: float
    right: float
    low: float
    text: str


def words_of(pdf: bytes) -> list[Word]:
    """Every word and its place."""
    found = []
    number = 0
    for line in run(pdf, "pdftotext", "-bbox", "FILE", "-").splitlines():
        number += "<page " in line
        match = re.search(r'xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)">(.*)</word>', line)
        if match:
            left, top, right, low = (float(edge) for edge in match.groups()[:4])
            found.append(Word(number, left, top, right, low, match[5]))
    return found
