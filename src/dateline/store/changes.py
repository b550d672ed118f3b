"""Notice every change of a store, whoever makes it: what was made from the store holds while nothing changed."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING, Protocol

from dateline.errors import StoreError
from dateline.store.ports import Reader

if TYPE_CHECKING:
    from dateline.store.sql.engine import Database


class Changes(Protocol):
    """Tells states of a store apart."""

    quick: bool  # in microseconds, so that an event loop need not wait

    def now(self) -> object:
        """Give what is another after each commit of any process.

        Equal answers mean that nothing was committed between them: what was read after the first is true at the second.
        """


def changes_of(reader: Reader) -> Changes | None:
    """Watch the store behind a reader; None where it cannot tell."""
    from dateline.store.sql.asking.reading import Asking

    if not isinstance(reader, Asking):
        return None
    if not reader.database.is_sqlite:
        return _OfPostgresql(reader.database)
    file = reader.database.engine.url.database
    return None if not file or file == ":memory:" else _OfSqlite(file)


class _OfSqlite:
    """Asks for `PRAGMA data_version`, which rises on a connection when any other has committed.

    SQLite looks at its shared memory for that, not at the file.
    """

    quick = True

    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(file, timeout=1.0, isolation_level=None, check_same_thread=False)
        self._lock = threading.Lock()

    def now(self) -> object:
        with self._lock:
            try:
                return self._connection.execute("PRAGMA data_version").fetchone()[0]
            except sqlite3.Error:  # then it cannot be known: as if something had changed
                return object()


class _OfPostgresql:
    """Asks which transactions are seen: snapshots are alike where none was committed between them."""

    quick = False

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(self) -> object:
        try:
            with self._database.reading() as connection:
                return connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one()
        except StoreError:  # whoever asks for the page is told
            return object()
