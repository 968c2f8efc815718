"""The map as an SVG file: shapes and text, said in words for whoever does not see it. No script, no font, no link."""

from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from desktop.reports.inks import PAPER
from wizards.mapping.drawing.picture import Command, Label, Picture, Shape

_SPACE: Final = "http://www.w3.org/2000/svg"
_FONTS: Final = "'Noto Sans TC','Noto Sans CJK TC','PingFang TC','Microsoft JhengHei',sans-serif"
_SCALE: Final = 1.5
"""So much larger than its units does a viewer show it at first: names of 9 units are 13.5 pixels high."""


def map_svg(picture: Picture, title: str, lang: str) -> bytes:
    """The picture as a whole file. The same picture gives the same bytes."""
    root = Element(
        "svg",
        {
            "xmlns": _SPACE,
            "xml:lang": lang,
            "width": _figure(picture.width * _SCALE),
            "height": _figure(picture.height * _SCALE),
            "viewBox": f"0 0 {_figure(picture.width)} {_figure(picture.height)}",
            "role": "img",
            "aria-labelledby": "title said",
            "font-family": _FONTS,
        },
    )
    SubElement(root, "title", {"id": "title"}).text = _plain(title)
    SubElement(root, "desc", {"id": "said"}).text = _plain(picture.said)
    ground = {"width": _figure(picture.width), "height": _figure(picture.height), "fill": PAPER["ground"]}
    SubElement(root, "rect", ground)
    for shape in picture.under:
        _draw(root, shape)
    for ribbon in picture.ribbons:
        group = SubElement(root, "g")
        SubElement(group, "title").text = _plain(ribbon.said)
        for shape in ribbon.shapes:
            _draw(group, shape)
    for shape in picture.over:
        _draw(root, shape)
    for label in picture.labels:
        _write(root, label)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def _draw(parent: Element, shape: Shape) -> None:
    given = {"d": _path(shape.path), "fill": PAPER[shape.fill] if shape.fill else "none"}
    if shape.line:
        given |= {"stroke": PAPER[shape.line], "stroke-width": _figure(shape.thick)}
        if shape.dash:
            given["stroke-dasharray"] = " ".join(map(_figure, shape.dash))
    if shape.opacity < 1:
        given["opacity"] = _figure(shape.opacity)
    SubElement(parent, "path", given)


def _write(parent: Element, label: Label) -> None:
    """A label, squeezed or stretched to the room it was given: another font does not run over."""
    given = {"x": _figure(label.x), "y": _figure(label.y), "font-size": _figure(label.size), "fill": PAPER[label.ink]}
    if label.bold:
        given["font-weight"] = "bold"
    if label.anchor != "start":
        given["text-anchor"] = label.anchor
    if label.width:
        given |= {"textLength": _figure(label.width), "lengthAdjust": "spacingAndGlyphs"}
    SubElement(parent, "text", given).text = _plain(label.text)


def _path(path: tuple[Command, ...]) -> str:
    return " ".join(f"{command}{' '.join(map(_figure, values))}" for command, values in path)


def _figure(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _plain(text: str) -> str:
    """`text` without the few characters that no XML file may hold."""
    return "".join("\N{REPLACEMENT CHARACTER}" if char in "\ufffe\uffff" or char < " " else char for char in text)
