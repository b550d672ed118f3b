"""Copy a desk from one database to another, table by table, and see that all of it arrived.

Each table is copied in order of its key, some thousand rows in each transaction, so that a copy that was stopped goes
on where it was. Then both sides are counted and hashed. The index of words is made anew, since each engine has its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, text, tuple_

from dateline.errors import StoreError, UsageError
from dateline.store.sql import schema as t
from dateline.store.sql.engine import Database
from dateline.store.sql.failures import in_words
from dateline.store.sql.finding.plan import Finding

Progress = Callable[[str, int, int | None], None]
MANY = 2_000  # rows in one transaction
_MARK = "moving"  # remembered in a target that is not complete
_LOCAL = {"worker": None, "job": "owner", "waiting": "owner"}  # who is at work is not moved


def move(source: Finding, target: Finding, progress: Progress | None = None) -> int:
    """Copy everything from one store to another and compare; give the number of rows.

    Raises UsageError where the target holds another desk, StoreError where the copy is not what was copied.
    """
    with _snapshot(source.database) as reading:
        _begin(reading, target)
        rows = 0
        for table in _tables():
            with in_words(target.database.engine):
                rows += _copy(reading, target.database, table, progress)
        _index(target, progress)
        with target.database.writing() as writing:
            if not target.database.is_sqlite:
                _count_on(writing)
            writing.execute(delete(t.meta).where(t.meta.c.key == _MARK))
        return rows


def _tables() -> list[Table]:
    return [table for table in t.metadata.sorted_tables if table.name not in ("worker",)]


@contextmanager
def _snapshot(database: Database) -> Iterator[Connection]:
    """Give a connection that sees one state of the database, however long it takes."""
    with in_words(database.engine), database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def _begin(reading: Connection, target: Finding) -> None:
    with target.database.writing() as writing:
        if writing.execute(select(t.meta.c.value).where(t.meta.c.key == _MARK)).first() is not None:
            return
        held = writing.execute(select(func.count()).select_from(t.article)).scalar_one()
        if not held:
            writing.execute(insert(t.meta).values(key=_MARK, value="from another database"))
            return
    with target.database.reading() as other:
        if any(_sum(reading, table) != _sum(other, table) for table in _tables()):
            name = target.database.engine.url.render_as_string(hide_password=True)
            raise UsageError(f"{name} holds {held} articles of another desk or of another day: name an empty database.")


def _copy(reading: Connection, target: Database, table: Table, progress: Progress | None) -> int:
    """Copy what the target lacks of a table; where what it has is something else, copy all of it."""
    total = reading.execute(select(func.count()).select_from(table)).scalar_one()
    wanted = _sum(reading, table)
    for _again in range(2):
        with target.reading() as other:
            after = _last(other, table)
        done = 0
        for rows in _parts(reading, table, after):
            with target.writing() as writing:
                _insert(writing, table, rows)
            done += len(rows)
            if progress is not None:
                progress(table.name, min(done, total), total)
        with target.reading() as other:
            if _sum(other, table) == wanted:
                return int(total)
        with target.writing() as writing:
            kept = table.c.key == _MARK if table is t.meta else None
            writing.execute(delete(table) if kept is None else delete(table).where(~kept))
    raise StoreError(f"The rows of {table.name} did not arrive as they are: check the disks of both sides, run again.")


def _parts(connection: Connection, table: Table, after: Sequence[Any] | None) -> Iterator[list[dict[str, Any]]]:
    """Give the rows of a table in order of their key, those after a key."""
    key = list(table.primary_key)
    local = _LOCAL.get(table.name)
    while True:
        statement = select(table).order_by(*key).limit(MANY)
        if table is t.meta:
            statement = statement.where(table.c.key != _MARK)
        if after is not None:
            beyond = key[0] > after[0] if len(key) == 1 else tuple_(*key) > tuple_(*after)
            statement = statement.where(beyond)
        names = [column.name for column in table.columns]
        rows = [dict(zip(names, row, strict=True)) for row in connection.execute(statement)]
        if not rows:
            return
        after = [rows[-1][column.name] for column in key]
        if local:
            for row in rows:
                row[local] = None
        yield rows


def _last(connection: Connection, table: Table) -> Sequence[Any] | None:
    key = list(table.primary_key)
    statement = select(*key).order_by(*(column.desc() for column in key)).limit(1)
    if table is t.meta:
        statement = statement.where(table.c.key != _MARK)
    row = connection.execute(statement).first()
    return None if row is None else list(row)


def _sum(connection: Connection, table: Table) -> tuple[int, str]:
    """Count the rows of a table and hash them in order of their key."""
    count, made = 0, hashlib.sha256()
    names = [column.name for column in table.columns]
    for rows in _parts(connection, table, None):
        count += len(rows)
        for row in rows:
            made.update(repr([_plain(row[name]) for name in names]).encode("utf-8", "surrogatepass"))
    return count, made.hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "")  # which PostgreSQL's text cannot hold
    return bytes(value) if isinstance(value, memoryview) else value


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if connection.dialect.name == "sqlite":
        keys = {column.name: column.key for column in table.columns}
        connection.execute(insert(table), [{keys[name]: value for name, value in row.items()} for row in rows])
        return
    quoted = connection.dialect.identifier_preparer.quote
    names = ", ".join(quoted(name) for name in rows[0])
    cursor: Any = connection.connection.cursor()
    with cursor.copy(f"COPY {quoted(table.name)} ({names}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row(tuple(row.values()))


def _index(target: Finding, progress: Progress | None) -> None:
    done, last = 0, -1
    with target.database.reading() as connection:
        total = connection.execute(select(func.count()).select_from(t.indexed)).scalar_one()
        if not target.database.is_sqlite:
            last = connection.execute(text("SELECT coalesce(max(n), -1) FROM words")).scalar_one()
    while True:
        with target.database.writing() as connection:
            after = target.index_anew(connection, last, 500)
        if after is None:
            return
        done, last = done + 500, after
        if progress is not None:
            progress("words", min(done, total), total)


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL number new rows after those that came."""
    for table in _tables():
        if "n" in table.c and table.c.n.autoincrement is True:
            own = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'n'), max(n)) FROM {table.name}"
            connection.execute(text(f"{own} HAVING max(n) IS NOT NULL"))
