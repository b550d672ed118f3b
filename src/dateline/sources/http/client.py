"""The polite client: one request at a time to an origin, robots.txt obeyed, conditional requests, nothing unbounded."""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import aiohttp

from dateline import __version__
from dateline.config import FetchSettings
from dateline.errors import FetchError
from dateline.sources.http import robots, unpacking
from dateline.sources.http.gates import GAP, Gate, Gates, origin_of
from dateline.sources.http.guard import GuardedResolver, is_allowed
from dateline.sources.http.hosts import Document, Hosts
from dateline.sources.http.robots import Robots

AGENT = "dateline"
MAX_REDIRECTS = 5
MAX_RETRY_AFTER = 86_400  # seconds; a host that asks for more is asked again after a day
FIRST_BYTE = 15.0  # seconds until the answer's head is there
PATIENCE = 60.0  # seconds that a request waits for its host's turn within a pass; longer pauses wait for the next pass
STRIKES = 2  # requests in a row without an answer, after which a host is left alone for the rest of the pass
_UNASKED = 300.0  # seconds; the pause after a 429 or 503 that names none
_LONGEST_GAP = 60.0  # seconds; a longer Crawl-delay would starve the host's own feeds
_REDIRECTS = (301, 302, 303, 307, 308)
_WELL_KNOWN = 256_000  # bytes of tdmrep.json


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, after redirects."""

    status: int
    url: str  # where the body came from
    headers: Mapping[str, str]  # names in lower case; several of one name joined by a comma
    body: bytes  # without its content coding
    moved: str | None = None  # the new address, where every redirect on the way was permanent

    @property
    def charset(self) -> str | None:
        """Give the charset that the Content-Type header names."""
        for part in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip(" \"'") or None
        return None


class Client:
    """Fetch over HTTP as a guest: use it as `async with Client(settings) as client`."""

    def __init__(
        self,
        settings: FetchSettings,
        *,
        gap: float = GAP,
        hosts: Hosts | None = None,
        waiting: float = float("inf"),
    ) -> None:
        """Make a client; after `waiting` seconds no request waits for its host's turn any longer."""
        self.settings = settings
        self.ends = time.monotonic() + waiting
        self.networks = tuple(ipaddress.ip_network(n) for n in settings.allow_networks)
        self.hosts = hosts or Hosts()
        self.gates = Gates(gap, self.hosts)
        self.session: aiohttp.ClientSession | None = None

    @property
    def agent(self) -> str:
        """Name this program and whom to write to."""
        contact = f"; {self.settings.contact}" if self.settings.contact else ""
        return f"{AGENT}/{__version__} (self-hosted news desk{contact})".encode("ascii", "replace").decode()

    async def __aenter__(self) -> Client:
        connector = aiohttp.TCPConnector(
            resolver=GuardedResolver(self.networks), limit=0, limit_per_host=2, ttl_dns_cache=300, keepalive_timeout=5
        )
        self.session = aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(total=self.settings.timeout, sock_connect=min(10, self.settings.timeout)),
            headers={"User-Agent": self.agent, "Accept-Encoding": unpacking.CODINGS},
            max_line_size=16_384,
            max_field_size=16_384,
            max_headers=128,
            auto_decompress=False,
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
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str | None = None,
        limit: int | None = None,
    ) -> Answer:
        """Fetch an address, politely and within all limits; `limit` (bytes) narrows the one of the settings.

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
            gate = self.check(here)
            rules = await self.rules(gate)
            if rules.unknown:
                raise FetchError(f"{here} is not fetched now: robots.txt of its host cannot be read{rules.why}.")
            if not rules.allows(AGENT, here):
                raise FetchError(f"{here} is not fetched: the publisher's robots.txt disallows it.", refused=True)
            answer = await self._turn(gate, here, headers, limit)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                moved = here if permanent and here != url and answer.status in (200, 304) else None
                return Answer(answer.status, here, answer.headers, answer.body, moved)
            permanent = permanent and answer.status in (301, 308)
            here = _onward(here, target)
        raise FetchError(f"{url} redirects more than {MAX_REDIRECTS} times.")

    async def post(self, url: str, fields: Mapping[str, str]) -> Answer:
        """Send a form, politely; redirects are not followed. Raises FetchError as `get` does."""
        gate = self.check(url)
        return await self._turn(gate, url, {}, _WELL_KNOWN, fields)

    async def well_known(self, url: str) -> bytes:
        """Give the tdmrep.json of an address's origin, asked for once a day; empty where there is none."""
        gate = self.check(url)
        async with gate.asking:
            known = self.hosts.document(gate.origin, "tdm")
            if known is not None and known.aged(time.time()) < robots.LIFETIME:
                return known.body
            status, body = None, b""
            try:
                answer = await self.get(gate.origin + "/.well-known/tdmrep.json", limit=_WELL_KNOWN)
                status, body = answer.status, answer.body if answer.status == 200 else b""
            except FetchError as error:
                if error.unasked:
                    raise
                status = error.status
            self.hosts.learn(gate.origin, "tdm", Document(status, body, time.time()))
            return body

    async def rules(self, gate: Gate) -> Robots:
        """Give the rules of an origin, asking robots.txt where they are unknown or stale."""
        async with gate.learning:
            if gate.robots is not None and not gate.robots.is_stale(time.time()):
                return gate.robots
            known = self.hosts.document(gate.origin, "robots")
            made = Robots.of(known.status, known.body, known.fetched) if known else None
            if made is None or made.is_stale(time.time()):
                found = await self._ask_robots(gate)
                made = Robots.of(found.status, found.body, found.fetched)
                if made.unknown and known is not None:  # RFC 9309 2.4: what is known holds while it is unreachable
                    found = replace(known, fetched=time.time() - robots.LIFETIME + robots.RETRY)
                    made = Robots.of(found.status, found.body, found.fetched)
                self.hosts.learn(gate.origin, "robots", found)
            gate.obey(made, AGENT, _LONGEST_GAP)
            return made

    def opens(self, origin: str) -> float:
        """Say when an origin may be asked next (monotonic seconds): at once where it would be refused anyhow."""
        gate = self.gates[origin]
        wait = gate.open_at - time.monotonic()
        refused = wait > PATIENCE or gate.strikes >= STRIKES or (wait > 0 and gate.open_at > self.ends)
        return 0.0 if refused else gate.open_at

    def check(self, url: str) -> Gate:
        """Refuse what is no public web address and give the gate of its origin; raises FetchError."""
        try:
            parts = urlsplit(url)
            origin = origin_of(url)
        except ValueError:
            raise FetchError(f"{url[:200]!r} is no address.", refused=True) from None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FetchError(f"{url} is not fetched: only http and https addresses are.", refused=True)
        try:
            ipaddress.ip_address(parts.hostname)
        except ValueError:
            return self.gates[origin]  # a name: the resolver checks what it stands for
        if not is_allowed(parts.hostname, self.networks):
            raise FetchError(
                f"{url} is a private address and is not fetched: name its network in [fetch] allow_networks.",
                refused=True,
            )
        return self.gates[origin]

    async def _turn(
        self,
        gate: Gate,
        url: str,
        headers: Mapping[str, str],
        limit: int | None,
        form: Mapping[str, str] | None = None,
    ) -> Answer:
        """Wait for an origin's turn and send one request."""
        async with gate.turn:
            if gate.strikes >= STRIKES:
                raise FetchError(f"{gate.origin} does not answer: it is left alone until the next pass.")
            pause = gate.open_at - time.monotonic()
            if pause > PATIENCE:
                raise FetchError(
                    f"{gate.origin} asked for a pause of {pause:.0f} more seconds.",
                    status=429,
                    after=pause,
                    unasked=True,
                )
            if pause > 0 and gate.open_at > self.ends:
                raise FetchError(f"{url} waits for its host's turn in the next pass.", unasked=True)
            if pause > 0:
                await asyncio.sleep(pause)
            try:
                answer = await self._fetch(url, headers, limit or self.settings.max_bytes, form)
                gate.strikes = 0
            except _NoAnswer as error:
                gate.strikes += 1
                raise FetchError(str(error)) from None
            finally:
                gate.shut()
            if answer.status in (429, 503):
                asked = retry_after(answer.headers.get("retry-after"), datetime.now(UTC))
                pause = _UNASKED if asked is None else max(asked, gate.gap)
                gate.open_at = time.monotonic() + pause
                self.hosts.leave(gate.origin, time.time() + pause)
                raise FetchError(f"{url} asks to come back in {pause:.0f} seconds.", status=answer.status, after=pause)
            if answer.status >= 500:
                raise FetchError(f"{url} answered with status {answer.status}.", status=answer.status)
            return answer

    async def _ask_robots(self, gate: Gate) -> Document:
        """Ask for robots.txt, through the gate of each origin that it redirects to."""
        url = gate.origin + "/robots.txt"
        try:
            for _ in range(MAX_REDIRECTS + 1):
                answer = await self._turn(self.check(url), url, {}, robots.MAX_BYTES * 4)
                target = answer.headers.get("location")
                if answer.status not in _REDIRECTS or not target:
                    return Document(answer.status, answer.body[: robots.MAX_BYTES], time.time())
                url = _onward(url, target)
        except FetchError as error:
            if error.unasked or (error.refused and url.startswith(gate.origin)):
                raise  # nothing was learnt of the host
            why = str(error).rstrip(".").encode()
            return Document(error.status if error.status != 429 else None, why, time.time())
        return Document(404, b"", time.time())  # RFC 9309 2.3.1.2: too many redirects count as unavailable

    async def _fetch(self, url: str, headers: Mapping[str, str], limit: int, form: Mapping[str, str] | None) -> Answer:
        assert self.session is not None, "use `async with Client(…)`"
        method = "GET" if form is None else "POST"
        seconds = self.settings.timeout
        try:
            async with asyncio.timeout(min(FIRST_BYTE, seconds)) as head:
                async with self.session.request(method, url, headers=headers, data=form, allow_redirects=False) as got:
                    head.reschedule(asyncio.get_running_loop().time() + seconds)
                    found = _headers(got)
                    bodiless = got.status in _REDIRECTS or got.status == 304 or got.status in (429, 503)
                    body = b"" if bodiless else await _body(got, url, limit)
            return Answer(got.status, url, found, self._unpacked(body, found, url, limit))
        except TimeoutError:
            raise _NoAnswer(f"{url} did not answer within {seconds:g} seconds.") from None
        except aiohttp.ClientConnectorError as error:
            cause = error.__cause__ or error
            if isinstance(cause, FetchError):
                raise cause from None
            raise _NoAnswer(f"{url} cannot be reached: {error}.") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise FetchError(f"{url} cannot be fetched: {_brief(error)}.") from None

    def _unpacked(self, body: bytes, headers: Mapping[str, str], url: str, limit: int) -> bytes:
        try:
            return unpacking.unpack(body, headers.get("content-encoding", ""), limit)
        except unpacking.TooLarge:
            raise FetchError(f"{url} unpacks to more than {limit} bytes.") from None
        except ValueError as error:
            raise FetchError(f"{url} cannot be read: {error}.") from None


