"""The API as an application: problems in words, and a description of itself that says all of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from dateline.codec import encode
from dateline.errors import QueryError, UsageError
from dateline.site.api import lists, ones
from dateline.site.api.answers import SAFE
from dateline.site.api.schemas import components

if TYPE_CHECKING:
    from dateline.site.serving.desk_site import Site

_ABOUT = """Stories, articles and events of one desk, each tied to the words that say so.

Texts are cut to what the visit's rights allow, as on the pages: the owner reads them whole, others titles and excerpts.
Lists give `next`, a cursor for the records after; where it is null there are none. Every answer has an `ETag`; send it
as `If-None-Match` and an unchanged answer costs no body. Errors are problems (RFC 9457). The header fields
`RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` (seconds) tell how many requests are left; with none left
the answer is 429 with `Retry-After`."""


def make_api(site: Site) -> FastAPI:
    """Make the API of a site, to be mounted under /api/v1."""
    api = FastAPI(
        title="dateline", version="1", description=_ABOUT, docs_url=None, redoc_url=None, redirect_slashes=False,
        exception_handlers={
            HTTPException: _problem, RequestValidationError: _invalid, UsageError: _usage, Exception: _broken,
        },
    )  # fmt: skip
    routers = (lists.router(site), ones.router(site))
    for router in routers:
        api.include_router(router)

    def described() -> dict[str, Any]:
        if api.openapi_schema is None:
            made = get_openapi(
                title=api.title, version=api.version, description=_ABOUT, routes=api.routes,
                openapi_version="3.1.0", servers=[{"url": "/api/v1"}],
            )  # fmt: skip
            made["components"] = {"schemas": components()}
            for route in (route for router in routers for route in router.routes):
                if not isinstance(route, APIRoute):
                    continue
                said = made["paths"][route.path_format]["get"]["responses"]
                said.pop("422", None)  # ours are 400 and problems
                for status, answer in route.responses.items():  # as they are: the library drops every null
                    said[str(status)] = answer
            api.openapi_schema = made
        return api.openapi_schema

    api.openapi = described  # type: ignore[method-assign]
    return api


def _said(status: int, detail: str, headers: dict[str, str] | None = None, **more: Any) -> Response:
    try:
        title = HTTPStatus(status).phrase
    except ValueError:
        title = "Request failed"
    body = encode({"type": "about:blank", "title": title, "status": status, "detail": detail or title, **more})
    return Response(body, status, {**SAFE, **(headers or {})}, media_type="application/problem+json")


async def _problem(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(getattr(error, "headers", None) or {})
    return _said(status, str(getattr(error, "detail", "")), headers)


async def _usage(_: Request, error: Exception) -> Response:
    if isinstance(error, QueryError):
        return _said(400, str(error), position=error.position)
    return _said(400, str(error))


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return _said(400, f"{first['loc'][-1]}: {first['msg'].removeprefix('Value error, ').rstrip('.')}.")


async def _broken(_: Request, error: Exception) -> Response:  # noqa: ARG001  the log has it
    return _said(500, "This record could not be given. The desk's log says why.")
