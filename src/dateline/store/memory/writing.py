"""The in-memory store: filled at once or written to like any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from dateline.errors import StoreError
from dateline.model import (
    Article,
    CopyIndex,
    Correction,
    Event,
    Family,
    FamilyHead,
    Happening,
    Link,
    Manifest,
    Mention,
    Rejected,
    RelatedStory,
    SourceState,
    Story,
    Subscription,
    Tags,
    Version,
)
from dateline.store import facets
from dateline.store.memory.pages import MemoryPages
from dateline.store.memory.state import State, copied
from dateline.store.search.document import document


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


class MemoryStore(MemoryPages):
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
        super().__init__(State())
        state = self._state
        self._depth = 0
        self._in_hand: set[tuple[str, str]] = set()
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

    @contextmanager
    def transaction(self) -> Iterator[None]:
        before = None if self._depth else copied(self._state)
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

    @contextmanager
    def working(self, *, alone: bool = False) -> Iterator[None]:
        del alone
        self._in_hand.clear()
        yield

    def workers(self) -> int:
        return 1

    def locked(self, name: str) -> AbstractContextManager[None]:
        del name
        return self.transaction()

    def remembered(self, key: str) -> str | None:
        return self._state.remembered.get(key)

    def remember(self, key: str, value: str | None) -> None:
        if value is None:
            self._state.remembered.pop(key, None)
        else:
            self._state.remembered[key] = value

    def count_pass(self, counts: Mapping[str, int]) -> None:
        have = self._state.counts
        have.update({what: have.get(what, 0) + number for what, number in counts.items()})

    def pass_counts(self) -> dict[str, int]:
        return dict(self._state.counts)

    def clear_pass(self) -> None:
        self._state.counts.clear()

    def count_source(self, id: str, *, articles: int = 0, copied: int = 0) -> None:
        state = self._state.sources.get(id)
        if state is not None:
            made = replace(state, articles=state.articles + articles, copied=state.copied + copied)
            self._state.sources[id] = made

    def manifest(self, id: str) -> Manifest | None:
        return self._state.manifests.get(id)

    def put_source(self, state: SourceState) -> None:
        self._state.sources[state.id] = state

    def drop_source(self, id: str) -> None:
        self._state.sources.pop(id, None)

    def put_subscription(self, subscription: Subscription) -> None:
        self._state.subscriptions[subscription.id] = subscription

    def drop_subscription(self, id: str) -> None:
        self._state.subscriptions.pop(id, None)

    def subscriptions(self) -> list[Subscription]:
        return sorted(self._state.subscriptions.values(), key=lambda s: (s.source, s.id))

    def put_article(self, article: Article, *, origin: str | None = None) -> None:
        self._change("article", self._state.articles.get(article.id), article)
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
        self._forget_words(article)

    def put_correction(self, correction: Correction) -> None:
        self._state.corrections[correction.article, correction.time, correction.change] = correction

    def put_rejected(self, rejected: Rejected, time: str) -> None:
        self._state.rejections[rejected.id] = (time, rejected)

    def drop_rejected(self, id: str) -> None:
        self._state.rejections.pop(id, None)

    def put_tags(self, article: str, tags: Tags) -> None:
        self._state.tags[article] = tags

    def put_mentions(self, article: str, mentions: Sequence[Mention]) -> None:
        self._change_mentions(article, mentions)

    def family_heads(self, articles: Iterable[str]) -> dict[str, FamilyHead]:
        return {id: FamilyHead(f.id, f.original, f.why) for id, f in self.families(articles).items()}

    def join_family(self, family: FamilyHead, members: Sequence[str]) -> None:
        have = self._state.families
        for other in [f for f in have.values() if f.id != family.id and set(f.members) & set(members)]:
            left = tuple(m for m in other.members if m not in members)
            have[other.id] = Family(other.id, other.original, left, other.why)
        before = have[family.id].members if family.id in have else ()
        have[family.id] = Family(family.id, family.original, tuple(dict.fromkeys((*before, *members))), family.why)

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

    def put_sketch(self, article: str, data: bytes | None) -> None:
        self._state.sketches.pop(article, None)
        if data is not None:
            self._state.sketches[article] = data

    def drop_sketches(self, before: str) -> None:
        s = self._state
        s.sketches = {
            id: data
            for id, data in s.sketches.items()
            if not facets.NEVER < facets.epoch(s.articles[id].published) < facets.epoch(before)
        }

    def sketches(self, since: str, until: str) -> Iterator[tuple[str, bytes | None, str | None, str]]:
        have, end = self._state.articles, facets.epoch(until)
        yield from map(self._sketch, [id for id in self._placed(since) if facets.epoch(have[id].published) < end])

    def undated_sketches(self, most: int) -> list[tuple[str, bytes | None, str | None, str]]:
        undated = set(self._undated())
        came = [id for id in self._state.articles if id in undated]
        return [self._sketch(id) for id in came[-most:]]

    def _sketch(self, id: str) -> tuple[str, bytes | None, str | None, str]:
        family = self.family(id)
        return id, self._state.sketches.get(id), family.id if family else None, self._state.links[id].story

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
        old = s.stories.get(story.id)
        made = facets.revised(old, story)
        self._change("story", old, made)
        s.stories[story.id] = made
        self._change_events(story.id, {event.id: event for event in events})

    def put_related(self, story: str, related: Sequence[RelatedStory]) -> None:
        self._state.related[story] = tuple(related)

    def related(self, story: str) -> tuple[RelatedStory, ...]:
        return self._state.related.get(story, ())

    def retire_story(self, id: str, into: str) -> None:
        s = self._state
        self._retire(s.stories.pop(id, None), id, into)
        s.related.pop(id, None)
        self._change_events(id, {})
        s.moved = {old: into if new == id else new for old, new in s.moved.items()} | {id: into}

    def put_happening(self, happening: Happening) -> None:
        self._state.happenings[happening] = None

    def put_manifest(self, manifest: Manifest) -> None:
        self._state.manifests[manifest.id] = manifest

    def add_jobs(self, step: str, keys: Iterable[str]) -> None:
        for key in keys:
            self._state.jobs[step, key] = 0

    def jobs(self, step: str, limit: int | None = None) -> list[str]:
        articles = self._state.articles
        found = [key for own, key in self._state.jobs if own == step]
        found.sort(key=lambda key: (facets.placing_order(articles[key]) if key in articles else 0, key))
        return found[:limit]

    def claim(self, step: str, limit: int) -> list[str]:
        found = [key for key in self.jobs(step) if (step, key) not in self._in_hand][:limit]
        self._in_hand.update((step, key) for key in found)
        return found

    def left(self, step: str) -> int:
        return len(self.jobs(step))

    def try_job(self, step: str, key: str) -> int:
        jobs = self._state.jobs
        if (step, key) not in jobs:
            return 0
        jobs[step, key] += 1
        return jobs[step, key]

    def jobs_done(self, step: str, keys: Iterable[str]) -> None:
        for key in keys:
            self._state.jobs.pop((step, key), None)
            self._in_hand.discard((step, key))
