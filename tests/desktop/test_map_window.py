"""The map in the window: by keyboard, by mouse, for whoever does not see it; filters, now and after, room, colours."""

import os
import re
import subprocess
import sys
from collections import Counter
from html import escape
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QMessageBox, QRadioButton

from desktop import content
from desktop.doors import Settings
from desktop.reports.inks import PAPER
from desktop.ui.desk import Place
from desktop.ui.map.live import LiveMap
from desktop.ui.map.map_card import MapCard
from desktop.ui.map.painter import Ready, inks
from desktop.ui.map.twin import Twin
from desktop.ui.map.view import RibbonButton
from desktop.ui.theme import DARK, LIGHT, Colours
from tests.desktop.hands import Hands, Key
from tests.desktop.pages import SECTOR, go
from tests.desktop.test_window import contrast, cut, english_only
from wizards.content.samples import sample_answers
from wizards.mapping.picture import Ink, Picture, Ribbon

MAP: Final = Place("map")


@pytest.fixture
def at_map(busy: Hands) -> Hands:
    """On the page of the map, in a business with eight flows."""
    go(busy, MAP)
    return busy


def many(hands: Hands, count: int) -> None:
    """A business with so many flows."""
    assert hands.app.session is not None
    answers: dict[str, Any] = sample_answers(content.bank().sectors[SECTOR], "en")
    repeated = islice(cycle(answers["flows"]), count)
    answers["flows"] = [{**flow, "id": f"flow-{n}", "name": f"{flow['name']} {n}"} for n, flow in enumerate(repeated)]
    hands.app.session.replace_answers(answers)
    go(hands, MAP)


def maps(hands: Hands) -> list[LiveMap]:
    return hands.seen(LiveMap)


def picture(hands: Hands) -> Picture:
    found = maps(hands)[0].picture
    assert found is not None
    return found


def to_map(hands: Hands) -> RibbonButton:
    at = hands.tab_to(lambda widget: isinstance(widget, RibbonButton), "the map")
    assert isinstance(at, RibbonButton)
    return at


def choose(hands: Hands, when: str) -> None:
    name = hands.say(f"map-page.{when}")
    next(radio for radio in hands.seen(QRadioButton) if radio.accessibleName() == name).click()
    hands.rest()


# For whoever does not see it ------------------------------------------------------------------------------------------


def below(interface: QAccessibleInterface) -> list[QAccessibleInterface]:
    """What assistive technology finds below, from top to bottom."""
    children = [interface.child(place) for place in range(interface.childCount())]
    return [found for child in children for found in (child, *below(child))]


@pytest.mark.parametrize("count", [3, 8, 80])
def test_every_ribbon_is_named_in_the_accessible_tree(busy: Hands, count: int) -> None:
    many(busy, count)
    root = QAccessible.queryAccessibleInterface(busy.app.window)
    ribbons = picture(busy).ribbons
    told = [
        (one.text(QAccessible.Text.Name), one.text(QAccessible.Text.Description))
        for one in below(root)
        if isinstance(one.object(), RibbonButton) and not one.state().invisible
    ]
    assert [said for _, said in told] == [ribbon.said for ribbon in ribbons]
    assert all(name for name, _ in told)
    assert len({name for name, _ in told}) == len(told)
    whole = QAccessible.queryAccessibleInterface(maps(busy)[0])
    assert whole.text(QAccessible.Text.Description) == picture(busy).said


def test_assistive_technology_can_press_a_ribbon(at_map: Hands) -> None:
    button = maps(at_map)[0].buttons[2]
    interface = QAccessible.queryAccessibleInterface(button)
    assert interface.role() == QAccessible.Role.Button
    actions = interface.actionInterface()
    at_map.leads_to(lambda: actions.doAction(actions.pressAction()))
    assert at_map.place == Place("flow", button.ribbon.flows[0])


