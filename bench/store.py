"""The store on both engines: how long a page's questions and a pass take over many articles, beside 10,000 of them.

`BENCH_STORE_ARTICLES=1000000` gives the figures of docs/scale.md; `BENCH_STORE_ENGINES=sqlite` leaves PostgreSQL out;
`BENCH_STORE_CLOCK=cpu` counts this process's own seconds, for a machine that others use too (SQLite runs inside it).
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.filling import COUNTRIES, Maker, fill, news
from dateline.desk import Desk
from dateline.model import EventFilter
from dateline.store.sql.store import PostgresStore, SqliteStore, SqlStore

ARTICLES = int(os.environ.get("BENCH_STORE_ARTICLES", "100000"))
FEW = 10_000
ENGINES = os.environ.get("BENCH_STORE_ENGINES", "sqlite postgres").split()
NEWS = int(os.environ.get("BENCH_STORE_NEWS", "1000"))  # articles of the pass that is measured
clock = time.process_time if os.environ.get("BENCH_STORE_CLOCK") == "cpu" else time.perf_counter
REPEATS = 60
PHASES = ("copies", "group", "relate", "build")  # of a pass: those whose work asks the store about other articles


def questions(store: SqlStore) -> dict[str, list[Callable[[], object]]]:
    """Give what is asked: as pages ask it, and searches for frequent, rare and joined words."""
    maker, dice = Maker(), random.Random(5)
    stories = [story.id for story in store.stories(limit=400)]
    queries = [maker.text(dice.choice((1, 1, 2))) for _ in range(REPEATS)]
    queries += [f"{maker.text(1)} OR {maker.text(1)}" for _ in range(10)] + [f'"{maker.words[0]} {maker.words[1]}"'] * 5
    queries += [f"place:{dice.choice(COUNTRIES)} {maker.text(1)} after:2024-02" for _ in range(10)]

    def front() -> None:
        found = store.stories(limit=40)
        ids = [member.id for story in found for member in story.articles[:6]]
        store.cards(ids)
        store.families(ids)
        store.withdrawals(ids)
        store.latest_cards(limit=20)
        store.counts()

    def story(id: str) -> None:
        found = store.story(id)
        ids = [member.id for member in found.articles] if found else []
        store.cards(ids)
        store.families(ids)
        store.links(ids)
        store.mentions(m for event in store.events_of(ids) for m in event.mentions)
        store.history(id)

    def events(kind: str) -> None:
        store.events(EventFilter(country=dice.choice(COUNTRIES), type=kind), limit=100)
        store.events(EventFilter(actor=f"party {dice.randrange(3000)}"), limit=100)

    again = range(REPEATS)
    return {
        "front_ms": [front for _ in again],
        "topic_ms": [lambda: store.stories(topic="sport", country="KEN") for _ in again],
        "story_ms": [lambda id=id: story(id) for id in dice.choices(stories, k=REPEATS)],  # type: ignore[misc]
        "events_ms": [lambda: events("PROTEST") for _ in again],
        "search_ms": [lambda q=q: store.search(q) for q in queries],  # type: ignore[misc]
    }


def percentiles(asks: list[Callable[[], object]]) -> tuple[float, float]:
    """Give the 50th and 95th percentile of what is asked, in milliseconds."""
    times = []
    for ask in asks:
        start = clock()
        ask()
        times.append((clock() - start) * 1000)
    found = statistics.quantiles(times, n=20)
    return round(found[9], 1), round(found[18], 1)


def one_pass(folder: Path, address: str, first: int) -> tuple[float, float]:
    """Bring NEWS articles in and do a pass: seconds of all of it, and of the phases that ask about other articles."""
    folder.mkdir()
    (folder / "dateline.toml").write_text(f'database = "{address}"\n', encoding="utf-8")
    path = folder / "news.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for record in news(Maker(first), first, NEWS):
            lines.write(json.dumps(record) + "\n")
    desk = Desk.open(folder)
    desk.add(str(path))
    seconds: dict[str, float] = {}
    state = ["fetch", clock()]

    def progress(phase: str, _done: int, _total: int | None) -> None:
        now = clock()
        seconds[str(state[0])] = seconds.get(str(state[0]), 0.0) + now - float(state[1])
        state[:] = [phase, now]

    start = clock()
    desk.run_pass(now=news_clock(first), jobs=1, progress=progress)
    progress("end", 0, 0)
    whole = clock() - start
    desk.close()
    return whole, sum(seconds.get(phase, 0.0) for phase in PHASES)


def news_clock(first: int) -> str:
    """Give the moment of the pass: when the last of the news was published."""
    return Maker(0).article(first + NEWS).published or ""


@contextmanager
def places(folder: Path) -> Iterator[dict[str, tuple[type[SqlStore], Callable[[], str]]]]:
    """Give, for each engine there is, its store and what makes the address of an empty database."""
    with ExitStack() as stack:
        made: dict[str, tuple[type[SqlStore], Callable[[], str]]] = {}
        count = iter(range(99))
        if "sqlite" in ENGINES:
            made["sqlite"] = (SqliteStore, lambda: f"sqlite:///{folder / f'desk{next(count)}.sqlite'}")
        sys.path.append(str(Path(__file__).parent.parent / "tests" / "integration"))
        from postgres import Server, missing  # type: ignore[import-not-found]

        if "postgres" in ENGINES and missing() is None:
            where = Path(tempfile.mkdtemp(prefix="dlpg", dir="/tmp"))
            where.chmod(0o755)
            server = Server(where)
            stack.callback(lambda: __import__("shutil").rmtree(where, ignore_errors=True))
            server.start()
            stack.callback(server.stop)
            made["postgres"] = (PostgresStore, server.database)
        yield made


def run(say: Callable[[str], None]) -> dict[str, float]:
    """Fill stores of FEW and of ARTICLES articles on each engine, and measure all."""
    figures: dict[str, float] = {}
    passes: dict[tuple[str, int], tuple[float, float]] = {}
    with tempfile.TemporaryDirectory(prefix="dateline-bench") as name, places(Path(name)) as engines:
        for total in (FEW, ARTICLES):
            addresses = {engine: make() for engine, (_kind, make) in engines.items()}
            stores = {engine: engines[engine][0](address) for engine, address in addresses.items()}
            start = clock()
            fill(list(stores.values()), total)
            say(f"{total} articles written to {' and '.join(stores)} in {clock() - start:.0f} s")
            for engine, store in stores.items():
                asked = {what: percentiles(asks) for what, asks in questions(store).items()}
                store.close()
                said = ", ".join(f"{what.removesuffix('_ms')} {p50}/{p95}" for what, (p50, p95) in asked.items())
                say(f"{engine}, {total} articles, ms at p50/p95: {said}")
                passes[engine, total] = one_pass(Path(name) / f"{engine}{total}", addresses[engine], total)
                figures |= {f"{engine}_{what}": p95 for what, (_p50, p95) in asked.items()}
        for engine in engines:
            (few, few_asking), (many, many_asking) = passes[engine, FEW], passes[engine, ARTICLES]
            figures[f"{engine}_pass_ratio"] = round(many / few, 2)
            say(
                f"{engine}, a pass over {NEWS} new articles: {few:.1f} s at {FEW}, {many:.1f} s at {ARTICLES} "
                f"({many / few:.2f} times); copies, groups, relations and stories of it {few_asking:.1f} s and "
                f"{many_asking:.1f} s ({many_asking / few_asking:.2f} times)"
            )
    return figures
