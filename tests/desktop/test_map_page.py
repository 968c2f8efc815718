"""The page of the map: now and after, filters, the table, languages, room, colours, and the map as a file."""

import os
import re
import subprocess
import sys
from collections import Counter
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QMessageBox, QStyle, QStyleOptionComboBox

from desktop import content
from desktop.doors import Settings
from desktop.reports.inks import PAPER
from desktop.ui.desk import Place
from desktop.ui.map.map_card import MapCard
from desktop.ui.map.painter import Ready, inks
from desktop.ui.map.twin import Twin
from desktop.ui.map.view import RibbonButton
from desktop.ui.theme import DARK, LIGHT, Colours
from tests.desktop.hands import Hands, Key
from tests.desktop.mapping import MAP, choose, maps, picture
from tests.desktop.pages import SECTOR, go
from tests.desktop.test_window import contrast, cut, english_only
from wizards.content.samples import sample_answers
from wizards.content.text import LANGUAGES

if TYPE_CHECKING:
    from wizards.mapping.drawing.picture import Ink

# Now and after, filters, table ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_stands_in_a_chooser_can_be_read(at_map: Hands, lang: str) -> None:
    at_map.app.speak(lang)
    go(at_map, MAP)
    part = QStyle.SubControl.SC_ComboBoxEditField
    for width in range(1000, 1440, 8):  # among them each at which the choosers just fit beside the rest
        at_map.app.window.resize(width, 800)
        at_map.rest()
        for box in at_map.seen(QComboBox):
            option = QStyleOptionComboBox()
            box.initStyleOption(option)
            room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box).width()
            assert room >= box.fontMetrics().horizontalAdvance(box.currentText()), (width, box.currentText())


def test_now_after_and_both(at_map: Hands) -> None:
    assert len(maps(at_map)) == len(at_map.seen(Twin)) == 1
    now = picture(at_map)
    choose(at_map, "after")
    after = picture(at_map)
    assert after.said != now.said
    assert {flow for ribbon in after.ribbons for flow in ribbon.flows} == {
        flow for ribbon in now.ribbons for flow in ribbon.flows
    }
    assert any(text.startswith("3 flows come home") for text in at_map.texts())
    choose(at_map, "both")
    assert [view.picture.said for view in maps(at_map) if view.picture] == [now.said, after.said]
    left, right = maps(at_map)
    left.enter(now.ribbons[2].id)
    at_map.press(Key.Key_Right)
    at = at_map.focus()
    assert isinstance(at, RibbonButton)
    assert at in right.buttons
    assert at.ribbon.id == now.ribbons[2].id
    at_map.press(Key.Key_Left)
    assert at_map.focus() in left.buttons


@pytest.mark.parametrize(("width", "beside"), [(1280, True), (900, False)])
def test_two_pictures_stand_beside_each_other_where_there_is_room(at_map: Hands, width: int, *, beside: bool) -> None:
    at_map.app.window.resize(width, 800)
    choose(at_map, "both")
    left, right = (view.mapTo(at_map.app.window, QPoint(0, 0)) for view in maps(at_map))
    assert (left.y() == right.y()) is beside
    assert (left.x() < right.x()) is beside


def test_filters_say_how_many_flows_they_show_and_show_all_brings_all_back(at_map: Hands) -> None:
    twin = at_map.seen(Twin)[0]
    for box in at_map.seen(QComboBox):
        for place in range(1, box.count()):
            box.setCurrentIndex(place)
            at_map.rest()
            wanted = box.itemData(place)[1]
            count = len(wanted)
            shown = [flow for ribbon in picture(at_map).ribbons for flow in ribbon.flows]
            assert 0 < len(shown) == count == twin.rowCount()
            assert set(shown) == wanted
            assert f"Shows {count} of 8 flows" in at_map.texts()
        box.setCurrentIndex(0)
    no_route = at_map.seen(QComboBox)[-1]
    no_route.setCurrentIndex(1)
    at_map.rest()
    assert len(picture(at_map).ribbons) == 5
    at_map.activate(at_map.say("map-page.all"), back=True)
    assert not [text for text in at_map.texts() if text.startswith("Shows")]
    assert len(picture(at_map).ribbons) == 8
    assert no_route.currentIndex() == 0


