"""Somebody with the key changes the trail in the encrypted vault: every kind of change is found and named.

The triggers only stop accidents; whoever has the key drops them. In a trail of 100,000 entries, as in a small one.
"""

import contextlib
import json
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.paths import Paths
from desktop.storage.connection import connect
from desktop.storage.driver import dbapi2
from desktop.storage.faults import VaultError
from desktop.storage.proven import verdict
from desktop.storage.store import make_vault, open_store
from wizards.trail.anchor import Anchor
from wizards.trail.chain import Deed, Link, append
from wizards.trail.verdict import Broken, Unbroken

KEY = bytes(range(32))
AT = "2026-11-23T10:00:00.000000Z"
MANY = 100_000
TRIGGERS = ("trail_no_update", "trail_no_delete", "notes_no_update")


def fill(connection: dbapi2.Connection, count: int) -> list[Link]:
    """So many entries in one transaction: each is chained, none waits for the disk."""
    links: list[Link] = []
    prev = None
    for number in range(count):
        prev = append(prev, AT, "answer.given", f"q{number}", "ab" * 32, Deed(who="owner", data="answers"))
        links.append(prev)
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO trail (seq, entry, hash) VALUES (?, ?, ?)", links)
    connection.execute("COMMIT")
    return links


class Attacker:
    """Has the key, and knows how a trail is made."""

    def __init__(self, connection: dbapi2.Connection, links: list[Link]) -> None:
        self.run, self.links = connection.execute, links
        for trigger in TRIGGERS:
            self.run(f"DROP TRIGGER {trigger}")

    def put(self, seq: int, text: str) -> None:
        """Another text under a number, with a hash that fits it."""
        self.run("DELETE FROM trail WHERE seq = ?", (seq,))
        self.run("INSERT INTO trail VALUES (?, ?, ?)", (seq, text, sha256(text.encode()).hexdigest()))

    def changed(self, seq: int) -> str:
        return self.links[seq - 1].text.replace('"owner"', '"it"')

    def shift(self, after: int, by: int) -> None:
        self.run("UPDATE trail SET seq = -seq WHERE seq > ?", (after,))
        self.run("UPDATE trail SET seq = -seq + ? WHERE seq < 0", (by,))

    def rewrite(self, from_: int) -> None:
        """All that follows, made anew so that it fits."""
        prev = self.links[from_ - 2] if from_ > 1 else None
        self.run("DELETE FROM trail WHERE seq >= ?", (from_,))
        for old in self.links[from_ - 1 :]:
            prev = append(prev, AT, "answer.given", json.loads(old.text)["subject"], "cd" * 32)
            self.run("INSERT INTO trail VALUES (?, ?, ?)", prev)

    def count_as(self, number: int) -> None:
        self.run("UPDATE sqlite_sequence SET seq = ? WHERE name = 'trail'", (number,))


def edit(attacker: Attacker, place: int, _: int) -> Broken:
    attacker.run("UPDATE trail SET entry = ? WHERE seq = ?", (attacker.changed(place), place))
    return Broken(place, "edited")


def edit_with_its_hash(attacker: Attacker, place: int, _: int) -> Broken:
    attacker.put(place, attacker.changed(place))
    return Broken(place, "edited")


def leave_no_text(attacker: Attacker, place: int, _: int) -> Broken:
    attacker.run("UPDATE trail SET entry = CAST(x'fffe' AS TEXT), hash = CAST(x'ff' AS TEXT) WHERE seq = ?", (place,))
    return Broken(place, "edited")


def leave_no_entry(attacker: Attacker, place: int, _: int) -> Broken:
    attacker.put(place, '{"seq":1}')
    return Broken(place, "unreadable")


def put_blanks_in(attacker: Attacker, place: int, _: int) -> Broken:
    attacker.put(place, attacker.links[place - 1].text.replace(",", ", "))
    return Broken(place, "not-canonical")


def delete(attacker: Attacker, place: int, _: int) -> Broken:
    attacker.run("DELETE FROM trail WHERE seq BETWEEN ? AND ?", (place, place + 2))
    return Broken(place, "missing", place + 2)


def delete_and_close_the_gap(attacker: Attacker, place: int, _: int) -> Broken:
    attacker.run("DELETE FROM trail WHERE seq = ?", (place,))
    attacker.shift(place, -1)
    return Broken(place, "missing", place)


def delete_the_start(attacker: Attacker, place: int, _: int) -> Broken:
    attacker.run("DELETE FROM trail WHERE seq < ?", (place,))
    return Broken(place, "start", place - 1)


