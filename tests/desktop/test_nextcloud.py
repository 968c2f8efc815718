"""The check of a Nextcloud against a real WebDAV server, with Nextcloud's other interfaces beside it.

Each fault is one that owners meet; what is counted is how often the server was asked.
"""

import socket
from pathlib import Path

import pytest

from desktop.connect import web
from desktop.connect.terms import Account, NoAnswer
from desktop.connect.watch import GivenUp, Watch
from desktop.nextcloud import Result, Server, check, read_audit
from tests.nextcloud_server import (
    ADMIN,
    ANA,
    JSON,
    LISTED,
    SAMPLES,
    Authority,
    Standin,
    bare,
    ocs,
    passwords_in,
)

pytestmark = pytest.mark.usefixtures("loopback")


@pytest.fixture
def server(standin: Standin, authority: Authority) -> Server:
    return Server(standin.address, authority.file)


def statuses(result: Result) -> dict[str, str]:
    return {finding.check.id: finding.status for finding in result.findings}


def unseen(result: Result) -> set[str]:
    return {finding.unseen.why for finding in result.findings if finding.said is None}


def refused(server: Server, account: Account | None = None) -> NoAnswer:
    with pytest.raises(NoAnswer) as told:
        check(server, account, None, Watch())
    assert passwords_in(f"{told.value} {told.value.values}") == []
    return told.value


# The check ----------------------------------------------------------------------------------------------------------


def test_an_administrator_sees_all_that_a_server_tells(standin: Standin, server: Server) -> None:
    audit = read_audit(SAMPLES / "admin_audit-sample.jsonl")
    result = check(server, Account(*ADMIN), audit, Watch())
    found = statuses(result)
    assert (result.version, result.trouble) == ("31.0.6", None)
    assert found["links-open"] == "fail"
    assert found["audit-app"] == "pass"
    assert found["sign-in"] == "pass"
    assert found["https"] == "pass"
    assert {c for c, s in found.items() if s == "unknown"} == {"attempts"}
    assert {seen.user for seen in standin.seen} == {"", "admin"}
    assert len(standin.seen) == 9
    assert standin.seen[0].user == ""  # the password goes only to what has answered as a Nextcloud


def test_the_check_changes_nothing(standin: Standin, server: Server) -> None:
    check(server, Account(*ADMIN), None, Watch())
    assert {seen.method for seen in standin.seen} == {"GET", "PROPFIND"}


def test_an_ordinary_account_is_asked_only_what_it_may_see(standin: Standin, server: Server) -> None:
    result = check(server, Account(*ANA), None, Watch())
    assert unseen(result) == {"needs-admin"}
    assert statuses(result)["sign-in"] == "warn"
    assert [seen.path for seen in standin.seen] == [
        "/status.php",
        "/ocs/v2.php/cloud/user",
        "/ocs/v2.php/cloud/capabilities",
        "/remote.php/dav/systemtags/",
    ]


def test_without_an_account_little_shows_and_nothing_fails_for_it(standin: Standin, server: Server) -> None:
    result = check(server, None, None, Watch())
    assert unseen(result) == {"no-account"}
    assert {c for c, s in statuses(result).items() if s == "fail"} == {"version"}
    assert [seen.user for seen in standin.seen] == ["", ""]


def test_a_wrong_password_is_tried_once(standin: Standin, server: Server) -> None:
    assert refused(server, Account("admin", ANA[1])).code == "turned-away"
    assert [seen.path for seen in standin.seen] == ["/status.php", "/ocs/v2.php/cloud/user"]


def test_an_account_that_is_turned_away_half_way_is_not_used_again(standin: Standin, server: Server) -> None:
    standin.instead["/ocs/v2.php/cloud/apps"] = (401, JSON, (SAMPLES / "ocs-401.json").read_bytes())
    result = check(server, Account(*ADMIN), None, Watch())
    assert result.trouble is not None
    assert result.trouble.code == "signed-out"
    assert "signed-out" in unseen(result)
    assert standin.seen[-1].path == "/ocs/v2.php/cloud/apps"


def test_maintenance_is_told_from_a_dead_server(standin: Standin, server: Server) -> None:
    standin.maintenance = True
    result = check(server, None, None, Watch())
    assert statuses(result)["maintenance"] == "fail"
    assert "maintenance" in unseen(result)
    signed_in = check(server, Account(*ADMIN), None, Watch())
    assert statuses(signed_in)["maintenance"] == "fail"
    assert "needs-admin" not in unseen(signed_in)
    standin.instead["/status.php"] = (503, {"Content-Type": "text/html"}, b"<h1>Service Unavailable</h1>")
    assert refused(server, Account(*ADMIN)).code == "unavailable"


def test_a_proxy_that_drops_the_header_is_named(standin: Standin, server: Server) -> None:
    standin.instead["/ocs/v2.php/cloud/user"] = (412, JSON, (SAMPLES / "ocs-412-missing-header.json").read_bytes())
    assert refused(server, Account(*ADMIN)).code == "header-dropped"
    assert len(standin.seen) == 2


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ((200, JSON, b'{"ocs":{"meta":{"status":"failure","statuscode":997},"data":[]}}'), "turned-away"),
        ((200, {"Content-Type": "text/html"}, b"<html>sign in</html>"), "no-account-said"),
        ((404, JSON, b"{}"), "no-account-said"),
        ((500, JSON, b"{}"), "unavailable"),
        ((503, {"Content-Type": "text/html"}, b"<h1>busy</h1>"), "unavailable"),
    ],
)
def test_an_account_that_was_not_accepted_is_not_called_an_ordinary_one(
    standin: Standin, server: Server, reply: tuple[int, dict[str, str], bytes], code: str
) -> None:
    standin.instead["/ocs/v2.php/cloud/user"] = reply
    assert refused(server, Account(*ADMIN)).code == code
    assert len(standin.seen) == 2


