"""Run the crew over items in an event loop: of this thread, or of a thread of its own where one runs here already."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from dateline.config import FetchSettings
from dateline.sources.follow.crew import HANDS, Crew
from dateline.sources.http import Client, Hosts
from dateline.sources.http.gates import origin_of

T = TypeVar("T")

WAITING = 300.0  # seconds into which the waits for hosts' turns must fit: one long crawl-delay must not stretch a pass
_RESOLVERS = 32  # threads that resolve names and read feeds: one name that hangs must not hold up the others


def run(
    settings: FetchSettings,
    items: Iterable[T],
    address: Callable[[T], str],
    work: Callable[[Client, T], Awaitable[None]],
    *,
    gap: float | None = None,
    memory: Path | None = None,
    hands: int = HANDS,
    waiting: float = WAITING,
) -> None:
    """Do `work` for every item, many hosts at once and each host politely; returns when all is done.

    After `waiting` seconds a request whose host's turn has not come is not waited for: the client raises FetchError
    with `unasked` in its place.
    """

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
            async with Client(settings, hosts=hosts, waiting=waiting, **options) as client:

                async def one(item: T) -> None:
                    await work(client, item)

                crew = Crew(items, host_of, client.opens, one, hands)
                await crew.run()

    async def remembering() -> None:
        hosts = Hosts(memory)  # here, since SQLite wants one thread
        try:
            await everything(hosts)
        finally:
            hosts.close(time.time())

    _in_a_loop(remembering())


def _in_a_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end, also where a loop runs in this thread already (a notebook, another program's server)."""
    if not _is_running():
        asyncio.run(work)
        return
    with ThreadPoolExecutor(1, "sources") as aside:
        aside.submit(asyncio.run, work).result()


def _is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
