"""Copies: which articles carry one and the same text, whole, cut, retitled, edited or merged, and whose text it is.

Two texts are copies where one contains the other: containment of sampled shingles, not their likeness, since a cut
copy is unlike its original by its length alone. Texts that share a frame but tell other facts (a bulletin filled in
anew each day) are kept apart by the names and numbers in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dateline.model import Article, CopyIndex, Family
from dateline.text.ids import stable_id
from dateline.text.shingles import sampled

CONTAINED = 0.5  # of the smaller text's shingles; a tenth of all words edited leaves .66 of the runs of four
CERTAIN = 0.9  # above this no facts are compared
SAME_FACTS = 0.75  # of the smaller text's names and numbers, where the texts differ more
FEWEST = 5  # shingles in common below which nothing is said
FULLER = 1.15  # a later text this much longer becomes the original
_FACT = re.compile(r"\b(?:\d[\d.,:]*\d|\d|[A-Z][\w’'-]{2,})")

Known = Callable[[str], Article | None]
FamilyOf = Callable[[str], Family | None]


@dataclass(frozen=True, slots=True)
class Copy:
    """Where an article stands among the copies: `family` is None where nobody else carries its text."""

    id: str
    family: Family | None


class MemoryIndex:
    """A CopyIndex in memory. Shingles that many texts share are boilerplate and name nobody."""

    def __init__(self, most: int = 64) -> None:
        self.most = most
        self._ids: list[str] = []
        self._sizes: dict[str, int] = {}
        self._postings: dict[int, list[int]] = {}

    def candidates(self, hashes: Sequence[int]) -> Iterable[tuple[str, int]]:
        """Yield (article id, number of shared shingles) for the stored texts that share any."""
        shared: dict[int, int] = {}
        for one in hashes:
            for serial in self._postings.get(one, ()):
                shared[serial] = shared.get(serial, 0) + 1
        return [(self._ids[serial], count) for serial, count in sorted(shared.items())]

    def sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """Give the number of sampled shingles of each stored text."""
        return {id: self._sizes[id] for id in ids if id in self._sizes}

    def add(self, id: str, hashes: Sequence[int]) -> None:
        """Remember a text's sampled shingles."""
        serial = len(self._ids)
        self._ids.append(id)
        self._sizes[id] = len(hashes)
        for one in hashes:
            posted = self._postings.setdefault(one, [])
            if len(posted) < self.most:
                posted.append(serial)


class Copies:
    """Places articles, in order of publication, into families of copies.

    `known` gives an article placed before, `family_of` its family as it stands; both may come from a store, so that
    nothing has to be kept here.
    """

    def __init__(self, index: CopyIndex, known: Known, family_of: FamilyOf) -> None:
        self.index, self.known, self.family_of = index, known, family_of

    def place(self, article: Article) -> Copy:
        """Find whose text an article carries; the family given is complete, with the article in it."""
        hashes = sampled(article.text)
        found = self._nearest(article, hashes)
        self.index.add(article.id, hashes)
        if found is None:
            return Copy(article.id, None)
        before = self.family_of(found.id)
        original = (self.known(before.original) if before else None) or found
        members = before.members if before else (found.id,)
        chosen, why = choose(original, article)
        family = Family(
            id=before.id if before else stable_id("c", members[0]),
            original=chosen.id,
            members=tuple(dict.fromkeys((*members, article.id))),
            why=why,
        )
        return Copy(article.id, family)

    def _nearest(self, article: Article, hashes: Sequence[int]) -> Article | None:
        """Give the stored article whose text is contained in this one, or contains it, most."""
        ranked = [(count, id) for id, count in self.index.candidates(hashes) if count >= FEWEST and id != article.id]
        ranked.sort(key=lambda pair: (-pair[0], pair[1]))
        sizes = self.index.sizes(id for _, id in ranked[:16])
        best: tuple[float, Article] | None = None
        for count, id in ranked[:16]:
            contained = count / max(1, min(len(hashes), sizes.get(id, len(hashes))))
            if contained < CONTAINED or (best and contained <= best[0]):
                continue
            other = self.known(id)
            if other is not None and (contained >= CERTAIN or same_facts(article.text, other.text)):
                best = (contained, other)
        return best[1] if best else None


def same_facts(one: str, other: str) -> bool:
    """Tell whether the smaller of two texts names the same names and numbers as the larger."""
    few, many = sorted((set(_FACT.findall(one)), set(_FACT.findall(other))), key=len)
    return not few or len(few & many) >= SAME_FACTS * len(few)


def choose(first: Article, later: Article) -> tuple[Article, str]:
    """Choose whose text it is, of the original so far and a later copy: the agency's own, else fullest, else first."""
    mine, theirs = is_agencys_own(first), is_agencys_own(later)
    if mine != theirs:
        return (first, "the agency's own") if mine else (later, "the agency's own")
    if (first.republisher is None) != (later.republisher is None):
        return (first, "not a repost") if first.republisher is None else (later, "not a repost")
    if len(later.text) > FULLER * len(first.text):
        return later, "the fullest text"
    if len(first.text) > FULLER * len(later.text):
        return first, "the fullest text"
    return first, "the first to publish"


def is_agencys_own(article: Article) -> bool:
    """Tell whether the publisher of an article is the agency that it credits."""
    name = (article.publisher.name or "").casefold() if article.publisher else ""
    return bool(name) and any(name == agency.casefold() for agency in article.agency)
