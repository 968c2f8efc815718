"""The one driver: sqlcipher3, with the types of the standard library's sqlite3, whose interface it has.

Errors are sqlcipher3's own classes; `except sqlite3.Error` would never match.
"""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3 as dbapi2

    from sqlite_utils import Database
else:
    from sqlcipher3 import dbapi2

__all__ = ["dbapi2", "tables"]


def tables(connection: dbapi2.Connection) -> "Database":
    """The same connection through sqlite-utils, imported now: it costs half an empty window."""
    # the name under which sqlite-utils looks for a replacement of the standard library's driver
    sys.modules.setdefault("pysqlite3", sys.modules["sqlcipher3"])
    sys.modules.setdefault("pysqlite3.dbapi2", sys.modules["sqlcipher3.dbapi2"])
    from sqlite_utils import Database

    return Database(connection, execute_plugins=False)
