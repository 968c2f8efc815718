"""Reads lists kept as text (csv, tsv, txt): finds the encoding and the sign between cells, and reads the cells."""

import codecs
import csv
import io
import re
from collections.abc import Iterable
from typing import Final

from desktop.sheets import limits
from desktop.sheets.refused import SheetRefused, Step, go_on
from wizards.mapping.cells import Cell, Sheet

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),  # before UTF-16, whose mark it begins with; nobody's spreadsheet writes it
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 1 << 16
_SEPARATORS: Final = ("\t", ",", ";", "|", "，")
_LONGEST_FIELD: Final = limits.CELL
# words that head the columns of such lists: one of them, whole, is worth more than any statistics
_HEADS: Final = (
    *("姓名", "手机", "手机号", "电话", "邮箱", "部门", "工号", "职位", "成员", "名称", "备注", "群组", "应用", "表单"),
    *("手機", "電話", "郵箱", "電郵", "部門", "職位", "成員", "名稱", "備註", "群組", "應用", "表單", "員工", "聯絡"),
    *("Nome", "Telemóvel", "Departamento", "Função", "Endereço", "Extensão"),
)
_BINARY: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]")


def read(data: bytes, file: str, step: Step | None) -> Sheet:
    """The text as one sheet without a name. `step` gets shares up to 1."""
    text = decoded(data, file)
    go_on(step, 0.2)
    return Sheet("", _rows(text, separator(text), file, step))


def decoded(data: bytes, file: str) -> str:
    """The text of the bytes; SheetRefused where they are no text."""
    for bom, named in _BOMS:
        if data.startswith(bom):
            return _clean(_strict(data, named), file)
    if b"\0" in data[:_SAMPLE]:  # only UTF-16 has NUL in a text: one beside each comma and each line's end
        return _clean(_best(data, ("utf-16-le", "utf-16-be")), file)
    return _clean(_strict(data, "utf-8") or _best(data, ("gb18030", "big5hkscs", "cp1252")), file)


def _strict(data: bytes, encoding: str) -> str:
    """The text, or "" where a single byte does not fit."""
    try:
        return data.decode(encoding) if encoding else ""
    except UnicodeDecodeError:
        return ""


def _clean(text: str, file: str) -> str:
    if not text or "\0" in text:
        raise SheetRefused("no-text", file=file)
    if len(_BINARY.findall(text[:_SAMPLE])) > 2:
        raise SheetRefused("other-format", file=file)
    return text


def _best(data: bytes, encodings: Iterable[str]) -> str:
    """The text in the encoding in which it reads most like a list that people wrote."""
    texts = [(encoding, text) for encoding in encodings if (text := _strict(data, encoding))]
    scored = [(_plausible(text[:_SAMPLE], encoding), text) for encoding, text in texts]
    best = max(scored, key=lambda one: one[0], default=(0.0, ""))
    return best[1] if best[0] > 0 else ""


def _plausible(text: str, encoding: str) -> float:
    """How much a text reads like a list. In its own encoding, everyday characters stand in the first of two levels."""
    heads = sum(text.count(head) for head in _HEADS)
    foreign = [sign for sign in text if ord(sign) > 0x7F]
    if encoding.startswith("utf-16") and sum(map(_written, text)) < 0.9 * len(text):
        return 0.0  # some other file, of which each two bytes happen to be a character
    if not foreign:
        return heads + 1.0
    if encoding == "cp1252":  # a letter with an accent stands alone between plain ones
        runs: list[str] = re.findall(r"[^\x00-\x7f]+", text)
        return 3.0 * heads + sum(len(run) == 1 and run.isalpha() for run in runs) / len(foreign)
    return 3.0 * heads + sum(_everyday(sign, encoding) for sign in foreign) / len(foreign)


def _everyday(sign: str, encoding: str) -> bool:
    if encoding.startswith("utf-16"):
        return _written(sign)
    try:
        raw = sign.encode("gb2312" if encoding == "gb18030" else "big5")
    except UnicodeEncodeError:
        return False
    if len(raw) != 2:
        return False
    lead = raw[0]
    if encoding == "gb18030":
        return 0xB0 <= lead <= 0xD7 or lead in (0xA1, 0xA3)
    return 0xA4 <= lead <= 0xC6 or lead == 0xA1


def _written(sign: str) -> bool:
    """Plain signs, Latin letters with accents, Chinese characters and their punctuation."""
    return sign in "\t\r\n" or " " <= sign <= "\u00ff" or "\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uff5e"


def separator(text: str) -> str:
    """The sign between cells: the one that parts most of the first lines into equally many."""
    lines = [line for line in text[:_SAMPLE].splitlines() if line.strip()][:30]

    def evenness(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines if sign in line]
        most = max(set(counts), key=counts.count, default=0)
        return counts.count(most), most

    best = max(_SEPARATORS, key=evenness)
    return best if evenness(best)[0] else ","


def _rows(text: str, sign: str, file: str, step: Step | None) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = []
    widest = done = 0
    before = csv.field_size_limit(_LONGEST_FIELD)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            rows.append(tuple(cell or None for cell in row))
            widest = max(widest, len(row))
            if len(rows) % 500 == 0:
                go_on(step, min(1.0, 0.2 + 0.8 * done / len(text)))
            done += sum(map(len, row)) + len(row)
            if len(rows) > limits.ROWS or widest > limits.COLUMNS:
                limits.within(len(rows), widest, file)
    except csv.Error as error:
        line = f"{len(rows) + 1:,}"
        raise SheetRefused("cell-too-long", file=file, limit=f"{_LONGEST_FIELD:,}", line=line) from error
    finally:
        csv.field_size_limit(before)
    limits.within(len(rows), widest, file)
    if rows and text.count('"') % 2 and "\n" in str(rows[-1][-1] if rows[-1] else ""):
        raise SheetRefused("quote-open", file=file, line=f"{len(rows):,}")
    return tuple(rows)
