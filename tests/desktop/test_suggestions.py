"""What the page does with what a trade usually has, and with the accounts that were counted. By the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget

from desktop.content import bank
from desktop.session import Session
from desktop.ui.desk import Place
from desktop.ui.fields.field import Field
from desktop.ui.parts import Button
from tests.desktop.hands import Hands
from tests.desktop.pages import go
from wizards.content.text import LANGUAGES


def at_work(hands: Hands) -> Session:
    session = hands.app.session
    assert session is not None
    return session


def offered(hands: Hands) -> list[str]:
    before = hands.say("rows.take") + ": "
    return [b.accessibleName() for b in hands.seen(Button) if b.accessibleName().startswith(before)]


def table(hands: Hands) -> int:
    return sum(found.rowCount() for found in hands.seen(QTableWidget))


def test_all_suggestions_are_taken_at_once_and_one_undo_takes_them_back(hands: Hands) -> None:
    session = at_work(hands)
    session.answer("sector", "insurance-broker")
    go(hands, Place("page", "flows/flows"))
    assert len(offered(hands)) == 8
    hands.activate(hands.say("suggestions.all", count="8"))
    assert (table(hands), offered(hands)) == (8, [])
    assert [flow.name for flow, _, _ in session.plan().flows] == [row["name"] for row in session.answers["flows"]]
    hands.activate(hands.say("page.undo"))
    hands.rest()
    assert (table(hands), len(offered(hands))) == (0, 8)
    assert "flows" not in session.answers


def test_what_was_turned_down_or_taken_before_is_not_taken_again(hands: Hands) -> None:
    session = at_work(hands)
    session.answer("sector", "insurance-broker")
    session.dismiss("flows", "renewals")
    own = session.put_row("flows", {"name": "Walk-in customers"})
    session.put_row("flows", session.suggestions("flows", "en")[0])
    go(hands, Place("page", "flows/flows"))
    hands.activate(hands.say("suggestions.all", count="6"))
    rows = session.answers["flows"]
    assert rows[0]["id"] == own
    assert len(rows) == len({row["id"] for row in rows}) == 8
    assert "renewals" not in {row.get("origin") for row in rows}


def test_one_suggestion_alone_needs_no_button_for_all(hands: Hands) -> None:
    session = at_work(hands)
    session.answer("sector", "clinic")
    session.answer("plugins-known", value=True)
    go(hands, Place("page", "plugins/plugins"))
    assert len(offered(hands)) == 1
    assert not [b for b in hands.seen(Button) if b.words.text() == hands.say("suggestions.all", count="1")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_contracts_stand_under_the_accounts_as_soon_as_they_are_counted(hands: Hands, lang: str) -> None:
    hands.app.speak(lang)
    at_work(hands).answer("mainland-accounts", value=True)
    go(hands, Place("page", "footing/accounts"))
    reasons = bank().reasons

    def said(reason: str, count: str) -> bool:
        return any(reasons[reason].text.fill(lang, count=count) in text for text in hands.texts())

    assert not said("accounts-mainland", "3")
    (field,) = [f for f in hands.fields() if isinstance(f, Field)]
    hands.give(field, {"+853": 6, "+86": 3, "email": 2, "unknown": 1})
    hands.press(Qt.Key.Key_Tab)
    for reason, count in (("accounts-singapore", "8"), ("accounts-mainland", "3"), ("accounts-not-clear", "1")):
        assert said(reason, count), reason
    assert any(hands.say("grade.L") in text for text in hands.texts())
    go(hands, Place("page", "footing/accounts"))
    assert said("accounts-mainland", "3")


def test_a_suggestion_says_where_it_is_kept(hands: Hands) -> None:
    session = at_work(hands)
    session.answer("sector", "clinic")
    go(hands, Place("page", "flows/flows"))
    place = next(one["place"] for one in session.suggestions("flows", "en") if "place" in one)
    option = session.bank.option("flows", "place", place)
    assert option is not None
    assert any(text.endswith(f" · {option.text.en}") for text in hands.texts())
