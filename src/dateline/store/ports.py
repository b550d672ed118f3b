"""What the site, the exports and the commands may ask of a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol

from dateline.model import (
    Article,
    Correction,
    DeskCounts,
    Event,
    EventFilter,
    Family,
    Happening,
    Hit,
    Link,
    Manifest,
    Mention,
    Rejected,
    SourceState,
    Story,
    Tags,
    Version,
)


class Reader(Protocol):
    """Answer every question that pages, feeds and exports have: lists newest or best first; nothing here writes."""

    def counts(self) -> DeskCounts:
        """Count what the desk holds."""

    def article(self, id: str) -> Article | None:
        """Give an article's newest version, or None."""

    def articles(self, ids: Iterable[str]) -> dict[str, Article]:
        """Give several articles at once by id; ids that are not known are left out."""

    def latest(
        self, *, day: str | None = None, source: str | None = None, limit: int = 50, offset: int = 0
    ) -> list[Article]:
        """List articles by publication time, newest first; `day` is YYYY-MM-DD, `source` a publisher's domain."""

    def each_article(self) -> Iterator[Article]:
        """Go through all articles in order of id (for exports)."""

    def tags(self, article: str) -> Tags:
        """Give an article's tags; empty where it was not tagged."""

    def versions(self, article: str) -> list[Version]:
        """List an article's versions, oldest first."""

    def withdrawn(self, article: str) -> Correction | None:
        """Give the withdrawal of an article, or None where it stands."""

    def family(self, article: str) -> Family | None:
        """Give the copy family that an article belongs to, or None where there is only one."""

    def link(self, article: str) -> Link | None:
        """Give why an article stands in its story."""

    def story_of(self, article: str) -> str | None:
        """Give the id of the story an article stands in."""

    def stories_of(self, articles: Iterable[str]) -> dict[str, str]:
        """Give the story ids of several articles at once."""

    def story(self, id: str) -> Story | None:
        """Give a story, or None."""

    def moved(self, id: str) -> str | None:
        """Give the id that a merged story's id leads to, or None."""

    def stories(
        self,
        *,
        order: Literal["front", "latest"] = "front",
        day: str | None = None,
        topic: str | None = None,
        country: str | None = None,
        admin1: str | None = None,
        source: str | None = None,
        limit: int = 40,
        offset: int = 0,
    ) -> list[Story]:
        """List stories: "front" by importance (independent reports x recency), "latest" by their newest article."""

    def each_story(self) -> Iterator[Story]:
        """Go through all stories in order of id (for exports)."""

    def history(self, story: str) -> list[Happening]:
        """List what was done to a story, newest first."""

    def event(self, id: str) -> Event | None:
        """Give an event, or None."""

    def events(self, filter: EventFilter, *, limit: int | None = 100, offset: int = 0) -> list[Event]:
        """List events that pass the filter, newest first."""

    def count_events(self, filter: EventFilter) -> int:
        """Count the events that pass the filter."""

    def mentions(self, ids: Iterable[str]) -> dict[str, Mention]:
        """Give several mentions at once by id."""

    def mentions_of(self, article: str) -> list[Mention]:
        """List the mentions of an article in order of their sentence."""

    def events_of(self, articles: Sequence[str]) -> list[Event]:
        """List the events that any of the articles reports."""

    def search(self, query: str, *, limit: int = 20, offset: int = 0) -> list[Hit]:
        """Search; raises UsageError that points at the wrong character of a malformed query."""

    def sources(self) -> list[SourceState]:
        """List the sources by name."""

    def corrections(self, *, limit: int = 50) -> list[Correction]:
        """List corrections and withdrawals, newest first."""

    def rejections(self, *, limit: int = 50) -> list[Rejected]:
        """List pages that are no articles, newest first."""

    def manifests(self, *, limit: int = 10) -> list[Manifest]:
        """List the passes, newest first."""
