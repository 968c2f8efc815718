"""Owners at the log pages, by the keyboard: one computer, one old PC to a green proof, several sites, and refusals."""

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit

from desktop.app import App
from desktop.connect.watch import GivenUp, Watch
from desktop.exported import verify_file
from desktop.logbox.instructions import FOLDER
from desktop.session import Session
from desktop.ui.desk import Place
from desktop.ui.log.box_page import BoxPage
from desktop.ui.log.verbatim import Verbatim
from desktop.ui.waiting import Waiting
from tests.desktop.boxes import HERE, free_port
from tests.desktop.hands import Hands, Key
from tests.desktop.old_pc import OldPc, old_pc
from tests.desktop.pages import PASSPHRASE, go, with_box
from wizards.trail.anchor_code import read_code
from wizards.trail.export import Form
from wizards.trail.verdict import Unbroken

# said by the platform without a screen, of raising and of popups
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MOST_ACTIONS: Final = 12
WHOLE: Final = "unbroken"
BLINK: Final = 0.25
"""Seconds that the window may stand still at most on a computer that does other things too; a hang takes ten."""


def longest_gap(over: Callable[[], object], act: Callable[[], object] = lambda: None) -> float:
    """Seconds between two turns of the event loop at most, from `act` until it is `over`."""
    longest, before, last = 0.0, time.perf_counter(), time.perf_counter() + 30
    act()
    while not over():
        assert time.perf_counter() < last
        QApplication.processEvents()
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
        time.sleep(0.001)
    return longest


class Owner:
    """Does one thing after another, and remembers which."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.done: list[str] = []

    def does(self, what: str, act: Callable[[], object]) -> None:
        """One action, as an owner would count it."""
        self.done.append(what)
        act()
        self.hands.rest()


def session_of(hands: Hands) -> Session:
    assert hands.app.session is not None
    return hands.app.session


def says(hands: Hands, word: str, **values: str) -> bool:
    return hands.say(word, **values) in hands.texts()


def verbatim(hands: Hands) -> list[str]:
    """What is shown to be typed or copied exactly."""
    return [text.toPlainText() for text in hands.seen(Verbatim)]


def type_into(hands: Hands, name: str, text: str) -> None:
    hands.tab_to_name(hands.say(name))
    hands.type(text)


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A USB stick that every dialog for a folder chooses."""
    place = tmp_path / "stick"
    place.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(place))
    return place


@pytest.fixture
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loopback: None) -> Iterator[OldPc]:  # noqa: ARG001  # its port
    with old_pc(tmp_path / "pc", monkeypatch) as made:
        yield made


def set_up(hands: Hands, stick: Path, pc: OldPc) -> None:
    """A box that was made from the window and runs."""
    go(hands, Place("box"))
    type_into(hands, "box-page.host", HERE)
    hands.activate(hands.say("box-page.save"))
    hands.until(session_of(hands).box.kept)
    pc.install(stick / FOLDER)


def button_of(hands: Hands) -> str:
    return hands.say("box-page.test", host=HERE)


# One computer ---------------------------------------------------------------------------------------------------------


