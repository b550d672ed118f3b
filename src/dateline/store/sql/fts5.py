"""Search with SQLite's FTS5.

The index is contentless: it keeps where words stand, not the words themselves (the articles have those), at half the
space.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, false, func, literal_column, not_, or_, select, text

from dateline.store.search.document import CANDIDATES, TITLE_WEIGHT, fresh
from dateline.store.search.query import And, Match, Node, Not, Or, When
from dateline.store.sql import schema as t
from dateline.store.sql.finding import COLUMNS, Finding, Found

_WEIGHTS = ", ".join(str(w) for w in (TITLE_WEIGHT, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0))


class WordSearch(Finding):
    """Search in an SQLite database."""

    def _put_in(self, connection: Connection, number: int, columns: Sequence[str]) -> None:
        _run(connection, "INSERT INTO words (rowid, {names}) VALUES (:n, {values})", number, columns)

    def _take_out(self, connection: Connection, number: int, columns: Sequence[str]) -> None:
        statement = "INSERT INTO words (words, rowid, {names}) VALUES ('delete', :n, {values})"
        _run(connection, statement, number, columns)

    def _find(self, connection: Connection, node: Node, limit: int, offset: int) -> list[Found]:
        rows = connection.execute(_statement(node)).all()
        newest = connection.execute(select(func.max(t.article.c.epoch))).scalar() or 0
        ranked = sorted(rows, key=lambda r: (-r.epoch, r.id))
        ranked.sort(key=lambda r: -(r.rank * fresh(r.epoch, newest)))
        shown = ranked[offset : offset + limit]
        return [Found(r.n, r.id, r.story, r.rank * fresh(r.epoch, newest)) for r in shown]


def _run(connection: Connection, statement: str, number: int, columns: Sequence[str]) -> None:
    values = dict(zip(COLUMNS, columns, strict=True))
    names = ", ".join(COLUMNS)
    connection.execute(
        text(statement.format(names=names, values=", ".join(f":{n}" for n in COLUMNS))), {"n": number, **values}
    )


def _statement(node: Node) -> Any:
    """Give the statement for a query: its newest CANDIDATES matches with their BM25 rank (higher is better).

    As much of the query as FTS5 can say is one MATCH, which also ranks; the rest are conditions beside it.
    """
    parts = node.parts if isinstance(node, And) else (node,)
    matching = [p for p in parts if _sayable(p) and not isinstance(p, Not)]
    excluded = [p for p in parts if _sayable(p) and isinstance(p, Not)]
    others = [p for p in parts if not _sayable(p)]
    c = t.article.c
    if not matching:
        conditions = [_condition(p) for p in parts]
        found = select(c.n, c.id, c.story, c.epoch, literal_column("0.0").label("rank"))
        found = found.join(t.indexed, t.indexed.c.n == c.n).where(*conditions)
        return found.order_by(c.epoch.desc(), c.id).limit(CANDIDATES)
    said = " AND ".join(f"({_say(p)})" for p in matching)
    if excluded:
        said = f"({said}) NOT ({' OR '.join(_say(p.of) for p in excluded if isinstance(p, Not))})"
    words = text(f"SELECT rowid AS n, -bm25(words, {_WEIGHTS}) AS rank FROM words WHERE words MATCH :said").bindparams(
        bindparam("said", said)
    )
    if not others:
        newest = text(f"{words.text} ORDER BY rowid DESC LIMIT {CANDIDATES}").bindparams(bindparam("said", said))
        ranked = newest.columns(literal_column("n"), literal_column("rank")).subquery()
        n, rank = ranked.c.n, ranked.c.rank
        return select(c.n, c.id, c.story, c.epoch, rank).join(ranked, n == c.n)
    ranked = words.columns(literal_column("n"), literal_column("rank")).subquery()
    found = select(c.n, c.id, c.story, c.epoch, ranked.c.rank).join(ranked, ranked.c.n == c.n)
    return found.where(*(_condition(p) for p in others)).order_by(c.n.desc()).limit(CANDIDATES)


def _sayable(node: Node) -> bool:
    """Tell whether FTS5 can say this part: all but dates and a NOT that has nothing to be taken from."""
    if isinstance(node, Match):
        return True
    if isinstance(node, When):
        return False
    if isinstance(node, Not):
        return _sayable(node.of) and not isinstance(node.of, Not)
    plain = [part for part in node.parts if not isinstance(part, Not)]
    enough = bool(plain) if isinstance(node, And) else len(plain) == len(node.parts)
    return enough and all(_sayable(part) for part in node.parts)


def _say(node: Node) -> str:
    """Write a part that is sayable in FTS5's own language."""
    if isinstance(node, Match):
        column = "{title body}" if node.field is None else node.field
        return f"{column} : " + '"' + " ".join(node.words) + '"' + (" *" if node.prefix else "")
    if isinstance(node, Or):
        return " OR ".join(f"({_say(part)})" for part in node.parts)
    if isinstance(node, And):
        plain = " AND ".join(f"({_say(part)})" for part in node.parts if not isinstance(part, Not))
        without = [f"({_say(part.of)})" for part in node.parts if isinstance(part, Not)]
        return f"({plain}) NOT ({' OR '.join(without)})" if without else plain
    raise TypeError(f"{node} cannot be said")


def _condition(node: Node) -> Any:
    """Write any part as a condition on an article."""
    c = t.article.c
    if isinstance(node, When):
        return c.day >= node.day if node.side == "after" else c.day < node.day
    if isinstance(node, Not):
        # An undated article is not after a day, so that it is among those that are NOT after it.
        return not_(func.coalesce(_condition(node.of), false()))
    if _sayable(node):
        return _found_by(_say(node))
    if isinstance(node, And):
        return and_(*(_condition(part) for part in node.parts))
    if isinstance(node, Or):
        return or_(*(_condition(part) for part in node.parts))
    raise TypeError(f"{node} is no part of a query")


def _found_by(said: str) -> Any:
    """Ask that an article is among those that FTS5 finds."""
    name = f"said_{_name(said)}"
    inner = text(f"SELECT rowid FROM words WHERE words MATCH :{name}").bindparams(bindparam(name, said))
    return t.article.c.n.in_(inner.columns(literal_column("rowid")).scalar_subquery())


def _name(said: str) -> str:
    """Name a parameter after its value, so that two of them never share a name."""
    return format(zlib.crc32(said.encode("utf-8")), "08x")
