"""The JSON Schema and the reader agree: what is read is valid, what is refused is not, where a schema can say so."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from desktop.content import bank
from tests.wizards.schema_reading import accepts
from tests.wizards.test_reading import ONE
from tests.wizards.valid_answers import answers
from wizards.content.samples import sample_answers
from wizards.content.text import LANGUAGES
from wizards.interview.reading import SCHEMA
from wizards.interview.schema import schema

# what no schema can say: how the file is written, keys and ids that stand twice, direction marks, days of a month
BEYOND = {
    "utf-16 with a mark",
    "utf-16 without",
    "key twice on top",
    "key twice in answers",
    "key twice in a row",
    "key twice in counts",
    "id twice",
    "id with a direction mark",
    "half a character",
    "half a character the other way",
    "a float",
    "no such day",
}


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(answers())
def test_valid_answers_are_valid_by_the_schema(made: dict[str, Any]) -> None:
    assert accepts(schema(bank()), {"schema": SCHEMA, "answers": made})


def test_the_samples_are_valid_by_the_schema() -> None:
    for sector in bank().sectors.values():
        for lang in LANGUAGES:
            assert accepts(schema(bank(), lang), {"schema": SCHEMA, "answers": sample_answers(sector, lang)})


@pytest.mark.parametrize("name", ONE)
def test_what_is_refused_is_not_valid_by_the_schema(name: str) -> None:
    try:
        document = json.loads(ONE[name][0])
    except (ValueError, RecursionError):
        return  # no JSON, so nothing that a schema is asked about
    assert accepts(schema(bank()), document) == (name in BEYOND)


def test_each_title_is_in_the_language_asked_for() -> None:
    for lang in LANGUAGES:
        titles = schema(bank(), lang)["properties"]["answers"]["properties"]
        assert {q: shape["title"] for q, shape in titles.items()} == {
            q.id: q.text.to(lang) for q in bank().questions.values()
        }
