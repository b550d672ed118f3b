"""Where the owner's forms are sent: logging in and out, and marks."""

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
from dateline.site import render, rights
from dateline.site.owner.doors import Visitor, client_key, same_site
from dateline.site.owner.forms import Form, local_path, read_form
from dateline.site.owner.marks import mark_as_asked
from dateline.site.serving.answers import SECURITY, finished, respond
from dateline.site.visit import View

if TYPE_CHECKING:
    from dateline.site.serving.desk_site import Site

_log = logging.getLogger("dateline.site")
T = TypeVar("T")
_STALE = "This form is no longer valid: go back, load the page again and repeat."
_BUSY = "The desk is busy writing: try again in a moment."
_STRANGER = "Marks are the owner’s alone: log in first."
_NO_LOG_IN = "This desk has no log-in."


def routes(site: Site) -> list[BaseRoute]:
    """List the routes of the log-in and of marks."""
    log_in, marks = _LogIn(site), _Marks(site)
    return [
        Route("/login", log_in.page, methods=["GET"]),
        Route("/login", log_in.enter, methods=["POST"]),
        Route("/logout", log_in.leave, methods=["POST"]),
        Route("/marks", marks.put, methods=["POST"]),
    ]


class _LogIn:
    """The owner's way in and out."""

    def __init__(self, site: Site) -> None:
        self._site = site
        # A password at a time: each takes 64 MB, and a flood must not take the machine.
        self._hashing = asyncio.Semaphore(1)

    async def page(self, request: Request) -> Response:
        """Show the log-in, or send on whoever is in."""
        wanted = request.query_params.get("next", "/")
        if self._site.visitor(request).owner:
            return RedirectResponse(local_path(wanted), 303, SECURITY)
        self._need_password()
        return self._shown(request, 200, None, wanted)

    async def enter(self, request: Request) -> Response:
        """Open a session for the right password."""
        form = await read_form(request)
        self._need_password()
        if not same_site(request):
            raise HTTPException(403, _STALE)
        doors, who, wanted = self._site.doors, client_key(request), form.get("next", "/")
        wait = doors.backoff.wait(who)
        if wait > 0:
            self._site.metrics.limited.labels("log-in").inc()
            said = f"Too many wrong passwords: try again in {math.ceil(wait)} seconds."
            return self._shown(request, 429, said, wanted, wait)
        async with self._hashing:
            right = await run_in_threadpool(doors.right_password, form.get("password"))
        if not right:
            doors.backoff.wrong(who)
            _log.warning("a wrong password from %s", who)
            return self._shown(request, 403, "That is not the password.", wanted)
        doors.backoff.right(who)
        token = await _stored(doors.open, "web")
        answer = _sent_on(wanted)
        doors.set_cookie(request, answer, token)
        return answer

    async def leave(self, request: Request) -> Response:
        """End the session."""
        visitor = _own(self._site, request, await read_form(request))
        if visitor.session is not None:
            await _stored(self._site.doors.close, visitor.session)
        answer = _sent_on("/")
        answer.headers["clear-site-data"] = '"cache"'
        self._site.doors.set_cookie(request, answer, None)
        return answer

    def _need_password(self) -> None:
        if not self._site.doors.has_password:
            raise HTTPException(404, _NO_LOG_IN)

    def _shown(
        self, request: Request, status: int, error: str | None, wanted: str, wait: float | None = None
    ) -> Response:
        site = self._site
        near = rights.loopback(client_key(request)) and not rights.forwarded(request.headers.keys())
        values = {"error": error, "next": local_path(wanted), "open_wire": not near and not site.doors.secure(request)}
        view = View("login.html", "Log in", values, dict, status=status, noindex=True, twins=False)
        page = render.html(
            view, settings=site.settings, profile="link", now=site.now(), path="/login", query="",
        )  # fmt: skip
        headers = (("retry-after", str(math.ceil(wait))),) if wait else ()
        made = finished(status, "text/html; charset=utf-8", page.encode("utf-8", "replace"), headers)
        return respond(request, made, "no-store")


class _Marks:
    """What the owner read and starred."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def put(self, request: Request) -> Response:
        """Write marks, and go back to the page they were made on."""
        form = await read_form(request)
        _own(self._site, request, form)
        await _stored(mark_as_asked, self._site, form)
        self._site.forget()
        return _sent_on(form.get("back", "/"))


def _sent_on(wanted: str) -> RedirectResponse:
    """Send on to a page of this site, which is not kept on the way."""
    return RedirectResponse(local_path(wanted), 303, {**SECURITY, "cache-control": "no-store"})


async def _stored(do: Callable[..., T], *values: object) -> T:
    """Do what writes beside the event loop; raises HTTPException where the store cannot be written to now."""
    try:
        return await run_in_threadpool(do, *values)
    except StoreError as error:
        _log.warning("%s", error)
        raise HTTPException(503, _BUSY, {"retry-after": "10"}) from None


def _own(site: Site, request: Request, form: Form) -> Visitor:
    """Let the owner's own forms through; raises HTTPException for all others."""
    visitor = site.visitor(request)
    if not visitor.owner:
        raise HTTPException(403, _STRANGER)
    if not site.doors.own_form(request, visitor, form.get("token")):
        raise HTTPException(403, _STALE)
    return visitor
