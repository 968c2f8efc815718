"""Conditions in three values: yes, no, not known yet; and because of which answers."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.content import bank
from tests.wizards.valid_answers import DAY
from wizards.content.condition import NEVER, Condition
from wizards.interview.situation import Situation
from wizards.interview.truth import Truth, holds, questions_in

# three yes-or-no questions of the bank, answered so as to be true, false and not known
YES, NO, UNKNOWN = (Condition(question=q) for q in ("mainland-accounts", "plugins-known", "letter"))
ANSWERS = {"mainland-accounts": True, "plugins-known": False, "letter": None}
VALUES = {True: YES, False: NO, None: UNKNOWN}


def truth(
    condition: Condition | None, answers: dict[str, Any] | None = None, row: dict[str, Any] | None = None
) -> Truth:
    situation = Situation(bank(), ANSWERS if answers is None else answers, DAY)
    return holds(condition, situation, "flows" if row else "", row)


def value(
    condition: Condition, answers: dict[str, Any] | None = None, row: dict[str, Any] | None = None
) -> bool | None:
    return truth(condition, answers, row).value


def both(first: bool | None, second: bool | None) -> bool | None:  # noqa: FBT001  # a value of three
    return False if False in (first, second) else None if None in (first, second) else True


@pytest.mark.parametrize(("first", "second"), list(product([True, False, None], repeat=2)))
def test_the_truth_tables(first: bool | None, second: bool | None) -> None:  # noqa: FBT001  # a value of three
    a, b = VALUES[first], VALUES[second]
    assert value(Condition(all=(a, b))) is both(first, second)
    either = both(*(None if v is None else not v for v in (first, second)))
    assert value(Condition(any=(a, b))) is (None if either is None else not either)
    assert value(Condition(not_=a)) is (None if first is None else not first)


def test_nothing_always_and_never() -> None:
    assert truth(None) == Truth(value=True)
    assert value(NEVER) is False
    assert value(Condition(all=())) is True


def test_what_decided_is_named_and_nothing_else() -> None:
    assert truth(YES).because == {"mainland-accounts"}
    assert truth(YES, {}) == Truth(None)
    assert truth(UNKNOWN) == Truth(None, frozenset({"letter"}))
    assert truth(Condition(all=(YES, NO, UNKNOWN))).because == {"plugins-known"}
    assert truth(Condition(all=(YES, UNKNOWN))).because == {"letter"}
    assert truth(Condition(all=(YES, Condition(not_=NO)))).because == {"mainland-accounts", "plugins-known"}
    assert truth(Condition(any=(NO, YES, UNKNOWN))).because == {"mainland-accounts"}
    assert truth(Condition(any=(NO, UNKNOWN))).because == {"letter"}
    assert truth(Condition(any=(NO, Condition(not_=YES)))).because == {"mainland-accounts", "plugins-known"}


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        (Condition(question="sector", is_="clinic"), {"sector": "clinic"}, True),
        (Condition(question="sector", is_="clinic"), {"sector": "school"}, False),
        (Condition(question="sector", is_="clinic"), {"sector": None}, None),
        (Condition(question="sector", is_="clinic"), {}, None),
        (Condition(question="sector", one_of=("clinic", "school")), {"sector": "school"}, True),
        (Condition(question="sector", one_of=("clinic", "school")), {"sector": "restaurant"}, False),
        (Condition(question="staff", at_least=10), {"staff": 10}, True),
        (Condition(question="staff", at_least=10), {"staff": 9}, False),
        (Condition(question="staff", at_least=10), {"staff": None}, None),
        (Condition(question="accounts", at_least=3), {"accounts": {"+86": 1, "+853": 2}}, True),
        (Condition(question="accounts", at_least=3), {"accounts": {}}, False),
        (Condition(question="flows", at_least=1), {"flows": []}, False),
        (Condition(question="flows", at_least=1), {"flows": [{"id": "a"}]}, True),
        (Condition(question="dingtalk-kinds", is_="pay"), {"dingtalk-kinds": ["pay", "bank"]}, True),
        (Condition(question="dingtalk-kinds", is_="pay"), {"dingtalk-kinds": []}, False),
        (Condition(question="dingtalk-kinds", one_of=("pay", "bank")), {"dingtalk-kinds": ["bank"]}, True),
        (Condition(question="dingtalk-kinds", one_of=("pay",)), {"dingtalk-kinds": ["bank"]}, False),
        (Condition(question="mainland-accounts", is_=False), {"mainland-accounts": False}, True),
        (Condition(question="mainland-accounts", is_=False), {"mainland-accounts": True}, False),
    ],
)
def test_each_comparison(condition: Condition, answers: dict[str, Any], expected: bool | None) -> None:  # noqa: FBT001
    assert value(condition, answers) is expected


SOME = Condition(some="flows", where=Condition(column="channel", is_="email"))


def test_some_row_of_a_table() -> None:
    mail, paper, open_ = ({"id": "a", "channel": c} for c in ("email", "paper", None))
    assert truth(SOME, {}) == Truth(None)
    assert truth(SOME, {"flows": None}) == Truth(None)
    assert truth(SOME, {"flows": []}) == Truth(False, frozenset({"flows"}))  # noqa: FBT003
    assert value(SOME, {"flows": [paper, mail]}) is True
    assert value(SOME, {"flows": [paper, open_]}) is None
    assert value(SOME, {"flows": [paper, {"id": "b"}]}) is None
    assert value(SOME, {"flows": [paper]}) is False
    assert truth(SOME, {"flows": [mail]}).because == {"flows"}
    assert value(Condition(some="flows"), {"flows": [paper]}) is True


def test_a_column_is_of_the_row_at_hand() -> None:
    column = Condition(column="ground", is_="consent")
    assert value(column, {}, {"id": "a", "ground": "consent"}) is True
    assert value(column, {}, {"id": "a", "ground": "none"}) is False
    assert value(column, {}, {"id": "a"}) is None
    assert value(column, {}) is None
    assert truth(column, {}, {"id": "a", "ground": "none"}).because == {"flows"}


def test_a_fact_rests_on_the_answers_that_it_read() -> None:
    mixed = Condition(fact="mixed-accounts")
    assert truth(mixed, {}) == Truth(None)
    assert truth(mixed, {"accounts": {"+86": 1, "+853": 1}}) == Truth(True, frozenset({"accounts"}))  # noqa: FBT003
    expires = Condition(fact="simplified-expires", one_of=("soon", "past"))
    assert value(expires, {"simplified-date": "2020-01-01"}) is True
    assert value(expires, {"simplified-date": None}) is None


def conditions() -> st.SearchStrategy[Condition]:
    leaves = st.sampled_from([YES, NO, UNKNOWN, SOME, Condition(fact="any-leaves")])
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3).map(lambda parts: Condition(all=tuple(parts)))
            | st.lists(inner, max_size=3).map(lambda parts: Condition(any=tuple(parts)))
            | inner.map(lambda part: Condition(not_=part))
        ),
        max_leaves=8,
    )


@given(conditions())
def test_more_knowledge_never_turns_yes_into_no(condition: Condition) -> None:
    """An unknown answer leaves open what depends on it: whatever it turns out to be, what was certain stays so."""
    before = truth(condition)
    if before.value is not None:
        for later in (True, False):
            for flows in ([], [{"id": "a", "channel": "email"}]):
                assert value(condition, {**ANSWERS, "letter": later, "flows": flows}) is before.value


@given(conditions())
def test_not_turns_round_and_rests_on_the_same(condition: Condition) -> None:
    plain, turned = truth(condition), truth(Condition(not_=condition))
    assert turned.because == plain.because
    assert turned.value is (None if plain.value is None else not plain.value)


def test_the_questions_that_a_condition_names() -> None:
    named = Condition(all=(YES, Condition(any=(NO, Condition(not_=SOME))), Condition(fact="mixed-accounts")))
    assert questions_in(named) == {"mainland-accounts", "plugins-known", "flows"}
    assert questions_in(None) == frozenset()
