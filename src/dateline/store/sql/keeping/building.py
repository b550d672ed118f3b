"""Write stories and their events, with what they are found by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from dateline import codec
from dateline.model import Event, Happening, RelatedStory, Story
from dateline.store import facets
from dateline.store.sql import schema as t
from dateline.store.sql.asking.reading import IDS, OWN, _parts
from dateline.store.sql.engine import bump, upsert
from dateline.store.sql.keeping.history import History
from dateline.store.sql.keeping.writing import wire

_OF_EVENTS = (t.event_facet, t.event_article, t.event_point)
# Statements are made once: to make one takes longer than to run it.
_e = t.event.c
_KNOWN = select(t.story.c.since, t.story.c.data).where(t.story.c.id == OWN).with_for_update()
_RELATED = select(t.related.c.data).where(t.related.c.story == OWN)
_NO_FACETS = delete(t.story_facet).where(t.story_facet.c.story == OWN)
_NOTHING_OF = [delete(table).where(table.c.event.in_(IDS)) for table in _OF_EVENTS]
_OF_STORY = select(_e.id, _e.since, _e.data).where(_e.story == OWN).order_by(_e.id).with_for_update()
_EVENTS = select(_e.id, _e.since, _e.data).where(_e.id.in_(IDS)).order_by(_e.id).with_for_update()
_SOURCES = select(t.article.c.id, t.article.c.day, t.article.c.source).where(t.article.c.id.in_(IDS))


class Building(History):
    """What the desk writes of stories and events."""

    def put_story(self, story: Story, events: Sequence[Event]) -> None:
        with self.database.writing() as connection:
            found = connection.execute(_KNOWN, {"own": story.id}).first()
            old = codec.restore(found.data, Story) if found else None
            made, since = facets.revised(old, story), found.since if found else facets.NEVER
            if old is None:
                since = self._now()
                self._bring_back(connection, "story", [story.id])
            elif made != old:
                now = self._now(since)
                self._supersede(connection, "story", [(old, since)], now)
                since = now
            rank, latest = facets.front_rank(made), facets.epoch(made.last_seen)
            row = {"id": made.id, "rank": rank, "latest": latest, "status": made.status, "data": wire(made)}
            upsert(connection, t.story, [{**row, "since": since}])
            bump(connection, "story", found is None)
            connection.execute(_NO_FACETS, {"own": made.id})
            members = self._days_and_sources(connection, [m.id for m in made.articles])
            rows = [
                {"story": made.id, "kind": kind, "value": value, "rank": rank, "latest": latest}
                for kind, value in facets.story_facets_of(made, members)
            ]
            upsert(connection, t.story_facet, rows)
            self._put_events(connection, story.id, events)

    def put_related(self, story: str, related: Sequence[RelatedStory]) -> None:
        with self.database.writing() as connection:
            upsert(connection, t.related, [{"story": story, "data": wire(list(related))}])

    def related(self, story: str) -> tuple[RelatedStory, ...]:
        return tuple(self._one(_RELATED, list[RelatedStory], story) or ())

    def retire_story(self, id: str, into: str) -> None:
        with self.database.writing() as connection:
            c = t.story.c
            row = connection.execute(select(c.since, c.data).where(c.id == id).with_for_update()).first()
            now = self._now(row.since if row else facets.NEVER)
            if row is not None:
                self._supersede(connection, "story", [(codec.restore(row.data, Story), row.since)], now)
                connection.execute(delete(t.story).where(c.id == id))
                bump(connection, "story", -1)
            connection.execute(delete(t.story_facet).where(t.story_facet.c.story == id))
            connection.execute(delete(t.related).where(t.related.c.story == id))
            self._put_events(connection, id, ())
            connection.execute(update(t.moved).where(t.moved.c.into == id).values(into=into))
            upsert(connection, t.moved, [{"id": id, "into": into}])
            g = t.gone.c
            connection.execute(update(t.gone).where(g.kind == "story", g.into == id).values(into=into))
            self._take_away(connection, "story", {id: into}, now)

    def put_happening(self, happening: Happening) -> None:
        with self.database.writing() as connection:
            c, data = t.happening.c, wire(happening)
            own = select(c.n).where(c.story == happening.story, c.epoch == facets.epoch(happening.time), c.data == data)
            if connection.execute(own).first() is None:
                row = {"story": happening.story, "epoch": facets.epoch(happening.time), "data": data}
                connection.execute(insert(t.happening).values(row))

    def _put_events(self, connection: Connection, story: str, events: Sequence[Event]) -> None:
        given = {event.id: event for event in events}
        old = self._events_now(connection, story, sorted(given))
        now = self._now(max((since for _event, since in old.values()), default=facets.NEVER))
        vanished = [id for id, (event, _since) in old.items() if id not in given and event.story == story]
        self._drop_events(connection, vanished)
        changed = [old[id] for id in vanished]
        self._take_away(connection, "event", dict.fromkeys(vanished), now)
        fresh = sorted(set(given) - set(old))
        self._bring_back(connection, "event", fresh)
        before = self.last_past("event", fresh)  # it was taken away, or stood in another story: its revisions go on
        sources = self._sources(connection, given.values())
        rows: dict[Any, list[dict[str, Any]]] = {table: [] for table in (t.event, *_OF_EVENTS)}
        for id, event in given.items():
            known, since = old.get(id, (before.get(id), now))
            made = facets.revised(known if isinstance(known, Event) else None, event)
            if id in old and made != known:
                changed.append(old[id])
                since = now
            for table, row in _event_rows(made, [s for article in made.articles if (s := sources.get(article))]):
                rows[table].append({**row, "since": since} if table is t.event else row)
        self._supersede(connection, "event", changed, now)
        for part in _parts(id for id in given if id in old):
            for gone in _NOTHING_OF:
                connection.execute(gone, {"ids": part})
        for table, made_rows in rows.items():
            upsert(connection, table, made_rows)
        bump(connection, "event", len(fresh))

    def _sources(self, connection: Connection, events: Iterable[Event]) -> dict[str, str | None]:
        members = sorted({id for event in events for id in event.articles})
        return {id: source for id, _day, source in self._days_and_sources(connection, members)}

    @staticmethod
    def _events_now(connection: Connection, story: str, ids: Sequence[str]) -> dict[str, tuple[Event, int]]:
        """Give a story's events and those that are to be its, held until the transaction ends."""
        asked: list[tuple[Any, Any]] = [(_OF_STORY, {"own": story})]
        asked += ((_EVENTS, {"ids": part}) for part in _parts(ids))
        found = {}
        for which, given in asked:
            for row in connection.execute(which, given):
                found[row.id] = (codec.restore(row.data, Event), row.since)
        return found

    @staticmethod
    def _drop_events(connection: Connection, ids: Sequence[str]) -> None:
        for part in _parts(ids):
            for nothing in _NOTHING_OF:
                connection.execute(nothing, {"ids": part})
            gone = connection.execute(delete(t.event).where(t.event.c.id.in_(part))).rowcount
            bump(connection, "event", -gone)

    @staticmethod
    def _days_and_sources(connection: Connection, ids: Sequence[str]) -> list[tuple[str, str | None, str | None]]:
        found: list[tuple[str, str | None, str | None]] = []
        for part in _parts(ids):
            found += [(row.id, row.day, row.source) for row in connection.execute(_SOURCES, {"ids": part})]
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
