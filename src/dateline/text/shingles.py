"""Sampled shingles: the fingerprint by which a copied text is known even when it is cut, retitled or merged.

A shingle is a run of WORDS words, folded. Those whose hash falls on a fixed residue are kept (mod sampling: Broder
1997, “On the resemblance and containment of documents”), so that what two texts share is a fair sample of all they
share.
"""

from __future__ import annotations

import re
import unicodedata
import zlib

import numpy as np

WORDS = 4
RATE = 4  # one shingle in four is kept: a quarter of a 300-word report still leaves about 18
# Letters and digits of ASCII, and every byte of any other script: the text is folded first, and bytes are quicker.
_WORD = re.compile(rb"[0-9a-z\x80-\xff]+")
_PUNCTUATION = str.maketrans(dict.fromkeys("“”„«»‘’‚‹›–—―…·•،؛؟。、", " "))
_MIX = tuple(np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5))
_MASK = np.uint64(0x7FFF_FFFF_FFFF_FFFF)  # what a signed column of a database can hold


def sampled(text: str) -> list[int]:
    """Give the sampled shingles of a text as sorted 63-bit numbers; few or none for a text of a few words."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_PUNCTUATION))
    folded = text.casefold().encode("utf-8", "replace")
    words = [zlib.crc32(word) for word in _WORD.findall(folded)]
    if len(words) < WORDS:
        return []
    codes = np.array(words, dtype=np.uint64)
    count = len(codes) - WORDS + 1
    with np.errstate(over="ignore"):
        mixed = codes[:count] * _MIX[0]
        for at in range(1, WORDS):
            mixed = (mixed ^ (mixed >> np.uint64(29))) * _MIX[at] + codes[at : at + count]
        mixed ^= mixed >> np.uint64(32)
        mixed *= _MIX[0]
        mixed ^= mixed >> np.uint64(29)
    kept: list[int] = np.unique((mixed[mixed % np.uint64(RATE) == 0]) & _MASK).tolist()
    return kept
