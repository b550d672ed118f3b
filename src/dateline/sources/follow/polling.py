"""Poll one source: a feed, a sitemap, a list of feeds, one article, or a site whose feed is still to be found."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeVar

from dateline.errors import FetchError, SourceError
from dateline.model import Entry, SourceState
from dateline.sources import discovery, feeds, opml, sitemaps
from dateline.sources.decode import to_text, unpack
from dateline.sources.feeds import MAX_BYTES
from dateline.sources.follow import schedule, websub
from dateline.sources.http import Answer, Client
from dateline.text.moments import instant

T = TypeVar("T")

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_AHEAD = timedelta(hours=1)  # clocks differ; what lies further in the future is a mistake of the feed
_SITEMAP_BYTES = 52_428_800  # sitemaps.org: 50 MB unpacked
_GONE = 410


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of polling one source: its state afterwards, and what it lists (empty where nothing changed)."""

    state: SourceState
    entries: tuple[Entry, ...] = ()
    sources: tuple[opml.Outline, ...] = ()  # the feeds of an OPML list
    hub: str | None = None  # a WebSub hub that the feed offers
    topic: str | None = None  # the address by which a hub knows the feed; None where no feed was read


async def poll_source(client: Client, state: SourceState, now: str) -> Polled:
    """Poll one source; whatever goes wrong is told in its state."""
    try:
        return await _poll(client, state, now)
    except FetchError as error:
        if error.status == _GONE:
            return Polled(schedule.ended(state, str(error), now))
        if error.unasked and error.after is None:
            return Polled(state)  # its host's turn did not come: it is still due
        if error.after is not None:
            return Polled(schedule.postponed(state, str(error), now, error.after))
        return Polled(schedule.failed(state, str(error), now))
    except SourceError as error:
        return Polled(schedule.failed(state, str(error), now))


async def _poll(client: Client, state: SourceState, now: str) -> Polled:
    etag, modified = state.etag, state.last_modified
    limit = _SITEMAP_BYTES if state.kind == "sitemap" else MAX_BYTES
    limit = min(limit, client.settings.max_bytes)
    answer = await client.get(state.address, etag=etag, last_modified=modified, accept=ACCEPT, limit=limit)
    if answer.status == 304:
        fresh = schedule.good_for(answer.headers, None, now)
        state = replace(state, address=answer.moved or state.address)
        return Polled(schedule.succeeded(state, now, rhythm=None, at_least=fresh))
    return await _read(client, state, _whole(answer), now)


def _whole(answer: Answer) -> Answer:
    if answer.status != 200:
        raise FetchError(f"{answer.url} answered with status {answer.status}.", status=answer.status)
    return answer


async def _read(client: Client, state: SourceState, answer: Answer, now: str) -> Polled:
    """Read what an address gave by what it is, not by what it was taken for: sites change their minds."""
    answer = replace(answer, body=unpack(answer.body, _SITEMAP_BYTES))
    body = answer.body
    if opml.looks_like_opml(body):
        found = await _aside(lambda: opml.read(body, answer.url))
        named = replace(_learnt(state, answer), kind="opml")
        return Polled(schedule.succeeded(named, now, rhythm=None), sources=tuple(found))
    if sitemaps.looks_like_sitemap(body) or state.kind == "sitemap":
        return await _sitemap(client, replace(state, kind="sitemap"), answer, now)
    if state.kind == "feed" or feeds.looks_like_feed(body):
        return await _feed(replace(state, kind="feed"), answer, now)
    return await _site(client, state, answer, now)


async def _feed(state: SourceState, answer: Answer, now: str) -> Polled:
    # In a thread: a huge feed must not keep the other hosts waiting.
    feed = await _aside(lambda: feeds.parse(answer.body, answer.url, answer.charset))
    entries = tuple(_entry(entry, state, now) for entry in feed.entries)
    state = replace(_learnt(state, answer), name=state.name or feed.title)
    fresh = schedule.good_for(answer.headers, feed.ttl, now)
    rhythm = schedule.rhythm_of(entries, now)
    hub, topic = websub.offered(answer.headers, answer.url)  # WebSub 4: links of the head come before those within
    hub, topic = hub or feed.hub, topic or feed.topic or answer.url
    return Polled(schedule.succeeded(state, now, rhythm=rhythm, at_least=fresh), entries, hub=hub, topic=topic)


def read_pushed(state: SourceState, body: bytes, charset: str | None, topic: str, now: str) -> Polled:
    """Read what a hub pushed of a feed: the whole feed, or its news alone. Raises SourceError where it is no feed."""
    feed = feeds.parse(body, topic, charset)
    entries = tuple(_entry(entry, state, now) for entry in feed.entries)
    heard = replace(state, name=state.name or feed.title, last_success=now, error=None, errors_in_a_row=0)
    return Polled(schedule.calmed(heard, now), entries)


