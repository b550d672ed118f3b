"""Stores filled by script with invented articles, stories and events: what `bench.store` measures.

Rows are made as the store makes them (`facets`, `wire`) for the first articles, and multiplied in the database
(`bulk`), since to make a million would take hours.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from typing import Any

from sqlalchemy import func, insert, select

from bench import bulk
from bench.bulk import Rows
from dateline import codec
from dateline.model import (
    Article,
    Event,
    EventDate,
    Headline,
    Link,
    Member,
    Mention,
    Party,
    PlaceSpan,
    Publisher,
    Quote,
    Story,
    Tags,
    Words,
)
from dateline.store import facets
from dateline.store.search.document import GAP, Document
from dateline.store.sql import schema as t
from dateline.store.sql.keeping.building import _event_rows
from dateline.store.sql.keeping.writing import wire
from dateline.store.sql.moving import _count_on
from dateline.store.sql.store import SqlStore
from dateline.stories.linking.sketch import pack, sketch

START = datetime.combine(bulk.FIRST_DAY, time(), UTC)  # A_DAY later is what linking looks at, at any size
KEPT = round(14 * bulk.A_DAY)  # articles whose sketches a desk keeps: twice its window
SHINGLES = 24  # sampled of one text
COUNTRIES = ("ESP", "RUS", "FJI", "CHL", "KEN", "IDN", "POL", "GHA")
TOPICS = ("disaster", "politics", "sport", "economy")


class Maker:
    """Makes invented records by seed; words are drawn as in real text, few often and many rarely."""

    def __init__(self, seed: int = 8) -> None:
        self.dice = random.Random(seed)
        words = random.Random(8)
        self.words = ["".join(words.choices("abdeiklmnorstuv", k=words.randint(3, 9))) for _ in range(30_000)]
        self.summed = list(accumulate(1 / (n + 5) for n in range(len(self.words))))
        self.pool = [self.text(40) for _ in range(20_000)]

    def text(self, count: int) -> str:
        """Make a text of so many words."""
        return " ".join(self.dice.choices(self.words, cum_weights=self.summed, k=count))

    def article(self, number: int) -> Article:
        """Make one article of a run."""
        source = f"outlet{self.dice.randrange(200)}.example"
        published = (START + timedelta(days=number / bulk.A_DAY)).isoformat(timespec="seconds")
        body = ".\n\n".join(self.dice.choices(self.pool, k=6))
        publisher = Publisher(source, source)
        id = f"a{number:09}"
        return Article(id, f"https://{source}/{id}", self.text(8), body, published, publisher=publisher, language="en")


def fill(stores: Sequence[SqlStore], total: int) -> int:
    """Write about `total` articles in stories of 1 to 12, each with tags and an event; give how many there are."""
    made = 0
    for store in stores:
        made = _fill(store, total)
    return made


def _fill(store: SqlStore, total: int) -> int:
    base = _base(min(total, bulk.BLOCK))
    store.database.close()
    with bulk.opened(store) as connection:
        connection.drop_indexes()
        bulk.write(connection, base)
        if not store.database.is_sqlite:
            with store.database.writing() as writing:
                store.index_anew(writing, -1, bulk.BLOCK)
        made = bulk.copy_blocks(connection, base, total)
        bulk.add_shingles(connection, SHINGLES)
        connection.insert("sketch", [_sketch(base, number) for number in range(max(0, made - KEPT), made)])
        connection.make_indexes()
    with store.database.writing() as writing:
        for table in (t.article, t.event, t.mention, t.story):
            number = writing.execute(select(func.count()).select_from(table)).scalar_one()
            writing.execute(insert(t.count).values(what=table.name, number=number))
        writing.execute(insert(t.meta).values(key="language:en", value=""))  # so that words are looked for by stems too
        if not store.database.is_sqlite:
            _count_on(writing)
    return made


@cache
def _packed(text: str, tags: str) -> tuple[str, bytes]:
    """Make what linking keeps of an article: its head, and the terms."""
    made, _words = sketch(codec.decode(text, Article), codec.decode(tags, Tags), None, 0)
    head, _, terms = pack(made).partition(b"\n")
    return head.decode(), terms


def _sketch(base: Rows, number: int) -> dict[str, Any]:
    place = number % bulk.BLOCK
    head, terms = _packed(base[t.content][place]["data"], base[t.tags][place]["data"])
    id = base[t.article][place]["id"]
    return {"article": bulk.later(number, id), "data": bulk.later(number, head).encode() + b"\n" + terms}


@cache
def _base(total: int) -> Rows:
    """Make the first articles; all further ones are these, later."""
    maker, rows, number = Maker(), _rows(), 0
    while number < total:
        size = min(maker.dice.choice((1, 1, 1, 2, 3, 4, 6, 12)), total - number)
        _story(rows, maker, number, size)
        number += size
    return rows


def _rows() -> Rows:
    return {table: [] for table in t.metadata.sorted_tables}


def _story(rows: Rows, maker: Maker, first: int, size: int) -> None:
    dice = maker.dice
    id, place = f"s{first:09}", _place(dice)
    members = [maker.article(first + n) for n in range(size)]
    for n, article in enumerate(members, first):
        _article(rows, n, article, id, place, dice)
    head, last = members[0], members[-1]
    story = Story(
        id,
        Headline(head.title or "", head.id),
        tuple(Quote(a.text[:200], a.id, 0, 200) for a in members[:4]),
        tuple(Member(a.id, "independent") for a in members),
        len(members),
        first_seen=head.published,
        last_seen=last.published,
        places=(place,),
        topics=(dice.choice(TOPICS),),
        status="settled",
    )
    rank, latest = facets.front_rank(story), facets.epoch(story.last_seen)
    rows[t.story].append(
        {"id": id, "rank": rank, "latest": latest, "status": story.status, "since": latest, "data": wire(story)}
    )
    days = [(a.id, facets.day_of(a.published), facets.source_of(a)) for a in members]
    for kind, value in facets.story_facets_of(story, days):
        rows[t.story_facet].append({"story": id, "kind": kind, "value": value, "rank": rank, "latest": latest})


def _article(rows: Rows, n: int, article: Article, story: str, place: PlaceSpan, dice: random.Random) -> None:
    epoch, source = facets.epoch(article.published), facets.source_of(article)
    row = {"n": n, "id": article.id, "epoch": epoch, "day": facets.day_of(article.published), "source": source}
    card = wire(facets.card_of(article))
    rows[t.article].append({**row, "story": story, "origin": "o1", "since": epoch, "card": card})
    rows[t.content].append({"n": n, "data": wire(article)})
    rows[t.tags].append({"article": article.id, "data": wire(Tags(places=(place,)))})
    rows[t.link].append({"article": article.id, "data": wire(Link(article.id, story, None, None))})
    mention = Mention(f"m{article.id[1:]}", article.id, (0, 40), Words(article.text[:5], 0, 5), "ASSAULT")
    row = {"id": mention.id, "article": article.id, "position": 0, "since": epoch}
    rows[t.mention].append({**row, "data": wire(mention)})
    for table, made in _event_rows(_event(article, story, mention.id, dice, place), [source or ""]):
        rows[table].append({**made, "since": epoch} if table is t.event else made)
    rows[t.indexed].append({"n": n, "content": _document(article, place).packed(text=True)})


def _document(article: Article, place: PlaceSpan) -> Document:
    """Make what is indexed of an article whose words are all folded, each its own stem."""
    source = article.publisher.domain if article.publisher else None
    title, body = article.title or "", article.text.replace(".\n\n", " ")
    return Document(
        title=title,
        body=body,
        title_stems=" ".join(sorted(title.split())),
        stems=" ".join(sorted(body.split())),
        source=(source or "").replace(".", " "),
        place=f"{place.text} {GAP} {place.country}".lower(),
        actor="",
        type="assault",
        lang="en",
        has="event place",
    )


def _place(dice: random.Random) -> PlaceSpan:
    country = dice.choice(COUNTRIES)
    lat, lon = dice.uniform(-60, 70), dice.uniform(-180, 180)
    name = f"Town {dice.randrange(900)}"
    return PlaceSpan(0, 5, name, "literal", name, None, country, f"{country} {dice.randrange(9)}", lat, lon, "city")


def _event(article: Article, story: str, mention: str, dice: random.Random, place: PlaceSpan) -> Event:
    day = (article.published or "")[:10]
    kind, actor = dice.choice(("ASSAULT", "PROTEST", "AID", "CONSULT")), f"Party {dice.randrange(3000)}"
    party = Party(actor, 0, len(actor), actor, dice.choice(COUNTRIES))
    base = (party,), (), (place,), EventDate(day, day, "day"), (), (), "asserted", (), dice.random() < 0.2
    return Event(f"e{article.id[1:]}", story, kind, None, None, (), *base, (mention,), (article.id,), 1)


def news(maker: Maker, first: int, count: int) -> Iterator[dict[str, Any]]:
    """Give articles as a source would bring them, published after the first `first`."""
    for number in range(first, first + count):
        made = maker.article(number)
        body = "\n\n".join(
            f"{part.capitalize()}." for part in made.text.split(".\n\n")[:2]
        )  # short: parsing is not measured
        yield {
            "id": f"n{number}", "url": made.url, "title": made.title, "text": body, "published": made.published,
            "publisher": made.publisher.name if made.publisher else None, "language": "en",
        }  # fmt: skip
