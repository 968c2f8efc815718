"""Member lists of many shapes, made in memory as people and programs make them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import xlsxwriter

HEAD: Final = ("姓名", "手机号", "邮箱", "部门")
PEOPLE: Final = (
    ("陈大文", "+853-66123456", "", "前台"),
    ("李小明", "13912345678", "", "仓库"),
    ("Ana Reis", "", "ana@firma.mo", "前台"),
    ("何敏", "66998877", "", "前台"),
    ("Kim Wong", "+852 9123 4567", "kim@firma.hk", "办公室"),
    ("Rui", "+351 912 345 678", "", "办公室"),
)
COUNTS: Final = {"+853": 1, "+852": 1, "+86": 1, "other": 1, "email": 1, "unknown": 1}
Fill: Any = Callable[[Any, Any], None]


def xlsx(fill: Fill, *names: str) -> bytes:
    """A workbook; `fill` gets it and its first sheet."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheets = [book.add_worksheet(name) for name in names or ("通讯录",)]
    fill(book, sheets[0])
    book.close()
    return made.getvalue()


def table(rows: Sequence[Sequence[object]], at: int = 0, column: int = 0) -> bytes:
    """A workbook with these rows from a row and column on."""

    def fill(_: Any, sheet: Any) -> None:  # noqa: ANN401  # XlsxWriter ships no types
        for number, row in enumerate(rows):
            sheet.write_row(at + number, column, row)

    return xlsx(fill)


def csv_text(rows: Sequence[Sequence[str]], separator: str = ",") -> str:
    """The rows as text."""
    return "".join(separator.join(row) + "\r\n" for row in rows)


def repacked(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """A packed file with some of its parts in another form, or with more of them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return made.getvalue()


def forged(data: bytes, part: str) -> bytes:
    """A packed file that states a size for a part which is not its own."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        size = opened.getinfo(part).file_size
    return data.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))


ODS: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    '<office:spreadsheet><table:table table:name="Sheet1">{rows}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)


def ods(rows: str) -> bytes:
    """An OpenDocument sheet with these rows of XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", ODS.format(rows=rows))
        packed.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return made.getvalue()


def ods_rows(rows: Sequence[Sequence[str]]) -> str:
    """Rows of texts as XML, as LibreOffice ends a sheet: with a million empty rows."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    empty = '<table:table-cell table:number-columns-repeated="1000"/>'
    lines = [f"<table:table-row>{''.join(map(cell.format, row))}{empty}</table:table-row>" for row in rows]
    return "".join(lines) + f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'


def xls(cells: Sequence[tuple[int, int, str]], *, locked: bool = False) -> bytes:
    """A workbook of Excel 97 in a compound file, with texts at these rows and columns."""

    def record(kind: int, body: bytes) -> bytes:
        return kind.to_bytes(2, "little") + len(body).to_bytes(2, "little") + body

    def u16(*numbers: int) -> bytes:
        return b"".join(number.to_bytes(2, "little") for number in numbers)

    begin, end = u16(0x0600), record(0x000A, b"")
    globals_ = record(0x0809, begin + u16(0x0005, 0x0DBB, 0x07CC) + bytes(8))
    if locked:
        globals_ += record(0x002F, u16(0, 0, 0))
    name = b"Sheet1"
    at = len(globals_) + 4 + 8 + len(name) + len(end)
    globals_ += record(0x0085, at.to_bytes(4, "little") + bytes([0, 0, len(name), 0]) + name) + end
    body = record(0x0809, begin + u16(0x0010, 0x0DBB, 0x07CC) + bytes(8))
    for row, column, said in cells:
        text = said.encode("utf-16-le")
        body += record(0x0204, u16(row, column, 0, len(text) // 2) + b"\x01" + text)
    return compound({"Workbook": globals_ + body + end})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of Microsoft with these streams, each made large enough to have sectors of its own."""
    sectors: list[bytes] = []
    chain: list[int] = []
    entries = [entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for number, (name, content) in enumerate(streams.items(), 1):
        padded = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
        first = len(sectors)
        sectors += [padded[n : n + 512] for n in range(0, len(padded), 512)]
        chain += [*range(first + 1, len(sectors)), 0xFFFFFFFE]
        entries.append(entry(name, 2, first, len(padded), right=number + 1 if number < len(streams) else 0xFFFFFFFF))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    first_directory = len(sectors)
    sectors += [directory[n : n + 512] for n in range(0, len(directory), 512)]
    chain += [*range(first_directory + 1, len(sectors)), 0xFFFFFFFE]
    count = -(-(len(chain) + 1) // 127)
    first_chain = len(sectors)
    chain += [0xFFFFFFFD] * count
    raw = b"".join(n.to_bytes(4, "little") for n in chain).ljust(count * 512, b"\xff")
    listed = [*range(first_chain, first_chain + count)]
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += b"".join(n.to_bytes(2, "little") for n in (0x3E, 3, 0xFFFE, 9, 6)) + bytes(6)
    numbers = (0, count, first_directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += b"".join(n.to_bytes(4, "little") for n in numbers)
    head += b"".join(n.to_bytes(4, "little") for n in listed).ljust(436, b"\xff")
    return head + b"".join(sectors) + raw


def entry(name: str, kind: int, first: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    """A line of the directory of a compound file."""
    said = (name + "\0").encode("utf-16-le")
    links = b"".join(n.to_bytes(4, "little") for n in (0xFFFFFFFF, right, child))
    head = said.ljust(64, b"\0") + len(said).to_bytes(2, "little") + bytes([kind, 1]) + links
    return (head + bytes(36) + first.to_bytes(4, "little") + size.to_bytes(4, "little")).ljust(128, b"\0")
