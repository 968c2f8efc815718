"""Every page in every language and size: words, names, the order of Tab, room, colours."""

import os
import time
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont, QFontDatabase, QRawFont
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QRadioButton,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from desktop import content
from desktop.app import PAGES, App
from desktop.doors import Settings
from desktop.ui.desk import Place
from desktop.ui.page import Page
from desktop.ui.rail import Rail
from desktop.ui.theme import DARK, FAMILY, LIGHT, Colours
from tests.desktop.hands import Hands
from tests.desktop.pages import controls, go, places
from wizards.content.text import LANGUAGES

# Languages ------------------------------------------------------------------------------------------------------------


def english_only(lang: str) -> set[str]:
    """Texts of window and content that are said otherwise in `lang`."""
    texts = list(content.words().values())
    for question in content.bank().questions.values():
        texts += [question.text, question.why]
        texts += [option.text for option in question.options]
        texts += [column.text for column in question.columns]
    return {text.en for text in texts if "{" not in text.en} - {text.to(lang) for text in texts}


def everything_said(main: QMainWindow) -> set[str]:
    window = main.centralWidget()
    assert window is not None
    said = {label.text() for label in window.findChildren(QLabel)}
    for widget in window.findChildren(QWidget):
        said |= {widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()}
    for box in window.findChildren(QComboBox):
        said |= {box.itemText(number) for number in range(box.count())}
    for line in window.findChildren(QLineEdit):
        said.add(line.placeholderText())
    return said


def test_no_page_is_left_out_below(busy: Hands) -> None:
    assert {place.name for place in places(busy.app)} == set(PAGES)


@pytest.mark.parametrize("lang", ["zh-Hant", "pt"])
def test_change_of_language_leaves_no_english_word_on_any_page(busy: Hands, lang: str) -> None:
    english = english_only(lang)
    assert len(english) > 400
    seen = 0
    for place in places(busy.app):
        busy.app.settings = Settings("en", "light", 100)
        busy.app.dress(place)
        before = everything_said(busy.app.window)
        busy.app.speak(lang)
        assert busy.place == place
        after = everything_said(busy.app.window)
        assert after & english == set(), place
        seen += len(before & english)
        busy.rest()
    assert seen > 300


# Keyboard and names ---------------------------------------------------------------------------------------------------


def test_every_control_has_a_name_and_tab_reaches_it_in_the_order_it_is_seen(busy: Hands) -> None:
    for place in places(busy.app):
        go(busy, place)
        wanted = controls(busy.app.window)
        assert [type(widget).__name__ for widget in wanted if not widget.accessibleName()] == [], place
        walked: list[QWidget] = []
        while (at := busy.focus()) not in walked:
            walked.append(at)
            assert busy.app.window.focusNextChild()
        # the card at the side tells of the question that has the keyboard, and is made anew for the next
        walked = [widget for widget in walked if isValid(widget)]
        reached = {one_of(widget) for widget in walked}
        missed = [w.accessibleName() for w in wanted if isValid(w) and one_of(w) not in reached]
        assert missed == [], place
        assert out_of_order(walked) == [], place


def one_of(widget: QWidget) -> int:
    return id(widget.parentWidget()) if isinstance(widget, QRadioButton) else id(widget)


def out_of_order(walked: list[QWidget]) -> list[tuple[str, str]]:
    """Neighbours in the walk of which the second stands above the first, in the same column of the same page."""
    wrong = []
    for first, then in pairwise(walked):
        if column_of(first) != column_of(then) or walked.index(then) == 0:
            continue
        a, b = box(first), box(then)
        beside = a[1] < b[3] and b[1] < a[3]
        if (beside and b[0] < a[0]) or (not beside and b[1] < a[1]):
            wrong.append((first.accessibleName(), then.accessibleName()))
    return wrong


def box(widget: QWidget) -> tuple[int, int, int, int]:
    at = widget.mapTo(widget.window(), QPoint(0, 0))
    return at.x(), at.y(), at.x() + widget.width(), at.y() + widget.height()


def column_of(widget: QWidget) -> int:
    """Rail, side or main."""
    above: QWidget | None = widget
    while above is not None and not isinstance(above, Page | Rail):
        parent = above.parentWidget()
        if isinstance(parent, QWidget) and above is getattr(page_of(parent), "_side", None):
            return id(above)
        above = parent
    return id(above)


