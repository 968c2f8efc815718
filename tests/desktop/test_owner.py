"""What an owner stumbled over: pictures that seem to say nothing, reasons without their question, words cut off."""

import pytest
from PySide6.QtWidgets import QTableWidget

from desktop.content import bank
from desktop.doors import Settings
from desktop.session import Session
from desktop.ui.desk import Place
from desktop.ui.parts import Button
from tests.desktop.hands import Hands
from tests.desktop.pages import go
from wizards.content.text import LANGUAGES


def at_work(hands: Hands) -> Session:
    session = hands.app.session
    assert session is not None
    return session


def said(hands: Hands) -> str:
    return "\n".join(hands.texts())


def test_while_no_tier_has_a_home_the_map_says_why_nothing_moves_and_leads_there(hands: Hands) -> None:
    session = at_work(hands)
    session.answer("sector", "insurance-broker")
    session.take_all("flows", "en")
    go(hands, Place("map", "now"))
    assert hands.say("map-page.no-homes") not in said(hands)
    go(hands, Place("map", "after"))
    assert hands.say("map-page.no-homes") in said(hands)
    hands.leads_to(lambda: hands.activate(hands.say("map-page.to-homes")))
    assert bank().questions["tier-routine"].text.en in said(hands)
    session.answer("tier-highly", "nextcloud")
    go(hands, Place("map", "after"))
    assert hands.say("map-page.no-homes") not in said(hands)


def test_a_number_as_a_reason_stands_with_its_question(hands: Hands) -> None:
    at_work(hands).answer("staff", 6)
    go(hands, Place("page", "business/staff"))
    answer = hands.say("so-far.answer", question=bank().questions["staff"].text.en, answer="6")
    assert hands.say("so-far.because", answers=answer) in said(hands)


def test_the_plan_so_far_begins_as_the_plan_does(busy: Hands) -> None:
    session = at_work(busy)
    go(busy, Place("page", "business/staff"))
    titles = [task.duty.title.en for task in session.plan().tasks]
    first = [next(t for t in session.plan().tasks if t.id == task).duty.title.en for task in session.plan().first]
    shown = [text for text in busy.texts() if any(text.startswith(title.split("{")[0]) for title in titles)]
    assert [text.split(":")[0] for text in shown[:5]] == [title.split(":")[0] for title in first[:5]]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "size"), [(1280, 100), (700, 100), (1280, 200)])
def test_no_word_in_the_table_of_flows_is_cut(busy: Hands, lang: str, width: int, size: int) -> None:
    busy.app.change(Settings(lang, "light", size))
    busy.app.window.resize(width, 800)
    go(busy, Place("page", "flows/flows"))
    (table,) = busy.seen(QTableWidget)
    room = table.viewport().width()
    columns = [place for place in range(table.columnCount()) if not table.isColumnHidden(place)]
    assert sum(table.columnWidth(place) for place in columns) <= room
    for row in range(table.rowCount()):
        assert table.rowHeight(row) >= table.sizeHintForRow(row)
        for column in columns[:-1]:
            cell = table.item(row, column)
            assert cell is not None
            words = cell.text().split() if lang != "zh-Hant" else []
            longest = max(map(table.fontMetrics().horizontalAdvance, words), default=0)
            assert longest < table.columnWidth(column), cell.text()
        links = table.cellWidget(row, table.columnCount() - 1)
        assert links is not None
        assert links.sizeHint().height() <= table.rowHeight(row)
        assert links.sizeHint().width() <= table.columnWidth(table.columnCount() - 1)


def test_a_task_has_one_number_on_the_plan_page_as_on_paper(busy: Hands) -> None:
    plan = at_work(busy).plan()
    go(busy, Place("plan"))
    shown = [button.words.text() for button in busy.seen(Button)]
    for number, task in enumerate(plan.tasks, 1):
        times = sum(text.startswith(f"{number}.  ") for text in shown)
        assert times == 1 + (task.id in plan.first)


def test_the_table_of_flows_says_what_the_owner_calls_a_place_that_guia_has_no_name_for(busy: Hands) -> None:
    go(busy, Place("page", "flows/flows"))
    table = busy.seen(QTableWidget)[0]
    said_there = [item.text() for row in range(table.rowCount()) if (item := table.item(row, 3)) is not None]
    assert "United States" in said_there
