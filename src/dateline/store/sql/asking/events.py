"""Answer the Reader's questions about events and mentions in SQL; `facets.event_passes` says the same in Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from dateline.model import Event, EventFilter, Mention
from dateline.store.sql import schema as t
from dateline.store.sql.asking.reading import MANY, OWN, Asking
from dateline.text.words import fold

_MANY_EVENTS = 2_000  # a word of more events is counted no further


class EventReader(Asking):
    """What may be asked of events and mentions."""

    def event(self, id: str) -> Event | None:
        return self._one(select(t.event.c.data).where(t.event.c.id == id), Event)

    def events(self, filter: EventFilter, *, limit: int | None = 100, offset: int = 0) -> list[Event]:
        statement, order = _filtered(filter, self._words(filter))
        chosen = statement.order_by(*order)
        if limit is not None or offset:
            chosen = chosen.limit(-1 if limit is None and self.database.is_sqlite else limit).offset(offset)
        return self._all(chosen, Event)

    def _words(self, wanted: EventFilter) -> list[str]:
        """Give the words of the actor that is asked for, the rarest first: its index is the one to walk."""
        words = list(dict.fromkeys(fold(wanted.actor).split())) if wanted.actor is not None else []
        if len(words) < 2:
            return words
        f = t.event_facet.c
        often = {}
        for word in words:
            some = select(f.event).where(f.kind == "word", f.value == word).limit(_MANY_EVENTS).subquery()
            often[word] = self._rows(select(func.count()).select_from(some))[0][0]
        return sorted(words, key=lambda word: often[word])

    def each_event(self) -> Iterator[Event]:
        return self._each(t.event, Event)

    def each_mention(self) -> Iterator[Mention]:
        return self._each(t.mention, Mention)

    def count_events(self, filter: EventFilter) -> int:
        statement, _order = _filtered(filter, self._words(filter))
        found: int = self._rows(statement.with_only_columns(func.count(), maintain_column_froms=True))[0][0]
        return found

    def mentions(self, ids: Iterable[str]) -> dict[str, Mention]:
        return self._by_ids(t.mention, ids, Mention)

    def mentions_of(self, article: str) -> list[Mention]:
        return self._all(_OF_ARTICLE, Mention, article)

    def events_of(self, articles: Sequence[str]) -> list[Event]:
        ids: dict[str, None] = {}
        for start in range(0, len(articles), MANY):
            part = articles[start : start + MANY]
            rows = self._rows(select(t.event_article.c.event).where(t.event_article.c.article.in_(part)).distinct())
            ids.update(dict.fromkeys(row.event for row in rows))
        found = sorted(self._by_ids(t.event, sorted(ids), Event).values(), key=lambda e: e.id)
        return sorted(found, key=lambda e: _day(e), reverse=True)


_OF_ARTICLE = select(t.mention.c.data).where(t.mention.c.article == OWN).order_by(t.mention.c.position)


def _day(event: Event) -> str:
    return (event.date.from_ or event.date.to or "") if event.date else ""


def _filtered(wanted: EventFilter, words: Sequence[str]) -> tuple[Select[Any], list[ColumnElement[Any]]]:
    """Give the statement for a filter and its order; where a facet is asked for, its index is walked in that order."""
    kinds = ("source", "admin1", "country")
    asked = [("word", word) for word in words]
    asked += [(kind, getattr(wanted, kind)) for kind in kinds if getattr(wanted, kind) is not None]
    e, f = t.event.c, t.event_facet.c
    if not asked:
        statement = select(e.data)
        if wanted.historical is not None:
            statement = statement.where(e.historical == wanted.historical)
        order: list[ColumnElement[Any]] = [e.day.desc(), e.id]
    else:
        (kind, value), *others = asked
        statement = select(e.data).join(t.event_facet, f.event == e.id).where(f.kind == kind, f.value == value)
        if wanted.historical is not None:
            statement = statement.where(f.historical == wanted.historical)
        statement = statement.where(*(_facet(k, t.event_facet.alias(), v) for k, v in others))
        order = [f.day.desc(), f.event]
    return statement.where(*_plain(wanted), *_actor(wanted), *_days(wanted), *_box(wanted)), order


def _plain(wanted: EventFilter) -> list[ColumnElement[bool]]:
    e = t.event.c
    given = [(e.type, wanted.type), (e.status, wanted.status), (e.story, wanted.story)]
    return [column == value for column, value in given if value is not None]


def _actor(wanted: EventFilter) -> list[ColumnElement[bool]]:
    """Ask that one name holds the words in order; the words alone were asked for by the index."""
    if wanted.actor is None:
        return []
    other = t.event_facet.alias()
    padded = " " + other.c.value + " "
    holds = padded.contains(f" {fold(wanted.actor)} ", autoescape=True)
    return [exists().where(and_(other.c.event == t.event.c.id, other.c.kind == "actor", holds))]


def _facet(kind: str, other: Any, value: str) -> ColumnElement[bool]:
    return exists().where(and_(other.c.event == t.event.c.id, other.c.kind == kind, other.c.value == value))


def _days(wanted: EventFilter) -> list[ColumnElement[bool]]:
    e = t.event.c
    made = [e.last_day >= wanted.after] if wanted.after is not None else []
    return made + ([e.first_day <= wanted.before] if wanted.before is not None else [])


def _box(wanted: EventFilter) -> list[ColumnElement[bool]]:
    if wanted.box is None:
        return []
    west, south, east, north = wanted.box
    p = t.event_point.c
    across = p.lon.between(west, east) if west <= east else or_(p.lon >= west, p.lon <= east)
    return [exists().where(and_(p.event == t.event.c.id, p.lat.between(south, north), across))]