def insert(attacker: Attacker, place: int, _: int) -> Broken:
    attacker.shift(place - 1, 1)
    before = attacker.links[place - 2]
    attacker.run("INSERT INTO trail VALUES (?, ?, ?)", append(before, AT, "hand.decision", "", ""))
    return Broken(place + 1, "inserted", place)


def swap(attacker: Attacker, place: int, _: int) -> Broken:
    one, other = attacker.links[place - 1], attacker.links[place + 1]
    attacker.put(place, other.text)
    attacker.put(place + 2, one.text)
    return Broken(place, "swapped", place + 2)


def cut_the_end(attacker: Attacker, _: int, last: int) -> Broken:
    attacker.run("DELETE FROM trail WHERE seq > ?", (last - 3,))
    return Broken(last - 2, "cut", last)


def cut_the_end_and_the_count(attacker: Attacker, _: int, last: int) -> Broken:
    attacker.run("DELETE FROM trail WHERE seq > ?", (last - 3,))
    attacker.count_as(last - 3)
    return Broken(last, "short", last - 3)


def take_the_count_away(attacker: Attacker, _: int, last: int) -> Broken:
    attacker.run("DELETE FROM sqlite_sequence WHERE name = 'trail'")
    return Broken(last + 1, "counter", 0)


def empty_it(attacker: Attacker, _: int, last: int) -> Broken:
    attacker.run("DELETE FROM trail")
    return Broken(1, "cut", last)


def empty_it_and_the_count(attacker: Attacker, _: int, last: int) -> Broken:
    attacker.run("DELETE FROM trail")
    attacker.count_as(0)
    return Broken(last, "short", 0)


def write_the_end_anew(attacker: Attacker, _: int, last: int) -> Broken:
    attacker.rewrite(last - 6)
    return Broken(last, "rewritten")


ATTACKS = (
    edit,
    edit_with_its_hash,
    leave_no_text,
    leave_no_entry,
    put_blanks_in,
    delete,
    delete_and_close_the_gap,
    delete_the_start,
    insert,
    swap,
    cut_the_end,
    cut_the_end_and_the_count,
    take_the_count_away,
    empty_it,
    empty_it_and_the_count,
    write_the_end_anew,
)
each_attack = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
Attack = Callable[[Attacker, int, int], Broken]


@pytest.fixture(scope="module")
def long_one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dbapi2.Connection, list[Link]]]:
    paths = Paths(tmp_path_factory.mktemp("long"))
    make_vault(paths, KEY)
    with contextlib.closing(connect(paths.vault, KEY)) as connection:
        yield connection, fill(connection, MANY)


@pytest.fixture
def small(tmp_path: Path) -> tuple[Paths, list[Link]]:
    paths = Paths(tmp_path)
    make_vault(paths, KEY)
    with contextlib.closing(connect(paths.vault, KEY)) as connection:
        return paths, fill(connection, 12)


def test_a_hundred_thousand_entries_are_unbroken(long_one: tuple[dbapi2.Connection, list[Link]]) -> None:
    connection, links = long_one
    head = links[-1].hash
    found = verdict(connection, [Anchor(MANY, head, AT), Anchor(7, links[6].hash[:25], "")])
    assert found == Unbroken(MANY, AT, AT, head, held=MANY)


@each_attack
def test_each_change_of_a_hundred_thousand_entries_is_named(
    attack: Attack, long_one: tuple[dbapi2.Connection, list[Link]]
) -> None:
    connection, links = long_one
    mark = Anchor(MANY, links[-1].hash, AT)
    connection.execute("BEGIN")
    try:
        told = attack(Attacker(connection, links), 54_321, MANY)
        assert verdict(connection, [mark]) == told
    finally:
        connection.execute("ROLLBACK")


@each_attack
def test_each_change_is_named_when_the_vault_is_opened_again(attack: Attack, small: tuple[Paths, list[Link]]) -> None:
    paths, links = small
    with contextlib.closing(connect(paths.vault, KEY)) as connection:
        told = attack(Attacker(connection, links), 5, 12)
    with open_store(paths, KEY) as store:
        assert store.verify([Anchor(12, links[-1].hash, AT)]) == told
        # what is there can still be looked at
        assert len(store.newest(20)) == len(store.trail())


@pytest.mark.parametrize(("attack", "place"), [(edit, 1), (edit, 12), (edit_with_its_hash, 1), (put_blanks_in, 12)])
def test_the_first_and_the_last_entry_are_no_easier_to_change(
    attack: Attack, place: int, small: tuple[Paths, list[Link]]
) -> None:
    paths, links = small
    with contextlib.closing(connect(paths.vault, KEY)) as connection:
        told = attack(Attacker(connection, links), place, 12)
    with open_store(paths, KEY) as store:
        assert store.verify() == told


