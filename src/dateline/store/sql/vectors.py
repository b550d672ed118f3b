"""Search with PostgreSQL's tsvector.

A vector holds the words that `search.terms` has folded, as they are: no dictionary of the server has a say, so that
both engines find the same. Words of a field carry its letter (`p:orsk`), so that one index answers for all columns.

Every word also carries the number of its *shard*, the articles of one stretch of arrivals (`3/dam`). A frequent word is
then read from the newest shards only, until there are enough matches to rank, and never from a million.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, text

from dateline.store.search.document import CANDIDATES, GAP, fresh
from dateline.store.search.query import And, Match, Node, Not, Or, When
from dateline.store.sql.finding import COLUMNS, Finding, Found

SHARD = 14  # bits of a row's number within its shard: 16,384 articles
_FIELDS = {"source": "s", "place": "p", "actor": "a", "type": "t", "lang": "l"}
_LAST = 16_383  # the last position a vector can tell
_POSITIONS = 255  # of one word
_LONGEST = 400  # characters of a word that count
_ROOM = 900_000  # bytes of a vector; the engine's limit is 1 MB
_APART = 3  # positions between columns, so that no phrase runs from one into the next
_DETAILED = 400  # best matches whose vectors are read for their full rank
_WEIGHTS = "{0.33, 0, 0, 1}"  # of a word in the text, …, in the title (ts_rank's order is D C B A)
_ANY = 0.15  # first rank of a match that is not in the title, whose own rank is 1


class VectorSearch(Finding):
    """Search in a PostgreSQL database."""

    def _put_in(self, connection: Connection, number: int, columns: Sequence[str]) -> None:
        title, said = _vectors(number >> SHARD, dict(zip(COLUMNS, columns, strict=True)))
        connection.execute(
            text(
                "INSERT INTO words (n, epoch, day, title, said) "
                "SELECT n, epoch, day, CAST(:title AS tsvector), CAST(:said AS tsvector) FROM article WHERE n = :n"
            ),
            {"n": number, "title": title, "said": said},
        )

    def _take_out(self, connection: Connection, number: int, columns: Sequence[str]) -> None:
        del columns
        connection.execute(text("DELETE FROM words WHERE n = :n"), {"n": number})

    def _find(self, connection: Connection, node: Node, limit: int, offset: int) -> list[Found]:
        newest = connection.execute(text("SELECT max(epoch) FROM words")).scalar() or 0
        rows = _newest(connection, node)
        scored = [((_ANY + (1 if r.titled else 0)) * fresh(r.epoch, newest), r.epoch, r.n) for r in rows]
        scored.sort(reverse=True)
        plain = list(_leaves(node))
        if not plain:
            scored = [(0.0, epoch, n) for _score, epoch, n in sorted(scored, key=lambda s: (-s[1], -s[2]))]
        else:
            scored = _in_detail(connection, plain, scored, newest)
        shown = scored[offset : offset + limit]
        own = text("SELECT n, id, story FROM article WHERE n = ANY(:ids)")
        names = {r.n: r for r in connection.execute(own, {"ids": [n for _score, _epoch, n in shown]})}
        return [Found(n, names[n].id, names[n].story, score) for score, _epoch, n in shown if n in names]


Scored = tuple[float, int, int]  # rank, epoch, number


def _newest(connection: Connection, node: Node) -> list[Any]:
    """Give the newest CANDIDATES matches, looked for in ever more shards, the newest first."""
    top = (connection.execute(text("SELECT max(n) FROM words")).scalar() or 0) >> SHARD
    found: list[Any] = []
    width = 1
    while top >= 0 and len(found) < CANDIDATES:
        shards = range(max(0, top - width + 1), top + 1)
        statement, given = _statement(node, shards)
        found += connection.execute(text(statement), {**given, "most": CANDIDATES - len(found)}).all()
        top, width = shards[0] - 1, min(64, width * 2)
    return found


def _statement(node: Node, shards: range) -> tuple[str, dict[str, object]]:
    """Write the statement for a query over some shards: what a vector can say in one match, the rest beside it."""
    said = _Said(shards)
    parts = node.parts if isinstance(node, And) else (node,)
    matching = [part for part in parts if _sayable(part) and not isinstance(part, Not)]
    conditions = [said.condition(part) for part in parts if part not in matching]
    if matching:
        conditions.append(f"said @@ CAST(:{said.name(And(tuple(matching)))} AS tsquery)")
    else:
        low, high = shards[0] << SHARD, (shards[-1] + 1) << SHARD
        conditions.append(f"n >= {low} AND n < {high}")
    plain = list(_leaves(node))
    titled = f"title @@ CAST(:{said.name(Or(tuple(plain)))} AS tsquery)" if plain else "false"
    found = f"SELECT n, epoch, {titled} AS titled FROM words WHERE {' AND '.join(conditions)}"
    return f"{found} ORDER BY n DESC LIMIT :most", said.given


class _Said:
    """Writes parts of a query for some shards, their values as parameters."""

    def __init__(self, shards: range) -> None:
        self.shards = shards
        self.given: dict[str, object] = {}

    def name(self, node: Node) -> str:
        made = " | ".join(f"({_say(node, shard)})" for shard in self.shards)
        return self._keep(made)

    def condition(self, node: Node) -> str:
        if isinstance(node, When):
            return f"day {'>=' if node.side == 'after' else '<'} :{self._keep(node.day)}"
        if isinstance(node, Not):
            # An undated article is not after a day, so that it is among those that are NOT after it.
            return f"NOT coalesce({self.condition(node.of)}, false)"
        if _sayable(node):
            return f"n IN (SELECT n FROM words WHERE said @@ CAST(:{self.name(node)} AS tsquery))"
        if isinstance(node, And | Or):
            joint = " AND " if isinstance(node, And) else " OR "
            return "(" + joint.join(self.condition(part) for part in node.parts) + ")"
        raise TypeError(f"{node} is no part of a query")

    def _keep(self, value: object) -> str:
        name = f"p{len(self.given)}"
        self.given[name] = value
        return name


def _sayable(node: Node) -> bool:
    """Tell whether a vector can say this part: all but dates and what is only negated."""
    if isinstance(node, Match):
        return True
    if isinstance(node, When | Not):
        return isinstance(node, Not) and _sayable(node.of) and not isinstance(node.of, Not)
    plain = [part for part in node.parts if not isinstance(part, Not)]
    enough = bool(plain) if isinstance(node, And) else len(plain) == len(node.parts)
    return enough and all(_sayable(part) for part in node.parts)


def _say(node: Node, shard: int) -> str:
    if isinstance(node, Match):
        mark = f"{shard:x}/" + (f"{_FIELDS[node.field]}:" if node.field else "")
        words = [f"'{mark}{word[:_LONGEST]}'" for word in node.words]
        return " <-> ".join(words) + (":*" if node.prefix else "")
    if isinstance(node, Not):
        return f"!({_say(node.of, shard)})"
    if isinstance(node, And | Or):
        return (" & " if isinstance(node, And) else " | ").join(f"({_say(part, shard)})" for part in node.parts)
    raise TypeError(f"{node} cannot be said")


def _leaves(node: Node) -> Iterator[Match]:
    """Give the words of title and text that are asked for, by which matches are ranked."""
    if isinstance(node, Match):
        if node.field is None:
            yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from _leaves(part)


def _in_detail(connection: Connection, plain: list[Match], scored: list[Scored], newest: int) -> list[Scored]:
    """Put the best in order by how often and how near the words stand; the others stay behind them."""
    best = scored[:_DETAILED]
    ranks: dict[int, float] = {}
    by_shard: dict[int, list[int]] = {}
    for _score, _epoch, n in best:
        by_shard.setdefault(n >> SHARD, []).append(n)
    if by_shard:
        shards = sorted(by_shard)
        query = " | ".join(f"({_say(Or(tuple(plain)), shard)})" for shard in shards)
        rank = text(
            f"SELECT n, ts_rank('{_WEIGHTS}', said, CAST(:query AS tsquery), 1) AS rank FROM words WHERE n = ANY(:ids)"
        )
        rows = connection.execute(rank, {"query": query, "ids": [n for _score, _epoch, n in best]})
        ranks = {row.n: float(row.rank) for row in rows}
    detailed = [(ranks.get(n, 0.0) * fresh(epoch, newest), epoch, n) for _score, epoch, n in best]
    detailed.sort(key=lambda s: (-s[0], -s[1], -s[2]))
    floor = detailed[-1][0] if detailed else 0.0
    return detailed + [(min(score, floor), epoch, n) for score, epoch, n in scored[_DETAILED:]]


def _vectors(shard: int, columns: dict[str, str]) -> tuple[str, str]:
    """Write the vector of the title's words, and that of all words."""
    made = _Vector()
    for name, letter in _FIELDS.items():
        made.add(columns[name].split(), f"{shard:x}/{letter}:", "C")
    made.add(columns["title"].split(), f"{shard:x}/", "A")
    title = _Vector()
    title.add(columns["title"].split(), f"{shard:x}/", "A")
    made.add(columns["body"].split(), f"{shard:x}/", "")
    return str(title), str(made)


class _Vector:
    """Words with their positions, in the engine's own notation."""

    def __init__(self) -> None:
        self.places: dict[str, list[str]] = {}
        self.next = 1
        self.size = 0

    def add(self, words: list[str], mark: str, weight: str) -> None:
        for word in words:
            place, self.next = self.next, self.next + 1
            if word == GAP:
                continue
            key = f"{mark}{word[:_LONGEST]}"
            have = self.places.get(key)
            if have is None:
                self.size += len(key.encode("utf-8")) + 4
                if self.size > _ROOM:
                    return
                have = self.places[key] = []
            if place <= _LAST and len(have) < _POSITIONS:
                have.append(f"{place}{weight}")
                self.size += 2
        self.next += _APART

    def __str__(self) -> str:
        return " ".join(f"'{word}'" + (":" + ",".join(at) if at else "") for word, at in self.places.items())