# By keyboard ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [3, 8, 80])
def test_the_arrows_reach_every_ribbon_and_tab_leaves_the_map_at_once(busy: Hands, count: int) -> None:
    many(busy, count)
    ribbons = picture(busy).ribbons
    reached = [to_map(busy).ribbon.id]
    for _ in ribbons[1:]:
        busy.press(Key.Key_Down)
        at = busy.focus()
        assert isinstance(at, RibbonButton)
        reached.append(at.ribbon.id)
    assert reached == [ribbon.id for ribbon in ribbons]
    busy.press(Key.Key_Up)
    assert busy.focus() is maps(busy)[0].buttons[-2 if count > 1 else 0]
    busy.press(Key.Key_Home)
    assert busy.focus() is maps(busy)[0].buttons[0]
    busy.press(Key.Key_End)
    assert busy.focus() is maps(busy)[0].buttons[-1]
    busy.press(Key.Key_Tab)
    assert not isinstance(busy.focus(), RibbonButton)
    busy.press(Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert busy.focus() is maps(busy)[0].buttons[-1]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_enter_and_space_open_the_flow_of_the_ribbon(at_map: Hands, key: Qt.Key) -> None:
    to_map(at_map)
    for _ in range(3):
        at_map.press(Key.Key_Down)
    wanted = picture(at_map).ribbons[3].flows[0]
    at_map.leads_to(lambda: at_map.press(key))
    assert at_map.place == Place("flow", wanted)


def test_the_page_follows_the_keyboard_from_ribbon_to_ribbon(busy: Hands) -> None:
    many(busy, 80)
    busy.app.window.resize(1280, 500)
    to_map(busy)
    busy.press(Key.Key_End)
    button = busy.focus()
    top = button.mapTo(busy.app.window, QPoint(0, 0)).y()
    assert 0 <= top <= busy.app.window.height() - button.height()


def test_a_ribbon_of_several_flows_opens_the_map_of_these_alone(busy: Hands) -> None:
    many(busy, 80)
    several = max(picture(busy).ribbons, key=lambda ribbon: len(ribbon.flows))
    assert len(several.flows) > 4
    button = next(b for b in maps(busy)[0].buttons if b.ribbon.id == several.id)
    assert f"and {len(several.flows) - 1} more" in button.accessibleName()
    button.setFocus()
    busy.leads_to(lambda: busy.press(Key.Key_Return))
    assert busy.place.name == "map"
    apart = [ribbon.flows for ribbon in picture(busy).ribbons]
    assert {flow for (flow,) in apart} == set(several.flows)
    assert f"Shows {len(apart)} of 80 flows" in busy.texts()
    to_map(busy)
    busy.leads_to(lambda: busy.press(Key.Key_Return))
    assert busy.place == Place("flow", apart[0][0])
    busy.app.window.back()
    busy.rest()
    busy.activate(busy.say("map-page.all"))
    assert len(picture(busy).ribbons) < 80
    assert {flow for ribbon in picture(busy).ribbons for flow in ribbon.flows} > set(several.flows)


def test_a_ribbon_under_the_keyboard_is_said_on_the_map_until_escape(at_map: Hands) -> None:
    to_map(at_map)
    at_map.press(Key.Key_Down)
    at = at_map.focus()
    said = picture(at_map).ribbons[1].said
    assert at.accessibleDescription() == said
    assert said in at_map.texts()
    at_map.press(Key.Key_Escape)
    assert said not in at_map.texts()
    assert at_map.focus() is at


# By mouse -------------------------------------------------------------------------------------------------------------


def on_outline(view: LiveMap, ribbon: Ribbon) -> QPoint:
    """A point of the widget just inside the end of the ribbon's last band, far from the box of its work."""
    (_, start), *_ = ribbon.outline[-1]
    shown = view.picture
    assert shown is not None
    return (QPointF(start[0] + 2, start[1] + 1.5) * (view.width() / shown.width)).toPoint()


def test_the_mouse_presses_a_ribbon_anywhere_on_its_outline(at_map: Hands) -> None:
    view = maps(at_map)[0]
    for ribbon in picture(at_map).ribbons:
        view = maps(at_map)[0]
        at_map.leads_to(lambda view=view, ribbon=ribbon: press(view, on_outline(view, ribbon)))  # type: ignore[misc]
        assert at_map.place == Place("flow", ribbon.flows[0])
        go(at_map, MAP)
    press(maps(at_map)[0], QPoint(2, 2))
    at_map.rest()
    assert at_map.place == MAP


def press(view: LiveMap, where: QPoint) -> None:
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)


def test_a_ribbon_under_the_mouse_is_lit_and_the_others_are_dimmed(at_map: Hands) -> None:
    view = maps(at_map)[0]
    first, *_, last = picture(at_map).ribbons
    here, there = on_outline(view, first), on_outline(view, last)
    before = view.grab().toImage()
    QTest.mouseMove(view, here)
    at_map.rest()
    lit = view.grab().toImage()
    assert lit.pixelColor(here) == before.pixelColor(here)
    assert lit.pixelColor(there).lightness() > before.pixelColor(there).lightness() + 40
    QTest.mouseMove(view, QPoint(2, 2))
    at_map.rest()
    assert view.grab().toImage().pixelColor(there) == before.pixelColor(there)


# Now and after, filters, table ----------------------------------------------------------------------------------------


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
            count = len(box.itemData(place))
            shown = [flow for ribbon in picture(at_map).ribbons for flow in ribbon.flows]
            assert 0 < len(shown) == count == twin.rowCount()
            assert set(shown) == box.itemData(place)
            assert f"Shows {count} of 8 flows" in at_map.texts()
        box.setCurrentIndex(0)
    no_route = at_map.seen(QComboBox)[-1]
    no_route.setCurrentIndex(1)
    at_map.rest()
    assert len(picture(at_map).ribbons) == 5
    at_map.activate(at_map.say("map-page.all"), back=True)
    assert "Shows 8 of 8 flows" in at_map.texts()
    assert len(picture(at_map).ribbons) == 8
    assert no_route.currentIndex() == 0


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
from wizards.mapping.picture import Label, Picture
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
