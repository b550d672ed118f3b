"""Answer the Reader's questions as they would have been answered at a moment.

Articles, stories, events and mentions are as they were. What is kept beside them (tags, copy families, links, sources)
is as it is today; search finds by today's words the articles that were there.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, Literal, Protocol, TypeVar

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
from dateline.store import facets
from dateline.store.history import Kind, Past
from dateline.store.ports import Order, Reader

R = TypeVar("R", Article, Story, Event, Mention)
_PART = 200  # rows of today asked for at a time


class _Kept(Reader, Past, Protocol):
    """A store with its past."""


class AsOf:
    """A Reader over what was there at a moment."""

    def __init__(self, base: _Kept, moment: str) -> None:
        """Look at a store as it was at a moment (RFC 3339 or a day, which counts from its beginning)."""
        self.base, self.when = base, facets.epoch(moment)

    # ---- one by one

    def _stands(self, kind: Kind, ids: Iterable[str]) -> set[str]:
        """Name the rows of today that were as they are."""
        return {id for id, since in self.base.since(kind, ids).items() if since <= self.when}

    def _get(self, kind: Kind, ids: Iterable[str], now: Callable[[list[str]], dict[str, R]]) -> dict[str, R]:
        wanted = list(dict.fromkeys(ids))
        standing = self._stands(kind, wanted)
        found: dict[str, Any] = now([id for id in wanted if id in standing])
        found |= self.base.past(kind, [id for id in wanted if id not in standing], self.when)
        return {id: found[id] for id in wanted if id in found}

    def article(self, id: str) -> Article | None:
        return self.articles([id]).get(id)

    def articles(self, ids: Iterable[str]) -> dict[str, Article]:
        return self._get("article", ids, self.base.articles)

    def cards(self, ids: Iterable[str]) -> dict[str, Card]:
        return {id: facets.card_of(article) for id, article in self.articles(ids).items()}

    def story(self, id: str) -> Story | None:
        found: Story | None = self._get("story", [id], lambda ids: _known(ids, self.base.story)).get(id)
        return found

    def event(self, id: str) -> Event | None:
        found: Event | None = self._get("event", [id], lambda ids: _known(ids, self.base.event)).get(id)
        return found

    def mentions(self, ids: Iterable[str]) -> dict[str, Mention]:
        return self._get("mention", ids, self.base.mentions)

    def mentions_of(self, article: str) -> list[Mention]:
        now = self.base.mentions_of(article)
        standing = self._stands("mention", (m.id for m in now))
        found: list[Any] = [m for m in now if m.id in standing]
        found += self.base.past_of("mention", article, self.when)
        return sorted(found, key=lambda m: (m.sentence, m.trigger.start, m.id))

    # ---- all of them

    def _each(self, kind: Kind, now: Iterator[R]) -> Iterator[R]:
        past: Iterator[Any] = self.base.each_past(kind, self.when)
        return heapq.merge(self._standing(kind, now), past, key=lambda record: record.id)

    def _standing(self, kind: Kind, now: Iterator[R]) -> Iterator[R]:
        while part := list(islice(now, _PART)):
            standing = self._stands(kind, (record.id for record in part))
            yield from (record for record in part if record.id in standing)

    def each_article(self) -> Iterator[Article]:
        return self._each("article", self.base.each_article())

    def each_story(self) -> Iterator[Story]:
        return self._each("story", self.base.each_story())

    def each_event(self) -> Iterator[Event]:
        return self._each("event", self.base.each_event())

    def each_mention(self) -> Iterator[Mention]:
        return self._each("mention", self.base.each_mention())

    def gone(self) -> Iterator[Gone]:
        return (one for one in self.base.gone() if one.time is None or facets.epoch(one.time) <= self.when)

    # ---- lists

    def _listed(
        self,
        kind: Kind,
        now: Callable[[int], list[R]],
        passes: Callable[[R], bool],
        key: Callable[[R], Any],
        limit: int | None,
        offset: int,
    ) -> list[R]:
        """Merge what stands of a list of today, asked for part by part, with what was there beside it."""

        def standing() -> Iterator[R]:
            start = 0
            while part := now(start):
                yield from self._standing(kind, iter(part))
                start += len(part)

        past: list[Any] = sorted((r for r in self.base.each_past(kind, self.when) if passes(r)), key=key)  # type: ignore[arg-type]
        merged = heapq.merge(standing(), past, key=key)
        return list(islice(merged, offset, None if limit is None else offset + limit))

    def latest(
        self, *, day: str | None = None, source: str | None = None, limit: int = 50, offset: int = 0
    ) -> list[Article]:
        def passes(a: Article) -> bool:
            return day in (None, facets.day_of(a.published)) and source in (None, facets.source_of(a))

        def now(start: int) -> list[Article]:
            return self.base.latest(day=day, source=source, limit=_PART, offset=start)

        return self._listed("article", now, passes, lambda a: (-facets.epoch(a.published), a.id), limit, offset)

    def latest_cards(
        self, *, day: str | None = None, source: str | None = None, limit: int = 50, offset: int = 0
    ) -> list[Card]:
        return [facets.card_of(a) for a in self.latest(day=day, source=source, limit=limit, offset=offset)]

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
        given = {"day": day, "topic": topic, "country": country, "admin1": admin1, "source": source}
        asked = {(kind, value) for kind, value in given.items() if value is not None}

        def passes(story: Story) -> bool:
            if not asked:
                return True
            members = self.articles(member.id for member in story.articles)
            return asked <= set(facets.story_facets(story, members.values()))

        def now(start: int) -> list[Story]:
            return self.base.stories(order=order, limit=_PART, offset=start, **given)

        rank = facets.front_rank if order == "front" else _latest
        return self._listed("story", now, passes, lambda s: (-rank(s), s.id), limit, offset)

    def events(self, filter: EventFilter, *, limit: int | None = 100, offset: int = 0) -> list[Event]:
        def passes(event: Event) -> bool:
            sources = (facets.source_of(a) for a in self.articles(event.articles).values())
            return facets.event_passes(event, facets.event_facets(event, (s for s in sources if s)), filter)

        def now(start: int) -> list[Event]:
            return self.base.events(filter, limit=_PART, offset=start)

        return self._listed("event", now, passes, lambda e: (_Down(facets.event_order(e)), e.id), limit, offset)

    def count_events(self, filter: EventFilter) -> int:
        return len(self.events(filter, limit=None))

    def events_of(self, articles: Sequence[str]) -> list[Event]:
        now, wanted = self.base.events_of(articles), set(articles)
        standing = self._stands("event", (e.id for e in now))
        found: list[Any] = [e for e in now if e.id in standing]
        past: Iterator[Any] = self.base.each_past("event", self.when)
        found += [e for e in past if wanted & set(e.articles)]
        return sorted(sorted(found, key=lambda e: e.id), key=facets.event_order, reverse=True)

    def search(
        self, query: str, *, limit: int = 20, offset: int = 0, order: Order = "rank", today: date | None = None
    ) -> list[Hit]:
        found: list[Hit] = []
        start = 0
        while len(found) < limit + offset:
            part = self.base.search(query, limit=_PART, offset=start, order=order, today=today)
            if not part:
                break
            there = self.articles(hit.article for hit in part)
            found += [hit for hit in part if hit.article in there]
            start += len(part)
        return found[offset : offset + limit]

    def counts(self) -> DeskCounts:
        now, at = self.base.counts(), self.base.count_at
        dated = self.latest(limit=1)
        return DeskCounts(
            articles=at("article", self.when),
            stories=at("story", self.when),
            events=at("event", self.when),
            mentions=at("mention", self.when),
            sources=now.sources,
            rejected=now.rejected,
            families=now.families,
            newest=dated[0].published if dated else None,
            oldest=now.oldest,
        )

    # ---- what belongs to a moment of its own

    def versions(self, article: str) -> list[Version]:
        return [v for v in self.base.versions(article) if facets.epoch(v.seen) <= self.when]

    def withdrawn(self, article: str) -> Correction | None:
        return self.withdrawals([article]).get(article)

    def withdrawals(self, articles: Iterable[str]) -> dict[str, Correction]:
        """Give withdrawals, also later ones: what was withdrawn since is not shown as it was."""
        return self.base.withdrawals(articles)

    def moved(self, id: str) -> str | None:
        when = self.base.went("story", id)
        return None if when is not None and when > self.when else self.base.moved(id)

    def history(self, story: str) -> list[Happening]:
        return [h for h in self.base.history(story) if facets.epoch(h.time) <= self.when]

    def states(self, event: str) -> list[tuple[str | None, Event]]:
        return [(since, e) for since, e in self.base.states(event) if since is None or facets.epoch(since) <= self.when]

    def corrections(self, *, limit: int = 50) -> list[Correction]:
        return [c for c in self.base.corrections(limit=10**9) if facets.epoch(c.time) <= self.when][:limit]

    def rejections(self, *, limit: int = 50) -> list[Rejected]:
        return self.base.rejections(limit=limit)

    def manifests(self, *, limit: int = 10) -> list[Manifest]:
        return [m for m in self.base.manifests(limit=10**9) if facets.epoch(m.started) <= self.when][:limit]

    def story_of(self, article: str) -> str | None:
        return self.stories_of([article]).get(article)

    def stories_of(self, articles: Iterable[str]) -> dict[str, str]:
        wanted = list(dict.fromkeys(articles))
        found: dict[str, str] = {}
        for id, story in self.base.stories_of(wanted).items():
            then = self.story(story)
            if then is not None and any(member.id == id for member in then.articles):
                found[id] = story
        missing = set(wanted) - set(found)
        past: Iterator[Any] = self.base.each_past("story", self.when) if missing else iter(())
        for story_ in past:
            found.update({member.id: story_.id for member in story_.articles if member.id in missing})
        return {id: found[id] for id in wanted if id in found}

    # ---- what is as it is today

    def tags(self, article: str) -> Tags:
        return self.base.tags(article)

    def family(self, article: str) -> Family | None:
        return self.base.family(article)

    def families(self, articles: Iterable[str]) -> dict[str, Family]:
        return self.base.families(articles)

    def link(self, article: str) -> Link | None:
        return self.base.link(article)

    def links(self, articles: Iterable[str]) -> dict[str, Link]:
        return self.base.links(articles)

    def source(self, id: str) -> SourceState | None:
        return self.base.source(id)

    def sources(self) -> list[SourceState]:
        return self.base.sources()

    def subscription(self, id: str) -> Subscription | None:
        return self.base.subscription(id)

    def asof(self, moment: str) -> Reader:
        return AsOf(self.base, moment)


class _Down(str):
    """A text that sorts from the end."""

    __slots__ = ()

    def __lt__(self, other: str) -> bool:
        return str.__gt__(self, other)


def _latest(story: Story) -> float:
    return facets.epoch(story.last_seen)


def _known(ids: list[str], one: Callable[[str], R | None]) -> dict[str, R]:
    return {id: found for id in ids if (found := one(id)) is not None}
