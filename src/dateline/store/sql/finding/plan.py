"""Make articles findable and answer queries: what both engines share.

What an entry was made from is packed into `indexed`: FTS5 must be told it to take the entry out again, results are
ranked by it, and an index can be made anew from it without reading an article. The index is no part of the schema: it
says itself which form it has (`meta`), and one of another form is made anew when the desk is opened.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, select

from dateline import codec
from dateline.model import Article, Hit
from dateline.store.ports import Order
from dateline.store.search.document import Document, document, has_text, hit, unpacked
from dateline.store.search.nodes import Leaf, Node, leaves, with_stems
from dateline.store.search.query import parse
from dateline.store.search.ranking import SAMPLE, Candidates, Ranked, put_in_order, rarity
from dateline.store.search.stems import FORM, stemmed
from dateline.store.sql import schema as t
from dateline.store.sql.asking.events import EventReader
from dateline.store.sql.asking.reading import OWN, ArticleReader
from dateline.store.sql.engine import upsert

_FORM = "words"  # under which `meta` says which form the index has
_LANGUAGE = "language:"  # and which languages it holds stems of
_PART = 500  # entries made anew at a time

# Made once: to make a statement takes as long as to run it.
_NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)
_PACKED = select(t.indexed.c.n, t.indexed.c.content).where(t.indexed.c.n.in_(_NUMBERS))
_SHOWN = (
    select(t.article.c.n, t.article.c.id, t.article.c.story, t.indexed.c.content)
    .join(t.indexed, t.indexed.c.n == t.article.c.n)
    .where(t.article.c.n.in_(_NUMBERS))
)
_ENDS = select(*(func.coalesce(select(func.max(c)).scalar_subquery(), 0) for c in (t.article.c.epoch, t.article.c.n)))
_NUMBER = select(t.article.c.n).where(t.article.c.id == OWN)
_CONTENT = select(t.indexed.c.content).where(t.indexed.c.n == bindparam("number"))


class Finding(ArticleReader, EventReader, ABC):
    """Search, whatever the engine; `_put_in`, `_take_out`, `_newest`, `_having` and `_make_words` are the engine's."""

    def index(self, article: str, *, text: bool = True) -> None:
        found = self.article(article)
        if found is None:
            return
        with self.database.writing() as connection:
            number = connection.execute(_NUMBER, {"own": article}).scalar_one()
            self._remove(connection, number)
            self._enter(connection, number, found, text=text)

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
            self._put_in(connection, row.n, unpacked(row.content))
        return rows[-1].n if rows else None

    def renew_index(self) -> None:
        """Make the index anew where it was made by a program that told words apart in another way."""
        m, i, a = t.meta.c, t.indexed.c, t.article.c
        asked = select(m.value).where(m.key == _FORM)
        with self.database.reading() as connection:
            if connection.execute(asked).scalar() == FORM:
                return
        with self.database.writing() as connection:
            self._make_words(connection)
            connection.execute(delete(t.meta).where(m.key.startswith(_LANGUAGE, autoescape=True)))
            after = -1
            while True:
                entries = select(i.n, i.content, t.content.c.data).join(t.content, t.content.c.n == i.n)
                entries = entries.join(t.article, a.n == i.n).where(i.n > after).order_by(i.n).limit(_PART)
                rows = connection.execute(entries).all()
                for row in rows:
                    self._enter(connection, row.n, codec.restore(row.data, Article), text=has_text(row.content))
                if len(rows) < _PART:
                    break
                after = rows[-1].n
            upsert(connection, t.meta, [{"key": _FORM, "value": FORM}])

    def _enter(self, connection: Connection, number: int, found: Article, *, text: bool) -> None:
        made = document(found, self.tags(found.id), self.mentions_of(found.id), text=text)
        self._put_in(connection, number, made)
        upsert(connection, t.indexed, [{"n": number, "content": made.packed(text=text)}])
        spoken = {stemmed(tag) for tag in (found.language, *(part.language for part in found.languages))}
        rows = [{"key": f"{_LANGUAGE}{language}", "value": ""} for language in sorted(filter(None, spoken))]
        upsert(connection, t.meta, rows, keep=True)

    def _remove(self, connection: Connection, number: int) -> None:
        packed = connection.execute(_CONTENT, {"number": number}).scalar()
        if packed is not None:
            self._take_out(connection, number, unpacked(packed))
            connection.execute(delete(t.indexed).where(t.indexed.c.n == number))

    def search(
        self, query: str, *, limit: int = 20, offset: int = 0, order: Order = "rank", today: date | None = None
    ) -> list[Hit]:
        node = parse(query, today)
        with self.database.reading() as connection:
            node = with_stems(node, self._languages(connection))
            shown = self._ranked(connection, node, order, offset + limit)[offset:]
            rows = connection.execute(_SHOWN, {"numbers": [found.n for found in shown]}).all()
            own = {row.n: row for row in rows}
            articles = self.articles(row.id for row in own.values())
        return [
            hit(articles[row.id], row.story, node, found.score, text=has_text(row.content))
            for found in shown
            if (row := own.get(found.n)) is not None and row.id in articles
        ]

    def _ranked(self, connection: Connection, node: Node, order: Order, most: int) -> list[Ranked]:
        candidates = self._newest(connection, node)
        newest, last = [int(value) for value in connection.execute(_ENDS).one()]
        asked: dict[Leaf, float] = {}
        if order == "rank" and len(candidates.n):
            for leaf in leaves(node):
                asked[leaf] = rarity(self._having(connection, leaf, max(0, last - SAMPLE)), min(SAMPLE, last))

        def read(numbers: Sequence[int]) -> Mapping[int, Document]:
            packed = connection.execute(_PACKED, {"numbers": numbers}).all()
            return {n: unpacked(content) for n, content in packed}

        return put_in_order(candidates, newest, asked, read, order, most)

    @staticmethod
    def _languages(connection: Connection) -> list[str]:
        m = t.meta.c
        keys = connection.execute(select(m.key).where(m.key >= _LANGUAGE, m.key < f"{_LANGUAGE}~").order_by(m.key))
        return [key.removeprefix(_LANGUAGE) for key in keys.scalars()]

    @abstractmethod
    def _make_words(self, connection: Connection) -> None:
        """Make an empty index in place of the one there is."""

    @abstractmethod
    def _put_in(self, connection: Connection, number: int, made: Document) -> None: ...

    @abstractmethod
    def _take_out(self, connection: Connection, number: int, made: Document) -> None: ...

    @abstractmethod
    def _newest(self, connection: Connection, node: Node) -> Candidates:
        """Find the matches that arrived last."""

    @abstractmethod
    def _having(self, connection: Connection, leaf: Leaf, after: int) -> int:
        """Count the articles with a number above `after` that have what was asked for."""
