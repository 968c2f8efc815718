"""Choosing the tiers in the window: what a home gives, what does not fit together, and the guides."""

from typing import Any

from PySide6.QtWidgets import QFrame, QLabel, QRadioButton, QWidget
from shiboken6 import isValid

from desktop import content
from desktop.session import Session
from desktop.ui.desk import Place
from desktop.ui.fields.field import Field
from desktop.ui.fields.rows import RowForm
from desktop.ui.homes_panel import HomesPanel
from desktop.ui.parts import Button
from tests.desktop.hands import Hands, Key
from tests.desktop.pages import controls, go
from tests.desktop.test_window import cut, out_of_order

HOMES = Place("page", "tiers/homes")


def session_of(hands: Hands) -> Session:
    session = hands.app.session
    assert session is not None
    return session


def field(hands: Hands, question: str) -> Field:
    return next(f for f in hands.seen(Field) if f.item.id == question)


def clashes(hands: Hands) -> list[str]:
    """The contradictions that stand beside questions, by id."""
    return [str(frame.property("clash")) for frame in hands.seen(QFrame) if frame.property("clash")]


def panel(hands: Hands, question: str) -> str:
    """What the panel under a question says."""
    frame = next(f for f in hands.seen(QFrame) if f.property("question") == question)
    (found,) = frame.findChildren(HomesPanel)
    return "\n".join(label.text() for label in hands.seen(QLabel, found))


def flow(hands: Hands, name: str, **cells: Any) -> None:  # noqa: ANN401  # whatever a cell holds
    """A flow of that name with these cells, beside those that are there."""
    session = session_of(hands)
    session.put_row("flows", {"id": "new", "name": name, "kinds": ["contact"], "channel": "dingtalk-chat", **cells})


def test_a_contradiction_stands_under_the_answer_at_once_and_goes_when_it_is_mended(busy: Hands) -> None:
    flow(busy, "Health talks", kinds=["health"], **{"must-keep": True})
    go(busy, HOMES)
    assert clashes(busy) == []
    busy.give(field(busy, "tier-highly"), "signal")
    assert "kept-but-disappears" in clashes(busy)
    assert any("Health talks" in text for text in busy.texts())
    busy.give(field(busy, "tier-highly"), "nextcloud")
    assert clashes(busy) == []


def test_it_stays_while_it_holds_and_is_told_wherever_the_owner_looks(busy: Hands) -> None:
    session = session_of(busy)
    session.answer("tier-highly", "signal")
    session.answer("kept-records", [])
    session.answer("signal-phones", value=False)
    text = next(c.text.en for c in content.bank().contradictions if c.id == "signal-without-phones")
    for place in (Place("page", "signal/signal-phones"), HOMES, Place("answers", "tiers"), Place("plan")):
        go(busy, place)
        assert text in busy.texts(), place
    go(busy, Place("answers", "log"))
    assert text not in busy.texts(), "a step that it does not concern"


def test_its_link_leads_to_where_it_can_be_changed(busy: Hands) -> None:
    session = session_of(busy)
    session.answer("tier-highly", "signal")
    session.answer("signal-phones", value=False)
    go(busy, Place("page", "signal/signal-phones"))
    busy.activate(busy.say("clash.change", what="Where each tier lives"))
    assert busy.place == HOMES


def test_the_keyboard_comes_to_its_link_in_the_order_it_is_seen_and_nothing_is_cut(busy: Hands) -> None:
    flow(busy, "Health talks", kinds=["health"], **{"must-keep": True})
    for place in (HOMES, Place("answers", "tiers"), Place("plan")):
        go(busy, place)
        if place == HOMES:
            busy.give(field(busy, "tier-highly"), "signal")
        assert cut(busy.app.window) == [], place
        wanted = [link for link in controls(busy.app.window) if link.accessibleName().startswith("Change: ")]
        assert wanted, place
        walked: list[QWidget] = []
        while (at := busy.focus()) not in walked:
            walked.append(at)
            assert busy.app.window.focusNextChild()
        walked = [widget for widget in walked if isValid(widget)]
        assert [link.accessibleName() for link in wanted if link not in walked] == [], place
        assert out_of_order(walked) == [], place


def test_a_tier_of_ones_own_is_told_with_its_reason_beside_its_home(busy: Hands) -> None:
    flow(busy, "Birthday cards", tier="routine", **{"tier-why": "First names only"})
    go(busy, HOMES)
    assert "First names only" in panel(busy, "tier-routine")
    assert "Birthday cards" not in panel(busy, "tier-internal")


