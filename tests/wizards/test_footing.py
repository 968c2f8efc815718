"""The footing: which contract accounts fall under, what is asked of the supplier in writing, and the mixed groups."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.content import bank, words
from wizards.content.text import LANGUAGES
from wizards.mapping.footing import contracts_of
from wizards.planning.paper import as_json
from wizards.planning.plan import plan_of

DAY = date(2026, 11, 23)

KINDS = [option.id for option in bank().questions["accounts"].options]
COUNTS = st.dictionaries(st.sampled_from(KINDS) | st.text(max_size=4), st.integers(0, 100_000))


def parties(counts: dict[str, int]) -> dict[str, int]:
    return {found.party: found.number for found in contracts_of(counts)}


def test_the_number_registered_decides_the_contract() -> None:
    counts = {"+853": 8, "+852": 1, "+86": 3, "other": 2, "email": 4, "unknown": 1}
    assert parties(counts) == {"singapore": 15, "mainland": 3, "not-clear": 1}


def test_one_contract_where_nobody_has_a_mainland_number() -> None:
    assert parties({"+853": 6, "email": 1, "+86": 0}) == {"singapore": 7}
    assert contracts_of({"+853": 6, "email": 1, "+86": 0})[0].kinds == ("+853", "email")


@given(COUNTS)
def test_the_numbers_add_up_and_each_kind_stands_once(counts: dict[str, int]) -> None:
    found = contracts_of(counts)
    assert sum(contract.number for contract in found) == sum(counts.values())
    kinds = [kind for contract in found for kind in contract.kinds]
    assert sorted(kinds) == sorted(kind for kind, number in counts.items() if number)
    assert all(contract.number > 0 for contract in found)


@given(COUNTS)
def test_each_contract_has_its_sentence_with_a_source(counts: dict[str, int]) -> None:
    for contract in contracts_of(counts):
        reason = bank().reasons[contract.reason]
        assert reason.sources
        assert all("{count}" in text for text in (reason.text.en, reason.text.zh_hant, reason.text.pt))


# What is asked of the supplier ----------------------------------------------------------------------------------------

IN_ORDER: dict[str, Any] = {
    "sector": "retail",
    "staff": 6,
    "mainland-accounts": False,
    "hosting-place": "macau",
    "hosting-evidence": "in-contract",
    "edition": "standard",
    "retention-evidence": "in-contract",
    "retention-said": "One year",
    "ai-training": "contract-no",
    "ai-switches": ["minutes"],
    "minutes-evidence": "in-writing",
}
# What must be asked in writing, and what in the letter asks it, in English, Chinese and Portuguese.
OPEN: list[tuple[dict[str, Any], tuple[str, str, str]]] = [
    ({"hosting-place": None}, ("1. Hosting", "一、存放地點", "1. Alojamento")),
    ({"hosting-evidence": None}, ("1. Hosting", "一、存放地點", "1. Alojamento")),
    ({"hosting-evidence": "told"}, ("1. Hosting", "一、存放地點", "1. Alojamento")),
    ({"edition": None}, ("which edition do we have", "使用哪個版本", "que edição temos")),
    ({"ai-training": None}, ("5. AI training", "五、人工智能訓練", "5. Treino de IA")),
    ({"ai-training": "told-no"}, ("5. AI training", "五、人工智能訓練", "5. Treino de IA")),
    ({"minutes-evidence": None}, ("6. AI minutes", "六、人工智能聽記", "6. Actas por IA")),
    ({"minutes-evidence": "told"}, ("6. AI minutes", "六、人工智能聽記", "6. Actas por IA")),
    ({"retention-evidence": None}, ("how long are chats", "對話和其他各類資料", "se guardam as conversas")),
    ({"retention-evidence": "told"}, ("how long are chats", "對話和其他各類資料", "se guardam as conversas")),
]


def duties(answers: dict[str, Any]) -> set[str]:
    return {task.duty.id for task in plan_of(bank(), answers, DAY).tasks}


def test_nobody_is_asked_while_all_is_in_writing() -> None:
    assert "ask-hosting" not in duties(IN_ORDER)


@pytest.mark.parametrize(("change", "asked"), OPEN, ids=str)
def test_what_is_unknown_or_only_told_is_asked_by_the_ready_letter(
    change: dict[str, Any], asked: tuple[str, str, str]
) -> None:
    answers = {**IN_ORDER, **change}
    assert "ask-hosting" in duties(answers)
    for lang, wanted in zip(LANGUAGES, asked, strict=True):
        made = as_json(bank(), answers, plan_of(bank(), answers, DAY), lang, words())
        task = next(task for task in made["tasks"] if task["id"] == "ask-hosting")
        assert wanted in task["how"]["full"].partition("\n\n")[2], lang


def test_the_place_of_minutes_is_no_matter_while_they_are_off() -> None:
    assert "ask-hosting" not in duties({**IN_ORDER, "ai-switches": [], "minutes-evidence": "told"})


# Groups ---------------------------------------------------------------------------------------------------------------


def test_the_task_names_the_mixed_groups_and_no_other() -> None:
    groups = [{"id": "a", "name": "Zhuhai", "mixed": True}, {"id": "b", "name": "Shop", "mixed": False}]
    answers = {"mainland-accounts": True, "accounts": {"+853": 2, "+86": 1}, "groups": groups}
    made = as_json(bank(), answers, plan_of(bank(), answers, DAY), "en", words())
    task = next(task for task in made["tasks"] if task["id"] == "mixed-groups")
    assert {said["question"]: said["answer"] for said in task["why"]["answers"]}["groups"] == "Zhuhai"
    assert "Shop" not in str(task)