def test_one_computer_needs_a_mark_and_nothing_to_install(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(hands)
    hands.leads_to(lambda: hands.activate(hands.say("place.log"), back=True))
    assert says(hands, "log-page.next-ask")
    hands.leads_to(lambda: hands.activate(hands.say("log-page.ask-button")))
    assert hands.place == Place("page", "log/log-scope")
    session.answer("log-scope", "one-computer")
    go(hands, Place("log"))
    hands.until(lambda: WHOLE in hands.texts())
    assert says(hands, "log-page.no-mark")
    hands.leads_to(lambda: hands.press(Key.Key_Return))  # the keyboard is on the one next step
    assert hands.place == Place("trail", "mark")

    hands.activate(hands.say("mark.copy"))
    letter = QApplication.clipboard().text()
    code = next(line for line in letter.splitlines() if line.startswith("GUIA-"))
    assert code in verbatim(hands)
    hands.until(lambda: hands.say("trail-page.number", number=str(read_code(code).count)) in hands.texts())
    type_into(hands, "code.typed", code.lower().replace("-", " "))
    hands.press(Key.Key_Return)
    hands.until(lambda: says(hands, "code.fits", count=str(read_code(code).count)))
    type_into(hands, "code.typed", code[:-1] + ("0" if code[-1] != "0" else "1"))
    hands.press(Key.Key_Return)
    assert says(hands, "code.mistyped-groups", groups="6")

    hands.leads_to(lambda: hands.activate(hands.say("trail-page.write"), back=True))
    hands.tab_to_name(hands.say("hand.note"))
    hands.type("王小明 joined the front desk")
    hands.leads_to(lambda: hands.activate(hands.say("hand.write")))
    hands.until(lambda: "王小明 joined the front desk" in hands.texts())
    assert session.trail.entries(1)[0].entry.action == "hand.joined"

    out = tmp_path / "trail.jsonl"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    hands.activate(hands.say("trail-page.export-button"))
    hands.until(out.exists)
    found = verify_file(out)
    assert isinstance(found, Form)
    assert isinstance(found.found, Unbroken)
    assert "王小明" not in out.read_text("utf-8")


def test_a_mark_saved_as_a_file_is_listed_only_once_it_is_there(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(hands, Place("trail", "mark"))
    out = tmp_path / "no-such-folder" / "mark.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    hands.activate(hands.say("mark.save"))
    hands.until(lambda: any(str(out) in text for text in hands.texts()))
    assert session_of(hands).anchors.known() == ()
    out.parent.mkdir()
    hands.activate(hands.say("mark.save"))
    hands.until(lambda: says(hands, "mark.saved", file=str(out)))
    (kept,) = session_of(hands).anchors.known()
    assert kept.where == "accountant"
    assert kept.head in out.read_text("utf-8")


def test_the_owner_is_asked_before_entries_are_cleared(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as long_ago:
        long_ago.setattr("desktop.clock.now", lambda: "2020-01-01T00:00:00.000000Z")
        app.entered(app.doors.create(PASSPHRASE, use_keychain=False))
    hands = Hands(app)
    session = session_of(hands)
    session.answer("business-name", "Sons")
    go(hands, Place("trail"))
    hands.tab_to_name(hands.say("trail-page.keep"))
    hands.press(Key.Key_Down)
    hands.activate(hands.say("trail-page.keep-button"))
    hands.until(lambda: any(text.startswith("This clears") for text in hands.texts()))
    assert session.trail.keep_for is None
    hands.activate(hands.say("trail-page.keep-sure"))
    hands.until(lambda: says(hands, "trail-page.kept"))
    assert session.trail.keep_for == 12
    found = session.trail.verify()
    assert isinstance(found, Unbroken)
    assert found.pruned


# One old PC -----------------------------------------------------------------------------------------------------------


def test_from_one_old_pc_to_a_green_proof_in_at_most_twelve_actions(hands: Hands, stick: Path, pc: OldPc) -> None:
    session = session_of(hands)
    session.answer_together({"log-scope": "one-office", "log-state": "some"})
    owner = Owner(hands)

    owner.does(
        "open Log and checks in the rail",
        lambda: hands.leads_to(lambda: hands.activate(hands.say("place.log"), back=True)),
    )
    owner.does("press: Set up a log box", lambda: hands.leads_to(lambda: hands.press(Key.Key_Return)))
    owner.does("type the address of the box", lambda: hands.type(HERE))
    owner.does("press: Save the folder on a USB stick", lambda: hands.activate(hands.say("box-page.save")))
    owner.does("choose the stick in the dialog", lambda: hands.until(lambda: hands.place.of))
    assert hands.place == Place("box", str(stick / FOLDER))
    mount, command = verbatim(hands)[0].splitlines()
    assert command == "sudo sh /mnt/guia-log/box/install.sh"
    owner.does("carry the stick to the box and sign in there", lambda: None)
    owner.does(f"type: {mount}", lambda: None)
    owner.does(f"type: {command}", lambda: pc.install(stick / FOLDER))
    owner.does("read READY on the box", lambda: None)
    assert hands.focus().accessibleName() == button_of(hands)
    owner.does("press: Send a test to the box and find it again", lambda: hands.press(Key.Key_Return))
    hands.until(lambda: says(hands, "send.logged", to=HERE))

    assert len(owner.done) <= MOST_ACTIONS, owner.done
    proof = session.box.proven()
    assert proof is not None
    assert proof.line in pc.lines()
    assert proof.line in verbatim(hands)
    assert [text for text in hands.texts() if "{" in text] == []
    # what the proof is good for
    task = next(task for task in session.plan().tasks if task.duty.id == "log-test")
    title = content_title(hands, task.duty.id)
    hands.activate(hands.say("box-page.proof-keep", task=title))
    assert task.id in session.done()
    (kept,) = session.proofs()
    assert kept.name.startswith("guia-log-test")
    options = {option.id: option for option in session.bank.questions["log-state"].options}
    hands.activate(hands.say("box-page.settle", answer=options["tested"].text.en))
    assert session.answers["log-state"] == "tested"
    # the trail goes there too, and its number is what was read back
    whole = session.trail.last
    hands.activate(hands.say("box-page.send", host=HERE))
    hands.until(lambda: says(hands, "send.trail-all", whole=str(whole)))
    sent = session.box.sent()
    assert sent is not None
    assert (sent.held, sent.whole) == (whole, whole)
    # a box that is off holds what it held; what was seen is not forgotten
    pc.switch_off()
    hands.activate(hands.say("box-page.send", host=HERE))
    hands.until(lambda: says(hands, "box-page.not-read"))
    assert session.box.sent() == sent
    go(hands, Place("log"))
    assert hands.say("log-page.chip-proven") in hands.texts()
    assert isinstance(session.trail.verify(), Unbroken)


def content_title(hands: Hands, duty: str) -> str:
    return session_of(hands).bank.duties[duty].title.en


# Refusals -------------------------------------------------------------------------------------------------------------


def test_what_cannot_be_a_host_is_said_and_nothing_is_made(hands: Hands, stick: Path) -> None:
    go(hands, Place("box"))
    hands.activate(hands.say("box-page.save"))
    assert says(hands, "box-page.no-host")
    type_into(hands, "box-page.host", "my box; rm -rf")
    hands.activate(hands.say("box-page.save"))
    assert any("my box; rm -rf" in text for text in hands.texts())
    assert session_of(hands).box.kept() is None
    assert list(stick.iterdir()) == []


def test_a_stick_that_is_full_or_gone_leaves_no_box_behind(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "gone"))
    go(hands, Place("box"))
    type_into(hands, "box-page.host", HERE)
    hands.activate(hands.say("box-page.save"))
    hands.until(lambda: any(str(tmp_path / "gone") in text for text in hands.texts()))
    assert session_of(hands).box.kept() is None


def test_a_box_that_is_off_is_not_sent(hands: Hands, stick: Path, pc: OldPc) -> None:
    set_up(hands, stick, pc)
    pc.switch_off()
    hands.activate(button_of(hands))
    hands.until(lambda: says(hands, "send.not-sent", to=HERE))
    assert says(hands, "send.port-closed")
    assert hands.say("box-page.chip-not-sent") in hands.texts()
    assert session_of(hands).box.proven() is None
    assert hands.focus().accessibleName() == button_of(hands)


def test_another_box_gets_nothing(hands: Hands, stick: Path, pc: OldPc) -> None:
    set_up(hands, stick, pc)
    go(hands, Place("box", "anew"))
    hands.activate(hands.say("box-page.save"))
    hands.until(lambda: hands.place.of == str(stick / f"{FOLDER}-2"))
    assert any("sudo sh /mnt/guia-log-2/box/install.sh" in text for text in verbatim(hands))
    hands.activate(button_of(hands))  # the new folder was not installed: the box still has the old keys
    hands.until(lambda: says(hands, "send.not-sent", to=HERE))
    assert says(hands, "send.wrong-authority")
    assert not any('"guia":"log-test"' in line for line in pc.lines())


def test_where_nobody_can_read_back_the_pasted_line_is_the_proof(hands: Hands, stick: Path, pc: OldPc) -> None:
    set_up(hands, stick, pc)
    pc.stop_reading()
    hands.activate(button_of(hands))
    hands.until(lambda: says(hands, "send.cannot-look", to=HERE))
    assert session_of(hands).box.proven() is None
    (line,) = [line for line in pc.lines() if '"guia":"log-test"' in line]
    nonce = verbatim(hands)[-1].split()[-1]
    assert nonce in line
    hands.tab_to(lambda widget: isinstance(widget, QPlainTextEdit), "the place to paste")
    hands.type(nonce)
    hands.activate(hands.say("box-page.paste-check"))
    assert says(hands, "send.paste-half")
    assert session_of(hands).box.proven() is None
    hands.tab_to(lambda widget: isinstance(widget, QPlainTextEdit), "the place to paste", back=True)
    hands.type(line)
    hands.activate(hands.say("box-page.paste-check"))
    assert says(hands, "send.logged", to=HERE)
    assert session_of(hands).box.proven() is not None


def test_a_box_is_forgotten_only_when_asked_twice(hands: Hands) -> None:
    with_box(session_of(hands))
    go(hands, Place("box"))
    hands.activate(hands.say("box-page.forget"))
    assert session_of(hands).box.kept() is not None
    hands.leads_to(lambda: hands.activate(hands.say("box-page.forget-sure")))
    assert session_of(hands).box.kept() is None
    assert session_of(hands).box.proven() is None


# Given up -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def hung(hands: Hands, monkeypatch: pytest.MonkeyPatch, loopback: None) -> Iterator[socket.socket]:  # noqa: ARG001
    """A box that takes the connection and never says a word."""
    with socket.create_server((HERE, free_port())) as server:
        monkeypatch.setattr("desktop.logbox.making.PORT", server.getsockname()[1])
        with_box(session_of(hands), HERE, proven=False)
        go(hands, Place("box"))
        server.settimeout(10)
        yield server


@pytest.fixture
def called(hands: Hands, hung: socket.socket) -> Iterator[socket.socket]:
    """A test was begun, and the box has taken the call."""
    hands.activate(button_of(hands))
    line, _ = hung.accept()
    with line:
        line.settimeout(5)
        yield line


def hung_up(line: socket.socket) -> bool:
    """Whoever called has ended the call."""
    while line.recv(4096):
        pass
    return True


def test_cancel_in_the_middle_says_that_nothing_is_proven(hands: Hands, called: socket.socket) -> None:
    assert hands.focus().accessibleName() == hands.say("waiting.cancel")
    hands.press(Key.Key_Return)
    assert says(hands, "box-page.test-given-up")
    assert hands.focus().accessibleName() == button_of(hands)
    assert hung_up(called)
    assert session_of(hands).box.proven() is None


def test_whoever_leaves_the_page_gives_the_work_up(hands: Hands, called: socket.socket) -> None:
    hands.app.window.go(Place("home"))
    hands.rest()
    assert hung_up(called)


def test_whoever_closes_the_window_gives_the_work_up(hands: Hands, called: socket.socket) -> None:
    hands.app.window.close()
    assert hung_up(called)


def test_the_window_stays_awake_while_a_box_says_nothing(hands: Hands, called: socket.socket) -> None:
    ends = time.monotonic() + 0.5
    assert longest_gap(lambda: time.monotonic() > ends) < BLINK
    assert says(hands, "send.step-sending")
    hands.press(Key.Key_Return)
    assert longest_gap(lambda: QThreadPool.globalInstance().activeThreadCount() == 0) < BLINK
    assert hung_up(called)


def test_a_strip_tells_its_steps_and_is_given_up_where_it_stands(hands: Hands) -> None:
    go(hands, Place("box"))
    page = hands.app.window.findChild(BoxPage)
    assert page is not None
    strip = Waiting(page._desk)
    ends: list[object] = []
    page.main.addWidget(strip)

    def act(watch: Watch) -> str:
        watch.step("send.step-trail", 3, 10)
        try:
            watch.wait(20)
        except GivenUp:
            ends.append("given up")
            raise
        return "done"

    strip.begin(act, ends.append, ends.append)
    hands.until(lambda: says(hands, "send.step-trail", done="3", whole="10"))
    strip.begin(act, ends.append, ends.append)  # one at a time
    strip.give_up()
    assert not strip.isVisible()
    hands.until(lambda: ends)
    assert ends == ["given up"]  # and nobody heard of it


# Several sites --------------------------------------------------------------------------------------------------------


def test_several_sites_get_one_folder_with_a_part_for_each(hands: Hands, stick: Path) -> None:
    session = session_of(hands)
    session.answer("log-scope", "many-sites")
    go(hands, Place("log"))
    hands.leads_to(lambda: hands.press(Key.Key_Return))
    assert hands.place == Place("sites")
    hands.type("4")
    type_into(hands, "sites-page.people", "60")
    assert says(hands, "log-choose.relays")
    hands.tab_to_name(hands.say("sites-page.sites"), back=True)
    hands.type("40")
    assert says(hands, "log-choose.store")
    hands.type("none")
    assert says(hands, "field.out-of-range", low="1", high="100,000")
    hands.leads_to(lambda: hands.activate(hands.say("sites-page.make")))
    hands.type("10.8.0.1")
    hands.tab_to_name(hands.say("box-page.sites"))
    hands.type("Taipa\n氹仔分店\nTaipa")
    hands.activate(hands.say("box-page.save"))
    assert any("Taipa" in text and "Nothing was written" in text for text in hands.texts())
    hands.tab_to_name(hands.say("box-page.sites"))
    hands.type("Taipa\n氹仔分店")
    hands.activate(hands.say("box-page.save"))
    hands.until(lambda: hands.place.of == str(stick / FOLDER))
    names = {file.name for file in (stick / FOLDER).iterdir()}
    assert {"box", "site-taipa", "central", "INSTRUCTIONS.html"} < names
    assert len([name for name in names if name.startswith("site-")]) == 2
    kept = session.box.kept()
    assert kept is not None
    assert kept.sites == ("Taipa", "氹仔分店")
