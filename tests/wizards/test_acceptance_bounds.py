"""Where the checks of a sample of a log turn from good to doubtful to bad: each bound from both sides."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from wizards.acceptance.checks import clocks, presence, rhythm, soundness
from wizards.acceptance.finding import Around, Finding, Status, share
from wizards.acceptance.shapes import Event, Sample, Stamp
from wizards.acceptance.verdict import _answer, judge

BEGIN = datetime(2026, 11, 2, 9, tzinfo=UTC)
FILE = Around(BEGIN + timedelta(days=30))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def at(*steps: timedelta) -> tuple[Event, ...]:
    """Events, the first at the beginning, each further one so much after the one before."""
    moment, events = BEGIN, [Event(1, "ana", "open", "x", "success", "10.0.0.1", Stamp(BEGIN), mark=1)]
    for place, step in enumerate(steps, 2):
        moment += step
        events.append(events[0]._replace(place=place, at=Stamp(moment), mark=place))
    return tuple(events)


def sample(*events: Event, parted: bool = False, seam: int = 0) -> Sample:
    return Sample("json-lines", events, len(events), parted=parted, seam=seam)


def said(finding: Finding) -> tuple[Status, str]:
    return finding.status, finding.say


@pytest.mark.parametrize(
    ("seen", "of", "status"),
    [(95, 100, "pass"), (94, 100, "warn"), (75, 100, "warn"), (74, 100, "fail"), (0, 5, "fail"), (0, 0, "fail")],
)
def test_nearly_all_most_and_fewer(seen: int, of: int, status: Status) -> None:
    assert share("who", seen, of, []).status == status


def test_what_could_not_be_told_answers_in_part_and_refuses_nothing() -> None:
    untimed = tuple(event._replace(at=None) for event in at(MINUTE))
    verdict = judge(sample(*untimed), FILE)
    assert (verdict.of("zone").status, verdict.of("when").status) == ("unknown", "fail")
    whole = judge(sample(*at(MINUTE)), FILE)
    assert (whole.answers, whole.art16) == ({"which": "yes", "when": "yes", "whom": "yes"}, "yes")
    several = judge(
        sample(*at(MINUTE)[:1], *(e._replace(at=Stamp(BEGIN.replace(tzinfo=None), zoned=False)) for e in at())), FILE
    )
    assert (several.of("zone").status, several.answers["when"], several.accepted) == ("warn", "part", True)


def test_a_silence_is_long_against_the_habit_and_an_hour() -> None:
    habit = [10 * MINUTE] * 25
    assert said(rhythm.gaps(sample(*at(*habit[:19], DAY)), FILE))[0] == "warn"
    assert said(rhythm.gaps(sample(*at(*habit[:18], DAY)), FILE))[0] == "unknown"
    # two more silences than days are usual; the fourth makes none of them so
    assert said(rhythm.gaps(sample(*at(*habit, 6 * HOUR, 6 * HOUR)), FILE))[0] == "warn"
    assert said(rhythm.gaps(sample(*at(*habit, 6 * HOUR, 6 * HOUR, 6 * HOUR)), FILE))[0] == "pass"
    # long against the habit, and shorter than an hour
    assert said(rhythm.gaps(sample(*at(*[MINUTE] * 25, 50 * MINUTE)), FILE))[0] == "pass"
    # longer than an hour, and not against the habit
    assert said(rhythm.gaps(sample(*at(*[40 * MINUTE] * 25, 3 * HOUR)), FILE))[0] == "pass"


def test_an_order_forgives_one_second() -> None:
    assert rhythm.order(sample(*at(MINUTE, -timedelta(seconds=1))), FILE).status == "pass"
    assert rhythm.order(sample(*at(MINUTE, -timedelta(seconds=2), MINUTE)), FILE).status == "warn"


@pytest.mark.parametrize(("wanted", "status"), [(9, "pass"), (10, "pass"), (11, "unknown")])
def test_the_reach_counts_the_first_and_the_last_day(wanted: int, status: Status) -> None:
    assert rhythm.reach(sample(*at(9 * DAY)), Around(FILE.file_time, wanted)).status == status


def test_numbers_that_were_not_read_are_not_missing() -> None:
    events = [event._replace(number=n) for event, n in zip(at(*[MINUTE] * 5), (1, 2, 3, 40, 41, 42), strict=True)]
    assert said(rhythm.numbers(sample(*events), FILE)) == ("fail", "fail")
    assert said(rhythm.numbers(sample(*events, parted=True, seam=4), FILE)) == ("pass", "pass")
    lost = [*events[:1], *events[2:]]
    assert said(rhythm.numbers(sample(*lost, parted=True, seam=4), FILE)) == ("fail", "fail")
    sparse = [event._replace(number=n) for event, n in zip(at(MINUTE), (1, 50), strict=True)]
    assert said(rhythm.numbers(sample(*sparse), FILE)) == ("unknown", "names")


def test_times_later_than_the_file_are_copying_or_a_wrong_clock() -> None:
    for ahead, status in ((5 * MINUTE, "pass"), (HOUR, "warn"), (DAY, "warn"), (DAY + MINUTE, "fail")):
        assert clocks.clock(sample(*at(ahead)), Around(BEGIN)).status == status
    # without a zone it is in the future only where it would be so in every one
    bare = Event(1, at=Stamp((BEGIN + 14 * HOUR).replace(tzinfo=None), zoned=False))
    assert clocks.clock(sample(bare), Around(BEGIN)).status == "pass"
    later = Event(1, at=Stamp((BEGIN + 15 * HOUR).replace(tzinfo=None), zoned=False))
    assert clocks.clock(sample(later), Around(BEGIN)).status == "warn"


@pytest.mark.parametrize(("apart", "status"), [(5, "pass"), (6, "warn"), (-5, "pass"), (-6, "warn")])
def test_received_may_be_minutes_after_or_before(apart: int, status: Status) -> None:
    one = at()[0]
    late = one._replace(received=Stamp(BEGIN + apart * MINUTE))
    assert clocks.clock(sample(late), FILE).status == status


def test_two_computers_differ_only_where_one_is_always_ahead() -> None:
    def turns(back: timedelta) -> Sample:
        hosts = [event._replace(host="ab"[event.place % 2]) for event in at(*[10 * MINUTE, back] * 6)]
        return sample(*hosts)

    assert said(clocks.clock(turns(-9 * MINUTE), FILE)) == ("warn", "two")
    assert said(clocks.clock(turns(MINUTE), FILE)) == ("pass", "pass")


def test_copies_and_cut_lines() -> None:
    many = at(*[MINUTE] * 199)
    assert soundness.copies(sample(*many[:-2], *[e._replace(mark=1) for e in many[-2:]]), FILE).status == "pass"
    assert soundness.copies(sample(*many[:-3], *[e._replace(mark=1) for e in many[-3:]]), FILE).status == "warn"

    def cut(*sizes: int) -> tuple[Status, str]:
        lines = at(*[MINUTE] * 9)
        long = [e._replace(size=size) for e, size in zip(lines, sizes, strict=False)]
        return said(soundness.cut(sample(*long, *(e._replace(size=90) for e in lines[len(sizes) :])), FILE))

    assert cut(1024) == ("warn", "perhaps")
    assert cut(1024, 1024) == ("fail", "length")
    assert cut(1023) == ("pass", "pass")
    assert cut(*[1024] * 6) == ("pass", "pass")  # that is their form


def test_a_day_is_no_time_and_a_source_never_fails() -> None:
    days = [event._replace(at=Stamp(BEGIN, exact=False)) for event in at(*[MINUTE] * 19)]
    assert said(presence.when(sample(*days[:1], *at(*[MINUTE] * 19)[1:]), FILE)) == ("pass", "pass")
    assert said(presence.when(sample(*days[:2], *at(*[MINUTE] * 19)[2:]), FILE)) == ("fail", "days-only")
    assert presence.source(sample(*(event._replace(source="") for event in at(MINUTE))), FILE).status == "warn"


def test_several_zones_prose_and_failures_that_never_come_are_doubts() -> None:
    summer = Stamp(BEGIN.astimezone(timezone(HOUR)))
    two = [event._replace(at=summer) if event.place == 2 else event for event in at(MINUTE, MINUTE)]
    assert said(presence.zone(sample(*two), FILE)) == ("warn", "several")
    assert said(presence.outcome(sample(*at(MINUTE)), FILE)) == ("warn", "no-failure")
    failed = [event._replace(outcome="failure") if event.place == 2 else event for event in at(MINUTE)]
    assert said(presence.outcome(sample(*failed), FILE)) == ("pass", "pass")
    for prose, told in ((2, ("pass", "pass")), (3, ("warn", "prose"))):
        lines = [event._replace(prose=event.place <= prose) for event in at(MINUTE, MINUTE, MINUTE)]
        assert said(presence.object_(sample(*lines), FILE)) == told


def test_what_could_not_be_told_answers_no_question_wholly() -> None:
    verdict = judge(sample(*(event._replace(at=None) for event in at(MINUTE))), FILE)
    assert verdict.answers == {"which": "yes", "when": "no", "whom": "yes"}
    assert (_answer(["pass", "unknown"]), _answer(["unknown", "warn"]), _answer(["pass", "fail"])) == (
        "part",
        "part",
        "no",
    )
