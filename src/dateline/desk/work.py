"""What the phases of a pass share: the store, the clock, the settings, and the counts that end in the manifest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TypeVar

from dateline import pipeline
from dateline.config import Settings
from dateline.model import Article, Manifest
from dateline.store import Store
from dateline.store.ports import Conflict
from dateline.workers import Failed, ordered

T = TypeVar("T")
Out = TypeVar("Out")

HOSTS = "hosts.sqlite"  # what was learnt of hosts: their robots.txt, the pauses they asked for

Progress = Callable[[str, int, int | None], None]
CHUNK = 32  # records in one transaction: what a power cut can cost, and few enough that the site never waits long


def in_chunks(items: Iterator[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Cut a stream into lists of `size`."""
    while chunk := list(islice(items, size)):
        yield chunk


def in_processes(
    do: Callable[[T], Out], given: Iterator[T], jobs: int | None, ready: Callable[[], object] | None = None
) -> Iterator[tuple[T, Out | Failed]]:
    """Give each item with what `do` makes of it, in order, in processes; none is started where there is no item.

    `ready` is called before they are: what it loads they share.
    """
    for first in given:
        if ready is not None:
            ready()
        yield from ordered(do, chain([first], given), jobs=jobs)
        return


@dataclass
class Work:
    """One pass under way."""

    store: Store
    settings: Settings
    now: str  # the pass's one reading of the clock
    manifest: Manifest | None = None  # None outside a pass
    jobs: int | None = None  # processes
    everything: bool = False  # poll every source, also those not due
    progress: Progress | None = None

    def tell(self, phase: str, done: int, total: int | None) -> None:
        """Tell whoever watches how far a phase is."""
        if self.progress is not None:
            self.progress(phase, done, total)

    def __post_init__(self) -> None:
        self.store.at(self.now)

    def count(self, **counts: int) -> None:
        """Add to the pass (pages, articles, rejected, stories, events …), in the transaction of what is counted."""
        if self.manifest is not None:
            self.store.count_pass(counts)

    def commit(self, do: Callable[[], None]) -> None:
        """Do something in one transaction, again where another process changed the same rows at the same time."""
        for pause in (0.05, 0.2, 0.5, 1.0, None):
            try:
                with self.store.transaction():
                    do()
                return
            except Conflict:
                if pause is None:
                    raise
                time.sleep(pause)

    def claimed(self, step: str, size: int) -> Iterator[list[str]]:
        """Take what is to be done in a step in hand, so many at a time, until nothing is free."""
        while keys := self.store.claim(step, size):
            yield keys

    def touch(self, stories: Iterable[str]) -> None:
        """Mark stories to be built anew, with their related stories."""
        found = list(stories)
        self.store.add_jobs("relate", found)
        self.store.add_jobs("build", found)

    def is_open(self, article: Article) -> bool:
        """Tell whether an article may be parsed, digested and coded."""
        return pipeline.is_open(article, private=self.settings.site.rights == "private")

    def readable(self, article: Article) -> Article:
        """Give what the stages may see of an article: without its text where its publisher reserves that."""
        return article if self.is_open(article) else replace(article, text="")

    def chunks_of(self, step: str, phase: str) -> Iterator[Sequence[str]]:
        """Give what is still to be done in a step, chunk by chunk, and tell how far it is."""
        keys = self.store.jobs(step)
        self.tell(phase, 0, len(keys))
        for start in range(0, len(keys), CHUNK):
            yield keys[start : start + CHUNK]
            self.tell(phase, min(start + CHUNK, len(keys)), len(keys))
