"""Open the database, bring its schema up to date, and hand out connections."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Executable, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError

from dateline.errors import ConfigError, StoreError
from dateline.store.sql.schema import HEAD

BUSY = 30.0  # seconds to wait for another process that writes


def make_engine(address: str) -> Engine:
    """Open an engine for `sqlite:///…` or `postgresql://…`; raises ConfigError where the address is neither."""
    try:
        url = make_url(address)
    except ArgumentError:
        raise ConfigError(f"database = {address!r} is no address; write 'sqlite:///desk.sqlite'.") from None
    kind = url.get_backend_name()
    if kind == "sqlite":
        if url.database and url.database != ":memory:":
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        made = create_engine(url, connect_args={"timeout": BUSY})
        event.listen(made, "connect", _set_up_sqlite)
        event.listen(made, "begin", _begin_sqlite)
        return made
    if kind == "postgresql":
        return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    raise ConfigError(f"database = {address!r}: {kind} is not known; use sqlite or postgresql.")


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # begin transactions ourselves: the driver would begin them late and deferred
    cursor = connection.cursor()
    # WAL: pages are served while a pass writes. NORMAL: a power cut may undo the last transaction, which the next pass
    # then repeats, and never leaves half of one.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
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
        with _in_words(self.engine), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the connection of the open transaction, or one that commits at the end of the block."""
        open_now: Connection | None = getattr(self._local, "connection", None)
        if open_now is not None:
            yield open_now
            return
        with (
            _in_words(self.engine),
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            self._local.connection = connection
            try:
                yield connection
            finally:
                self._local.connection = None


@contextmanager
def _in_words(engine: Engine) -> Iterator[None]:
    name = engine.url.database if engine.dialect.name == "sqlite" else engine.url.render_as_string()
    try:
        yield
    except OperationalError as error:
        raise StoreError(f"The database {name} cannot be used: {error.orig}.") from error
    except DBAPIError as error:
        raise StoreError(f"The database {name} refused a statement: {error.orig}.") from error


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
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(
            f"The database was made by a newer dateline (its schema is {have}, this program knows {HEAD}): "
            "install the newer program."
        ) from error


def _version(database: Database) -> str | None:
    with database.reading() as connection:
        try:
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
        except SQLAlchemyError:
            connection.rollback()
            return None
        return None if found is None else str(found[0])