def test_an_add_on_shows_its_flows_on_their_way_to_its_maker(at_map: Hands) -> None:
    add_on = at_map.seen(QComboBox)[1]
    signing = next(n for n in range(add_on.count()) if add_on.itemText(n).startswith("E-signature"))
    onward = at_map.say("map-page.onward")
    assert onward not in at_map.texts()
    add_on.setCurrentIndex(signing)
    at_map.rest()
    ways = {ribbon.said for ribbon in picture(at_map).ribbons}
    assert ways
    assert all("mainland" in said and "Singapore" not in said for said in ways), ways
    assert onward in at_map.texts()
    choose(at_map, "after")
    assert onward not in at_map.texts()


def test_filters_that_share_no_flow_leave_a_picture_that_says_so(at_map: Hands) -> None:
    kind, *_, problem = at_map.seen(QComboBox)
    pay = next(n for n in range(kind.count()) if kind.itemText(n).startswith("Pay and benefits"))
    kind.setCurrentIndex(pay)
    problem.setCurrentIndex(1)
    at_map.rest()
    assert "Shows 0 of 8 flows" in at_map.texts()
    assert picture(at_map).ribbons == ()
    assert at_map.seen(Twin)[0].rowCount() == 0


def test_the_table_says_the_same_and_opens_the_same_flows(at_map: Hands) -> None:
    twin = at_map.seen(Twin)[0]
    at_map.tab_to(lambda widget: widget is twin, "the table")
    at_map.press(Key.Key_Down)
    names = [item.text() for row in range(twin.rowCount()) if (item := twin.item(row, 0)) is not None]
    assert at_map.app.session is not None
    flows = at_map.app.session.plan().flows
    assert names == [flow.name for flow, _, _ in flows]
    row = twin.currentRow()
    at_map.leads_to(lambda: at_map.press(Key.Key_Return))
    assert at_map.place == Place("flow", flows[row][0].id)


def test_whoever_comes_back_from_a_flow_finds_the_map_as_it_was_left(at_map: Hands) -> None:
    choose(at_map, "both")
    at_map.seen(QComboBox)[-1].setCurrentIndex(1)
    at_map.rest()
    ribbon = picture(at_map).ribbons[2].id
    maps(at_map)[0].enter(ribbon)
    at_map.leads_to(lambda: at_map.press(Key.Key_Return))
    at_map.leads_to(at_map.app.window.back)
    assert len(maps(at_map)) == 2
    assert "Shows 5 of 8 flows" in at_map.texts()
    at = at_map.focus()
    assert isinstance(at, RibbonButton)
    assert at.ribbon.id == ribbon


# Where it comes from --------------------------------------------------------------------------------------------------


def test_without_a_flow_one_button_leads_to_the_question(hands: Hands) -> None:
    go(hands, MAP)
    assert hands.say("map-page.empty-title") in hands.texts()
    assert maps(hands) == []
    assert hands.focus().accessibleName() == hands.say("map-page.begin")
    hands.leads_to(lambda: hands.press(Key.Key_Return))
    assert hands.place == Place("page", "flows/flows")


def test_the_map_so_far_changes_with_each_answer(hands: Hands) -> None:
    assert hands.app.session is not None
    hands.app.session.answer("sector", SECTOR)
    go(hands, Place("page", "flows/flows"))
    assert hands.seen(MapCard) == []
    offers = hands.app.session.suggestions("flows", "en")
    for count, offer in enumerate(offers[:3], 1):
        hands.activate(f"{hands.say('rows.take')}: {offer['name']}")
        assert len(picture(hands).ribbons) == count
        assert offer["name"] in {button.accessibleName() for button in maps(hands)[0].buttons}


def test_the_rail_home_and_the_plan_lead_to_the_map(busy: Hands) -> None:
    for place in ("home", "plan"):
        go(busy, Place(place))
        busy.leads_to(lambda: busy.activate(busy.say("map-page.see")))
        assert busy.place == MAP
        go(busy, Place(place))
        busy.leads_to(lambda: busy.activate(busy.say("place.map")))
        assert busy.place == MAP


