"""The walk: pages, where each step stands, where to go on, what a change hides, and answers that fall in a chain."""

from typing import Any

import msgspec
import pytest

from desktop.content import bank
from tests.wizards.valid_answers import DAY
from wizards.content.bank import Bank
from wizards.content.condition import Condition
from wizards.content.samples import sample_answers
from wizards.interview import walk


def heard(answers: dict[str, Any], content: Bank | None = None) -> set[str]:
    """The questions whose answers count."""
    return set(walk.settle(content or bank(), answers, DAY).answers)


def with_conditions(**when: Condition) -> Bank:
    """The bank with other conditions on some yes-or-no questions (named with _ for -)."""
    conditions = {name.replace("_", "-"): condition for name, condition in when.items()}
    topics = tuple(
        msgspec.structs.replace(
            topic,
            questions=tuple(
                msgspec.structs.replace(q, when=conditions[q.id]) if q.id in conditions else q for q in topic.questions
            ),
        )
        for topic in bank().topics
    )
    return msgspec.structs.replace(bank(), topics=topics)


def test_pages_hold_each_question_that_applies_once_in_the_order_of_the_interview() -> None:
    for sector in bank().sectors.values():
        answers = sample_answers(sector, "en")
        pages = walk.pages(bank(), answers, DAY)
        questions = [question.id for page in pages for question in page.questions]
        assert sorted(questions) == sorted(q.id for q in walk.asked(bank(), answers, DAY))
        assert len({page.id for page in pages}) == len(pages)
        assert all(page.questions for page in pages)
        steps = [step.id for step in bank().steps]
        assert [page.step for page in pages] == sorted((page.step for page in pages), key=steps.index)
        for page in pages:
            assert {bank().topic_of[question.id].id for question in page.questions} == {page.topic}
            assert len({question.subject or question.id for question in page.questions}) == 1


def test_a_question_waits_until_its_condition_is_known() -> None:
    asked = {question.id for question in walk.asked(bank(), {}, DAY)}
    assert "letter" in asked
    assert "letter-answered" not in asked
    assert "letter-answered" in {q.id for q in walk.asked(bank(), {"letter": True}, DAY)}
    assert "letter-answered" not in {q.id for q in walk.asked(bank(), {"letter": None}, DAY)}


def test_steps_from_not_started_to_done() -> None:
    nothing = walk.status(bank(), {}, DAY)
    assert nothing == {s.id: "cannot-start" if s.needs else "not-started" for s in bank().steps}
    begun = walk.status(bank(), {"staff": 3}, DAY)
    assert begun["map"] == "in-progress"
    assert walk.status(bank(), {"flows": []}, DAY)["tiers"] == "not-started"
    everything: dict[str, Any] = {}
    while (page := walk.resume_at(bank(), everything, DAY)) is not None:
        everything |= {question.id: None for question in page.questions}
    assert set(walk.status(bank(), everything, DAY).values()) == {"done"}


def test_going_on_finds_the_first_open_question_and_never_a_closed_step() -> None:
    first = walk.resume_at(bank(), {}, DAY)
    assert first is not None
    assert first == walk.pages(bank(), {}, DAY)[0]
    later = walk.resume_at(bank(), {question.id: None for question in first.questions}, DAY)
    assert later == walk.pages(bank(), {question.id: None for question in first.questions}, DAY)[1]
    closed = next(step.id for step in bank().steps if step.needs)
    assert walk.resume_at(bank(), {}, DAY, closed) is None
    opened = walk.resume_at(bank(), {"flows": []}, DAY, closed)
    assert opened is not None
    assert opened.step == closed


def test_i_do_not_know_is_an_answer_and_does_not_hold_up() -> None:
    page = walk.pages(bank(), {}, DAY)[0]
    answers = dict.fromkeys((question.id for question in page.questions), None)
    assert walk.resume_at(bank(), answers, DAY) != page


def test_a_change_hides_answered_questions_and_keeps_their_answers() -> None:
    before = {"letter": True, "letter-answered": False, "letter-deadline": "2026-12-01"}
    after = {**before, "letter": False}
    assert [q.id for q in walk.hidden_by(bank(), before, after, DAY)] == ["letter-answered", "letter-deadline"]
    assert walk.hidden_by(bank(), after, before, DAY) == ()
    assert walk.hidden_by(bank(), {"letter": True}, {"letter": False}, DAY) == ()


def test_answers_fall_in_a_chain() -> None:
    chain = {"letter": False, "letter-answered": False, "letter-deadline": "2026-12-01"}
    assert heard(chain) == {"letter"}
    assert heard({**chain, "letter": True}) == set(chain)
    # not known whether it is asked: the answer counts
    assert heard({**chain, "letter": None}) == set(chain)
    assert heard({"letter-deadline": "2026-12-01"}) == {"letter-deadline"}


@pytest.mark.parametrize("silent", [True, False, None])
def test_an_answer_that_falls_silences_nobody_on_its_way_out(silent: bool | None) -> None:  # noqa: FBT001  # three values
    """B hangs on A, and C on B or on A: with A at no, C is asked whatever B once said."""
    content = with_conditions(
        simplified=Condition(question="plugins-known"),
        signal_phones=Condition(
            any=(Condition(question="simplified"), Condition(not_=Condition(question="plugins-known")))
        ),
        letter=Condition(all=(Condition(not_=Condition(question="simplified")), Condition(question="signal-phones"))),
    )
    answers = {"plugins-known": False, "simplified": silent, "signal-phones": False, "letter": True}
    assert heard(answers, content) == {"plugins-known", "signal-phones"}


def test_questions_that_wait_for_each_other_all_fall() -> None:
    content = with_conditions(
        simplified=Condition(not_=Condition(question="letter")), letter=Condition(not_=Condition(question="simplified"))
    )
    assert heard({"simplified": True, "letter": True}, content) == set()


def test_what_is_not_a_question_any_more_is_kept_out_of_the_way() -> None:
    assert "gone-in-a-later-release" in heard({"gone-in-a-later-release": 1})
