"""Feeds from strangers."""

from __future__ import annotations

from pathlib import Path

import fuzzing
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

WHOLE = [path.read_bytes() for path in sorted((fuzzing.SEEDS / "feeds").iterdir())]
PIECES = (
    "<rss version='2.0'>", "<channel>", "</channel></rss>", "<item>", "</item>", "<title>", "</title>", "<link>https://quay.example/a</link>",
    "<link href='https://quay.example/b'/>", "<guid>g</guid>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry></feed>", "<![CDATA[",
    "]]>", "<!--", "-->", "<!DOCTYPE rss [<!ENTITY a 'x'>]>", "&a;", "&nbsp;", "&", "<dc:date>2026-03-02T10:00:00+25:00</dc:date>", "<pubDate>",
    "Mon, 99 Mar 20260 10:00:00 +9999</pubDate>", "<published>0001-01-01T00:00:00+14:00</published>", "<script>alert(1)</script>", "javascript:alert(1)",
    "<content type='xhtml'>", "<description>&lt;script&gt;", "{", '"version": "https://jsonfeed.org/version/1"', '"items": [', "<?xml version='1.0'", "?>", "\x00",
)  # fmt: skip


@pytest.mark.parametrize("seed", sorted((fuzzing.SEEDS / "feeds").iterdir()), ids=lambda path: path.name)
def test_seeds_of_feeds(seed: Path) -> None:
    fuzzing.feeds(seed.read_bytes())


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_any_bytes_as_feeds(data: bytes) -> None:
    fuzzing.feeds(data)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30))
def test_scrambled_pieces_as_feeds(pieces: list[str]) -> None:
    fuzzing.feeds("".join(pieces).encode("utf-8", "replace"))


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.sampled_from(WHOLE), st.integers(0), st.integers(0, 40), st.binary(max_size=12))
def test_damaged_feeds(whole: bytes, at: int, length: int, put: bytes) -> None:
    at %= len(whole)
    fuzzing.feeds(whole[:at] + put + whole[at + length :])
