"""What a record is found by: sort keys, ranks and facets, worked out once for every engine."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from dateline.model import Article, Card, Event, EventFilter, PlaceSpan, Story
from dateline.text.moments import instant, local_day, to_moment
from dateline.text.words import fold

HALF_LIFE = 86_400.0  # seconds in which a story must double its independent reports to keep its place on the front page
NEVER = -(10**12)  # the epoch of what has no date: sorts last where the newest come first …
UNDATED = 10**12  # … and where the oldest do
FIRST_DAY, LAST_DAY = "0000-01-01", "9999-12-31"

Facet = tuple[str, str]
Revised = TypeVar("Revised", Story, Event)


def epoch(moment: str | None) -> int:
    """Give a moment in whole seconds since 1970; NEVER where it is not known."""
    made = instant(moment)
    return NEVER if made is None else math.floor(made.timestamp())


def moment_of(epoch: int) -> str | None:
    """Give the moment of an epoch in UTC; None for NEVER."""
    return None if epoch == NEVER else to_moment(datetime.fromtimestamp(epoch, UTC))


def day_of(moment: str | None) -> str | None:
    """Give the local day of a moment as YYYY-MM-DD."""
    made = local_day(moment)
    return None if made is None else made.isoformat()


def source_of(article: Article) -> str | None:
    """Give the domain of who put the article out."""
    return article.publisher.domain if article.publisher else None


def card_of(article: Article) -> Card:
    """Give what lists show of an article."""
    a = article
    reserved = a.rights.tdm == "reserved"
    return Card(a.id, a.url, a.title, a.published, a.language, a.kind, a.publisher, a.republisher, a.agency, reserved)


def front_rank(story: Story) -> float:
    """Rank a story for the front page: independent reports, halved every HALF_LIFE seconds since its newest article.

    The logarithm of that product orders stories the same way however late it is, so it is stored once.
    """
    return math.log2(max(1, story.independent_reports)) + epoch(story.last_seen) / HALF_LIFE


def placing_order(article: Article) -> int:
    """Give the second by which articles are put into stories: that of publication, undated ones last."""
    found = epoch(article.published)
    return UNDATED if found == NEVER else found


def revised(old: Revised | None, new: Revised) -> Revised:
    """Give `new` the revision of `old`, one higher where anything else differs."""
    if old is None:
        return replace(new, revision=1)
    same = replace(new, revision=old.revision)
    return same if same == old else replace(new, revision=old.revision + 1)


def recent(placed: Iterable[tuple[str, str, int]], limit: int) -> dict[str, str]:
    """Give the `limit` stories with the newest articles and the first article of each, from (story, article, epoch).

    The articles come by epoch and id; the stories are given by id.
    """
    first: dict[str, str] = {}
    latest: dict[str, int] = {}
    for story, article, when in placed:
        first.setdefault(story, article)
        latest[story] = when
    newest = sorted(latest, key=lambda story: (-latest[story], story))[:limit]
    return {story: first[story] for story in sorted(newest)}


def story_facets(story: Story, articles: Iterable[Article]) -> list[Facet]:
    """List the days, topics, places and sources a story is found by, sorted."""
    return story_facets_of(story, ((a.id, day_of(a.published), source_of(a)) for a in articles))


def story_facets_of(story: Story, members: Iterable[tuple[str, str | None, str | None]]) -> list[Facet]:
    """List what a story is found by from its members' (id, day, source), sorted."""
    found: set[Facet] = {("topic", topic) for topic in story.topics}
    found |= set(_place_facets(story.places))
    for _id, day, source in members:
        if day:
            found.add(("day", day))
        if source:
            found.add(("source", source))
    return sorted(found)


def event_facets(event: Event, sources: Iterable[str]) -> list[Facet]:
    """List the places, actors and sources an event is found by, sorted."""
    found: set[Facet] = set(_place_facets(event.places))
    found |= {("source", source) for source in sources}
    for party in (*event.actors, *event.recipients):
        names = [fold(key) for key in (party.code, party.name, party.text) if key]
        found |= {("actor", name) for name in names} | {("word", word) for name in names for word in name.split()}
    return sorted(found)


def event_days(event: Event) -> tuple[str | None, str | None]:
    """Give the first and last day an event may fall on; an open end reaches to the end of time, no date is None."""
    if event.date is None or (event.date.from_ is None and event.date.to is None):
        return None, None
    return event.date.from_ or FIRST_DAY, event.date.to or LAST_DAY


def event_order(event: Event) -> str:
    """Give the day by which events are put in order, newest first; the empty string where there is none."""
    if event.date is None:
        return ""
    return event.date.from_ or event.date.to or ""


def event_points(event: Event) -> list[tuple[float, float]]:
    """List the (latitude, longitude) of an event's places that have one, sorted."""
    return sorted({(p.lat, p.lon) for p in event.places if p.lat is not None and p.lon is not None})


def event_passes(event: Event, facets: Iterable[Facet], wanted: EventFilter) -> bool:
    """Tell whether an event passes a filter; the SQL of `queries` says the same."""
    have = set(facets)
    for kind in ("country", "admin1", "source"):
        value = getattr(wanted, kind)
        if value is not None and (kind, value) not in have:
            return False
    if wanted.actor is not None and not any(k == "actor" and actor_matches(v, wanted.actor) for k, v in have):
        return False
    for name in ("type", "status", "historical", "story"):
        value = getattr(wanted, name)
        if value is not None and getattr(event, name) != value:
            return False
    return _in_days(event, wanted) and _in_box(event, wanted)


def actor_matches(value: str, wanted: str) -> bool:
    """Tell whether a folded code or name is the one wanted, or holds its words in order."""
    return f" {fold(wanted)} " in f" {value} "


def in_box(lat: float, lon: float, box: tuple[float, float, float, float]) -> bool:
    """Tell whether a point lies in a box of west, south, east, north; west > east crosses 180°."""
    west, south, east, north = box
    across = west <= lon <= east if west <= east else lon >= west or lon <= east
    return south <= lat <= north and across


def _in_days(event: Event, wanted: EventFilter) -> bool:
    if wanted.after is None and wanted.before is None:
        return True
    first, last = event_days(event)
    if first is None or last is None:
        return False
    return (wanted.after is None or last >= wanted.after) and (wanted.before is None or first <= wanted.before)


def _in_box(event: Event, wanted: EventFilter) -> bool:
    box = wanted.box
    return box is None or any(in_box(lat, lon, box) for lat, lon in event_points(event))


def _place_facets(places: Iterable[PlaceSpan]) -> list[Facet]:
    literal = [p for p in places if p.role == "literal"]
    countries = [("country", p.country) for p in literal if p.country]
    divisions = [("admin1", p.admin1) for p in literal if p.admin1]
    return countries + divisions
