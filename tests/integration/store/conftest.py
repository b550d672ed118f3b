"""One suite, every store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from stores import ENGINES, make_store

from dateline.store import Store


@pytest.fixture(params=["memory", *ENGINES])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give an empty store of each kind in turn."""
    made = make_store(request, request.param, tmp_path)
    yield made
    made.close()
