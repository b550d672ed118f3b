"""Who does what is still to be done: marks that a process takes in hand, and counts of the pass under way.

On SQLite one process at a time works on a desk, so that what is in hand is known to it alone; `sharing` lets several
processes share a PostgreSQL desk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial

from sqlalchemy import Connection, delete, func, select

from dateline import codec
from dateline.model import Manifest, SourceState
from dateline.store import content, facets
from dateline.store.ports import Waiting
from dateline.store.sql import schema as t
from dateline.store.sql.asking.reading import Asking
from dateline.store.sql.engine import Database, after_commit, bump, upsert

_PASS = "pass:"  # before the name of what is counted of the pass under way


class Claims(Asking):
    """What the desk asks of work that is still to be done."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._in_hand: defaultdict[str, set[str]] = defaultdict(set)  # by step
        self.clock = facets.NEVER

    def at(self, moment: str) -> None:
        self.clock = facets.epoch(moment)

    @contextmanager
    def working(self, *, alone: bool = False) -> Iterator[None]:
        del alone
        self._in_hand.clear()
        yield

    def workers(self) -> int:
        return 1

    def locked(self, name: str) -> AbstractContextManager[None]:
        del name
        return self._writing()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self.database.writing():
            yield

    def claim(self, step: str, limit: int) -> list[str]:
        c = t.job.c
        held = self._held(step)
        rows = self._rows(select(c.key).where(c.step == step).order_by(c.position, c.key).limit(limit + len(held)))
        found = [row.key for row in rows if row.key not in held][:limit]
        self._in_hand[step].update(found)
        return found

    def _held(self, step: str) -> frozenset[str]:
        """Give what is in hand, before the store is asked: what is let go meanwhile was done."""
        return frozenset(tuple(self._in_hand[step]))

    def left(self, step: str) -> int:
        found: int = self._rows(select(func.count()).select_from(t.job).where(t.job.c.step == step))[0][0]
        return found

    def claim_waiting(self, limit: int) -> list[Waiting]:
        held = self._held("read")
        joined = select(t.waiting.c.n, t.page.c.content, t.page.c.origin).join(t.page, t.page.c.n == t.waiting.c.page)
        rows = self._rows(joined.order_by(t.waiting.c.n).limit(limit + len(held)))
        found = [row for row in rows if str(row.n) not in held][:limit]
        self._in_hand["read"].update(str(row.n) for row in found)
        return [Waiting(row.n, content.unpack(row.content), row.origin) for row in found]

    def count_waiting(self) -> int:
        found: int = self._rows(select(func.count()).select_from(t.waiting))[0][0]
        return found

    def _let_go(self, connection: Connection, step: str, keys: Iterable[str]) -> None:
        """Give back what was done when that is committed: until then whoever asks for work is shown it."""
        after_commit(connection, partial(self._in_hand[step].difference_update, keys))

    # ---- the pass under way

    def remembered(self, key: str) -> str | None:
        rows = self._rows(select(t.meta.c.value).where(t.meta.c.key == key))
        return rows[0].value if rows else None

    def remember(self, key: str, value: str | None) -> None:
        with self.database.writing() as connection:
            if value is None:
                connection.execute(delete(t.meta).where(t.meta.c.key == key))
            else:
                upsert(connection, t.meta, [{"key": key, "value": value}])

    def manifest(self, id: str) -> Manifest | None:
        return self._one(select(t.manifest.c.data).where(t.manifest.c.id == id), Manifest)

    def count_pass(self, counts: Mapping[str, int]) -> None:
        with self.database.writing() as connection:
            for what, number in counts.items():
                bump(connection, f"{_PASS}{what}", number)

    def pass_counts(self) -> dict[str, int]:
        c = t.count.c
        rows = self._rows(select(c.what, c.number).where(c.what.startswith(_PASS, autoescape=True)))
        return {row.what.removeprefix(_PASS): row.number for row in rows}

    def clear_pass(self) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(t.count).where(t.count.c.what.startswith(_PASS, autoescape=True)))

    def count_source(self, id: str, *, articles: int = 0, copied: int = 0) -> None:
        with self.database.writing() as connection:
            own = select(t.source.c.data).where(t.source.c.id == id).with_for_update()
            data = connection.execute(own).scalar()
            if data is not None:
                state = codec.restore(data, SourceState)
                made = replace(state, articles=state.articles + articles, copied=state.copied + copied)
                row = {"id": id, "name": (made.name or made.address).casefold(), "data": codec.encode(made).decode()}
                upsert(connection, t.source, [row])
