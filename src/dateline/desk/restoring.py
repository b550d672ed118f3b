"""Make a desk anew from a backup."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from dateline import config
from dateline.errors import StoreError, UsageError
from dateline.store import open_store


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
    target = Path(settings.database.removeprefix("sqlite:///"))
    held = open_store(settings)
    articles = held.counts().articles
    held.close()
    if articles:
        raise UsageError(f"{folder} holds {articles} articles: restore into a folder that is empty.")
    aside = target.with_name(target.name + ".restored")
    shutil.copyfile(file, aside)
    try:
        copy = open_store(replace(settings, database=f"sqlite:///{aside}"))
        copy.check()
        copy.close()
    except StoreError as error:
        aside.unlink(missing_ok=True)
        raise StoreError(f"{file} is no whole backup: {error}") from error
    for end in ("-wal", "-shm"):
        target.with_name(target.name + end).unlink(missing_ok=True)
        aside.with_name(aside.name + end).unlink(missing_ok=True)
    aside.replace(target)
