"""The site as an ASGI application: addresses, forms of a page, headers, a short cache, and errors without a trace."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from dateline.codec import encode
from dateline.config import Settings
from dateline.site import explore, feeds, links, pages, plain, render, rights
from dateline.site.assets import assets
from dateline.site.visit import NotFound, View, Visit, site_clock
from dateline.store.ports import Reader

_log = logging.getLogger("dateline.site")

SECURITY = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
CACHE_SECONDS = 2.0  # a pass shows within this time; a flood of readers costs one rendering in it
WORKERS = 3  # pages made at once: more only wait for each other at the interpreter's lock
CACHED = 512  # pages kept
_NO_PAGE = "No page has this address."
_FAILED = "This page could not be made. The desk's log says why."
_SMALLEST_PACKED = 600  # bytes below which compression is not worth its header


class _Form(Convertor[str]):
    regex = "|".join(links.FORMS)

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("form", _Form())

PAGES: tuple[tuple[str, Callable[..., View]], ...] = (
    ("/latest", pages.latest),
    ("/day/{year:str}/{month:str}/{number:str}", pages.day),
    ("/topic/{slug:str}", pages.topic),
    ("/place/{country:str}", pages.place),
    ("/place/{country:str}/{admin1:str}", pages.place),
    ("/source/{domain:str}", pages.source),
    ("/story/{ref:str}", pages.story),
    ("/article/{id:str}", pages.article),
    ("/event/{id:str}", pages.event),
    ("/events", explore.events),
    ("/map", explore.world),
    ("/search", explore.search),
    ("/corrections", pages.corrections),
    ("/rejections", pages.rejections),
    ("/about", pages.about),
    ("/about/methods", pages.methods),
    ("/about/codebook", pages.codebook),
    ("/about/rights", pages.rights_page),
)


@dataclass(frozen=True, slots=True)
class _Answer:
    """A finished answer that can be sent many times."""

    status: int
    media: str
    body: bytes
    packed: bytes | None
    tag: str
    headers: tuple[tuple[str, str], ...] = ()


class Site:
    """The pages of one desk: what they read, and the answers given a moment ago."""

    def __init__(self, reader: Reader, settings: Settings, clock: str | None, cache_seconds: float) -> None:
        """Keep the reader and the settings; nothing is read yet."""
        self.reader = reader
        self.settings = settings
        self._clock = clock
        self._seconds = cache_seconds
        self._workers = ThreadPoolExecutor(WORKERS, "page")
        self._running: dict[tuple[str, ...], asyncio.Future[_Answer]] = {}
        self._kept: OrderedDict[tuple[str, ...], tuple[float, _Answer]] = OrderedDict()

    def visit(self, request: Request) -> Visit:
        """Begin a visit."""
        return Visit(
            reader=self.reader,
            settings=self.settings,
            profile=self.profile(request),
            now=site_clock(self.reader, self.settings, self._clock),
            path=request.url.path,
            query=dict(request.query_params),
        )

    def profile(self, request: Request) -> rights.Profile:
        """Choose the rights of a visit."""
        server = request.scope.get("server")
        return rights.profile(
            self.settings, server[0] if server else None, request.url.hostname, list(request.headers.keys())
        )

    def base(self, request: Request) -> str:
        """Give the address that feeds write before their links."""
        if self.settings.site.address:
            return self.settings.site.address.rstrip("/")
        return f"{request.url.scheme}://{request.url.netloc}"

    def endpoint(self, handler: Callable[..., View]) -> Callable[[Request], object]:
        """Wrap a page's handler: forms, cache, errors."""

        async def answer(request: Request) -> Response:
            key = (request.url.path, request.url.query, self.profile(request), self.base(request))
            found = self._kept.get(key)
            if found is not None and found[0] > time.monotonic():
                return _respond(request, found[1])
            if self._seconds <= 0:
                return _respond(request, await self._work(request, handler))
            # Whoever asks while a page is being made waits for that one: a flood costs one rendering.
            running = self._running.get(key)
            if running is None:
                running = asyncio.ensure_future(self._work(request, handler))
                self._running[key] = running
                running.add_done_callback(lambda done: self._keep(key, done))
            return _respond(request, await asyncio.shield(running))

        return answer

    async def _work(self, request: Request, handler: Callable[..., View]) -> _Answer:
        """Make a page beside the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._workers, self._safely, request, handler)

    def _keep(self, key: tuple[str, ...], done: asyncio.Future[_Answer]) -> None:
        """Keep a finished page for a moment."""
        self._running.pop(key, None)
        if done.cancelled() or done.exception() is not None or done.result().status != 200:
            return
        self._kept[key] = (time.monotonic() + self._seconds, done.result())
        self._kept.move_to_end(key)
        while len(self._kept) > CACHED:
            self._kept.popitem(last=False)

    def _safely(self, request: Request, handler: Callable[..., View]) -> _Answer:
        """Make a page, or the page that says it could not be made."""
        try:
            return self._make(request, handler)
        except Exception:  # noqa: BLE001  one page that fails must not take the others down
            _log.exception("%s could not be shown", request.url.path)
            return self._failed(request, 500)

    def _make(self, request: Request, handler: Callable[..., View]) -> _Answer:
        parts = {name: str(value) for name, value in request.path_params.items()}
        form = parts.pop("form", "")
        visit = self.visit(request)
        if form:
            visit.path = request.url.path.removesuffix(f".{form}")
        if visit.path == "/index":
            visit.path = "/"
        try:
            view = handler(visit, **parts)
        except NotFound as error:
            return self._failed(request, 404, str(error), form)
        if view.status == 308:  # a story that was merged into another
            target = view.canonical or "/"
            return _answer(308, "text/plain", b"", (("location", links.twin(target, form) if form else target),))
        if form == "json":
            visit.budget = rights.Budget(visit.profile, visit.withdrawn)
            return _answer(view.status, "application/json", encode(view.records()), _robots(view))
        if form and view.feed is None:
            return self._failed(request, 404, "This page has no feed.", form)
        if form:
            path = visit.path + (f"?{request.url.query}" if request.url.query else "")
            body = feeds.write(form, title=_title(view), base=self.base(request), path=path, items=view.feed or ())
            return _answer(view.status, feeds.MEDIA[form], body)
        text = render.html(
            view, settings=self.settings, profile=visit.profile, now=visit.now, path=visit.path, query=request.url.query
        )
        return _answer(view.status, "text/html; charset=utf-8", text.encode("utf-8", "replace"), _robots(view))

    def _failed(self, request: Request, status: int, message: str | None = None, form: str = "") -> _Answer:
        """Say what is not there or went wrong, without the trace."""
        missing = status == 404
        text = message or (_NO_PAGE if missing else _FAILED)
        if form:
            code = "not_found" if missing else "failed"
            return _answer(status, "application/json", encode({"error": {"code": code, "message": text}}))
        title = "Not found" if missing else "Something went wrong"
        view = View("error.html", title, {"message": text}, dict, status=status, noindex=True)
        now = datetime.now(UTC)  # not the desk's clock: the store may be what failed
        page = render.html(
            view, settings=self.settings, profile=self.profile(request), now=now, path=request.url.path, query=""
        )
        return _answer(status, "text/html; charset=utf-8", page.encode("utf-8", "replace"))

    async def not_routed(self, request: Request, error: Exception) -> Response:
        """Answer what no route or method serves."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        message = None if status in (404, 500) else str(getattr(error, "detail", "")) or None
        made = await run_in_threadpool(self._failed, request, status, message)
        return _respond(request, made)


