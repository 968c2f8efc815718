"""Any bytes give a verdict or a refusal, and no line, however made, takes long."""

import time
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.acceptance import Opened, open_sample, wording
from desktop.sheets.refused import SheetRefused
from wizards.acceptance.shapes import NotALog
from wizards.content.text import LANGUAGES

WORDING: Final = wording()
PIECES: Final = st.sampled_from(
    [
        *(
            "<13>",
            "1 ",
            "<110>1 ",
            "2026-11-20T09:00:00+08:00 ",
            "Nov 20 09:00:00 ",
            "Feb 30 25:61:61 ",
            "box ",
            "app[1]: ",
        ),
        *(
            "- - - ",
            '[a@1 user="ana"] ',
            '[a@1 user="',
            "user=ana ",
            "action=",
            '{"time":"2026-11-20 09:00",',
            '"user":"x"}',
        ),
        *(
            '{"seq":1,"at":"x","action":"a","prev":"p"}',
            '{"seq":99999999999999999999,"at":0,"action":{},"prev":[]}',
            "\n",
        ),
        *(
            '{"reqId":1,"message":{},"remoteAddr":null,"user":[],"version":"x.y"}',
            "操作人,操作时间,操作类型\n",
            "陈大文,",
            "0000-00-00",
        ),
        *(
            "=1+1,",
            '"',
            "\0",
            "\ufeff",
            "99999 <1>",
            "3/11/2026 9:00",
            "1e400",
            "\u202e",
            "message repeated 3 times",
            "{",
            "}",
            "[",
            "]",
        ),
    ]
)
LOGLIKE: Final = st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode())


def judged(data: bytes, folder: Path) -> Opened | None:
    """The sample after every word of its verdict was said; None where it was refused."""
    file = folder / "sample"
    file.write_bytes(data)
    try:
        opened = open_sample(file)
    except (NotALog, SheetRefused):
        return None
    for days in (None, 30):
        verdict = opened.judged(days)
        said = [WORDING.said(found, lang) for found in verdict.findings for lang in LANGUAGES]
        assert all(said)
        assert verdict.accepted == all(found.status != "fail" for found in verdict.findings)
        assert all(found.seen >= 0 for found in verdict.findings)
    return opened


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=400) | LOGLIKE)
def test_any_bytes_give_a_verdict_or_a_refusal(data: bytes, tmp_path: Path) -> None:
    judged(data, tmp_path)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.lists(st.text(max_size=30), max_size=6))
def test_whatever_a_good_line_carries_it_is_judged(text: list[str], tmp_path: Path) -> None:
    lines = [f"2026-11-20T09:00:0{n}+08:00 box app: user=ana action=open {said}" for n, said in enumerate(text)]
    whole = "\n".join(["<13>Nov 20 09:00:00 box app: x", *lines]).encode("utf-8", "replace")
    judged(whole, tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        "Nov 20 09:00:00 box app: " + "a" * 200_000,
        "Nov 20 09:00:00 box app: " + "a=" * 100_000,
        "Nov 20 09:00:00 box app: " + 'a="' * 60_000,
        "Nov 20 09:00:00 box app: " + "<13>" * 60_000,
        "Nov 20 09:00:00 box app: " + "{" * 200_000,
        "<1>1 2026-11-20T09:00:00Z b a - - " + '[a b="' * 40_000,
        "<1>1 2026-11-20T09:00:00Z b a - - [a" + ' b="c"' * 40_000,
        "<1>1 2026-11-20T09:00:00Z b a - - [a" + ' b="' + "\\" * 200_000,
        "Nov 20 09:00:00 box app: Accepted password for " + " from  port " * 15_000,
        '{"reqId":"1","remoteAddr":"","user":"","message":"The ' + '\\" with ID \\"' * 15_000 + '"}',
        "2026-11-20T09:00:00 " + "1" * 200_000,
    ],
    ids=lambda line: line[:60],
)
def test_no_line_takes_long(line: str, tmp_path: Path) -> None:
    begun = time.perf_counter()
    judged((line + "\n").encode() * 3, tmp_path)
    assert time.perf_counter() - begun < 3
