"""Owners at the log pages, by the keyboard: one computer, one old PC to a green proof, several sites."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog

from desktop.app import App
from desktop.exported import verify_file
from desktop.logbox.instructions import FOLDER
from desktop.ui.desk import Place
from desktop.ui.question_page import FROM_LOG
from tests.desktop.boxes import HERE
from tests.desktop.hands import Hands, Key
from tests.desktop.log_owner import button_of, says, session_of, set_up, type_into, verbatim
from tests.desktop.old_pc import OldPc
from tests.desktop.pages import PASSPHRASE, go
from wizards.trail.anchor_code import read_code
from wizards.trail.export import Form
from wizards.trail.verdict import Unbroken

# said by the platform without a screen, of raising and of popups
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MOST_ACTIONS: Final = 12
WHOLE: Final = "unbroken"


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


# One computer ---------------------------------------------------------------------------------------------------------


def test_one_computer_needs_a_mark_and_nothing_to_install(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(hands)
    hands.leads_to(lambda: hands.activate(hands.say("place.log"), back=True))
    assert says(hands, "log-page.next-ask")
    hands.leads_to(lambda: hands.activate(hands.say("log-page.ask-button")))
    assert hands.place == Place("page", "log/log-scope" + FROM_LOG)
    session.answer("log-scope", "one-computer")
    hands.leads_to(lambda: hands.activate(hands.say("page.continue")))
    assert hands.place == Place("log")  # where the question was asked, not the next of the assessment
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

    go(hands, Place("log"))
    hands.leads_to(lambda: hands.activate(hands.say("code.title")))
    assert hands.focus().accessibleName() == hands.say("code.typed")
    hands.leads_to(lambda: hands.activate(hands.say("trail-page.write")))
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
    hands.until(lambda: any(text.startswith("Entries that this clears now: ") for text in hands.texts()))
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
    hands.until(lambda: task.id in session.done())
    hands.until(lambda: says(hands, "box-page.proof-kept", task=title))
    assert isinstance(hands.focus(), QAbstractButton)
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


def test_a_test_before_the_box_is_ready_leads_back_to_its_lines(hands: Hands, stick: Path, pc: OldPc) -> None:
    del pc  # it waits for the stick
    go(hands, Place("box"))
    type_into(hands, "box-page.host", HERE)
    hands.activate(hands.say("box-page.save"))
    hands.until(lambda: hands.place.of == str(stick / FOLDER))
    hands.press(Key.Key_Return)
    hands.until(lambda: says(hands, "box-page.chip-not-sent"))
    assert says(hands, "box-page.ready-first")


def test_a_test_that_fails_after_a_proof_is_said_beside_it(hands: Hands, stick: Path, pc: OldPc) -> None:
    set_up(hands, stick, pc)
    hands.press(Key.Key_Return)
    hands.until(lambda: says(hands, "send.logged", to=HERE))
    signs, proof = hands.texts().count(hands.say("box-page.is-done")), session_of(hands).box.proven()
    pc.switch_off()
    hands.activate(button_of(hands))
    hands.until(lambda: says(hands, "box-page.chip-not-sent"))
    assert hands.texts().count(hands.say("box-page.is-done")) == signs - 1
    go(hands, Place("log"))
    hands.until(lambda: says(hands, "log-page.chip-again"))
    assert not says(hands, "log-page.chip-proven")
    assert says(hands, "log-page.next-missed")
    assert hands.focus().accessibleName() == hands.say("log-page.test-button")
    assert session_of(hands).box.proven() == proof


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
    hands.type("4")
    hands.tab_to_name(hands.say("box-page.days"))
    hands.press(Key.Key_Down)
    hands.leads_to(lambda: hands.activate(hands.say("sites-page.make")))
    assert says(hands, "box-page.sites-counted", count="4")
    (days,) = (box.currentData() for box in hands.seen(QComboBox))
    assert days == 730  # as it was chosen there
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
    folder = next(name for name in names if name.startswith("site-") and name != "site-taipa")
    assert any("氹仔分店" in text and folder in text for text in hands.texts())
    kept = session.box.kept()
    assert kept is not None
    assert kept.sites == ("Taipa", "氹仔分店")
