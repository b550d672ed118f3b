"""Pages kept in memory while they are true: until the store changes, and no longer than their ages may be wrong.

A page is found by its address and by who asked: nobody is ever given what was made for another log-in or other rights.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from dateline.site.serving.answers import Answer
from dateline.store.changes import Changes

AT_ONCE = 5  # changes of the store in a row that are heeded as they come
PAUSE = 1.0  # seconds between those heeded after them: how old a page may be while a pass commits
MOST_BYTES = 48 * 1024 * 1024  # of all pages kept, packed and not
_LARGEST = MOST_BYTES // 16  # one page that is larger would push out many others
_BESIDE = 1024  # bytes that an entry takes beside its page

Key = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: Answer
    change: object  # the store's counter when the page was asked for, before anything was read
    until: float
    day: int
    size: int


class Calm:
    """Tells states of a store apart as `Changes` does, but not each of many that follow each other.

    A pass commits many times a second; were each commit heeded, no page would be kept while it runs, and none made of
    what was read for another. The first few changes are heeded as they come, then one a `PAUSE`.
    """

    def __init__(self, changes: Changes, clock: Callable[[], float] = time.monotonic) -> None:
        """Watch a store."""
        self.quick = changes.quick
        self._changes, self._clock = changes, clock
        self._held: object = None
        self._left, self._at = float(AT_ONCE), clock()

    def now(self) -> object:
        """Give what is another after a commit: at once where the last ones are some time ago, else soon after."""
        at = self._clock()
        self._left, self._at = min(float(AT_ONCE), self._left + (at - self._at) / PAUSE), at
        if self._left >= 1.0 and (seen := self._changes.now()) != self._held:
            self._held = seen
            self._left -= 1.0
        return self._held

    def look(self) -> None:
        """Heed the next change as it comes."""
        self._left = max(self._left, 1.0)


class Pages:
    """Finished pages, the longest unasked ones forgotten first."""

    def __init__(self, seconds: float, most: int = MOST_BYTES, clock: Callable[[], float] = time.monotonic) -> None:
        """Keep each page for at most so many seconds; none at all where that is 0."""
        self.seconds = seconds
        self.bytes = 0
        self._most = most
        self._clock = clock
        self._pages: OrderedDict[Key, _Kept] = OrderedDict()

    def get(self, key: Key, change: object) -> Answer | None:
        """Give a page where nothing changed since it was made."""
        found = self._pages.get(key)
        if found is None:
            return None
        if found.change != change or found.until <= self._clock() or found.day != _day():
            self._drop(key)
            return None
        self._pages.move_to_end(key)
        return found.answer

    def put(self, key: Key, change: object, answer: Answer) -> None:
        """Keep a page that was made from the store as it stood at `change` or later."""
        self._drop(key)
        size = len(answer.body) + len(answer.packed or b"") + _BESIDE
        if self.seconds <= 0 or size > min(_LARGEST, self._most):
            return
        self._pages[key] = _Kept(answer, change, self._clock() + self.seconds, _day(), size)
        self.bytes += size
        while self.bytes > self._most:
            self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Forget all pages."""
        self._pages.clear()
        self.bytes = 0

    def _drop(self, key: Key) -> None:
        found = self._pages.pop(key, None)
        if found is not None:
            self.bytes -= found.size


def _day() -> int:
    """Count the days in UTC: what a page calls today must be today."""
    return int(time.time() // 86_400)
