"""Answer the Reader's questions by going through everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Literal

from dateline.model import (
    Article,
    Card,
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
    Subscription,
    Tags,
    Version,
)
from dateline.store import facets
from dateline.store.memory.state import State
from dateline.store.ports import Order
from dateline.store.search import scan
from dateline.store.search.document import hit
from dateline.store.search.nodes import Leaf, Node, leaves, with_stems
from dateline.store.search.query import parse
from dateline.store.search.ranking import SAMPLE, Candidates, put_in_order, ranked_at_most, rarity, times
from dateline.store.search.stems import stemmed


class MemoryReader:
    """The Reader over a state in memory."""

    def __init__(self, state: State) -> None:
        self._state = state

    def counts(self) -> DeskCounts:
        s = self._state
        dated = [a.published for a in s.articles.values() if facets.epoch(a.published) != facets.NEVER]
        dated.sort(key=facets.epoch)
        return DeskCounts(
            articles=len(s.articles),
            stories=len(s.stories),
            events=len(s.events),
            mentions=len(s.mentions),
            sources=len(s.sources),
            rejected=len(s.rejections),
            families=len(s.families),
            newest=dated[-1] if dated else None,
            oldest=dated[0] if dated else None,
        )

    def article(self, id: str) -> Article | None:
        return self._state.articles.get(id)

    def articles(self, ids: Iterable[str]) -> dict[str, Article]:
        have = self._state.articles
        return {id: have[id] for id in dict.fromkeys(ids) if id in have}

    def latest(
        self, *, day: str | None = None, source: str | None = None, limit: int = 50, offset: int = 0
    ) -> list[Article]:
        found = [
            a
            for a in self._state.articles.values()
            if (day is None or facets.day_of(a.published) == day) and (source is None or facets.source_of(a) == source)
        ]
        found.sort(key=lambda a: (-facets.epoch(a.published), a.id))
        return found[offset : offset + limit]

    def cards(self, ids: Iterable[str]) -> dict[str, Card]:
        return {id: facets.card_of(article) for id, article in self.articles(ids).items()}

    def latest_cards(
        self, *, day: str | None = None, source: str | None = None, limit: int = 50, offset: int = 0
    ) -> list[Card]:
        return [facets.card_of(a) for a in self.latest(day=day, source=source, limit=limit, offset=offset)]

    def each_article(self) -> Iterator[Article]:
        yield from (self._state.articles[id] for id in sorted(self._state.articles))

    def tags(self, article: str) -> Tags:
        return self._state.tags.get(article, Tags())

    def versions(self, article: str) -> list[Version]:
        return [v for (id, _number), v in sorted(self._state.versions.items(), key=_key) if id == article]

    def withdrawn(self, article: str) -> Correction | None:
        found = [c for c in self._state.corrections.values() if c.article == article and c.change == "withdrawal"]
        found.sort(key=lambda c: (c.by != "owner", facets.epoch(c.time), c.time))
        return found[0] if found else None

    def withdrawals(self, articles: Iterable[str]) -> dict[str, Correction]:
        return {id: found for id in dict.fromkeys(articles) if (found := self.withdrawn(id)) is not None}

    def families(self, articles: Iterable[str]) -> dict[str, Family]:
        return {id: found for id in dict.fromkeys(articles) if (found := self.family(id)) is not None}

    def links(self, articles: Iterable[str]) -> dict[str, Link]:
        have = self._state.links
        return {id: have[id] for id in dict.fromkeys(articles) if id in have}

    def family(self, article: str) -> Family | None:
        return next((f for f in self._state.families.values() if article in f.members), None)

    def link(self, article: str) -> Link | None:
        return self._state.links.get(article)

    def story_of(self, article: str) -> str | None:
        found = self._state.links.get(article)
        return None if found is None else found.story

    def stories_of(self, articles: Iterable[str]) -> dict[str, str]:
        links = self._state.links
        return {id: links[id].story for id in dict.fromkeys(articles) if id in links}

    def story(self, id: str) -> Story | None:
        return self._state.stories.get(id)

    def moved(self, id: str) -> str | None:
        return self._state.moved.get(id)

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
        found = [s for s in self._state.stories.values() if asked <= set(self._story_facets(s))]
        if order == "front":
            found.sort(key=lambda s: (-facets.front_rank(s), s.id))
        else:
            found.sort(key=lambda s: (-facets.epoch(s.last_seen), s.id))
        return found[offset : offset + limit]

    def each_story(self) -> Iterator[Story]:
        yield from (self._state.stories[id] for id in sorted(self._state.stories))

    def history(self, story: str) -> list[Happening]:
        found = [h for h in self._state.happenings if h.story == story]
        found.reverse()  # what was added last is newest where the moments are the same
        return sorted(found, key=lambda h: -facets.epoch(h.time))

    def event(self, id: str) -> Event | None:
        return self._state.events.get(id)

    def events(self, filter: EventFilter, *, limit: int | None = 100, offset: int = 0) -> list[Event]:
        found = [e for e in self._state.events.values() if facets.event_passes(e, self._event_facets(e), filter)]
        found.sort(key=lambda e: e.id)
        found.sort(key=facets.event_order, reverse=True)
        return found[offset:] if limit is None else found[offset : offset + limit]

    def each_event(self) -> Iterator[Event]:
        yield from (self._state.events[id] for id in sorted(self._state.events))

    def each_mention(self) -> Iterator[Mention]:
        yield from (self._state.mentions[id] for id in sorted(self._state.mentions))

    def count_events(self, filter: EventFilter) -> int:
        return len(self.events(filter, limit=None))

    def mentions(self, ids: Iterable[str]) -> dict[str, Mention]:
        have = self._state.mentions
        return {id: have[id] for id in dict.fromkeys(ids) if id in have}

    def mentions_of(self, article: str) -> list[Mention]:
        found = [m for m in self._state.mentions.values() if m.article == article]
        return sorted(found, key=lambda m: (m.sentence, m.trigger.start, m.id))

    def events_of(self, articles: Sequence[str]) -> list[Event]:
        wanted = set(articles)
        found = sorted((e for e in self._state.events.values() if wanted & set(e.articles)), key=lambda e: e.id)
        return sorted(found, key=facets.event_order, reverse=True)

    def search(
        self, query: str, *, limit: int = 20, offset: int = 0, order: Order = "rank", today: date | None = None
    ) -> list[Hit]:
        s = self._state
        spoken = {stemmed(tag) for id in s.documents for tag in _languages(s.articles[id])}
        node = with_stems(parse(query, today), sorted(filter(None, spoken)))
        ids = {n: id for n, id in enumerate(s.articles, 1) if id in s.documents}
        found = [n for n in sorted(ids, reverse=True) if self._answers(node, ids[n])][: ranked_at_most(node)]
        asked = {leaf: self._rarity(leaf, ids) for leaf in leaves(node)}
        dated = ((n, facets.epoch(s.articles[ids[n]].published)) for n in found)
        ranked = put_in_order(
            Candidates.of(dated, (n for n in found if self._titled(asked, ids[n]))),
            max((facets.epoch(a.published) for a in s.articles.values()), default=0),
            asked,
            lambda numbers: {n: s.documents[ids[n]][0] for n in numbers},
            order,
            offset + limit,
        )
        return [
            hit(s.articles[ids[r.n]], self.story_of(ids[r.n]), node, r.score, text=s.documents[ids[r.n]][1])
            for r in ranked[offset:]
        ]

    def _answers(self, node: Node, id: str) -> bool:
        s = self._state
        return scan.matches(
            node, s.documents[id][0], facets.day_of(s.articles[id].published), lambda w: self._has(id, w)
        )

    def _has(self, id: str, what: str) -> bool:
        s = self._state
        if what == "copy":
            family = self.family(id)
            return family is not None and len(set(family.members)) > 1
        if what == "edit":
            return any(article == id and number > 1 for article, number in s.versions)
        return any(c.article == id and c.change != "edit" for c in s.corrections.values())

    def _titled(self, asked: Iterable[Leaf], id: str) -> bool:
        return any(times(leaf, self._state.documents[id][0], titled=True) for leaf in asked)

    def _rarity(self, leaf: Leaf, ids: dict[int, str]) -> float:
        last = len(self._state.articles)
        having = sum(1 for n, id in ids.items() if n > last - SAMPLE and self._answers(leaf, id))
        return rarity(having, min(SAMPLE, last))

    def source(self, id: str) -> SourceState | None:
        return self._state.sources.get(id)

    def sources(self) -> list[SourceState]:
        return sorted(self._state.sources.values(), key=lambda s: ((s.name or s.address).casefold(), s.id))

    def subscription(self, id: str) -> Subscription | None:
        return self._state.subscriptions.get(id)

    def corrections(self, *, limit: int = 50) -> list[Correction]:
        found = sorted(self._state.corrections.values(), key=lambda c: (-facets.epoch(c.time), c.article, c.change))
        return found[:limit]

    def rejections(self, *, limit: int = 50) -> list[Rejected]:
        found = sorted(self._state.rejections.values(), key=lambda pair: (-facets.epoch(pair[0]), pair[1].id))
        return [rejected for _time, rejected in found[:limit]]

    def manifests(self, *, limit: int = 10) -> list[Manifest]:
        found = sorted(self._state.manifests.values(), key=lambda m: (-facets.epoch(m.started), m.id))
        return found[:limit]

    def _undated(self) -> list[str]:
        """List the placed articles that have no date."""
        have = self._state.articles
        return sorted(id for id in self._state.links if facets.epoch(have[id].published) == facets.NEVER)

    def _placed(self, since: str | None) -> list[str]:
        """List the placed articles that have a date, since a moment, by publication."""
        first = facets.NEVER + 1 if since is None else facets.epoch(since)
        dated = [(facets.epoch(self._state.articles[id].published), id) for id in self._state.links]
        return [id for when, id in sorted(dated) if when >= first]

    def _story_facets(self, story: Story) -> list[facets.Facet]:
        members = self.articles(member.id for member in story.articles)
        return facets.story_facets(story, members.values())

    def _event_facets(self, event: Event) -> list[facets.Facet]:
        sources = (facets.source_of(a) for a in self.articles(event.articles).values())
        return facets.event_facets(event, (source for source in sources if source))


def _key(item: tuple[tuple[str, int], Any]) -> tuple[str, int]:
    return item[0]


def _languages(article: Article) -> list[str | None]:
    return [article.language, *(part.language for part in article.languages)]
