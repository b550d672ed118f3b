"""Let several processes, on one machine or many, share the work of a PostgreSQL desk.

A process that works is a row of `worker` and holds a lock of the server under its number. What it claims carries its
number and is nobody else's while it lives: until its connection breaks (a killed process is noticed at once) or its
row, which a thread renews, has run out (a machine that sleeps or is cut off). Each of its transactions first sees that
its row still stands, so that one that was given up can write nothing.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from dateline.errors import StoreError
from dateline.store import content
from dateline.store.ports import Evicted, Waiting
from dateline.store.sql.failures import in_words
from dateline.store.sql.working.claims import Claims

LEASE = 60.0  # seconds after which a worker that shows no sign of life is given up; long beside any transaction
_DESK = 0x646174656C696E65  # the lock that all who work on a desk share, and who must be alone holds ("dateline")
_CLOCK = "extract(epoch FROM clock_timestamp())"
_FREE = "({0}.owner IS NULL OR {0}.owner NOT IN (SELECT id FROM worker))"

_CLAIM = text(
    f"""
    UPDATE job SET owner = :me FROM (
        SELECT step, key FROM job WHERE step = :step AND {_FREE.format("job")}
        ORDER BY position, key LIMIT :most FOR UPDATE SKIP LOCKED
    ) AS free WHERE job.step = free.step AND job.key = free.key
    RETURNING job.position, job.key
    """
)
# Of several states of one page only the first is given: they are read in their order, whoever reads them.
_CLAIM_WAITING = text(
    f"""
    UPDATE waiting SET owner = :me FROM (
        SELECT w.n FROM waiting w JOIN page p ON p.n = w.page
        WHERE {_FREE.format("w")} AND NOT EXISTS (
            SELECT 1 FROM page q JOIN waiting v ON v.page = q.n WHERE q.id = p.id AND v.n < w.n
        ) ORDER BY w.n LIMIT :most FOR UPDATE OF w SKIP LOCKED
    ) AS free WHERE waiting.n = free.n RETURNING waiting.n, waiting.page
    """
)


class SharedClaims(Claims):
    """Claims that other processes respect."""

    lease = LEASE
    _worker: _Worker | None = None

    @contextmanager
    def working(self, *, alone: bool = False) -> Iterator[None]:
        """Take part in the work of the desk; raises StoreError where somebody works and `alone` is asked for."""
        if self._worker is not None:
            yield
            return
        with in_words(self.database.engine):
            worker = _Worker(self.database.engine, alone, self.lease)
        self._worker = worker
        self.database.guard = worker.is_standing
        try:
            yield
        finally:
            self.database.guard = None
            self._worker = None
            worker.leave()

    def workers(self) -> int:
        self._give_up_the_dead()
        found: int = self._rows(text("SELECT count(*) FROM worker"))[0][0]
        return found

    def locked(self, name: str) -> AbstractContextManager[None]:
        return self._locked(name)

    @contextmanager
    def _locked(self, name: str) -> Iterator[None]:
        with self.database.writing() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"dateline {name}"})
            yield

    def claim(self, step: str, limit: int) -> list[str]:
        if self._worker is None:
            return super().claim(step, limit)
        with self.database.writing() as connection:
            rows = connection.execute(_CLAIM, {"me": self._worker.id, "step": step, "most": limit}).all()
        if not rows and self.left(step) and self._give_up_the_dead():
            return self.claim(step, limit)
        return [key for _position, key in sorted((row.position, row.key) for row in rows)]

    def claim_waiting(self, limit: int) -> list[Waiting]:
        if self._worker is None:
            return super().claim_waiting(limit)
        with self.database.writing() as connection:
            rows = connection.execute(_CLAIM_WAITING, {"me": self._worker.id, "most": limit}).all()
            pages = text("SELECT n, content, origin FROM page WHERE n = ANY(:pages)")
            found = {r.n: r for r in connection.execute(pages, {"pages": [row.page for row in rows]})}
        if not rows and self.count_waiting() and self._give_up_the_dead():
            return self.claim_waiting(limit)
        given = sorted((row.n, found[row.page]) for row in rows)
        return [Waiting(n, content.unpack(page.content), page.origin) for n, page in given]

    def _give_up_the_dead(self) -> bool:
        """Take away workers whose connection broke or whose time ran out; tell whether there were any."""
        me = self._worker.id if self._worker else 0
        with self.database.writing() as connection:
            dead = text(f"DELETE FROM worker WHERE id <> :me AND (expires < {_CLOCK} OR pg_try_advisory_xact_lock(id))")
            return bool(connection.execute(dead, {"me": me}).rowcount)


class _Worker:
    """This process among those that share a desk."""

    def __init__(self, engine: Any, alone: bool, lease: float) -> None:
        self.id = int.from_bytes(os.urandom(7), "big")
        self.lease = lease
        self.connection: Connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            self._join(alone)
        except BaseException:
            self.connection.invalidate()
            self.connection.close()
            raise
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._renew, name="dateline lease", daemon=True)
        self.thread.start()

    def _join(self, alone: bool) -> None:
        lock = "pg_try_advisory_lock" if alone else "pg_try_advisory_lock_shared"
        if not self.connection.execute(text(f"SELECT {lock}({_DESK})")).scalar():
            raise StoreError("Another pass or decision is under way on this desk: wait until it has ended.")
        self.connection.execute(text("SELECT pg_advisory_lock(:id)"), {"id": self.id})
        # The server notices within a minute that a machine is gone, not after hours.
        for name, seconds in (("idle", 20), ("interval", 10)):
            self.connection.execute(text(f"SET tcp_keepalives_{name} = {seconds}"))
        row = {"id": self.id, "name": f"{socket.gethostname()} {os.getpid()}", "lease": self.lease}
        self.connection.execute(text(f"INSERT INTO worker VALUES (:id, :name, {_CLOCK} + :lease)"), row)

    def _renew(self) -> None:
        own = text(f"UPDATE worker SET expires = {_CLOCK} + :lease WHERE id = :id")
        while not self.stopped.wait(self.lease / 4):
            try:
                if not self.connection.execute(own, {"id": self.id, "lease": self.lease}).rowcount:
                    return  # given up by the others: the next transaction says so
            except SQLAlchemyError:
                return

    def is_standing(self, connection: Connection) -> None:
        """Raise Evicted where others have given this worker up; until the transaction ends they cannot."""
        own = text("SELECT 1 FROM worker WHERE id = :id FOR KEY SHARE")
        if connection.execute(own, {"id": self.id}).first() is None:
            raise Evicted(
                "This process was cut off from the database for a while and others took its work over: run again."
            )

    def leave(self) -> None:
        """Give what is in hand back at once."""
        self.stopped.set()
        self.thread.join(self.lease)
        try:
            self.connection.execute(text("DELETE FROM worker WHERE id = :id"), {"id": self.id})
        except SQLAlchemyError:
            pass
        finally:
            self.connection.invalidate()  # the locks end with the connection
            self.connection.close()
