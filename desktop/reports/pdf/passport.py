"""What the file says of itself: title, language, day, the norms it follows, and what its colours mean."""

import struct
from datetime import date
from html import escape

from msgspec import structs

from desktop.reports.document import Document
from desktop.reports.pdf.plain import visible

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{business}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate><xmp:CreatorTool>Guia</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer><pdf:Keywords>{keywords}</pdf:Keywords>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""

PRODUCER = "Guia, with ReportLab"
LOCALES = {"en": "en-GB", "zh-Hant": "zh-Hant-MO", "pt": "pt-PT"}


def labelled(document: Document) -> Document:
    """The same paper; what is said of it outside its pages is on one line and holds nothing that might be obeyed."""
    return structs.replace(
        document,
        title=_label(document.title),
        business=_label(document.business),
        subject=_label(document.subject),
        keywords=tuple(map(_label, document.keywords)),
    )


def _label(text: str) -> str:
    return " ".join(visible(text, range(0x110000)).split())


def made_on(document: Document) -> date:
    """The day of making; without one, a day that is always the same."""
    return document.day or date(2000, 1, 1)


def xmp(document: Document) -> bytes:
    """The metadata packet of a labelled paper: PDF/UA-1 and PDF/A-3a."""
    return _XMP.format(
        title=escape(document.title),
        business=escape(document.business),
        subject=escape(document.subject),
        keywords=escape(", ".join(document.keywords)),
        lang=LOCALES[document.lang],
        day=f"{made_on(document).isoformat()}T00:00:00Z",
        producer=PRODUCER,
    ).encode()


def srgb_profile() -> bytes:
    """A small ICC profile of the sRGB colours (IEC 61966-2-1), made from their definition."""

    def fixed(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    def level(value: float) -> int:
        linear = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        return round(linear * 65535)

    name = b"sRGB\0"
    curve = (
        b"curv" + bytes(4) + struct.pack(">I", 256) + b"".join(struct.pack(">H", level(i / 255)) for i in range(256))
    )
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", len(name)) + name + bytes(78),
        b"cprt": b"text" + bytes(4) + b"No copyright, use freely\0",
        b"wtpt": b"XYZ " + bytes(4) + fixed(0.9642, 1, 0.8249),
        b"rXYZ": b"XYZ " + bytes(4) + fixed(0.43607, 0.22249, 0.01392),
        b"gXYZ": b"XYZ " + bytes(4) + fixed(0.38515, 0.71687, 0.09708),
        b"bXYZ": b"XYZ " + bytes(4) + fixed(0.14307, 0.06061, 0.7141),
        b"rTRC": curve,
    }
    table, body, start = [], b"", 132 + 12 * (len(tags) + 2)
    for tag, content in tags.items():
        names = (b"rTRC", b"gTRC", b"bTRC") if tag == b"rTRC" else (tag,)
        table += [each + struct.pack(">II", start + len(body), len(content)) for each in names]
        body += content + bytes(-len(content) % 4)
    size = start + len(body)
    moment = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    head = struct.pack(">I4sI", size, bytes(4), 0x02100000) + b"mntrRGB XYZ " + moment + b"acsp" + bytes(28)
    head += fixed(0.9642, 1, 0.8249) + bytes(48)
    return head + struct.pack(">I", len(table)) + b"".join(table) + body
