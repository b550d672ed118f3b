"""Write a desk's records in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from dateline import codec
from dateline.model import (
    Article,
    Correction,
    FamilyHead,
    Link,
    Manifest,
    Mention,
    Rejected,
    SourceState,
    Subscription,
    Tags,
    Version,
)
from dateline.store import facets
from dateline.store.sql import schema as t
from dateline.store.sql.asking.reading import IDS, OWN, _parts
from dateline.store.sql.engine import bump, upsert
from dateline.store.sql.keeping.history import History
from dateline.store.sql.working.shingles import Shingles


def wire(record: Any) -> str:
    """Give a record's JSON as text."""
    return codec.encode(record).decode("utf-8")


# Statements are made once: to make one takes longer than to run it.
_a = t.article.c
_KNOWN = select(_a.n, _a.since).where(_a.id == OWN).with_for_update()
_NEW = insert(t.article).returning(_a.n)
_CHANGED = update(t.article).where(_a.id == OWN)
_PLACED = update(t.article).where(_a.id == OWN).values(story=bindparam("into"))
_EPOCHS = select(_a.id, _a.epoch).where(_a.id.in_(IDS))
_CONTENT = select(t.content.c.data).where(t.content.c.n == bindparam("number"))
_NO_REJECTION = delete(t.rejection).where(t.rejection.c.id == OWN)
_MENTIONS = select(t.mention.c.id, t.mention.c.since, t.mention.c.data).where(t.mention.c.article == OWN)
_NO_MENTIONS = delete(t.mention).where(t.mention.c.article == OWN)
_HEADS = select(t.family_member.c.article, t.family).join(t.family, t.family.c.id == t.family_member.c.family)
_HEADS = _HEADS.where(t.family_member.c.article.in_(IDS))
_NEXT_PLACE = select(func.coalesce(func.max(t.family_member.c.position) + 1, 0)).where(t.family_member.c.family == OWN)
_DONE = delete(t.job).where(t.job.c.step == bindparam("step"), t.job.c.key.in_(IDS))


