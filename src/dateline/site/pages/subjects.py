"""Pages by subject: a named party with its events and stories, a day's digest, and all sources."""

from __future__ import annotations

from typing import Any

from dateline.codec import to_wire
from dateline.model import Event, EventFilter, Story
from dateline.site import links, records, words
from dateline.site.pages import neighbour
from dateline.site.views import lists
from dateline.site.views.digest import chosen_stories, day_digest
from dateline.site.views.entity import Entity, company, entities, entity_link, named
from dateline.site.views.outlets import LOOKED_AT as NEWEST
from dateline.site.views.outlets import outlet_lines
from dateline.site.visit import FeedItem, NotFound, View, Visit
from dateline.text.moments import local_day

LOOKED_AT = 400  # events of a name that a page is made from
A_TABLE = 60
STORIES = 12


def entity(visit: Visit, ref: str) -> View:
    """Show a named party: what it did, what was done to it, with whom, and the stories of it."""
    found = entities().get(ref.partition("-")[0])
    if found is None:
        raise NotFound("No party of this desk's lists has this address.")
    events = [
        event
        for event in visit.reader.events(EventFilter(actor=found.name, historical=None), limit=LOOKED_AT)
        if named((*event.actors, *event.recipients), found.name)
    ]
    current = [event for event in events if not event.historical]
    rows = [lists.event_line(visit, event) for event in current[:A_TABLE]]
    stories = _stories(visit, events)
    lines = [line for line in lists.story_lines(visit, stories) if line.status != "withdrawn"]
    values = {
        "entity": found, "events": rows, "lines": lines, "company": company(events, found.name),
        "did": sum(named(event.actors, found.name) for event in current),
        "undergone": sum(named(event.recipients, found.name) for event in current),
        "past": len(events) - len(current), "total": len(current),
        "events_href": links.with_filter("/events", EventFilter(actor=found.name)),
        "map_href": links.with_filter("/map", EventFilter(actor=found.name)),
        "search_href": "/search" + links.query({"q": f'actor:"{found.name}"'}),
    }  # fmt: skip
    return View(
        "entity.html", found.name, values, lambda: _records(visit, found, events, stories),
        lists.event_items(rows, [_moment(event) for event in current[:A_TABLE]]),
        canonical=entity_link(found.name), noindex=not events,
    )  # fmt: skip


def _stories(visit: Visit, events: list[Event]) -> list[Story]:
    ids = list(dict.fromkeys(event.story for event in events if event.story))[: STORIES + 4]
    found = [story for id in ids if (story := visit.reader.story(id)) is not None]
    return found[:STORIES]


def _moment(event: Event) -> str | None:
    return (event.date.from_ or event.date.to) if event.date else None


def _records(visit: Visit, found: Entity, events: list[Event], stories: list[Story]) -> dict[str, Any]:
    return {
        "entity": {"id": found.id, "name": found.name, "kinds": found.kinds, "country": found.country},
        "events": [records.event(event) for event in events],
        "stories": [records.story(visit, story) for story in stories if story.status != "withdrawn"],
    }


def digest(visit: Visit, day: str) -> View:
    """Show a day on one page: its main stories with what is known of them, and its events in numbers."""
    chosen = local_day(day) if len(day) == 10 else None
    if chosen is None:
        raise NotFound(f"“{day[:20]}” is no day: write /digest/2026-11-22.")
    page = day_digest(visit, chosen)
    values = {
        "page": page, "day": chosen,
        "before": neighbour(visit, chosen, -1), "after": neighbour(visit, chosen, 1),
    }  # fmt: skip
    items = tuple(
        FeedItem(story.line.id, story.line.headline, story.line.href, story.line.updated,
                 " ".join(sentence.text for sentence in story.sentences) or None,
                 story.line.outlet.name if story.line.outlet else None, story.line.language)
        for story in page.stories
    )  # fmt: skip
    return View(
        "digest.html", f"Digest of {words.day_name(chosen, weekday=True)}", values,
        lambda: {
            "day": chosen.isoformat(),
            "stories": [records.story(visit, story) for story in chosen_stories(visit, chosen)],
            "events": {kind.type: kind.number for kind in page.kinds},
        },
        items, section="latest", canonical=f"/digest/{chosen.isoformat()}",
    )  # fmt: skip


def sources(visit: Visit) -> View:
    """Show what the desk reads and how it fares, and what each outlet gave of late."""
    states = [state for state in visit.reader.sources() if state.kind != "path" or visit.profile == "private"]
    states.sort(key=lambda state: (state.error is None, (state.name or state.address).casefold()))
    outlets = outlet_lines(visit)
    values = {
        "states": states, "failing": sum(state.error is not None for state in states),
        "outlets": outlets, "looked_at": NEWEST,
    }  # fmt: skip
    return View(
        "sources.html", "Sources", values, lambda: {"sources": to_wire(states), "outlets": to_wire(outlets)},
        section="about",
    )  # fmt: skip
