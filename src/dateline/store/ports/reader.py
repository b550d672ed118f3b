"""What the site, the exports and the commands may ask of a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, Protocol

from dateline.model import (
    Article,
    Card,
    Correction,
    DeskCounts,
    Event,
    EventFilter,
    Family,
    Gone,
    Happening,
    Hit,
    Link,
    Manifest,
    Mention,
    Rejected,
    SourceState,
    Story,
    Subscription,
    Tags,
    Version,
)

Order = Literal["rank", "newest"]  # of search results


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

    def cards(self, ids: Iterable[str]) -> dict[str, Card]:
        """Give what lists show of several articles, without reading their texts."""

    def latest_cards(
        self, *, day: str | None = None, source: str | None = None, limit: int = 50, offset: int = 0
    ) -> list[Card]:
        """List what `latest` lists, without reading the texts."""

    def each_article(self) -> Iterator[Article]:
        """Go through all articles in order of id (for exports)."""

    def tags(self, article: str) -> Tags:
        """Give an article's tags; empty where it was not tagged."""

    def versions(self, article: str) -> list[Version]:
        """List an article's versions, oldest first."""

    def withdrawn(self, article: str) -> Correction | None:
        """Give the withdrawal of an article, or None where it stands."""

    def withdrawals(self, articles: Iterable[str]) -> dict[str, Correction]:
        """Give the withdrawals of several articles at once; those that stand are left out."""

    def family(self, article: str) -> Family | None:
        """Give the copy family that an article belongs to, or None where there is only one."""

    def families(self, articles: Iterable[str]) -> dict[str, Family]:
        """Give the copy families of several articles at once; an article without one is left out."""

    def link(self, article: str) -> Link | None:
        """Give why an article stands in its story."""

    def links(self, articles: Iterable[str]) -> dict[str, Link]:
        """Give why several articles stand in their stories."""

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

    def each_event(self) -> Iterator[Event]:
        """Go through all events in order of id (for exports)."""

    def each_mention(self) -> Iterator[Mention]:
        """Go through all mentions in order of id (for exports)."""

    def count_events(self, filter: EventFilter) -> int:
        """Count the events that pass the filter."""

    def mentions(self, ids: Iterable[str]) -> dict[str, Mention]:
        """Give several mentions at once by id."""

    def mentions_of(self, article: str) -> list[Mention]:
        """List the mentions of an article in order of their sentence."""

    def events_of(self, articles: Sequence[str]) -> list[Event]:
        """List the events that any of the articles reports."""

    def search(
        self, query: str, *, limit: int = 20, offset: int = 0, order: Order = "rank", today: date | None = None
    ) -> list[Hit]:
        """Search, the best matches first or the newest; `today` is the day that `after:7d` counts back from.

        Raises QueryError, which tells the wrong character of a malformed query.
        """

    def source(self, id: str) -> SourceState | None:
        """Give a source, or None."""

    def sources(self) -> list[SourceState]:
        """List the sources by name."""

    def subscription(self, id: str) -> Subscription | None:
        """Give what was agreed with a hub, or None."""

    def corrections(self, *, limit: int = 50) -> list[Correction]:
        """List corrections and withdrawals, newest first."""

    def rejections(self, *, limit: int = 50) -> list[Rejected]:
        """List pages that are no articles, newest first."""

    def gone(self) -> Iterator[Gone]:
        """Go through the ids of stories and events that were taken away, by kind and id (for exports)."""

    def states(self, event: str) -> list[tuple[str | None, Event]]:
        """List what an event was and is, oldest first, each with the moment since when; as far as history is kept."""

    def asof(self, moment: str) -> Reader:
        """Give a Reader that answers as one would have at a moment."""

    def manifests(self, *, limit: int = 10) -> list[Manifest]:
        """List the passes, newest first."""