def put_counted(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """Write one row over the one with its id, and keep the count."""
    known = connection.execute(select(table.c.id).where(table.c.id == row["id"])).first()
    if known is None:
        connection.execute(insert(table), row)
        bump(connection, table.name, 1)
    else:
        connection.execute(update(table).where(table.c.id == row["id"]).values(row))


class Writing(History):
    """What the desk writes of articles, links and its own affairs."""

    def transaction(self) -> AbstractContextManager[None]:
        return self._transaction()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self.database.writing():
            yield

    def close(self) -> None:
        self.database.close()

    # ---- sources and passes

    def put_source(self, state: SourceState) -> None:
        with self.database.writing() as connection:
            name = (state.name or state.address).casefold()
            upsert(connection, t.source, [{"id": state.id, "name": name, "data": wire(state)}])

    def drop_source(self, id: str) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(t.source).where(t.source.c.id == id))

    def put_subscription(self, subscription: Subscription) -> None:
        row = {"id": subscription.id, "source": subscription.source, "data": wire(subscription)}
        with self.database.writing() as connection:
            upsert(connection, t.subscription, [row])

    def drop_subscription(self, id: str) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(t.subscription).where(t.subscription.c.id == id))

    def subscriptions(self) -> list[Subscription]:
        c = t.subscription.c
        return self._all(select(c.data).order_by(c.source, c.id), Subscription)

    def put_manifest(self, manifest: Manifest) -> None:
        row = {"id": manifest.id, "epoch": facets.epoch(manifest.started), "data": wire(manifest)}
        with self.database.writing() as connection:
            upsert(connection, t.manifest, [row])

    # ---- articles

    def put_article(self, article: Article, *, origin: str | None = None) -> None:
        row: dict[str, Any] = {
            "id": article.id,
            "epoch": facets.epoch(article.published),
            "day": facets.day_of(article.published),
            "source": facets.source_of(article),
            "card": wire(facets.card_of(article)),
        }
        if origin is not None:
            row["origin"] = origin
        with self.database.writing() as connection:
            known = connection.execute(_KNOWN, {"own": article.id}).first()
            data = wire(article)
            if known is None:
                number = connection.execute(_NEW, {**row, "since": self._now()}).scalar_one()
                bump(connection, "article", 1)
            else:
                number, now = known.n, self._now(known.since)
                old = connection.execute(_CONTENT, {"number": number}).scalar()
                if old is not None and old != data:
                    self._supersede(connection, "article", [(codec.restore(old, Article), known.since)], now)
                    row["since"] = now
                connection.execute(_CHANGED, {**row, "own": article.id})
            upsert(connection, t.content, [{"n": number, "data": data}])

    def put_version(self, version: Version) -> None:
        with self.database.writing() as connection:
            row = {"article": version.article, "number": version.number, "data": wire(version)}
            upsert(connection, t.version, [row])

    def drop_versions(self, article: str) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(t.version).where(t.version.c.article == article))
            self._forget_words(connection, article)

    def put_correction(self, correction: Correction) -> None:
        row = {
            "article": correction.article,
            "time": correction.time,
            "change": correction.change,
            "epoch": facets.epoch(correction.time),
            "data": wire(correction),
        }
        with self.database.writing() as connection:
            upsert(connection, t.correction, [row])

    def put_rejected(self, rejected: Rejected, time: str) -> None:
        row = {"id": rejected.id, "epoch": facets.epoch(time), "data": wire(rejected)}
        with self.database.writing() as connection:
            put_counted(connection, t.rejection, row)

    def drop_rejected(self, id: str) -> None:
        with self.database.writing() as connection:
            gone = connection.execute(_NO_REJECTION, {"own": id}).rowcount
            bump(connection, "rejection", -gone)

    def put_tags(self, article: str, tags: Tags) -> None:
        with self.database.writing() as connection:
            upsert(connection, t.tags, [{"article": article, "data": wire(tags)}])

    def put_mentions(self, article: str, mentions: Sequence[Mention]) -> None:
        with self.database.writing() as connection:
            old = {row.id: row for row in connection.execute(_MENTIONS, {"own": article})}
            now = self._now()
            ordered = sorted(mentions, key=lambda m: (m.sentence, m.trigger.start, m.id))
            rows = [
                {"id": m.id, "article": article, "position": position, "data": wire(m), "since": now}
                for position, m in enumerate(ordered)
            ]
            for row in rows:
                if row["id"] in old and old[str(row["id"])].data == row["data"]:
                    row["since"] = old.pop(str(row["id"])).since
            before = [(codec.restore(row.data, Mention), row.since) for row in old.values()]
            self._supersede(connection, "mention", before, now)
            gone = connection.execute(_NO_MENTIONS, {"own": article}).rowcount
            upsert(connection, t.mention, rows)
            bump(connection, "mention", len(rows) - gone)

    def family_heads(self, articles: Iterable[str]) -> dict[str, FamilyHead]:
        found = {}
        for part in _parts(dict.fromkeys(articles)):
            for row in self._rows(_HEADS, part):
                found[row.article] = FamilyHead(row.id, row.original, row.why)
        return found

    def join_family(self, family: FamilyHead, members: Sequence[str]) -> None:
        with self.database.writing() as connection:
            put_counted(connection, t.family, {"id": family.id, "original": family.original, "why": family.why})
            known = {row.article for row in self._rows(_HEADS, list(members)) if row.id == family.id}
            first = connection.execute(_NEXT_PLACE, {"own": family.id}).scalar_one()
            new = [id for id in dict.fromkeys(members) if id not in known]
            rows = [{"article": id, "family": family.id, "position": first + at} for at, id in enumerate(new)]
            upsert(connection, t.family_member, rows)

    def copy_index(self) -> Shingles:
        return Shingles(self)

    def put_link(self, link: Link) -> None:
        with self.database.writing() as connection:
            upsert(connection, t.link, [{"article": link.id, "data": wire(link)}])
            connection.execute(_PLACED, {"own": link.id, "into": link.story})

    # ---- what is still to be done

    def add_jobs(self, step: str, keys: Iterable[str]) -> None:
        wanted = list(dict.fromkeys(keys))
        order = {}
        for part in _parts(wanted):
            found = self._rows(_EPOCHS, part)
            order.update({r.id: facets.UNDATED if r.epoch == facets.NEVER else r.epoch for r in found})
        rows = [{"step": step, "key": key, "position": order.get(key, 0), "tries": 0} for key in sorted(wanted)]
        with self.database.writing() as connection:
            upsert(connection, t.job, rows)

    def jobs(self, step: str, limit: int | None = None) -> list[str]:
        c = t.job.c
        statement = select(c.key).where(c.step == step).order_by(c.position, c.key)
        return [row.key for row in self._rows(statement if limit is None else statement.limit(limit))]

    def try_job(self, step: str, key: str) -> int:
        c = t.job.c
        with self.database.writing() as connection:
            own = update(t.job).where(c.step == step, c.key == key).values(tries=c.tries + 1)
            return connection.execute(own.returning(c.tries)).scalar() or 0

    def jobs_done(self, step: str, keys: Iterable[str]) -> None:
        wanted = list(keys)
        with self.database.writing() as connection:
            for part in _parts(wanted):
                connection.execute(_DONE, {"step": step, "ids": part})
            self._let_go(connection, step, wanted)
