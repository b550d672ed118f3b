"""Visitors for `bench.site`: so many connections that each ask for a page as soon as they have the last one.

They ask for `seconds`, each page drawn by lot; for 0 seconds, for each page once.

A process of its own (`python -m bench._visitors`), written on asyncio's protocols alone so that the server is what is
measured: it reads a plan from stdin as JSON and writes what it saw to stdout.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from typing import Any

HEAD = b" HTTP/1.1\r\nhost: news.example\r\naccept-encoding: gzip, br\r\nuser-agent: bench\r\n\r\n"


class Visitor(asyncio.Protocol):
    """One connection, kept open."""

    def __init__(self, plan: dict[str, Any], seed: int, seen: dict[str, Any]) -> None:
        """Ask for what the plan names in an order of its own."""
        self.kinds: list[list[str]] = [*plan["paths"]]
        self.left: Iterator[str] | None = plan.get("left")
        self.end = time.perf_counter() + plan["seconds"]
        self.dice, self.seen = random.Random(seed), seen
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.parts: list[bytes] = []
        self.missing = -1  # bytes of the answer that are still to come; -1: its head is

    def connection_made(self, transport: Any) -> None:
        """Begin."""
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        self.kind = 0 if self.left is not None else self.dice.randrange(len(self.kinds))
        over = self.left is None and time.perf_counter() >= self.end
        path = None if over else next(self.left, None) if self.left else self.dice.choice(self.kinds[self.kind])
        if path is None:
            self.transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        self.begun = time.perf_counter()
        self.transport.write(b"GET " + path.encode() + HEAD)

    def data_received(self, data: bytes) -> None:
        """Count down to the end of an answer."""
        if self.missing < 0:
            self.parts.append(data)
            head, found, body = b"".join(self.parts).partition(b"\r\n\r\n")
            if not found:
                return
            self.parts.clear()
            fields = head.lower().split(b"\r\n")
            self.good = fields[0].split(b" ")[1] == b"200"
            size = next(field for field in fields if field.startswith(b"content-length:"))
            self.missing = int(size.split(b":")[1])
            data = body
        self.missing -= len(data)
        if self.missing == 0:
            self.missing = -1
            self.seen["times"][self.kind].append(time.perf_counter() - self.begun)
            self.seen["errors"] += not self.good
            self._ask()

    def connection_lost(self, _: Exception | None) -> None:
        """Count a connection that ended before its time."""
        if not self.done.done():
            self.seen["errors"] += 1
            self.done.set_result(None)


async def visit(plan: dict[str, Any]) -> dict[str, Any]:
    """Ask for pages until the time is over, or each was given."""
    if plan["seconds"] == 0:
        plan = {**plan, "left": iter([path for paths in plan["paths"] for path in paths])}
    seen: dict[str, Any] = {"times": [[] for _ in plan["paths"]], "errors": 0}
    loop = asyncio.get_running_loop()
    begun = time.perf_counter()
    made = [
        (await loop.create_connection(lambda n=n: Visitor(plan, n, seen), "127.0.0.1", plan["port"]))[1]  # type: ignore[misc]
        for n in range(plan["connections"])
    ]
    await asyncio.gather(*(visitor.done for visitor in made))
    return {**seen, "seconds": time.perf_counter() - begun}


if __name__ == "__main__":
    json.dump(asyncio.run(visit(json.load(sys.stdin))), sys.stdout)
