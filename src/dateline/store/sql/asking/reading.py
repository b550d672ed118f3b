"""Answer the Reader's questions about articles, stories and sources in SQL."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, islice
from typing import Any, Literal, TypeVar, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)

from dateline import codec
from dateline.model import (
    Article,
    Card,
    Correction,
    DeskCounts,
    Family,
    Happening,
    Link,
    Manifest,
    Rejected,
    SourceState,
    Story,
    Subscription,
    Tags,
    Version,
)
from dateline.store import facets
from dateline.store.sql import schema as t
from dateline.store.sql.engine import Database

T = TypeVar("T")
MANY = 500  # ids asked for in one statement
_KEPT = 2048  # records of lists that are not decoded again
_LONGEST = 8192  # bytes of a record that is kept


class Asking:
    """Run statements and turn rows into records."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def _one(self, statement: Select[Any], kind: type[T], own: str | None = None) -> T | None:
        with self.database.reading() as connection:
            row = connection.execute(statement, None if own is None else {"own": own}).first()
        return None if row is None else _restored(row[0], kind)

    def _all(self, statement: Select[Any], kind: type[T], own: str | None = None) -> list[T]:
        with self.database.reading() as connection:
            rows = connection.execute(statement, None if own is None else {"own": own}).all()
        return [_restored(row[0], kind) for row in rows]

    def _rows(self, statement: Executable, ids: Sequence[str] | Sequence[int] | None = None) -> Sequence[Any]:
        with self.database.reading() as connection:
            return connection.execute(statement, None if ids is None else {"ids": ids}).all()

    def _each(self, table: Any, kind: type[T]) -> Iterator[T]:
        """Go through a table in order of id, a stretch at a time, so that no cursor stays open between them."""
        last = ""
        while True:
            rows = self._rows(
                select(table.c.id, table.c.data).where(table.c.id > last).order_by(table.c.id).limit(MANY)
            )
            yield from (codec.restore(row.data, kind) for row in rows)
            if len(rows) < MANY:
                return
            last = rows[-1].id

    def _by_ids(self, table: Any, ids: Iterable[str], kind: type[T]) -> dict[str, T]:
        wanted = list(dict.fromkeys(ids))
        found: dict[str, T] = {}
        for part in _parts(wanted):
            for row in self._rows(select(table.c.id, table.c.data).where(table.c.id.in_(part))):
                found[row.id] = codec.restore(row.data, kind)
        return {id: found[id] for id in wanted if id in found}


def _restored(data: bytes | str, kind: type[T]) -> T:
    """Restore a record; what lists ask for again and again is decoded once (records never change)."""
    return codec.restore(data, kind) if len(data) > _LONGEST else cast("T", _once(data, cast("Hashable", kind)))


@lru_cache(_KEPT)
def _once(data: bytes | str, kind: Any) -> object:
    return codec.restore(data, kind)


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    source = iter(ids)
    while part := list(islice(source, MANY)):
        yield part


def _whole() -> Select[Any]:
    return select(t.content.c.data).join(t.article, t.article.c.n == t.content.c.n)


def _newest(statement: Select[Any], day: str | None, source: str | None) -> Select[Any]:
    if day is not None:
        statement = statement.where(t.article.c.day == day)
    if source is not None:
        statement = statement.where(t.article.c.source == source)
    return statement.order_by(t.article.c.epoch.desc(), t.article.c.id)


# Statements that are asked again and again are made once: to make one takes longer than to run it.
IDS: BindParameter[Any] = bindparam("ids", expanding=True)
OWN: BindParameter[Any] = bindparam("own")
_TEXTS = _whole().add_columns(t.article.c.id).where(t.article.c.id.in_(IDS))
_CARDS = select(t.article.c.id, t.article.c.card).where(t.article.c.id.in_(IDS))
_LINKS = select(t.link).where(t.link.c.article.in_(IDS))
_OF_STORY = select(t.article.c.id, t.article.c.story).where(t.article.c.id.in_(IDS), t.article.c.story.is_not(None))


