"""Open the database, bring its schema up to date, and hand out connections."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Executable,
    Table,
    create_engine,
    event,
    make_url,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from dateline.errors import ConfigError, StoreError
from dateline.store.sql.failures import in_words
from dateline.store.sql.schema import HEAD, count

_COUNTS = "counts"  # under which a connection holds what its transaction counted
_AFTER = "after"  # and what is to be done when it has been committed
BUSY = 30.0  # seconds to wait for another process that writes


def make_engine(address: str) -> Engine:
    """Open an engine for `sqlite:///…` or `postgresql://…`; raises ConfigError where the address is neither."""
    try:
        url = make_url(address)
    except ArgumentError:
        raise ConfigError(f"database = {address!r} is no address; write 'sqlite:///desk.sqlite'.") from None
    kind = {"postgres": "postgresql"}.get(url.get_backend_name(), url.get_backend_name())
    if kind == "sqlite":
        if url.database and url.database != ":memory:":
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        made = create_engine(url, connect_args={"timeout": BUSY})
        event.listen(made, "connect", _set_up_sqlite)
        event.listen(made, "begin", _begin_sqlite)
        return made
    if kind == "postgresql":
        # as many connections as a site has threads at work; a server allows 100 unless told otherwise
        made = create_engine(_with_driver(url, address), pool_pre_ping=True, pool_size=8, max_overflow=24)
        event.listen(made, "connect", _set_up_postgresql)
        return made
    raise ConfigError(f"database = {address!r}: {kind} is not known; use sqlite or postgresql.")


def _with_driver(url: URL, address: str) -> URL:
    try:
        import psycopg  # noqa: F401 - only to see whether it is there
    except ImportError:
        raise ConfigError(
            f"database = {address!r} needs PostgreSQL's driver: install it with pip install 'dateline[postgres]'."
        ) from None
    return url.set(drivername="postgresql+psycopg")


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # begin transactions ourselves: the driver would begin them late and deferred
    cursor = connection.cursor()
    # WAL: pages are served while a pass writes. NORMAL: a power cut may undo the last transaction, which the next pass
    # then repeats, and never leaves half of one. 8,192 pages (32 MB) go from the log into the file at a time: a pass
    # writes the same pages again and again, and each time costs a wait for the disk.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "wal_autocheckpoint=8192",
        "cache_size=-65536",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # Taking the write lock at once makes a second writer wait instead of failing halfway.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """One engine; a thread's statements run in its open transaction, or each in one of its own."""

    def __init__(self, address: str) -> None:
        self.engine = make_engine(address)
        self.guard: Callable[[Connection], None] | None = None  # asked at the beginning of what is written
        self._local = threading.local()

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is SQLite."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database."""
        open_now: Connection | None = getattr(self._local, "connection", None)
        if open_now is not None:
            yield open_now
            return
        with in_words(self.engine), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the connection of the open transaction, or one that commits at the end of the block."""
        open_now: Connection | None = getattr(self._local, "connection", None)
        if open_now is not None:
            yield open_now
            return
        with in_words(self.engine), self.engine.connect().execution_options(writes=True) as connection:
            with connection.begin():
                self._local.connection = connection
                connection.info.pop(_COUNTS, None)
                connection.info.pop(_AFTER, None)
                try:
                    if self.guard is not None:
                        self.guard(connection)
                    yield connection
                    _keep_counts(connection)
                finally:
                    self._local.connection = None
            for do in connection.info.pop(_AFTER, ()):
                do()


def _set_up_postgresql(connection: Any, _record: Any) -> None:
    from psycopg.types.string import StrDumper

    class Plain(StrDumper):
        """PostgreSQL's text holds every character but this one, which says nothing."""

        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", ""))

    connection.adapters.register_dumper(str, Plain)


def bump(connection: Connection, what: str, by: int) -> None:
    """Keep the count of a table's rows; written at the end of the transaction, so that writers hardly wait."""
    counts: dict[str, int] = connection.info.setdefault(_COUNTS, {})
    counts[what] = counts.get(what, 0) + by


def after_commit(connection: Connection, do: Callable[[], object]) -> None:
    """Do something when the transaction has been committed, and not at all where it is undone."""
    connection.info.setdefault(_AFTER, []).append(do)


def _keep_counts(connection: Connection) -> None:
    for what, by in sorted(connection.info.pop(_COUNTS, {}).items()):  # in one order, so that no two writers block
        if (
            by
            and not connection.execute(
                update(count).where(count.c.what == what).values(number=count.c.number + by)
            ).rowcount
        ):
            made = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(count)
            added = {"number": count.c.number + made.excluded.number}
            connection.execute(
                made.values(what=what, number=by).on_conflict_do_update(index_elements=["what"], set_=added)
            )


def upsert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *, keep: bool = False) -> None:
    """Write rows over those with the same primary key; with `keep`, leave those that are there."""
    if rows:
        connection.execute(_upsert(connection.dialect.name, table, tuple(rows[0]), keep), rows)


@cache
def _upsert(dialect: str, table: Table, names: tuple[str, ...], keep: bool) -> Executable:
    """Make the statement once for all rows of one shape: to compile it takes longer than to run it."""
    insert = (sqlite if dialect == "sqlite" else postgresql).insert(table)
    keys = [column.name for column in table.primary_key]
    others = [name for name in names if name not in keys]
    made: Executable = insert.on_conflict_do_nothing()
    if others and not keep:
        made = insert.on_conflict_do_update(index_elements=keys, set_={name: insert.excluded[name] for name in others})
    return made


def migrate(database: Database) -> None:
    """Bring the schema up to date; raises StoreError where the database is newer than this program."""
    have = _version(database)
    if have == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", "dateline.store:migrations")
    try:
        with database.writing() as connection:
            if not database.is_sqlite:  # one process makes the tables, the others find them made
                connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('dateline schema'))"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if not database.is_sqlite:
                _order_by_bytes(connection)
    except CommandError as error:
        raise StoreError(
            f"The database was made by a newer dateline (its schema is {have}, this program knows {HEAD}): "
            "install the newer program."
        ) from error


def _order_by_bytes(connection: Connection) -> None:
    """Let PostgreSQL compare text by its bytes, as SQLite does, whatever the server's language: ids have one order."""
    found = connection.execute(
        text(
            "SELECT a.attrelid::regclass::text AS name, quote_ident(a.attname) AS part, "
            "format_type(a.atttypid, a.atttypmod) AS type "
            "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation l ON l.oid = a.attcollation "
            "WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND l.collname <> 'C' "
            "AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid IN ('text'::regtype, 'varchar'::regtype) "
            "ORDER BY 1, 2"
        )
    ).all()
    tables: dict[str, list[str]] = {}
    for row in found:
        tables.setdefault(row.name, []).append(f'ALTER COLUMN {row.part} TYPE {row.type} COLLATE "C"')
    for name, parts in tables.items():
        connection.exec_driver_sql(f"ALTER TABLE {name} {', '.join(parts)}")


def _version(database: Database) -> str | None:
    with database.reading() as connection:
        try:
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
        except SQLAlchemyError:
            connection.rollback()
            return None
        return None if found is None else str(found[0])
