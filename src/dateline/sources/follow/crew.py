"""A bounded crew that works through many hosts at once, one thing at a time for each, so that none delays another."""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T")

HANDS = 256  # things under way at once, each on another host: enough that even a hundred hung hosts leave most free


class Crew(Generic[T]):
    """Items queued by host; a host comes up again when its gate opens.

    `host_of(item)` names an item's host, `opens(host)` says when it may be asked next (monotonic seconds), and
    `work(item)` does the work. Nothing is held for a host that has to wait, and no more than `hands` things are
    under way, so that memory does not grow with the number of items.
    """

    def __init__(
        self,
        items: Iterable[T],
        host_of: Callable[[T], str],
        opens: Callable[[str], float],
        work: Callable[[T], Awaitable[None]],
        hands: int = HANDS,
    ) -> None:
        self.opens, self.work, self.hands = opens, work, hands
        self.queues: dict[str, deque[T]] = {}
        for item in items:
            self.queues.setdefault(host_of(item), deque()).append(item)
        self.waiting = [(0.0, number, host) for number, host in enumerate(self.queues)]
        self.number = len(self.waiting)
        self.running: set[asyncio.Task[None]] = set()
        self.failure: BaseException | None = None
        self.changed = asyncio.Event()

    async def run(self) -> None:
        """Do all the work; what `work` raises stops everything and is raised here."""
        try:
            while (self.waiting or self.running) and self.failure is None:
                self.changed.clear()
                pause = self._start()
                if self.failure is None:
                    await self._wait(pause)
        finally:
            for task in self.running:
                task.cancel()
            await asyncio.gather(*self.running, return_exceptions=True)
        if self.failure is not None:
            raise self.failure

    def _start(self) -> float | None:
        """Start what may start; give the seconds until the next host's gate opens, None where a task must end first."""
        loop = asyncio.get_running_loop()
        while self.waiting and len(self.running) < self.hands:
            pause = self.waiting[0][0] - loop.time()
            if pause > 0:
                return pause
            host = heapq.heappop(self.waiting)[2]
            task = loop.create_task(self._one(host))
            self.running.add(task)
            task.add_done_callback(self._done)
        return None

    async def _wait(self, pause: float | None) -> None:
        timer = None
        if pause is not None:
            timer = asyncio.get_running_loop().call_later(pause, self.changed.set)
        elif not self.running:
            return
        await self.changed.wait()
        if timer is not None:
            timer.cancel()

    async def _one(self, host: str) -> None:
        queue = self.queues[host]
        await self.work(queue.popleft())
        if queue:
            self.number += 1
            heapq.heappush(self.waiting, (self.opens(host), self.number, host))
        else:
            del self.queues[host]

    def _done(self, task: asyncio.Task[None]) -> None:
        self.running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.failure = self.failure or error
        self.changed.set()
