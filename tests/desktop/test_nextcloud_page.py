"""The window and a Nextcloud: signed in by the browser or by hand, checked, kept as proof, folders made, signed out."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from desktop.connect import signing_in
from desktop.connect.terms import Account
from desktop.connect.watch import Watch
from desktop.nextcloud import Server
from desktop.session import Session
from desktop.ui.desk import Place
from tests.desktop.hands import Hands
from tests.desktop.pages import go
from tests.nextcloud_server import ADMIN, JSON, SAMPLES, Authority, Standin, passwords_in
from wizards.content.text import LANGUAGES

pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.usefixtures("quick_looks")]
HOST = "localhost"
POLL = "/index.php/login/v2/poll"


@pytest.fixture
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "PAUSE", 0.02)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that the browser was asked for."""
    pages: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: pages.append(QUrl(url).toString()))
    return pages


@pytest.fixture
def chooses(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The file that the next dialog gives: the last of the list."""
    files: list[Path] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(files[-1]) if files else "", ""))
    return files


@pytest.fixture
def at_home(busy: Hands) -> Hands:
    """At home in a business with one tier on Nextcloud."""
    homes = {"routine": "dingtalk", "internal": "dingtalk", "confidential": "nextcloud", "highly": "paper"}
    given = {f"tier-{tier}": home for tier, home in homes.items()}
    session_of(busy).answer_together({**given, "nextcloud-state": "in-macau"})
    return busy


@pytest.fixture
def owner(at_home: Hands, standin: Standin, authority: Authority, chooses: list[Path]) -> Hands:
    """On the page, with address and authority given."""
    go(at_home, Place("nextcloud"))
    at_home.type(standin.address)
    chooses.append(authority.file)
    at_home.activate(at_home.say("nextcloud.authority-choose"))
    return at_home


@pytest.fixture
def signed_in(at_home: Hands, standin: Standin, authority: Authority) -> Hands:
    """On the page, signed in before."""
    session_of(at_home).nextcloud.typed(Server(standin.address, authority.file), Account(*ADMIN), Watch())
    go(at_home, Place("nextcloud"))
    return at_home


def session_of(hands: Hands) -> Session:
    assert hands.app.session is not None
    return hands.app.session


def is_shown(hands: Hands, word: str, **values: str) -> bool:
    said = hands.say(word, **values)
    names = {button.accessibleName() for button in hands.seen(QPushButton)}
    return said in hands.texts() or said in names or f"{said}: {HOST}" in names


def there(hands: Hands, word: str, **values: str) -> str:
    """What a button is called that asks the server: it says which."""
    return f"{hands.say(word, **values)}: {HOST}"


def polled(standin: Standin) -> int:
    return sum(seen.path == POLL for seen in standin.seen)


def well(standin: Standin) -> None:
    """All that the task about links and audit asks for is in order."""
    sharing = standin.capabilities["ocs"]["data"]["capabilities"]["files_sharing"]["public"]
    sharing["password"]["enforced"] = True
    sharing["expire_date"] = {"enabled": True, "days": 7, "enforced": True}
    standin.open_links = 0


@pytest.mark.parametrize("typed", ["https://cloud.example.mo/", "cloud.example.mo:8443", "  https://CLOUD.example.mo"])
def test_a_button_that_asks_the_server_says_which(at_home: Hands, typed: str) -> None:
    go(at_home, Place("nextcloud"))
    for word in ("nextcloud.sign-in", "nextcloud.try", "nextcloud.check-bare"):
        assert is_shown(at_home, word)
    at_home.type(typed)
    names = [button.accessibleName() for button in at_home.seen(QPushButton)]
    for word in ("nextcloud.sign-in", "nextcloud.try", "nextcloud.check-bare"):
        assert f"{at_home.say(word)}: cloud.example.mo" in names


# Signing in ---------------------------------------------------------------------------------------------------------


def test_the_browser_signs_in_and_the_window_waits(owner: Hands, standin: Standin, opened: list[str]) -> None:
    owner.activate(there(owner, "nextcloud.sign-in"), back=True)
    owner.until(lambda: is_shown(owner, "nextcloud.open") and polled(standin))
    assert owner.focus().accessibleName() == owner.say("nextcloud.open")
    owner.activate(owner.say("nextcloud.open"))
    assert opened == [f"{standin.address}/index.php/login/v2/flow/abc"]
    standin.granted = ADMIN
    owner.until(lambda: is_shown(owner, "nextcloud.connected", user="admin", address=standin.address))
    assert is_shown(owner, "nextcloud.kept-vault")
    assert owner.focus().accessibleName() == there(owner, "nextcloud.check")
    assert passwords_in(" ".join(owner.texts())) == []


def test_waiting_can_be_given_up_and_begun_again(owner: Hands, standin: Standin) -> None:
    owner.activate(there(owner, "nextcloud.sign-in"), back=True)
    owner.until(lambda: polled(standin))
    owner.activate(owner.say("waiting.cancel"))
    assert is_shown(owner, "waiting.given-up")
    assert not is_shown(owner, "nextcloud.open")
    owner.until(lambda: still(standin))
    owner.activate(there(owner, "nextcloud.sign-in"), back=True)
    standin.granted = ADMIN
    owner.until(lambda: is_shown(owner, "nextcloud.check"))


def still(standin: Standin) -> bool:
    """Whether nobody asks for the browser's word any more."""
    before = polled(standin)
    for _ in range(20):
        time.sleep(0.01)
    return polled(standin) == before


def test_who_leaves_the_page_is_not_signed_in_behind_their_back(owner: Hands, standin: Standin) -> None:
    owner.activate(there(owner, "nextcloud.sign-in"), back=True)
    owner.until(lambda: polled(standin))
    owner.app.window.go(Place("home"))
    owner.until(lambda: still(standin))
    standin.granted = ADMIN
    assert still(standin)
    assert session_of(owner).nextcloud.kept is None


def test_an_app_password_can_be_typed(owner: Hands, standin: Standin) -> None:
    owner.tab_to_name(owner.say("nextcloud.user"))
    owner.type("admin")
    owner.activate(there(owner, "nextcloud.try"))
    assert is_shown(owner, "nextcloud.missing")
    owner.tab_to_name(owner.say("nextcloud.password"))
    owner.type("wrong")
    owner.activate(there(owner, "nextcloud.try"))
    owner.until(lambda: is_shown(owner, "http.turned-away"))
    assert len(standin.seen) == 2
    assert [line.text() for line in owner.seen(QLineEdit)][-1] == ""
    owner.tab_to_name(owner.say("nextcloud.password"), back=True)
    owner.type(ADMIN[1])
    owner.activate(there(owner, "nextcloud.try"))
    owner.until(lambda: is_shown(owner, "nextcloud.check"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_certificate_that_nobody_knows_is_refused_with_a_way_on(busy: Hands, standin: Standin, lang: str) -> None:
    busy.app.speak(lang)
    go(busy, Place("nextcloud"))
    busy.type(standin.address)
    busy.activate(there(busy, "nextcloud.check-bare"))
    busy.until(lambda: is_shown(busy, "http.certificate-unknown", host="localhost"))
    assert standin.seen == []
    busy.tab_to_name(busy.say("nextcloud.address"), back=True)
    busy.type("not an address")
    busy.activate(busy.say("nextcloud.check-bare"))
    busy.until(lambda: is_shown(busy, "http.address"))


def test_without_signing_in_little_shows_and_it_is_said(owner: Hands) -> None:
    owner.activate(there(owner, "nextcloud.check-bare"))
    owner.until(lambda: is_shown(owner, "nextcloud.status-unknown"))
    assert any("only after signing in" in text for text in owner.texts())


def test_a_sample_business_signs_in_nowhere(hands: Hands) -> None:
    hands.app.entered(hands.app.doors.sample("restaurant", "en"), sample=True)
    go(hands, Place("nextcloud"))
    assert is_shown(hands, "nextcloud.sample")
    assert not is_shown(hands, "nextcloud.sign-in")


# Checking -----------------------------------------------------------------------------------------------------------


def test_findings_lead_to_their_tasks(signed_in: Hands, standin: Standin) -> None:
    signed_in.activate(there(signed_in, "nextcloud.check"))
    signed_in.until(lambda: is_shown(signed_in, "nextcloud.status-fail"))
    assert any("runs Nextcloud 31.0.6" in text for text in signed_in.texts())
    assert not is_shown(signed_in, "nextcloud.proof")
    signed_in.activate(signed_in.say("nextcloud.copy"))
    copied = QGuiApplication.clipboard().text()
    assert "Nextcloud 31.0.6" in copied
    assert f"[{signed_in.say('nextcloud.status-fail')}]" in copied
    assert passwords_in(copied) == []
    title = "Check Nextcloud's audit log and public links"
    signed_in.leads_to(lambda: signed_in.activate(signed_in.say("nextcloud.task", title=title)))
    assert signed_in.place == Place("task", "nextcloud-check")
    signed_in.leads_to(lambda: signed_in.activate(signed_in.say("nextcloud.entry")))
    assert signed_in.place == Place("nextcloud")
    assert {seen.method for seen in standin.seen} == {"GET", "PROPFIND"}


def test_a_result_that_proves_a_task_is_kept_as_its_proof(
    signed_in: Hands, standin: Standin, chooses: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # the sample is of one day, the test of any later one
    monkeypatch.setattr("wizards.nextcloud.findings.FRESH", timedelta(days=36_500))
    well(standin)
    chooses.append(SAMPLES / "admin_audit-sample.jsonl")
    signed_in.activate(signed_in.say("nextcloud.audit-choose"), back=True)
    assert is_shown(signed_in, "nextcloud.audit-chosen", file="admin_audit-sample.jsonl")
    signed_in.activate(there(signed_in, "nextcloud.check"))
    signed_in.until(lambda: is_shown(signed_in, "nextcloud.proof"))
    signed_in.activate(signed_in.say("nextcloud.proof"))
    session = session_of(signed_in)
    signed_in.until(lambda: "nextcloud-check" in session.done())
    title = "Check Nextcloud's audit log and public links"
    signed_in.until(lambda: is_shown(signed_in, "nextcloud.proof-kept", title=title))
    assert not is_shown(signed_in, "nextcloud.proof")
    kept = next(proof for proof in session.proofs() if proof.task == "nextcloud-check")
    content = session._store.proof(kept.id).content.decode()
    assert "24 entries" in content
    assert passwords_in(content) == []
    assert standin.address in session.done()["nextcloud-check"].note


def test_an_audit_file_that_went_away_is_told(signed_in: Hands, chooses: list[Path], tmp_path: Path) -> None:
    chooses.append(tmp_path / "gone.log")
    signed_in.activate(signed_in.say("nextcloud.audit-choose"), back=True)
    signed_in.activate(there(signed_in, "nextcloud.check"))
    signed_in.until(lambda: any("gone.log: cannot be read" in text for text in signed_in.texts()))


def test_a_check_that_broke_off_says_so_beside_what_it_found(signed_in: Hands, standin: Standin) -> None:
    standin.instead["/ocs/v2.php/cloud/apps"] = (429, JSON, b"{}")
    signed_in.activate(there(signed_in, "nextcloud.check"))
    why = signed_in.say("http.busy")
    signed_in.until(lambda: is_shown(signed_in, "nextcloud.half-way", why=why))
    assert is_shown(signed_in, "nextcloud.status-pass")


# Folders, tags, and out ---------------------------------------------------------------------------------------------


def test_nothing_is_made_before_the_button_that_says_how_much(signed_in: Hands, standin: Standin) -> None:
    signed_in.activate(there(signed_in, "nextcloud.tiers-look"))
    signed_in.until(lambda: is_shown(signed_in, "nextcloud.tiers-make", count="2"))
    assert standin.tags == []
    assert list(standin.folder("admin").iterdir()) == []
    assert signed_in.focus().accessibleName() == there(signed_in, "nextcloud.tiers-make", count="2")
    signed_in.activate(there(signed_in, "nextcloud.tiers-make", count="2"))
    signed_in.until(lambda: is_shown(signed_in, "nextcloud.tiers-next"))
    assert standin.tags == ["Confidential"]
    assert [folder.name for folder in standin.folder("admin").iterdir()] == ["Confidential"]
    made = signed_in.say("nextcloud.state-made")
    assert is_shown(signed_in, "nextcloud.item-folder", name="Confidential", state=made)
    assert signed_in.focus().accessibleName() == there(signed_in, "nextcloud.tiers-look")
    signed_in.activate(there(signed_in, "nextcloud.tiers-look"))
    signed_in.until(lambda: is_shown(signed_in, "nextcloud.tiers-nothing"))


def test_disconnecting_takes_the_password_back(signed_in: Hands, standin: Standin) -> None:
    signed_in.activate(there(signed_in, "nextcloud.disconnect"), back=True)
    signed_in.until(lambda: is_shown(signed_in, "nextcloud.disconnected"))
    assert "admin" not in standin.passwords
    assert signed_in.focus().accessibleName() == signed_in.say("nextcloud.address")
    assert is_shown(signed_in, "nextcloud.sign-in")


def test_a_server_that_cannot_be_told_is_named_with_what_to_do(signed_in: Hands, standin: Standin) -> None:
    standin.instead["/ocs/v2.php/core/apppassword"] = (500, JSON, b"{}")
    signed_in.activate(there(signed_in, "nextcloud.disconnect"), back=True)
    why = signed_in.say("http.unavailable", host=standin.address, status="500")
    signed_in.until(lambda: is_shown(signed_in, "nextcloud.not-disconnected", why=why))
    assert session_of(signed_in).nextcloud.kept is None


def test_the_guide_leads_here(busy: Hands) -> None:
    go(busy, Place("guide", "nextcloud"))
    busy.leads_to(lambda: busy.activate(busy.say("nextcloud.entry")))
    assert busy.place == Place("nextcloud")
