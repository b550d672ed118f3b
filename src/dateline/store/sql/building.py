"""Write stories and their events, with what they are found by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from dateline import codec
from dateline.model import Event, Happening, RelatedStory, Story
from dateline.store import facets
from dateline.store.sql import schema as t
from dateline.store.sql.engine import bump, upsert
from dateline.store.sql.reading import Asking
from dateline.store.sql.writing import put_counted, wire

_OF_EVENTS = (t.event_facet, t.event_article, t.event_point)


class Building(Asking):
    """What the desk writes of stories and events."""

    def put_story(self, story: Story, events: Sequence[Event]) -> None:
        with self.database.writing() as connection:
            old = self._one(select(t.story.c.data).where(t.story.c.id == story.id), Story)
            made = facets.revised(old, story)
            rank, latest = facets.front_rank(made), facets.epoch(made.last_seen)
            row = {"id": made.id, "rank": rank, "latest": latest, "status": made.status, "data": wire(made)}
            put_counted(connection, t.story, row)
            connection.execute(delete(t.story_facet).where(t.story_facet.c.story == made.id))
            found = facets.story_facets_of(made, self._days_and_sources(connection, [m.id for m in made.articles]))
            rows = [{"story": made.id, "kind": k, "value": v, "rank": rank, "latest": latest} for k, v in found]
            upsert(connection, t.story_facet, rows)
            self._put_events(connection, story.id, events)

    def put_related(self, story: str, related: Sequence[RelatedStory]) -> None:
        with self.database.writing() as connection:
            upsert(connection, t.related, [{"story": story, "data": wire(list(related))}])

    def related(self, story: str) -> tuple[RelatedStory, ...]:
        rows = self._rows(select(t.related.c.data).where(t.related.c.story == story))
        return tuple(codec.restore(rows[0].data, list[RelatedStory])) if rows else ()

    def retire_story(self, id: str, into: str) -> None:
        with self.database.writing() as connection:
            gone = connection.execute(delete(t.story).where(t.story.c.id == id)).rowcount
            bump(connection, "story", -gone)
            connection.execute(delete(t.story_facet).where(t.story_facet.c.story == id))
            connection.execute(delete(t.related).where(t.related.c.story == id))
            self._drop_events(connection, [r.id for r in self._events_now(connection, id)])
            connection.execute(update(t.moved).where(t.moved.c.into == id).values(into=into))
            upsert(connection, t.moved, [{"id": id, "into": into}])

    def put_happening(self, happening: Happening) -> None:
        with self.database.writing() as connection:
            c, data = t.happening.c, wire(happening)
            own = select(c.n).where(c.story == happening.story, c.epoch == facets.epoch(happening.time), c.data == data)
            if connection.execute(own).first() is None:
                row = {"story": happening.story, "epoch": facets.epoch(happening.time), "data": data}
                connection.execute(insert(t.happening).values(row))

    def _put_events(self, connection: Connection, story: str, events: Sequence[Event]) -> None:
        old = {r.id: codec.restore(r.data, Event) for r in self._events_now(connection, story)}
        ids = [event.id for event in events]
        for event in self._by_ids(t.event, [id for id in ids if id not in old], Event).values():
            old[event.id] = event  # it stood in another story: its revisions go on
        self._drop_events(connection, sorted(old))
        members = sorted({id for event in events for id in event.articles})
        found = {id: source for id, _day, source in self._days_and_sources(connection, members)}
        rows: dict[Any, list[dict[str, Any]]] = {table: [] for table in (t.event, *_OF_EVENTS)}
        for event in {event.id: event for event in events}.values():
            made = facets.revised(old.get(event.id), event)
            for table, row in _event_rows(made, [source for id in made.articles if (source := found.get(id))]):
                rows[table].append(row)
        for table, made_rows in rows.items():
            upsert(connection, table, made_rows)
        bump(connection, "event", len(rows[t.event]))

    @staticmethod
    def _events_now(connection: Connection, story: str) -> Sequence[Any]:
        return connection.execute(select(t.event.c.id, t.event.c.data).where(t.event.c.story == story)).all()

    @staticmethod
    def _drop_events(connection: Connection, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            for table in _OF_EVENTS:
                connection.execute(delete(table).where(table.c.event.in_(part)))
            gone = connection.execute(delete(t.event).where(t.event.c.id.in_(part))).rowcount
            bump(connection, "event", -gone)

    @staticmethod
    def _days_and_sources(connection: Connection, ids: Sequence[str]) -> list[tuple[str, str | None, str | None]]:
        found: list[tuple[str, str | None, str | None]] = []
        for start in range(0, len(ids), 500):
            c = t.article.c
            part = select(c.id, c.day, c.source).where(c.id.in_(ids[start : start + 500]))
            found += [(row.id, row.day, row.source) for row in connection.execute(part)]
        return found


def _event_rows(event: Event, sources: Sequence[str]) -> list[tuple[Any, dict[str, Any]]]:
    first, last = facets.event_days(event)
    day = facets.event_order(event)
    row = {
        "id": event.id,
        "story": event.story,
        "type": event.type,
        "status": event.status,
        "historical": event.historical,
        "day": day,
        "first_day": first,
        "last_day": last,
        "data": wire(event),
    }
    rows: list[tuple[Any, dict[str, Any]]] = [(t.event, row)]
    for kind, value in facets.event_facets(event, sources):
        facet = {"event": event.id, "kind": kind, "value": value, "historical": event.historical, "day": day}
        rows.append((t.event_facet, facet))
    rows += [(t.event_article, {"article": id, "event": event.id}) for id in dict.fromkeys(event.articles)]
    rows += [(t.event_point, {"event": event.id, "lat": lat, "lon": lon}) for lat, lon in facets.event_points(event)]
    return rows