def test_a_flow_opened_from_the_map_is_the_one_that_is_shown(at_map: Hands) -> None:
    ribbon = picture(at_map).ribbons[1]
    name = maps(at_map)[0].buttons[1].accessibleName()
    go(at_map, Place("flow", ribbon.flows[0]))
    shown = at_map.texts() + [field.text() for field in at_map.seen(QLineEdit)]
    assert any(name in text for text in shown)
    at_map.press(Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert at_map.place == MAP


# Language, room, colours ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh-Hant", "pt"])
def test_no_english_word_is_left_in_the_picture_and_its_table(busy: Hands, lang: str) -> None:
    assert busy.app.session is not None
    busy.app.session.replace_answers(sample_answers(content.bank().sectors[SECTOR], lang))
    busy.app.settings = Settings(lang, "light", 100)
    busy.app.dress(MAP)
    busy.rest()
    english = english_only(lang)
    choose(busy, "both")
    for view, twin in zip(maps(busy), busy.seen(Twin), strict=True):
        assert view.picture is not None
        said = {label.text for label in view.picture.labels}
        cells = [twin.item(row, cell) for row in range(twin.rowCount()) for cell in range(twin.columnCount())]
        said |= {cell.text() for cell in cells if cell is not None}
        assert said & english == set()
        assert len(said) > 20


@pytest.mark.parametrize(("width", "percent"), [(620, 100), (620, 200), (900, 150), (1280, 200), (1280, 100)])
def test_the_picture_fits_its_page_and_nothing_is_cut(busy: Hands, width: int, percent: int) -> None:
    app = busy.app
    app.settings = Settings("pt", "light", percent)
    app.window.resize(width, 700)
    app.dress(MAP)
    busy.rest()
    choose(busy, "both")
    assert cut(app.window) == []
    for view in maps(busy):
        shown = view.picture
        assert shown is not None
        assert abs(view.height() - view.width() * shown.height / shown.width) <= 1
        right = view.mapTo(app.window, QPoint(view.width(), 0)).x()
        assert right <= app.window.width()
    for twin in busy.seen(Twin):
        assert sum(twin.columnWidth(place) for place in range(twin.columnCount())) <= twin.viewport().width()
        heads = [twin.horizontalHeader().sectionSizeHint(place) for place in range(twin.columnCount())]
        assert [n for n, needed in enumerate(heads) if needed > twin.columnWidth(n) + 12] == []


def test_a_window_too_narrow_for_letters_offers_the_table_first(at_map: Hands) -> None:
    offer = at_map.say("map-page.to-table")
    assert offer not in at_map.texts()
    at_map.app.window.resize(620, 700)
    at_map.rest()
    assert at_map.say("map-page.narrow") in at_map.texts()
    at_map.activate(offer)
    assert at_map.focus() in at_map.seen(Twin)


GROUNDS: Final = ("ground", "home-lane", "away-lane", "open-lane", "node")
RIBBONS: Final = ("plain", "careful", "delicate", "bare")


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_of_the_map(colours: Colours) -> None:
    found = inks(colours)
    words = [(ink, ground) for ink in ("text", "muted") for ground in GROUNDS] + [("mark-text", "mark")]
    signs = [(ink, ground) for ink in (*RIBBONS, "border", "line", "mark") for ground in GROUNDS]
    assert {pair for pair in words if contrast(found[pair[0]], found[pair[1]]) < 4.5} == set()  # type: ignore[index]
    assert {pair for pair in signs if contrast(found[pair[0]], found[pair[1]]) < 3} == set()  # type: ignore[index]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_picture_is_painted_in_the_colours_of_the_scheme(at_map: Hands, colours: Colours) -> None:
    shown = picture(at_map)
    image = QImage(round(shown.width), round(shown.height), QImage.Format.Format_RGB32)
    image.fill(colours.card)
    painter = QPainter(image)
    Ready(shown).paint(painter, inks(colours))
    painter.end()
    found = {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())}
    wanted = {shape.fill for ribbon in shown.ribbons for shape in ribbon.shapes if shape.fill}
    assert wanted >= {"plain", "careful", "delicate"}
    assert {inks(colours)[ink].upper() for ink in (*wanted, "home-lane", "mark")} <= found


