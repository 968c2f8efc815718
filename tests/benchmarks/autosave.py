"""Keeping one answer, encrypted, with its entry in the trail, against a bare row of SQLite that is as durable."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from typing import Final

from desktop.paths import Paths
from desktop.storage.store import make_vault, open_store
from tests.benchmarks.measure import Ratio, alternating, thrown_away

ROUNDS: Final = 300
AT: Final = "2026-11-23T10:15:30.000000Z"
ANSWER: Final = "An answer of usual length, as an owner types it."


def measure() -> Iterator[Ratio]:
    with thrown_away() as home:
        key, number = bytes(range(32)), count()
        make_vault(Paths(home), key)
        with open_store(Paths(home), key) as store, closing(sqlite3.connect(home / "bare.db")) as bare:
            bare.execute("PRAGMA journal_mode=WAL")
            bare.execute("PRAGMA synchronous=FULL")
            bare.execute("CREATE TABLE answers (question TEXT PRIMARY KEY, value TEXT)")

            def ours() -> None:
                turn = next(number)
                store.save({f"question-{turn % 40}": f"{ANSWER} {turn}"}, AT, "answer.given")

            def bare_row() -> None:
                turn = next(number)
                bare.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (f"question-{turn % 40}", ANSWER))
                bare.commit()

            ratio, taken, _ = alternating(ours, bare_row, ROUNDS)
        yield Ratio("keeping an answer", ratio, "a bare durable row", most=1.34, told=f"{taken * 1000:.2f} ms")
