"""A publisher for each test, and the settings that let the client reach it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from publisher import Publisher

from dateline.config import FetchSettings


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """Give a publisher that listens on all loopback addresses."""
    with Publisher("0.0.0.0") as made:
        yield made


@pytest.fixture
def settings() -> FetchSettings:
    """Give settings that allow loopback alone, with limits that tests can reach."""
    return FetchSettings(contact="desk@example.org", allow_networks=("127.0.0.0/8",), timeout=1.5, max_bytes=200_000)
