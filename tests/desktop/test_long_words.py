"""What is longer than a line, or would turn the reading round, on the pages that show names typed by anybody."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.doors import Settings
from desktop.ui.desk import Place
from desktop.ui.log.verbatim import Verbatim
from desktop.ui.parts import label
from desktop.ui.wrapping import breakable
from tests.desktop.hands import Hands
from tests.desktop.log_owner import session_of
from tests.desktop.pages import go, with_box
from wizards.content.text import LANGUAGES

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

HOST = "x" * 60 + ".example.mo"
NAME = "W" * 60


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "percent"), [(620, 100), (900, 200), (1280, 150)])
def test_no_long_name_reaches_beyond_its_label(busy: Hands, lang: str, width: int, percent: int) -> None:
    with_box(session_of(busy), HOST, proven=False)
    session_of(busy).trail.write("joined", note=NAME)
    busy.app.settings = Settings(lang, "light", percent)
    busy.app.window.resize(width, 700)
    busy.app.dress(Place("home"))
    seen = 0
    for place in (Place("log"), Place("trail"), Place("box", str(Path("/media") / NAME))):
        go(busy, place)
        for shown in busy.seen(QLabel):
            if HOST in shown.text() or NAME in shown.text():
                seen += 1
                assert widest_piece(shown) <= shown.width(), (place, shown.text())
                assert shown.heightForWidth(shown.width()) <= shown.height() + 1
    assert seen > 4


def widest_piece(shown: QLabel) -> int:
    """Of what Qt cannot break, the widest; in pixels."""
    pieces = re.split(r"[\s\u200b/⺀-\uffef-]", QLabel.text(shown))
    return max(map(shown.fontMetrics().horizontalAdvance, pieces))


def test_what_turns_the_reading_round_is_shown_and_not_obeyed(busy: Hands) -> None:
    session_of(busy).trail.write("joined", note="bill \u202efdp.exe\nsecond line")
    go(busy, Place("trail"))
    (note,) = [shown for shown in busy.seen(QLabel) if "fdp.exe" in shown.text()]
    assert QLabel.text(note) == "bill \\u202efdp.exe\nsecond line"


def test_a_text_can_be_read_back_as_it_was_set() -> None:
    shown = label("")
    shown.setText(HOST)
    assert shown.text() == HOST


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a short one.two", "a short one.two"),
        ("auth.bruteforce.protection.enabled", "auth.|bruteforce.|protection.|enabled"),
        ("x" * 25, "|".join("x" * 25)),
    ],
)
def test_a_long_word_is_broken_after_a_dot_where_that_is_enough(text: str, lines: str) -> None:
    assert breakable(text) == lines.replace("|", "\u200b")


def test_a_command_that_is_wrapped_does_not_look_like_two(busy: Hands) -> None:
    with_box(session_of(busy), proven=False)
    busy.app.window.resize(620, 700)
    go(busy, Place("box"))
    (commands,) = busy.seen(Verbatim)
    block, wrapped = commands.document().firstBlock(), 0
    while block.isValid():
        lines = [block.layout().lineAt(number) for number in range(block.layout().lineCount())]
        assert all(line.x() > lines[0].x() for line in lines[1:])
        wrapped += len(lines) - 1
        block = block.next()
    assert wrapped
    assert commands.document().size().height() <= commands.viewport().height()


@pytest.mark.parametrize("percent", [100, 125])
def test_two_things_stand_below_each_other_where_there_is_no_room_for_both(busy: Hands, percent: int) -> None:
    busy.app.settings = Settings("en", "light", percent)
    ways = []
    for width in (620, 1280):
        busy.app.window.resize(width, 420)
        busy.app.dress(Place("home"))
        go(busy, Place("trail"))
        busy.rest()
        (heading,) = [shown for shown in busy.seen(QLabel) if shown.text() == busy.say("trail-page.entries")]
        (button,) = [b for b in busy.seen(QPushButton) if b.accessibleName() == busy.say("trail-page.write")]
        assert widest_piece(heading) <= heading.width()
        ways.append(button.y() >= heading.y() + heading.height())
    assert ways == [True, False]
