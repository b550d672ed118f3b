"""The addresses of the Google Reader API."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dateline.errors import StoreError
from dateline.site.greader import items, streams
from dateline.site.owner.doors import Visitor, client_key, same_site
from dateline.site.owner.forms import Form, read_form
from dateline.site.owner.marks import mark_articles
from dateline.site.visit import Visit
from dateline.store.owner import Chosen

if TYPE_CHECKING:
    from dateline.site.serving.desk_site import Site

_log = logging.getLogger("dateline.site")
API = "/reader/api/0"
_HEADERS = {
    "cache-control": "no-store", "x-content-type-options": "nosniff", "x-robots-tag": "noindex",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'", "referrer-policy": "same-origin",
}  # fmt: skip
_USER = {"userId": "1", "userName": "owner", "userProfileId": "1", "userEmail": "", "isBloggerUser": False}
_TENDED = "Sources are tended on the desk's own machine: dateline add, dateline source remove."
Handler = Callable[[Request, Visit, Form], Awaitable[Response]]


def routes(site: Site) -> list[BaseRoute]:
    """List the routes."""
    reader = _Reader(site)
    made: list[tuple[str, Handler]] = [
        ("/token", reader.token), ("/user-info", reader.user), ("/subscription/list", reader.subscriptions),
        ("/tag/list", reader.tags), ("/unread-count", reader.unread), ("/preference/list", reader.preferences),
        ("/preference/stream/list", reader.stream_preferences), ("/stream/contents", reader.contents),
        ("/stream/contents/{stream:path}", reader.contents), ("/stream/items/ids", reader.ids),
        ("/stream/items/count", reader.count), ("/stream/items/contents", reader.some),
    ]  # fmt: skip
    writing: list[tuple[str, Handler]] = [
        ("/edit-tag", reader.edit), ("/mark-all-as-read", reader.read_all), ("/subscription/edit", reader.tended),
        ("/subscription/quickadd", reader.tended), ("/rename-tag", reader.tended), ("/disable-tag", reader.tended),
    ]  # fmt: skip
    return [
        Route("/accounts/ClientLogin", reader.log_in, methods=["GET", "POST"]),
        Route("/reader/atom/{stream:path}", reader.opened(reader.atom), methods=["GET"]),
        *(Route(API + path, reader.opened(do), methods=["GET", "POST"]) for path, do in made),
        *(Route(API + path, reader.opened(do, writes=True), methods=["POST"]) for path, do in writing),
    ]


def _json(value: Any) -> Response:
    return JSONResponse(value, headers=_HEADERS)


def _text(text: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(text, status, {**_HEADERS, **(headers or {})})


class _Reader:
    """The API of one site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.numbers = items.Numbers(site.kept)
        self._hashing = asyncio.Semaphore(1)

    async def log_in(self, request: Request) -> Response:
        """Open a session for a password (`Passwd`); on loopback, where the owner need not log in, for none."""
        doors, who = self.site.doors, client_key(request)
        form = await read_form(request) if request.method == "POST" else Form(list(request.query_params.multi_items()))
        if not same_site(request):  # a page of somebody else's, at this machine
            return _text("Error=BadAuthentication\n", 403)
        if not self.site.visitor(request).owner:
            if not doors.has_password:
                return _text("Error=BadAuthentication\n", 403)
            wait = doors.backoff.wait(who)
            if wait > 0:
                self.site.metrics.limited.labels("log-in").inc()
                return _text("Error=CaptchaRequired\n", 429, {"retry-after": str(math.ceil(wait))})
            async with self._hashing:
                right = await run_in_threadpool(doors.right_password, form.get("Passwd"))
            if not right:
                doors.backoff.wrong(who)
                _log.warning("a wrong password from %s", who)
                return _text("Error=BadAuthentication\n", 403)
            doors.backoff.right(who)
        token = await run_in_threadpool(doors.open, "reader")
        return _text(f"SID={token}\nLSID=none\nAuth={token}\n")

    def opened(self, do: Handler, *, writes: bool = False) -> Callable[[Request], Awaitable[Response]]:
        """Let only the owner's readers through, by the token that the log-in gave them."""

        async def answer(request: Request) -> Response:
            kind, _, given = request.headers.get("authorization", "").partition(" ")
            token = given.strip().removeprefix("auth=") if kind.lower() == "googlelogin" else ""
            session = await run_in_threadpool(self.site.doors.session, token, "reader")
            if session is None:
                return _text("Log in at /accounts/ClientLogin.\n", 401, {"www-authenticate": "GoogleLogin"})
            visitor = request.state.visitor = Visitor("private", owner=True, session=session.hash)
            form = await read_form(request) if request.method == "POST" else Form([])
            # Another site cannot send the header, so that a missing token is no danger; a wrong one is a stale client.
            if writes and form.get("T") and form.get("T") != self.site.doors.form_token(visitor):
                return _text("Take a new token.\n", 401, {"x-reader-google-bad-token": "true"})
            try:
                visit = await run_in_threadpool(self.site.visit, request)
                return await do(request, visit, form)
            except HTTPException as error:
                return _text(f"{error.detail}\n", error.status_code)
            except StoreError as error:
                _log.warning("%s", error)
                return _text("The desk is busy writing: try again in a moment.\n", 503, {"retry-after": "10"})

        return answer

    async def token(self, request: Request, visit: Visit, form: Form) -> Response:  # noqa: ARG002  all are called alike
        return _text(visit.owner.token if visit.owner else "")

    async def user(self, *_: object) -> Response:
        return _json(_USER)

    async def preferences(self, *_: object) -> Response:
        return _json({"prefs": []})

    async def stream_preferences(self, *_: object) -> Response:
        return _json({"streamprefs": {}})

    async def tended(self, *_: object) -> Response:
        return _text(_TENDED + "\n", 403)

    async def tags(self, *_: object) -> Response:
        return _json({"tags": [{"id": items.STATE + name} for name in ("starred", "reading-list", "read")]})

    async def subscriptions(self, request: Request, visit: Visit, form: Form) -> Response:  # noqa: ARG002
        return _json({"subscriptions": await run_in_threadpool(self._subscriptions, visit, self.site.base(request))})

    def _subscriptions(self, visit: Visit, base: str) -> list[dict[str, Any]]:
        assert visit.owner is not None
        made: list[dict[str, Any]] = []
        for outlet in visit.owner.kept.outlets():
            newest = visit.reader.latest(source=outlet.domain, limit=1) if outlet.domain else []
            publisher = newest[0].publisher if newest else None
            domain = outlet.domain or items.UNNAMED
            page = f"{base}/source/{domain}" if outlet.domain else base
            made.append(
                {
                    "id": f"feed/{domain}",
                    "title": (publisher.name if publisher else None) or outlet.domain or "Unnamed",
                    "url": f"{page}.atom" if outlet.domain else f"{base}/index.atom", "htmlUrl": page, "iconUrl": "",
                    "categories": [], "sortid": f"{len(made):08x}", "firstitemmsec": "0",
                }
            )  # fmt: skip
        return made

    async def unread(self, request: Request, visit: Visit, form: Form) -> Response:  # noqa: ARG002
        assert visit.owner is not None
        outlets = await run_in_threadpool(visit.owner.kept.outlets)
        counts = [
            {
                "id": f"feed/{outlet.domain or items.UNNAMED}", "count": outlet.unread,
                "newestItemTimestampUsec": str(max(0, outlet.newest) * 1_000_000),
            }
            for outlet in outlets
        ]  # fmt: skip
        newest = max((max(0, outlet.newest) for outlet in outlets), default=0)
        every = {
            "id": items.STATE + "reading-list", "count": sum(outlet.unread for outlet in outlets),
            "newestItemTimestampUsec": str(newest * 1_000_000),
        }  # fmt: skip
        return _json({"max": 1_000_000, "unreadcounts": [every, *counts]})

    def _asked(self, request: Request, form: Form, most: int) -> streams.Stream:
        query = parse_qs(request.url.query, keep_blank_values=True)
        for key, value in form.pairs:
            query.setdefault(key, []).append(value)
        name = request.path_params.get("stream") or (query.get("s") or [items.STATE + "reading-list"])[0]
        found = streams.asked(name, query, most)
        if found is None:
            raise HTTPException(404, "There is no such stream.")
        return found

    async def ids(self, request: Request, visit: Visit, form: Form) -> Response:
        stream = self._asked(request, form, streams.MOST_IDS)
        found, after = await run_in_threadpool(streams.listed, visit, stream)
        refs = [
            {"id": str(items.number(id)), "directStreamIds": [], "timestampUsec": str(when * 1_000_000)}
            for id, when in found
        ]
        return _json({"itemRefs": refs} | ({"continuation": after} if after else {}))

    async def count(self, request: Request, visit: Visit, form: Form) -> Response:
        stream = self._asked(request, form, 10**9)
        assert visit.owner is not None
        found = await run_in_threadpool(visit.owner.kept.listed, stream.chosen, limit=10**9)
        return _text(f"{len(found):,}")

    async def contents(self, request: Request, visit: Visit, form: Form) -> Response:
        stream = self._asked(request, form, streams.MOST_ITEMS)
        return _json(await run_in_threadpool(self._contents, visit, stream, self.site.base(request)))

    def _contents(self, visit: Visit, stream: streams.Stream, base: str) -> dict[str, Any]:
        found, after = streams.listed(visit, stream)
        rows = streams.gathered(visit, [id for id, _ in found])
        made: dict[str, Any] = {
            "direction": "ltr", "id": stream.id, "title": _title(stream.id, rows), "self": [{"href": base}],
            "updated": int(visit.now.timestamp()), "items": [items.wire(*row, base) for row in rows],
        }  # fmt: skip
        return made | ({"continuation": after} if after else {})

    async def some(self, request: Request, visit: Visit, form: Form) -> Response:
        wanted = [*form.all("i"), *request.query_params.getlist("i")][: streams.MOST_ITEMS]

        def make() -> dict[str, Any]:
            ids = [id for id in map(self.numbers.article, wanted) if id is not None]
            rows, base = streams.gathered(visit, ids), self.site.base(request)
            return {
                "direction": "ltr", "id": items.STATE + "reading-list", "title": "dateline",
                "updated": int(visit.now.timestamp()), "items": [items.wire(*row, base) for row in rows],
            }  # fmt: skip

        return _json(await run_in_threadpool(make))

    async def atom(self, request: Request, visit: Visit, form: Form) -> Response:
        stream = self._asked(request, form, streams.MOST_ITEMS)

        def make() -> bytes:
            found, _ = streams.listed(visit, stream)
            rows = streams.gathered(visit, [id for id, _ in found])
            return items.atom(_title(stream.id, rows), stream.id, rows, self.site.base(request))

        return Response(await run_in_threadpool(make), headers=_HEADERS, media_type="application/atom+xml")

    async def edit(self, request: Request, visit: Visit, form: Form) -> Response:  # noqa: ARG002
        read, star = _wanted([streams.state_of(s) for s in form.all("a")], [streams.state_of(s) for s in form.all("r")])

        def put() -> None:
            ids = [id for id in map(self.numbers.article, form.all("i")) if id is not None]
            mark_articles(self.site, ids, read=read, starred=star)
            self.site.forget()

        await run_in_threadpool(put)
        return _text("OK")

    async def read_all(self, request: Request, visit: Visit, form: Form) -> Response:  # noqa: ARG002
        chosen = streams.chosen_of(form.get("s"))
        if chosen is None:
            return _text("There is no such stream.\n", 404)
        until = form.get("ts")  # microseconds; what came later stays unread
        end = int(until) // 1_000_000 + 1 if until.isascii() and until.isdecimal() and len(until) < 20 else None

        def put() -> None:
            self.site.kept.read_all(Chosen(chosen.source, chosen.read, chosen.starred, None, end))
            self.site.forget()

        await run_in_threadpool(put)
        return _text("OK")


def _title(stream: str, rows: list[Any]) -> str:
    if stream.startswith("feed/") and rows:
        publisher = rows[0][0].publisher
        return (publisher.name if publisher else None) or stream.removeprefix("feed/")
    return "dateline"


def _wanted(added: list[str], removed: list[str]) -> tuple[bool | None, bool | None]:
    """Read which marks are to be set: (read, starred), None where a mark stays as it is."""
    read = star = None
    if items.STATE + "read" in added or items.STATE + "kept-unread" in removed:
        read = True
    if items.STATE + "read" in removed or items.STATE + "kept-unread" in added:
        read = False
    if items.STATE + "starred" in added:
        star = True
    if items.STATE + "starred" in removed:
        star = False
    return read, star
