"""Let go of what is old in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, or_, select, update

from dateline import codec
from dateline.model import Article, Story
from dateline.store import facets
from dateline.store.history import Record
from dateline.store.retaining import Kept, Purged, cited_by, stub
from dateline.store.sql import schema as t
from dateline.store.sql.asking.reading import MANY, _parts
from dateline.store.sql.engine import bump
from dateline.store.sql.finding.plan import Finding
from dateline.store.sql.keeping.history import unpack
from dateline.store.sql.keeping.writing import Writing, wire


class Retaining(Finding, Writing):
    """What the owner does not want to keep for ever."""

    def purge(self, what: Kept, before: int, *, since: int = facets.NEVER, preview: bool = False) -> Purged:
        if what == "pages":
            return self._purge_pages(before, preview)
        if what == "texts":
            return self._purge_texts(before, since, preview)
        if what == "rejected":
            return self._purge_rejected(before, preview)
        return self._purge_history(before, preview)

    def _purge_pages(self, before: int, preview: bool) -> Purged:
        p = t.page.c
        old_article = exists().where(
            t.article.c.id == p.id, t.article.c.epoch < before, t.article.c.epoch > facets.NEVER
        )
        old_rejection = exists().where(t.rejection.c.id == p.id, t.rejection.c.epoch < before)
        waits = exists().where(t.waiting.c.page == p.n)
        chosen = [func.length(p.content) > 0, or_(old_article, old_rejection), ~waits]
        rows, size = self._rows(select(func.count(), func.sum(func.length(p.content))).where(*chosen))[0]
        if rows and not preview:
            with self.database.writing() as connection:
                # The row stays: a page that comes again with this content is known, and not read again.
                connection.execute(update(t.page).where(*chosen).values(content=b""))
        return Purged("pages", int(rows), int(size or 0))

    def _purge_rejected(self, before: int, preview: bool) -> Purged:
        r = t.rejection.c
        rows, size = self._rows(select(func.count(), func.sum(func.length(r.data))).where(r.epoch < before))[0]
        if rows and not preview:
            with self.database.writing() as connection:
                bump(connection, "rejection", -connection.execute(delete(t.rejection).where(r.epoch < before)).rowcount)
        return Purged("rejected", int(rows), int(size or 0))

    def _purge_history(self, before: int, preview: bool) -> Purged:
        p, v = t.past.c, t.version.c
        rows, size = self._rows(select(func.count(), func.sum(func.length(p.data))).where(p.until < before))[0]
        old = [(row.article, row.number) for row in self._rows(_old_versions()) if facets.epoch(_seen(row)) < before]
        if not preview:
            with self.database.writing() as connection:
                connection.execute(delete(t.past).where(p.until < before))
                for article, number in old:
                    connection.execute(delete(t.version).where(v.article == article, v.number == number))
        return Purged("history", int(rows) + len(old), int(size or 0))

    def _purge_texts(self, before: int, since: int, preview: bool) -> Purged:
        """Let go of the texts of articles that were published between two moments, and that nothing cites."""
        a, last = t.article.c, ""
        rows = size = cited = 0
        dated = select(a.n, a.id, a.story, t.content.c.data).join(t.content, t.content.c.n == a.n)
        dated = dated.where(a.epoch < before, a.epoch > max(since, facets.NEVER))
        while found := self._rows(dated.where(a.id > last).order_by(a.id).limit(MANY)):
            whole = {row.id: codec.restore(row.data, Article) for row in found}
            kept = self._cited([(row.id, row.story) for row in found])
            free = [row for row in found if row.id not in kept and whole[row.id].text]
            cited += sum(1 for row in found if row.id in kept)
            rows, size = rows + len(free), size + sum(len(row.data) for row in free)
            if free and not preview:
                with self.database.writing() as connection:
                    self._forget_texts(connection, [(row.n, whole[row.id]) for row in free])
            last = found[-1].id
        return Purged("texts", rows, size, cited)

    def _cited(self, articles: Iterable[tuple[str, str | None]]) -> set[str]:
        """Name those of the articles that an event or a digest cites, today or in what is kept of the past."""
        of = dict(articles)
        found: set[str] = set()
        for part in _parts(of):
            own = select(t.event_article.c.article).where(t.event_article.c.article.in_(part))
            found |= {row.article for row in self._rows(own)}
        for part in _parts({story for story in of.values() if story}):
            for row in self._rows(select(t.story.c.data).where(t.story.c.id.in_(part))):
                found |= cited_by(codec.restore(row.data, Story))
            for row in self._rows(select(t.past).where(t.past.c.story.in_(part), t.past.c.kind != "mention")):
                found |= _cited_then(unpack(row.kind, row.data))
        return found & set(of)

    def _forget_texts(self, connection: Connection, articles: list[tuple[int, Article]]) -> None:
        for number, article in articles:
            bare = stub(article)
            connection.execute(update(t.content).where(t.content.c.n == number).values(data=wire(bare)))
            self.put_mentions(article.id, ())
            self.index(article.id, text=False)
        for part in _parts(article.id for _number, article in articles):
            p = t.past.c
            connection.execute(delete(t.past).where(p.kind == "article", p.id.in_(part)))
            connection.execute(delete(t.past).where(p.kind == "mention", p.story.in_(part)))
            connection.execute(delete(t.version).where(t.version.c.article.in_(part)))
            connection.execute(delete(t.tags).where(t.tags.c.article.in_(part)))


def _cited_then(record: Record) -> set[str]:
    return cited_by(record) if isinstance(record, Story) else set(getattr(record, "articles", ()))


def _old_versions() -> Select[Any]:
    """Choose the versions of articles but the newest."""
    v, newer = t.version.c, t.version.alias()
    later = exists().where(newer.c.article == v.article, newer.c.number > v.number)
    return select(v.article, v.number, v.data).where(later)


def _seen(row: Any) -> str:
    found: str = codec.parse(row.data)["seen"]
    return found
