"""Recall and precision of placing: pairs of one family found together, and pairs found together that are of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.golden.copies.families import Given

from dateline.articles import Copies, MemoryIndex
from dateline.model import Article, FamilyHead


def place(given: Iterable[Given]) -> dict[str, str]:
    """Place all articles in order: article id → the id of its family, or its own where nobody else carries its text."""
    known: dict[str, Article] = {}
    home: dict[str, str] = {}
    heads: dict[str, FamilyHead] = {}
    finder = Copies(MemoryIndex(), known.get, lambda ids: {id: heads[home[id]] for id in ids if id in home})
    for one in given:
        known[one.article.id] = one.article
        placed = finder.place(one.article)
        if placed.family:
            heads[placed.family.id] = placed.family
            home.update(dict.fromkeys(placed.joined, placed.family.id))
    return {id: home.get(id, id) for id in known}


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def figures(given: list[Given]) -> dict[str, float]:
    """Give recall and precision over pairs of articles, and how many families and look-alikes were measured."""
    home = place(given)
    true, found = Counter(g.family for g in given), Counter(home.values())
    both = Counter((g.family, home[g.article.id]) for g in given)
    right = _pairs(both.values())
    return {
        "recall": right / _pairs(true.values()),
        "precision": right / max(1, _pairs(found.values())),
        "families": sum(n > 1 for n in true.values()),
        "look_alikes": sum(g.how == "look-alike" for g in given),
    }


def wrong(given: list[Given]) -> Counter[str]:
    """Count, by what was done to them, the articles that do not stand with their family's original."""
    home = place(given)
    firsts: dict[str, str] = {}
    out: Counter[str] = Counter()
    for one in given:
        mine = home[one.article.id]
        if one.how in ("original", "look-alike"):
            firsts[one.family] = mine
    for one in given:
        if home[one.article.id] != firsts[one.family]:
            out[one.how] += 1
        if one.how == "look-alike" and home[one.article.id] != one.article.id:
            out[one.how] += 1
    return out
