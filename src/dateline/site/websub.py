"""The address at which hubs reach the desk (WebSub): what they send is kept for the next pass, no more."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dateline.desk.phases.pushes import PATH
from dateline.errors import SourceError
from dateline.sources.feeds import MAX_BYTES
from dateline.sources.follow import websub
from dateline.sources.follow.inbox import Inbox, Message

if TYPE_CHECKING:
    from dateline.model import Subscription
    from dateline.site.app import Site

_log = logging.getLogger("dateline.site")
SECONDS = 20.0  # for one message to arrive
_MAX_REASON = 300  # characters
_HEADERS = {"x-content-type-options": "nosniff", "cache-control": "no-store", "x-robots-tag": "noindex"}


def routes(site: Site) -> list[BaseRoute]:
    """List the route of the callback addresses; none where the desk has no public address that hubs could reach."""
    if site.settings.site.address is None or site.settings.sample:
        return []
    inbox = Inbox(site.settings.folder)
    limit = min(MAX_BYTES, site.settings.fetch.max_bytes)

    async def asked(request: Request) -> Response:
        agreed = await run_in_threadpool(site.reader.subscription, request.path_params["id"])
        if agreed is None:
            return _say(404, "Nothing is subscribed to under this address.")
        return await _keep(inbox, *_answer(agreed, request.query_params))

    async def pushed(request: Request) -> Response:
        agreed = await run_in_threadpool(site.reader.subscription, request.path_params["id"])
        if agreed is None or not agreed.wanted:
            return _say(410, "Nothing is subscribed to under this address any more.")
        try:
            async with asyncio.timeout(SECONDS):
                body = await _body(request, limit)
        except TimeoutError:
            return _say(408, f"The message did not arrive within {SECONDS:g} seconds.")
        except ClientDisconnect:
            return _say(400, "The message is not whole.")
        if body is None:
            return _say(413, f"A message may have {limit} bytes.")
        if not websub.is_genuine(body, request.headers.get("x-hub-signature"), agreed.secret):
            _log.warning("a message for %s bears no signature of its hub and is ignored", agreed.topic)
            return _say(202, "")  # WebSub 7.1: no hint to whoever forges
        news = Message(agreed.id, "news", body, _charset(request.headers.get("content-type", "")))
        return await _keep(inbox, news, _say(202, ""))

    return [
        Route(PATH + "{id}", asked, methods=["GET"]),
        Route(PATH + "{id}", pushed, methods=["POST"]),
    ]


def _answer(agreed: Subscription, said: Mapping[str, str]) -> tuple[Message | None, Response]:
    """Answer what a hub asks (WebSub 5.2, 5.3); give what is to be kept of it."""
    if said.get("hub.mode") == "denied" and said.get("hub.topic") == agreed.topic:
        return Message(agreed.id, "denied", why=said.get("hub.reason", "")[:_MAX_REASON]), _say(200, "")
    verified = websub.verify(said, {agreed.topic: agreed.wanted})
    if verified is None:
        return None, _say(404, "This was not asked for.")
    challenge, lease = verified
    return Message(agreed.id, "verified" if agreed.wanted else "stopped", lease=lease or None), _say(200, challenge)


async def _keep(inbox: Inbox, message: Message | None, answer: Response) -> Response:
    """Keep a message on disk before its answer goes out: what was acknowledged is not lost."""
    if message is None:
        return answer
    try:
        await run_in_threadpool(inbox.put, message)
    except (SourceError, OSError) as error:
        _log.warning("a message of a hub could not be kept: %s", error)
        return _say(503, "The desk cannot keep more for now.", {"retry-after": "600"})
    return answer


async def _body(request: Request, limit: int) -> bytes | None:
    """Read a message's body; None where it is longer than `limit` bytes."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:18]) > limit:
        return None
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            return None
    return bytes(body)


def _charset(kind: str) -> str | None:
    for part in kind.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \"'")[:40] or None
    return None


def _say(status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(text, status, {**_HEADERS, **(headers or {})})
