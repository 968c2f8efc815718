"""The objects of a PDF as ReportLab keeps them: a typed view of what its document holds, and objects of known bytes."""

from typing import Any, Protocol, cast

from reportlab.pdfbase.pdfdoc import PDFObject
from reportlab.pdfgen.canvas import Canvas


class Objects(Protocol):
    """What is used here of ReportLab's document; its own stubs say less. The names are its own."""

    Catalog: Any
    Outlines: Any
    info: Any
    delayedFonts: list[Any]  # noqa: N815
    idToObject: dict[str, Any]  # noqa: N815
    idToObjectNumberAndVersion: dict[str, tuple[int, int]]  # noqa: N815
    numberToId: dict[int, str]  # noqa: N815
    pageCounter: int  # noqa: N815

    def Reference(self, obj: PDFObject, name: str | None = None) -> Any:  # noqa: ANN401, N802  # as ReportLab has it
        """Register an object; a reference to it."""

    def addAnnotation(self, name: str, annotation: PDFObject) -> None:  # noqa: N802  # as ReportLab has it
        """Register an annotation."""


def objects_of(canvas: Canvas) -> Objects:
    """The objects of the file that a canvas draws."""
    return cast("Objects", cast("Any", canvas)._doc)  # noqa: SLF001  # ReportLab has no public door to them


def number_of(objects: Objects, thing: PDFObject | str) -> int:
    """The number in the file of an object (registered now if it is new) or of a registered name."""
    name = thing if isinstance(thing, str) else objects.Reference(thing).name
    return objects.idToObjectNumberAndVersion[name][0]


def also_write(thing: Any, **keys: object) -> None:  # noqa: ANN401  # a page or the catalogue
    """Give a dictionary keys that ReportLab would not write: it writes only those it knows."""
    thing.__NoDefault__ = [*thing.__NoDefault__, *keys]
    for key, value in keys.items():
        setattr(thing, key, value)


class Raw(PDFObject):
    """An object whose bytes are known. ReportLab's own dictionaries are far slower, and a paper has thousands."""

    def __init__(self, text: str) -> None:
        self.text = text

    def format(self, _document: object) -> bytes:
        """What ReportLab writes into the file."""
        return self.text.encode("ascii")


def pdf_text(text: str) -> str:
    """A string as PDF writes it, in any script."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex()}>"
