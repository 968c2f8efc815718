"""The page of a flow: its route to follow by the keyboard, and each answer changed where the step is."""

import re
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QWidget

from desktop import clock
from desktop.ui.desk import Place
from desktop.ui.fields.field import Field
from desktop.ui.flow_page import FLOWS, FlowPage
from desktop.ui.parts import Button
from desktop.ui.question_page import at_cell
from tests.desktop.hands import Hands
from tests.desktop.pages import go
from wizards.content.text import LANGUAGES
from wizards.interview.walk import settle
from wizards.planning import spoken
from wizards.planning.concerns import concerning

FLOW = "health-declarations"


def said(hands: Hands) -> str:
    return "\n".join(hands.texts())


def give(hands: Hands, **cells: object) -> None:
    """Put cells into the flow at hand."""
    session = hands.app.session
    assert session is not None
    row: dict[str, Any] = next(dict(one) for one in session.answers["flows"] if one["id"] == FLOW)
    session.put_row("flows", {**row, **{name.replace("_", "-"): cell for name, cell in cells.items()}})


def test_the_table_of_flows_leads_to_the_route(busy: Hands) -> None:
    go(busy, Place("page", "flows/flows"))
    busy.leads_to(lambda: busy.activate(busy.say("flow.route-named", name="Health declarations")))
    assert busy.place == Place("flow", FLOW)
    assert "Consent that cannot be shown" in said(busy)
    busy.leads_to(lambda: busy.activate(busy.say("flow.to-list")))
    assert busy.place == Place("page", "flows/flows")


def test_a_step_is_changed_where_it_stands_and_the_verdict_follows(busy: Hands) -> None:
    go(busy, Place("flow", FLOW))
    bank = busy.app.session.bank if busy.app.session else None
    assert bank is not None
    proof = bank.route_steps["consent-proof"].name.en
    busy.leads_to(lambda: busy.activate(busy.say("flow.change-named", step=proof)))
    field = next(field for field in busy.fields() if field.property("cell") == "consent-proof")
    assert field.isAncestorOf(busy.focus()), "the keyboard is at the cell"
    assert not field.visibleRegion().isEmpty(), "and the page has followed it"
    assert isinstance(field, Field)
    busy.give(field, value=True)
    busy.leads_to(lambda: busy.activate(busy.say("rows.done")))
    assert busy.place == Place("flow", FLOW)
    assert bank.route_leaves["not-notified"].text.en in said(busy)
    assert bank.route_leaves["consent-not-shown"].text.en not in said(busy)


def test_who_came_for_one_cell_is_done_below_it(busy: Hands) -> None:
    go(busy, at_cell(FLOWS, "consent-proof", FLOW))
    field = next(field for field in busy.fields() if field.property("cell") == "consent-proof")
    words = busy.say("rows.done-to-flow")
    done = [button for button in busy.seen(Button) if button.words.text() == words]
    assert len(done) == 1
    assert done[0].parentWidget() is field.parentWidget()
    busy.leads_to(lambda: busy.activate(words))
    assert busy.place == Place("flow", FLOW)
    go(busy, Place("page", FLOWS))
    busy.activate(busy.say("rows.change-named", name="Health declarations"))
    assert words not in said(busy), "who came from the table returns to the table"


def test_what_is_not_known_is_told_apart_and_every_step_is_named(busy: Hands) -> None:
    give(busy, consent_free=None, consent_proof=None)
    for lang in LANGUAGES:
        busy.app.speak(lang)
        go(busy, Place("flow", FLOW))
        page = busy.seen(FlowPage)[0]
        names = [widget.accessibleName() for widget in page.findChildren(QWidget)]
        unknown = busy.say("found.unknown")
        session = busy.app.session
        assert session is not None
        for number, step in enumerate(("consent-free", "consent-proof"), 5):
            question = session.bank.route_steps[step].question.to(lang)
            assert busy.say("flow.step-named", number=str(number), question=question, found=unknown) in names


def test_days_and_hours_are_written_as_on_paper(busy: Hands) -> None:
    busy.app.speak("pt")
    go(busy, Place("flow", FLOW))
    assert "de Novembro de 2026" in said(busy), "the orthography of the papers: months begin with a capital"
    go(busy, Place("plan"))
    assert re.search(r"\b\d+,\d\b", said(busy)), "half an hour has a comma"
    assert not re.search(r"\b\d+\.\d h", said(busy))


def test_a_move_to_signal_stands_below_with_its_task(busy: Hands) -> None:
    session = busy.app.session
    assert session is not None
    session.answer("tier-highly", "signal")
    go(busy, Place("flow", FLOW))
    text = said(busy)
    assert busy.say("flow.later") in text
    assert session.bank.reasons["signal-leaves"].text.en in text
    task = session.bank.duties["signal-notice"].title.en
    busy.leads_to(lambda: busy.activate(task))
    assert busy.place == Place("task", "signal-notice")


def test_a_question_beside_the_flows_is_reached_too(busy: Hands) -> None:
    session = busy.app.session
    assert session is not None
    go(busy, Place("flow", FLOW))
    step = session.bank.route_steps["combined"].name.en
    busy.leads_to(lambda: busy.activate(busy.say("flow.change-named", step=step)))
    assert session.bank.questions["special-uses"].text.en in said(busy)


def test_a_flow_that_was_removed_is_said_to_be_gone(busy: Hands) -> None:
    session = busy.app.session
    assert session is not None
    session.remove_row("flows", FLOW)
    go(busy, Place("flow", FLOW))
    assert busy.say("flow.gone-text") in said(busy)
    busy.leads_to(lambda: busy.activate(busy.say("flow.to-list")))


def test_in_a_narrow_window_the_way_out_stands_above_the_steps(busy: Hands) -> None:
    session = busy.app.session
    assert session is not None
    there = settle(session.bank, session.answers, clock.today())
    task = concerning(session.plan(), there, FLOW)[0]
    words = busy.say("flow.first-task", task=spoken.title(session.bank, task, "en"))
    busy.app.window.resize(1280, 800)
    go(busy, Place("flow", FLOW))
    assert words not in said(busy), "where the tasks stand beside it"
    busy.app.window.resize(640, 800)
    go(busy, Place("flow", FLOW))
    out = next(button for button in busy.seen(Button) if button.words.text() == words)
    first = next(label for label in busy.seen(QLabel) if label.text() == session.bank.route_steps["people"].question.en)
    assert out.mapTo(busy.app.window, out.rect().bottomLeft()).y() < first.mapTo(busy.app.window, QPoint()).y()
    busy.leads_to(lambda: busy.activate(words))
    assert busy.place == Place("task", task.id)


def test_a_flow_with_a_route_needs_no_way_out(busy: Hands) -> None:
    give(busy, channel="paper", place="macau")
    busy.app.window.resize(640, 800)
    go(busy, Place("flow", FLOW))
    assert busy.say("flow.first-task", task="").strip() not in said(busy)
