"""The owner's pages: logging in and out, marks, and the lists of what is unread or starred."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dateline.errors import StoreError
from dateline.site import records, render
from dateline.site.owner.doors import client_key, same_site
from dateline.site.owner.forms import Form, local_path, read_form
from dateline.site.serving.answers import SECURITY, finished, respond
from dateline.site.views import lists
from dateline.site.visit import NotFound, View, Visit
from dateline.store.owner import Chosen, Mark

if TYPE_CHECKING:
    from dateline.site.serving.desk_site import Site

_log = logging.getLogger("dateline.site")
T = TypeVar("T")
A_PAGE = 60  # articles a page of the owner's lists
_STALE = "This form is no longer valid: go back, load the page again and repeat."
_BUSY = "The desk is busy writing: try again in a moment."


def mark_of(visit: Visit, article: str) -> Mark | None:
    """Give the owner's mark of an article; None where the visitor is not the owner."""
    if visit.owner is None:
        return None
    return visit.owner.kept.marks([article]).get(article, Mark())


def unread(visit: Visit) -> View:
    """List what the owner has not read, newest first."""
    return _marked(visit, "Unread", Chosen(read=False, source=visit.query.get("source") or None), "unread")


def starred(visit: Visit) -> View:
    """List what the owner starred."""
    return _marked(visit, "Starred", Chosen(starred=True), "starred")


def _marked(visit: Visit, title: str, chosen: Chosen, section: str) -> View:
    from dateline.site.pages import page_number, turns  # they show the owner's marks in turn

    if visit.owner is None:
        raise NotFound("Marks are the owner's alone: log in first.")
    number = page_number(visit)
    found = visit.owner.kept.listed(chosen, limit=A_PAGE + 1, offset=(number - 1) * A_PAGE)
    ids = [id for id, _ in found[:A_PAGE]]
    articles = list(visit.articles(ids).values())
    lines = lists.article_lines(visit, articles)
    values = {
        "heading": title, "lines": lines, "marks": visit.owner.kept.marks(ids), "blank": Mark(),
        "turns": turns(visit, number, len(found) > A_PAGE), "newest": found[0][1] if found else 0,
        "source": chosen.source,
    }  # fmt: skip
    return View(
        "marked.html", title, values, lambda: {"articles": [records.article(visit, a) for a in articles]},
        lists.article_items(lines), section=section, noindex=True,
    )  # fmt: skip


def routes(site: Site) -> list[BaseRoute]:
    """List the routes of the log-in and of marks."""
    hashing = asyncio.Semaphore(1)  # a password at a time: each takes 64 MB, and a flood must not take the machine

    async def login_page(request: Request) -> Response:
        visitor = site.visitor(request)
        if visitor.owner:
            return RedirectResponse(local_path(request.query_params.get("next", "/")), 303, SECURITY)
        if not site.doors.has_password:
            raise HTTPException(404, "This desk has no log-in.")
        return _login(site, request, 200, None, request.query_params.get("next", "/"))

    async def login(request: Request) -> Response:
        form = await read_form(request)
        if not site.doors.has_password:
            raise HTTPException(404, "This desk has no log-in.")
        if not same_site(request):
            raise HTTPException(403, _STALE)
        who, wanted = client_key(request), form.get("next", "/")
        wait = site.doors.backoff.wait(who)
        if wait > 0:
            site.metrics.limited.labels("log-in").inc()
            said = f"Too many wrong passwords: try again in {math.ceil(wait)} seconds."
            return _login(site, request, 429, said, wanted, wait)
        async with hashing:
            right = await run_in_threadpool(site.doors.right_password, form.get("password"))
        if not right:
            site.doors.backoff.wrong(who)
            _log.warning("a wrong password from %s", who)
            return _login(site, request, 403, "That is not the password.", wanted)
        site.doors.backoff.right(who)
        token = await _stored(site.doors.open, "web")
        answer = RedirectResponse(local_path(wanted), 303, {**SECURITY, "cache-control": "no-store"})
        site.doors.set_cookie(request, answer, token)
        return answer

    async def logout(request: Request) -> Response:
        form = await read_form(request)
        visitor = site.visitor(request)
        _check(site, request, form)
        if visitor.session is not None:
            await _stored(site.doors.close, visitor.session)
        answer = RedirectResponse("/", 303, {**SECURITY, "cache-control": "no-store", "clear-site-data": '"cache"'})
        site.doors.set_cookie(request, answer, None)
        return answer

    async def mark(request: Request) -> Response:
        form = await read_form(request)
        _check(site, request, form)
        await _stored(_put, site, form)
        site.forget()
        return RedirectResponse(local_path(form.get("back", "/")), 303, {**SECURITY, "cache-control": "no-store"})

    return [
        Route("/login", login_page, methods=["GET"]),
        Route("/login", login, methods=["POST"]),
        Route("/logout", logout, methods=["POST"]),
        Route("/marks", mark, methods=["POST"]),
    ]


async def _stored(do: Callable[..., T], *values: object) -> T:
    """Do what writes beside the event loop; raises HTTPException where the store cannot be written to now."""
    try:
        return await run_in_threadpool(do, *values)
    except StoreError as error:
        _log.warning("%s", error)
        raise HTTPException(503, _BUSY, {"retry-after": "10"}) from None


def _check(site: Site, request: Request, form: Form) -> None:
    """Let the owner's own forms through; raises HTTPException for all others."""
    visitor = site.visitor(request)
    if not visitor.owner:
        raise HTTPException(403, "Marks are the owner's alone: log in first.")
    if not site.doors.own_form(request, visitor, form.get("token")):
        raise HTTPException(403, _STALE)


def _put(site: Site, form: Form) -> None:
    """Write the marks that a form asks for; what is read of one text is read of all its copies."""
    flags = {"1": True, "0": False}
    read, star = flags.get(form.get("read")), flags.get(form.get("starred"))
    ids = [id for id in form.all("article")[:1000] if len(id) <= 300]
    mark_articles(site, list(site.reader.articles(ids)), read=read, starred=star)
    until = form.get("until")
    if form.get("all") == "read" and until.isascii() and until.isdecimal() and len(until) < 12:
        site.kept.read_all(Chosen(source=form.get("source") or None, until=int(until) + 1))


def mark_articles(site: Site, ids: list[str], *, read: bool | None, starred: bool | None) -> None:
    """Mark articles; those that carry the same text as one that was read are read too."""
    site.kept.put_marks(ids, read=read, starred=starred)
    if read:
        families = filter(None, map(site.reader.family, ids))
        site.kept.put_marks([member for family in families for member in family.members], read=True)


def _login(
    site: Site, request: Request, status: int, error: str | None, wanted: str, wait: float | None = None
) -> Response:
    values = {"error": error, "next": local_path(wanted), "open_wire": not site.doors.secure(request)}
    view = View("login.html", "Log in", values, dict, status=status, noindex=True, twins=False)
    page = render.html(
        view, settings=site.settings, profile="link", now=site.now(), path="/login", query="",
    )  # fmt: skip
    headers = (("retry-after", str(math.ceil(wait))),) if wait else ()
    made = finished(status, "text/html; charset=utf-8", page.encode("utf-8", "replace"), headers)
    return respond(request, made, "no-store")
