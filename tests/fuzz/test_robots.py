"""Rules from strangers."""

from __future__ import annotations

from pathlib import Path

import fuzzing
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

WHOLE = [path.read_bytes() for path in sorted((fuzzing.SEEDS / "robots").iterdir())]
PIECES = (
    "User-agent: *\n", "User-agent: dateline\n", "Disallow: ", "Allow: ", "/a*b*c*d$", "*" * 50, "%", "%zz", "\n", "Crawl-delay: ", "nan", "-1", "1e999", "inf",
    "Request-rate: 1/0", "Visit-time: x-y", "Sitemap: http://[", ":", "#", "\r", "\ufeff", "Disallow: /*/*/*/*/*/*/*/*/*/*/*/*/*/*x\n",
)  # fmt: skip


@pytest.mark.parametrize("seed", sorted((fuzzing.SEEDS / "robots").iterdir()), ids=lambda path: path.name)
def test_seeds_of_robots(seed: Path) -> None:
    fuzzing.robots(seed.read_bytes())


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_any_bytes_as_robots(data: bytes) -> None:
    fuzzing.robots(data)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30))
def test_scrambled_pieces_as_robots(pieces: list[str]) -> None:
    fuzzing.robots("".join(pieces).encode("utf-8", "replace"))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(WHOLE), st.integers(0), st.integers(0, 40), st.binary(max_size=12))
def test_damaged_robots(whole: bytes, at: int, length: int, put: bytes) -> None:
    at %= len(whole)
    fuzzing.robots(whole[:at] + put + whole[at + length :])
