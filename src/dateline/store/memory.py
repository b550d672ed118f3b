"""A store that lives in memory: the twin for tests, easy to fill, and the plainest statement of what a store does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from dateline.errors import StoreError
from dateline.model import (
    Article,
    CopyIndex,
    Correction,
    DeskCounts,
    Entry,
    Event,
    EventFilter,
    Family,
    Happening,
    Hit,
    Link,
    Manifest,
    Mention,
    Page,
    Rejected,
    SourceState,
    Story,
    Tags,
    Version,
)
from dateline.store import content, facets
from dateline.store.ports import Waiting
from dateline.store.search import scan
from dateline.store.search.document import CANDIDATES, Document, document, fresh, hit
from dateline.store.search.query import parse


@dataclass
class _State:
    """Everything kept; records are frozen, so that a copy of the dicts is a copy of it all."""

    articles: dict[str, Article] = field(default_factory=dict)
    tags: dict[str, Tags] = field(default_factory=dict)
    versions: dict[tuple[str, int], Version] = field(default_factory=dict)
    corrections: dict[tuple[str, str, str], Correction] = field(default_factory=dict)
    rejections: dict[str, tuple[str, Rejected]] = field(default_factory=dict)
    families: dict[str, Family] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)  # article → source
    entries: dict[str, Entry] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    happenings: dict[Happening, None] = field(default_factory=dict)
    mentions: dict[str, Mention] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    sources: dict[str, SourceState] = field(default_factory=dict)
    manifests: dict[str, Manifest] = field(default_factory=dict)
    pages: dict[int, tuple[str, str, Page | Article]] = field(default_factory=dict)  # number → id, hash, page
    waiting: dict[int, int] = field(default_factory=dict)  # number in the queue → number of the page
    shingles: dict[str, tuple[int, ...]] = field(default_factory=dict)
    documents: dict[str, tuple[Document, bool]] = field(default_factory=dict)
    jobs: dict[tuple[str, str], None] = field(default_factory=dict)


class _Copies:
    """The sampled shingles of all texts."""

    def __init__(self, owner: MemoryStore) -> None:
        self._owner = owner

    def candidates(self, hashes: Sequence[int]) -> Iterable[tuple[str, int]]:
        wanted = set(hashes)
        shared = ((id, len(wanted & set(have))) for id, have in sorted(self._owner._state.shingles.items()))
        return [(id, count) for id, count in shared if count]

    def sizes(self, ids: Iterable[str]) -> dict[str, int]:
        have = self._owner._state.shingles
        return {id: len(have[id]) for id in ids if id in have}

    def add(self, id: str, hashes: Sequence[int]) -> None:
        self._owner._state.shingles[id] = tuple(sorted(set(hashes)))


class MemoryStore:
    """Keep a desk in memory.

    >>> store = MemoryStore(articles=[Article("a1", None, "Dam bursts", "The dam burst.")])
    >>> store.counts().articles
    1
    """

    def __init__(
        self,
        *,
        articles: Iterable[Article] = (),
        stories: Iterable[Story] = (),
        events: Iterable[Event] = (),
        mentions: Iterable[Mention] = (),
        tags: Mapping[str, Tags] | None = None,
        families: Iterable[Family] = (),
        links: Iterable[Link] = (),
        versions: Iterable[Version] = (),
        corrections: Iterable[Correction] = (),
        rejections: Iterable[tuple[str, Rejected]] = (),
        sources: Iterable[SourceState] = (),
        manifests: Iterable[Manifest] = (),
        history: Iterable[Happening] = (),
        moved: Mapping[str, str] | None = None,
    ) -> None:
        """Fill a store; members of `stories` without a link among `links` get one without reasons.

        `rejections` are pairs of the moment and the rejection. All articles are indexed for search.
        """
        state = self._state = _State()
        self._depth = 0
        state.articles = {a.id: a for a in articles}
        state.tags = dict(tags or {})
        state.mentions = {m.id: m for m in mentions}
        state.events = {e.id: e for e in events}
        state.families = {f.id: f for f in families}
        state.stories = {s.id: s for s in stories}
        state.links = {link.id: link for link in links}
        for story in state.stories.values():
            for member in story.articles:
                state.links.setdefault(member.id, Link(member.id, story.id, None, None))
        state.versions = {(v.article, v.number): v for v in versions}
        state.corrections = {(c.article, c.time, c.change): c for c in corrections}
        state.rejections = {r.id: (time, r) for time, r in rejections}
        state.sources = {s.id: s for s in sources}
        state.manifests = {m.id: m for m in manifests}
        state.happenings = dict.fromkeys(history)
        state.moved = dict(moved or {})
        for id in state.articles:
            self.index(id)

    # ---- Reader

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

    def search(self, query: str, *, limit: int = 20, offset: int = 0) -> list[Hit]:
        node = parse(query)
        s = self._state
        documents = {id: found for id, (found, _text) in s.documents.items()}
        days = {id: facets.day_of(s.articles[id].published) for id in documents}
        epochs = {id: facets.epoch(s.articles[id].published) for id in documents}
        ids = sorted(id for id, found in documents.items() if scan.matches(node, found, days[id]))
        ids.sort(key=lambda id: -epochs[id])
        newest = max(epochs.values(), default=facets.NEVER)
        ranks = scan.ranks(node, documents, ids[:CANDIDATES])
        scored = [(ranks[id] * fresh(epochs[id], newest), id) for id in ranks]
        scored.sort(key=lambda pair: -pair[0])
        return [
            hit(s.articles[id], self.story_of(id), node, score, text=s.documents[id][1])
            for score, id in scored[offset : offset + limit]
        ]

    def sources(self) -> list[SourceState]:
        return sorted(self._state.sources.values(), key=lambda s: ((s.name or s.address).casefold(), s.id))

    def corrections(self, *, limit: int = 50) -> list[Correction]:
        found = sorted(self._state.corrections.values(), key=lambda c: (-facets.epoch(c.time), c.article, c.change))
        return found[:limit]

    def rejections(self, *, limit: int = 50) -> list[Rejected]:
        found = sorted(self._state.rejections.values(), key=lambda pair: (-facets.epoch(pair[0]), pair[1].id))
        return [rejected for _time, rejected in found[:limit]]

    def manifests(self, *, limit: int = 10) -> list[Manifest]:
        found = sorted(self._state.manifests.values(), key=lambda m: (-facets.epoch(m.started), m.id))
        return found[:limit]

    # ---- Store

    @contextmanager
    def transaction(self) -> Iterator[None]:
        before = None if self._depth else _copy(self._state)
        self._depth += 1
        try:
            yield
        except BaseException:
            if before is not None:
                self._state = before
            raise
        finally:
            self._depth -= 1

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""

    def put_source(self, state: SourceState) -> None:
        self._state.sources[state.id] = state

    def drop_source(self, id: str) -> None:
        self._state.sources.pop(id, None)

    def put_page(self, page: Page | Article, *, live: bool = False) -> bool:
        s = self._state
        hash = content.fingerprint(page)
        own = [number for number, (id, _hash, _page) in s.pages.items() if id == page.id]
        known = next((number for number in own if s.pages[number][1] == hash), None)
        if known is not None and not (live and known != own[-1]):
            return False
        if known is not None:
            del s.pages[known]
            s.waiting = {place: page for place, page in s.waiting.items() if page != known}
        number = max(s.pages, default=0) + 1
        s.pages[number] = (page.id, hash, page)
        s.waiting[max(s.waiting, default=0) + 1] = number
        return True

    def page(self, id: str) -> Page | Article | None:
        return next((page for own, _hash, page in reversed(self._state.pages.values()) if own == id), None)

    def waiting(self, limit: int, after: int = 0) -> list[Waiting]:
        s = self._state
        numbers = sorted(number for number in s.waiting if number > after)
        return [Waiting(number, s.pages[s.waiting[number]][2]) for number in numbers[:limit]]

    def count_waiting(self) -> int:
        return len(self._state.waiting)

    def put_entry(self, entry: Entry) -> str | None:
        id = content.entry_id(entry)
        known = self._state.entries.get(id)
        if known is not None and content.entry_fingerprint(known) == content.entry_fingerprint(entry):
            return None
        self._state.entries[id] = entry
        return id

    def entry(self, id: str) -> Entry | None:
        return self._state.entries.get(id)

    def page_done(self, number: int) -> None:
        self._state.waiting.pop(number, None)

    def read_again(self) -> int:
        s = self._state
        newest = {id: number for number, (id, _hash, _page) in s.pages.items()}
        for number in sorted(set(newest.values()) - set(s.waiting.values())):
            s.waiting[max(s.waiting, default=0) + 1] = number
        return len(newest)

    def put_article(self, article: Article, *, origin: str | None = None) -> None:
        self._state.articles[article.id] = article
        if origin is not None:
            self._state.origins[article.id] = origin

    def origin(self, article: str) -> str | None:
        return self._state.origins.get(article)

    def put_version(self, version: Version) -> None:
        self._state.versions[version.article, version.number] = version

    def drop_versions(self, article: str) -> None:
        s = self._state
        s.versions = {key: v for key, v in s.versions.items() if key[0] != article}

    def put_correction(self, correction: Correction) -> None:
        self._state.corrections[correction.article, correction.time, correction.change] = correction

    def put_rejected(self, rejected: Rejected, time: str) -> None:
        self._state.rejections[rejected.id] = (time, rejected)

    def drop_rejected(self, id: str) -> None:
        self._state.rejections.pop(id, None)

    def put_tags(self, article: str, tags: Tags) -> None:
        self._state.tags[article] = tags

    def put_mentions(self, article: str, mentions: Sequence[Mention]) -> None:
        s = self._state
        s.mentions = {id: m for id, m in s.mentions.items() if m.article != article} | {m.id: m for m in mentions}

    def put_family(self, family: Family) -> None:
        self._state.families[family.id] = family

    def copy_index(self) -> CopyIndex:
        return _Copies(self)

    def index(self, article: str, *, text: bool = True) -> None:
        found = self._state.articles[article]
        made = document(found, self.tags(article), self.mentions_of(article), text=text)
        self._state.documents[article] = (made, text)

    def unindex(self, article: str) -> None:
        self._state.documents.pop(article, None)

    def put_link(self, link: Link) -> None:
        self._state.links[link.id] = link

    def window(self, since: str | None) -> Iterator[tuple[Article, Tags, str | None, str]]:
        s = self._state
        for id in [*self._placed(since), *self._undated()]:
            family = self.family(id)
            yield s.articles[id], self.tags(id), family.id if family else None, s.links[id].story

    def recent_stories(self, since: str | None, limit: int) -> dict[str, str]:
        s = self._state
        ids = [*([] if since else self._undated()), *self._placed(since)]
        return facets.recent(((s.links[i].story, i, facets.epoch(s.articles[i].published)) for i in ids), limit)

    def stale_stories(self, before: str) -> list[str]:
        end = facets.epoch(before)
        found = self._state.stories.values()
        return sorted(s.id for s in found if s.status == "developing" and facets.epoch(s.last_seen) < end)

    def check(self) -> None:
        """Do nothing: there is nothing that could break."""

    def backup(self, path: Path) -> None:
        """Refuse: what lives in memory has no file."""
        raise StoreError(f"A desk in memory cannot be saved to {path}.")

    def members(self, story: str) -> list[str]:
        s = self._state
        found = [id for id, link in s.links.items() if link.story == story]
        return sorted(found, key=lambda id: (facets.placing_order(s.articles[id]), id))

    def put_story(self, story: Story, events: Sequence[Event]) -> None:
        s = self._state
        s.stories[story.id] = facets.revised(s.stories.get(story.id), story)
        made = {e.id: facets.revised(s.events.get(e.id), e) for e in events}
        s.events = {id: e for id, e in s.events.items() if e.story != story.id} | made

    def retire_story(self, id: str, into: str) -> None:
        s = self._state
        s.stories.pop(id, None)
        s.events = {key: e for key, e in s.events.items() if e.story != id}
        s.moved = {old: into if new == id else new for old, new in s.moved.items()} | {id: into}

    def put_happening(self, happening: Happening) -> None:
        self._state.happenings[happening] = None

    def put_manifest(self, manifest: Manifest) -> None:
        self._state.manifests[manifest.id] = manifest

    def add_jobs(self, step: str, keys: Iterable[str]) -> None:
        for key in keys:
            self._state.jobs[step, key] = None

    def jobs(self, step: str, limit: int | None = None) -> list[str]:
        articles = self._state.articles
        found = [key for own, key in self._state.jobs if own == step]
        found.sort(key=lambda key: (facets.placing_order(articles[key]) if key in articles else 0, key))
        return found[:limit]

    def jobs_done(self, step: str, keys: Iterable[str]) -> None:
        for key in keys:
            self._state.jobs.pop((step, key), None)

    # ---- helpers

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


def _copy(state: _State) -> _State:
    return replace(state, **{f.name: dict(getattr(state, f.name)) for f in fields(state)})


def _key(item: tuple[tuple[str, int], Any]) -> tuple[str, int]:
    return item[0]
