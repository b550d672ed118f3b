"""What a database's own errors mean for the person who runs the desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from dateline.errors import StoreError
from dateline.store.ports import Conflict

_KEPT = "nothing that was kept before is lost, and the next run goes on from there"


@contextmanager
def in_words(engine: Engine) -> Iterator[None]:
    """Turn what the driver raises inside the block into a StoreError of one sentence."""
    try:
        yield
    except DBAPIError as error:
        sqlite = engine.dialect.name == "sqlite"
        name = engine.url.database if sqlite else engine.url.render_as_string(hide_password=True)
        raise (_of_sqlite(str(name), error) if sqlite else _of_postgresql(str(name), error)) from error


def _of_sqlite(name: str, error: DBAPIError) -> StoreError:
    said = str(error.orig)
    if "disk is full" in said:
        return StoreError(f"The disk that holds {name} is full: make room and run again; {_KEPT}.")
    if "locked" in said:
        return StoreError(f"The database {name} is held by another program that writes to it: wait until it has ended.")
    if "readonly" in said or "unable to open" in said:
        return StoreError(f"The database {name} cannot be written ({said}): check the rights of its file and folder.")
    if "disk I/O" in said:
        return StoreError(f"The disk that holds {name} does not answer ({said}): check it and run again; {_KEPT}.")
    return StoreError(f"The database {name} cannot be used: {said}.")


def _of_postgresql(name: str, error: DBAPIError) -> StoreError:
    code = getattr(error.orig, "sqlstate", None) or ""
    said = str(error.orig).strip().split("\n")[0].rstrip(".")
    if code in ("40001", "40P01"):
        return Conflict(f"Two processes changed the same rows of {name} at the same time: run again; {_KEPT}.")
    if code in ("53100", "53200"):
        what = "The disk" if code == "53100" else "The memory"
        return StoreError(f"{what} of the database server of {name} is full: make room and run again; {_KEPT}.")
    if code == "3D000" or ("database" in said and "does not exist" in said):
        return StoreError(f"There is no database {name}: make one with 'createdb' and run again.")
    if code.startswith("28") or "authentication failed" in said:
        return StoreError(f"The database {name} refused the log-in ({said}): check user and password in its address.")
    if code == "42501":
        return StoreError(f"The user of {name} may not do this ({said}): let it own the database.")
    if not code or code.startswith(("08", "57P")):
        return StoreError(f"The database {name} cannot be reached or was restarted ({said}): run again; {_KEPT}.")
    return StoreError(f"The database {name} refused a statement: {said}.")
