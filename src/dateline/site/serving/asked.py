"""Answers of the store kept while it does not change: the pages of one moment ask the same questions."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from threading import Lock
from typing import Any, cast

from dateline.model import EventFilter
from dateline.store.changes import Changes
from dateline.store.ports import Reader

MOST = 40_000  # records kept: those of some hundred pages, with what was asked least lately forgotten first
_WEIGHTS = {  # what is kept, and for how many small records one record counts
    "counts": 1, "article": 10, "articles": 10, "cards": 1, "latest_cards": 1, "tags": 10, "families": 1, "links": 1,
    "stories_of": 1, "story": 3, "stories": 3, "history": 1, "event": 2, "events": 2, "count_events": 1,
    "mentions": 2, "sources": 1, "corrections": 1,
}  # fmt: skip
_LONGEST = 1_000  # records of one answer that is kept


class Latest:
    """The last state of a store: a reader that asks each question once, and what was found out of that state."""

    def __init__(self, reader: Reader, changes: Changes | None) -> None:
        """Watch a store; where it cannot tell of changes every visit asks for itself."""
        self._reader, self._changes = reader, changes
        self._held: tuple[object, Reader, frozenset[str]] | None = None

    def state(self, found: Callable[[Reader], frozenset[str]]) -> tuple[Reader, frozenset[str]]:
        """Give the reader, and what `found` finds with it."""
        if self._changes is None:
            return self._reader, found(self._reader)
        # Asked before anything is read: what was read later than a change is at most asked for again.
        change, held = self._changes.now(), self._held
        if held is None or held[0] != change:
            reader = cast("Reader", Asked(self._reader))
            held = self._held = (change, reader, found(reader))
        return held[1], held[2]


class Asked:
    """Hands questions on to a reader, and keeps the answers."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._weight = 0
        self._lock = Lock()

    def __getattr__(self, name: str) -> Any:
        ask = getattr(self._reader, name)
        weight = _WEIGHTS.get(name)
        if weight is None:
            return ask

        def kept(*given: Any, **named: Any) -> Any:
            asked = tuple(one if isinstance(one, str | EventFilter) else tuple(one) for one in given)
            key = (name, asked, tuple(sorted(named.items())))
            found = self._kept.get(key)
            if found is None:
                answer = ask(*asked, **named)
                self._keep(key, answer, weight)
            else:
                answer = found[0]
                with suppress(KeyError):  # another thread may have just dropped it
                    self._kept.move_to_end(key)
            return answer.copy() if isinstance(answer, list | dict) else answer

        setattr(self, name, kept)
        return kept

    def _keep(self, key: Hashable, answer: Any, weight: int) -> None:
        many = len(answer) if isinstance(answer, list | dict) else 1
        if many > _LONGEST:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self._kept[key] = answer, (many + 1) * weight
            self._weight += (many + 1) * weight - (before[1] if before else 0)
            while self._weight > MOST:
                self._weight -= self._kept.popitem(last=False)[1][1]