def _families() -> Select[Any]:
    m, other = t.family_member.c, t.family_member.alias()
    own = select(m.family).where(m.article.in_(IDS)).distinct().subquery()
    joined = select(t.family, other.c.article).join(own, own.c.family == t.family.c.id)
    return joined.join(other, other.c.family == t.family.c.id).order_by(t.family.c.id, other.c.position)


_FAMILIES = _families()
_TEXT = _whole().where(t.article.c.id == OWN)
_TAGS = select(t.tags.c.data).where(t.tags.c.article == OWN)
_STORY = select(t.story.c.data).where(t.story.c.id == OWN)
_WITHDRAWALS = (
    select(t.correction.c.article, t.correction.c.data)
    .where(t.correction.c.article.in_(IDS), t.correction.c.change == "withdrawal")
    .order_by(t.correction.c.article, t.correction.c.epoch, t.correction.c.time)
)
_MEMBERS = (
    select(t.article.c.id)
    .where(t.article.c.story == OWN)
    .order_by(case((t.article.c.epoch == facets.NEVER, 1), else_=0), t.article.c.epoch, t.article.c.id)
)


class ArticleReader(Asking):
    """What may be asked of articles."""

    def article(self, id: str) -> Article | None:
        return self._one(_TEXT, Article, id)

    def articles(self, ids: Iterable[str]) -> dict[str, Article]:
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Article] = {}
        for part in _parts(wanted):
            for data, id in self._rows(_TEXTS, part):
                found[id] = _restored(data, Article)
        return {id: found[id] for id in wanted if id in found}

    def cards(self, ids: Iterable[str]) -> dict[str, Card]:
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Card] = {}
        for part in _parts(wanted):
            for id, card in self._rows(_CARDS, part):
                found[id] = _restored(card, Card)
        return {id: found[id] for id in wanted if id in found}

    def latest(
        self, *, day: str | None = None, source: str | None = None, limit: int = 50, offset: int = 0
    ) -> list[Article]:
        chosen = _newest(select(t.article.c.n, t.article.c.epoch, t.article.c.id), day, source)
        part = chosen.limit(limit).offset(offset).subquery()  # the texts of these alone are read
        whole = select(t.content.c.data).join(part, part.c.n == t.content.c.n)
        return self._all(whole.order_by(part.c.epoch.desc(), part.c.id), Article)

    def latest_cards(
        self, *, day: str | None = None, source: str | None = None, limit: int = 50, offset: int = 0
    ) -> list[Card]:
        return self._all(_newest(select(t.article.c.card), day, source).limit(limit).offset(offset), Card)

    def each_article(self) -> Iterator[Article]:
        last, c = "", t.article.c
        while True:
            rows = self._rows(_whole().add_columns(c.id).where(c.id > last).order_by(c.id).limit(MANY))
            yield from (codec.restore(row.data, Article) for row in rows)
            if len(rows) < MANY:
                return
            last = rows[-1].id

    def tags(self, article: str) -> Tags:
        return self._one(_TAGS, Tags, article) or Tags()

    def origin(self, article: str) -> str | None:
        rows = self._rows(select(t.article.c.origin).where(t.article.c.id == article))
        return rows[0].origin if rows else None

    def versions(self, article: str) -> list[Version]:
        own = select(t.version.c.data).where(t.version.c.article == article)
        return self._all(own.order_by(t.version.c.number), Version)

    def withdrawn(self, article: str) -> Correction | None:
        return self.withdrawals([article]).get(article)

    def withdrawals(self, articles: Iterable[str]) -> dict[str, Correction]:
        found: dict[str, Correction] = {}
        for part in _parts(dict.fromkeys(articles)):
            for row in self._rows(_WITHDRAWALS, part):
                made = codec.restore(row.data, Correction)
                if row.article not in found or (made.by == "owner" and found[row.article].by != "owner"):
                    found[row.article] = made
        return found

    def family(self, article: str) -> Family | None:
        return self.families([article]).get(article)

    def families(self, articles: Iterable[str]) -> dict[str, Family]:
        wanted = list(dict.fromkeys(articles))
        of: dict[str, Family] = {}
        # Whoever came with a family that was read already is asked for no more: a text may have 100,000 copies.
        for part in _parts(id for id in wanted if id not in of):
            for _, rows in groupby(self._rows(_FAMILIES, part), key=lambda row: row.id):
                found = list(rows)
                made = Family(found[0].id, found[0].original, tuple(row.article for row in found), found[0].why)
                of.update(dict.fromkeys(made.members, made))
        return {id: of[id] for id in wanted if id in of}

    def link(self, article: str) -> Link | None:
        return self.links([article]).get(article)

    def links(self, articles: Iterable[str]) -> dict[str, Link]:
        wanted = list(dict.fromkeys(articles))
        found: dict[str, Link] = {}
        for part in _parts(wanted):
            for row in self._rows(_LINKS, part):
                found[row.article] = codec.restore(row.data, Link)
        return {id: found[id] for id in wanted if id in found}

    def story_of(self, article: str) -> str | None:
        return self.stories_of([article]).get(article)

    def stories_of(self, articles: Iterable[str]) -> dict[str, str]:
        wanted = list(dict.fromkeys(articles))
        found: dict[str, str] = {}
        for part in _parts(wanted):
            found.update({row.id: row.story for row in self._rows(_OF_STORY, part)})
        return {id: found[id] for id in wanted if id in found}


