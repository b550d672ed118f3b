"""Make articles findable and answer queries: what both engines share.

What an entry was made from is packed into `indexed`: FTS5 must be told it to take the entry out again, and an index can
be made anew from it without reading an article.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from dateline.model import Article, Hit
from dateline.store.search.document import document, hit
from dateline.store.search.query import Node, parse
from dateline.store.sql import schema as t
from dateline.store.sql.engine import upsert
from dateline.store.sql.events import EventReader
from dateline.store.sql.reading import ArticleReader

COLUMNS = ("title", "body", "source", "place", "actor", "type", "lang")
_LINE = "\n"  # between the columns of an entry: no folded word holds one


@dataclass(frozen=True, slots=True)
class Found:
    """An article that answers a query, with its rank (higher is better)."""

    n: int
    id: str
    story: str | None
    rank: float


class Finding(ArticleReader, EventReader):
    """Search, whatever the engine; `_put_in`, `_take_out` and `_find` are the engine's."""

    def index(self, article: str, *, text: bool = True) -> None:
        found = self.article(article)
        if found is None:
            return
        made = document(found, self.tags(article), self.mentions_of(article), text=text)
        with self.database.writing() as connection:
            number = connection.execute(select(t.article.c.n).where(t.article.c.id == article)).scalar_one()
            self._remove(connection, number)
            self._put_in(connection, number, made.columns())
            packed = zlib.compress(_LINE.join(("1" if text else "0", *made.columns())).encode("utf-8"), 3)
            upsert(connection, t.indexed, [{"n": number, "content": packed}])

    def unindex(self, article: str) -> None:
        with self.database.writing() as connection:
            number = connection.execute(select(t.article.c.n).where(t.article.c.id == article)).scalar()
            if number is not None:
                self._remove(connection, number)

    def index_anew(self, connection: Connection, after: int, limit: int) -> int | None:
        """Put the next entries of `indexed` into an index that lacks them; give the last number, None at the end."""
        c = t.indexed.c
        rows = connection.execute(select(c.n, c.content).where(c.n > after).order_by(c.n).limit(limit)).all()
        for row in rows:
            self._put_in(connection, row.n, columns_of(row.content))
        return rows[-1].n if rows else None

    def _remove(self, connection: Connection, number: int) -> None:
        packed = connection.execute(select(t.indexed.c.content).where(t.indexed.c.n == number)).scalar()
        if packed is not None:
            self._take_out(connection, number, columns_of(packed))
            connection.execute(delete(t.indexed).where(t.indexed.c.n == number))

    def search(self, query: str, *, limit: int = 20, offset: int = 0) -> list[Hit]:
        node = parse(query)
        with self.database.reading() as connection:
            shown = self._find(connection, node, limit, offset)
            packed = select(t.indexed.c.n, t.indexed.c.content).where(t.indexed.c.n.in_([r.n for r in shown]))
            whole = {r.n: zlib.decompress(r.content)[:1] == b"1" for r in connection.execute(packed)}
            articles: dict[str, Article] = self.articles(r.id for r in shown)
        return [hit(articles[r.id], r.story, node, r.rank, text=whole.get(r.n, False)) for r in shown]

    def _put_in(self, connection: Connection, number: int, columns: Sequence[str]) -> None:
        raise NotImplementedError

    def _take_out(self, connection: Connection, number: int, columns: Sequence[str]) -> None:
        raise NotImplementedError

    def _find(self, connection: Connection, node: Node, limit: int, offset: int) -> list[Found]:
        raise NotImplementedError


def columns_of(packed: bytes) -> list[str]:
    """Give the columns of an entry as `indexed` keeps it."""
    return zlib.decompress(packed).decode("utf-8").split(_LINE)[1:]
