"""The map in the window: by keyboard, by mouse, and for whoever does not see it."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest

from desktop.ui.desk import Place
from desktop.ui.map.live import LiveMap
from desktop.ui.map.view import RibbonButton
from tests.desktop.hands import Hands, Key
from tests.desktop.mapping import MAP, many, maps, picture, to_map
from tests.desktop.pages import go
from wizards.mapping.drawing.picture import Ribbon

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
