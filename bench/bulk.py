"""Multiply the rows of a filled store inside its database, at a fraction of the time that making each would take.

A block of rows is copied again and again, each time `DAYS` later and under ids of its own; what is found by hash or by
word is spread as in a desk that grew. Indexes are dropped before and made at the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from dateline.store.search.document import COLUMNS, unpacked
from dateline.store.sql import schema as t
from dateline.store.sql.finding.vectors import SHARD
from dateline.store.sql.store import SqlStore

BLOCK = 1 << SHARD  # articles that are made one by one
DAYS = 12  # that these fill
A_DAY = BLOCK / DAYS
FIRST_DAY = date(2024, 1, 1)
Rows = dict[Any, list[dict[str, Any]]]
_KINDS = "asme"  # the letters before the ids of articles, stories, mentions and events


class Bulk:
    """A connection that writes much, quickly: a crash of the machine would break the database."""

    def __init__(self, raw: Any, *, sqlite: bool) -> None:
        self.raw, self.sqlite = raw, sqlite
        self.later: list[str] = []

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """Run one statement in a transaction of its own."""
        cursor = self.raw.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []

    def insert(self, name: str, rows: Sequence[dict[str, Any]]) -> None:
        """Write rows that were made one by one."""
        if not rows:
            return
        names = ", ".join(f'"{column}"' for column in rows[0])
        values = (tuple(row.values()) for row in rows)
        if self.sqlite:
            self.raw.execute("BEGIN")
            marks = ", ".join("?" for _ in rows[0])
            self.raw.executemany(f"INSERT INTO {name} ({names}) VALUES ({marks})", values)
            self.raw.execute("COMMIT")
            return
        with self.raw.cursor().copy(f"COPY {name} ({names}) FROM STDIN") as stream:
            for row in values:
                stream.write_row(row)

    def drop_indexes(self) -> None:
        """Drop what can be made again at the end."""
        if self.sqlite:
            found = self.run("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        else:
            found = self.run(
                "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND indexname NOT IN "
                "(SELECT conname FROM pg_constraint)"
            )
            self.run("ALTER TABLE shingle DROP CONSTRAINT pk_shingle")
            self.later = ["ALTER TABLE shingle ADD CONSTRAINT pk_shingle PRIMARY KEY (hash, article)"]
        for name, statement in found:
            self.run(f'DROP INDEX "{name}"')
            self.later.append(statement)

    def make_indexes(self) -> None:
        """Make them again, and tell the planner what there is."""
        for statement in self.later:
            self.run(statement)
        self.run("ANALYZE" if self.sqlite else "VACUUM ANALYZE")


@contextmanager
def opened(store: SqlStore) -> Iterator[Bulk]:
    """Open a store's database for writing much; nobody else may be at it."""
    url = store.database.engine.url
    if store.database.is_sqlite:
        raw = sqlite3.connect(url.database or "", isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "temp_store=FILE"):
            raw.execute(f"PRAGMA {pragma}")
        yield Bulk(raw, sqlite=True)
        raw.execute("PRAGMA journal_mode=WAL")
        raw.close()
        return
    import psycopg

    with psycopg.connect(url.set(drivername="postgresql").render_as_string(), autocommit=True) as connection:
        connection.execute("SET maintenance_work_mem = '1GB'")
        connection.execute("SET synchronous_commit = off")
        connection.execute("ALTER SYSTEM SET autovacuum = off")
        connection.execute("SELECT pg_reload_conf()")
        yield Bulk(connection, sqlite=False)
        connection.execute("ALTER SYSTEM RESET autovacuum")
        connection.execute("SELECT pg_reload_conf()")


def write(connection: Bulk, base: Rows) -> None:
    """Write the first block, with its index of words."""
    for table, rows in base.items():
        connection.insert(table.name, rows)
    if connection.sqlite:
        connection.run(f"CREATE TEMP TABLE first_words (n INTEGER PRIMARY KEY, {', '.join(COLUMNS)})")
        documents = [(row["n"], unpacked(row["content"])) for row in base[t.indexed]]
        rows = [{"n": n, **dict(zip(COLUMNS, made.columns(), strict=True))} for n, made in documents]
        connection.insert("first_words", rows)
        connection.run(f"INSERT INTO words (words, rank) VALUES ('hashsize', {1 << 28})")
        connection.run(f"INSERT INTO words (rowid, {', '.join(COLUMNS)}) SELECT * FROM first_words")


