"""The store: what a desk keeps, and every question that may be asked of it."""

from __future__ import annotations

from dateline.config import Settings
from dateline.errors import ConfigError
from dateline.store.ports import Reader, Store


def open_store(settings: Settings) -> Store:
    """Open the desk's database, made where it is missing, with its schema brought up to date.

    Raises ConfigError where `database` names no engine that is known, StoreError where it cannot be opened.
    """
    from dateline.store.sql.store import SqliteStore

    if not settings.database.startswith("sqlite:"):
        raise ConfigError(f"database = {settings.database!r} is not known; write 'sqlite:///desk.sqlite'.")
    return SqliteStore(settings.database)


__all__ = ["Reader", "Store", "open_store"]
