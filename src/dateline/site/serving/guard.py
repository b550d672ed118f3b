"""What stands before every page: limits of size and rate, the shut door of a private desk, and counting."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.codec import encode
from dateline.desk.phases.pushes import PATH as PUSHES
from dateline.site import rights
from dateline.site.owner.doors import client_key
from dateline.site.serving.answers import SECURITY

if TYPE_CHECKING:
    from dateline.site.serving.desk_site import Site

LONGEST_ADDRESS = 8192  # bytes of path and query
LONGEST_HEADERS = 32_768  # bytes of all header fields
LONGEST_BODY = 262_144  # bytes that a visitor may announce; what comes is counted where it is read
COSTS = (  # what asks more of the machine counts for more
    ("/static/", 0), ("/healthz", 0), ("/export/", 20), ("/search", 4), ("/api/v1/search", 4), ("/login", 4),
    ("/accounts/", 10), ("/map", 3), ("/events", 3),
)  # fmt: skip
_OPEN = (  # what a private desk shows to strangers
    "/login", "/static/", "/healthz", "/metrics", "/robots.txt", "/manifest.webmanifest", "/.well-known/",
    "/accounts/ClientLogin", "/reader/", PUSHES,
)  # fmt: skip
_PAGES = frozenset(
    "latest day topic place entity digest source story article event events map search corrections rejections about "
    "unread starred login logout marks static export api opml healthz metrics reader accounts".split()
)
_KEPT = 10_000  # visitors whose requests are counted


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Rate:
    """Count each visitor's requests: so many a minute, unused ones saved up to that number."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody known; `clock` gives seconds."""
        self.per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, visitor: str, cost: float) -> tuple[float, float]:
        """Take what a request costs; give what is left and the seconds to wait (0: it may go ahead)."""
        now, speed = self._clock(), self.per_minute / 60.0
        bucket = self._buckets.get(visitor)
        if bucket is None:
            bucket = self._buckets[visitor] = _Bucket(float(self.per_minute), now)
            while len(self._buckets) > _KEPT:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(visitor)
        bucket.left = min(float(self.per_minute), bucket.left + (now - bucket.at) * speed)
        bucket.at = now
        if bucket.left < cost:
            return bucket.left, (cost - bucket.left) / speed
        bucket.left -= cost
        return bucket.left, 0.0


class Guard:
    """An ASGI middleware around the whole site."""

    def __init__(self, app: ASGIApp, site: Site, rate: Rate) -> None:
        """Stand before `app`."""
        self.app = app
        self.site = site
        self.rate = rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what breaks a limit; hand all else on, and count the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        path: str = scope["path"]
        refusal, headers = self._looked_at(request, path)
        page = path.split("/", 2)[1].split(".", 1)[0]
        page = "front" if page in ("", "index") else page if page in _PAGES else "other"

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.site.metrics.answers.labels(page, str(message["status"])).inc()
                if headers and path.startswith("/api/"):
                    message["headers"] = [*message["headers"], *headers]
            await send(message)

        kept = self.site.again(request) if refusal is None and scope["method"] == "GET" else None
        await (refusal or kept or self.app)(scope, receive, counted)

    def _looked_at(self, request: Request, path: str) -> tuple[Response | None, list[tuple[bytes, bytes]]]:
        """Give the refusal of a request that breaks a limit, and the header fields that tell of the rate."""
        scope = request.scope
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            return self._refuse(path, 414, "address", f"An address may have {LONGEST_ADDRESS} bytes."), []
        if sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST_HEADERS:
            return self._refuse(path, 431, "headers", f"Header fields may have {LONGEST_HEADERS} bytes."), []
        length = request.headers.get("content-length", "0")
        if not path.startswith(PUSHES) and not (length.isascii() and length.isdecimal() and len(length) < 10):
            return self._refuse(path, 400, "body", "Content-Length is no number."), []
        if not path.startswith(PUSHES) and int(length) > LONGEST_BODY:
            return self._refuse(path, 413, "body", f"A body may have {LONGEST_BODY} bytes."), []
        headers, wait = self._counted(request, path)
        if wait > 0:
            said = f"Too many requests: try again in {math.ceil(wait)} seconds."
            return self._refuse(path, 429, "rate", said, math.ceil(wait)), headers
        if not path.startswith(_OPEN) and self.site.visitor(request).shut:
            if path.startswith("/api/"):
                return self._refuse(path, 401, "log-in", "This desk is shown to its owner alone."), headers
            return self.site.turned_away(request), headers
        return None, headers

    def _counted(self, request: Request, path: str) -> tuple[list[tuple[bytes, bytes]], float]:
        if self.rate.per_minute <= 0:
            return [], 0.0
        who = client_key(request)
        near = rights.loopback(who) and not rights.forwarded(request.headers)
        cost = (
            0
            if near or self.site.visitor(request).owner
            else next((cost for start, cost in COSTS if path.startswith(start)), 1)
        )
        left, wait = self.rate.take(who, cost)
        full = math.ceil((self.rate.per_minute - left) * 60.0 / self.rate.per_minute)
        said = {
            "ratelimit-limit": self.rate.per_minute, "ratelimit-remaining": max(0, int(left)),
            "ratelimit-reset": max(math.ceil(wait), full), "ratelimit-policy": f"{self.rate.per_minute};w=60",
        }  # fmt: skip
        return [(name.encode(), str(value).encode()) for name, value in said.items()], wait

    def _refuse(self, path: str, status: int, limit: str, said: str, wait: int | None = None) -> Response:
        self.site.metrics.limited.labels(limit).inc()
        headers = {**SECURITY, "cache-control": "no-store"}
        if wait is not None:
            headers["retry-after"] = str(wait)
        if path.startswith("/api/"):
            title = {401: "Log in", 429: "Too many requests"}.get(status, "Request too large")
            body = encode({"type": "about:blank", "title": title, "status": status, "detail": said})
            return Response(body, status, headers, media_type="application/problem+json")
        return Response(said + "\n", status, headers, media_type="text/plain; charset=utf-8")
