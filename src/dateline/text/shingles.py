"""Sampled shingles: the fingerprint by which a copied text is known even when it is cut, retitled or merged.

A shingle is a run of WORDS words, folded. Those whose hash falls on a fixed residue are kept (mod sampling: Broder
1997, “On the resemblance and containment of documents”), so that what two texts share is a fair sample of all they
share.
"""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np

WORDS = 4
RATE = 4  # one shingle in four is kept: a quarter of a 300-word report still leaves about 18
_SIGNS = "“”„«»‘’‚‹›–—―…·•،؛؟。、"  # separate words, as ASCII's own signs do
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = tuple(np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5))
_MASK = np.uint64(0x7FFF_FFFF_FFFF_FFFF)  # what a signed column of a database can hold
_LEAST_POWERS = 1 << 14
_MOST_BYTES = 1 << 22  # a longer text is known by its beginning


def _values() -> Any:
    """Give each byte its own 64-bit value: letters as their small letter, what is no letter or digit as 0."""
    made = np.zeros(256, dtype=np.uint64)
    for byte in range(256):
        letter = ord(chr(byte).lower()) if byte < 128 else byte
        if byte >= 128 or chr(byte).isalnum():
            made[byte] = (letter + 1) * 0xD6E8FEB86659FD93 % (1 << 64) ^ (letter + 1) * 0xA0761D65 << 13
    return made


_VALUE = _values()


def _powers_of(base: int, count: int) -> Any:
    factors = np.full(count, base, dtype=np.uint64)
    factors[0] = 1
    return np.multiply.accumulate(factors)


_UP, _DOWN = _powers_of(_BASE, _LEAST_POWERS), _powers_of(_INVERSE, _LEAST_POWERS)


def _word_codes(data: bytes) -> Any:
    """Hash every word of folded bytes: a polynomial over its bytes, read off the running sums of the whole text."""
    values = _VALUE[np.frombuffer(data, dtype=np.uint8)]
    inside = np.zeros(len(data) + 2, dtype=np.int8)
    inside[1:-1] = values != 0
    edges = np.flatnonzero(np.diff(inside))
    starts, ends = edges[::2], edges[1::2]
    known = len(data) < _LEAST_POWERS
    up = _UP if known else _powers_of(_BASE, len(data) + 1)
    down = _DOWN if known else _powers_of(_INVERSE, len(data) + 1)
    sums = np.zeros(len(data) + 1, dtype=np.uint64)
    np.cumsum(values * up[: len(data)], out=sums[1:])
    return (sums[ends] - sums[starts]) * down[starts]


def sampled(text: str) -> list[int]:
    """Give the sampled shingles of a text as sorted 63-bit numbers; few or none for a text of a few words."""
    if text.isascii():
        data = text.encode()
    else:
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        for sign in _SIGNS:
            if sign in text:
                text = text.replace(sign, " ")
        data = text.casefold().encode("utf-8", "replace")
    with np.errstate(over="ignore"):
        codes = _word_codes(data[:_MOST_BYTES])
        count = len(codes) - WORDS + 1
        if count < 1:
            return []
        mixed = codes[:count] * _MIX[0]
        for at in range(1, WORDS):
            mixed = (mixed ^ (mixed >> np.uint64(29))) * _MIX[at] + codes[at : at + count]
        mixed ^= mixed >> np.uint64(32)
        mixed *= _MIX[0]
        mixed ^= mixed >> np.uint64(29)
    kept = mixed[(mixed & np.uint64(RATE - 1)) == 0] & _MASK
    made: list[int] = sorted(set(kept.tolist()))
    return made
