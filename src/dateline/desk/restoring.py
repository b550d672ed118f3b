"""Move a desk to another database, and make one anew from a backup."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from dateline import config
from dateline.desk.passes import working
from dateline.desk.work import Progress
from dateline.errors import ConfigError, StoreError, UsageError
from dateline.store import Store, open_store


def restore(folder: Path, file: Path) -> None:
    """Put a backup in the place of a desk that is absent or empty; nothing is touched unless the backup is whole.

    Raises UsageError where the desk holds articles or the file is missing, StoreError where the backup is broken.
    """
    if not file.is_file():
        raise UsageError(f"{file} does not exist: name a file that 'dateline backup' wrote.")
    if not (folder / config.FILE).exists():
        from dateline.desk.desk import Desk

        Desk.init(folder).close()
    settings = config.load(folder)
    held = open_store(settings)
    try:
        with working(held, settings, alone=True):
            articles = held.counts().articles
            if articles:
                raise UsageError(f"{folder} holds {articles} articles: restore into a folder that is empty.")
            if not settings.database.startswith("sqlite:"):
                _into_database(file, settings, held)
                return
    finally:
        held.close()
    _into_file(file, settings)


def _into_file(file: Path, settings: config.Settings) -> None:
    target = Path(settings.database.removeprefix("sqlite:///"))
    aside = target.with_name(target.name + ".restored")
    shutil.copyfile(file, aside)
    try:
        _check(aside, settings, file)
    except StoreError:
        aside.unlink(missing_ok=True)
        raise
    for end in ("-wal", "-shm"):
        target.with_name(target.name + end).unlink(missing_ok=True)
        aside.with_name(aside.name + end).unlink(missing_ok=True)
    aside.replace(target)


def _into_database(file: Path, settings: config.Settings, target: Store) -> None:
    from dateline.store.sql.moving import move

    with tempfile.TemporaryDirectory(prefix="dateline") as folder:
        copy = Path(folder) / "backup.sqlite"  # opening it may bring its schema up to date: the backup stays as it is
        shutil.copyfile(file, copy)
        _check(copy, settings, file)
        source = open_store(replace(settings, database=f"sqlite:///{copy}"))
        try:
            move(source, target)  # type: ignore[arg-type]
        finally:
            source.close()


def _check(copy: Path, settings: config.Settings, file: Path) -> None:
    try:
        opened = open_store(replace(settings, database=f"sqlite:///{copy}"))
        try:
            opened.check()
        finally:
            opened.close()
    except StoreError as error:
        raise StoreError(f"{file} is no whole backup: {error}") from error


def migrate_to(settings: config.Settings, source: Store, address: str, progress: Progress | None) -> int:
    """Copy a desk to a PostgreSQL database and compare both; give the number of rows.

    Raises ConfigError where the address is none of PostgreSQL, UsageError where another desk is there.
    """
    from dateline.store.sql.moving import move

    other = replace(settings, database=address)
    if not address.startswith(("postgresql:", "postgres:", "postgresql+psycopg:")):
        raise ConfigError(f"{address} is no address of PostgreSQL: write postgresql://user@host/name.")
    if address == settings.database:
        raise UsageError("The desk is in this database already.")
    target = open_store(other)
    try:
        with working(source, settings, alone=True), working(target, other, alone=True):
            return move(source, target, progress)  # type: ignore[arg-type]
    finally:
        target.close()
