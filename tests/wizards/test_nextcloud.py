"""From what a Nextcloud answered to findings: as version 31 answers, with less insight, and with anything at all."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desktop.content import bank, nextcloud_rules, words
from tests.nextcloud_server import SAMPLES, sample
from wizards.content.text import LANGUAGES
from wizards.nextcloud import findings as judged
from wizards.nextcloud.documents import audit_in, json_in, responses_in, within
from wizards.nextcloud.facts import Audit, Expiry, Facts, Passwords, Replies, SecondFactor, Unseen, Why
from wizards.nextcloud.findings import CHECKS, Case, Finding, findings, proven
from wizards.nextcloud.reading import Approach, facts_of, is_nextcloud, looks_like_app_password
from wizards.nextcloud.rules import STATUSES, read
from wizards.nextcloud.telling import as_json, remedy, text
from wizards.nextcloud.tiers import names_of, possible_names, tiers_here

DAY: Final = date(2026, 11, 26)
BY_ADMIN: Final = Approach(
    https=True,
    own_authority=False,
    certificate_until=DAY + timedelta(days=60),
    signed_in=True,
    app_password=True,
    audit=Audit(24, 24, date(2026, 11, 23), date(2026, 11, 26)),
)
WHOLE: Final[Replies] = {
    "status": sample("status.json"),
    "capabilities": sample("capabilities-user.json"),
    "user": {"ocs": {"data": {"id": "admin", "groups": ["admin"]}}},
    "apps": sample("apps-enabled.json"),
    "serverinfo": {"ocs": {"data": {"nextcloud": {"shares": {"num_shares_link_no_password": "0"}}}}},
    "workflows": sample("accesscontrol-rules.json"),
    "retentions": sample("retentions.json"),
    "twofactor": {"enforced": True, "enforcedGroups": [], "excludedGroups": []},
    "tags": [{"href": "/"}, {"http://owncloud.org/ns display-name": "Confidential"}],
}
ALL_WELL: Final = facts_of(WHOLE, BY_ADMIN)


def found(facts: Facts, day: date = DAY, tier_tags: tuple[tuple[str, ...], ...] = ()) -> dict[str, Finding]:
    return {f.check.id: f for f in findings(Case(facts, day, nextcloud_rules(), tier_tags))}


def said(facts: Facts, check: str, day: date = DAY) -> str:
    finding = found(facts, day)[check]
    return finding.said.id if finding.said else finding.unseen.why


# The rules ----------------------------------------------------------------------------------------------------------


def test_the_file_and_the_code_know_the_same_checks() -> None:
    assert sorted(check.id for check in nextcloud_rules().checks) == sorted(CHECKS)
    assert set(nextcloud_rules().unseen) == set(get_args(Why))


def test_each_task_is_one_of_the_plan() -> None:
    assert [c.id for c in nextcloud_rules().checks if c.task and c.task not in bank().duties] == []


def test_whatever_is_wrong_or_doubtful_comes_with_something_to_do() -> None:
    outcomes = [(c.id, o) for c in nextcloud_rules().checks for o in c.outcomes]
    assert [(check, o.id) for check, o in outcomes if (o.remedy is None) != (o.status == "pass")] == []


def test_what_is_not_known_says_so_and_what_is_reported_says_so() -> None:
    rules = nextcloud_rules()
    unknown = [o.text.en for c in rules.checks for o in c.outcomes if o.status == "unknown"] + [
        t.en for t in rules.unseen.values()
    ]
    assert [t for t in unknown if not t.startswith("Could not tell: ")] == []
    assert {source.grade for source in rules.sources} == {"L"}


def test_a_file_with_a_mistake_says_where() -> None:
    with pytest.raises(ValueError, match=r"nextcloud\.toml"):
        read(b"releases = 3")


# As version 31 answers ----------------------------------------------------------------------------------------------


def test_an_administrator_is_told_everything_but_one() -> None:
    unknown = {check for check, finding in found(ALL_WELL).items() if finding.status == "unknown"}
    assert unknown == {"attempts"}
    assert said(ALL_WELL, "audit-app") == "on"
    assert said(ALL_WELL, "links-open") == "none"
    assert said(ALL_WELL, "link-password") == "may"
    assert said(ALL_WELL, "link-expiry") == "never"
    assert said(ALL_WELL, "access-rules") == "some"
    assert said(ALL_WELL, "retention") == "some"
    assert said(ALL_WELL, "versioning") == "on"
    assert said(ALL_WELL, "federation") == "on"
    assert said(ALL_WELL, "passwords") == "good"


def test_what_an_account_cannot_see_is_never_a_failure() -> None:
    user = replace(BY_ADMIN, audit=None)
    replies = {**WHOLE, "user": sample("user.json")}
    for name in ("apps", "serverinfo", "workflows", "retentions", "twofactor"):
        replies[name] = Unseen("needs-admin")
    seen = found(facts_of(replies, user))
    assert {c for c, f in seen.items() if f.unseen.why == "needs-admin" and f.said is None} == {
        "audit-app",
        "links-open",
        "second-factor",
        "access-rules",
        "retention",
    }
    assert seen["audit-file"].status == "unknown"

    nobody = replace(user, signed_in=False, app_password=False)
    bare = {"status": WHOLE["status"], "capabilities": sample("capabilities-anonymous.json")}
    told = found(facts_of(bare, nobody))
    assert {c for c, f in told.items() if f.status == "fail"} == {"version"}
    assert {f.unseen.why for f in told.values() if f.said is None} == {"no-account"}
    for finding in told.values():
        if finding.status == "unknown":
            assert remedy(finding, "en", str)


@pytest.mark.parametrize(
    ("version", "day", "outcome", "status"),
    [
        ("31.0.6", date(2026, 2, 24), "ends-soon", "warn"),
        ("31.0.6", date(2026, 2, 25), "ended", "fail"),
        ("32.0.6", date(2026, 3, 1), "supported", "pass"),
        ("33.0.2", DAY, "supported", "pass"),
        ("33.0.2", date(2027, 1, 1), "ends-soon", "warn"),
        ("34.0.2", DAY, "newer", "unknown"),
        ("12.0.1", DAY, "long-ended", "fail"),
        ("x.1", DAY, "garbled", "unknown"),
    ],
)
def test_the_end_of_support_is_judged_by_the_day(version: str, day: date, outcome: str, status: str) -> None:
    facts = facts_of({**WHOLE, "status": {**sample("status.json"), "versionstring": version}}, BY_ADMIN)
    assert said(facts, "version", day) == outcome
    assert found(facts, day)["version"].status == status


def test_extended_support_is_no_failure() -> None:
    facts = facts_of({**WHOLE, "status": {**sample("status.json"), "extendedSupport": True}}, BY_ADMIN)
    assert said(facts, "version") == "extended"


def test_an_audit_file_passes_only_on_evidence() -> None:
    def judge(audit: Audit | None) -> str:
        return said(facts_of(WHOLE, replace(BY_ADMIN, audit=audit)), "audit-file")

    lines = (SAMPLES / "admin_audit-sample.jsonl").read_text("utf-8").splitlines()
    assert judge(audit_in(lines)) == "filled"
    assert (
        judge(audit_in([f"<110>1 2026-11-23T20:42:53Z box nextcloud-audit - - - {line}" for line in lines])) == "filled"
    )
    assert judge(None) == "not-given"
    assert judge(audit_in([])) == "empty"
    assert judge(audit_in(["", "  "])) == "empty"
    assert judge(audit_in(['{"app":"core","message":"x","time":"2026-11-26"}', "rubbish {"])) == "strange"
    assert judge(audit_in(line.replace("2026-11-23", "2026-10-01") for line in lines)) == "stopped"
    assert judge(audit_in(line.replace("2026-11-23", "2036-10-01") for line in lines)) == "stopped"
    assert judge(audit_in(line.replace("2026-11-23", "yesterday") for line in lines)) == "strange"


def test_a_duty_is_proven_only_where_all_that_counts_passes() -> None:
    good = replace(ALL_WELL, link_password=True, link_expiry=Expiry(on=True, enforced=True, days=14))
    assert proven(tuple(found(good).values())) == {"nextcloud-check"}
    for spoilt in (
        replace(good, audit=Unseen("not-said")),
        replace(good, audit_app=False),
        replace(good, open_links=1),
        replace(good, link_password=Unseen("not-said")),
        replace(good, link_expiry=Expiry(on=True, enforced=True, days=15)),
    ):
        assert proven(tuple(found(spoilt).values())) == frozenset()


def test_the_most_urgent_stands_first() -> None:
    statuses = [STATUSES.index(f.status) for f in found(ALL_WELL).values()]
    assert statuses == sorted(statuses)


def test_each_outcome_comes_up() -> None:
    came: set[tuple[str, str]] = set()

    def note(day: date = DAY, tier_tags: tuple[tuple[str, ...], ...] = (), **facts: object) -> None:
        came.update((c, f.said.id) for c, f in found(replace(ALL_WELL, **facts), day, tier_tags).items() if f.said)

    note()
    note(https=False)
    note(own_authority=True, certificate_until=DAY + timedelta(days=90))
    note(certificate_until=DAY + timedelta(days=3), tier_tags=(("Confidential", "機密"),))
    note(tags=(), tier_tags=(("Confidential", "機密"),))
    note(tags=(), links_allowed=False)
    note(major=33, version="33.0.1", maintenance=True, needs_upgrade=True, app_password=False, audit_app=False)
    note(major=33, day=date(2027, 2, 1), audit=Audit(0, 0), open_links=3, link_password=True)
    note(major=35, audit=Audit(0, 3), link_expiry=Expiry(on=True, enforced=True, days=7))
    note(major=9, audit=Unseen("not-said"), link_expiry=Expiry(on=True, enforced=True, days=70))
    note(
        extended_support=True,
        audit=Audit(2, 2, DAY, DAY - timedelta(days=9)),
        link_expiry=Expiry(on=True, enforced=False, days=7),
    )
    note(link_expiry=Expiry(on=True, enforced=True, days=0), passwords=Passwords(8, common_refused=True), delay=800)
    note(
        passwords=Unseen("no-app"), second_factor=SecondFactor(enforced=False, only_groups=0, but_groups=0), exempt=True
    )
    note(second_factor=SecondFactor(enforced=True, only_groups=1, but_groups=0), federation=False, versioning=False)
    note(access_rules=0, retention_rules=0)
    note(access_rules=Unseen("no-app"), retention_rules=Unseen("no-app"))
    assert {(c.id, o.id) for c in nextcloud_rules().checks for o in c.outcomes} - came == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_place_is_left_open_in_what_is_said(lang: str) -> None:
    for finding in found(ALL_WELL).values():
        told = as_json(finding, nextcloud_rules(), lang, date.isoformat)
        assert "{" not in json.dumps([told["text"], told["remedy"]])


# What comes from a server -------------------------------------------------------------------------------------------


def test_only_a_nextcloud_is_one() -> None:
    assert is_nextcloud(sample("status.json"))
    others: list[object] = [
        None,
        [],
        {},
        {"installed": True},
        {"installed": 1, "maintenance": 0, "version": "3"},
        "installed",
    ]
    for other in others:
        assert not is_nextcloud(other)


def test_an_app_password_is_known_by_its_form() -> None:
    assert looks_like_app_password("aB3" * 24)
    assert looks_like_app_password("wW3dX-9aQ2f-Zz1Yy-00abc-KkLl5")
    assert not looks_like_app_password("Verão-2026")
    assert not looks_like_app_password("aB3" * 24 + "\n")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b'{"a":1,"a":2}',
        b'{"a":{"b":1,"b":1}}',
        b"NaN",
        b'{"a":Infinity}',
        b"[" * 100_000 + b"]" * 100_000,
        b"\xff\xfe{}",
        b"1" * 5000,
        b'{"a":1} {"b":2}',
    ],
)
def test_what_is_no_json_is_nothing(body: bytes) -> None:
    assert json_in(body) is None


LAUGHS: Final = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "' + f"&lol{n - 1 or ''};" * 10 + '">' for n in range(1, 10))
    + ']><d:multistatus xmlns:d="DAV:"><d:response><d:href>&lol9;</d:href></d:response></d:multistatus>'
)
OUTSIDE: Final = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY out SYSTEM "file:///etc/hostname">]>'
    '<d:multistatus xmlns:d="DAV:"><d:response><d:href>&out;</d:href></d:response></d:multistatus>'
)


@pytest.mark.parametrize(
    "body",
    [
        LAUGHS,
        OUTSIDE,
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:1/d.dtd"><d:multistatus xmlns:d="DAV:"/>',
        "",
        "<a>",
        "<html/>",
        "<d/>" * 3,
        "<d:multistatus>",
        '<d:multistatus xmlns:d="DAV:">' + "<a>" * 100_000,
        '<multistatus xmlns="DAV:"><response><href>&undefined;</href></response></multistatus>',
    ],
)
def test_what_is_no_list_or_declares_anything_is_nothing(body: str) -> None:
    assert responses_in(body.encode()) is None


def test_a_list_gives_its_addresses_and_names() -> None:
    listed = responses_in((SAMPLES / "propfind-depth1.xml").read_bytes())
    assert listed is not None
    assert [one["href"] for one in listed][:2] == [
        "/remote.php/dav/files/ana2/guia/",
        "/remote.php/dav/files/ana2/guia/h.txt",
    ]
    assert responses_in((SAMPLES / "dav-401.xml").read_bytes()) is None


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=12,
)


def _bent(reply: object) -> st.SearchStrategy[object]:
    """Anything, or the true answer with anything put in one place of it."""
    places: list[tuple[Any, Any]] = []
    copy = json.loads(json.dumps(reply))

    def walk(value: object) -> None:
        for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
            places.append((value, key))
            walk(value[key])  # type: ignore[index]

    walk(copy)
    whole = json.dumps(copy)

    def put(chosen: tuple[int, object]) -> object:
        again: list[tuple[Any, Any]] = []

        def find(value: Any) -> None:  # noqa: ANN401  # JSON of any shape
            for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
                again.append((value, key))
                find(value[key])

        made = json.loads(whole)
        find(made)
        holder, key = again[chosen[0]]
        holder[key] = chosen[1]
        return made

    return anything | st.tuples(st.integers(0, len(places) - 1), anything).map(put)


bent_replies = st.fixed_dictionaries(
    {}, optional={name: _bent(reply) | st.just(Unseen("broken-off")) for name, reply in WHOLE.items()}
)


@given(replies=bent_replies, signed_in=st.booleans(), lang=st.sampled_from(LANGUAGES))
def test_any_answers_give_one_finding_for_each_check(replies: Mapping[str, object], signed_in: bool, lang: str) -> None:  # noqa: FBT001
    seen = findings(Case(facts_of(replies, replace(BY_ADMIN, signed_in=signed_in)), DAY, nextcloud_rules()))
    assert {f.check.id for f in seen} == set(CHECKS)
    for finding in seen:
        assert text(finding, nextcloud_rules(), lang, date.isoformat)


@given(body=st.binary(max_size=200) | st.text(alphabet="<>/:=\"'&;![]DAV multistatushref", max_size=80).map(str.encode))
def test_any_bytes_are_a_value_or_nothing(body: bytes) -> None:
    within(json_in(body), "a", "b")
    responses_in(body)
    audit_in(body.decode("utf-8", "replace").split("\n"))


# Tiers --------------------------------------------------------------------------------------------------------------


def test_the_tiers_on_nextcloud_have_names_in_each_language() -> None:
    answers = {"tier-routine": "dingtalk", "tier-confidential": "nextcloud", "tier-highly": "nextcloud"}
    here = tiers_here(answers)
    assert here == ("confidential", "highly")
    assert names_of(here, words(), "pt") == ("Confidencial", "Altamente confidencial")
    assert [len(names) for names in possible_names(here, words())] == [3, 3]
    assert said(ALL_WELL, "tags") == "some"
    assert found(ALL_WELL, DAY, possible_names(here, words()))["tags"].values == {"there": 1, "wanted": 2}


def test_links_that_are_off_need_no_rules() -> None:
    off = replace(ALL_WELL, links_allowed=False)
    assert (said(off, "link-password"), said(off, "link-expiry")) == ("links-off", "links-off")
    assert judged.LONGEST_LINK == 14
