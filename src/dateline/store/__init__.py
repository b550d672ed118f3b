"""The store: what a desk keeps, and every question that may be asked of it."""

from __future__ import annotations

from dateline.config import Settings
from dateline.errors import ConfigError
from dateline.store.ports import Reader, Store


def open_store(settings: Settings) -> Store:
    """Open the desk's database, made where it is missing, with its schema brought up to date.

    Raises ConfigError where `database` names no engine that is known, StoreError where it cannot be opened.
    """
    from dateline.store.sql.store import PostgresStore, SqliteStore

    if settings.database.startswith("sqlite:"):
        return SqliteStore(settings.database)
    if settings.database.startswith(("postgresql:", "postgres:", "postgresql+psycopg:")):
        return PostgresStore(settings.database)
    raise ConfigError(
        f"database = {settings.database!r} is not known; write 'sqlite:///desk.sqlite' or "
        "'postgresql://user@host/name'."
    )


__all__ = ["Reader", "Store", "open_store"]
