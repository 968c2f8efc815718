"""The part of the plan on the DingTalk footing: contracts, mixed groups, and how each thing is known."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from desktop.content import bank, words
from desktop.reports.document import Block, Bullets, Heading, Paragraph, Table
from desktop.reports.plan.case import Case, brief
from desktop.reports.plan.footing import footing
from desktop.reports.plan.voice import voice_of
from tests.desktop.test_papers import DAY, every_language, every_sample
from tests.wizards import valid_answers
from wizards.content.samples import sample_answers
from wizards.content.text import LANGUAGES
from wizards.planning.plan import plan_of


def section(answers: dict[str, Any], lang: str = "en") -> list[Block]:
    return footing(Case(bank(), answers, brief(plan_of(bank(), answers, DAY)), voice_of(lang, words())))


def known(answers: dict[str, Any], lang: str = "en") -> dict[str, tuple[str, str]]:
    """What was answered and how it is known, by the name of each line."""
    (table,) = [block for block in section(answers, lang) if isinstance(block, Table)]
    return {str(name): (str(answer), str(how)) for name, answer, how in table.rows}


def accounts(answers: dict[str, Any]) -> list[str]:
    return [str(item) for block in section(answers) if isinstance(block, Bullets) for item in block.items]


@pytest.mark.parametrize(
    ("evidence", "said"),
    [(None, "Not known"), ("told", "Told only"), ("in-writing", "In writing"), ("in-contract", "In the contract")],
)
def test_each_is_unknown_told_in_writing_or_in_the_contract(evidence: str | None, said: str) -> None:
    training = {"told": "told-no", "in-writing": "written-no", "in-contract": "contract-no"}
    found = known(
        {
            "hosting-place": "singapore",
            "hosting-evidence": evidence,
            "retention-evidence": evidence,
            "ai-training": training.get(str(evidence)),
            "ai-switches": ["minutes"],
            "minutes-evidence": evidence,
        }
    )
    assert [how for _, how in found.values()][1:] == [said] * 4


def test_what_was_never_asked_is_not_known_and_what_is_off_needs_no_proof() -> None:
    assert {how for _, how in list(known({}).values())[1:]} == {"Not known"}
    assert known({"ai-switches": []})["AI minutes and voiceprints"] == ("Off", "Your own answer")
    assert known({"ai-training": "yes"})["Content used to train AI"] == (
        "Yes, or the terms allow it",
        "Your own answer",
    )


@every_sample
@every_language
def test_no_cell_is_a_dash(name: str, lang: str) -> None:
    for answers in (sample_answers(bank().sectors[name], lang), {}):
        assert "–" not in {cell for cells in known(answers, lang).values() for cell in cells}


def test_a_roster_without_mainland_numbers_is_one_contract_by_kind() -> None:
    (line,) = accounts({"mainland-accounts": False, "accounts": {"+853": 6, "email": 1}})
    assert "DingTalk (Singapore): 7" in line
    assert "Macao number (+853): 6, E-mail address only: 1" in line


def test_without_counts_nobody_with_a_mainland_number_is_one_contract() -> None:
    (line,) = accounts({"mainland-accounts": False})
    assert line == bank().reasons["accounts-all-singapore"].text.en
    assert accounts({"mainland-accounts": False, "accounts": {"+86": 2}}) == [line]


def test_mixed_groups_are_named_and_others_are_not() -> None:
    groups = [{"id": "a", "name": "Zhuhai", "mixed": True}, {"id": "b", "name": "Shop", "mixed": False}]
    counted = {"mainland-accounts": True, "accounts": {"+853": 2, "+86": 1}, "groups": groups}
    said = " ".join(accounts(counted))
    assert "Zhuhai" in said
    assert "Shop" not in said
    assert "Zhuhai" not in " ".join(accounts({**counted, "accounts": {"+86": 3}}))


@every_sample
@every_language
def test_every_sample_has_its_part_in_its_language(name: str, lang: str) -> None:
    blocks = section(sample_answers(bank().sectors[name], lang), lang)
    assert isinstance(blocks[0], Heading)
    assert any(isinstance(block, Paragraph) for block in blocks)


@given(valid_answers.answers())
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_any_answers_make_this_part(answers: dict[str, Any]) -> None:
    for lang in LANGUAGES:
        assert section(answers, lang)
