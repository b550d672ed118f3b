"""The kinds of stores that share one suite."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.store import Store
from dateline.store.memory import MemoryStore
from dateline.store.sql.store import PostgresStore, SqliteStore

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def make_store(request: pytest.FixtureRequest, kind: str, folder: Path) -> Store:
    """Make an empty store of a kind."""
    if kind == "memory":
        return MemoryStore()
    if kind == "sqlite":
        return SqliteStore(f"sqlite:///{folder / 'desk.sqlite'}")
    return PostgresStore(request.getfixturevalue("server").database())
