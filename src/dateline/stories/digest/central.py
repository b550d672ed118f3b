"""Sentences of a story as bags of weighted words: how central each is, how alike two are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

Bag = Mapping[str, float]


def bag(words: Iterable[str], weights: Mapping[str, float] | None = None) -> dict[str, float]:
    """Make a bag of unit length from words; a word that `weights` does not know weighs 1."""
    counts = Counter(words)
    raw = {word: (1.0 + math.log(n)) * (weights or {}).get(word, 1.0) for word, n in sorted(counts.items())}
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {word: value / length for word, value in raw.items()} if length else {}


def likeness(one: Bag, other: Bag) -> float:
    """Give the cosine of two bags of unit length."""
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other[word] for word, value in one.items() if word in other)


def centre(bags: Iterable[Bag]) -> dict[str, float]:
    """Give the mean of bags, of unit length."""
    total: dict[str, float] = {}
    for each in bags:
        for word, value in each.items():
            total[word] = total.get(word, 0.0) + value
    length = math.sqrt(sum(value * value for value in total.values()))
    return {word: value / length for word, value in total.items()} if length else {}