def copy_blocks(connection: Bulk, base: Rows, total: int) -> int:
    """Copy the first block until there are about `total` articles; give how many there are."""
    ends = [*[int(row["id"][1:]) for row in base[t.story]][1:], BLOCK]
    made = len(base[t.article])
    for block in range(1, -(-total // BLOCK)):
        left = total - block * BLOCK
        most = BLOCK if left >= BLOCK else max((end for end in ends if end <= left), default=0)
        for day in range(DAYS):
            low, high = _first_of(day), min(_first_of(day + 1), most)
            if low < high:
                for statement in _copies(_Copy(block, day, low, high), sqlite=connection.sqlite):
                    connection.run(statement)
        if connection.sqlite:
            names = ", ".join(COLUMNS)
            said = f"SELECT n + {block * BLOCK}, {names} FROM first_words WHERE n < {most}"
            connection.run(f"INSERT INTO words (rowid, {names}) {said}")
        made = block * BLOCK + most
    if connection.sqlite:
        connection.run(f"INSERT INTO words (words, rank) VALUES ('hashsize', {1 << 20})")
    return made


def add_shingles(connection: Bulk, each: int) -> None:
    """Give every article so many sampled shingles, which no other has."""
    if connection.sqlite:
        numbers = "(WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < {}) SELECT i FROM k)"
        source, hash = numbers.format(each), "random()"
    else:
        source, hash = f"generate_series(1, {each}) AS k(i)", "CAST((random() - 0.5) * 9.2e18 + k.i AS bigint)"
    order = "ORDER BY 1" if connection.sqlite else ""
    connection.run(f"INSERT INTO shingle (hash, article) SELECT {hash}, id FROM article, {source} {order}")
    connection.run(f"INSERT INTO shingled (article, size) SELECT id, {each} FROM article")


def later(number: int, made: str) -> str:
    """Give a text about the article of a place in the first block as that of the article with a number."""
    block = number // BLOCK
    day = FIRST_DAY + timedelta(days=int(number % BLOCK / A_DAY))
    made = made.replace(str(day), str(day + timedelta(days=block * DAYS)))
    return made.replace("a000", f"a{block:03}")


def _first_of(day: int) -> int:
    return -(-day * BLOCK // DAYS)


class _Copy:
    """The stretch of one day in one block: how its values are said in SQL."""

    def __init__(self, block: int, day: int, low: int, high: int) -> None:
        self.block, self.low, self.high = block, low, high
        self.old = [str(FIRST_DAY + timedelta(days=day + more)) for more in (0, 1)]
        self.new = [str(FIRST_DAY + timedelta(days=day + more + block * DAYS)) for more in (0, 1)]
        self.seconds = block * DAYS * 86_400

    def id(self, column: str) -> str:
        for kind in _KINDS:
            column = f"replace({column}, '{kind}000', '{kind}{self.block:03}')"
        return column

    def dated(self, column: str) -> str:
        for old, new in zip(self.old, self.new, strict=True):
            column = f"replace({column}, '{old}', '{new}')"
        return column

    def all(self, column: str) -> str:
        return self.dated(self.id(column))

    def moved(self, column: str) -> str:
        return f"{column} + {self.seconds}"

    def within(self, column: str, kind: str | None = None) -> str:
        low, high = (f"'{kind}{n:09}'" if kind else str(n) for n in (self.low, self.high))
        return f"{column} >= {low} AND {column} < {high}"


def _copies(c: _Copy, *, sqlite: bool) -> Iterator[str]:
    n, day = f"n + {c.block * BLOCK}", c.dated
    yield _copy("article", c.within("n"), n=n, id=c.id("id"), epoch=c.moved("epoch"), day=day("day"), source="source",
                story=c.id("story"), origin="origin", since=c.moved("since"), card=c.all("card"))  # fmt: skip
    yield _copy("content", c.within("n"), n=n, data=c.all("data"))
    yield _copy("indexed", c.within("n"), n=n, content="content")
    yield _copy("tags", c.within("article", "a"), article=c.id("article"), data="data")
    yield _copy("link", c.within("article", "a"), article=c.id("article"), data=c.id("data"))
    yield _copy("mention", c.within("id", "m"), id=c.id("id"), article=c.id("article"), position="position",
                since=c.moved("since"), data=c.id("data"))  # fmt: skip
    yield _copy("event", c.within("id", "e"), id=c.id("id"), story=c.id("story"), type="type", status="status",
                historical="historical", day=day("day"), first_day=day("first_day"), last_day=day("last_day"),
                since=c.moved("since"), data=c.all("data"))  # fmt: skip
    yield _copy("event_facet", c.within("event", "e"), event=c.id("event"), kind="kind", value="value",
                historical="historical", day=day("day"))  # fmt: skip
    yield _copy("event_article", c.within("article", "a"), article=c.id("article"), event=c.id("event"))
    yield _copy("event_point", c.within("event", "e"), event=c.id("event"), lat="lat", lon="lon")
    rank = f"rank + {c.block * DAYS}"  # a story's rank rises by one a day, as `facets.front_rank` says
    yield _copy("story", c.within("id", "s"), id=c.id("id"), rank=rank, latest=c.moved("latest"), status="status",
                since=c.moved("since"), data=c.all("data"))  # fmt: skip
    yield _copy("story_facet", c.within("story", "s"), story=c.id("story"), kind="kind", value=day("value"),
                rank=rank, latest=c.moved("latest"))  # fmt: skip
    if not sqlite:
        mark = f"'''0/', '''{c.block:x}/'"  # the shard that each word carries
        title, said = (f"CAST(replace(CAST({v} AS text), {mark}) AS tsvector)" for v in ("title", "said"))
        yield _copy("words", c.within("n"), n=n, epoch=c.moved("epoch"), day=day("day"), title=title, said=said)


def _copy(table: str, where: str, **values: str) -> str:
    names, given = ", ".join(f'"{name}"' for name in values), ", ".join(values.values())
    return f"INSERT INTO {table} ({names}) SELECT {given} FROM {table} WHERE {where}"
