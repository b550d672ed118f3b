"""Linking: quality and speed beside scikit-learn's TF-IDF with a single pass, on the same articles in the same run."""

from __future__ import annotations

import json
import random
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any

from dateline.model import Article, Tags
from dateline.stories import Linker
from dateline.tags import tag

SETS = Path(__file__).resolve().parents[2] / "shared" / "bench" / "stories"
ORDERS = 3
WINDOW = 200_000  # articles in a week that linking must bear
THRESHOLDS = [x / 100 for x in range(10, 62, 4)]  # of the baseline, which is given the best one for each set
Row = dict[str, Any]


def run(out: Callable[[str], None]) -> dict[str, float]:
    """Print B-cubed F1, pair F1 and articles a second; gives the figures that floors are pinned for."""
    figures: dict[str, float] = {}
    if not SETS.is_dir():
        out(f"no measuring data at {SETS}: skipped; the cost of a full window follows")
        figures.update(_flat(out))
        return figures
    for name in ("allsides", "ecb"):
        lines = (SETS / f"{name}_dev.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        tags = {r["id"]: tag(r["text"], r["published"], kinds=("actors", "places")) for r in rows}
        orders = [rows] if name == "allsides" else [_shuffled(rows, seed) for seed in range(ORDERS)]
        ours, seconds = _mean(orders, lambda given, tags=tags: _ours(given, tags))
        best = max(THRESHOLDS, key=lambda t, rows=rows: _score(rows, _single_pass(rows, t))[0])
        base, base_seconds = _mean(orders, lambda given, best=best: _single_pass(given, best))
        out(f"{name}: dateline       B3 {ours[0]:.3f}  pair {ours[1]:.3f}  {len(rows) / seconds:,.0f} articles/s")
        out(f"{name}: TF-IDF 1 pass  B3 {base[0]:.3f}  pair {base[1]:.3f}  {len(rows) / base_seconds:,.0f} articles/s")
        figures[f"{name}_b3"], figures[f"{name}_pair"] = ours
        figures[f"{name}_per_second"] = len(rows) / seconds
    figures.update(_flat(out))
    return figures


def _shuffled(rows: Sequence[Row], seed: int) -> list[Row]:
    made = list(rows)
    random.Random(seed).shuffle(made)
    return made


def _mean(orders: Sequence[list[Row]], group: Callable[[list[Row]], list[str]]) -> tuple[tuple[float, float], float]:
    start = time.perf_counter()
    answers = [group(rows) for rows in orders]
    seconds = (time.perf_counter() - start) / len(orders)
    scores = [_score(rows, answer) for rows, answer in zip(orders, answers, strict=True)]
    return (sum(s[0] for s in scores) / len(scores), sum(s[1] for s in scores) / len(scores)), seconds


def _ours(rows: list[Row], tags: dict[str, Tags]) -> list[str]:
    linker = Linker()
    story: dict[str, str] = {}
    for _, held in groupby(enumerate(rows), key=lambda p: p[1]["published"] or p[0]):
        items = [(Article(r["id"], None, r["title"], r["text"], r["published"]), tags[r["id"]], None) for _, r in held]
        story.update({link.id: link.story for link in linker.place_all(items)})
    return [story[r["id"]] for r in rows]


def _single_pass(rows: list[Row], threshold: float) -> list[str]:
    """Join the story of the nearest earlier article, if the cosine is high enough."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [f"{r['title'] or ''} {r['text']}" for r in rows]
    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
    near = (vectors @ vectors.T).toarray()
    story: list[str] = []
    for at, row in enumerate(rows):
        best = max(range(at), key=lambda other, at=at: near[at, other], default=None)
        story.append(story[best] if best is not None and near[at, best] >= threshold else row["id"])
    return story


def _score(rows: list[Row], story: list[str]) -> tuple[float, float]:
    found: dict[str, set[int]] = defaultdict(set)
    true: dict[str, set[int]] = defaultdict(set)
    for at, row in enumerate(rows):
        found[story[at]].add(at)
        true[row["gold"]].add(at)
    both = [len(found[story[at]] & true[row["gold"]]) for at, row in enumerate(rows)]
    precision = sum(b / len(found[story[at]]) for at, b in enumerate(both)) / len(rows)
    recall = sum(b / len(true[row["gold"]]) for b, row in zip(both, rows, strict=True)) / len(rows)
    joined = sum(n * (n - 1) for n in Counter(story).values())
    belong = sum(n * (n - 1) for n in Counter(r["gold"] for r in rows).values())
    right = sum(b - 1 for b in both)
    return 2 * precision * recall / (precision + recall), 2 * right / (joined + belong)


def _flat(out: Callable[[str], None]) -> dict[str, float]:
    """Measure one article's cost, and the memory, in a window of 10,000 and of 200,000 made-up ones."""
    rng = random.Random(3)
    letters = "abcdefghijklmnoprstuvw"
    vocabulary = ["".join(rng.choices(letters, k=7)) for _ in range(60_000)]
    weights = list(accumulate(1.0 / (rank + 10) for rank in range(len(vocabulary))))
    week = 7 * 86_400

    def made(at: int) -> Article:
        words = rng.choices(vocabulary, cum_weights=weights, k=250)
        names = [f"Q{''.join(rng.choices(letters, k=6))}" for _ in range(3)]
        for turn in range(0, 150, 15):
            words[turn] = rng.choice(names)
        moment = datetime.fromtimestamp(1_780_000_000 + at * week / WINDOW, UTC).isoformat()
        return Article(f"w{at:06d}", None, " ".join(words[:9]), " ".join(words), moment)

    linker = Linker()
    begun = _memory()
    costs: dict[int, float] = {}
    held = 0
    for size in (10_000, WINDOW):
        for at in range(held, size):
            linker.restore(made(at), Tags(), None, f"w{at:06d}")
        held = size
        asked = [made(size + at) for at in range(400)]
        start = time.perf_counter()
        for article in asked:
            linker.place(replace(article, id=f"x{size}{article.id}"), Tags())
        costs[size] = (time.perf_counter() - start) / len(asked)
    growth, memory = costs[WINDOW] / costs[10_000], _memory() - begun
    out(
        f"one article of 250 words among 10,000: {costs[10_000] * 1e3:.1f} ms, among {WINDOW:,}: "
        f"{costs[WINDOW] * 1e3:.1f} ms ({growth:.2f} times), the window takes {memory:,.0f} MB"
    )
    return {"growth_10k_to_200k": growth, "memory_mb_200k": memory}


def _memory() -> float:
    """Give the memory in use, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6
