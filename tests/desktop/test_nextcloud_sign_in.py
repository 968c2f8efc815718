"""Signing in to a Nextcloud and out again, and making folders and tags for tiers, against a real WebDAV server."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Final

import pytest

from desktop import vault
from desktop.connect import signing_in
from desktop.connect.terms import Account, Item, NoAnswer, State
from desktop.connect.watch import GivenUp, Watch
from desktop.doors import Doors
from desktop.nextcloud import Nextcloud, Server
from desktop.paths import Paths
from desktop.session import Session
from desktop.storage import envelope
from desktop.storage.envelope import Keychain
from desktop.vault import VaultError
from tests.nextcloud_server import ADMIN, JSON, LISTED, Authority, Reply, Standin, passwords_in

pytestmark = pytest.mark.usefixtures("loopback")
ITEMS: Final = [
    Item("folder", "機密 100% é#?"),
    Item("folder", "Rotina"),
    Item("tag", "機密 & <é>"),
    Item("tag", "Rotina"),
]


@pytest.fixture
def server(standin: Standin, authority: Authority) -> Server:
    return Server(standin.address, authority.file)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    slow = envelope.Slow
    monkeypatch.setattr(envelope, "Slow", lambda salt: slow(salt=salt, memory_kib=8 * 1024, iterations=1, lanes=1))
    made = Doors(Paths(tmp_path / "vault")).sample("restaurant", "en")
    yield made
    made.close()


@pytest.fixture
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "PAUSE", 0.02)


# Signing in and out -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick_looks")
def test_the_owner_signs_in_in_the_browser_and_no_password_is_seen(
    standin: Standin, server: Server, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    begun = session.nextcloud.begin(server, Watch())
    assert begun.login == f"{standin.address}/index.php/login/v2/flow/abc"
    steps: list[str] = []
    looks: list[int] = []

    def not_yet() -> Reply:
        looks.append(1)
        if len(looks) == 3:
            standin.granted = ("maria@example.mo", ADMIN[1])
            del standin.instead["/index.php/login/v2/poll"]
        return 404, JSON, b"[]"

    standin.instead["/index.php/login/v2/poll"] = not_yet
    kept = session.nextcloud.wait(server, begun, Watch(lambda word, *_: steps.append(word)))
    assert (kept.address, kept.user, kept.keychain) == (server.address, "maria@example.mo", None)
    assert session.nextcloud.account(kept) == Account("maria@example.mo", ADMIN[1])
    assert ADMIN[1] not in repr(session.nextcloud.account(kept))
    assert steps == ["nextcloud.waiting-browser"]  # each is read aloud
    assert all("Guia" in seen.agent for seen in standin.seen)
    assert passwords_in(caplog.text) == []
    assert ADMIN[1] not in str([link.text for link in session._store.trail()])

    assert session.nextcloud.disconnect(Watch()) is None
    assert "maria@example.mo" not in standin.passwords
    assert session.nextcloud.kept is None


@pytest.mark.usefixtures("quick_looks")
def test_giving_up_while_waiting_keeps_nothing(server: Server, session: Session) -> None:
    watch = Watch(lambda *_: Thread(target=watch.give_up).start())
    begun = session.nextcloud.begin(server, Watch())
    with pytest.raises(GivenUp):
        session.nextcloud.wait(server, begun, watch)
    assert session.nextcloud.kept is None


@pytest.mark.usefixtures("quick_looks")
def test_nobody_waits_longer_than_the_server_does(
    server: Server, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_in, "LONGEST", 0.1)
    with pytest.raises(NoAnswer, match="sign-in-late"):
        session.nextcloud.wait(server, session.nextcloud.begin(server, Watch()), Watch())


@pytest.mark.parametrize("part", ["login", "endpoint"])
@pytest.mark.parametrize("to", ["https://evil.example/x", "http://localhost/x", "https://localhost:1/x", "nowhere"])
def test_a_sign_in_on_another_server_is_refused(
    standin: Standin, server: Server, session: Session, part: str, to: str
) -> None:
    good = f"{standin.address}/index.php/login/v2"
    poll = {"token": "abc", "endpoint": to if part == "endpoint" else f"{good}/poll"}
    body = json.dumps({"poll": poll, "login": to if part == "login" else good}).encode()
    standin.instead["/index.php/login/v2"] = (200, JSON, body)
    with pytest.raises(NoAnswer, match="sign-in-elsewhere"):
        session.nextcloud.begin(server, Watch())


@pytest.mark.parametrize("body", [b"{}", b"<html>", b'{"poll":{"token":"","endpoint":"x"},"login":"y"}', b"[1]"])
def test_a_server_without_that_sign_in_is_told(standin: Standin, server: Server, session: Session, body: bytes) -> None:
    standin.instead["/index.php/login/v2"] = (200, JSON, body)
    with pytest.raises(NoAnswer, match="no-sign-in"):
        session.nextcloud.begin(server, Watch())


@pytest.mark.usefixtures("quick_looks")
def test_a_passing_fault_does_not_end_the_wait_and_a_lasting_one_does(
    standin: Standin, server: Server, session: Session
) -> None:
    begun = session.nextcloud.begin(server, Watch())
    asked = 0

    def busy_twice() -> tuple[int, dict[str, str], bytes]:
        nonlocal asked
        asked += 1
        if asked == 3:
            del standin.instead["/index.php/login/v2/poll"]
            standin.granted = ADMIN
            return 404, JSON, b"[]"
        return 429, JSON, b"{}"

    standin.instead["/index.php/login/v2/poll"] = busy_twice
    assert session.nextcloud.wait(server, begun, Watch()).user == "admin"
    standin.instead["/index.php/login/v2/poll"] = (429, JSON, b"{}")
    before = len(standin.seen)
    with pytest.raises(NoAnswer, match="busy"):
        session.nextcloud.wait(server, begun, Watch())
    assert len(standin.seen) == before + 4


def test_a_typed_app_password_is_tried_once_and_then_kept(standin: Standin, server: Server, session: Session) -> None:
    with pytest.raises(NoAnswer, match="turned-away"):
        session.nextcloud.typed(server, Account("admin", "wrong"), Watch())
    assert session.nextcloud.kept is None
    assert len(standin.seen) == 2
    assert session.nextcloud.typed(server, Account(*ADMIN), Watch()).server == server


def test_what_cannot_be_revoked_is_told_and_forgotten_here(standin: Standin, server: Server, session: Session) -> None:
    session.nextcloud.typed(server, Account(*ADMIN), Watch())
    standin.instead["/ocs/v2.php/core/apppassword"] = (503, JSON, b"{}")
    trouble = session.nextcloud.disconnect(Watch())
    assert trouble is not None
    assert trouble.code == "unavailable"
    assert session.nextcloud.kept is None


def test_the_password_is_in_the_keychain_and_leaves_it_again(
    server: Server, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: dict[str, str] = {}

    def keep(subject: str, value: str) -> Keychain:
        held[subject] = value
        return Keychain("a keychain", subject)

    monkeypatch.setattr(vault, "keep_secret", keep)
    monkeypatch.setattr(vault, "secret", lambda place: held[place.slot])
    monkeypatch.setattr(vault, "forget_secret", lambda place: held.pop(place.slot))
    kept = session.nextcloud.typed(server, Account(*ADMIN), Watch())
    assert (kept.password, held) == ("", {"nextcloud": ADMIN[1]})
    assert session.nextcloud.account(kept).password == ADMIN[1]
    assert session.nextcloud.disconnect(Watch()) is None
    assert held == {}


def test_a_keychain_that_lost_the_password_does_not_hold_the_owner(
    server: Server, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_: Keychain) -> str:
        raise VaultError("keychain-empty")

    monkeypatch.setattr(vault, "keep_secret", lambda subject, _: Keychain("a keychain", subject))
    monkeypatch.setattr(vault, "secret", lost)
    session.nextcloud.typed(server, Account(*ADMIN), Watch())
    trouble = session.nextcloud.disconnect(Watch())
    assert trouble is not None
    assert trouble.code == "keychain"
    assert session.nextcloud.kept is None


def test_an_authority_that_went_away_is_told(server: Server, session: Session, tmp_path: Path) -> None:
    copy = tmp_path / "office.pem"
    copy.write_bytes((server.authority or copy).read_bytes())
    kept = session.nextcloud.typed(Server(server.address, copy), Account(*ADMIN), Watch())
    copy.unlink()
    with pytest.raises(NoAnswer, match="authority-gone"):
        session.nextcloud.look(kept, ITEMS, Watch())
    with pytest.raises(NoAnswer, match="authority-gone"):
        session.nextcloud.check(kept.server, kept, None, Watch(), ())
    trouble = session.nextcloud.disconnect(Watch())
    assert trouble is not None
    assert (trouble.code, session.nextcloud.kept) == ("authority-gone", None)


def test_the_trail_tells_what_was_done_and_how_many_findings(server: Server, session: Session) -> None:
    kept = session.nextcloud.typed(server, Account(*ADMIN), Watch())
    session.nextcloud.check(server, kept, None, Watch(), ())
    session.nextcloud.disconnect(Watch())
    written = [json.loads(link.text) for link in session._store.trail()][-3:]
    assert [entry["action"] for entry in written] == [
        "nextcloud.connected",
        "nextcloud.checked",
        "nextcloud.disconnected",
    ]
    assert {(entry["who"], entry["channel"], entry["outcome"]) for entry in written} == {("owner", "nextcloud", "done")}


# Folders and tags ---------------------------------------------------------------------------------------------------


@pytest.fixture
def connected(server: Server, session: Session) -> Nextcloud:
    session.nextcloud.typed(server, Account(*ADMIN), Watch())
    return session.nextcloud


Do = Callable[[list[Item]], dict[Item, State]]


@pytest.fixture
def look(connected: Nextcloud) -> Do:
    kept = connected.kept
    assert kept is not None
    return lambda items: connected.look(kept, items, Watch())


@pytest.fixture
def make(connected: Nextcloud) -> Do:
    kept = connected.kept
    assert kept is not None
    return lambda items: connected.make(kept, items, Watch())


def test_folders_and_tags_are_made_once(standin: Standin, look: Do, make: Do) -> None:
    assert set(look(ITEMS).values()) == {"new"}
    assert standin.tags == []
    assert set(make(ITEMS).values()) == {"made"}
    assert set(make(ITEMS).values()) == {"there"} == set(look(ITEMS).values())
    assert {folder.name for folder in standin.folder("admin").iterdir()} == {"機密 100% é#?", "Rotina"}
    assert standin.tags == ["機密 & <é>", "Rotina"]
    posts = [seen for seen in standin.seen if seen.method in ("MKCOL", "POST", "PUT", "DELETE")]
    assert len(posts) == 4


def test_what_is_there_stays_as_it_is(standin: Standin, make: Do) -> None:
    there = standin.folder("admin") / "機密 100% é#?"
    there.mkdir()
    (there / "a.txt").write_text("mine")
    standin.tags.append("Rotina")
    items = [Item("folder", there.name), Item("tag", "Rotina")]
    assert set(make(items).values()) == {"there"}
    assert (there / "a.txt").read_text() == "mine"
    assert [seen for seen in standin.seen if seen.method in ("MKCOL", "POST")] == []


def test_somebody_who_was_quicker_is_no_fault(standin: Standin, make: Do) -> None:
    base = "/remote.php/dav"
    standin.instead[f"{base}/files/admin/Rotina"] = (405, LISTED, b"")
    standin.instead[f"{base}/files/admin/Sem"] = (403, LISTED, b"")
    standin.instead[f"{base}/files/admin/Cheio"] = (507, LISTED, b"")
    items = [Item("folder", name) for name in ("Rotina", "Sem", "Cheio", "Novo")]
    assert list(make(items).values()) == ["there", "forbidden", "failed", "made"]


def test_a_listing_that_is_none_makes_nothing(standin: Standin, make: Do) -> None:
    standin.instead["/remote.php/dav/files/admin/"] = (207, LISTED, b"<!DOCTYPE a><a/>")
    with pytest.raises(NoAnswer, match="no-list"):
        make(ITEMS)
    assert [seen for seen in standin.seen if seen.method in ("MKCOL", "POST")] == []
