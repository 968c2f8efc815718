"""Every page of the window, and what stands on one."""

from typing import Final, get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton, QWidget

from desktop import clock
from desktop.app import App
from desktop.logbox.making import make_bundle
from desktop.logbox.proof import Proof
from desktop.session import Session
from desktop.ui import work
from desktop.ui.desk import Place
from tests.desktop.hands import Hands
from tests.desktop.log_samples import make, samples
from tests.desktop.sheets import edited
from wizards.interview.answers import rows
from wizards.logbox.names import Request
from wizards.mapping.lists.proposals import Question

PASSPHRASE: Final = "a passphrase for tests"
SECTOR: Final = "insurance-broker"


def places(app: App) -> list[Place]:
    """Every page there is."""
    session = app.session
    assert session is not None
    steps = [step.id for step in session.bank.steps]
    with_box(session)
    return [
        *(
            Place(name)
            for name in ("first-run", "unlock", "home", "quick-result", "assessment", "map", "plan", "review")
        ),
        Place("settings"),
        *(Place(name) for name in ("log", "trail", "entry", "sites", "box")),
        Place("trail", "mark"),
        Place("box", "anew"),
        *(Place("sheet", of) for of in ("", *_sheets(app))),
        *(Place("sample", of) for of in ("", *_log_samples(app))),
        Place("unlock", "in-use"),
        Place("kept", "1"),
        Place("nextcloud"),
        Place("flow", str(session.answers["flows"][0]["id"])),
        Place("roster"),
        *(Place("list", question) for question in get_args(Question)),
        Place("task", session.plan().tasks[0].id),
        *(Place("guide", guide) for guide in session.bank.guides),
        *(Place("quick", str(number)) for number in range(1, 10)),
        *(Place("answers", step) for step in steps),
        *(Place("page", page.id) for page in session.pages()),
    ]


def with_box(session: Session, host: str = "192.168.1.20", *, proven: bool = True) -> None:
    """A log box of the office, made before; a test was found on it again, unless told otherwise."""
    session.box.keep(make_bundle(Request(host, sites=("Taipa 分店",)), "en"))
    if proven:
        line = '<110>1 2026-11-26T04:20:11Z guia-pc guia - test - {"guia":"log-test","nonce":"5f0d"}'
        session.box.tested(host, Proof("logged", "5f0d", clock.now(), line))


def _sheets(app: App) -> list[str]:
    """Spreadsheets that came back: with changes and conflicts, and with mistakes."""
    assert app.session is not None
    ours = rows(app.session.answers, "flows")
    sent = [{**ours[0], "volume": 1, "name": "Old name"}, *ours[1:]]
    changes = {(0, "volume"): 2, (0, "name"): "Their name", (1, "purpose"): "Offers", (2, "kinds"): "Staff meals"}
    made: list[str] = []
    for name, cells in (("changed", dict(list(changes.items())[:3])), ("mistaken", changes)):
        file = app.doors.paths.home / f"{name}.xlsx"
        file.write_bytes(edited(sent, cells))
        made.append(str(file))
    return made


def _log_samples(app: App) -> list[str]:
    """Samples of logs: one that is accepted, one that is not, and a file that is no log."""
    made: list[str] = []
    for name in (
        "RFC 5424 with everything in its structured data",
        "The noise of a server is no audit log",
        "A letter is no log",
    ):
        folder = app.doors.paths.home / str(len(made))
        folder.mkdir(exist_ok=True)
        made.append(str(make(next(one for one in samples() if one["name"] == name), folder)))
    return made


def go(hands: Hands, place: Place) -> None:
    hands.app.window.go(place)
    work.wait()
    hands.rest()
    hands.rest()  # what a worker brought takes one more round until it lies where it stays


def controls(window: QWidget) -> list[QWidget]:
    """What Tab should reach: everything shown that takes it. Of a group of radio buttons, one."""
    found: list[QWidget] = []
    groups: set[int] = set()
    for widget in window.findChildren(QWidget):
        if not (widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus):
            continue
        if isinstance(widget, QRadioButton):
            group = id(widget.parentWidget())
            if group in groups:
                continue
            groups.add(group)
        found.append(widget)
    return found
