"""Refusals at the log box: what cannot be used, what is off, another box, nobody who reads back, and work given up."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit

from desktop.connect.watch import GivenUp, Watch
from desktop.logbox.instructions import FOLDER
from desktop.ui.desk import Place
from desktop.ui.log.box_page import BoxPage
from desktop.ui.waiting import Waiting
from tests.desktop.boxes import HERE, free_port
from tests.desktop.hands import Hands, Key
from tests.desktop.log_owner import BLINK, button_of, longest_gap, says, session_of, set_up, type_into, verbatim
from tests.desktop.old_pc import OldPc
from tests.desktop.pages import go, with_box

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
    hands.activate(hands.say("box-page.forget-no"))
    assert session_of(hands).box.kept() is not None
    assert hands.focus().accessibleName() == hands.say("box-page.forget")
    assert not says(hands, "box-page.forget-ask")
    hands.press(Key.Key_Return)
    assert hands.focus().accessibleName() == hands.say("box-page.forget-no")
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