class _NoAnswer(Exception):
    """Say that a host did not answer at all, or not in time."""


def _headers(got: aiohttp.ClientResponse) -> dict[str, str]:
    out: dict[str, str] = {}
    for name, value in got.headers.items():
        key = name.lower()
        clean = value.encode("utf-8", "replace").decode("utf-8")  # aiohttp hands on odd bytes as surrogates
        out[key] = f"{out[key]}, {clean}" if key in out else clean
    return out


async def _body(got: aiohttp.ClientResponse, url: str, limit: int) -> bytes:
    length = got.content_length
    if length is not None and length > limit:
        got.close()
        raise FetchError(f"{url} is larger than {limit} bytes.")
    body = bytearray()
    async for part in got.content.iter_chunked(65_536):
        body += part
        if len(body) > limit:
            got.close()
            raise FetchError(f"{url} is larger than {limit} bytes.")
    return bytes(body)


def _onward(here: str, target: str) -> str:
    try:
        return urljoin(here, target)
    except ValueError:
        raise FetchError(f"{here} redirects to {target[:200]!r}, which is no address.") from None


def _brief(error: BaseException) -> str:
    return " ".join((str(error) or type(error).__name__).split())[:300].rstrip(".")


def retry_after(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header in either form (RFC 9110 10.2.3) as seconds, at most a day; None if neither."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(min(int(value.strip()[:12]), MAX_RETRY_AFTER))
    try:
        when = parsedate_to_datetime(value)
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        return max(0.0, min((when - now).total_seconds(), float(MAX_RETRY_AFTER)))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
