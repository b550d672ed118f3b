"""The polite client: one request at a time to an origin, robots.txt obeyed, conditional requests, nothing unbounded."""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import aiohttp

from dateline import __version__
from dateline.config import FetchSettings
from dateline.errors import FetchError
from dateline.sources.guard import GuardedResolver, is_allowed
from dateline.sources.robots import Robots

AGENT = "dateline"
GAP = 1.0  # seconds between two requests to one origin, where robots.txt asks for no more
MAX_REDIRECTS = 5
MAX_RETRY_AFTER = 86_400  # seconds; a host that asks for more is asked again after a day
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, after redirects."""

    status: int
    url: str  # where the body came from
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    moved: str | None = None  # the new address, where every redirect on the way was permanent

    @property
    def charset(self) -> str | None:
        """Give the charset that the Content-Type header names."""
        for part in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip(" \"'") or None
        return None


@dataclass(slots=True)
class _Gate:
    """One origin's turnstile."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    open_at: float = 0.0  # monotonic seconds
    gap: float = GAP
    robots: Robots | None = None


class Client:
    """Fetch over HTTP as a guest: use it as `async with Client(settings) as client`."""

    def __init__(self, settings: FetchSettings, *, gap: float = GAP) -> None:
        self.settings = settings
        self.networks = tuple(ipaddress.ip_network(n) for n in settings.allow_networks)
        self.gap = gap
        self.gates: dict[str, _Gate] = {}
        self.session: aiohttp.ClientSession | None = None

    @property
    def agent(self) -> str:
        """Name this program and whom to write to."""
        contact = f"; {self.settings.contact}" if self.settings.contact else ""
        return f"{AGENT}/{__version__} (self-hosted news desk{contact})"

    async def __aenter__(self) -> Client:
        connector = aiohttp.TCPConnector(resolver=GuardedResolver(self.networks), limit=100, limit_per_host=2)
        self.session = aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(total=self.settings.timeout, sock_connect=10),
            headers={"User-Agent": self.agent, "Accept-Encoding": "gzip, deflate, br"},
            max_line_size=16_384,
            max_field_size=16_384,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.session is not None:
            await self.session.close()

    async def get(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, accept: str | None = None
    ) -> Answer:
        """Fetch an address, politely and within all limits.

        Gives the answer whatever its status below 500 but 429 (304 has an empty body). Raises FetchError where the
        address is refused (scheme, private network, robots.txt), cannot be reached, asks to come back later, or
        breaks a limit.
        """
        headers = {"Accept": accept or "*/*"}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        here, permanent = url, True
        for _ in range(MAX_REDIRECTS + 1):
            self._check(here)
            answer = await self._turn(here, headers)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                return Answer(
                    answer.status, here, answer.headers, answer.body, here if permanent and here != url else None
                )
            permanent = permanent and answer.status in (301, 308)
            here = urljoin(here, target)
        raise FetchError(f"{url} redirects more than {MAX_REDIRECTS} times.")

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FetchError(f"{url} is not fetched: only http and https addresses are.")
        try:
            ipaddress.ip_address(parts.hostname)
        except ValueError:
            return  # a name: the resolver checks what it stands for
        if not is_allowed(parts.hostname, self.networks):
            raise FetchError(
                f"{url} is a private address and is not fetched: name its network in [fetch] allow_networks."
            )

    async def _turn(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Wait for this origin's turn, ask robots.txt the first time, and fetch."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.lower()}"
        gate = self.gates.setdefault(origin, _Gate(gap=self.gap))
        async with gate.lock:
            if gate.robots is None or gate.robots.is_stale(time.monotonic()):
                gate.robots = await self._robots(origin, gate)
                gate.gap = max(self.gap, min(gate.robots.crawl_delay(AGENT) or 0.0, 60.0))
            if not gate.robots.allows(AGENT, url):
                raise FetchError(f"{url} is not fetched: the publisher's robots.txt disallows it.")
            await self._wait(gate)
            try:
                answer = await self._fetch(url, headers)
            finally:
                gate.open_at = time.monotonic() + gate.gap
            if answer.status in (429, 503):
                pause = retry_after(answer.headers.get("retry-after"), datetime.now(UTC)) or 300.0
                gate.open_at = time.monotonic() + pause
                raise FetchError(f"{url} asks to come back in {pause:.0f} seconds.", status=answer.status)
            if answer.status >= 500:
                raise FetchError(f"{url} answered with status {answer.status}.", status=answer.status)
            return answer

    async def _wait(self, gate: _Gate) -> None:
        pause = gate.open_at - time.monotonic()
        if pause > 60:
            raise FetchError("The host asked for a pause that is not over yet.", status=429)
        if pause > 0:
            await asyncio.sleep(pause)

    async def _robots(self, origin: str, gate: _Gate) -> Robots:
        await self._wait(gate)
        url = origin + "/robots.txt"
        try:
            for _ in range(MAX_REDIRECTS + 1):
                self._check(url)
                answer = await self._fetch(url, {})
                target = answer.headers.get("location")
                if answer.status not in _REDIRECTS or not target:
                    return Robots.of(answer.status, answer.body, time.monotonic())
                url = urljoin(url, target)
        except FetchError:
            return Robots.of(None, b"", time.monotonic())
        finally:
            gate.open_at = time.monotonic() + gate.gap
        return Robots.of(404, b"", time.monotonic())  # RFC 9309 2.3.1.2: too many redirects count as unavailable

    async def _fetch(self, url: str, headers: Mapping[str, str]) -> Answer:
        assert self.session is not None, "use `async with Client(…)`"
        try:
            async with self.session.get(url, headers=headers, allow_redirects=False) as response:
                found = {k.lower(): v for k, v in response.headers.items()}
                if response.status in _REDIRECTS or response.status == 304:
                    return Answer(response.status, url, found, b"")
                body = bytearray()
                async for part in response.content.iter_chunked(65_536):
                    body += part
                    if len(body) > self.settings.max_bytes:
                        raise FetchError(f"{url} is larger than {self.settings.max_bytes} bytes.")
                return Answer(response.status, url, found, bytes(body))
        except TimeoutError:
            raise FetchError(f"{url} did not answer within {self.settings.timeout:g} seconds.") from None
        except aiohttp.ClientConnectorError as error:
            cause = error.__cause__ or error
            raise FetchError(
                str(cause) if isinstance(cause, FetchError) else f"{url} cannot be reached: {error}."
            ) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise FetchError(f"{url} cannot be fetched: {error or type(error).__name__}.") from None


def retry_after(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header in either form (RFC 9110 10.2.3) as seconds, at most a day; None if neither."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(min(int(value.strip()), MAX_RETRY_AFTER))
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, min((when - now).total_seconds(), float(MAX_RETRY_AFTER)))
