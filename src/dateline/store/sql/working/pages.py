"""Keep pages, and the queue of those still to be read, in SQL."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, insert, select, update

from dateline.model import Article, Entry, Page
from dateline.store import content, facets
from dateline.store.ports import Waiting
from dateline.store.sql import schema as t
from dateline.store.sql.asking.reading import OWN
from dateline.store.sql.engine import upsert
from dateline.store.sql.keeping.writing import wire
from dateline.store.sql.working.claims import Claims

# Statements are made once: to make one takes longer than to run it.
_KNOWN = select(t.page.c.n, t.page.c.latest).where(t.page.c.id == OWN, t.page.c.hash == bindparam("hash"))
_NOT_LATEST = update(t.page).where(t.page.c.id == OWN, t.page.c.latest).values(latest=False)
_NEW = insert(t.page).returning(t.page.c.n)
_WAITS = insert(t.waiting)
_READ = delete(t.waiting).where(t.waiting.c.n == bindparam("number"))


class Pages(Claims):
    """What the desk writes and reads of pages."""

    def put_page(self, page: Page | Article, *, live: bool = False, origin: str | None = None) -> bool:
        hash = content.fingerprint(page)
        with self.database.writing() as connection:
            known = connection.execute(_KNOWN, {"own": page.id, "hash": hash}).first()
            if known is not None and not (live and not known.latest):
                return False
            connection.execute(_NOT_LATEST, {"own": page.id})
            if known is not None:
                connection.execute(update(t.page).where(t.page.c.n == known.n).values(latest=True))
                connection.execute(delete(t.waiting).where(t.waiting.c.page == known.n))
                number = known.n
            else:
                row = {"id": page.id, "hash": hash, "latest": True, "origin": origin, "content": content.pack(page)}
                number = connection.execute(_NEW, row).scalar_one()
            connection.execute(_WAITS, {"page": number})
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
            connection.execute(_READ, {"number": number})
            self._let_go(connection, "read", [str(number)])

    def read_again(self) -> int:
        with self.database.writing() as connection:
            whole = select(t.page.c.n).where(t.page.c.latest, func.length(t.page.c.content) > 0)
            newest = connection.execute(whole.order_by(t.page.c.n)).all()
            present = {row.page for row in connection.execute(select(t.waiting.c.page))}
            rows = [{"page": row.n} for row in newest if row.n not in present]
            for start in range(0, len(rows), 500):
                connection.execute(insert(t.waiting), rows[start : start + 500])
        return len(newest)
