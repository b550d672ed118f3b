"""The SQLite store, put together."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from dateline.errors import StoreError
from dateline.store.sql.building import Building
from dateline.store.sql.engine import Database, migrate
from dateline.store.sql.finding import Finding
from dateline.store.sql.pages import Pages
from dateline.store.sql.reading import DeskReader, StoryReader
from dateline.store.sql.writing import Writing


class SqliteStore(Finding, StoryReader, DeskReader, Pages, Building, Writing):
    """Keep a desk in one SQLite file (`sqlite:///…`)."""

    def __init__(self, address: str) -> None:
        """Open the database, made where it is missing, and bring its schema up to date; raises StoreError."""
        super().__init__(Database(address))
        migrate(self.database)

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