@pytest.mark.parametrize("path", ["/status.php", "/ocs/v2.php/cloud/user", "/ocs/v2.php/cloud/apps"])
def test_a_server_that_wants_a_pause_is_given_one(standin: Standin, server: Server, path: str) -> None:
    standin.instead[path] = (429, JSON, b"{}")
    if path.endswith("apps"):
        result = check(server, Account(*ADMIN), None, Watch())
        assert result.trouble is not None
        assert result.trouble.code == "busy"
    else:
        assert refused(server, Account(*ADMIN)).code == "busy"
    assert standin.seen[-1].path == path


@pytest.mark.parametrize(
    "reply",
    [
        (200, {"Content-Type": "text/html"}, b"<html><form>Sign in to the hotel's network</form></html>"),
        (404, {"Content-Type": "text/html"}, b"not found"),
        (200, JSON, b'{"installed":true,"installed":true,"maintenance":false,"version":"31"}'),
        (200, JSON, b'{"installed":"yes","maintenance":"no","version":31}'),
        (200, JSON, b"[" * 50_000),
        (200, JSON, b""),
    ],
)
def test_what_is_no_nextcloud_never_sees_the_password(
    standin: Standin, server: Server, reply: tuple[int, dict[str, str], bytes]
) -> None:
    standin.instead["/status.php"] = reply
    assert refused(server, Account(*ADMIN)).code == "not-nextcloud"
    assert [seen.user for seen in standin.seen] == [""]


@pytest.mark.parametrize(
    ("path", "reply", "why"),
    [
        ("/ocs/v2.php/apps/serverinfo/api/v1/info", (404, JSON, b"{}"), "no-app"),
        ("/ocs/v2.php/apps/serverinfo/api/v1/info", (200, JSON, b"{" * 9000), "garbled"),
        ("/ocs/v2.php/apps/serverinfo/api/v1/info", (200, JSON, ocs({"nextcloud": {"shares": 7}})), "not-said"),
        ("/ocs/v2.php/apps/serverinfo/api/v1/info", (500, JSON, b"oops"), "garbled"),
        ("/ocs/v2.php/apps/serverinfo/api/v1/info", (200, JSON, b" " * (web.LARGEST + 1)), "broken-off"),
        ("/index.php/settings/api/admin/twofactorauth", (200, {"Content-Type": "text/html"}, b"<html>"), "garbled"),
        ("/remote.php/dav/systemtags/", (207, LISTED, b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "garbled"),
        ("/ocs/v2.php/cloud/capabilities", (302, {"Location": "https://elsewhere.example/"}, b""), "broken-off"),
    ],
)
def test_one_bad_answer_spoils_only_what_it_would_have_told(
    standin: Standin, server: Server, path: str, reply: tuple[int, dict[str, str], bytes], why: str
) -> None:
    standin.instead[path] = reply
    result = check(server, Account(*ADMIN), None, Watch())
    assert result.trouble is None
    assert unseen(result) == {why}
    assert statuses(result)["audit-app"] == "pass"
    assert len(standin.seen) == 9


def test_a_server_that_vanishes_half_way_is_not_asked_on(authority: Authority, certificate: Path) -> None:
    status = (SAMPLES / "status.json").read_bytes()

    def act(line: socket.socket) -> None:
        if running.asked == 1:
            line.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(status)}\r\n\r\n".encode() + status)
        elif running.asked == 2:
            body = ocs({"id": "admin", "groups": ["admin"]})
            line.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        else:
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n{")

    with bare(act, certificate) as running:
        result = check(Server(running.address, authority.file), Account(*ADMIN), None, Watch())
        assert running.asked == 3
    assert result.trouble is not None
    assert result.trouble.code == "vanished"
    assert unseen(result) == {"broken-off"}
    assert statuses(result)["maintenance"] == "pass"


def test_a_slow_server_can_be_given_up(authority: Authority, certificate: Path) -> None:
    watch = Watch()

    def act(line: socket.socket) -> None:
        watch.give_up()
        line.recv(1)

    with bare(act, certificate) as running, pytest.raises(GivenUp):
        check(Server(running.address, authority.file), Account(*ADMIN), None, watch)


def test_a_wrong_certificate_ends_it_before_anything_is_said(standin: Standin, tmp_path: Path) -> None:
    assert refused(Server(standin.address), Account(*ADMIN)).code == "certificate-unknown"
    assert refused(Server(standin.address, Authority(tmp_path).file), Account(*ADMIN)).code == "certificate-unknown"
    assert standin.seen == []


def test_only_the_end_of_a_long_audit_log_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.nextcloud.LARGEST_AUDIT", 4000)
    file = tmp_path / "audit.log"
    file.write_bytes((SAMPLES / "admin_audit-sample.jsonl").read_bytes() * 10)
    assert 0 < read_audit(file).entries < 30
    file.write_bytes(b"")
    assert read_audit(file).lines == 0
