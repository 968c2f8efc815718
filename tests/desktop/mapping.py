"""Hands at the map, shared by its tests."""

from itertools import cycle, islice
from typing import Any, Final

from PySide6.QtWidgets import QRadioButton

from desktop import content
from desktop.ui.desk import Place
from desktop.ui.map.live import LiveMap
from desktop.ui.map.view import RibbonButton
from tests.desktop.hands import Hands
from tests.desktop.pages import SECTOR, go
from wizards.content.samples import sample_answers
from wizards.mapping.drawing.picture import Picture

MAP: Final = Place("map")


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
