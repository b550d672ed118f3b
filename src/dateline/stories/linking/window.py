"""The articles that linking can still reach, with their term statistics and an inverted index.

Everything that is answered follows from the *set* of articles in the window, not from the order in which they came:
postings are kept in order of publication, so that a window put together again after a restart answers as the old one
did. A window knows terms by numbers of its own, given in the order in which it first met them: what most texts have
then lies together in tables, which a processor looks up many times as fast as hashes spread over 4 million places.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.lexicon.words.common import ENGLISH, common_words, languages
from dateline.stories.linking.encoder import likeness
from dateline.stories.linking.sketch import (
    BUCKETS,
    PAIR,
    Key,
    Packed,
    Sketch,
    flags_of,
    term_weight,
    terms_of,
    word_terms,
)

POSTINGS = 128  # articles looked at for one term: the newest
UNSEEN = 25.0
GRANTED = 100.0  # articles that common words are taken to have occurred in, as often as they do
TYPICAL_WORDS = 250  # of such an article
QUERY_TERMS = 48  # terms of an article that look for candidates: the rarest
MEANT = 5_000  # articles of other languages whose vectors are compared: the last that came
ALIKE = 10  # of them that are candidates: the nearest
SPARE = 24  # candidates ranked beyond those asked for, in case some may not be met
FIRST_TERMS = 1 << 14  # that a window has room for at first; it doubles when they are more

Floats = npt.NDArray[np.float32]


@cache
def _prior(language: str | None = None) -> tuple[Packed, Floats]:
    """Give the hashes of a language's common words, ascending, and how many articles taken for granted have each."""
    share: dict[int, float] = {}
    for word, often in common_words(language or ENGLISH).items():
        for term in word_terms(word, language):
            share[term] = share.get(term, 0.0) + often
    terms = np.array(sorted(share), dtype=np.uint32)
    shares = np.array([share[term] for term in terms.tolist()], dtype=np.float32)
    return terms, np.asarray(GRANTED * -np.expm1(-TYPICAL_WORDS * shares), dtype=np.float32)


def _granted(hashes: Packed, language: str | None = None) -> Floats:
    """Give how many of the articles taken for granted have each term."""
    common, granted = _prior(language)
    at = np.minimum(np.searchsorted(common, hashes), len(common) - 1)
    return np.where(common[at] == hashes, granted[at], np.float32(0.0))


def own_rarity(language: str | None) -> bool:
    """Tell whether what is rare in a language is told by its own common words and articles, not by those of English."""
    return language is not None and language != ENGLISH and language in languages()


class Terms:
    """The terms a window has met, numbered from 0, with how many of its articles have each."""

    def __init__(self) -> None:
        self._numbers = np.zeros(BUCKETS, dtype=np.uint32)  # by hash: number + 1, 0 where it has none yet
        self._count = 0
        self._hashes = np.zeros(FIRST_TERMS, dtype=np.uint32)
        self._granted = np.zeros(FIRST_TERMS, dtype=np.float32)
        self.frequency = np.zeros(FIRST_TERMS, dtype=np.int32)
        self.commonness = np.zeros(FIRST_TERMS, dtype=np.float32)  # ln(articles with it + those granted + 0.5)
        self.scratch = np.zeros(FIRST_TERMS, dtype=np.uint16)  # where a term stands in the article asked about, from 1

    def hashes(self, terms: Packed) -> Packed:
        """Give the hashes of terms, by number."""
        return self._hashes[terms]

    def numbered(self, packed: Packed) -> Packed:
        """Put numbers in the place of hashes, new ones where a term is met for the first time."""
        hashes = terms_of(packed)
        unknown = hashes[self._numbers[hashes] == 0]
        if len(unknown):
            self._meet(unknown)
        return (packed ^ hashes) | (self._numbers[hashes] - np.uint32(1))

    def hashed(self, packed: Packed) -> Packed:
        """Put hashes in the place of numbers."""
        terms = terms_of(packed)
        return (packed ^ terms) | self._hashes[terms]

    def count(self, terms: Packed, change: int) -> None:
        """Take terms of an article in, or out."""
        self.frequency[terms] += change
        self.commonness[terms] = np.log(self.frequency[terms] + self._granted[terms] + 0.5)

    def _meet(self, hashes: Packed) -> None:
        first, last = self._count, self._count + len(hashes)
        if last > len(self._hashes):
            self._grow(last)
        self._count = last
        self._numbers[hashes] = np.arange(first + 1, last + 1, dtype=np.uint32)
        self._hashes[first:last] = hashes
        self._granted[first:last] = _granted(hashes)

    def _grow(self, least: int) -> None:
        size = min(BUCKETS, max(least, 2 * len(self._hashes)))
        for name in ("_hashes", "_granted", "frequency", "commonness", "scratch"):
            old = getattr(self, name)
            new = np.zeros(size, dtype=old.dtype)
            new[: len(old)] = old
            setattr(self, name, new)


