"""Lists of feeds from strangers."""

from __future__ import annotations

from pathlib import Path

import fuzzing
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

WHOLE = [path.read_bytes() for path in sorted((fuzzing.SEEDS / "opml").iterdir())]
PIECES = (
    "<opml version='2.0'>", "</opml>", "<body>", "</body>", "<outline text='A'>", "</outline>", "<outline text='B' xmlUrl='https://quay.example/f'/>",
    "<outline xmlUrl='javascript:x'/>", "<outline type='include' url='/l'/>", "<outline TEXT='C' XMLURL='//quay.example/g' category='/a/b,,c'/>",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>", "&y;", "<![CDATA[", "<!--", "\x0b",
)  # fmt: skip


@pytest.mark.parametrize("seed", sorted((fuzzing.SEEDS / "opml").iterdir()), ids=lambda path: path.name)
def test_seeds_of_opml(seed: Path) -> None:
    fuzzing.opml(seed.read_bytes())


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_any_bytes_as_opml(data: bytes) -> None:
    fuzzing.opml(data)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30))
def test_scrambled_pieces_as_opml(pieces: list[str]) -> None:
    fuzzing.opml("".join(pieces).encode("utf-8", "replace"))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(WHOLE), st.integers(0), st.integers(0, 40), st.binary(max_size=12))
def test_damaged_opml(whole: bytes, at: int, length: int, put: bytes) -> None:
    at %= len(whole)
    fuzzing.opml(whole[:at] + put + whole[at + length :])
