"""The press: lays a paper out, draws it, and closes the file. One paper at a time, for ReportLab's fonts are global."""

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, cast

import msgspec
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream, PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from desktop.reports.document import Document, DoesNotFit
from desktop.reports.fonts import Faces, faces_for
from desktop.reports.pdf.closing import file_of
from desktop.reports.pdf.look import PAGE_HEIGHT, PAGE_WIDTH
from desktop.reports.pdf.objects import Raw, also_write, number_of, objects_of
from desktop.reports.pdf.pages import Page, draw_page, lay_out
from desktop.reports.pdf.passport import LOCALES, PRODUCER, labelled, made_on, srgb_profile, xmp
from desktop.reports.pdf.pen import Pen
from desktop.reports.pdf.plain import characters
from desktop.reports.pdf.setter import Setter
from desktop.reports.pdf.tagging import Structure

_ONE_AT_A_TIME = Lock()
# what a one-page paper may be scaled to, largest first: it is read on a wall or by hand
_SCALES = (1.2, 1.1, 1.0, 0.96, 0.92, 0.88, 0.84, 0.8)


def press(document: Document) -> bytes:
    """The bytes of the PDF. DoesNotFit: one page was asked for and is not enough."""
    with _ONE_AT_A_TIME, _uncollected():
        faces = faces_for(characters([*_strings(msgspec.to_builtins(document)), "[U+0123456789ABCDEF]•"]))
        for scale in _SCALES if document.one_page else (1.0,):
            setter = Setter(document, faces, scale)
            structure = Structure()
            pages = lay_out(document, setter, structure.root)
            if len(pages) == 1 or not document.one_page:
                return _print(document, setter, structure, pages)
    raise DoesNotFit(document.title)


@contextmanager
def _uncollected() -> Iterator[None]:
    """A paper is a hundred thousand small parts without circles: looking through them halts the window for a frame."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _strings(value: object) -> Iterator[str]:
    """Every string in a plain value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)


def _print(document: Document, setter: Setter, structure: Structure, pages: list[Page]) -> bytes:
    canvas = _canvas(labelled(document), setter.faces)
    doc = objects_of(canvas)
    pen = Pen(canvas, structure)
    for number, page in enumerate(pages):
        pen.page = number
        draw_page(page, pen, document, setter, len(pages))
        canvas.showPage()
        leaf = doc.idToObject[f"Page{number + 1}"]
        # ReportLab would write it as text (base 85), a quarter larger and slow
        leaf.Contents = PDFStream(content=leaf.stream, filters=[PDFZCompress])
        also_write(leaf, StructParents=number, Tabs=PDFName("S"))
    structure.write(doc, len(pages))
    if pen.boxes:
        fields = " ".join(f"{number_of(doc, f'Annot.{name}')} 0 R" for name in pen.boxes)
        doc.Catalog.AcroForm = Raw(f"<</Fields [{fields}]>>")
    return file_of(canvas, hashlib.sha256(repr(document).encode()).digest()[:16])


def _canvas(document: Document, faces: Faces) -> Canvas:
    """A canvas that knows title, language and day, and nothing of clocks or chance."""
    canvas = Canvas(
        "",
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 7),
        initialFontName=cast("Any", faces.regular.name),  # its stub asks for a number
        lang=LOCALES[document.lang],
    )
    canvas.setTitle(document.title)
    canvas.setAuthor(document.business)
    canvas.setSubject(document.subject)
    canvas.setKeywords(", ".join(document.keywords))
    canvas.setCreator("Guia")
    canvas.setProducer(PRODUCER)
    doc = objects_of(canvas)
    day = made_on(document)
    doc.info._dateFormatter = lambda *_: f"D:{day:%Y%m%d}000000Z"  # noqa: SLF001  # no clock, no environment
    catalog = doc.Catalog
    catalog.ViewerPreferences = Raw("<</DisplayDocTitle true>>")
    catalog.PageMode = PDFName("UseOutlines")
    catalog.Metadata = PDFStream(PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}), xmp(document))
    profile = PDFStream(PDFDictionary({"N": 3}), srgb_profile(), [PDFZCompress])
    intent = f"/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)/DestOutputProfile {number_of(doc, profile)} 0 R"
    also_write(catalog, OutputIntents=Raw(f"[<</Type/OutputIntent{intent}>>]"))
    return canvas