def indexed(made: Sketch) -> list[int]:
    """Give the terms by which an article can be found: all but the pairs of words."""
    found: list[int] = made.terms[flags_of(made.packed) != PAIR].tolist()
    return found


def two_languages(one: Sketch, other: Sketch) -> bool:
    """Tell whether two articles are known to be in different languages."""
    return bool(one.language and other.language and one.language != other.language)


class Window:
    """Sketches by serial number, the newest last; their terms are numbers of `terms`."""

    def __init__(self, seconds: float, *, across: bool = False) -> None:
        self.across = across  # whether articles in two languages may meet
        self.seconds = seconds
        self.sketches: dict[int, Sketch] = {}
        self.serial_of: dict[str, int] = {}
        self.terms = Terms()
        self._postings: dict[int, array[int]] = {}
        self._order: list[tuple[Key, int]] = []
        self._meant: dict[int, npt.NDArray[np.int8]] = {}  # vectors of an encoder, the newest last
        self._spoken: Counter[str] = Counter()  # articles in a language whose rarity is its own
        self._next = 0

    def __len__(self) -> int:
        return len(self.sketches)

    def add(self, made: Sketch) -> int:
        """Take an article in; gives its serial number."""
        serial = self._next
        self._next += 1
        made = self.sketches[serial] = replace(made, packed=self.terms.numbered(made.packed))
        self.serial_of[made.id] = serial
        if made.meaning is not None:
            self._meant[serial] = made.meaning
        newest = not self._order or self._order[-1][0] < made.key
        insort(self._order, (made.key, serial))
        self.terms.count(made.terms, 1)
        if made.language is not None and own_rarity(made.language):
            self._spoken[made.language] += 1
        postings = self._postings
        for term in indexed(made):
            posting = postings.get(term)
            if posting is None:
                postings[term] = array("I", (serial,))
                continue
            if newest or self.sketches[posting[-1]].key < made.key:
                posting.append(serial)
            else:
                posting.insert(bisect_left(posting, made.key, key=lambda s: self.sketches[s].key), serial)
            if len(posting) > 2 * POSTINGS:
                del posting[:-POSTINGS]
        return serial

    def sketch(self, serial: int) -> Sketch:
        """Give an article's sketch as it was taken in, its terms by their hashes."""
        made = self.sketches[serial]
        return replace(made, packed=self.terms.hashed(made.packed))

    def remove(self, serial: int) -> None:
        """Forget an article."""
        made = self.sketches[serial]
        for term in indexed(made):
            posting = self._postings[term]
            at = 0 if posting[0] == serial else bisect_left(posting, made.key, key=lambda s: self.sketches[s].key)
            # A term that many have has let go of its oldest articles already.
            if at < len(posting) and posting[at] == serial:
                del posting[at]
            if not posting:
                del self._postings[term]
        del self.sketches[serial]
        del self.serial_of[made.id]
        self._meant.pop(serial, None)
        del self._order[bisect_left(self._order, (made.key, serial))]
        self.terms.count(made.terms, -1)
        if made.language is not None and own_rarity(made.language):
            self._spoken[made.language] -= 1

    def older_than(self, seconds: float) -> list[int]:
        """Give the serial numbers of the dated articles published before a moment (in seconds since the epoch)."""
        found = []
        for _key, serial in self._order:
            when = self.sketches[serial].seconds
            if when is None or when >= seconds:
                break
            found.append(serial)
        return found

    def undated_beyond(self, most: int) -> list[int]:
        """Give the serial numbers of the undated articles that came before the last `most`."""
        start = self._dated()
        return [serial for _key, serial in self._order[start : max(start, len(self._order) - most)]]

    def _dated(self) -> int:
        return bisect_left(self._order, ((1, "", ""), 0))

    @property
    def newest(self) -> float | None:
        """Give when the newest dated article was published, in seconds since the epoch."""
        at = self._dated()
        return self.sketches[self._order[at - 1][1]].seconds if at else None

    def rarity(self, terms: npt.NDArray[np.integer[Any]], language: str | None = None) -> Floats:
        """Give the inverse document frequency of terms over the window: ln((n + 125) / (articles with it + 0.5)).

        Of the 125 articles taken for granted 100 have common words as often as these occur in English, so that in a
        window of three "said" is no rare word and a shared name still says something. For an article in another
        language that has a list of common words these are its own, and n counts the articles in it alone: among a
        thousand English ones all of its words would be rare.
        """
        if language is not None and own_rarity(language):
            return self._rarity_in(terms, language)
        whole = np.float32(np.log(len(self.sketches) + UNSEEN + GRANTED))
        return np.asarray(np.maximum(whole - self.terms.commonness[terms], np.float32(0.0)))

    def _rarity_in(self, terms: npt.NDArray[np.integer[Any]], language: str) -> Floats:
        whole = np.float32(np.log(self._spoken[language] + UNSEEN + GRANTED))
        often = self.terms.frequency[terms] + _granted(self.terms.hashes(np.asarray(terms, dtype=np.uint32)), language)
        return np.asarray(np.maximum(whole - np.log(often + np.float32(0.5)), np.float32(0.0)), dtype=np.float32)

    def candidates(self, serial: int, most: int) -> list[int]:
        """Find the articles that share the rarest terms with one: at most `most`, best first."""
        asked = self.sketches[serial]
        terms = asked.terms
        weight = self.rarity(terms, asked.language) ** 2 * term_weight(asked.packed)
        weight[asked.flags == PAIR] = 0.0
        best = np.lexsort((self.terms.hashes(terms), -weight))[:QUERY_TERMS]
        lists: list[npt.NDArray[np.uint32]] = []
        weights: list[float] = []
        for term, value in zip(terms[best].tolist(), weight[best].tolist(), strict=True):
            posting = self._postings.get(term)
            if posting is not None and len(posting) > 1:
                lists.append(np.frombuffer(posting, np.uintc)[-POSTINGS:])
                weights.append(value)
        if not lists:
            return []
        together = np.concatenate(lists)
        weighed = np.repeat(np.array(weights), [len(hits) for hits in lists])
        order = together.argsort(kind="stable")
        ranged = together[order]
        starts = np.flatnonzero(np.concatenate(([True], ranged[1:] != ranged[:-1])))
        return self._best(asked, ranged[starts], np.add.reduceat(weighed[order], starts), serial, most)

    def alike(self, serial: int) -> list[int]:
        """Find the articles in other languages that mean most nearly what one does: at most ALIKE, best first."""
        asked = self.sketches[serial]
        if not self.across or asked.meaning is None:
            return []
        others = [s for s in islice(reversed(self._meant), MEANT) if two_languages(asked, self.sketches[s])]
        others = [s for s in others if self.can_meet(asked, self.sketches[s])]
        if not others:
            return []
        met = np.array([self._meant[s] for s in others], dtype=np.float64)
        cosine = met @ asked.meaning / np.sqrt((met * met).sum(axis=1) + 1e-9)
        near = [(-round(value, 6), self.sketches[s].key, s) for value, s in zip(cosine.tolist(), others, strict=True)]
        return [s for _, _, s in sorted(near)[:ALIKE]]

    def foreign(self, serial: int, others: Sequence[int]) -> list[float | None] | None:
        """Mark the articles in another language, for `LinkModel.probability`; None where languages never meet."""
        if not self.across:
            return None
        asked, met = self.sketches[serial], self.sketches_of(others)
        return [likeness(asked.meaning, other.meaning) if two_languages(asked, other) else None for other in met]

    def _best(
        self, asked: Sketch, serials: npt.NDArray[Any], scores: npt.NDArray[np.float64], serial: int, most: int
    ) -> list[int]:
        scores = -np.round(scores, 6)
        enough = most + SPARE
        if len(scores) > enough:
            # All that are as good as the last: which of them come first their keys say, not when they came here.
            kept = np.flatnonzero(scores <= np.partition(scores, enough - 1)[enough - 1])
            scores, serials = scores[kept], serials[kept]
        sketches = self.sketches
        ranked = sorted(
            (score, sketches[other].key, other) for score, other in zip(scores.tolist(), serials.tolist(), strict=True)
        )[:enough]
        return [s for _, _, s in ranked if s != serial and self.can_meet(asked, sketches[s])][:most]

    def can_meet(self, one: Sketch, other: Sketch) -> bool:
        """Tell whether two articles may be linked: within the window, and in two languages only if asked and dated."""
        if two_languages(one, other) and (not self.across or one.seconds is None or other.seconds is None):
            return False
        return one.seconds is None or other.seconds is None or abs(one.seconds - other.seconds) <= self.seconds

    def can_meet_serials(self, one: int, other: int) -> bool:
        """Tell whether two articles, by serial number, may be linked at all."""
        return one != other and self.can_meet(self.sketches[one], self.sketches[other])

    def sketches_of(self, serials: Sequence[int]) -> list[Sketch]:
        """Give the sketches of serial numbers."""
        return [self.sketches[serial] for serial in serials]