def page_of(widget: QWidget | None) -> Page | None:
    while widget is not None and not isinstance(widget, Page):
        widget = widget.parentWidget()
    return widget


# Room -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "height", "percent"), [(620, 420, 100), (900, 800, 200), (1280, 800, 200)])
def test_nothing_is_cut_on_any_page(busy: Hands, lang: str, width: int, height: int, percent: int) -> None:
    app = busy.app
    app.settings = Settings(lang, "light", percent)
    app.window.resize(width, height)
    app.dress(Place("home"))
    found = []
    for place in places(app):
        if place.name == "page" and lang != "pt" and len(place.of) % 3:
            continue  # the longest words are Portuguese: there every page, elsewhere a third
        go(busy, place)
        found += [f"{place}: {what}" for what in cut(app.window)]
    assert app.window.width() == width
    assert found == [], "\n".join(found)


@pytest.mark.parametrize(("percent", "least"), [(100, 620), (125, 620), (150, 687), (200, 800)])
def test_window_is_never_narrower_than_its_letters_need(busy: Hands, percent: int, least: int) -> None:
    window = busy.app.window
    assert window.screen().availableGeometry().width() == 800  # of the platform without a screen
    busy.app.change(Settings("en", "light", percent))
    window.resize(100, 100)
    assert (window.width(), window.height()) == (least, 420)
    busy.app.change(Settings("en", "light", 100))
    window.resize(100, 100)
    assert window.width() == 620


def cut(window: QWidget) -> list[str]:
    wrong = []
    for area in window.findChildren(QScrollArea):
        inner = area.widget()
        assert inner is not None
        if inner.width() > area.viewport().width():
            wrong.append(f"wider than the window by {inner.width() - area.viewport().width()}")
    for label in window.findChildren(QLabel):
        if not label.isVisible() or not label.text():
            continue
        tall = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        if tall > label.height() + 1 or (not label.wordWrap() and label.sizeHint().width() > label.width() + 1):
            wrong.append(f"cut: {label.text()[:40]!r} {label.size()} needs {label.sizeHint()} {tall}")
    return wrong


# Colours --------------------------------------------------------------------------------------------------------------

PAIRS: Final = (
    *(("ink", ground) for ground in ("card", "ground", "accent_soft")),
    *(("muted", ground) for ground in ("card", "ground", "accent_soft", "line")),
    ("accent", "card"),
    ("accent", "ground"),
    ("accent", "accent_soft"),
    ("accent_ink", "accent"),
    *((f"{name}_ink", name) for name in ("red", "yellow", "green", "blue")),
    *((ink, ground) for ink in ("rail_ink", "rail_muted") for ground in ("rail", "rail_active")),
)
EDGES: Final = (("field_line", "card"), ("focus", "card"), ("focus", "ground"), ("amber", "rail"))


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast(colours: Colours) -> None:
    def ratios(pairs: tuple[tuple[str, str], ...]) -> dict[tuple[str, str], float]:
        return {pair: contrast(getattr(colours, pair[0]), getattr(colours, pair[1])) for pair in pairs}

    assert round(contrast("#000000", "#FFFFFF"), 1) == 21.0
    assert {pair: ratio for pair, ratio in ratios(PAIRS).items() if ratio < 4.5} == {}
    assert {pair: ratio for pair, ratio in ratios(EDGES).items() if ratio < 3} == {}


def test_what_a_crash_left_of_a_key_is_gone_once_guia_is_open(app: App, home: Path) -> None:
    for name, moment in (("line-of-a-crash", 0), ("line-in-use", time.time())):
        (home / name).mkdir(parents=True)
        (home / name / "key.pem").write_text("a key")
        os.utime(home / name, (moment, moment))
    app.begin()
    Hands(app).until(lambda: app.window.place.name != "opening")
    assert [file.parent.name for file in home.rglob("key.pem")] == ["line-in-use"]


# Letters --------------------------------------------------------------------------------------------------------------


def test_names_as_dingtalk_exports_them_have_letters(app: App) -> None:
    app.begin()
    Hands(app).until(lambda: app.window.place.name != "opening")
    for weight in (QFont.Weight.Normal, QFont.Weight.Bold):
        font = QFont(FAMILY)
        font.setWeight(weight)
        letters = QRawFont.fromFont(font, QFontDatabase.WritingSystem.TraditionalChinese)
        assert all(letters.supportsCharacter(ord(char)) for char in "员工请假审批单")
