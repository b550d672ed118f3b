"""What API answers have in common: pages of lists, ETags, and how OpenAPI tells of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Path, Query, Request
from fastapi.responses import Response
from pydantic import AfterValidator
from starlette.exceptions import HTTPException

from dateline.codec import encode
from dateline.errors import UsageError
from dateline.site.api.schemas import EXAMPLES, listed, ref
from dateline.site.serving.answers import SECURITY, finished, respond

DEEPEST = 99_999  # records that a cursor goes back
SAFE = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-robots-tag": "noindex",
    "vary": "accept-encoding, cookie",
}
_OWN = tuple((name, value) for name, value in SAFE.items() if name not in SECURITY)
_CURSOR = r"^o(0|[1-9][0-9]{0,4})(\.[0-9a-f]{12})?$"
_NEWS = 200  # records that may have come before a cursor's since it was given, and are looked through for it

Limit = Annotated[int, Query(ge=1, le=200, description="Records a page.")]
Cursor = Annotated[str | None, Query(pattern=_CURSOR, description="`next` of the page before.")]
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
    read: Callable[[int, int], list[Any]],
    write: Callable[[list[Any]], list[Any]],
    name: Callable[[Any], str] = lambda record: record.id,
) -> Response:
    """Give a page of a list: `read` takes how many and from where, `write` makes what is sent of records.

    A cursor tells how far the page before went and, by its `name`, which record was its last: what comes is what stands
    after that one now, so that news in between repeats nothing and leaves nothing out.
    """
    first, last = _place(cursor)
    start, shown = (first, read(limit + 1, first)) if last is None else _after(last, first, limit + 1, read, name)
    more = len(shown) > limit and start + limit <= DEEPEST
    after = f"o{start + limit}.{_digest(name(shown[limit - 1]))}" if more else None
    return send(request, {"items": write(shown[:limit]), "next": after})


def each(write: Callable[[Any], Any]) -> Callable[[list[Any]], list[Any]]:
    """Write record by record."""
    return lambda found: [write(record) for record in found]


def _after(
    last: str, first: int, many: int, read: Callable[[int, int], list[Any]], name: Callable[[Any], str]
) -> tuple[int, list[Any]]:
    """Read on after the record whose digest is `last`, which stood before `first`; gives where that is now."""
    window = read(many + 1, first - 1)
    if window and _digest(name(window[0])) == last:
        return first, window[1:]
    near = max(0, first - 1 - _NEWS)
    around = read(2 * _NEWS + 1, near)
    places = [near + at for at, record in enumerate(around) if _digest(name(record)) == last]
    # Where it is gone from here (withdrawn, or moved to the front) the next page begins where this one would have.
    start = min(places, key=lambda at: abs(at - first)) + 1 if places else first
    return start, read(many, start)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def one(request: Request, found: Any, name: str, write: Callable[[Any], Any]) -> Response:
    """Give one record, or say that there is none."""
    if found is None:
        raise HTTPException(404, f"No {name} has this id.")
    return send(request, write(found))


def _place(cursor: str | None) -> tuple[int, str | None]:
    """Read a cursor: how many records stand before, and the digest of the last; raises UsageError where it is odd."""
    if cursor is None:
        return 0, None
    if not re.fullmatch(_CURSOR, cursor, re.ASCII):
        raise UsageError(f"cursor: {cursor!r} is none of this API; take `next` of the page before.")
    number, _, last = cursor[1:].partition(".")
    return int(number), last or None if number != "0" else None


def send(request: Request, record: Any) -> Response:
    """Send a record: compressed where the visitor can read that, and not again where nothing changed."""
    return respond(request, finished(200, "application/json", encode(record), _OWN))
