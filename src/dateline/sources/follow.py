"""Follow sources over HTTP: poll what is due, find what is new, fetch its pages.

The desk keeps the state. Both functions hand over each result as it comes, so that it can be kept at once:
`poll` gives `Polled` (a source's new state and its entries), `fetch` gives a `Page` or a `Rejected` for each entry.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from dateline.config import FetchSettings
from dateline.errors import FetchError, SourceError
from dateline.model import Entry, Page, Rejected, SourceState
from dateline.sources import clean, feeds
from dateline.sources.decode import to_text
from dateline.sources.discovery import feeds_of
from dateline.sources.files import with_entry
from dateline.sources.http import Answer, Client
from dateline.text.moments import instant, to_moment

T = TypeVar("T")

SHORTEST, LONGEST = 300, 86_400  # seconds between two polls: 5 minutes to 1 day
_FIRST = 1_800
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of polling one source: its state afterwards, and what it lists (empty where nothing changed)."""

    state: SourceState
    entries: tuple[Entry, ...] = ()


def is_due(state: SourceState, now: str) -> bool:
    """Tell whether a source is to be polled at the moment `now`."""
    at, then = instant(now), instant(state.next_poll)
    return not state.paused and (then is None or at is None or then <= at)


def poll(
    states: Sequence[SourceState],
    settings: FetchSettings,
    deliver: Callable[[Polled], None],
    *,
    now: str,
    gap: float | None = None,
) -> None:
    """Poll sources, all hosts at once and each host politely; `deliver` is called for each in the order of arrival."""

    async def one(client: Client, state: SourceState) -> None:
        deliver(await _poll(client, state, now))

    _run(settings, states, one, gap)


def fetch(
    entries: Iterable[Entry],
    settings: FetchSettings,
    deliver: Callable[[Entry, Page | Rejected | FetchError], None],
    *,
    now: str,
    gap: float | None = None,
) -> None:
    """Fetch the pages of entries; a FetchError is handed over where it is worth trying again later."""

    async def one(client: Client, entry: Entry) -> None:
        deliver(entry, await _page(client, entry, now))

    _run(settings, list(entries), one, gap)


def _run(
    settings: FetchSettings,
    items: Sequence[T],
    work: Callable[[Client, T], Awaitable[None]],
    gap: float | None,
) -> None:
    async def everything() -> None:
        options = {} if gap is None else {"gap": gap}
        async with Client(settings, **options) as client:
            await asyncio.gather(*(work(client, item) for item in items))

    if items:
        asyncio.run(everything())


async def _poll(client: Client, state: SourceState, now: str) -> Polled:
    try:
        if state.kind == "site":
            return await _settle_site(client, state, now)
        answer = await client.get(state.address, etag=state.etag, last_modified=state.last_modified, accept=_ACCEPT)
        if answer.status == 304:
            return Polled(_succeeded(state, now, fresh=0))
        if answer.status != 200:
            raise FetchError(f"{state.address} answered with status {answer.status}.", status=answer.status)
        return _read_feed(state, answer, now)
    except SourceError as error:
        return Polled(_failed(state, str(error), now))


async def _settle_site(client: Client, state: SourceState, now: str) -> Polled:
    """Find the feed of a site and follow that from now on; a site that is itself a feed is one."""
    answer = await client.get(state.address)
    if answer.status != 200:
        raise FetchError(f"{state.address} answered with status {answer.status}.", status=answer.status)
    if feeds.looks_like_feed(answer.body):
        return _read_feed(replace(state, kind="feed"), answer, now)
    found = feeds_of(to_text(answer.body, answer.charset), answer.url)
    if not found:
        raise SourceError(f"{state.address} names no feed: give the address of its feed.")
    feed = await client.get(found[0], accept=_ACCEPT)
    if feed.status != 200:
        raise FetchError(f"{found[0]} answered with status {feed.status}.", status=feed.status)
    return _read_feed(replace(state, kind="feed", address=found[0]), feed, now)


def _read_feed(state: SourceState, answer: Answer, now: str) -> Polled:
    feed = feeds.parse(answer.body, answer.url)
    entries = tuple(replace(entry, source=state.id) for entry in feed.entries)
    state = replace(
        state,
        name=state.name or feed.title,
        address=answer.moved or state.address,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
    )
    return Polled(_succeeded(state, now, fresh=_pace(feed, now)), entries)


def _pace(feed: feeds.Feed, now: str) -> int:
    """Count the entries of the last day: the rhythm that the next poll follows."""
    today = instant(now)
    if today is None:
        return 0
    times = (instant(entry.published) for entry in feed.entries)
    return sum(1 for t in times if t is not None and timedelta(0) <= today - t <= timedelta(days=1))


def _succeeded(state: SourceState, now: str, *, fresh: int) -> SourceState:
    """Plan the next poll: half the mean time between the entries of the last day; a quiet feed is asked less often."""
    before = state.interval or _FIRST
    interval = 86_400 // (2 * fresh) if fresh else int(before * 1.5)
    interval = max(SHORTEST, min(interval, LONGEST))
    return replace(
        state, last_success=now, interval=interval, next_poll=_later(now, interval), error=None, errors_in_a_row=0
    )


def _failed(state: SourceState, why: str, now: str) -> SourceState:
    """Back off, twice as long each time up to a day, and never for good."""
    errors = state.errors_in_a_row + 1
    pause = min(SHORTEST * 2 ** min(errors, 12), LONGEST)
    return replace(state, error=why, errors_in_a_row=errors, next_poll=_later(now, pause))


def _later(now: str, seconds: int) -> str:
    made = instant(now)
    return to_moment((made or datetime.now(UTC)) + timedelta(seconds=seconds))


async def _page(client: Client, entry: Entry, now: str) -> Page | Rejected | FetchError:
    try:
        answer = await client.get(entry.url, accept="text/html, application/xhtml+xml;q=0.9, */*;q=0.1")
    except FetchError as error:
        # What the publisher or the owner forbids stays forbidden; all else is worth another try.
        refused = "not fetched" in str(error)
        return Rejected(entry.url, "refused", str(error), url=entry.url) if refused else error
    if answer.status != 200:
        return Rejected(entry.url, "gone", f"{entry.url} answered with status {answer.status}.", url=entry.url)
    kind = answer.headers.get("content-type", "text/html").lower()
    if not any(word in kind for word in ("html", "xml", "text/plain")):
        return Rejected(entry.url, "not_article", f"{entry.url} is no page but {kind}.", "other", 1.0, entry.url)
    page = Page(
        id=entry.url,
        url=clean.link(answer.url) or entry.url,
        html=to_text(answer.body, answer.charset),
        fetched=now,
        headers=tuple(answer.headers.items()),
    )
    return with_entry(page, entry)
