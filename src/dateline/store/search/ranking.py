"""Put matches in order, in the same way for every engine: BM25 of the words, times how fresh the article is.

An engine finds the matches that arrived last (`ranked_at_most`) and tells which have a word in the title; the best of
these by title and age (`DETAILED`) are read, and get their full score. How rare a word is, is told from the articles
that arrived last (`SAMPLE`), which costs the same however large the desk is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.store.ports import Order
from dateline.store.search.document import Document
from dateline.store.search.nodes import Leaf, Match, Node, leaves

CANDIDATES = 3_000  # matches that are ranked; of more the last to arrive
SIDE_BY_SIDE = 600  # the same where words must stand side by side, which takes longer to see
DETAILED = 200  # of these, matches whose words are counted
SAMPLE = 5_000  # articles
FRESH_HALF_LIFE = 7 * 86_400.0  # seconds
STALE = 0.3  # what the age can take at most leaves this share of the rank
_TITLE = 3.0  # times that a word in the title counts: it says what the article is about
_UNTITLED = 0.15  # first rank of a match that is not in the title, where that of one which is is higher by 1
_K1, _B = 1.2, 0.75  # Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), their usual values
_USUAL = 350.0  # words of a news report


Numbers = npt.NDArray[np.int64]


class Candidates(NamedTuple):
    """Matches, an array each: the number of arrival, when it was published, and whether a title has a word asked for.

    Thousands are put in order for a query, and a page shows twenty.
    """

    n: Numbers
    epoch: Numbers
    titled: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]], titled: Iterable[int]) -> Candidates:
        """Make them of rows of (number, epoch) and the numbers of those with a word in the title."""
        n, epoch = np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, 2).T
        return cls(n, epoch, np.isin(n, np.fromiter(titled, np.int64)))


def ranked_at_most(node: Node) -> int:
    """Give how many of a query's matches are ranked."""
    phrases = (leaf for leaf in leaves(node) if isinstance(leaf, Match) and len(leaf.words) > 1)
    return CANDIDATES if next(phrases, None) is None else SIDE_BY_SIDE


class Ranked(NamedTuple):
    """A match with its score; higher is better, 0 where nothing was asked for that could be counted."""

    n: int
    score: float


def fresh(epochs: Numbers, newest: int) -> npt.NDArray[np.float64]:
    """Give how much of their rank articles keep for their age against the newest article, STALE to 1."""
    return np.asarray(STALE + (1 - STALE) * np.exp2(-np.maximum(0, newest - epochs) / FRESH_HALF_LIFE))


def rarity(having: int, sampled: int) -> float:
    """Weigh a word by how many of the sampled articles have it."""
    return math.log(1 + (max(sampled, having) - having + 0.5) / (having + 0.5))


def put_in_order(
    candidates: Candidates,
    newest: int,
    asked: Mapping[Leaf, float],
    read: Callable[[list[int]], Mapping[int, Document]],
    order: Order = "rank",
    most: int | None = None,
) -> list[Ranked]:
    """Order candidates and give the first `most`.

    `asked` gives what was asked for with its rarity, `read` the documents of some numbers.
    """
    by_age = np.lexsort((-candidates.n, -candidates.epoch))
    n, epoch, titled = candidates.n[by_age], candidates.epoch[by_age], candidates.titled[by_age]
    if order == "newest" or not asked:
        return [Ranked(number, 0.0) for number in n[:most].tolist()]
    ages = fresh(epoch, newest)
    ranks = (_UNTITLED + titled) * ages
    first = np.argsort(-ranks, kind="stable")
    near, rest = first[:DETAILED], first[DETAILED:most]
    documents = read(n[near].tolist())
    given = zip(n[near].tolist(), ages[near].tolist(), strict=True)
    best = [Ranked(number, score(documents[number], asked) * age) for number, age in given if number in documents]
    best.sort(key=lambda r: -r.score)
    share = (best[-1].score if best else 0.0) / (1 + _UNTITLED)
    others = zip(n[rest].tolist(), (share * ranks[rest]).tolist(), strict=True)
    return [*best, *(Ranked(number, value) for number, value in others)][:most]


def score(found: Document, asked: Mapping[Leaf, float]) -> float:
    """Give the BM25 score of a document, a word in the title counted `_TITLE` times."""
    length = found.title.count(" ") + found.body.count(" ") + 2
    norm = _K1 * (1 - _B + _B * length / _USUAL)
    total = 0.0
    for leaf, weight in asked.items():
        often = _TITLE * times(leaf, found, titled=True) + times(leaf, found, titled=False)
        total += weight * often * (_K1 + 1) / (often + norm) if often else 0.0
    return total


def times(leaf: Leaf, found: Document, *, titled: bool) -> int:
    """Count how often words occur in the title or in the text; a word's forms as stems, too."""
    column, stems = (found.title, found.title_stems) if titled else (found.body, found.stems)
    if isinstance(leaf, Match):
        return occurrences(leaf.words, column, prefix=leaf.prefix)
    return max(occurrences((leaf.text,), column), sum(occurrences((stem,), stems) for stem in leaf.stems))


def occurrences(words: Sequence[str], column: str, *, prefix: bool = False) -> int:
    """Count how often words stand one after another in a column."""
    if words[0] not in column:
        return 0
    needle = " " + " ".join(words) + ("" if prefix else " ")
    padded = f" {column} "
    count, at = 0, padded.find(needle)
    while at >= 0:
        count, at = count + 1, padded.find(needle, at + 1)
    return count
