"""One suite, every store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.store import Store
from dateline.store.memory import MemoryStore
from dateline.store.sql.store import SqliteStore


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give an empty store of each kind in turn."""
    made: Store = MemoryStore() if request.param == "memory" else SqliteStore(f"sqlite:///{tmp_path / 'desk.sqlite'}")
    yield made
    made.close()
