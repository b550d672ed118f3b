"""Keep pages, and the queue of those still to be read, in SQL."""

from __future__ import annotations

from sqlalchemy import delete, func, insert, select, update

from dateline.model import Article, Entry, Page
from dateline.store import content, facets
from dateline.store.ports import Waiting
from dateline.store.sql import schema as t
from dateline.store.sql.engine import upsert
from dateline.store.sql.keeping.writing import wire
from dateline.store.sql.working.claims import Claims


class Pages(Claims):
    """What the desk writes and reads of pages."""

    def put_page(self, page: Page | Article, *, live: bool = False, origin: str | None = None) -> bool:
        hash = content.fingerprint(page)
        c = t.page.c
        with self.database.writing() as connection:
            own = select(c.n, c.latest).where(c.id == page.id)
            known = connection.execute(own.where(c.hash == hash)).first()
            if known is not None and not (live and not known.latest):
                return False
            connection.execute(update(t.page).where(c.id == page.id, c.latest).values(latest=False))
            if known is not None:
                connection.execute(update(t.page).where(c.n == known.n).values(latest=True))
                connection.execute(delete(t.waiting).where(t.waiting.c.page == known.n))
                number = known.n
            else:
                row = {"id": page.id, "hash": hash, "latest": True, "origin": origin, "content": content.pack(page)}
                number = connection.execute(insert(t.page).values(row).returning(c.n)).scalar_one()
            connection.execute(insert(t.waiting).values(page=number))
        return True

    def page(self, id: str) -> Page | Article | None:
        found = self._rows(select(t.page.c.content).where(t.page.c.id == id, t.page.c.latest))
        return content.unpack(found[0].content) if found and found[0].content else None

    def put_entry(self, entry: Entry) -> str | None:
        id, hash = content.entry_id(entry), content.entry_fingerprint(entry)
        with self.database.writing() as connection:
            known = connection.execute(select(t.entry.c.hash).where(t.entry.c.id == id)).scalar()
            if known == hash:
                return None
            upsert(connection, t.entry, [{"id": id, "hash": hash, "data": wire(entry)}])
        return id

    def entry(self, id: str) -> Entry | None:
        return self._one(select(t.entry.c.data).where(t.entry.c.id == id), Entry)

    def put_look(self, id: str, first: str, last: str, next: str | None) -> None:
        due = None if next is None else facets.epoch(next)
        with self.database.writing() as connection:
            own = update(t.entry).where(t.entry.c.id == id)
            connection.execute(own.values(first_look=first, last_look=last, next_look=due))

    def looks_due(self, now: str, limit: int) -> list[tuple[str, str]]:
        c = t.entry.c
        due = select(c.id, c.first_look).where(c.next_look <= facets.epoch(now))
        return [(row.id, row.first_look) for row in self._rows(due.order_by(c.next_look, c.id).limit(limit))]

    def waiting(self, limit: int, after: int = 0) -> list[Waiting]:
        joined = select(t.waiting.c.n, t.page.c.content, t.page.c.origin).join(t.page, t.page.c.n == t.waiting.c.page)
        joined = joined.where(t.waiting.c.n > after)
        return [
            Waiting(r.n, content.unpack(r.content), r.origin)
            for r in self._rows(joined.order_by(t.waiting.c.n).limit(limit))
        ]

    def page_done(self, number: int) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(t.waiting).where(t.waiting.c.n == number))
        self._let_go("read", [str(number)])

    def read_again(self) -> int:
        with self.database.writing() as connection:
            whole = select(t.page.c.n).where(t.page.c.latest, func.length(t.page.c.content) > 0)
            newest = connection.execute(whole.order_by(t.page.c.n)).all()
            present = {row.page for row in connection.execute(select(t.waiting.c.page))}
            rows = [{"page": row.n} for row in newest if row.n not in present]
            for start in range(0, len(rows), 500):
                connection.execute(insert(t.waiting), rows[start : start + 500])
        return len(newest)