# As a file ------------------------------------------------------------------------------------------------------------


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
@pytest.mark.parametrize(("typed", "kind", "written"), [("a", "SVG (*.svg)", "a.svg"), ("a.png", "", "a.png")])
def test_the_map_is_saved_as_a_picture(
    at_map: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: str, kind: str, written: str
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed), kind))
    at_map.activate(at_map.say("map-page.save"), back=True)
    out = tmp_path / written
    at_map.until(lambda: at_map.say("save.done", file=str(out)) in [box.text() for box in boxes()])
    for box in boxes():
        box.close()
    assert out.read_bytes()[:5] == (b"<?xml" if written.endswith("svg") else b"\x89PNG\r")
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == [written]


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_both_are_saved_as_one_picture(at_map: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    choose(at_map, "both")
    out = tmp_path / "both.svg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    at_map.activate(at_map.say("map-page.save"), back=True)
    at_map.until(boxes)
    for box in boxes():
        box.close()
    saved = out.read_text("utf-8")
    for view in maps(at_map):
        assert view.picture is not None
        assert all(escape(ribbon.said, quote=False) in saved for ribbon in view.picture.ribbons)
    _, _, width, height = map(float, re.findall(r'viewBox="([^"]+)"', saved)[0].split())
    numbers = [float(n) for path in re.findall(r' d="([^"]+)"', saved) for n in re.findall(r"-?[\d.]+", path)]
    assert min(numbers) >= 0
    assert max(numbers[::2]) <= width
    assert max(numbers[1::2]) <= height


def boxes() -> list[QMessageBox]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox)]


def colours_of(png: bytes) -> dict[str, int]:
    """How many pixels there are of each colour."""
    image = QImage.fromData(png)
    assert not image.isNull()
    return Counter(image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("named", [True, False], ids=["named platform", "no screen"])
def test_the_command_writes_a_png_without_a_screen(tmp_path: Path, *, named: bool) -> None:
    answers, out = tmp_path / "answers.json", tmp_path / "map.png"
    around = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    around["QT_QPA_PLATFORM"] = "xcb"
    if not named:
        del around["QT_QPA_PLATFORM"]
    guia = [sys.executable, "-m", "desktop"]
    sample = subprocess.run([*guia, "sample", SECTOR], capture_output=True, check=True, env=around)
    answers.write_bytes(sample.stdout)
    made = []
    for _ in range(2):
        subprocess.run([*guia, "map", answers, "--out", out, "--lang", "pt"], check=True, env=around, timeout=60)
        made.append(out.read_bytes())
    assert made[0] == made[1]
    found = colours_of(made[0])
    wanted: tuple[Ink, ...] = ("plain", "careful", "delicate", "home-lane", "mark", "text")
    assert {ink: found[PAPER[ink]] for ink in wanted if found[PAPER[ink]] < 200} == {}


RARE: Final = """
import sys
from desktop.ui.map.png import png_without_window
from wizards.mapping.drawing.picture import Label, Picture
label = Label(sys.argv[1], 10, 40, 30, 40)
sys.stdout.buffer.write(png_without_window(Picture(60, 50, "", (), (), (), (label,))))
"""


def test_a_name_of_rare_characters_is_drawn() -> None:
    """The common face lacks these three, so the whole one is loaded; a missing character is the same box each time."""
    drawn = [
        subprocess.run([sys.executable, "-c", RARE, char], capture_output=True, check=True, timeout=60).stdout
        for char in "\N{CJK UNIFIED IDEOGRAPH-3435}\N{CJK UNIFIED IDEOGRAPH-3473}\N{CJK UNIFIED IDEOGRAPH-20021}"
    ]
    assert len(set(drawn)) == 3
    assert min(colours_of(png)[PAPER["text"]] for png in drawn) > 100
