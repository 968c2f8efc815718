"""How much room a log takes: the assumptions are those of real lines, and more of anything never takes less room."""

import gzip
import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizards.logbox.sizes import LINE, PACKED, Storage, storage
from wizards.trail.chain import Deed, Link, append

AT = "2026-11-26T04:12:16.123456Z"
HEADING = f'<110>1 {AT} guia-pc01.office.example guia 123456 routing [guia@99999 n="123456"] '
BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)
numbers = st.integers(1, 500)


def chance(number: int) -> str:
    """64 hex digits that nothing packs."""
    return sha256(str(number).encode()).hexdigest()


def trail_lines(count: int) -> list[str]:
    lines: list[str] = []
    last: Link | None = None
    deed = Deed("owner", "health", "nextcloud", "routing-top-tier", "done")
    for number in range(count):
        last = append(last, AT, "answer.given", f"question-{number}", chance(number), deed)
        lines.append(HEADING + last.text)
    return lines


def audit_lines(count: int) -> list[str]:
    """Lines in the shape of Nextcloud's audit log, as a browser causes them."""
    lines = []
    for number in range(count):
        drawn = chance(number)
        name = f"/客戶/20{number % 8 + 19}/{drawn[20:30]}.pdf"
        line = {
            "reqId": drawn[:20],
            "level": 1,
            "time": f"2026-11-23T{number % 12 + 8:02}:{number % 59:02}:{number % 53:02}+00:00",
            "remoteAddr": f"192.168.1.{number % 60}",
            "user": f"user{number % 12}",
            "app": "admin_audit",
            "method": ("GET", "PUT", "PROPFIND")[number % 3],
            "url": f"/remote.php/dav/files/user/{name}",
            "message": f'File with id "{int(drawn[:4], 16)}" accessed: "{name}"',
            "userAgent": BROWSER,
            "version": "31.0.6.2",
            "data": {"app": "admin_audit"},
        }
        lines.append(HEADING + json.dumps(line, ensure_ascii=False, separators=(",", ":")))
    return lines


@pytest.mark.parametrize("lines", [trail_lines(500), audit_lines(500)], ids=["trail", "nextcloud"])
def test_a_real_line_has_about_as_many_bytes_as_is_reckoned(lines: list[str]) -> None:
    each = sum(len(line.encode()) for line in lines) / len(lines)
    assert LINE * 0.6 < each <= LINE * 1.05


def test_a_day_of_lines_packs_as_well_as_is_reckoned() -> None:
    day = "\n".join([*audit_lines(1900), *trail_lines(100)]).encode()
    assert len(day) / len(gzip.compress(day)) >= PACKED


@pytest.mark.parametrize(
    ("sites", "people", "days", "choice"),
    [
        (1, 1, 365, "trail"),
        (1, 10, 365, "box"),
        (3, 30, 365, "relays"),
        (30, 300, 365, "store"),
        (2, 900, 1825, "store"),
    ],
)
def test_what_to_choose(sites: int, people: int, days: int, choice: str) -> None:
    assert storage(sites, people, days).choice == choice


def test_ten_people_for_a_year() -> None:
    assert storage(1, 10, 365) == Storage("box", 1_200_000, 438_000_000, 179_040_000, 1_314_000_000)


@given(numbers, numbers, numbers, st.sampled_from([(1, 0, 0), (0, 1, 0), (0, 0, 1)]))
def test_more_of_anything_takes_no_less_room(sites: int, people: int, days: int, more: tuple[int, int, int]) -> None:
    less, most = storage(sites, people, days), storage(sites + more[0], people + more[1], days + more[2])
    assert (less.a_day, less.plain, less.files, less.search) <= (most.a_day, most.plain, most.files, most.search)
    assert less.files <= most.files
    assert less.search <= most.search


@pytest.mark.parametrize("none", [(0, 1, 1), (1, 0, 1), (1, 1, 0)])
def test_nothing_is_reckoned_for_nobody(none: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        storage(*none)