class StoryReader(Asking):
    """What may be asked of stories."""

    def story(self, id: str) -> Story | None:
        return self._one(_STORY, Story, id)

    def moved(self, id: str) -> str | None:
        rows = self._rows(select(t.moved.c.into).where(t.moved.c.id == id))
        return rows[0].into if rows else None

    def stories(
        self,
        *,
        order: Literal["front", "latest"] = "front",
        day: str | None = None,
        topic: str | None = None,
        country: str | None = None,
        admin1: str | None = None,
        source: str | None = None,
        limit: int = 40,
        offset: int = 0,
    ) -> list[Story]:
        by = "rank" if order == "front" else "latest"
        given = {"day": day, "admin1": admin1, "source": source, "topic": topic, "country": country}
        asked = [(kind, value) for kind, value in given.items() if value is not None]
        if not asked:
            statement = select(t.story.c.data).order_by(t.story.c[by].desc(), t.story.c.id)
            return self._all(statement.limit(limit).offset(offset), Story)
        # The first facet is walked in the order wanted; the others are looked up for each story on the way.
        first, *others = asked
        walked = t.story_facet
        ids = select(walked.c.story, walked.c[by]).where(walked.c.kind == first[0], walked.c.value == first[1])
        ids = ids.where(*(_has_facet(walked.c.story, *other) for other in others))
        chosen = ids.order_by(walked.c[by].desc(), walked.c.story).limit(limit).offset(offset).subquery()
        statement = select(t.story.c.data).join(chosen, chosen.c.story == t.story.c.id)
        return self._all(statement.order_by(chosen.c[by].desc(), chosen.c.story), Story)

    def each_story(self) -> Iterator[Story]:
        return self._each(t.story, Story)

    def history(self, story: str) -> list[Happening]:
        own = select(t.happening.c.data).where(t.happening.c.story == story)
        return self._all(own.order_by(t.happening.c.epoch.desc(), t.happening.c.n.desc()), Happening)

    def members(self, story: str) -> list[str]:
        with self.database.reading() as connection:
            return list(connection.execute(_MEMBERS, {"own": story}).scalars())

    def window(self, since: str | None) -> Iterator[tuple[Article, Tags, str | None, str]]:
        c = t.article.c
        placed = (
            select(c.epoch, c.id, t.content.c.data, c.story, t.tags.c.data.label("tags"), t.family_member.c.family)
            .join(t.content, t.content.c.n == c.n)
            .outerjoin(t.tags, t.tags.c.article == c.id)
            .outerjoin(t.family_member, t.family_member.c.article == c.id)
            .where(c.story.is_not(None))
            .order_by(c.epoch, c.id)
            .limit(MANY)
        )
        dated = placed.where(c.epoch > facets.NEVER if since is None else c.epoch >= facets.epoch(since))
        for statement in (dated, placed.where(c.epoch == facets.NEVER)):
            rows = self._rows(statement)
            while rows:
                for row in rows:
                    tags = codec.restore(row.tags, Tags) if row.tags else Tags()
                    yield codec.restore(row.data, Article), tags, row.family, row.story
                last = rows[-1]
                later = or_(c.epoch > last.epoch, and_(c.epoch == last.epoch, c.id > last.id))
                rows = self._rows(statement.where(later, c.epoch >= last.epoch))

    def recent_stories(self, since: str | None, limit: int) -> dict[str, str]:
        c = t.article.c
        placed = select(c.story, c.id, c.epoch).where(c.story.is_not(None)).order_by(c.epoch, c.id)
        if since is not None:
            placed = placed.where(c.epoch >= facets.epoch(since))
        return facets.recent(((row.story, row.id, row.epoch) for row in self._rows(placed)), limit)

    def stale_stories(self, before: str) -> list[str]:
        c = t.story.c
        stale = select(c.id).where(c.status == "developing", c.latest < facets.epoch(before))
        return [row.id for row in self._rows(stale.order_by(c.id))]


