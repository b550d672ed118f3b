"""The articles that linking can still reach, with their term statistics and an inverted index.

Everything here follows from the *set* of articles in the window, not from the order in which they came: postings are
kept in order of publication, so that a window put together again after a restart answers as the old one did.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.stories.linking.sketch import BUCKETS, PAIR, Ids, Key, Sketch, term_weight

POSTINGS = 128  # articles looked at for one term: the newest
UNSEEN = 25.0
QUERY_TERMS = 48  # terms of an article that look for candidates: the rarest

Floats = npt.NDArray[np.float64]


def two_languages(one: Sketch, other: Sketch) -> bool:
    """Tell whether two articles are known to be in different languages."""
    return bool(one.language and other.language and one.language != other.language)


class Window:
    """Sketches by serial number; the newest last."""

    def __init__(self, seconds: float, *, across: bool = False) -> None:
        self.across = across  # whether articles in two languages may meet
        self.seconds = seconds
        self.sketches: dict[int, Sketch] = {}
        self.serial_of: dict[str, int] = {}
        self._frequency = np.zeros(BUCKETS, dtype=np.int32)
        self._postings: dict[int, array[int]] = {}
        self._order: list[tuple[Key, int]] = []
        self._next = 0
        self.scratch = np.zeros(BUCKETS, dtype=np.float32)
        self.scratch_flags = np.zeros(BUCKETS, dtype=np.uint8)

    def __len__(self) -> int:
        return len(self.sketches)

    def add(self, made: Sketch) -> int:
        """Take an article in; gives its serial number."""
        serial = self._next
        self._next += 1
        self.sketches[serial] = made
        self.serial_of[made.id] = serial
        insort(self._order, (made.key, serial))
        self._frequency[made.terms] += 1
        for term in made.terms.tolist():
            self._post(term, serial, made.key)
        return serial

    def _post(self, term: int, serial: int, key: Key) -> None:
        posting = self._postings.get(term)
        if posting is None:
            self._postings[term] = array("I", (serial,))
            return
        if self.sketches[posting[-1]].key < key:
            posting.append(serial)
        else:
            posting.insert(bisect_left(posting, key, key=lambda s: self.sketches[s].key), serial)
        if len(posting) > 2 * POSTINGS:
            del posting[:-POSTINGS]

    def remove(self, serial: int) -> None:
        """Forget an article."""
        made = self.sketches.pop(serial)
        del self.serial_of[made.id]
        del self._order[bisect_left(self._order, (made.key, serial))]
        self._frequency[made.terms] -= 1
        for term in made.terms.tolist():
            posting = self._postings[term]
            if serial in posting:
                posting.remove(serial)
            if not posting:
                del self._postings[term]

    def older_than(self, seconds: float) -> Iterator[int]:
        """Give the serial numbers of the dated articles published before a moment (in seconds since the epoch)."""
        found = []
        for _key, serial in self._order:
            when = self.sketches[serial].seconds
            if when is None or when >= seconds:
                break
            found.append(serial)
        return iter(found)

    @property
    def newest(self) -> float | None:
        """Give when the newest dated article was published, in seconds since the epoch."""
        at = bisect_left(self._order, ((1, "", ""), 0))
        return self.sketches[self._order[at - 1][1]].seconds if at else None

    def rarity(self, terms: Ids) -> npt.NDArray[np.float32]:
        """Give the inverse document frequency of terms over the window: ln((n + 25) / (articles with it + 0.5)).

        The 25 stand for articles not seen, so that in a window of three a shared word still says something.
        """
        found = np.log((len(self.sketches) + UNSEEN) / (self._frequency[terms] + 0.5))
        return np.asarray(np.maximum(found, 0.0), dtype=np.float32)

    def candidates(self, serial: int, most: int) -> list[int]:
        """Find the articles that share the rarest terms with one: at most `most`, best first."""
        asked = self.sketches[serial]
        rarity = self.rarity(asked.terms)
        weight = rarity * rarity * term_weight(asked.counts)
        weight[asked.flags == PAIR] *= 0.5
        best = np.lexsort((asked.terms, -weight))[:QUERY_TERMS]
        lists, weights = [], []
        for at in best.tolist():
            posting = self._postings.get(int(asked.terms[at]))
            if posting is not None and len(posting) > 1:
                hits = np.array(posting[-POSTINGS:], dtype=np.int64)
                lists.append(hits)
                weights.append(np.full(len(hits), weight[at], dtype=np.float64))
        if not lists:
            return []
        serials, where = np.unique(np.concatenate(lists), return_inverse=True)
        scores = np.bincount(where, weights=np.concatenate(weights)).astype(np.float64)
        return self._best(asked, serials, scores, serial, most)

    def _best(self, asked: Sketch, serials: npt.NDArray[Any], scores: Floats, serial: int, most: int) -> list[int]:
        order = np.argsort(-scores, kind="stable")[: 2 * most + 1]
        ranked = sorted(
            (-round(float(scores[at]), 6), self.sketches[int(serials[at])].key, int(serials[at])) for at in order
        )
        return [s for _, _, s in ranked if s != serial and self.can_meet(asked, self.sketches[s])][:most]

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
