"""The SQLite store, put together."""

from __future__ import annotations

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
