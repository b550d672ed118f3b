"""Follow sources over HTTP: poll what is due, find what is new, fetch its pages.

The desk keeps the state. Both functions hand over each result as it comes, so that it can be kept at once:
`poll` gives `Polled` (a source's new state and its entries), `fetch` gives a `Page` or a `Rejected` for each entry.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from dateline.config import FetchSettings
from dateline.errors import FetchError
from dateline.model import Entry, Page, Rejected, SourceState
from dateline.sources.follow.crew import HANDS, Crew
from dateline.sources.follow.pages import Unchanged, fetch_page
from dateline.sources.follow.polling import Polled, poll_source
from dateline.sources.follow.raw import RawPages
from dateline.sources.follow.schedule import LONGEST, SHORTEST, is_due, next_look, recheck_due
from dateline.sources.http import Client, Hosts
from dateline.sources.http.gates import origin_of

__all__ = [
    "LONGEST",
    "SHORTEST",
    "Fetched",
    "Polled",
    "RawPages",
    "Unchanged",
    "fetch",
    "is_due",
    "next_look",
    "poll",
    "recheck_due",
]

T = TypeVar("T")
Fetched = Page | Rejected | FetchError
_RESOLVERS = 32  # threads that resolve names and read feeds: one name that hangs must not hold up the others


def poll(
    states: Sequence[SourceState],
    settings: FetchSettings,
    deliver: Callable[[Polled], None],
    *,
    now: str,
    gap: float | None = None,
    memory: Path | None = None,
    hands: int = HANDS,
) -> None:
    """Poll sources, many hosts at once and each host politely; `deliver` is called for each in the order of arrival.

    `gap` is the pause between two requests to one origin in seconds; `memory` is a file that keeps what was learnt of
    hosts (robots.txt, pauses they asked for) from one call to the next.
    """

    async def one(client: Client, state: SourceState) -> None:
        deliver(await poll_source(client, state, now))

    # Sources that failed come last, so that hosts that hang hold up none that answer.
    ranked = sorted(states, key=lambda state: state.errors_in_a_row > 0)
    _run(settings, ranked, lambda state: state.address, one, gap, memory, hands)


def fetch(
    entries: Iterable[Entry],
    settings: FetchSettings,
    deliver: Callable[[Entry, Page | Rejected | FetchError], None],
    *,
    now: str,
    gap: float | None = None,
    memory: Path | None = None,
    hands: int = HANDS,
    raw: RawPages | None = None,
    known: Mapping[str, Page] | None = None,
    unchanged: Callable[[Entry], None] | None = None,
) -> None:
    """Fetch the pages of entries; a FetchError is handed over where it is worth trying again later.

    `raw` keeps each answer as it came. `known` gives, by address, the page that is there already: it is asked for
    conditionally, and where it has not changed, `unchanged` is called in place of `deliver`.
    """
    pages = known or {}

    async def one(client: Client, entry: Entry) -> None:
        found = await fetch_page(client, entry, now, pages.get(entry.url), raw)
        if not isinstance(found, Unchanged):
            deliver(entry, found)
        elif unchanged is not None:
            unchanged(entry)

    _run(settings, entries, lambda entry: entry.url, one, gap, memory, hands)


def _run(
    settings: FetchSettings,
    items: Iterable[T],
    address: Callable[[T], str],
    work: Callable[[Client, T], Awaitable[None]],
    gap: float | None,
    memory: Path | None,
    hands: int,
) -> None:
    def host_of(item: T) -> str:
        try:
            return origin_of(address(item))
        except ValueError:
            return ""  # the client says what is wrong with it

    async def everything(hosts: Hosts) -> None:
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(_RESOLVERS) as threads:
            loop.set_default_executor(threads)
            options = {} if gap is None else {"gap": gap}
            async with Client(settings, hosts=hosts, **options) as client:

                async def one(item: T) -> None:
                    await work(client, item)

                crew = Crew(items, host_of, client.opens, one, hands)
                await crew.run()

    hosts = Hosts(memory)
    try:
        asyncio.run(everything(hosts))
    finally:
        hosts.close(time.time())
