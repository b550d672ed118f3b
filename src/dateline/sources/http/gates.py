"""One gate an origin (scheme, host, port): one request at a time, with a pause between two."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from zlib import crc32

from dateline.sources.http.hosts import Hosts
from dateline.sources.http.robots import Robots

GAP = 1.0  # seconds between two requests to one origin, where robots.txt asks for no more
_JITTER = 0.25  # of the gap, on top: many desks must not beat in time


@dataclass(slots=True)
class Gate:
    """One origin's turnstile."""

    origin: str
    gap: float
    open_at: float = 0.0  # monotonic seconds
    robots: Robots | None = None
    strikes: int = 0  # requests in a row without an answer
    requests: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)  # held while a request is under way
    learning: asyncio.Lock = field(default_factory=asyncio.Lock)  # held while robots.txt is asked for
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)  # held while tdmrep.json is asked for

    def shut(self) -> None:
        """Close after a request until the gap, with its jitter, is over."""
        self.requests += 1
        part = crc32(f"{self.origin} {self.requests}".encode()) / 0xFFFFFFFF
        self.open_at = time.monotonic() + self.gap * (1 + _JITTER * part)

    def obey(self, rules: Robots, agent: str, longest: float) -> None:
        """Take on the publisher's rules and its pause between requests, up to `longest` seconds."""
        self.robots = rules
        self.gap = max(self.gap, min(rules.crawl_delay(agent) or 0.0, longest))
        if self.requests:  # the request that brought the rules counts already
            self.open_at = max(self.open_at, time.monotonic() + self.gap)


class Gates:
    """The gates of all origins met, each made when it is first asked for."""

    def __init__(self, gap: float, hosts: Hosts) -> None:
        self.gap, self.hosts = gap, hosts
        self.met: dict[str, Gate] = {}

    def __getitem__(self, origin: str) -> Gate:
        gate = self.met.get(origin)
        if gate is None:
            gate = self.met[origin] = Gate(origin, self.gap)
            peace = self.hosts.peace(origin) - time.time()
            if peace > 0:
                gate.open_at = time.monotonic() + peace
        return gate


def origin_of(url: str) -> str:
    """Give scheme, host and port of an address; raises ValueError where it is none."""
    parts = urlsplit(url)
    port = parts.port
    name = (parts.hostname or "").lower()
    name = f"[{name}]" if ":" in name else name
    usual = port is None or (parts.scheme, port) in (("http", 80), ("https", 443))
    return f"{parts.scheme.lower()}://{name}" + ("" if usual else f":{port}")
