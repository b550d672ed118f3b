"""What the desk writes, and what it asks while it works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from dateline.errors import StoreError
from dateline.model import (
    Article,
    CopyIndex,
    Correction,
    Entry,
    Event,
    FamilyHead,
    Happening,
    Link,
    Manifest,
    Mention,
    Page,
    Rejected,
    RelatedStory,
    SourceState,
    Story,
    Subscription,
    Tags,
    Version,
)
from dateline.store.facets import NEVER
from dateline.store.ports.reader import Reader
from dateline.store.retaining import Kept, Purged


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stored page that is still to be read."""

    number: int  # counts pages in the order they came
    page: Page | Article  # a file may bring articles that are read already
    origin: str | None = None  # the id of the source that brought it


class Conflict(StoreError):
    """Say that another process changed the same rows at the same time: the same transaction may be tried again."""


class Evicted(StoreError):
    """Say that other workers have taken over what this one had in hand: it may take part again."""


class Store(Reader, Protocol):
    """Keep a desk: everything the Reader answers from, the pages, and the marks of what is still to be done.

    Every method that writes does all or nothing; `transaction` joins several into one. Writing the same thing twice
    gives the same rows.
    """

    def transaction(self) -> AbstractContextManager[None]:
        """Do everything inside the block or, where it raises or the process dies, nothing of it; blocks may nest."""

    def close(self) -> None:
        """Let go of the database."""

    def at(self, moment: str) -> None:
        """Set the clock by which changes are dated from now on."""

    def working(self, *, alone: bool = False) -> AbstractContextManager[None]:
        """Take part in the work on the desk; what is in hand at the end of the block is anybody's again.

        Raises StoreError where somebody works and `alone` is asked for, or somebody is to be alone.
        """

    def workers(self) -> int:
        """Count the processes that work on the desk, this one too."""

    def locked(self, name: str) -> AbstractContextManager[None]:
        """Do what is inside the block as `transaction` does, and in one process at a time for a name."""

    def remembered(self, key: str) -> str | None:
        """Give what was remembered under a key."""

    def remember(self, key: str, value: str | None) -> None:
        """Remember a text under a key; None forgets it."""

    def put_source(self, state: SourceState) -> None:
        """Write a source over the one with its id."""

    def drop_source(self, id: str) -> None:
        """Forget a source; what it brought stays."""

    def put_subscription(self, subscription: Subscription) -> None:
        """Write what was agreed with a hub over what has its id."""

    def drop_subscription(self, id: str) -> None:
        """Forget what was agreed with a hub."""

    def subscriptions(self) -> list[Subscription]:
        """List what was agreed with hubs, by source, then id."""

    def put_page(self, page: Page | Article, *, live: bool = False, origin: str | None = None) -> bool:
        """Keep a page to be read unless its content is known, and tell whether it was news.

        The content is `page` without the moment it was fetched. A `live` page whose content came back after another
        is news again; one from a file is not, since a file may hold several states of one page. `origin` is
        the source's id.
        """

    def page(self, id: str) -> Page | Article | None:
        """Give the newest page kept for an article's id, or None."""

    def waiting(self, limit: int, after: int = 0) -> list[Waiting]:
        """List pages still to be read in the order they came, those after a number."""

    def claim_waiting(self, limit: int) -> list[Waiting]:
        """Take pages still to be read in hand, in the order they came; of two states of a page the first alone."""

    def count_waiting(self) -> int:
        """Count the pages still to be read."""

    def page_done(self, number: int) -> None:
        """Mark a page as read."""

    def read_again(self) -> int:
        """Mark the newest page of each id as still to be read; give how many."""

    def put_entry(self, entry: Entry) -> str | None:
        """Keep what a feed says of a page; give its id where that is news, None where the same was kept before."""

    def entry(self, id: str) -> Entry | None:
        """Give what a feed said of a page."""

    def put_look(self, id: str, first: str, last: str, next: str | None) -> None:
        """Keep when the page of an entry was looked at first and last, and when it is to be looked at again."""

    def looks_due(self, now: str, limit: int) -> list[tuple[str, str]]:
        """List the entries whose page is to be looked at again by `now`, longest due first: (id, first look)."""

    def put_article(self, article: Article, *, origin: str | None = None) -> None:
        """Write an article over the one with its id; its place in a story stays. `origin`: the source's id."""

    def origin(self, article: str) -> str | None:
        """Give the id of the source that brought an article."""

    def put_version(self, version: Version) -> None:
        """Write one version of an article."""

    def drop_versions(self, article: str) -> None:
        """Forget all versions of an article (it was withdrawn)."""

    def put_correction(self, correction: Correction) -> None:
        """Write a correction or withdrawal; a withdrawal by the owner is never written over."""

    def put_rejected(self, rejected: Rejected, time: str) -> None:
        """Write a rejection over the one with its id."""

    def drop_rejected(self, id: str) -> None:
        """Forget a rejection (the page has become an article)."""

    def put_tags(self, article: str, tags: Tags) -> None:
        """Write an article's tags."""

    def put_mentions(self, article: str, mentions: Sequence[Mention]) -> None:
        """Write an article's mentions in place of those it had."""

    def family_heads(self, articles: Iterable[str]) -> dict[str, FamilyHead]:
        """Give the copy families of several articles without their members; an article without one is left out."""

    def join_family(self, family: FamilyHead, members: Sequence[str]) -> None:
        """Write a copy family's original and reason, and add articles, in order, to the members it has."""

    def copy_index(self) -> CopyIndex:
        """Give the index of sampled shingles of all texts."""

    def index(self, article: str, *, text: bool = True) -> None:
        """Make an article (its words, source, places, actors, event types) findable; `text` False: by title alone."""

    def unindex(self, article: str) -> None:
        """Make an article no longer findable."""

    def put_link(self, link: Link) -> None:
        """Put an article into a story, with the reason."""

    def put_sketch(self, article: str, data: bytes | None) -> None:
        """Keep what linking needs of an article, or forget it (None: the article changed)."""

    def drop_sketches(self, before: str) -> None:
        """Forget the sketches of the articles published before a moment; undated ones stay."""

    def sketches(self, since: str, until: str) -> Iterator[tuple[str, bytes | None, str | None, str]]:
        """Go through the placed articles published from `since` on and before `until`, by publication then id.

        Yields (id of the article, its sketch or None, id of its copy family, id of its story).
        """

    def undated_sketches(self, most: int) -> list[tuple[str, bytes | None, str | None, str]]:
        """Give the same of the last placed articles that have no date, in the order they came."""

    def window(self, since: str | None) -> Iterator[tuple[Article, Tags, str | None, str]]:
        """Go through the placed articles published at or after `since`, by publication then id, undated ones last.

        Yields (article, tags, id of its copy family, id of its story).
        """

    def recent_stories(self, since: str | None, limit: int) -> dict[str, str]:
        """Give the stories with the newest articles, each with the first of its articles published since `since`.

        It looks at articles alone, so that it answers the same before and after stories are built.
        """

    def stale_stories(self, before: str) -> list[str]:
        """List the stories that are still "developing" but whose newest article is older than `before`."""

    def check(self) -> None:
        """Check the database from end to end; raises StoreError that says what is broken."""

    def backup(self, path: Path) -> None:
        """Write a copy of one state of the database to a file, also while it is written to; raises StoreError."""

    def members(self, story: str) -> list[str]:
        """List the ids of a story's articles by time of publication."""

    def put_related(self, story: str, related: Sequence[RelatedStory]) -> None:
        """Keep the related stories found for a story until it is built, and after."""

    def related(self, story: str) -> tuple[RelatedStory, ...]:
        """Give the related stories kept for a story."""

    def put_story(self, story: Story, events: Sequence[Event]) -> None:
        """Write a story and its events in place of those it had; where content changed, `revision` is one higher."""

    def retire_story(self, id: str, into: str) -> None:
        """Take a story and its events away; its id leads to `into` from now on."""

    def purge(self, what: Kept, before: int, *, since: int = NEVER, preview: bool = False) -> Purged:
        """Let go of what is older than a moment (epoch), or with `preview` say what that would be.

        Of texts those of articles published after `since` are looked at; what an event or a digest cites stays.
        """

    def put_happening(self, happening: Happening) -> None:
        """Add a line to a story's history unless it is there."""

    def manifest(self, id: str) -> Manifest | None:
        """Give a pass by its id."""

    def count_pass(self, counts: Mapping[str, int]) -> None:
        """Add to the counts of the pass under way."""

    def pass_counts(self) -> dict[str, int]:
        """Give the counts of the pass under way."""

    def clear_pass(self) -> None:
        """Begin to count anew."""

    def count_source(self, id: str, *, articles: int = 0, copied: int = 0) -> None:
        """Add to what a source brought."""

    def put_manifest(self, manifest: Manifest) -> None:
        """Write a pass over the one with its id."""

    def add_jobs(self, step: str, keys: Iterable[str]) -> None:
        """Mark things as still to be done; a mark that is there stays."""

    def jobs(self, step: str, limit: int | None = None) -> list[str]:
        """List what is still to be done in a step, by time of publication where it is an article, then by id."""

    def try_job(self, step: str, key: str) -> int:
        """Count one more try of something still to be done; give how many there were."""

    def claim(self, step: str, limit: int) -> list[str]:
        """Take things to be done in hand, in the order of `jobs`; nobody is given them until the worker is gone."""

    def left(self, step: str) -> int:
        """Count what is still to be done in a step, also what is in somebody's hand."""

    def jobs_done(self, step: str, keys: Iterable[str]) -> None:
        """Take marks away."""
