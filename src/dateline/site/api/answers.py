"""What API answers have in common: pages of lists, ETags, and how OpenAPI tells of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Path, Query, Request
from fastapi.responses import Response
from pydantic import AfterValidator
from starlette.exceptions import HTTPException

from dateline.codec import encode
from dateline.site.api import cursors
from dateline.site.api.schemas import EXAMPLES, listed, ref
from dateline.site.serving.answers import SECURITY, finished, respond

SAFE = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-robots-tag": "noindex",
    "vary": "accept-encoding, cookie",
}
_OWN = tuple((name, value) for name, value in SAFE.items() if name not in SECURITY)
_BY_ID = cursors.Order()

Limit = Annotated[int, Query(ge=1, le=200, description="Records a page.")]
Cursor = Annotated[str | None, Query(pattern=cursors.PATTERN, description="`next` of the page before.")]
Id = Annotated[str, Path(min_length=1, max_length=200, description="The record's id.", examples=["s3b5kq2y7xwz4a"])]


def within(values: tuple[str, ...]) -> AfterValidator:
    """Make the check that a parameter is one of several values."""

    def check(given: str | None) -> str | None:
        if given is not None and given not in values:
            raise ValueError(f"{given[:40]!r} is none of {', '.join(values[:40])}")
        return given

    return AfterValidator(check)


def asof(
    asof: Annotated[
        str | None,
        Query(
            description="A moment or a day: the answer is as it would have been then, within the rights of today.",
            json_schema_extra={
                "anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]
            },
            examples=["2026-11-22T14:00:00Z"],
        ),
    ] = None,
) -> None:
    """Take `asof`, which every operation has; it is read where a visit begins."""


def choice(values: tuple[str, ...], said: str) -> Any:
    """Describe a parameter that takes one of several values."""
    return Query(description=said, json_schema_extra={"type": "string", "enum": list(values)})


def _headers(*, limited: bool = True) -> dict[str, Any]:
    number = {"schema": {"type": "string", "pattern": "^[0-9]+$"}}
    made: dict[str, Any] = {
        "RateLimit-Limit": {"description": "Requests a minute, where there is a limit.", **number},
        "RateLimit-Remaining": {"description": "Requests left.", **number},
        "RateLimit-Reset": {"description": "Seconds until all are back.", **number},
    }
    if limited:
        made["ETag"] = {"description": "Names this state of the answer.", "schema": {"type": "string"}}
    return made


def _problem(said: str, status: int, detail: str) -> dict[str, Any]:
    example = {"type": "about:blank", "title": said, "status": status, "detail": detail}
    return {
        "description": said,
        "headers": _headers(limited=False),
        "content": {"application/problem+json": {"schema": ref("Problem"), "example": example}},
    }


_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: _problem("Bad Request", 400, "type: 'FALL' is none of AGREE, CONSULT, …"),
    401: _problem("Log in", 401, "This desk is shown to its owner alone."),
    404: _problem("Not Found", 404, "No story has this id."),
    414: _problem("Request too large", 414, "An address may have 8192 bytes."),
    429: _problem("Too many requests", 429, "Too many requests: try again in 12 seconds.")
    | {"headers": {**_headers(limited=False), "Retry-After": {"schema": {"type": "string", "pattern": "^[0-9]+$"}}}},
    431: _problem("Request too large", 431, "Header fields may have 32768 bytes."),
}


def answers(name: str, *, many: bool = False) -> dict[int | str, dict[str, Any]]:
    """Describe the answers of an operation that gives records of a kind."""
    example: Any = EXAMPLES[name]
    content = {
        "schema": listed(name) if many else ref(name),
        "example": {"items": [example], "next": "o40.9f86d081884c"} if many else example,
    }
    return {
        200: {"description": "OK", "headers": _headers(), "content": {"application/json": content}},
        304: {"description": "Nothing has changed.", "headers": _headers()},
        **_PROBLEMS,
    }


def page(
    request: Request,
    limit: int,
    cursor: str | None,
    read: cursors.Read,
    write: Callable[[list[Any]], list[Any]],
    order: cursors.Order = _BY_ID,
) -> Response:
    """Give a page of a list: `read` takes how many and from where, `write` makes what is sent of records.

    What comes is what stands behind the last record of the page before, so that news in between repeats nothing and
    leaves nothing out.
    """
    start, shown = cursors.behind(cursors.place(cursor), limit + 1, read, order)
    more = len(shown) > limit and start + limit <= cursors.DEEPEST
    after = cursors.written(start + limit, shown[limit - 1], order) if more else None
    return send(request, {"items": write(shown[:limit]), "next": after})


def each(write: Callable[[Any], Any]) -> Callable[[list[Any]], list[Any]]:
    """Write record by record."""
    return lambda found: [write(record) for record in found]


def one(request: Request, found: Any, name: str, write: Callable[[Any], Any]) -> Response:
    """Give one record, or say that there is none."""
    if found is None:
        raise HTTPException(404, f"No {name} has this id.")
    return send(request, write(found))


def send(request: Request, record: Any) -> Response:
    """Send a record: compressed where the visitor can read that, and not again where nothing changed."""
    return respond(request, finished(200, "application/json", encode(record), _OWN))
