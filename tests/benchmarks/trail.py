"""Chaining and verifying 100,000 entries of a trail, against hashing the same bytes."""

import contextlib
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from desktop.exported import verify_file
from desktop.paths import Paths
from desktop.storage.connection import connect
from desktop.storage.store import make_vault, open_store
from tests.benchmarks.measure import Ratio, alternating, thrown_away
from wizards.trail.chain import Deed, Link, append
from wizards.trail.export import Form
from wizards.trail.verdict import Unbroken
from wizards.trail.verification import verify

MANY: Final = 100_000
ROUNDS: Final = 7
AT: Final = "2026-11-23T10:15:30.000000Z"
DEED: Final = Deed(who="owner", data="answers")


def measure() -> Iterator[Ratio]:
    links: list[Link] = []

    def chain() -> None:
        links.clear()
        prev = None
        for number in range(MANY):
            prev = append(prev, AT, "answer.given", f"question-{number % 90}", "ab" * 32, DEED)
            links.append(prev)

    chain()
    texts = [link.text.encode() for link in links]
    whole = b"\n".join(texts)

    def each_alone() -> None:
        for text in texts:
            sha256(text).hexdigest()

    of = "hashing each entry"
    ratio, taken, _ = alternating(chain, each_alone, ROUNDS)
    yield Ratio("chaining entries", ratio, of, told=_rate(taken))
    ratio, taken, _ = alternating(lambda: _sure(verify(links)), each_alone, ROUNDS)
    yield Ratio("verifying a trail in memory", ratio, of, most=5, told=_rate(taken))
    with thrown_away() as home:
        paths, key = Paths(home), bytes(range(32))
        make_vault(paths, key)
        with contextlib.closing(connect(paths.vault, key)) as connection:
            connection.execute("BEGIN")
            connection.executemany("INSERT INTO trail (seq, entry, hash) VALUES (?, ?, ?)", links)
            connection.execute("COMMIT")
        with open_store(paths, key) as store:
            ratio, taken, _ = alternating(lambda: _sure(store.verify()), each_alone, ROUNDS)
            yield Ratio("verifying the encrypted trail", ratio, of, most=10, told=_rate(taken))
            ratio, _, _ = alternating(lambda: _sure(store.verify()), lambda: sha256(whole).digest(), ROUNDS)
            yield Ratio("verifying the encrypted trail", ratio, "one hash over all bytes")
            out = home / "trail.jsonl"
            store.export_trail(out, 0)
        ratio, taken, _ = alternating(lambda: _sure(verify_file(out)), each_alone, ROUNDS)
        yield Ratio("verifying an export", ratio, of, most=6, told=_rate(taken))


def _sure(found: object) -> None:
    if not isinstance(found, Unbroken | Form):
        raise TypeError(found)


def _rate(taken: float) -> str:
    return f"{MANY / taken / 1000:.0f} thousand a second"
