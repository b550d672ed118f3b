"""The API at /api/v1: the records of the pages, within the same rights, with cursors, ETags and RFC 9457 problems."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from dateline.codec import encode, to_wire
from dateline.errors import UsageError
from dateline.site import explore, records
from dateline.site.visit import Visit

if TYPE_CHECKING:
    from dateline.site.serving.desk_site import Site

DEEPEST = 100_000  # records that a cursor goes back
_ABOUT = """Stories, articles and events of one desk. Texts are cut to what the visit's rights allow, as on the pages.
Lists give `next`, a cursor for the records after; where it is null there are none."""
_PROBLEM: dict[int | str, dict[str, Any]] = {
    code: {
        "description": said,
        "content": {
            "application/problem+json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "type": {"type": "string"}, "title": {"type": "string"},
                        "status": {"type": "integer"}, "detail": {"type": "string"},
                    },
                    "required": ["type", "title", "status", "detail"],
                },
                "example": {"type": "about:blank", "title": said, "status": code, "detail": "No story has this id."},
            }
        },
    }
    for code, said in ((400, "Bad request"), (404, "Not found"))
}  # fmt: skip
_LIST: dict[str, Any] = {
    "type": "object",
    "properties": {"items": {"type": "array", "items": {"type": "object"}}, "next": {"type": ["string", "null"]}},
    "required": ["items", "next"],
    "example": {"items": [{"id": "s3b5kq2y7xwz4a"}], "next": None},
}
_ONE: dict[str, Any] = {"type": "object", "example": {"id": "s3b5kq2y7xwz4a"}}

Limit = Annotated[int, Query(ge=1, le=200, description="Records a page.")]
Cursor = Annotated[str | None, Query(max_length=40, description="`next` of the page before.")]
Id = Annotated[str, Path(max_length=200, description="The record's id.")]


def make_api(site: Site) -> FastAPI:
    """Make the API of a site, to be mounted under /api/v1."""
    api = FastAPI(
        title="dateline", version="1", description=_ABOUT, docs_url=None, redoc_url=None,
        exception_handlers={
            HTTPException: _problem, RequestValidationError: _invalid, UsageError: _usage, Exception: _broken,
        },
    )  # fmt: skip
    _lists(api, site)
    _records(api, site)
    return api


def _lists(api: FastAPI, site: Site) -> None:
    @api.get("/stories", responses=_answers(_LIST))
    def stories(
        request: Request, order: Literal["front", "latest"] = "front", topic: str | None = None,
        country: str | None = None, day: Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")] = None,
        source: str | None = None, limit: Limit = 40, cursor: Cursor = None,
    ) -> Response:  # fmt: skip
        """List stories by importance or by their newest report."""
        visit = site.visit(request)
        code = country.upper() if country else None
        return _page(
            request, limit, cursor,
            lambda many, first: visit.reader.stories(
                order=order, topic=topic, country=code, day=day, source=source, limit=many, offset=first
            ),
            lambda story: records.story(visit, story),
        )  # fmt: skip

    @api.get("/articles", responses=_answers(_LIST))
    def articles(
        request: Request, day: Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")] = None,
        source: str | None = None, limit: Limit = 50, cursor: Cursor = None,
    ) -> Response:  # fmt: skip
        """List articles, newest first."""
        visit = site.visit(request)
        return _page(
            request, limit, cursor,
            lambda many, first: visit.reader.latest(day=day, source=source, limit=many, offset=first),
            lambda article: records.article(visit, article),
        )  # fmt: skip

    @api.get("/events", responses=_answers(_LIST))
    def events(
        request: Request, type: str | None = None, country: str | None = None, admin1: str | None = None,
        actor: str | None = None, status: str | None = None, after: str | None = None, before: str | None = None,
        historical: str | None = None, story: str | None = None, source: str | None = None, box: str | None = None,
        limit: Limit = 100, cursor: Cursor = None,
    ) -> Response:  # fmt: skip
        """List the events of a filter, newest first; the filter is that of /events and /map."""
        given = {
            "type": type, "country": country, "admin1": admin1, "actor": actor, "status": status, "after": after,
            "before": before, "historical": historical, "story": story, "source": source, "box": box,
        }  # fmt: skip
        chosen = explore.read_filter({key: value for key, value in given.items() if value is not None})
        visit = site.visit(request)
        return _page(
            request, limit, cursor,
            lambda many, first: visit.reader.events(chosen, limit=many, offset=first), records.event,
        )  # fmt: skip

    @api.get("/search", responses=_answers(_LIST))
    def search(
        request: Request, q: Annotated[str, Query(min_length=1, max_length=explore.LONGEST_QUERY)],
        limit: Limit = 20, cursor: Cursor = None,
    ) -> Response:  # fmt: skip
        """Search articles; each hit has the passage that matched."""
        visit = site.visit(request)

        def found(many: int, first: int) -> list[Any]:
            hits = visit.reader.search(q, limit=many, offset=first)
            sources = visit.articles([hit.article for hit in hits])
            return records.hits(visit, hits, sources)

        return _page(request, limit, cursor, found, lambda hit: hit)


def _records(api: FastAPI, site: Site) -> None:
    @api.get("/stories/{id}", responses=_answers(_ONE))
    def story(request: Request, id: Id) -> Response:
        """Give a story; the id of a merged one gives the story it went into."""
        visit = site.visit(request)
        merged = visit.reader.moved(id)
        return _one(request, visit.reader.story(merged or id), "story", lambda found: records.story(visit, found))

    @api.get("/articles/{id}", responses=_answers(_ONE))
    def article(request: Request, id: Id) -> Response:
        """Give an article within its rights; of a withdrawn one its tombstone."""
        visit = site.visit(request)
        if id in visit.withdrawn:
            return _send(request, records.tombstone(visit, id))
        return _one(request, visit.reader.article(id), "article", lambda found: records.article(visit, found))

    @api.get("/events/{id}", responses=_answers(_ONE))
    def event(request: Request, id: Id) -> Response:
        """Give an event with the mentions that tell it."""
        visit = site.visit(request)
        return _one(request, visit.reader.event(id), "event", lambda found: _told(visit, found))

    @api.get("/counts", responses=_answers(_ONE))
    def counts(request: Request) -> Response:
        """Say how much the desk holds."""
        return _send(request, to_wire(site.reader.counts()))


def _told(visit: Visit, found: Any) -> dict[str, Any]:
    mentions = visit.reader.mentions(found.mentions)
    sources = visit.articles([mention.article for mention in mentions.values()])
    told = [records.mention(visit, m, sources[m.article]) for m in mentions.values() if m.article in sources]
    return records.event(found) | {"told": told}


def _answers(schema: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "OK", "content": {"application/json": {"schema": schema}}}, **_PROBLEM}


def _page(
    request: Request, limit: int, cursor: str | None, read: Callable[[int, int], list[Any]], write: Callable[[Any], Any]
) -> Response:
    first = _offset(cursor)
    found = read(limit + 1, first)
    after = _cursor(first + limit) if len(found) > limit and first + limit < DEEPEST else None
    return _send(request, {"items": [write(record) for record in found[:limit]], "next": after})


def _one(request: Request, found: Any, name: str, write: Callable[[Any], Any]) -> Response:
    if found is None:
        raise HTTPException(404, f"No {name} has this id.")
    return _send(request, write(found))


def _cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(f"o{offset}".encode()).decode().rstrip("=")


def _offset(cursor: str | None) -> int:
    """Read a cursor; raises UsageError where it is none of ours."""
    if cursor is None:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode("ascii")
    except ValueError:
        text = ""
    number = text[1:]
    if not (text.startswith("o") and number.isascii() and number.isdecimal() and int(number) <= DEEPEST):
        raise UsageError(f"cursor: {cursor!r} is none of this API; take `next` of the page before.")
    return int(number)


def _send(request: Request, record: Any) -> Response:
    body = encode(record)
    headers = {"etag": f'"{hashlib.sha256(body).hexdigest()[:20]}"', "cache-control": "no-cache", **_SAFE}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


_SAFE = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'",
    "x-robots-tag": "noindex",
}


def _said(status: int, title: str, detail: str) -> Response:
    body = encode({"type": "about:blank", "title": title, "status": status, "detail": detail})
    return Response(body, status, _SAFE, media_type="application/problem+json")


async def _problem(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    title = {404: "Not found", 405: "Method not allowed"}.get(status, "Request failed")
    return _said(status, title, str(getattr(error, "detail", "")))


async def _usage(_: Request, error: Exception) -> Response:
    return _said(400, "Bad request", str(error))


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return _said(400, "Bad request", f"{first['loc'][-1]}: {first['msg']}.")


async def _broken(_: Request, error: Exception) -> Response:  # noqa: ARG001  the log has it
    return _said(500, "Failed", "This record could not be given. The desk's log says why.")
