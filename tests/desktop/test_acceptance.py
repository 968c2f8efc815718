"""Samples of logs of every kind get the verdict that they must, by the command; what is no log is refused in words."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
import xlsxwriter

from desktop import content
from desktop.acceptance import open_sample, wording
from tests.desktop.log_samples import FOLDER, Sample, make, put, samples
from tests.desktop.test_cli import Ran
from wizards.acceptance.verdict import CHECKS
from wizards.content.text import LANGUAGES

ALL: Final = samples()
GOOD: Final = "2026-11-20T09:00:0{n}+08:00 box app: user=ana action=open object=/x{n} result=ok src=10.0.0.1\n"


@pytest.fixture
def guia(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ran:
    """The command `guia` in this process."""
    return Ran(monkeypatch, capsys)


def good(lines: int = 8) -> str:
    return "".join(GOOD.replace("{n}", str(n)) for n in range(lines))


def test_there_are_many_samples_with_a_name_each() -> None:
    assert len(ALL) >= 40
    assert len({one["name"] for one in ALL}) == len(ALL)


@pytest.mark.parametrize("sample", ALL, ids=lambda one: one["name"])
def test_a_sample_gets_its_verdict(sample: Sample, tmp_path: Path, guia: Ran) -> None:
    days = ["--days", str(sample["days"])] if "days" in sample else []
    code, out, err = guia("log", "read", make(sample, tmp_path), "--json", *days)
    assert code == sample["exit"], out or err
    if code == 2:
        assert out == ""
        assert sample.get("says", "") in err
        return
    found = json.loads(out)
    assert {key: found[key] for key in ("format", "inside") if key in sample} == {
        key: sample[key] for key in ("format", "inside") if key in sample
    }
    if "art16" in sample:
        assert found["art16"]["answer"] == sample["art16"], out
    status = {check["id"]: check["status"] for check in found["checks"]}
    assert {name: status[name] for name in sample["checks"]} == sample["checks"], out
    assert found["accepted"] == (code == 0) == ("fail" not in status.values())


def test_every_sentence_of_every_check_is_met_by_a_sample(tmp_path: Path) -> None:
    met: set[tuple[str, str]] = set()
    for number, sample in enumerate(ALL):
        if sample["exit"] != 2:
            folder = tmp_path / str(number)
            folder.mkdir()
            verdict = open_sample(make(sample, folder)).judged(sample.get("days"))
            met |= {(found.id, found.say) for found in verdict.findings}
    written = {(check.id, say) for check in wording().checks.values() for say in check.says}
    assert written - met == set()
    assert met - written == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_verdict_is_said_in_every_language(lang: str, tmp_path: Path, guia: Ran) -> None:
    file = make(next(one for one in ALL if one["exit"] == 1), tmp_path)
    code, out, err = guia("log", "read", file, "--lang", lang)
    assert code == 1
    said = content.words()
    assert out.startswith(said["acceptance.refused"].to(lang))
    titles = [wording().checks[name].title.to(lang) for name in CHECKS]
    assert [title for title in titles if title not in out] == []
    assert err.strip()
    assert "{" not in out + err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lines_are_named_only_where_not_all_of_them_are_meant(lang: str, tmp_path: Path, guia: Ran) -> None:
    all_, some = content.words()["acceptance.places-all"].to(lang), content.words()["acceptance.places"]
    bare = put(good().replace("user=ana ", "").encode(), tmp_path / "bare.log")
    said = guia("log", "read", str(bare), "--lang", lang)[1]
    assert all_ in said
    assert some.fill(lang, places="1") not in said
    found = json.loads(guia("log", "read", str(bare), "--json", "--lang", lang)[1])
    (who,) = (check for check in found["checks"] if check["id"] == "who")
    assert (who["status"], who["places"]) == ("fail", [1, 2, 3, 4, 5])
    lines = good().splitlines(keepends=True)
    mixed = put(
        "".join([*lines[:5], *(line.replace("user=ana ", "") for line in lines[5:])]).encode(), tmp_path / "m.log"
    )
    assert some.fill(lang, places="6").rstrip(".。行 ") in guia("log", "read", str(mixed), "--lang", lang)[1]


def test_what_the_lines_say_is_never_printed(tmp_path: Path, guia: Ran) -> None:
    secrets = ("verysecretname", "hiddenfile", "192.0.2.77", "unheard-of deed")
    lines = "".join(
        f'{{"reqId":"r{n}","level":1,"time":"2026-11-20T09:0{n}:00Z","remoteAddr":"{secrets[2]}","user":"{secrets[0]}",'
        f'"app":"admin_audit","method":"GET","url":"/{secrets[1]}","message":"{secrets[3]} of \\"{secrets[1]}\\"",'
        f'"version":"31.0.6.2"}}\n'
        for n in range(5)
    )
    file = put(lines.encode(), tmp_path / "sample.log")
    for options in ([], ["--json"]):
        _, out, err = guia("log", "read", file, *options)
        assert [secret for secret in secrets if secret in out + err] == []


@pytest.mark.parametrize("option", ["0", "-3", "99999", "many"])
def test_days_that_are_none_are_refused(option: str, tmp_path: Path, guia: Ran) -> None:
    code, out, err = guia("log", "read", put(good().encode(), tmp_path / "a.log"), "--days", option)
    assert (code, out) == (2, "")
    assert "days" in err


def test_what_is_not_there_is_refused(tmp_path: Path, guia: Ran) -> None:
    for place in (tmp_path / "missing.log", tmp_path):
        code, out, err = guia("log", "read", place, "--json")
        assert (code, out) == (2, "")
        assert str(place) in err


def test_the_fifo_of_somebody_is_not_waited_for(tmp_path: Path, guia: Ran) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert guia("log", "read", tmp_path / "pipe")[0] == 2


def _bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<x/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"<row>" * 30_000_000)
    return made.getvalue()


HOSTILE: Final[dict[str, Callable[[], bytes]]] = {
    "one line of a million bytes": lambda: b"2026-11-20T09:00:00+08:00 box app: " + b"x" * 1_000_000,
    "a program": lambda: bytes(range(256)) * 400,
    "nothing but NUL": lambda: b"\0" * 10_000,
    "nothing but new lines": lambda: b"\n" * 1_000_000,
    "objects that nest": lambda: b'{"a":' * 50_000,
    "lists that nest": lambda: b"[" * 100_000,
    "a zip that grows": _bomb,
    "a torn spreadsheet": lambda: b"PK\x03\x04" + b"\xff" * 500,
    "marks of quotation": lambda: b'"' * 100_001,
    "a gzip": lambda: b"\x1f\x8b\x08\x00" + bytes(range(200)) * 20,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_a_clear_message(name: str, tmp_path: Path, guia: Ran) -> None:
    code, out, err = guia("log", "read", put(HOSTILE[name](), tmp_path / "hostile"), "--json")
    assert (code, out) == (2, "")
    assert "hostile" in err
    assert "Nothing was changed" in err


def test_a_line_without_end_among_good_ones_is_left_out(tmp_path: Path, guia: Ran) -> None:
    long = "2026-11-20T09:00:09+08:00 box app: " + "x" * 1_000_000 + "\n"
    code, out, _ = guia("log", "read", put((good(9) * 5 + long).encode(), tmp_path / "a.log"), "--json")
    found = _checks(out)
    assert code == 0
    assert (found["unread"]["places"], found["unread"]["seen"]) == ([46], 45)


def test_of_a_large_file_the_beginning_and_the_end_are_read(tmp_path: Path, guia: Ran) -> None:
    middle = b"this would be no log at all, if anybody read it here\n" * 200_000
    begin = "".join(
        f"2026-11-20T09:00:00+08:00 box app: user=ana action=open object=/{n} {'y' * 4000}\n" for n in range(2600)
    )
    end = begin.replace("11-20", "11-21").replace("user=ana", "user=bia")
    file = put(begin.encode() + middle + end.encode(), tmp_path / "large.log")
    assert file.stat().st_size > 30_000_000
    code, out, _ = guia("log", "read", file, "--json")
    found = json.loads(out)
    assert code == 1  # without an outcome
    assert found["parted"]
    assert (found["from"][:10], found["to"][:10]) == ("2026-11-20", "2026-11-21")
    assert _checks(out)["unread"]["status"] == "pass"
    assert _checks(out)["gaps"]["status"] != "warn"  # what was not read is no silence
    assert "its last part" in guia("log", "read", file)[2]


def test_a_list_that_is_too_large_is_refused_with_its_limit(tmp_path: Path, guia: Ran) -> None:
    file = put(b"a,b\n" * 6_000_000, tmp_path / "large.csv")
    code, out, err = guia("log", "read", file)
    assert (code, out) == (2, "")
    assert "20 MB" in err


def test_the_order_of_lines_matters_for_order_alone(tmp_path: Path) -> None:
    lines = [
        f"<110>1 2026-11-{1 + n // 3:02d}T0{n % 3}:00:00+08:00 box app - - "
        f'[a@1 seq="{n}" user="u{n % 4}" action="open" object="/{n}" outcome="ok"] m\n'
        for n in range(60)
        if n not in {7, 8}
    ]
    mixed = lines[30:] + lines[:30]
    mixed[3], mixed[40] = mixed[40], mixed[3]
    one = open_sample(put("".join(lines).encode(), tmp_path / "a.log")).judged(30)
    other = open_sample(put("".join(mixed).encode(), tmp_path / "b.log")).judged(30)
    differ = {a.id for a, b in zip(one.findings, other.findings, strict=True) if (a.status, a.say) != (b.status, b.say)}
    assert differ == {"order"}
    assert {a.id: a.seen for a in one.findings if a.id != "order"} == {
        b.id: b.seen for b in other.findings if b.id != "order"
    }


def test_a_chain_is_followed_whatever_the_order(tmp_path: Path) -> None:
    sample = next(one for one in ALL if one["name"] == "Guia's own trail, whole")
    whole = make(sample, tmp_path)
    lines = whole.read_text().splitlines(keepends=True)
    found = open_sample(put("".join(lines[::-1]).encode(), tmp_path / "b.log")).judged(None)
    assert found.of("seal").status == "pass"


def test_what_a_real_nextcloud_wrote_is_read() -> None:
    found = open_sample(FOLDER / "nextcloud-31.0.6.jsonl").judged(None)
    assert found.sample.strange == ()
    assert (found.sample.format, found.sample.version) == ("nextcloud", "31.0.6.2")
    assert (found.of("who").seen, found.of("who").of) == (18, 24)  # the console names nobody
    assert (found.of("object").seen, found.of("object").of) == (12, 12)
    assert (found.of("outcome").say, found.of("seal").say, found.of("numbers").say) == ("cloud", "none", "none")
    assert found.answers == {"which": "yes", "when": "yes", "whom": "part"}
    assert found.accepted


def _checks(out: str) -> dict[str, Any]:
    return {check["id"]: check for check in json.loads(out)["checks"]}


def test_a_merged_cell_speaks_for_each_of_its_rows(tmp_path: Path, guia: Ran) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("日志")
        sheet.write_row(0, 0, ["操作时间", "操作人", "操作类型", "操作对象", "操作结果"])
        for n in range(24):
            for column, said in ((0, f"2026-11-20 09:{n:02d}:00"), (2, "下载文件"), (3, f"{n}.pdf"), (4, "成功")):
                sheet.write(n + 1, column, said)
        for top in range(1, 24, 4):
            sheet.merge_range(top, 1, top + 3, 1, "陈大文")
    code, out, _ = guia("log", "read", put(made.getvalue(), tmp_path / "a.xlsx"), "--json")
    assert code == 0
    assert {one["id"]: one["status"] for one in json.loads(out)["checks"]}["who"] == "pass"


def test_what_a_lost_block_swallowed_is_told(tmp_path: Path, guia: Ran) -> None:
    file = put(good(8).encode() + b"\0" * 4096 + good(8).encode(), tmp_path / "a.log")
    code, out, _ = guia("log", "read", file, "--json")
    cut = next(one for one in json.loads(out)["checks"] if one["id"] == "cut")
    assert (code, cut["status"], cut["places"]) == (1, "fail", [9])


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Nov 20, 2026, 9:05:09 AM", "warn"),
        ("November 20, 2026 09:05 AM", "warn"),
        ("Fri, 20 Nov 2026 09:05:09 +0800", "pass"),
        ("2026-11-20 09:05:09.123 +0800 CST", "pass"),
        ("20261120T090509+0800", "pass"),
        ("20261120 090509", "warn"),
        ("2026年11月20日 星期五 09:05:09", "warn"),
        ("2026年11月20日(週五) 上午9時05分", "warn"),
        ("２０２６／１１／２０ ０９：０５：０９", "warn"),
        ("20/11/2026 09h05", "warn"),
        ("1795136709123456789", "pass"),
    ],
)
def test_a_time_is_read_as_people_write_it(said: str, zone: str, tmp_path: Path, guia: Ran) -> None:
    rows = [f'"{said}",ana,open,c{n}.pdf,ok' for n in range(5)]
    file = put("\n".join(["Time,User,Action,File,Result", *rows]).encode(), tmp_path / "a.csv")
    _, out, _ = guia("log", "read", file, "--json")
    found = {one["id"]: one["status"] for one in json.loads(out)["checks"]}
    assert (found["when"], found["zone"]) == ("pass", zone)
    assert "2026-11-20 0" in json.loads(out)["from"]
