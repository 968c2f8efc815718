"""Makes the samples of logs that stand as tables in `tests/log_samples/`."""

import csv
import hashlib
import io
import json
import os
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from tests.desktop import office
from tests.desktop.rosters import table
from wizards.trail.chain import Deed, Link, append

FOLDER: Final = Path(__file__).parent.parent / "log_samples"
FILE_TIME: Final = datetime(2026, 11, 24, tzinfo=UTC).timestamp()
BEGIN: Final = "2026-11-20T09:00:00+08:00"
_KEYS: Final = {
    *("name", "lines", "times", "step", "rows", "as", "head", "encoding", "ends", "counted", "days", "exit", "format"),
    *("inside", "art16", "checks", "says", "begin", "hole", "without", "backwards", "numbers-to", "also", "also-times"),
    *("list", "frame", "trail", "changed", "carried", "closing"),
}
Sample = dict[str, Any]


def samples() -> list[Sample]:
    """Every sample of every file."""
    found = [one for file in sorted(FOLDER.glob("*.toml")) for one in tomllib.loads(file.read_text("utf-8"))["samples"]]
    odd = {key for one in found for key in one} - _KEYS
    assert not odd, f"no such key: {odd}; README.md beside the samples lists them"
    return found


def put(made: bytes, at: Path) -> Path:
    """A file with the time that all samples have."""
    at.write_bytes(made)
    os.utime(at, (FILE_TIME, FILE_TIME))
    return at


def make(sample: Sample, folder: Path) -> Path:
    """The file of a sample."""
    if "rows" in sample:
        return _table(sample, folder)
    lines = _trail(sample) if "trail" in sample else list(_lines(sample))
    lines += [sample["also"]] * sample.get("also-times", 1) if "also" in sample else []
    if sample.get("counted"):
        return put("".join(f"{len(line.encode())} {line}" for line in lines).encode(), folder / "sample.log")
    text = sample.get("head", "") + "".join(line + sample.get("ends", "\n") for line in lines)
    if sample.get("list"):
        text = sample.get("frame", "%s").replace("%s", "[" + ",\n".join(lines) + "]")
    return put(text.encode(sample.get("encoding", "utf-8")), folder / "sample.log")


def _lines(sample: Sample) -> list[str]:
    templates = sample["lines"]
    made = [_filled(templates[n % len(templates)], n, sample) for n in range(sample.get("times", len(templates)))]
    kept = [line for n, line in enumerate(made, 1) if n not in sample.get("without", ())]
    return kept[::-1] if sample.get("backwards") else kept


def _filled(template: str, n: int, sample: Sample) -> str:
    hole, long = sample.get("hole", (1 << 30, 0))
    minutes = n * sample.get("step", 7) + (long if n >= hole else 0)
    at = datetime.fromisoformat(sample.get("begin", BEGIN)) + timedelta(minutes=minutes)
    number = n % sample["numbers-to"] if "numbers-to" in sample else n + 1
    parts = template.split("*")
    if len(parts) == 3 and parts[1].isdigit():
        template = parts[0] + "x" * int(parts[1]) + parts[2]
    return (
        template.replace("%n", str(number))
        .replace("%t", at.isoformat())
        .replace("%z", at.astimezone(UTC).isoformat())
        .replace("%s", at.strftime("%Y-%m-%d %H:%M:%S"))
        .replace("%b", f"{at:%b} {at.day:2d} {at:%H:%M:%S}")
        .replace("%y", at.strftime("%Y-%m-%d"))
        .replace("%c", at.strftime("%H:%M:%S"))
        .replace("%w", at.strftime("%d/%b/%Y:%H:%M:%S %z"))
        .replace("%p", str(int(at.timestamp())))
        .replace("%d", at.strftime("%d/%m/%Y %H:%M"))
        .replace("%m", str(int(at.timestamp() * 1000)))
    )


def _trail(sample: Sample) -> list[str]:
    """A trail as Guia writes it."""
    links: list[Link] = []
    for n in range(sample["trail"]):
        at = f"2026-11-20T0{n // 6}:{n % 6}0:00.000000Z"
        deed = Deed(who="owner", data="health", channel="nextcloud", outcome="failed" if n % 5 == 4 else "done")
        links.append(
            append(links[-1] if links else None, at, "answer.given", "staff", hashlib.sha256(b"").hexdigest(), deed)
        )
    texts = [link.text for link in links]
    if "changed" in sample:
        texts[sample["changed"]] = texts[sample["changed"]].replace("health", "wealth")
    texts = [text for n, text in enumerate(texts, 1) if n not in sample.get("without", ())]
    if "closing" in sample:
        record = {"closing": "guia.trail/1", "count": len(texts), "first": 1, "head": links[sample["closing"] - 1].hash}
        texts.append(json.dumps(record))
    if sample.get("carried"):
        return [f"<110>1 2026-11-20T08:00:01+08:00 box guia - - - {text}" for text in texts[:1]] + [
            f"<110>1 {text[text.index('2026') :][:27]} box guia - - - {text}" for text in texts[1:]
        ]
    return texts


def _table(sample: Sample, folder: Path) -> Path:
    rows, kind = sample["rows"], sample["as"]
    body = [row for row in rows if any("%" in cell for cell in row)] or rows[1:]
    heads = [row for row in rows if row not in body]
    made = [
        [_filled(cell, n, sample) for cell in body[n % len(body)]]
        for n in range(sample["times"])
        if n + 1 not in sample.get("without", ())
    ]
    if kind in {"xlsx", "ods", "xls"}:
        book = put(table([*heads, *made]), folder / "sample.xlsx")
        return book if kind == "xlsx" else _converted(book, kind)
    text = io.StringIO()
    csv.writer(text, delimiter={"csv": ",", "semicolons": ";", "tabs": "\t"}[kind]).writerows([*heads, *made])
    return put(text.getvalue().encode(sample.get("encoding", "utf-8")), folder / "sample.csv")


def _converted(book: Path, kind: str) -> Path:
    """The workbook as LibreOffice saves it."""
    made = book.with_suffix(f".{kind}")
    office.edit(book.parent, book, "", {made: {"ods": office.ODS, "xls": "MS Excel 97"}[kind]})
    os.utime(made, (FILE_TIME, FILE_TIME))
    return made
