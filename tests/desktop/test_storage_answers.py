"""Answers are kept as given, undone step by step, and leave a trail without content."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.paths import Paths
from desktop.storage.store import Store, make_vault, open_store
from desktop.storage.values import ABSENT, Json
from wizards.trail.verdict import Broken, Unbroken

KEY = bytes(range(32))
AT = "2026-11-23T10:15:30.000000Z"

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.one_of(
    st.integers(-(2**63), 2**64 - 1), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none()
)
values = st.recursive(
    numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    made = Paths(tmp_path)
    make_vault(made, KEY)
    return made


@pytest.fixture
def store(paths: Paths) -> Iterator[Store]:
    with open_store(paths, KEY) as opened:
        yield opened


def entries(store: Store) -> list[Mapping[str, str]]:
    return [json.loads(link.text) for link in store.trail()]


def test_an_answer_is_there_after_opening_again(paths: Paths) -> None:
    with open_store(paths, KEY) as store:
        store.save({"company": "陳記 Ⓐ é 𠝹", "flows": [{"id": "r1", "leaves": None}]}, AT, "answer.given")
    with open_store(paths, KEY) as store:
        assert store.answers() == {"company": "陳記 Ⓐ é 𠝹", "flows": [{"id": "r1", "leaves": None}]}


def test_unknown_is_an_answer_and_absent_is_none(store: Store) -> None:
    store.save({"edition": None, "people": 9}, AT, "answer.given")
    assert store.answers() == {"edition": None, "people": 9}
    store.save({"people": ABSENT, "never": ABSENT}, AT, "answer.given")
    assert store.answers() == {"edition": None}


def test_each_answer_has_its_trail_entry_without_its_content(store: Store) -> None:
    store.save({"salary": "secret words", "b": True}, AT, "answer.given")
    given_entries = entries(store)
    assert [(entry["subject"], entry["action"], entry["at"]) for entry in given_entries] == [
        ("salary", "answer.given", AT),
        ("b", "answer.given", AT),
    ]
    assert "secret words" not in json.dumps(given_entries)
    assert all(len(entry["digest"]) == 64 for entry in given_entries)


def test_digests_are_equal_for_equal_values_and_differ_between_vaults(store: Store, tmp_path: Path) -> None:
    other_paths = Paths(tmp_path / "other")
    other_paths.home.mkdir()
    make_vault(other_paths, KEY)
    with open_store(other_paths, KEY) as other:
        other.save({"q": {"a": 1, "b": 2}}, AT, "answer.given")
        store.save({"q": {"b": 2, "a": 1}}, AT, "answer.given")
        store.save({"q": {"a": 1, "b": 2}}, AT, "answer.given")
        first, second = entries(store)
        assert first["digest"] == second["digest"] != entries(other)[0]["digest"]


def test_undo_goes_back_step_by_step_to_the_beginning(store: Store) -> None:
    store.save({"a": 1}, AT, "answer.given")
    store.save({"a": 2, "b": None}, AT, "answer.given")
    store.save({"a": ABSENT}, AT, "answer.given")
    assert store.undo(AT) == ["a"]
    assert store.answers() == {"a": 2, "b": None}
    assert store.undo(AT) == ["a", "b"]
    assert store.answers() == {"a": 1}
    assert store.undo(AT) == ["a"]
    assert store.undo(AT) == []
    assert store.answers() == {}
    assert isinstance(store.verify(), Unbroken)


def test_after_undo_a_new_step_is_undone_first_and_undone_steps_stay_undone(store: Store) -> None:
    for value in (1, 2, 3):
        store.save({"a": value}, AT, "answer.given")
    store.undo(AT)
    store.save({"a": 9}, AT, "answer.given")
    seen = []
    while store.undo(AT):
        seen.append(store.answers().get("a"))
    assert seen == [2, 1, None]


def test_the_same_answer_again_is_on_the_trail_but_no_step_to_undo(store: Store) -> None:
    store.save({"a": 1}, AT, "answer.given")
    store.save({"a": 1}, AT, "answer.confirmed")
    assert [entry["action"] for entry in entries(store)] == ["answer.given", "answer.confirmed"]
    assert store.undo(AT) == ["a"]
    assert store.answers() == {}


def test_an_import_is_one_step(store: Store) -> None:
    store.save({"kept": 1, "changed": 1, "gone": 1}, AT, "answer.given")
    store.replace_all({"kept": 1, "changed": 2, "new": None}, AT)
    assert store.answers() == {"kept": 1, "changed": 2, "new": None}
    assert sorted(store.undo(AT)) == ["changed", "gone", "new"]
    assert store.answers() == {"kept": 1, "changed": 1, "gone": 1}


def test_an_import_that_changes_nothing_is_on_the_trail(store: Store) -> None:
    store.replace_all({}, AT)
    assert [entry["action"] for entry in entries(store)] == ["answers.imported"]
    assert store.undo(AT) == []


@pytest.mark.parametrize("value", [float("nan"), float("inf"), ["\ud800"], {"a": {"\udfff": 1}}])
def test_what_json_cannot_hold_is_refused_and_changes_nothing(store: Store, value: Json) -> None:
    with pytest.raises(ValueError, match=r"JSON|surrogates"):
        store.save({"good": 1, "bad": value}, AT, "answer.given")
    with pytest.raises(ValueError, match=r"JSON|surrogates"):
        store.replace_all({"good": 1, "bad": value}, AT)
    assert store.answers() == {}
    assert store.trail() == []


def test_numbers_keep_their_kind(store: Store) -> None:
    store.save({"q": [2**64 - 1, -(2**63), 1, 1.0, -0.0, 5e-324, True]}, AT, "answer.given")
    kept = cast("Sequence[Json]", store.answers()["q"])
    assert [repr(value) for value in kept] == [repr(v) for v in [2**64 - 1, -(2**63), 1, 1.0, -0.0, 5e-324, True]]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(texts.filter(bool), values, min_size=1, max_size=5), min_size=1, max_size=3))
def test_any_answers_survive_and_undo_restores_each_state(batches: list[dict[str, Json]]) -> None:
    with TemporaryDirectory() as folder:
        made = Paths(Path(folder))
        make_vault(made, KEY)
        states: list[str] = [json.dumps({})]
        with open_store(made, KEY) as store:
            for batch in batches:
                store.save(batch, AT, "answer.given")
                states.append(json.dumps(json.loads(states[-1]) | batch, sort_keys=True))
        with open_store(made, KEY) as store:
            assert json.dumps(store.answers(), sort_keys=True) == states[-1]
            store.replace_all({}, AT)
            store.undo(AT)
            assert json.dumps(store.answers(), sort_keys=True) == states[-1]
            while store.undo(AT):
                assert json.dumps(store.answers(), sort_keys=True) in states
            assert store.answers() == {}
            assert isinstance(store.verify(), Unbroken)


def test_the_trail_can_be_read_from_a_number_on(store: Store) -> None:
    for number in range(5):
        store.save({"a": number}, AT, "answer.given")
    assert [link.seq for link in store.trail(3)] == [4, 5]
    assert store.trail(5) == []


def test_the_trail_refuses_to_be_changed_and_says_where_it_was(store: Store) -> None:
    for number in range(3):
        store.save({"a": number}, AT, "answer.given")
    connection = store._connection
    for statement in ("UPDATE trail SET entry = '{}' WHERE seq = 2", "DELETE FROM trail WHERE seq = 2"):
        with pytest.raises(Exception, match="append only"):
            connection.execute(statement)
    connection.execute("DROP TRIGGER trail_no_update")
    connection.execute("UPDATE trail SET entry = '{}' WHERE seq = 2")
    assert store.verify() == Broken(2, "edited")


def test_settings_keep_what_they_are_given_but_not_the_key_of_digests(store: Store) -> None:
    assert store.setting("pace") is None
    store.set_setting("pace", [1.5, 2])
    assert store.setting("pace") == [1.5, 2]
    with pytest.raises(ValueError, match="digest-key"):
        store.set_setting("digest-key", "0")
