"""The store: how long a page's questions take over many articles, beside the same over a tenth of them."""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from dateline.model import (
    Article,
    Event,
    EventDate,
    EventFilter,
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
from dateline.store.sql.store import SqliteStore

ARTICLES = int(os.environ.get("BENCH_STORE_ARTICLES", "20000"))  # 1000000 for the figure of docs/scale.md
START = datetime(2026, 1, 1, tzinfo=UTC)
COUNTRIES = ("ESP", "RUS", "FJI", "CHL", "KEN", "IDN", "POL", "GHA")
TOPICS = ("disaster", "politics", "sport", "economy")
REPEATS = 60


class Maker:
    """Makes invented records by seed; words are drawn as in real text, few often and many rarely."""

    def __init__(self) -> None:
        self.dice = random.Random(8)
        self.words = ["".join(self.dice.choices("abdeiklmnorstuv", k=self.dice.randint(3, 9))) for _ in range(30_000)]
        self.summed = list(accumulate(1 / (n + 5) for n in range(len(self.words))))

    def text(self, count: int) -> str:
        """Make a text of so many words."""
        return " ".join(self.dice.choices(self.words, cum_weights=self.summed, k=count))

    def article(self, number: int, total: int) -> Article:
        """Make one article of a year's run."""
        source = f"outlet{self.dice.randrange(200)}.example"
        published = (START + timedelta(seconds=number * 31_000_000 // total)).isoformat()
        text = ".\n\n".join(self.text(40) for _ in range(6))
        return Article(
            f"a{number:09}",
            f"https://{source}/{number}",
            self.text(8),
            text,
            published,
            publisher=Publisher(source, source),
        )


def _place(dice: random.Random) -> PlaceSpan:
    country = dice.choice(COUNTRIES)
    lat, lon = dice.uniform(-60, 70), dice.uniform(-180, 180)
    name = f"Town {dice.randrange(900)}"
    return PlaceSpan(0, 5, name, "literal", name, None, country, f"{country} {dice.randrange(9)}", lat, lon, "city")


def _event(id: str, story: str, article: Article, mention: str, dice: random.Random, place: PlaceSpan) -> Event:
    day = (article.published or "")[:10]
    kind, actor = dice.choice(("ASSAULT", "PROTEST", "AID", "CONSULT")), f"Party {dice.randrange(3000)}"
    party = Party(actor, 0, len(actor), actor, dice.choice(COUNTRIES))
    base = (party,), (), (place,), EventDate(day, day, "day"), (), (), "asserted", (), dice.random() < 0.2
    return Event(id, story, kind, None, None, (), *base, (mention,), (article.id,), 1)


def fill(store: SqliteStore, total: int) -> None:
    """Write `total` articles in stories of 1 to 12, each with tags and an event."""
    maker = Maker()
    dice, number = maker.dice, 0
    while number < total:
        with store.transaction():
            for _story in range(200):
                size = min(dice.choice((1, 1, 1, 2, 3, 4, 6, 12)), total - number)
                if size:
                    _fill_story(store, [maker.article(number + n, total) for n in range(size)], dice)
                number += size


def _fill_story(store: SqliteStore, members: list[Article], dice: random.Random) -> None:
    first = members[0]
    id, place = f"s{first.id[1:]}", _place(dice)
    events = []
    for article in members:
        store.put_article(article, origin="o1")
        store.put_tags(article.id, Tags(places=(place,)))
        mention = Mention(f"m{article.id[1:]}", article.id, (0, 40), Words(article.text[:5], 0, 5), "ASSAULT")
        store.put_mentions(article.id, [mention])
        store.put_link(Link(article.id, id, None, None))
        store.index(article.id)
        events.append(_event(f"e{article.id[1:]}", id, article, mention.id, dice, place))
    store.put_story(
        Story(
            id,
            Headline(first.title or "", first.id),
            tuple(Quote(a.text[:200], a.id, 0, 200) for a in members[:4]),
            tuple(Member(a.id, "independent") for a in members),
            len(members),
            first_seen=first.published,
            last_seen=members[-1].published,
            places=(place,),
            topics=(dice.choice(TOPICS),),
        ),
        events,
    )


def measure(store: SqliteStore) -> dict[str, float]:
    """Give the 95th percentile of each question in milliseconds; `search` asks for frequent, rare and joined words."""
    maker, dice = Maker(), random.Random(5)
    stories = [story.id for story in store.stories(limit=400)]
    queries = [maker.text(dice.choice((1, 1, 2))) for _ in range(REPEATS)]
    queries += [f"{maker.text(1)} OR {maker.text(1)}" for _ in range(10)] + [f'"{maker.words[0]} {maker.words[1]}"'] * 5
    queries += [f"place:{dice.choice(COUNTRIES)} {maker.text(1)} after:2026-06" for _ in range(10)]
    again = range(REPEATS)

    def front() -> None:
        found = store.stories(limit=40)
        store.articles(member.id for story in found for member in story.articles[:6])
        store.latest(limit=20)
        store.counts()

    def story(id: str) -> None:
        found = store.story(id)
        ids = [member.id for member in found.articles] if found else []
        store.articles(ids)
        store.mentions(m for event in store.events_of(ids) for m in event.mentions)
        store.history(id)

    def events(kind: str) -> None:
        store.events(EventFilter(country=dice.choice(COUNTRIES), type=kind), limit=100)
        store.events(EventFilter(actor=f"party {dice.randrange(3000)}"), limit=100)

    return {
        "front_ms": _p95([front for _ in again]),
        "topic_ms": _p95([lambda: store.stories(topic="sport", country="KEN") for _ in again]),
        "story_ms": _p95([lambda id=id: story(id) for id in dice.choices(stories, k=REPEATS)]),  # type: ignore[misc]
        "events_ms": _p95([lambda: events("PROTEST") for _ in again]),
        "search_ms": _p95([lambda q=q: store.search(q) for q in queries]),  # type: ignore[misc]
    }


def _p95(asks: list[Callable[[], object]]) -> float:
    times = []
    for ask in asks:
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.quantiles(times, n=20)[18], 1)


def run(say: Callable[[str], None]) -> dict[str, float]:
    """Fill two stores, one ten times the other, and measure both."""
    figures: dict[str, float] = {}
    for total in (ARTICLES // 10, ARTICLES):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "desk.sqlite"
            store = SqliteStore(f"sqlite:///{path}")
            start = time.perf_counter()
            fill(store, total)
            rate = total / (time.perf_counter() - start)
            figures = measure(store)
            store.close()
            size = path.stat().st_size / total
        asked = ", ".join(f"{name.removesuffix('_ms')} {value} ms" for name, value in figures.items())
        say(f"{total} articles (written at {rate:.0f}/s, {size / 1000:.1f} kB each), 95th percentiles: {asked}")
    return figures
