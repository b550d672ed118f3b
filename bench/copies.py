"""Copies: recall and precision on our own families and look-alikes, and the cost of one article as the index grows."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

from dateline.articles import Copies, MemoryIndex
from dateline.model import Article, FamilyHead
from dateline.text.shingles import RATE, sampled

STORED = (10_000, 100_000, 1_000_000)
WORDS = 400
SHINGLES = 60  # of each text that only fills the index
PLACED = 2_000
ROUND = 100
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def texts(count: int, words: int, seed: int = 7) -> Iterator[str]:
    """Give texts of random words, no two alike."""
    chance = random.Random(seed)
    known = ["".join(chance.choices(_LETTERS, k=chance.randint(2, 9))) for _ in range(20_000)]
    for _ in range(count):
        yield " ".join(chance.choices(known, k=words))


def fill(index: MemoryIndex, start: int, end: int) -> None:
    """Store texts of which only the sampled shingles are made."""
    import numpy as np

    chance = np.random.default_rng(start)
    for number in range(start, end):
        index.add(f"t{number}", (chance.integers(0, 1 << 61, SHINGLES) * RATE).tolist())


def placing(index: MemoryIndex, stored: int) -> float:
    """Measure the CPU seconds of placing one article beside the stored ones: of the best round, on a shared machine."""
    known: dict[str, Article] = {}
    families: dict[str, FamilyHead] = {}
    finder = Copies(index, known.get, lambda ids: {id: families[id] for id in ids if id in families})
    given = [Article(f"{stored}-{n}", None, None, text) for n, text in enumerate(texts(PLACED, WORDS, stored))]
    seconds = []
    for start in range(0, PLACED, ROUND):
        began = time.process_time()
        for article in given[start : start + ROUND]:
            finder.place(article)
        seconds.append((time.process_time() - began) / ROUND)
    return min(seconds)


def run(out: Callable[[str], object]) -> dict[str, float]:
    """Print and give recall, precision, texts hashed and articles placed a second, and how the cost grows."""
    from tests.golden.copies.families import families
    from tests.golden.copies.measuring import figures, wrong

    given = list(families())
    result = figures(given)
    out(
        f"{result['families']} families, {result['look_alikes']} look-alikes: recall {result['recall']:.4f}, "
        f"precision {result['precision']:.4f}; misplaced: {dict(sorted(wrong(given).items()))}"
    )
    several = list(texts(2_000, 500))
    seconds = []
    for start in range(0, len(several), ROUND):
        began = time.process_time()
        for text in several[start : start + ROUND]:
            sampled(text)
        seconds.append((time.process_time() - began) / ROUND)
    result["hashed_per_second"] = round(1 / min(seconds))
    out(f"texts of 500 words hashed a second: {result['hashed_per_second']:,.0f}")
    index = MemoryIndex()
    stored = 0
    costs = {}
    for size in STORED:
        fill(index, stored, size)
        stored = size
        costs[size] = placing(index, size)
        out(f"{size:>9,} stored: {1 / costs[size]:,.0f} articles of {WORDS} words a second")
    result["per_second_at_100k"] = round(1 / costs[100_000])
    result["growth_10k_to_1m"] = round(costs[1_000_000] / costs[10_000] - 1, 3)
    out(f"cost of one article, 10,000 to 1,000,000 stored: {result['growth_10k_to_1m']:+.1%}")
    return result
