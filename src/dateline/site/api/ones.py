"""The API's single records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from dateline.codec import to_wire
from dateline.model import Event, Story
from dateline.site import records
from dateline.site.api.answers import Cursor, Id, Limit, answers, asof, each, one, page, send
from dateline.site.api.cursors import Order
from dateline.site.visit import Visit

if TYPE_CHECKING:
    from dateline.site.serving.desk_site import Site


def router(site: Site) -> APIRouter:
    """Make the routes of single records."""
    made = APIRouter(dependencies=[Depends(asof)])
    _articles(made, site)
    _stories_and_events(made, site)

    @made.get("/counts", responses=answers("DeskCounts"), operation_id="counts")
    def counts(request: Request) -> Response:
        """Say how much the desk holds."""
        return send(request, to_wire(site.visit(request).reader.counts()))

    return made


def _stories_and_events(made: APIRouter, site: Site) -> None:
    @made.get("/stories/{id}", responses=answers("StoryTold"), operation_id="story")
    def story(request: Request, id: Id) -> Response:
        """Give a story with its history; the id of a merged one gives the story it went into."""
        visit = site.visit(request)
        merged = visit.reader.moved(id)
        return one(request, visit.reader.story(merged or id), "story", lambda found: _story(visit, found))

    @made.get("/events/{id}", responses=answers("EventTold"), operation_id="event")
    def event(request: Request, id: Id) -> Response:
        """Give an event with the mentions that tell it."""
        visit = site.visit(request)
        return one(request, visit.reader.event(id), "event", lambda found: _event(visit, found))


def _articles(made: APIRouter, site: Site) -> None:
    @made.get("/articles/{id}", responses=answers("ArticleOrTombstone"), operation_id="article")
    def article(request: Request, id: Id) -> Response:
        """Give an article within its rights; of a withdrawn one its tombstone."""
        visit = site.visit(request)
        if id in visit.withdrawn:
            return send(request, records.tombstone(visit, id))
        return one(request, visit.reader.article(id), "article", lambda found: records.article(visit, found))

    @made.get("/articles/{id}/versions", responses=answers("Version", many=True), operation_id="versions")
    def versions(request: Request, id: Id, limit: Limit = 50, cursor: Cursor = None) -> Response:
        """List the versions of an article, oldest first; their texts are the owner's alone."""
        visit = site.visit(request)
        found = visit.reader.article(id) if id not in visit.withdrawn else None
        if found is None:
            raise HTTPException(404, "No article that stands has this id.")
        whole, every = visit.budget.whole(found), visit.reader.versions(id)
        return page(
            request, limit, cursor, lambda many, first: every[first : first + many],
            each(lambda version: records.version(version, whole=whole)), Order(lambda version: str(version.number)),
        )  # fmt: skip


def _story(visit: Visit, found: Story) -> dict[str, Any]:
    return records.story(visit, found) | {"history": to_wire(visit.reader.history(found.id))}


def _event(visit: Visit, found: Event) -> dict[str, Any]:
    mentions = visit.reader.mentions(found.mentions)
    sources = visit.articles([mention.article for mention in mentions.values()])
    told = [records.mention(visit, m, sources[m.article]) for m in mentions.values() if m.article in sources]
    return records.event(found) | {"told": told}