async def _sitemap(client: Client, state: SourceState, answer: Answer, now: str) -> Polled:
    """Read a sitemap, and of an index the newest of its sitemaps; one of them that fails does not stop the others."""
    found = await _aside(lambda: sitemaps.parse(answer.body, answer.url))
    entries = list(sitemaps.news(found, now))
    limit = min(_SITEMAP_BYTES, client.settings.max_bytes)
    for address in sitemaps.newest(found.children):
        try:
            child = _whole(await client.get(address, limit=limit))
            part = sitemaps.parse(child.body, child.url)
            entries.extend(sitemaps.news(part, now))
        except FetchError as error:
            if error.after is not None or error.unasked:
                break
        except SourceError:
            continue
    chosen = tuple(_entry(entry, state, now) for entry in dict.fromkeys(entries))
    fresh = schedule.good_for(answer.headers, None, now)
    learnt = _learnt(state, answer)
    if found.children:  # an index may stay the same while its sitemaps change
        learnt = replace(learnt, etag=None, last_modified=None)
    rhythm = schedule.rhythm_of(chosen, now)
    return Polled(schedule.succeeded(learnt, now, rhythm=rhythm, at_least=fresh), chosen)


async def _site(client: Client, state: SourceState, answer: Answer, now: str) -> Polled:
    """Find where a site's news is, and follow that from now on: its feed, its sitemap, else its home page's links."""
    page = await _aside(lambda: to_text(answer.body, answer.charset))
    if discovery.is_article(page) and not _is_home(answer.url):
        entry = Entry(url=answer.url, source=state.id)
        return Polled(schedule.succeeded(replace(state, kind="article"), now, rhythm=None), (entry,))
    first = state.last_success is None
    named = discovery.feeds_of(page, answer.url)
    for address in named[:2] or (discovery.guesses(answer.url, discovery.FEED_PATHS) if first else ()):
        found = await _try(client, address)
        if found is not None and feeds.looks_like_feed(found.body):
            return await _feed(replace(state, kind="feed", address=found.moved or address), found, now)
    for address in await _sitemap_addresses(client, answer, page, first):
        found = await _try(client, address)
        if found is not None and sitemaps.looks_like_sitemap(found.body):
            polled = await _sitemap(client, replace(state, kind="sitemap", address=address), found, now)
            if polled.entries:
                return polled
    entries = await _aside(lambda: discovery.article_links(page, answer.url))
    if not entries:
        raise SourceError(f"{state.address} names no feed or sitemap and links to no article: give a feed's address.")
    state = replace(_learnt(state, answer), kind="site")
    return Polled(
        schedule.succeeded(state, now, rhythm=None), tuple(replace(entry, source=state.id) for entry in entries)
    )


async def _sitemap_addresses(client: Client, answer: Answer, page: str, first: bool) -> list[str]:
    robots = await client.rules(client.check(answer.url))
    named = [*robots.sitemaps(), *discovery.sitemaps_of(page, answer.url)]
    if not named and first:
        named = discovery.guesses(answer.url, discovery.SITEMAP_PATHS)
    return discovery.best_sitemaps(named)[:3]


async def _try(client: Client, address: str) -> Answer | None:
    """Fetch what may not be there; raises FetchError only where the host wants to be left alone."""
    try:
        answer = await client.get(address, accept=ACCEPT, limit=min(MAX_BYTES, client.settings.max_bytes))
    except FetchError as error:
        if error.after is not None or error.unasked:
            raise
        return None
    return replace(answer, body=unpack(answer.body, _SITEMAP_BYTES)) if answer.status == 200 else None


def _entry(entry: Entry, state: SourceState, now: str) -> Entry:
    """Name the source of an entry and leave out times that have not come yet: when it was published is not known."""
    return replace(entry, source=state.id, published=_past(entry.published, now), modified=_past(entry.modified, now))


def _past(moment: str | None, now: str) -> str | None:
    at, today = instant(moment), instant(now)
    return None if at is not None and today is not None and at - today > _AHEAD else moment


def _learnt(state: SourceState, answer: Answer) -> SourceState:
    return replace(
        state,
        address=answer.moved or state.address,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
    )


def _is_home(url: str) -> bool:
    return url.split("://", 1)[-1].rstrip("/").count("/") == 0


async def _aside(work: Callable[[], T]) -> T:
    return await asyncio.to_thread(work)
