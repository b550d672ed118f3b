"""The API's lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import BeforeValidator

from dateline.codec import to_wire
from dateline.model import Status, Story
from dateline.site import records, words
from dateline.site.api.answers import Cursor, Limit, answers, asof, choice, each, page, within
from dateline.site.api.cursors import Key, Order
from dateline.site.api.schemas import HIDDEN
from dateline.site.pages import explore
from dateline.site.visit import Visit
from dateline.store import facets

if TYPE_CHECKING:
    from dateline.site.serving.desk_site import Site


def local_date(given: object) -> object:
    """Let only YYYY-MM-DD pass: a number would be read as seconds since 1970."""
    if isinstance(given, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
        raise ValueError(f"{given[:40]!r} is no day; write YYYY-MM-DD")
    return given


Text = Annotated[str | None, Query(max_length=200)]
Topic = Annotated[str | None, Query(max_length=200, description="Slug of a topic.", examples=["politics"])]
Source = Annotated[
    str | None, Query(max_length=200, description="A publisher's domain.", examples=["tanacourier.example"])
]
Day = Annotated[date | None, BeforeValidator(local_date), Query(description="A local day.", examples=["2026-11-21"])]
COUNTRIES, TYPES = tuple(code for code, _ in words.countries()), tuple(words.TYPES)
STATES: tuple[str, ...] = get_args(Status)
Country = Annotated[str | None, within(COUNTRIES), choice(COUNTRIES, "ISO 3166-1 alpha-3 code of a country.")]
Type = Annotated[str | None, within(TYPES), choice(TYPES, "PLOVER type.")]
State = Annotated[str | None, within(STATES), choice(STATES, "What is said of it.")]
Box = Annotated[
    str | None,
    Query(
        description="west,south,east,north in degrees; west below east, south below north.",
        pattern=r"^-?[0-9]{1,3}(\.[0-9]{1,8})?(,-?[0-9]{1,3}(\.[0-9]{1,8})?){3}$", examples=["33.9,-4.7,41.9,5.0"],
    ),
]  # fmt: skip
_MANY = 10_000  # corrections and sources looked at
_STORIES: dict[str, Callable[[Story], Key]] = {
    "front": lambda story: (facets.front_rank(story), story.id),
    "latest": lambda story: (facets.epoch(story.last_seen), story.id),
}


def _in_order(visit: Visit, key: Callable[[Any], Key]) -> Order:
    """Name the key of a list; a past state needs none, since nothing comes into it."""
    return Order(key=key if visit.asof is None else None)


def router(site: Site) -> APIRouter:
    """Make the routes of the lists."""
    made = APIRouter(dependencies=[Depends(asof)])
    _stories_and_articles(made, site)
    _search(made, site)
    _events(made, site)
    _desk(made, site)
    return made


def _stories_and_articles(made: APIRouter, site: Site) -> None:
    @made.get("/stories", responses=answers("Story", many=True), operation_id="stories")
    def stories(
        request: Request, order: Literal["front", "latest"] = "front", topic: Topic = None, country: Country = None,
        admin1: Text = None, day: Day = None, source: Source = None, limit: Limit = 40, cursor: Cursor = None,
    ) -> Response:  # fmt: skip
        """List stories by importance or by their newest report."""
        visit = site.visit(request)
        chosen = {
            "topic": topic, "country": country, "admin1": admin1, "day": day.isoformat() if day else None,
            "source": source,
        }  # fmt: skip
        return page(
            request, limit, cursor,
            lambda many, first: visit.reader.stories(order=order, limit=many, offset=first, **chosen),
            each(lambda story: records.story(visit, story)), _in_order(visit, _STORIES[order]),
        )  # fmt: skip

    @made.get("/articles", responses=answers("ArticleOrTombstone", many=True), operation_id="articles")
    def articles(
        request: Request, day: Day = None, source: Source = None, limit: Limit = 50, cursor: Cursor = None
    ) -> Response:
        """List articles, newest first; of withdrawn ones their tombstones."""
        visit = site.visit(request)
        chosen = day.isoformat() if day else None
        return page(
            request, limit, cursor,
            lambda many, first: visit.reader.latest(day=chosen, source=source, limit=many, offset=first),
            each(lambda article: records.article(visit, article)),
            _in_order(visit, lambda article: (facets.epoch(article.published), article.id)),
        )  # fmt: skip


def _search(made: APIRouter, site: Site) -> None:
    @made.get("/search", responses=answers("Hit", many=True), operation_id="search")
    def search(
        request: Request,
        q: Annotated[
            str, Query(min_length=1, max_length=explore.LONGEST_QUERY, description="Words, “phrases”, AND OR NOT, "
                       "brackets, `word*`, `source: place: actor: type: lang: has: after: before:`.",
                       examples=['flood place:kenya after:2026-11-01'])
        ],
        order: Literal["rank", "newest"] = "rank", limit: Limit = 20, cursor: Cursor = None,
    ) -> Response:  # fmt: skip
        """Search articles; each hit has the passage that matched.

        A query that cannot be read is a problem (400) with `position`, the characters before the wrong one.
        """
        visit = site.visit(request)

        def found(many: int, first: int) -> list[Any]:
            return visit.reader.search(q, limit=many, offset=first, order=order, today=visit.now.date())

        def write(hits: list[Any]) -> list[Any]:
            return records.hits(visit, hits, visit.articles([hit.article for hit in hits]))

        return page(request, limit, cursor, found, write, Order(lambda hit: hit.article))


def _events(made: APIRouter, site: Site) -> None:
    @made.get("/events", responses=answers("Event", many=True), operation_id="events")
    def events(
        request: Request, type: Type = None, country: Country = None, admin1: Text = None, actor: Text = None,
        status: State = None, after: Day = None, before: Day = None,
        historical: Literal["no", "any", "only"] = "no", story: Text = None, source: Source = None, box: Box = None,
        limit: Limit = 100, cursor: Cursor = None,
    ) -> Response:  # fmt: skip
        """List the events of a filter, newest first; the filter is that of /events and /map."""
        given = {
            "type": type, "country": country, "admin1": admin1, "actor": actor, "status": status,
            "after": after.isoformat() if after else None, "before": before.isoformat() if before else None,
            "historical": historical, "story": story, "source": source, "box": box,
        }  # fmt: skip
        chosen = explore.read_filter({key: value for key, value in given.items() if value is not None})
        visit = site.visit(request)
        return page(
            request, limit, cursor,
            lambda many, first: visit.reader.events(chosen, limit=many, offset=first), each(records.event),
            _in_order(visit, lambda event: (facets.event_order(event), event.id)),
        )  # fmt: skip


def _desk(made: APIRouter, site: Site) -> None:
    @made.get("/corrections", responses=answers("Correction", many=True), operation_id="corrections")
    def corrections(request: Request, limit: Limit = 50, cursor: Cursor = None) -> Response:
        """List corrections and withdrawals, newest first."""
        visit = site.visit(request)
        return page(
            request, limit, cursor,
            lambda many, first: visit.reader.corrections(limit=min(_MANY, first + many))[first : first + many],
            each(to_wire), Order(lambda made: f"{made.article} {made.time} {made.change}"),
        )  # fmt: skip

    @made.get("/sources", responses=answers("SourceState", many=True), operation_id="sources")
    def sources(request: Request, limit: Limit = 100, cursor: Cursor = None) -> Response:
        """List the sources and how they fare; folders on the desk's own machine are the owner's to see."""
        visit = site.visit(request)
        shown = [state for state in site.reader.sources() if state.kind != "path" or visit.owner is not None]

        def write(state: Any) -> dict[str, Any]:
            wire: dict[str, Any] = to_wire(state)
            return {key: value for key, value in wire.items() if key not in HIDDEN}

        return page(request, limit, cursor, lambda many, first: shown[first : first + many], each(write))
