"""Archives from strangers."""

from __future__ import annotations

from pathlib import Path

import fuzzing
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

WHOLE = [path.read_bytes() for path in sorted((fuzzing.SEEDS / "warc").iterdir())]
PIECES = (
    "WARC/1.0\r\n", "WARC-Type: response\r\n", "WARC-Target-URI: https://quay.example/a\r\n", "Content-Type: application/http; msgtype=response\r\n",
    "Content-Length: ", "10", "99999999999999999999", "-5", "\r\n", "\r\n\r\n", "HTTP/1.1 200 OK\r\n", "Content-Type: text/html\r\n", "Content-Encoding: gzip\r\n", "<html>x</html>", "WARC-Type: warcinfo\r\n",
)  # fmt: skip


@pytest.mark.parametrize("seed", sorted((fuzzing.SEEDS / "warc").iterdir()), ids=lambda path: path.name)
def test_seeds_of_warc(seed: Path) -> None:
    fuzzing.warc(seed.read_bytes())


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_any_bytes_as_warc(data: bytes) -> None:
    fuzzing.warc(data)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30))
def test_scrambled_pieces_as_warc(pieces: list[str]) -> None:
    fuzzing.warc("".join(pieces).encode("utf-8", "replace"))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(WHOLE), st.integers(0), st.integers(0, 40), st.binary(max_size=12))
def test_damaged_warc(whole: bytes, at: int, length: int, put: bytes) -> None:
    at %= len(whole)
    fuzzing.warc(whole[:at] + put + whole[at + length :])
