"""The file itself: objects packed and compressed, so that a tagged paper is hardly larger than an untagged one.

ReportLab can only write objects one by one in clear; a thousand tags triple a file then. This takes ReportLab's objects
and writes them as PDF 1.5 and later allow, with object streams and a cross-reference stream. No clock, no chance.
"""

import struct
import zlib

from reportlab.pdfbase.pdfdoc import PDFStream
from reportlab.pdfbase.pdfdoc import format as formatted
from reportlab.pdfgen.canvas import Canvas

from desktop.reports.pdf.objects import Objects, number_of, objects_of

_PACK = 200


def file_of(canvas: Canvas, identity: bytes) -> bytes:
    """The bytes of the file. All pages are shown already; `identity` (16 bytes) names the file."""
    doc = objects_of(canvas)
    for font in doc.delayedFonts:
        font.addObjects(doc)
    root, info = doc.Reference(doc.Catalog), doc.Reference(doc.info)
    doc.Outlines.prepare(doc, canvas)
    if doc.Outlines.ready < 0:
        doc.Catalog.Outlines = None
    loose, packed = _objects(doc)
    mark = identity.hex()
    trailer = f"/Root {number_of(doc, root.name)} 0 R/Info {number_of(doc, info.name)} 0 R/ID[<{mark}><{mark}>]"
    return _written(loose, packed, trailer)


def _objects(doc: Objects) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """Streams, and everything else, by number. Writing one object may bring more."""
    loose, packed = {}, {}
    number = 1
    while number in doc.numberToId:
        body = doc.idToObject[doc.numberToId[number]]
        if isinstance(body, PDFStream):
            loose[number] = _loose(body, doc)
        else:
            packed[number] = formatted(body, doc, toplevel=1).strip(b"\n")
        number += 1
    return loose, packed


def _loose(stream: PDFStream, doc: Objects) -> bytes:
    """A stream of ReportLab's, with the line end before `endstream` that PDF/A wants."""
    written: bytes = formatted(stream, doc, toplevel=1).removesuffix(b"endstream\n")
    if written.endswith(b"\r"):
        # some readers take that byte for part of the line end; one byte more of content changes it
        content = stream.content
        stream.content = content + ("\n" if isinstance(content, str) else b"\n")
        if "Length1" in stream.dictionary.dict:
            stream.dictionary["Length1"] = len(stream.content)
        written = formatted(stream, doc, toplevel=1).removesuffix(b"endstream\n")
    return written + b"\nendstream"


def _stream(entries: str, content: bytes) -> bytes:
    body = zlib.compress(content, 9)
    if body.endswith(b"\r") and "/ObjStm" in entries:
        body = zlib.compress(content + b"\n", 9)
    return f"<<{entries}/Filter/FlateDecode/Length {len(body)}>>\nstream\n".encode() + body + b"\nendstream"


def _written(loose: dict[int, bytes], packed: dict[int, bytes], trailer: str) -> bytes:
    """Header, streams, packs, and the table of where each object is."""
    size = 1 + len(loose) + len(packed)
    places = {0: (0, 0, 65535)}
    bodies = dict(loose)
    waiting = list(packed)
    for start in range(0, len(waiting), _PACK):
        pack = waiting[start : start + _PACK]
        for index, number in enumerate(pack):
            places[number] = (2, size, index)
        bodies[size] = _pack([(number, packed[number]) for number in pack])
        size += 1
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    for number, body in bodies.items():
        places[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    begin = len(out)
    places[size] = (1, begin, 0)
    table = b"".join(struct.pack(">BIH", *places[number]) for number in range(size + 1))
    xref = _stream(f"/Type/XRef/Size {size + 1}/W[1 4 2]{trailer}", table)
    out += b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (size, xref, begin)
    return bytes(out)


def _pack(objects: list[tuple[int, bytes]]) -> bytes:
    """One object stream."""
    index, at = [], 0
    for number, body in objects:
        index.append(f"{number} {at}")
        at += len(body) + 1
    head = (" ".join(index) + "\n").encode()
    return _stream(f"/Type/ObjStm/N {len(objects)}/First {len(head)}", head + b"\n".join(body for _, body in objects))
