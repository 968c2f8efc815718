"""On which day and at which figure a check of a Nextcloud turns, each bound from both sides."""

from datetime import date, timedelta

from msgspec.structs import replace

from desktop.content import nextcloud_rules
from tests.wizards.test_nextcloud import ALL_WELL, DAY, said
from wizards.nextcloud.facts import Audit, Passwords, SecondFactor, Unseen


def test_days_and_figures_count_from_where_the_rules_say() -> None:
    until = max(nextcloud_rules().releases, key=lambda release: release.major)
    newest = replace(ALL_WELL, major=until.major, version=f"{until.major}.0.1")
    assert said(newest, "version", until.until - timedelta(days=60)) == "supported"
    assert said(newest, "version", until.until - timedelta(days=59)) == "ends-soon"
    assert said(newest, "version", until.until) == "ends-soon"
    assert said(newest, "version", until.until + timedelta(days=1)) == "ended"
    assert said(replace(newest, major=until.major + 1), "version") == "newer"
    assert said(replace(newest, extended_support=Unseen("not-said")), "version", date(2099, 1, 1)) == "ended"

    def audit(last: date) -> str:
        return said(replace(ALL_WELL, audit=Audit(3, 3, date(2026, 1, 1), last)), "audit-file")

    week, day = timedelta(days=7), timedelta(days=1)
    assert [audit(last) for last in (DAY - week, DAY + day)] == ["filled", "filled"]
    assert [audit(last) for last in (DAY - week - day, DAY + day + day)] == ["stopped", "stopped"]
    for ahead, told in ((14, "ends-soon"), (15, "public")):
        assert said(replace(ALL_WELL, certificate_until=DAY + timedelta(days=ahead)), "https") == told
    for passwords, told in (
        (Passwords(10, common_refused=True), "good"),
        (Passwords(9, common_refused=True), "weak"),
        (Passwords(10, common_refused=False), "weak"),
    ):
        assert said(replace(ALL_WELL, passwords=passwords), "passwords") == told
    for only, but, told in ((0, 0, "all"), (1, 0, "some"), (0, 1, "some")):
        factor = SecondFactor(enforced=True, only_groups=only, but_groups=but)
        assert said(replace(ALL_WELL, second_factor=factor), "second-factor") == told
