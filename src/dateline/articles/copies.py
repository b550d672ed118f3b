"""Copies: which articles carry one and the same text, whole, cut, retitled, edited or merged, and whose text it is.

Two texts are copies where one contains the other: containment of sampled shingles, not their likeness, since a cut
copy is unlike its original by its length alone. Texts that share a frame but tell other facts (a bulletin filled in
anew each day) are kept apart by the names and numbers in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dateline.model import Article, CopyIndex, FamilyHead
from dateline.text.ids import stable_id
from dateline.text.shingles import sampled

CONTAINED = 0.4  # of the smaller text's runs; a tenth of all words edited leaves .66, a merger of two halves .5
WORTH_A_LOOK = 0.25  # of the smaller text's sampled shingles, from which all runs of both texts are compared
CERTAIN = 0.97  # above this no facts are compared: a name or number that differs costs four runs
SAME_FACTS = 0.75  # of the names and numbers in the sentences that two texts share
SAME_SENTENCE = 0.25  # of a sentence's runs, from which the other text is said to hold its frame
MOST_ASKED = 16  # of the stored texts that share most
FEWEST = 5  # shingles in common below which nothing is said
_RUN = 3
WHOLE = 0.8  # of a text's runs, from which a fuller one holds all of it
FULLER = 1.15  # a later text this much longer becomes the original
_FACT = re.compile(r"\b(?:\d[\d.,:]*\d|\d|[^\W\d_a-zß-öø-ÿ][\w’'-]{2,})")
_WORD = re.compile(r"\w+")
_FIRST = re.compile(r"[^\w\d]*(?:[^\W\d]+\s|)")  # a sentence's first word has its capital by its place
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|\n+")

Known = Callable[[str], Article | None]
FamiliesOf = Callable[[Sequence[str]], Mapping[str, FamilyHead]]


@dataclass(frozen=True, slots=True)
class Copy:
    """Where an article stands among the copies: `family` is None where nobody else carries its text.

    `joined` are those who become members with it, in order: the article, and before it whose text it is where that had
    no family. `was` is the original before it came. The other members are not named: a text may have any number.
    """

    id: str
    family: FamilyHead | None
    joined: tuple[str, ...] = ()
    was: str | None = None


class Copies:
    """Places articles, in order of publication, into families of copies.

    `known` gives an article placed before, `families` those of several articles as they stand, by article; both may
    come from a store, so that nothing has to be kept here.
    """

    def __init__(self, index: CopyIndex, known: Known, families: FamiliesOf) -> None:
        self.index, self.known, self.families = index, known, families

    def place(self, article: Article, shingles: Sequence[int] | None = None) -> Copy:
        """Find whose text an article carries; `shingles` are those sampled from its text, where they are at hand."""
        hashes = sampled(article.text) if shingles is None else shingles
        found, before = self._nearest(article, hashes)
        self.index.add(article.id, hashes)
        if found is None:
            return Copy(article.id, None)
        original = (self.known(before.original) if before else None) or found
        chosen, why = choose(original, article)
        if before is None:
            family = FamilyHead(stable_id("c", found.id), chosen.id, why)
            return Copy(article.id, family, (found.id, article.id), found.id)
        # What was preferred to one copy for a reason is so still when another comes.
        family = before if chosen.id == before.original else FamilyHead(before.id, chosen.id, why)
        return Copy(article.id, family, (article.id,), before.original)

    def _nearest(self, article: Article, hashes: Sequence[int]) -> tuple[Article | None, FamilyHead | None]:
        """Give the stored article whose text this one carries, of the family whose original shares most with it.

        Beside it stands its family so far, where it has one.

        It is the originals that are compared: two texts merged from the same two share more with each other than
        either does with what it was made from.
        """
        shared = {id: count for id, count in self.index.candidates(hashes) if count >= FEWEST and id != article.id}
        most = sorted(shared, key=lambda id: (-shared[id], id))[:MOST_ASKED]
        sizes = self.index.sizes(most) if most else {}
        most = [id for id in most if shared[id] >= WORTH_A_LOOK * min(len(hashes), sizes.get(id, len(hashes)))]
        families = self.families(most) if most else {}

        def rank(id: str) -> tuple[int, int, str]:
            own = families.get(id)
            return -(shared.get(own.original, 0) if own else shared[id]), -shared[id], id

        for id in sorted(most, key=rank):
            other = self.known(id)
            if other is not None and is_copy(article.text, other.text):
                return other, families.get(id)
        return None, None


def is_copy(one: str, other: str) -> bool:
    """Tell whether one of two texts carries the other, or a good part of it, with the same names and numbers."""
    if one == other:
        return True
    mine, theirs = _runs(one), _runs(other)
    contained = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    if contained >= CERTAIN:
        return True
    return contained >= CONTAINED and same_facts(one, other, theirs) and same_facts(other, one, mine)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return set(zip(*(words[at:] for at in range(_RUN)), strict=False))


def same_facts(one: str, other: str, runs: set[tuple[str, ...]]) -> bool:
    """Tell whether the sentences of one text that another holds name its names and numbers (`runs`: the other's)."""
    there = set(_FACT.findall(other))
    same = total = 0
    for sentence in _SENTENCE.split(one):
        mine = _runs(sentence)
        if mine and len(mine & runs) >= SAME_SENTENCE * len(mine):
            facts = set(_FACT.findall(sentence, _FIRST.match(sentence).end()))  # type: ignore[union-attr]
            total += len(facts)
            same += len(facts & there)
    return same >= SAME_FACTS * total


def choose(first: Article, later: Article) -> tuple[Article, str]:
    """Choose whose text it is, of the original so far and a later copy: the agency's own, else fullest, else first."""
    mine, theirs = is_agencys_own(first), is_agencys_own(later)
    if mine != theirs:
        return (first, "the agency's own") if mine else (later, "the agency's own")
    if (first.republisher is None) != (later.republisher is None):
        return (first, "not a repost") if first.republisher is None else (later, "not a repost")
    if len(later.text) > FULLER * len(first.text) and _carries(later.text, first.text):
        return later, "the fullest text"
    if len(first.text) > FULLER * len(later.text):
        return first, "the fullest text"
    return first, "the first to publish"


def _carries(fuller: str, text: str) -> bool:
    """Tell whether a fuller text holds the whole of another, which a merger with a third does not."""
    runs = _runs(text)
    return len(runs & _runs(fuller)) >= WHOLE * len(runs)


def is_agencys_own(article: Article) -> bool:
    """Tell whether the publisher of an article is the agency that it credits."""
    name = (article.publisher.name or "").casefold() if article.publisher else ""
    return bool(name) and any(name == agency.casefold() for agency in article.agency)
