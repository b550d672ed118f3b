"""The store on both engines: how long a page's questions and a pass take over many articles, beside 10,000 of them.

`BENCH_STORE_ARTICLES=1000000` gives the figures of docs/scale.md; `BENCH_STORE_ENGINES=sqlite` leaves PostgreSQL out;
`BENCH_STORE_KEEP=DIR` keeps the filled store for the next run, which measures it with the news of this one in it.
`BENCH_STORE_CLOCK=cpu` counts the seconds that this process and PostgreSQL's compute: for a machine that others use.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.filling import COUNTRIES, Maker, fill, news
from dateline.desk import Desk
from dateline.model import EventFilter
from dateline.store.sql.store import PostgresStore, SqliteStore, SqlStore

ARTICLES = int(os.environ.get("BENCH_STORE_ARTICLES", "100000"))
FEW = 10_000
ENGINES = os.environ.get("BENCH_STORE_ENGINES", "sqlite postgres").split()
NEWS = int(os.environ.get("BENCH_STORE_NEWS", "1000"))  # articles of the pass that is measured
KEEP = os.environ.get("BENCH_STORE_KEEP")
CPU = os.environ.get("BENCH_STORE_CLOCK") == "cpu"
WARM = 50  # articles of a pass before it, in which models and lists are loaded
REPEATS = 60
PHASES = ("copies", "group", "relate", "build")  # of a pass: those whose work asks the store about other articles


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine: its store, its clock, and where its databases are."""

    name: str
    kind: type[SqlStore]
    empty: Callable[[], str]  # the address of a new, empty database
    kept: Callable[[], str] | None  # that of the one that is kept for the next run
    clock: Callable[[], float]


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


def percentiles(asks: list[Callable[[], object]], clock: Callable[[], float]) -> tuple[float, float]:
    """Give the 50th and 95th percentile of what is asked, in milliseconds."""
    times = []
    for ask in asks:
        start = clock()
        ask()
        times.append((clock() - start) * 1000)
    found = statistics.quantiles(times, n=20)
    return round(found[9], 1), round(found[18], 1)


def one_pass(folder: Path, engine: Engine, address: str, count: int) -> dict[str, float]:
    """Bring `count` articles in and do a pass; give the seconds of each phase."""
    folder.mkdir(exist_ok=True)
    (folder / "dateline.toml").write_text(f'database = "{address}"\n', encoding="utf-8")
    with closing(engine.kind(address)) as store:
        first = store.counts().articles
        newest = store.counts().newest
    path = folder / f"news{first}.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for record in news(Maker(first), first, count):
            lines.write(json.dumps(record) + "\n")
    desk = Desk.open(folder)
    desk.add(str(path))
    seconds: dict[str, float] = {}
    now, since = "fetch", engine.clock()

    def progress(phase: str, _done: int, _total: int | None) -> None:
        nonlocal now, since
        moment = engine.clock()
        seconds[now] = seconds.get(now, 0.0) + moment - since
        now, since = phase, moment

    desk.run_pass(now=max(newest or "", Maker(0).article(first + count).published or ""), jobs=1, progress=progress)
    progress("end", 0, 0)
    desk.close()
    return seconds


@contextmanager
def engines(folder: Path) -> Iterator[list[Engine]]:
    """Give the engines there are."""
    count = iter(range(99))
    kept = Path(KEEP) if KEEP else None
    with ExitStack() as stack:
        found = []
        if "sqlite" in ENGINES:
            own = None if kept is None else lambda: f"sqlite:///{kept / f'store-{ARTICLES}.sqlite'}"
            clock = time.process_time if CPU else time.perf_counter
            found.append(
                Engine("sqlite", SqliteStore, lambda: f"sqlite:///{folder / f'{next(count)}.sqlite'}", own, clock)
            )
        sys.path.append(str(Path(__file__).parent.parent / "tests" / "integration"))
        from postgres import Server, missing  # type: ignore[import-not-found]

        if "postgres" in ENGINES and missing() is None:
            where = kept / "postgres" if kept else Path(tempfile.mkdtemp(prefix="dlpg", dir="/tmp"))
            where.mkdir(parents=True, exist_ok=True)
            where.chmod(0o755)
            if not kept:
                stack.callback(shutil.rmtree, where, ignore_errors=True)
            server = Server(where, "shared_buffers=1GB", "max_wal_size=8GB")  # as one would for a desk of this size
            server.start()
            stack.callback(server.stop)
            own = None if kept is None else lambda: server.named(f"store{ARTICLES}")
            found.append(Engine("postgres", PostgresStore, server.database, own, _clock_of(server)))
        yield found


def _clock_of(server: Any) -> Callable[[], float]:
    if not CPU:
        return time.perf_counter

    def computed() -> float:
        """Give the seconds that this process and those that serve it have computed; they live as long as it does."""
        served = 0
        for pid in Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split():
            own = Path(f"/proc/{pid}")
            with suppress(FileNotFoundError, ProcessLookupError):
                if b" desk " in (own / "cmdline").read_bytes():
                    served += int((own / "schedstat").read_text().split()[0])
        return time.process_time() + served / 1e9

    return computed


def _filled(engine: Engine, total: int, say: Callable[[str], None]) -> str:
    """Give the address of a store with so many articles, filled where it was not kept."""
    made = engine.kept is not None and total == ARTICLES
    address = engine.kept() if engine.kept is not None and total == ARTICLES else engine.empty()
    with closing(engine.kind(address)) as store:
        have = store.counts().articles
        if not made or not have:
            start = time.perf_counter()
            have = fill([store], total)
            say(f"{engine.name}: {have} articles written in {time.perf_counter() - start:.0f} s")
    return address


def run(say: Callable[[str], None]) -> dict[str, float]:
    """Fill stores of FEW and of ARTICLES articles on each engine, and measure all."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="dateline-bench") as name, engines(Path(name)) as found:
        for engine in found:
            passes = []
            for total in (FEW, ARTICLES):
                address = _filled(engine, total, say)
                with closing(engine.kind(address)) as store:
                    asked = {what: percentiles(asks, engine.clock) for what, asks in questions(store).items()}
                said = ", ".join(f"{what.removesuffix('_ms')} {p50}/{p95}" for what, (p50, p95) in asked.items())
                say(f"{engine.name}, {total} articles, ms at p50/p95: {said}")
                figures |= {f"{engine.name}_{what}": p95 for what, (_p50, p95) in asked.items()}
                folder = Path(name) / f"{engine.name}{total}"
                one_pass(folder, engine, address, WARM)
                passes.append(one_pass(folder, engine, address, NEWS))
            figures |= _compared(engine.name, *passes, say)
    return figures


def _compared(
    engine: str, few: dict[str, float], many: dict[str, float], say: Callable[[str], None]
) -> dict[str, float]:
    """Say what a pass costs over many articles beside one over few, phase by phase."""
    for phase, seconds in many.items():
        say(f"{engine}, {phase}: {few.get(phase, 0.0):.2f} s at {FEW}, {seconds:.2f} s at {ARTICLES}")
    whole, asking = (
        sum(many.get(phase, 0.0) for phase in phases) / sum(few.get(phase, 0.0) for phase in phases)
        for phases in (many, PHASES)
    )
    say(
        f"{engine}, a pass over {NEWS} new articles: {sum(few.values()):.1f} s at {FEW}, {sum(many.values()):.1f} s at "
        f"{ARTICLES} ({whole:.2f} times); copies, groups, relations and stories of it {asking:.2f} times"
    )
    return {f"{engine}_pass_ratio": round(whole, 2), f"{engine}_asking_ratio": round(asking, 2)}
