"""The owner's marks and sessions in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, false, func, literal, or_, select, update

from dateline.store.owner import Chosen, Mark, Outlet, Session
from dateline.store.sql import schema as t
from dateline.store.sql.asking.reading import MANY, Asking, _parts
from dateline.store.sql.engine import upsert


class SqlOwner(Asking):
    """Keep the owner's marks and sessions in the desk's database."""

    def marks(self, articles: Iterable[str]) -> dict[str, Mark]:
        m = t.mark.c
        found: dict[str, Mark] = {}
        for part in _parts(dict.fromkeys(articles)):
            rows = self._rows(select(m.article, m.read, m.starred).where(m.article.in_(part)))
            found.update({row.article: Mark(bool(row.read), bool(row.starred)) for row in rows})
        return found

    def put_marks(self, articles: Sequence[str], *, read: bool | None = None, starred: bool | None = None) -> None:
        given = {name: value for name, value in (("read", read), ("starred", starred)) if value is not None}
        if not given or not articles:
            return
        fresh = [{"article": id, "read": False, "starred": False} for id in dict.fromkeys(articles)]
        with self.database.writing() as connection:
            upsert(connection, t.mark, fresh, keep=True)
            for part in _parts(dict.fromkeys(articles)):
                connection.execute(update(t.mark).where(t.mark.c.article.in_(part)).values(**given))

    def read_all(self, chosen: Chosen) -> None:
        a, m = t.article.c, t.mark.c
        ids = select(a.id).select_from(_joined()).where(_passes(chosen))
        missing = select(a.id, literal(True), literal(False)).select_from(_joined()).where(_passes(chosen))
        with self.database.writing() as connection:
            connection.execute(update(t.mark).where(m.article.in_(ids)).values(read=True))
            connection.execute(
                t.mark.insert().from_select(["article", "read", "starred"], missing.where(m.article.is_(None)))
            )

    def listed(
        self, chosen: Chosen, *, oldest_first: bool = False, limit: int = 50, offset: int = 0
    ) -> list[tuple[str, int]]:
        a = t.article.c
        order = (a.epoch, a.id.desc()) if oldest_first else (a.epoch.desc(), a.id)
        found = select(a.id, a.epoch).select_from(_joined()).where(_passes(chosen)).order_by(*order)
        return [(row.id, row.epoch) for row in self._rows(found.limit(limit).offset(offset))]

    def outlets(self) -> list[Outlet]:
        a, m = t.article.c, t.mark.c
        unread = func.sum(case((func.coalesce(m.read, false()), 0), else_=1))
        statement = select(a.source, func.count(), unread, func.max(a.epoch)).select_from(_joined())
        rows = self._rows(statement.group_by(a.source))
        made = [Outlet(row[0], int(row[1]), int(row[2]), int(row[3])) for row in rows]
        return sorted(made, key=lambda outlet: outlet.domain or "")

    def article_ids(self) -> Iterator[str]:
        last = ""
        while True:
            own = select(t.article.c.id).where(t.article.c.id > last).order_by(t.article.c.id).limit(20 * MANY)
            rows = self._rows(own)
            yield from (row.id for row in rows)
            if not rows:
                return
            last = rows[-1].id

    def open_session(self, session: Session, now: int) -> None:
        row: dict[str, Any] = {
            "hash": session.hash, "kind": session.kind, "created": session.created, "expires": session.expires,
        }  # fmt: skip
        with self.database.writing() as connection:
            connection.execute(delete(t.session).where(t.session.c.expires < now))
            upsert(connection, t.session, [row])

    def session(self, hash: str) -> Session | None:
        rows = self._rows(select(t.session).where(t.session.c.hash == hash))
        return Session(rows[0].hash, rows[0].kind, rows[0].created, rows[0].expires) if rows else None

    def close_session(self, hash: str) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(t.session).where(t.session.c.hash == hash))

    def close_sessions(self) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(t.session))


def _joined() -> Any:
    return t.article.outerjoin(t.mark, t.mark.c.article == t.article.c.id)


def _passes(chosen: Chosen) -> ColumnElement[bool]:
    """Write a choice as a condition on articles joined with their marks."""
    a, m = t.article.c, t.mark.c
    parts: list[ColumnElement[bool]] = []
    if chosen.source is not None:
        parts.append(a.source == chosen.source if chosen.source else or_(a.source.is_(None), a.source == ""))
    for column, wanted in ((m.read, chosen.read), (m.starred, chosen.starred)):
        if wanted is not None:
            parts.append(func.coalesce(column, false()) == literal(wanted))
    if chosen.since is not None:
        parts.append(a.epoch >= chosen.since)
    if chosen.until is not None:
        parts.append(a.epoch < chosen.until)
    return and_(literal(True), *parts)
