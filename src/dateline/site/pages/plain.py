"""Addresses that machines ask for: health, robots, the reservation of rights, sources as OPML, downloads."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dateline.errors import UsageError
from dateline.site import assets, feeds
from dateline.site.pages import explore
from dateline.site.serving.metrics import MEDIA

if TYPE_CHECKING:
    from dateline.site.serving.desk_site import Site

_log = logging.getLogger("dateline.site")
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
}
_HEADERS = {"x-content-type-options": "nosniff", "cache-control": "no-cache"}
ROBOTS = """User-agent: *
Disallow: /article/
Disallow: /search
Disallow: /export/
Disallow: /rejections
"""


def routes(site: Site) -> list[BaseRoute]:
    """List the routes of these addresses."""

    async def health(_: Request) -> Response:
        try:
            counts = await run_in_threadpool(site.reader.counts)
        except Exception:  # noqa: BLE001  whatever it is, the answer is “down”
            _log.exception("the store does not answer")
            return JSONResponse({"status": "down"}, 503, _HEADERS)
        return JSONResponse({"status": "ok", "articles": counts.articles, "newest": counts.newest}, headers=_HEADERS)

    async def robots(_: Request) -> Response:
        return PlainTextResponse(ROBOTS, headers=_HEADERS)

    async def reservation(_: Request) -> Response:
        # What is shown belongs to its publishers: their reservation is not ours to lift.
        return JSONResponse([{"location": "/", "tdm-reservation": 1}], headers=_HEADERS)

    async def sources(_: Request) -> Response:
        found = await run_in_threadpool(site.reader.sources)
        return Response(feeds.opml("dateline", found), headers=_HEADERS, media_type="text/x-opml")

    async def export(request: Request) -> Response:
        return await run_in_threadpool(_export, site, request)

    async def metrics(_: Request) -> Response:
        text = await run_in_threadpool(site.metrics.text, site.reader)
        return Response(text, headers=_HEADERS, media_type=MEDIA)

    async def manifest(_: Request) -> Response:
        return Response(assets.manifest(), headers=_HEADERS, media_type="application/manifest+json")

    return [
        Route("/healthz", health),
        Route("/metrics", metrics),
        Route("/manifest.webmanifest", manifest),
        Route("/robots.txt", robots),
        Route("/.well-known/tdmrep.json", reservation),
        Route("/opml", sources),
        Route("/export/events.{form}", export),
    ]


def _export(site: Site, request: Request) -> Response:
    """Write the events of a filter, exactly those that the table shows."""
    from dateline import exports

    form = request.path_params["form"]
    if form not in _MEDIA:
        message = f"{form!r} is no format of this export; there are {', '.join(_MEDIA)}."
        return PlainTextResponse(message, 404, _HEADERS)
    try:
        chosen = explore.read_filter(dict(request.query_params))
    except UsageError as error:
        return PlainTextResponse(str(error), 400, _HEADERS)
    stream = io.BytesIO()
    exports.write("events", form, site.reader, stream, rights=site.visitor(request).profile, filter=chosen)
    name = f'attachment; filename="events.{form}"'
    return Response(stream.getvalue(), headers={**_HEADERS, "content-disposition": name}, media_type=_MEDIA[form])
