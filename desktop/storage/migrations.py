"""The steps that bring a vault's tables up to date, oldest first. Append only: a released step is never edited.

A step is a name and its statements; sqlite-utils runs each in one transaction and records its name in the vault.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.storage.driver import dbapi2, tables
from desktop.storage.faults import VaultError

if TYPE_CHECKING:
    from sqlite_utils import Database

SET = "guia"

# AUTOINCREMENT: the number of a row that is gone is never given to another
STEPS: dict[str, tuple[str, ...]] = {
    "0001-first": (
        "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        "CREATE TABLE answers (question TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        """CREATE TABLE changes (seq INTEGER PRIMARY KEY AUTOINCREMENT, batch INTEGER NOT NULL, at TEXT NOT NULL,
           question TEXT NOT NULL, before TEXT, after TEXT, undone INTEGER NOT NULL DEFAULT 0) STRICT""",
        "CREATE INDEX changes_standing ON changes (batch) WHERE undone = 0",
        "CREATE TABLE trail (seq INTEGER PRIMARY KEY AUTOINCREMENT, entry TEXT NOT NULL, hash TEXT NOT NULL) STRICT",
        """CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail
           BEGIN SELECT RAISE(ABORT, 'the trail is append only'); END""",
        """CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail
           BEGIN SELECT RAISE(ABORT, 'the trail is append only'); END""",
        """CREATE TABLE proofs (id INTEGER PRIMARY KEY AUTOINCREMENT, task TEXT NOT NULL, name TEXT NOT NULL,
           sha256 TEXT NOT NULL, content BLOB NOT NULL, added_at TEXT NOT NULL) STRICT""",
        """CREATE TABLE tasks (id TEXT PRIMARY KEY, first_seen TEXT NOT NULL, done_on TEXT,
           note TEXT NOT NULL DEFAULT '', proof_id INTEGER REFERENCES proofs (id)) STRICT""",
        """CREATE TABLE snapshots (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, kind TEXT NOT NULL,
           content_version TEXT NOT NULL, answers TEXT NOT NULL, plan TEXT NOT NULL) STRICT""",
    ),
    "0002-trail": (
        "CREATE TABLE notes (seq INTEGER PRIMARY KEY REFERENCES trail (seq), note TEXT NOT NULL) STRICT",
        "DROP TRIGGER trail_no_delete",
        # only from the front, and only while the newest entry is the one that says up to which entry, by its hash
        """CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail
           WHEN old.seq <> (SELECT min(seq) FROM trail) OR NOT EXISTS (
             SELECT 1 FROM trail AS newest JOIN trail AS last
             ON last.seq = CAST(json_extract(newest.entry, '$.subject') AS INTEGER)
             WHERE newest.seq = (SELECT max(seq) FROM trail) AND last.seq >= old.seq AND last.seq < newest.seq
             AND json_extract(newest.entry, '$.action') = 'trail.pruned'
             AND json_extract(newest.entry, '$.digest') = last.hash)
           BEGIN SELECT RAISE(ABORT, 'the trail is append only'); END""",
        """CREATE TRIGGER notes_no_update BEFORE UPDATE ON notes
           BEGIN SELECT RAISE(ABORT, 'a note is never changed'); END""",
    ),
}


def pending(connection: dbapi2.Connection) -> list[str]:
    """The steps this vault still needs.

    VaultError "newer" if it holds a step that this Guia does not know, "damaged" if it holds none. Only reads, and
    without sqlite-utils: it runs at every start, before the first paint.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    recorded = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'").fetchone()
    done: set[str] = set()
    if recorded:
        rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (SET,))
        done = {name for (name,) in rows}
    if version > len(STEPS) or done - STEPS.keys():
        raise VaultError("newer")
    # no vault was ever released without its first step: a file too short for one page reads as an empty database
    if not done:
        raise VaultError("damaged")
    return [name for name in STEPS if name not in done]


def migrate(connection: dbapi2.Connection) -> None:
    """Apply the pending steps, each whole or not at all."""
    database = tables(connection)
    from sqlite_utils.migrations import Migrations

    steps = Migrations(SET)
    for number, (name, statements) in enumerate(STEPS.items(), start=1):
        steps(name=name)(_step(name, number, statements))
    steps.apply(database)


def _step(name: str, number: int, statements: tuple[str, ...]) -> Callable[["Database"], None]:
    def run(database: "Database") -> None:
        for statement in statements:
            database.conn.execute(statement)
        # a second sign of age, readable where the table of names has been lost
        database.conn.execute(f"PRAGMA user_version = {number}")

    run.__name__ = name
    return run