def test_the_last_entry_changed_with_its_hash_is_told_by_a_mark_alone(small: tuple[Paths, list[Link]]) -> None:
    paths, links = small
    with contextlib.closing(connect(paths.vault, KEY)) as connection:
        edit_with_its_hash(Attacker(connection, links), 12, 12)
    with open_store(paths, KEY) as store:
        assert isinstance(store.verify(), Unbroken)
        assert store.verify([Anchor(12, links[-1].hash, AT)]) == Broken(12, "rewritten")


def test_an_old_copy_put_back_is_named_while_a_mark_of_it_exists(small: tuple[Paths, list[Link]]) -> None:
    paths, _ = small
    old = paths.home / "old"
    shutil.copy(paths.vault, old)
    with open_store(paths, KEY) as store:
        for number in range(5):
            store.save({"people": number}, AT, "answer.given")
        mark = store.checkpoint(AT, "accountant")
        assert store.verify([mark]) == Unbroken(18, AT, AT, mark.head, held=18)
    shutil.copy(old, paths.vault)
    with open_store(paths, KEY) as store:
        # the copy is a whole trail: nothing but a mark kept elsewhere tells
        assert isinstance(store.verify(), Unbroken)
        assert store.verify([mark]) == Broken(18, "short", 12)
        for number in range(9):
            store.save({"people": 90 + number}, AT, "answer.given")
        assert store.verify([mark]) == Broken(18, "rewritten")


TABLE = {"entry": "UPDATE trail SET entry = ? WHERE seq = ?", "hash": "UPDATE trail SET hash = ? WHERE seq = ?"}


@pytest.fixture(scope="module")
def short_one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dbapi2.Connection, list[Link]]]:
    paths = Paths(tmp_path_factory.mktemp("short"))
    make_vault(paths, KEY)
    with contextlib.closing(connect(paths.vault, KEY)) as connection:
        yield connection, fill(connection, 8)


@given(st.data())
def test_any_change_of_rows_in_the_vault_is_found(
    short_one: tuple[dbapi2.Connection, list[Link]], data: st.DataObject
) -> None:
    connection, links = short_one
    connection.execute("BEGIN")
    try:
        attacker = Attacker(connection, links)
        steps = st.sampled_from(["delete", "put", "move", "entry", "hash"])
        for step in data.draw(st.lists(steps, min_size=1, max_size=4)):
            seq = data.draw(st.integers(1, 8))
            if step == "delete":
                attacker.run("DELETE FROM trail WHERE seq = ?", (seq,))
            elif step == "put":
                attacker.put(seq, links[data.draw(st.integers(0, 7))].text)
            elif step == "move":
                to = data.draw(st.integers(-2, 12))
                attacker.run("UPDATE OR REPLACE trail SET seq = ? WHERE seq = ?", (to, seq))
            else:
                attacker.run(TABLE[step], (data.draw(st.text("a{é", max_size=4)), seq))
        rows = connection.execute("SELECT seq, entry, hash FROM trail ORDER BY seq").fetchall()
        assert isinstance(verdict(connection), Unbroken) == (rows == [tuple(link) for link in links])
    finally:
        connection.execute("ROLLBACK")


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DROP TABLE notes", Broken(13, "note")),
        ("UPDATE sqlite_sequence SET seq = 'x' WHERE name = 'trail'", Broken(14, "counter", -1)),
        ("UPDATE trail SET hash = CAST(x'ff' AS TEXT) WHERE seq = 12", Broken(12, "edited")),
        ("UPDATE trail SET hash = CAST(x'ff' AS TEXT) WHERE seq = 13", Broken(13, "edited")),
    ],
)
def test_what_the_key_opens_may_be_spoilt_and_is_still_named(
    statement: str, told: Broken, small: tuple[Paths, list[Link]]
) -> None:
    paths, links = small
    with open_store(paths, KEY) as store:
        store.write(AT, "decision", Deed(), "as it was")
    with contextlib.closing(connect(paths.vault, KEY)) as connection:
        Attacker(connection, links).run(statement)
    with open_store(paths, KEY) as store:
        assert store.verify() == told
        assert set(store.hashes([12, 13])) == {12, 13}


@pytest.mark.parametrize("value", ["5", '"zz"', "x"])
def test_a_vault_whose_digest_key_is_spoilt_is_damaged(value: str, small: tuple[Paths, list[Link]]) -> None:
    paths, _ = small
    with contextlib.closing(connect(paths.vault, KEY)) as connection:
        connection.execute("UPDATE settings SET value = ? WHERE key = 'digest-key'", (value,))
    with pytest.raises(VaultError, match="damaged"):
        open_store(paths, KEY)
