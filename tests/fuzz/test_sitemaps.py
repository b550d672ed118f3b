"""Sitemaps from strangers."""

from __future__ import annotations

from pathlib import Path

import fuzzing
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

WHOLE = [path.read_bytes() for path in sorted((fuzzing.SEEDS / "sitemaps").iterdir())]
PIECES = (
    "<urlset>", "</urlset>", "<url>", "</url>", "<loc>https://quay.example/a</loc>", "<loc>", "javascript:x", "</loc>", "<lastmod>2026-03-02</lastmod>",
    "<lastmod>9999-99-99</lastmod>", "<lastmod>0001-01-01T00:00:00+14:00</lastmod>", "<news:news>", "<news:title>T</news:title>", "</news:news>", "<sitemapindex>", "<sitemap>", "</sitemap>",
    "<!DOCTYPE x [", "]>", "<![CDATA[", "]]>", "https://quay.example/list\n", "\n", "&x;",
)  # fmt: skip


@pytest.mark.parametrize("seed", sorted((fuzzing.SEEDS / "sitemaps").iterdir()), ids=lambda path: path.name)
def test_seeds_of_sitemaps(seed: Path) -> None:
    fuzzing.sitemaps(seed.read_bytes())


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_any_bytes_as_sitemaps(data: bytes) -> None:
    fuzzing.sitemaps(data)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30))
def test_scrambled_pieces_as_sitemaps(pieces: list[str]) -> None:
    fuzzing.sitemaps("".join(pieces).encode("utf-8", "replace"))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(WHOLE), st.integers(0), st.integers(0, 40), st.binary(max_size=12))
def test_damaged_sitemaps(whole: bytes, at: int, length: int, put: bytes) -> None:
    at %= len(whole)
    fuzzing.sitemaps(whole[:at] + put + whole[at + length :])
