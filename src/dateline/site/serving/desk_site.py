"""The pages of one desk: who visits, what was made a moment ago, the forms of a page, and errors without a trace."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dateline.codec import encode
from dateline.config import Settings
from dateline.errors import UsageError
from dateline.site import feeds, links, render, rights
from dateline.site.owner.doors import Doors, Visitor
from dateline.site.serving.answers import Answer, finished, respond
from dateline.site.serving.asked import Latest
from dateline.site.serving.keeping import Calm, Key, Pages
from dateline.site.serving.metrics import Metrics
from dateline.site.serving.past import past, read_moment
from dateline.site.visit import Keeper, NotFound, View, Visit, site_clock, withdrawn
from dateline.store.changes import changes_of
from dateline.store.owner import owner_of
from dateline.store.ports import Reader
from dateline.text.moments import to_moment

_log = logging.getLogger("dateline.site")
WORKERS = 1  # pages made at once: two wait for each other at the interpreter's lock, at each row they read
_SLOW = ("/search", "/events", "/map", "/digest/", "/unread", "/starred", "/rejections")  # made beside the others
UNSURE = 2.0  # seconds that pages of a store are kept which cannot tell of changes
_NO_PAGE = "No page has this address."
_FAILED = "This page could not be made. The desk’s log says why."
_ODD_METHOD = "This address answers no request of that kind."
_TITLES = {
    400: "That cannot be read", 403: "That is not allowed", 404: "Not found", 405: "That cannot be done here",
    408: "Too slow", 413: "Too much", 415: "That cannot be read", 503: "Busy just now",
}  # fmt: skip
_SHUT = "This desk is shown to its owner alone: log in first."


class Site:
    """The pages of one desk: what they read, and the answers given a moment ago."""

    def __init__(self, reader: Reader, settings: Settings, clock: str | None, cache_seconds: float) -> None:
        """Keep the reader and the settings; nothing is read yet."""
        self.reader = reader
        self.settings = settings
        self.kept = owner_of(reader)
        self.doors = Doors(settings, self.kept)
        self.metrics = Metrics()
        self._clock = clock
        changes = changes_of(reader)
        self._changes = Calm(changes) if changes is not None else None
        self._pages = Pages(cache_seconds if self._changes is not None else min(cache_seconds, UNSURE))
        self._latest = Latest(reader, self._changes)
        self._workers = ThreadPoolExecutor(WORKERS, "page")
        self._slow = ThreadPoolExecutor(WORKERS, "slow-page")
        self._running: dict[tuple[Key, object], asyncio.Future[Answer]] = {}

    def visitor(self, request: Request) -> Visitor:
        """Tell who is asking; found out once a request."""
        found: Visitor | None = getattr(request.state, "visitor", None)
        if found is None:
            found = request.state.visitor = self.doors.visitor(request)
        return found

    def keeper(self, visitor: Visitor) -> Keeper | None:
        """Give what the owner may do on a visit; None for all others."""
        if not visitor.owner:
            return None
        return Keeper(self.kept, self.doors.form_token(visitor), visitor.session is not None)

    def now(self) -> datetime:
        """Tell what time it is at the desk."""
        return site_clock(self.reader, self.settings, self._clock)

    def visit(self, request: Request) -> Visit:
        """Begin a visit; `?asof=` makes it one of a past state. Raises UsageError where that is no moment."""
        visitor = self.visitor(request)
        query = dict(request.query_params)
        reader, gone = self._latest.state(withdrawn)
        made = partial(
            Visit, settings=self.settings, profile=visitor.profile, path=request.url.path, query=query,
            owner=self.keeper(visitor), gone=gone,
        )  # fmt: skip
        wanted = query.get("asof")
        if wanted is None:
            return made(reader=reader, now=self.now())
        now = read_moment(wanted)
        moment = to_moment(now)
        return made(reader=past(self.reader, moment), now=now, asof=moment, today=self.reader)

    def base(self, request: Request) -> str:
        """Give the address that feeds write before their links."""
        if self.settings.site.address:
            return self.settings.site.address.rstrip("/")
        return f"{request.url.scheme}://{request.url.netloc}"

    def forget(self) -> None:
        """Forget the answers kept, since something the owner did shows in them."""
        self._pages.clear()
        if self._changes is not None:
            self._changes.look()

    def endpoint(self, handler: Callable[..., View]) -> Callable[[Request], object]:
        """Wrap a page's handler: forms, cache, errors."""

        async def answer(request: Request) -> Response:
            if self._pages.seconds <= 0:
                return respond(request, await self._work(request, handler))
            key = self._key(request)
            change = await self._change()
            found = self._pages.get(key, change)
            if found is not None:
                self.metrics.kept.inc()
                return respond(request, found)
            # Whoever asks while a page is being made waits for that one: a flood costs one rendering. After a change
            # of the store it is made anew.
            running = self._running.get((key, change))
            if running is None:
                running = asyncio.ensure_future(self._work(request, handler))
                self._running[key, change] = running
                running.add_done_callback(partial(self._keep, key, change))
            return respond(request, await asyncio.shield(running))

        return answer

    def again(self, request: Request) -> Response | None:
        """Give a page that was made before and is true still, at once; None where it must be made."""
        if self._changes is None or not self._changes.quick or self._pages.seconds <= 0:
            return None
        found = self._pages.get(self._key(request), self._changes.now())
        if found is None:
            return None
        self.metrics.kept.inc()
        return respond(request, found)

    def _key(self, request: Request) -> Key:
        """Tell pages apart: by address, and by who asks, since nobody may see what was made for other eyes."""
        scope, visitor = request.scope, self.visitor(request)
        server = tuple(scope.get("server") or ())
        base = self.settings.site.address or (scope["scheme"], request.headers.get("host"), server)
        return scope["path"], scope["query_string"], visitor, base

    async def _change(self) -> object:
        """Tell which state of the store is the last."""
        if self._changes is None:
            return None
        return self._changes.now() if self._changes.quick else await run_in_threadpool(self._changes.now)

    def turned_away(self, request: Request) -> Response:
        """Send a stranger to the log-in; programs are told so."""
        path = request.url.path
        if path.endswith(tuple(f".{form}" for form in links.FORMS)) or path.startswith(("/export/", "/opml")):
            body = encode({"error": {"code": "log_in", "message": _SHUT}})
            return respond(request, finished(401, "application/json", body), "no-store")
        wanted = path + (f"?{request.url.query}" if request.url.query else "")
        where = "/login?next=" + quote(wanted[:2000], safe="")
        return respond(request, finished(303, "text/plain", b"", (("location", where),)), "no-store")

    async def _work(self, request: Request, handler: Callable[..., View]) -> Answer:
        """Make a page beside the event loop; those that take long stand in a queue of their own."""
        workers = self._slow if request.scope["path"].startswith(_SLOW) else self._workers
        return await asyncio.get_running_loop().run_in_executor(workers, self._safely, request, handler)

    def _keep(self, key: Key, change: object, done: asyncio.Future[Answer]) -> None:
        """Keep a finished page."""
        self._running.pop((key, change), None)
        if not done.cancelled() and done.exception() is None and done.result().status == 200:
            self._pages.put(key, change, done.result())

    def _safely(self, request: Request, handler: Callable[..., View]) -> Answer:
        """Make a page, or the page that says it could not be made."""
        try:
            with self.metrics.making.time():
                return self._make(request, handler)
        except Exception:  # noqa: BLE001  one page that fails must not take the others down
            _log.exception("%s could not be shown", request.url.path)
            return self.failed(request, 500)

    def _make(self, request: Request, handler: Callable[..., View]) -> Answer:
        parts = {name: str(value) for name, value in request.path_params.items()}
        form = parts.pop("form", "")
        try:
            visit = self.visit(request)
        except UsageError as error:
            return self.failed(request, 400, str(error), form)
        visit.form = form
        if form:
            visit.path = request.url.path.removesuffix(f".{form}")
        if visit.path == "/index":
            visit.path = "/"
        try:
            view = handler(visit, **parts)
        except NotFound as error:
            return self.failed(request, 404, str(error), form)
        return written(view, visit, form, base=self.base(request), asked=request.url.query) or self.failed(
            request, 404, "This page has no feed.", form
        )

    def failed(self, request: Request, status: int, message: str | None = None, form: str = "") -> Answer:
        """Say what is not there or went wrong, without the trace."""
        missing = status == 404
        text = message or (_NO_PAGE if missing else _FAILED)
        if form:
            code = "not_found" if missing else "bad_request" if status == 400 else "failed"
            return finished(status, "application/json", encode({"error": {"code": code, "message": text}}))
        title = _TITLES.get(status, "Something went wrong")
        view = View("error.html", title, {"message": text}, dict, status=status, noindex=True)
        page = render.html(
            view, settings=self.settings, profile="link", path=request.url.path, query="", owner=self._known(request),
            now=datetime.now(UTC),  # not the desk's clock: the store may be what failed
        )  # fmt: skip
        return finished(status, "text/html; charset=utf-8", page.encode("utf-8", "replace"))

    def _known(self, request: Request) -> Keeper | None:
        """Give the owner's side of an error's page; None too where the store that knows the sessions is what failed."""
        try:
            return self.keeper(self.visitor(request))
        except Exception:  # noqa: BLE001  what it is, the log says: this page must be made
            return None

    async def not_routed(self, request: Request, error: Exception) -> Response:
        """Answer what no route or method serves."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        message = None if status in (404, 500) else str(getattr(error, "detail", "")) or None
        message = _ODD_METHOD if status == 405 else message
        made = await run_in_threadpool(self.failed, request, status, message)
        answer = respond(request, made)
        for name, value in (getattr(error, "headers", None) or {}).items():  # such as Allow
            answer.headers[name] = value
        return answer


def written(view: View, visit: Visit, form: str, *, base: str, asked: str, static: bool = False) -> Answer | None:
    """Write a view in a form: HTML where `form` is empty, records, or a feed; None where it has no feed.

    `base` is the site's address without a slash at its end, `asked` the query as it was written.
    """
    if view.status == 308:  # a story that was merged into another
        target = view.canonical or "/"
        return finished(308, "text/plain", b"", (("location", links.twin(target, form) if form else target),))
    robots = (("x-robots-tag", "noindex"),) if view.noindex else ()
    if form == "json":
        visit.budget = rights.Budget(visit.profile, visit.withdrawn)
        return finished(view.status, "application/json", encode(view.records()), robots)
    if form and view.feed is None:
        return None
    if form:
        title = "dateline" if view.canonical == "/" else f"{view.title} · dateline"
        path = visit.path + (f"?{asked}" if asked else "")
        body = feeds.write(form, title=title, base=base, path=path, items=view.feed or ())
        return finished(view.status, feeds.MEDIA[form], body)
    text = render.html(
        view, settings=visit.settings, profile=visit.profile, now=visit.now, path=visit.path, query=asked,
        owner=visit.owner, static=static, asof=visit.asof,
    )  # fmt: skip
    return finished(view.status, "text/html; charset=utf-8", text.encode("utf-8", "replace"), robots)
