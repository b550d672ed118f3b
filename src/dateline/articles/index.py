"""An index of sampled shingles in memory: which stored texts share any with a new one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

_WINDOW = 8  # slots read at once: a line of the processor's cache
_FIRST_BITS = 12
_MOST_FULL = 0.5
_CHUNK = 1 << 20
_SERIAL = np.uint64(0xFFFF_FFFF)
_HALF = np.uint64(32)


class MemoryIndex:
    """A CopyIndex in memory: 8 bytes a posting in one open-addressed table, about 16 with its empty slots.

    A slot holds 32 bits of a shingle and the 32-bit number of a text; its place follows from the shingle's bits, the
    next free slot after it where that is taken. So a look-up costs the same however many texts are stored. Two
    shingles of the same 32 bits look alike: with 60 million postings one look-up in seventy finds such a stranger, and
    a copy is only suspected from several that agree. Shingles that `most` texts share are boilerplate and name nobody
    else.
    """

    def __init__(self, most: int = 32) -> None:
        self.most = most
        self._ids: list[str] = []
        self._serials: dict[str, int] = {}
        self._sizes = array("I")
        self._bits = _FIRST_BITS
        self._slots: Any = np.zeros(1 << _FIRST_BITS, dtype=np.uint64)
        self._used = 0

    def candidates(self, hashes: Sequence[int]) -> Iterable[tuple[str, int]]:
        """Yield (article id, number of shared shingles) for the stored texts that share any, in order of arrival."""
        if not self._ids or not len(hashes):
            return []
        found, _ = self._find(_marks(hashes))
        serials, counts = np.unique(found, return_counts=True)
        return [(self._ids[at], count) for at, count in zip(serials.tolist(), counts.tolist(), strict=True)]

    def sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """Give the number of sampled shingles of each stored text."""
        return {id: self._sizes[self._serials[id]] for id in ids if id in self._serials}

    def add(self, id: str, hashes: Sequence[int]) -> None:
        """Remember a text's sampled shingles."""
        serial = len(self._ids)
        self._ids.append(id)
        self._serials[id] = serial
        self._sizes.append(len(hashes))
        if not len(hashes):
            return
        while self._used + len(hashes) > _MOST_FULL * len(self._slots):
            self._grow()
        marks = _marks(hashes)
        _, times = self._find(marks)
        marks = marks[times < self.most]
        self._put((marks << _HALF) | np.uint64(serial + 1))
        self._used += len(marks)

    def _homes(self, marks: Any) -> Any:
        return (marks >> np.uint64(32 - self._bits)).astype(np.int64)

    def _find(self, marks: Any) -> tuple[Any, Any]:
        """Give the numbers of the texts that hold these marks, one for each holding, and how many hold each mark."""
        times = np.zeros(len(marks), dtype=np.int64)
        found = []
        active = np.arange(len(marks))
        places = self._homes(marks)
        mask = len(self._slots) - 1
        while len(active):
            window = self._slots[(places[:, None] + _STEPS) & mask]
            same = (window >> _HALF) == marks[active][:, None]
            same &= window != 0
            found.append(window[same] & _SERIAL)
            times[active] += same.sum(axis=1)
            full = (window != 0).all(axis=1)
            active, places = active[full], places[full] + _WINDOW
        return np.concatenate(found).astype(np.int64) - 1, times

    def _put(self, entries: Any) -> None:
        """Write entries into the first free slots from their places on."""
        places = self._homes(entries >> _HALF)
        mask = len(self._slots) - 1
        while len(entries):
            window = self._slots[(places[:, None] + _STEPS) & mask] == 0
            free = window.any(axis=1)
            at = (places + np.where(free, window.argmax(axis=1), _WINDOW)) & mask
            self._slots[at[free]] = entries[free]
            # Of several that chose one slot the last has it; the others look on from there.
            left = ~free | (self._slots[at] != entries)
            entries, places = entries[left], at[left]

    def _grow(self) -> None:
        if self._bits == 32:
            raise MemoryError("An index in memory holds two thousand million postings; a larger one needs a store.")
        before = self._slots
        self._bits += 1
        self._slots = np.zeros(1 << self._bits, dtype=np.uint64)
        for start in range(0, len(before), _CHUNK):
            part = before[start : start + _CHUNK]
            self._put(part[part != 0])


_STEPS = np.arange(_WINDOW)


def _marks(hashes: Sequence[int]) -> Any:
    """Give 32 well-mixed bits of each shingle, as 64-bit numbers."""
    return (np.array(hashes, dtype=np.uint64) >> np.uint64(16)) & _SERIAL
