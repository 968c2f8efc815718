"""Times as logs write them: ISO 8601 and its relatives, Chinese, day first, old syslog's, seconds since 1970.

Reads what stands there and guesses no zone. A name of a zone that means several (CST) counts as none.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final
from unicodedata import normalize

from wizards.acceptance.shapes import Stamp

_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_CLOCK: Final = (
    r"(?P<half>上午|下午|凌晨|早上|中午|晚上|[AaPp][Mm])?\s*(?P<hour>\d{1,2})[:时時h](?P<minute>\d{2})"
    r"(?:[:分](?P<second>\d{2})秒?(?:[.,](?P<part>\d{1,9}))?|分)?\s*(?P<after>[AaPp]\.?[Mm]\.?(?![a-zA-Z]))?"
)
_ZONE: Final = r"(?P<zone>[A-Za-z]{1,5}(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{1,2}(?::?\d{2})?)"
_TAIL: Final = rf"(?:[T\s,]\s*{_CLOCK}\s*(?:\(?{_ZONE}\)?)?)?"
_YEAR_FIRST: Final = re.compile(
    rf"(?P<year>\d{{4}})(?:[-/.年]\s?(?P<month>\d{{1,2}})[-/.月]\s?(?P<day>\d{{1,2}})日?){_TAIL}", re.ASCII
)
_YEAR_LAST: Final = re.compile(rf"(?P<one>\d{{1,2}})[-/.](?P<two>\d{{1,2}})[-/.](?P<year>\d{{4}}){_TAIL}", re.ASCII)
# names of zones alone: a computer may be called NAS
_NAMED: Final = re.compile(
    r"(?:[A-Z][a-z]{2},? )?(?:(?P<before>\d{4}) )?(?P<month>[A-Z][a-z]{2}) {1,2}"
    r"(?P<day>\d{1,2})(?:,? (?P<year>\d{4}))?,? "
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2}):(?P<second>\d{2})(?:\.(?P<part>\d{1,9}))?"
    r"(?: (?P<zone>(?:UTC|GMT|[HCMEJKP]ST|[CMEPB]DT|BST|SGT|HKT|CES?T|WES?T)(?=[ :]|$)|[+-]\d{2}:?\d{2}))?"
    r"(?: (?P<last>\d{4})(?=[ :]|$))?",
    re.ASCII,
)
_NAMED_DAY_FIRST: Final = re.compile(
    rf"(?P<day>\d{{1,2}})[/ -](?P<month>[A-Z][a-z]{{2}})[/ -](?P<year>\d{{4}})[: T]\s*{_CLOCK}\s*(?:\(?{_ZONE}\)?)?",
    re.ASCII,
)
_NAMED_IN_WORDS: Final = re.compile(
    r"(?P<month>[A-Z][a-z]{2})[a-z]{0,6}\.? (?P<day>\d{1,2}),? (?P<year>\d{4}),?\s+"
    rf"{_CLOCK}\s*(?:\(?{_ZONE}\)?)?",
    re.ASCII,
)
_WITHOUT_MARKS: Final = re.compile(r"(\d{4})(\d\d)(\d\d)[T ]?(\d\d)(\d\d)(\d\d)(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_WEEKDAY: Final = re.compile(
    r"\s?(?:\(?(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]\)?|\([A-Z][a-z]{2}\))\s?|^[A-Z][a-z]{2,8}, "
)
_NAME_BESIDE: Final = re.compile(r"(?<=[+-]\d{4}) [A-Z]{3,5}$", re.ASCII)
_SINCE_1970: Final = re.compile(r"(\d{10})(?:\.(\d{1,9}))?|(\d{13})|(\d{16})(?:\d{3})?", re.ASCII)
_BEGINNING: Final = re.compile(
    rf"(?:\d{{4}}[年/.]\s?\d{{1,2}}[月/.]\s?\d{{1,2}}日?[T ,]\s?{_CLOCK}|\d{{10}}(?:\.\d{{1,9}})?|\d{{13}})(?= )",
    re.ASCII,
)
_OFFSET: Final = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE | re.ASCII)
_SURE: Final = {"z": 0, "utc": 0, "gmt": 0, "hkt": 8, "mst": None, "cst": None}
_FIRST: Final = datetime(1990, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(2100, 1, 1, tzinfo=UTC)
_LONGEST: Final = 60
_CLOCK_ALONE: Final = re.compile(rf"{_CLOCK}\s*(?:\(?{_ZONE}\)?)?", re.ASCII)
_AFTERNOON: Final = frozenset({"下午", "晚上", "pm"})
_MORNING: Final = frozenset({"上午", "凌晨", "早上", "am"})


def read(said: object, *, day_first: bool = True) -> Stamp | None:
    """The time that a cell or value states; None where it states none."""
    if isinstance(said, datetime):
        return _within(Stamp(said, zoned=said.tzinfo is not None))
    if isinstance(said, date):
        return _within(Stamp(datetime(said.year, said.month, said.day), zoned=False, exact=False))  # noqa: DTZ001
    if isinstance(said, bool) or said is None:
        return None
    text = str(said).strip()[:_LONGEST]
    if not text.isascii():
        text = normalize("NFKC", text)
    if not text or not (text[0].isdigit() or text[0].isupper()):
        return None
    found = _since_1970(text) or _iso(text) or _written(text, day_first=day_first)
    return found or _written(_NAME_BESIDE.sub("", _WEEKDAY.sub(" ", text).strip()), day_first=day_first)


def _within(stamp: Stamp) -> Stamp | None:
    """A year that no log of an office has is a number that only looks like a time."""
    return stamp if _FIRST.year <= stamp.at.year < _LAST.year else None


def _since_1970(text: str) -> Stamp | None:
    found = _SINCE_1970.fullmatch(text)
    if found is None:
        return None
    seconds, part, thousandths, millionths = found.groups()
    number = (
        float(f"{seconds}.{part or 0}") if seconds else int(thousandths or millionths) / (1e3 if thousandths else 1e6)
    )
    return _within(Stamp(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=number)))


def _iso(text: str) -> Stamp | None:
    """The most frequent form, by the standard library."""
    if len(text) < 19 or text[4:5] != "-":
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return _within(Stamp(at, zoned=at.tzinfo is not None))


def _written(text: str, *, day_first: bool) -> Stamp | None:
    text = _WITHOUT_MARKS.sub(r"\1-\2-\3 \4:\5:\6\7", text) if _WITHOUT_MARKS.fullmatch(text) else text
    found = _YEAR_FIRST.fullmatch(text) or _NAMED_DAY_FIRST.fullmatch(text) or _NAMED_IN_WORDS.fullmatch(text)
    if found is not None:
        month = found["month"]
        return _made(found, int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0), int(found["day"]))
    found = _YEAR_LAST.fullmatch(text)
    if found is not None:
        one, two = int(found["one"]), int(found["two"])
        return _made(found, two if day_first else one, one if day_first else two)
    named_found = _NAMED.fullmatch(text)
    if named_found is not None:
        return _named(named_found, None)
    return None


def _made(found: re.Match[str], month: int, day: int) -> Stamp | None:
    hour = found["hour"]
    part = ((found["part"] or "") + "000000")[:6]
    clock = [0, 0, 0, 0] if hour is None else [_hour(found), int(found["minute"]), int(found["second"] or 0), int(part)]
    return _stamp([int(found["year"]), month, day, *clock], found["zone"], exact=hour is not None)


def _hour(found: re.Match[str]) -> int:
    hour = int(found["hour"])
    half = (found["half"] or found["after"] or "").casefold().replace(".", "")
    if half in _AFTERNOON or half == "中午":
        return hour + 12 if hour < 12 and not (half == "中午" and hour == 11) else hour
    return 0 if half in _MORNING and hour == 12 else hour


def _stamp(parts: list[int], zone_name: str | None, *, exact: bool = True, dated: bool = True) -> Stamp | None:
    zone = None if zone_name is None else offset(zone_name)
    try:
        at = datetime(*parts, tzinfo=zone)  # type: ignore[misc,arg-type]  # seven numbers in their order
    except ValueError:
        return None
    return _within(Stamp(at, zoned=zone is not None, exact=exact, dated=dated))


def offset(name: str) -> timezone | None:
    """The zone of a name or an offset; None where it says nothing sure."""
    if name.casefold() in _SURE:
        hours = _SURE[name.casefold()]
        return None if hours is None else timezone(timedelta(hours=hours))
    found = _OFFSET.fullmatch(name)
    if found is None:
        return None
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if ahead > timedelta(hours=14):
        return None
    return timezone(ahead if found[1] == "+" else -ahead)


def joined(day: object, clock: object) -> str:
    """A day and a time of day that stand apart, as one text; "" where they are none."""
    stamp = read(day) or read(day, day_first=False)
    if stamp is None:
        return ""
    bare = not stamp.exact or (isinstance(day, datetime) and not (stamp.at.hour or stamp.at.minute or stamp.at.second))
    said = str(clock).strip()[:_LONGEST]
    if not bare or _CLOCK_ALONE.fullmatch(said) is None:
        return ""
    return f"{day.isoformat()[:10] if isinstance(day, date) else str(day).strip()} {said}"


def leading(text: str, latest: datetime | None) -> tuple[Stamp, int] | None:
    """The time of the old syslog at the start of a line, and where it ends.

    A year that is missing is the latest in which the line is no younger than `latest`, the time of the file.
    """
    found = _NAMED.match(text)
    if found is None:
        return None
    stamp = _named(found, latest)
    return None if stamp is None else (stamp, found.end())


def beginning(text: str) -> tuple[Stamp, int] | None:
    """Another whole time at the start of a line, such as 2026年11月26日 09:00, and where it ends."""
    found = _BEGINNING.match(text)
    stamp = None if found is None else read(found[0])
    return None if found is None or stamp is None else (stamp, found.end())


def _named(found: re.Match[str], latest: datetime | None) -> Stamp | None:
    month = _MONTHS.get(found["month"].lower())
    if month is None:
        return None
    said = found["year"] or found["before"] or found["last"]
    clock = [int(found["hour"]), int(found["minute"]), int(found["second"]), int(((found["part"] or "") + "0" * 6)[:6])]
    if said is not None:
        return _stamp([int(said), month, int(found["day"]), *clock], found["zone"])
    last = latest or _LAST
    for year in range(last.year, last.year - 5, -1):  # 29 February comes every four years
        stamp = _stamp([year, month, int(found["day"]), *clock], found["zone"], dated=False)
        if stamp is not None and (latest is None or stamp.moment() <= last + timedelta(days=1)):
            return stamp
    return None


def day_first(texts: Iterable[str]) -> bool | None:
    """Whether dates such as 3/11/2026 of one column begin with the day; None where they do not tell, and matter."""
    told = [found for text in texts if (found := _YEAR_LAST.fullmatch(text.strip()[:_LONGEST]))]
    if any(int(found["one"]) > 12 for found in told):
        return True
    if any(int(found["two"]) > 12 for found in told):
        return False
    return None if told else True