def _has_facet(story: ColumnElement[str], kind: str, value: str) -> ColumnElement[bool]:
    other = t.story_facet.alias()
    return exists().where(and_(other.c.story == story, other.c.kind == kind, other.c.value == value))


class DeskReader(Asking):
    """What may be asked of the desk itself."""

    def counts(self) -> DeskCounts:
        rows = {row.what: row.number for row in self._rows(select(t.count.c.what, t.count.c.number))}
        return DeskCounts(
            articles=rows.get("article", 0),
            stories=rows.get("story", 0),
            events=rows.get("event", 0),
            mentions=rows.get("mention", 0),
            families=rows.get("family", 0),
            sources=self._rows(select(func.count()).select_from(t.source))[0][0],
            rejected=rows.get("rejection", 0),
            newest=self._end(newest=True),
            oldest=self._end(newest=False),
        )

    def _end(self, *, newest: bool) -> str | None:
        c = t.article.c
        order = (c.epoch.desc(), c.id.desc()) if newest else (c.epoch, c.id)
        dated = select(c.card).where(c.epoch > facets.NEVER).order_by(*order).limit(1)
        found = self._one(dated, Card)
        return None if found is None else found.published

    def source(self, id: str) -> SourceState | None:
        return self._one(select(t.source.c.data).where(t.source.c.id == id), SourceState)

    def sources(self) -> list[SourceState]:
        return self._all(select(t.source.c.data).order_by(t.source.c.name, t.source.c.id), SourceState)

    def subscription(self, id: str) -> Subscription | None:
        return self._one(select(t.subscription.c.data).where(t.subscription.c.id == id), Subscription)

    def corrections(self, *, limit: int = 50) -> list[Correction]:
        c = t.correction.c
        return self._all(select(c.data).order_by(c.epoch.desc(), c.article, c.change).limit(limit), Correction)

    def rejections(self, *, limit: int = 50) -> list[Rejected]:
        c = t.rejection.c
        return self._all(select(c.data).order_by(c.epoch.desc(), c.id).limit(limit), Rejected)

    def manifests(self, *, limit: int = 10) -> list[Manifest]:
        c = t.manifest.c
        return self._all(select(c.data).order_by(c.epoch.desc(), c.id).limit(limit), Manifest)