def test_the_panel_follows_the_home_that_is_chosen(busy: Hands) -> None:
    go(busy, HOMES)
    homes = content.bank().homes
    assert homes["dingtalk"].hides.en in panel(busy, "tier-routine"), "the question that has the keyboard"
    assert homes["nextcloud-macau"].short.en in panel(busy, "tier-highly"), "in short, and the kind that is planned"
    assert homes["nextcloud-macau"].hides.en not in panel(busy, "tier-highly")
    busy.give(field(busy, "tier-highly"), "signal")
    said = panel(busy, "tier-highly")
    assert homes["signal"].proves.en in said
    assert homes["signal"].transfer.en in said
    assert "not confirmed" in said, "a source that is not confirmed is never folded away"


def test_the_sources_of_a_home_are_shown_and_hidden(busy: Hands) -> None:
    go(busy, HOMES)
    cited = content.bank().records["tools-transfer"].citation.en
    assert cited not in panel(busy, "tier-routine")
    show, hide = busy.say("homes.sources"), busy.say("homes.no-sources")
    busy.activate(f"{show}: DingTalk")
    assert cited in panel(busy, "tier-routine")
    assert busy.focus().accessibleName() == f"{hide}: DingTalk"
    busy.press(Key.Key_Return)
    assert cited not in panel(busy, "tier-routine")


def test_each_option_tells_its_home_to_who_does_not_see_it(busy: Hands) -> None:
    go(busy, HOMES)
    told = {
        b.property("option"): b.accessibleDescription() for b in field(busy, "tier-highly").findChildren(QRadioButton)
    }
    assert told["signal"] == content.bank().homes["signal"].short.en
    assert told["nextcloud"] == content.bank().homes["nextcloud-macau"].short.en


def test_a_guide_is_reached_from_its_home_and_leads_through_its_tasks(busy: Hands) -> None:
    go(busy, HOMES)
    busy.give(field(busy, "tier-highly"), "nextcloud")
    title = content.bank().guides["nextcloud"].title.en
    busy.activate(busy.say("homes.guide", title=title))
    assert busy.place == Place("guide", "nextcloud")
    assert busy.say("guide.done", done="0", tasks="2") in busy.texts()
    session_of(busy).tick("nextcloud-compare", "two offers")
    go(busy, Place("plan"))
    busy.activate(busy.say("homes.guide", title=title))
    assert busy.say("guide.done", done="1", tasks="2") in busy.texts()
    assert any("MOP 180" in text for text in busy.texts()), "the owner's own figures"
    links = [b.accessibleName() for b in busy.seen(Button) if b.accessibleName()[:2] in {"1.", "2.", "3."}]
    assert len(links) == 2, "what is not in the plan is named, and no link"
    busy.activate(links[-1])
    assert busy.place == Place("task", "nextcloud-get")


def test_a_flow_shows_the_recommended_tier_and_asks_why_only_of_another(busy: Hands) -> None:
    go(busy, Place("page", "flows/flows"))
    busy.activate(busy.say("rows.change-named", name="Renewal reminders"))
    (form,) = busy.seen(RowForm)
    assert any("Guia recommends: Internal." in label.text() for label in busy.seen(QLabel, form))
    why = content.bank().columns["flows", "tier-why"].text.en
    tier = field(busy, "tier")
    busy.give(tier, "internal")
    assert why not in busy.texts()
    busy.give(tier, "routine")
    assert why in busy.texts()
    busy.give(field(busy, "tier-why"), "No names in it")
    busy.press(Key.Key_Tab)
    rows = {row["name"]: row for row in session_of(busy).answers["flows"]}
    assert rows["Renewal reminders"]["tier-why"] == "No names in it"


def test_a_guide_whose_tasks_are_all_away_says_so_once_and_tells_each_in_short(busy: Hands) -> None:
    session = session_of(busy)
    for tier in ("routine", "internal", "confidential", "highly"):
        session.answer(f"tier-{tier}", "paper")
    go(busy, Place("guide", "signal"))
    said = busy.texts()
    assert said.count(busy.say("guide.none")) == 1
    assert busy.say("guide.not-now") not in said
    guide = session.bank.guides["signal"]
    assert {session.bank.duties[duty].how.short.en for duty in guide.duties} <= set(said)
