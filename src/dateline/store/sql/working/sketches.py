"""What linking keeps of each article: bytes that only linking reads, made again where they are missing."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, delete, exists, or_, select

from dateline.store import facets
from dateline.store.sql import schema as t
from dateline.store.sql.asking.reading import MANY, OWN
from dateline.store.sql.engine import upsert
from dateline.store.sql.working.claims import Claims

_NONE_OF = delete(t.sketch).where(t.sketch.c.article == OWN)


class Sketches(Claims):
    """Sketches of placed articles, by their moment."""

    def put_sketch(self, article: str, data: bytes | None) -> None:
        with self.database.writing() as connection:
            if data is None:
                connection.execute(_NONE_OF, {"own": article})
            else:
                upsert(connection, t.sketch, [{"article": article, "data": data}])

    def drop_sketches(self, before: str) -> None:
        # asked from the side of the sketches, of which there are few: a desk has old articles without end
        c = t.article.c
        old = exists().where(c.id == t.sketch.c.article, c.epoch > facets.NEVER, c.epoch < facets.epoch(before))
        with self.database.writing() as connection:
            connection.execute(delete(t.sketch).where(old))

    def sketches(self, since: str, until: str) -> Iterator[tuple[str, bytes | None, str | None, str]]:
        c = t.article.c
        placed = (
            select(c.epoch, c.id, t.sketch.c.data, t.family_member.c.family, c.story)
            .outerjoin(t.sketch, t.sketch.c.article == c.id)
            .outerjoin(t.family_member, t.family_member.c.article == c.id)
            .where(c.story.is_not(None), c.epoch >= facets.epoch(since), c.epoch < facets.epoch(until))
            .order_by(c.epoch, c.id)
            .limit(MANY)
        )
        rows = self._rows(placed)
        while rows:
            for row in rows:
                yield row.id, None if row.data is None else bytes(row.data), row.family, row.story
            last = rows[-1]
            later = or_(c.epoch > last.epoch, and_(c.epoch == last.epoch, c.id > last.id))
            rows = self._rows(placed.where(later, c.epoch >= last.epoch))

    def undated_sketches(self, most: int) -> list[tuple[str, bytes | None, str | None, str]]:
        c = t.article.c
        placed = (
            select(c.id, t.sketch.c.data, t.family_member.c.family, c.story)
            .outerjoin(t.sketch, t.sketch.c.article == c.id)
            .outerjoin(t.family_member, t.family_member.c.article == c.id)
            .where(c.story.is_not(None), c.epoch == facets.NEVER)
            .order_by(c.n.desc())
            .limit(most)
        )
        found = [(r.id, None if r.data is None else bytes(r.data), r.family, r.story) for r in self._rows(placed)]
        return found[::-1]
