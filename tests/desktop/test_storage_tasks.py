"""Tasks, proofs and snapshots: what was done stays, numbers are never given twice."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.paths import Paths
from desktop.storage.snapshots import SnapshotHead
from desktop.storage.store import Store, make_vault, open_store
from desktop.storage.tasks import Done, Proof

KEY = bytes(range(32))
AT = "2026-11-23T10:15:30.000000Z"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Paths(tmp_path)
    make_vault(made, KEY)
    with open_store(made, KEY) as opened:
        yield opened


def test_a_task_keeps_the_day_it_was_first_seen(store: Store) -> None:
    assert store.first_seen(["a", "b"], "2026-01-01") == {"a": "2026-01-01", "b": "2026-01-01"}
    assert store.first_seen(iter(["b", "c"]), "2026-02-01") == {"b": "2026-01-01", "c": "2026-02-01"}
    assert store.first_seen([], "2026-02-01") == {}
    assert store.tasks()["b"] == Done("2026-01-01", None, "", None)


def test_a_task_is_ticked_with_its_proof_and_opened_again(store: Store) -> None:
    store.first_seen(["a"], "2026-01-01")
    store.tick("a", "2026-02-01", AT, "sent", Proof("letter.pdf", b"%PDF"))
    assert store.tasks()["a"] == Done("2026-01-01", "2026-02-01", "sent", 1)
    assert store.proof(1) == Proof("letter.pdf", b"%PDF")
    store.untick("a", AT)
    assert store.tasks()["a"] == Done("2026-01-01", None, "sent", 1)
    store.tick("a", "2026-03-01", AT)
    assert store.tasks()["a"] == Done("2026-01-01", "2026-03-01", "", 1)
    assert [json.loads(link.text)["action"] for link in store.trail()] == ["task.done", "task.reopened", "task.done"]


def test_every_proof_stays_with_its_hash(store: Store) -> None:
    store.tick("a", "2026-02-01", AT, proof=Proof("one", b"1"))
    store.tick("a", "2026-02-02", AT, proof=Proof("two", b"22"))
    assert [(proof.id, proof.name, proof.size) for proof in store.proofs()] == [(1, "one", 1), (2, "two", 2)]
    assert store.proofs()[0].sha256 == "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
    with pytest.raises(KeyError):
        store.proof(3)


def test_the_number_of_a_row_that_is_gone_is_never_given_again(store: Store) -> None:
    connection = store._connection
    store.tick("a", "2026-02-01", AT, proof=Proof("one", b"1"))
    store.snapshot("plan", AT, "1", {}, {})
    connection.execute("UPDATE tasks SET proof_id = NULL")
    connection.execute("DELETE FROM proofs")
    connection.execute("DELETE FROM snapshots")
    store.tick("b", "2026-02-01", AT, proof=Proof("two", b"2"))
    assert store.proofs()[0].id == 2
    assert store.snapshot("plan", AT, "1", {}, {}) == 2


def test_a_snapshot_is_kept_whole(store: Store) -> None:
    first = store.snapshot("plan", AT, "2026.1", {"q": None}, {"tasks": ["一"]})
    second = store.snapshot("review", AT, "2026.2", {}, {})
    assert store.snapshots() == [
        SnapshotHead(first, AT, "plan", "2026.1"),
        SnapshotHead(second, AT, "review", "2026.2"),
    ]
    assert store.read_snapshot(first).answers == {"q": None}
    assert store.read_snapshot(first).plan == {"tasks": ["一"]}
    with pytest.raises(KeyError):
        store.read_snapshot(9)
    assert [json.loads(link.text)["action"] for link in store.trail()] == ["plan.made", "review.made"]


def test_one_driver_everywhere(store: Store) -> None:
    store.snapshot("plan", AT, "1", {}, {})
    assert vars(sys.modules["sqlite_utils.db"])["sqlite3"].__name__ == "sqlcipher3"
