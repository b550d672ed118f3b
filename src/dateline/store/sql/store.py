"""The stores on SQL, put together."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from dateline.errors import StoreError
from dateline.store.ports import Reader
from dateline.store.sql.asking.reading import DeskReader, StoryReader
from dateline.store.sql.engine import Database, migrate
from dateline.store.sql.finding.fts5 import WordSearch
from dateline.store.sql.finding.plan import Finding
from dateline.store.sql.finding.vectors import VectorSearch
from dateline.store.sql.keeping.building import Building
from dateline.store.sql.keeping.retaining import Retaining
from dateline.store.sql.keeping.writing import Writing
from dateline.store.sql.working.claims import Claims
from dateline.store.sql.working.pages import Pages
from dateline.store.sql.working.sharing import SharedClaims
from dateline.store.sql.working.sketches import Sketches


class SqlStore(Retaining, Finding, StoryReader, DeskReader, Pages, Building, Sketches, Writing, Claims):
    """What both engines share."""

    def __init__(self, address: str) -> None:
        """Open the database and bring its schema up to date; raises StoreError."""
        super().__init__(Database(address))
        migrate(self.database)
        self.renew_index()

    def asof(self, moment: str) -> Reader:
        from dateline.store.asof import AsOf

        return AsOf(self, moment)


class PostgresStore(VectorSearch, SqlStore, SharedClaims):
    """Keep a desk in a PostgreSQL database (`postgresql://…`)."""

    def check(self) -> None:
        missing = (
            "SELECT count(*) FROM indexed i LEFT JOIN words w ON w.n = i.n WHERE w.n IS NULL",
            "SELECT count(*) FROM article a LEFT JOIN content c ON c.n = a.n WHERE c.n IS NULL",
        )
        with self.database.reading() as connection:
            found = [connection.exec_driver_sql(statement).scalar() for statement in missing]
        if any(found):
            name = self.database.engine.url.database
            raise StoreError(f"The database {name} lacks rows it should have: restore the desk from a backup.")

    def backup(self, path: Path) -> None:
        from dateline.store.sql.moving import move

        if path.exists():
            raise StoreError(f"{path} exists already: name a file that does not.")
        aside = path.with_name(path.name + ".part")
        try:
            aside.unlink(missing_ok=True)
            copy = SqliteStore(f"sqlite:///{aside}")
            try:
                move(self, copy)
                copy.check()
            finally:
                copy.close()
            with closing(sqlite3.connect(aside)) as made:
                made.execute("PRAGMA journal_mode=DELETE")
            aside.replace(path)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"The backup to {path} failed: {error}.") from error
        finally:
            for end in ("", "-wal", "-shm"):
                aside.with_name(aside.name + end).unlink(missing_ok=True)


class SqliteStore(WordSearch, SqlStore):
    """Keep a desk in one SQLite file (`sqlite:///…`), made where it is missing."""

    def check(self) -> None:
        name = self.database.engine.url.database
        try:
            with self.database.reading() as connection:
                found = list(connection.exec_driver_sql("PRAGMA integrity_check(3)").scalars().all())
            with self.database.writing() as connection:
                connection.exec_driver_sql("INSERT INTO words (words) VALUES ('integrity-check')")
        except StoreError as error:
            raise StoreError(f"{error} Restore the desk from a backup.") from error
        if found != ["ok"]:
            raise StoreError(f"The database {name} is broken ({'; '.join(found)}): restore the desk from a backup.")

    def backup(self, path: Path) -> None:
        if path.exists():
            raise StoreError(f"{path} exists already: name a file that does not.")
        aside = path.with_name(path.name + ".part")
        try:
            aside.unlink(missing_ok=True)
            with self.database.reading() as connection, closing(sqlite3.connect(aside)) as target:
                source: Any = connection.connection.driver_connection
                source.backup(target, pages=1024)
                target.execute("PRAGMA journal_mode=DELETE")
                (answer,) = target.execute("PRAGMA quick_check").fetchone()
            if answer != "ok":
                raise StoreError(f"The copy in {aside} is broken ({answer}): is the disk whole?")
            aside.replace(path)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"The backup to {path} failed: {error}.") from error
