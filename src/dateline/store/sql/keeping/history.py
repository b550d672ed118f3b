"""Keep what rows were before in SQL."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from dateline import codec
from dateline.model import Event, Gone
from dateline.store import facets
from dateline.store.history import TYPES, Kind, Record, articles_of, owner, successor, without
from dateline.store.sql import schema as t
from dateline.store.sql.asking.events import EventReader
from dateline.store.sql.asking.reading import IDS, MANY, ArticleReader, _parts
from dateline.store.sql.engine import upsert
from dateline.store.sql.working.claims import Claims

# Statements are made once: to make one takes longer than to run it.
_BACK = delete(t.gone).where(t.gone.c.kind == bindparam("kind"), t.gone.c.id.in_(IDS))
_LAST = (
    select(t.past.c.id, t.past.c.data)
    .where(t.past.c.kind == bindparam("kind"), t.past.c.id.in_(IDS))
    .order_by(t.past.c.from_)
)
_TABLES = {"article": t.article, "story": t.story, "event": t.event, "mention": t.mention}


class History(ArticleReader, EventReader, Claims):
    """What rows were before, and what was taken away."""

    def _now(self, since: int = facets.NEVER) -> int:
        """Give the moment of a change: never before the one it follows, also where the clock was set back."""
        return max(since, int(time.time()) if self.clock == facets.NEVER else self.clock)

    def _supersede(self, connection: Connection, kind: Kind, rows: Iterable[tuple[Record, int]], now: int) -> None:
        """Keep rows as they were from their moment until now, without the words of what was withdrawn."""
        given = [(record, since) for record, since in rows if since < now]
        articles = sorted({id for record, _since in given for id in articles_of(record)})
        withdrawn = self.withdrawals(articles) if articles else {}
        made = []
        for record, since in given:
            kept = without(record, withdrawn) if withdrawn else record
            if kept is not None:
                row = {"kind": kind, "id": record.id, "from_": since, "until": now, "story": owner(record)}
                made.append({**row, "data": _pack(kept)})
        if made:
            upsert(connection, t.past, made)

    def _take_away(self, connection: Connection, kind: Kind, into: dict[str, str | None], now: int) -> None:
        rows = [{"kind": kind, "id": id, "epoch": now, "into": to} for id, to in sorted(into.items())]
        upsert(connection, t.gone, rows)

    def _bring_back(self, connection: Connection, kind: Kind, ids: Sequence[str]) -> None:
        for part in _parts(ids):
            connection.execute(_BACK, {"kind": kind, "ids": part})

    def _forget_words(self, connection: Connection, article: str) -> None:
        """Take the words of a withdrawn article out of all that rows were before."""
        p = t.past.c
        own = (p.kind == "article") & (p.id == article) | (p.kind == "mention") & (p.story == article)
        connection.execute(delete(t.past).where(own))
        story = connection.execute(select(t.article.c.story).where(t.article.c.id == article)).scalar()
        if story is None:
            return
        stories = [story, *connection.execute(select(t.moved.c.id).where(t.moved.c.into == story)).scalars()]
        for row in connection.execute(select(t.past).where(p.story.in_(stories))).all():
            record = unpack(row.kind, row.data)
            if article in articles_of(record):
                kept = without(record, {article})
                here = (p.kind == row.kind) & (p.id == row.id) & (p.from_ == row[2])
                if kept is None:
                    connection.execute(delete(t.past).where(here))
                else:
                    connection.execute(update(t.past).where(here).values(data=_pack(kept)))

    # ---- what may be asked

    def since(self, kind: Kind, ids: Iterable[str]) -> dict[str, int]:
        c = _TABLES[kind].c
        found: dict[str, int] = {}
        for part in _parts(dict.fromkeys(ids)):
            found.update({row.id: row.since for row in self._rows(select(c.id, c.since).where(c.id.in_(part)))})
        return found

    def past(self, kind: Kind, ids: Iterable[str], when: int) -> dict[str, Record]:
        p = t.past.c
        found: dict[str, Record] = {}
        for part in _parts(dict.fromkeys(ids)):
            own = select(p.id, p.data).where(p.kind == kind, p.id.in_(part), p.from_ <= when, p.until > when)
            found.update({row.id: unpack(kind, row.data) for row in self._rows(own)})
        return found

    def last_past(self, kind: Kind, ids: Sequence[str]) -> dict[str, Record]:
        """Give rows as they were when they went, where they are kept."""
        found: dict[str, Record] = {}
        with self.database.reading() as connection:
            for part in _parts(ids):
                rows = connection.execute(_LAST, {"kind": kind, "ids": part})
                found.update({row.id: unpack(kind, row.data) for row in rows})
        return found

    def states(self, event: str) -> list[tuple[str | None, Event]]:
        p = t.past.c
        rows = self._rows(select(p.from_, p.data).where(p.kind == "event", p.id == event).order_by(p.from_))
        found = [(facets.moment_of(row.from_), unpack("event", row.data)) for row in rows]
        now = self.event(event)
        return found if now is None else [*found, (facets.moment_of(self.since("event", [event])[event]), now)]

    def past_of(self, kind: Kind, owner: str, when: int) -> list[Record]:
        p = t.past.c
        own = select(p.data).where(p.story == owner, p.kind == kind, p.from_ <= when, p.until > when)
        return [unpack(kind, row.data) for row in self._rows(own.order_by(p.id))]

    def each_past(self, kind: Kind, when: int) -> Iterator[Record]:
        p, last = t.past.c, ""
        while True:
            own = select(p.id, p.data).where(p.kind == kind, p.id > last, p.from_ <= when, p.until > when)
            rows = self._rows(own.order_by(p.id).limit(MANY))
            yield from (unpack(kind, row.data) for row in rows)
            if len(rows) < MANY:
                return
            last = rows[-1].id

    def count_at(self, kind: Kind, when: int) -> int:
        table, p = _TABLES[kind], t.past.c
        now = select(func.count()).select_from(table).where(table.c.since <= when)
        then = select(func.count()).select_from(t.past).where(p.kind == kind, p.from_ <= when, p.until > when)
        return int(self._rows(now)[0][0]) + int(self._rows(then)[0][0])

    def went(self, kind: Kind, id: str) -> int | None:
        rows = self._rows(select(t.gone.c.epoch).where(t.gone.c.kind == kind, t.gone.c.id == id))
        return rows[0].epoch if rows else None

    def gone(self) -> Iterator[Gone]:
        g = t.gone.c
        for kind in ("event", "story"):
            last = ""
            while rows := self._rows(select(t.gone).where(g.kind == kind, g.id > last).order_by(g.id).limit(MANY)):
                before = self.last_past("event", [row.id for row in rows]) if kind == "event" else {}
                for row in rows:
                    event = before.get(row.id)
                    tells = successor(event, self.events_of(event.articles)) if isinstance(event, Event) else row.into
                    yield Gone(row.id, row.kind, facets.moment_of(row.epoch), tells)
                last = rows[-1].id


def _pack(record: Record) -> bytes:
    return zlib.compress(codec.encode(record), 6)


def unpack(kind: Any, data: bytes) -> Any:
    """Give the record that a row of `past` keeps."""
    return codec.restore(zlib.decompress(data), TYPES[kind])
