"""The site as an ASGI application: its addresses, and what stands before them."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from dateline.config import Settings
from dateline.site import links, pages, websub
from dateline.site.assets import assets
from dateline.site.greader import routes as greader
from dateline.site.owner import routes as owner
from dateline.site.pages import about, explore, marked, plain, subjects
from dateline.site.serving.answers import SECURITY, Answer, respond
from dateline.site.serving.desk_site import Site
from dateline.site.serving.guard import Guard, Rate
from dateline.site.visit import View
from dateline.store.ports import Reader

CACHE_SECONDS = 20.0  # an unchanged page may say for so long that something was 5 minutes ago


class _Form(Convertor[str]):
    regex = "|".join(links.FORMS)

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("form", _Form())

PAGES: tuple[tuple[str, Callable[..., View]], ...] = (
    ("/latest", pages.latest),
    ("/day/{year:str}/{month:str}/{number:str}", pages.day),
    ("/topic/{slug:str}", pages.topic),
    ("/place/{country:str}", pages.place),
    ("/place/{country:str}/{admin1:str}", pages.place),
    ("/entity/{ref:str}", subjects.entity),
    ("/digest/{day:str}", subjects.digest),
    ("/sources", subjects.sources),
    ("/source/{domain:str}", pages.source),
    ("/story/{ref:str}", pages.story),
    ("/article/{id:path}", pages.article),
    ("/event/{id:str}", pages.event),
    ("/events", explore.events),
    ("/map", explore.world),
    ("/search", explore.search),
    ("/unread", marked.unread),
    ("/starred", marked.starred),
    ("/corrections", pages.corrections),
    ("/rejections", pages.rejections),
    ("/about", about.about),
    ("/about/methods", about.methods),
    ("/about/codebook", about.codebook),
    ("/about/rights", about.rights_page),
    ("/about/data", about.data),
)


async def _static(request: Request) -> Response:
    asset = assets().get(request.path_params["name"])
    if asset is None:
        raise HTTPException(404)
    kept = "public, max-age=31536000, immutable" if request.query_params.get("v") == asset.tag else "no-cache"
    made = Answer(200, asset.media, asset.body, asset.packed, asset.tag)
    return respond(request, made, kept)


async def _described(_: Request) -> Response:
    return RedirectResponse("/about/data#api", 303, SECURITY)


def _routes(site: Site) -> list[BaseRoute]:
    made: list[BaseRoute] = [
        Route("/", site.endpoint(pages.front)),
        Route("/index.{form:form}", site.endpoint(pages.front)),
    ]
    for address, handler in PAGES:
        endpoint = site.endpoint(handler)
        made += [Route(address + ".{form:form}", endpoint), Route(address, endpoint)]
    from dateline.site.api import make_api  # FastAPI takes half a second to load: not for those who want no site

    return [  # what is asked for most stands first: routes are tried in turn
        *made,
        *plain.routes(site),
        *websub.routes(site),
        *owner.routes(site),
        *greader.routes(site),
        Route("/static/{name:str}", _static),
        Route("/api/v1", _described),
        Route("/api/v1/", _described),
        Mount("/api/v1", make_api(site)),
    ]


def make_app(
    reader: Reader, settings: Settings, *, clock: str | None = None, cache_seconds: float = CACHE_SECONDS
) -> Starlette:
    """Make the site of one desk.

    `clock` is the moment that counts as now; without it DATELINE_NOW, for the sample desk its newest article, else the
    clock on the wall. `cache_seconds` is how long a finished page may be given
    again while the store does not change.
    """
    site = Site(reader, settings, clock, cache_seconds)
    app = Starlette(
        routes=_routes(site),
        exception_handlers={HTTPException: site.not_routed, Exception: site.not_routed},
        middleware=[Middleware(Guard, site=site, rate=Rate(settings.site.requests_per_minute))],
    )
    app.state.site = site
    app.router.redirect_slashes = False
    return app


__all__ = ["CACHE_SECONDS", "Site", "make_app"]