def _title(view: View) -> str:
    return "dateline" if view.canonical == "/" else f"{view.title} · dateline"


def _robots(view: View) -> tuple[tuple[str, str], ...]:
    return (("x-robots-tag", "noindex"),) if view.noindex else ()


def _answer(status: int, media: str, body: bytes, headers: tuple[tuple[str, str], ...] = ()) -> _Answer:
    packed = gzip.compress(body, 5, mtime=0) if len(body) > _SMALLEST_PACKED else None
    return _Answer(status, media, body, packed, hashlib.sha256(body).hexdigest()[:20], headers)


def _respond(request: Request, made: _Answer, cache: str = "no-cache") -> Response:
    """Send an answer: compressed where the visitor can read that, and not again where nothing changed."""
    headers = {**SECURITY, "cache-control": cache, "vary": "accept-encoding", **dict(made.headers)}
    zipped = made.packed is not None and "gzip" in request.headers.get("accept-encoding", "")
    tag = f'"{made.tag}{"-gzip" if zipped else ""}"'
    if made.status == 200:
        headers["etag"] = tag
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
    if zipped:
        headers["content-encoding"] = "gzip"
    body = made.packed if zipped and made.packed is not None else made.body
    return Response(body, made.status, headers, media_type=made.media)


async def _static(request: Request) -> Response:
    asset = assets().get(request.path_params["name"])
    if asset is None:
        raise HTTPException(404)
    kept = "public, max-age=31536000, immutable" if request.query_params.get("v") == asset.tag else "no-cache"
    made = _Answer(200, asset.media, asset.body, asset.packed, asset.tag)
    return _respond(request, made, kept)


def _routes(site: Site) -> list[BaseRoute]:
    made: list[BaseRoute] = [
        Route("/", site.endpoint(pages.front)),
        Route("/index.{form:form}", site.endpoint(pages.front)),
    ]
    for address, handler in PAGES:
        endpoint = site.endpoint(handler)
        made += [Route(address + ".{form:form}", endpoint), Route(address, endpoint)]
    from dateline.site.api import make_api  # FastAPI takes half a second to load: not for those who want no site

    return [*plain.routes(site), Route("/static/{name:str}", _static), Mount("/api/v1", make_api(site)), *made]


def make_app(
    reader: Reader, settings: Settings, *, clock: str | None = None, cache_seconds: float = CACHE_SECONDS
) -> Starlette:
    """Make the site of one desk.

    `clock` is the moment that counts as now; without it DATELINE_NOW, for the sample desk its newest article, else the
    clock on the wall. `cache_seconds` is how long a finished page may be given again.
    """
    site = Site(reader, settings, clock, cache_seconds)
    app = Starlette(
        routes=_routes(site), exception_handlers={HTTPException: site.not_routed, Exception: site.not_routed}
    )
    app.state.site = site
    app.router.redirect_slashes = False
    return app
