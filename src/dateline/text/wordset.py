"""Small sets of words written as lines, for rules that are code; lists that users mend stand in `lexicon/data`."""

from __future__ import annotations


def word_set(lines: str) -> frozenset[str]:
    """Give the words of some lines, parted by white space."""
    return frozenset(lines.split())
